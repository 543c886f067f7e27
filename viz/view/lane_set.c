/* A small set of lanes, searched from end to end: a hand puts in a few. */
#include "viz/view/lane_set.h"

#include <string.h>

static uint32_t place_of(const struct viz_lane_set *set, uint32_t lane)
{
	uint32_t at = 0;
	while (at < set->n && set->lanes[at] != lane)
		at++;
	return at;
}

static void take_out(struct viz_lane_set *set, uint32_t at)
{
	set->n--;
	memmove(&set->lanes[at], &set->lanes[at + 1], (set->n - at) * sizeof set->lanes[0]);
}

bool viz_lane_set_has(const struct viz_lane_set *set, uint32_t lane)
{
	return place_of(set, lane) < set->n;
}

bool viz_lane_set_toggle(struct viz_lane_set *set, uint32_t lane)
{
	uint32_t at = place_of(set, lane);
	if (at < set->n) {
		take_out(set, at);
		return false;
	}
	if (set->n == VIZ_LANE_SET_MAX)
		take_out(set, 0);
	set->lanes[set->n++] = lane;
	return true;
}

bool viz_lane_set_is_same(const struct viz_lane_set *a, const struct viz_lane_set *b)
{
	return a->n == b->n && memcmp(a->lanes, b->lanes, a->n * sizeof a->lanes[0]) == 0;
}
