/* The lanes that a view speaks of, by what they are: their indexes change when a recording is read anew. */
#ifndef GANTTOP_VIZ_PAINTER_LANE_MARKS_H
#define GANTTOP_VIZ_PAINTER_LANE_MARKS_H

#include "trace/model.h"
#include "viz/view/view.h"

/* A lane that outlives its index. */
struct viz_lane_mark {
	enum trace_lane_kind kind;
	uint32_t id;
	bool is_set;
};

struct viz_lane_marks {
	struct viz_lane_mark selected;
	struct viz_lane_mark folds[VIZ_LANE_SET_MAX], pins[VIZ_LANE_SET_MAX],
	        hidden[VIZ_LANE_SET_MAX];
	uint32_t n_folds, n_pins, n_hidden;
	size_t n_lanes; /* that there were */
	bool has_playhead;
	uint64_t playhead_ns;
};

/* Remember the lanes that are selected, folded, pinned and hidden, and where the playhead is. */
void viz_lane_marks_take(struct viz_lane_marks *marks, const struct viz_view *view,
                         const struct trace_model *model);

/* Find them again; those that are gone are forgotten. */
void viz_lane_marks_put(const struct viz_lane_marks *marks, struct viz_view *view,
                        const struct trace_model *model);

#endif
