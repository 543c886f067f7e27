/* A small set of lanes: those that are folded, pinned or hidden by hand. Plain data, so that a view stays copyable. */
#ifndef GANTTOP_VIZ_VIEW_LANE_SET_H
#define GANTTOP_VIZ_VIEW_LANE_SET_H

#include <stdbool.h>
#include <stdint.h>

#define VIZ_LANE_SET_MAX 64u /* a hand sets no more; the first one is forgotten then */

struct viz_lane_set {
	uint32_t n;
	uint32_t lanes[VIZ_LANE_SET_MAX]; /* lane indexes in the order in which they came */
};

bool viz_lane_set_has(const struct viz_lane_set *set, uint32_t lane);

/* Put the lane in, or take it out if it is in. Returns whether it is in now. */
bool viz_lane_set_toggle(struct viz_lane_set *set, uint32_t lane);

/* Return whether both have the same lanes in the same order. */
bool viz_lane_set_is_same(const struct viz_lane_set *a, const struct viz_lane_set *b);

#endif
