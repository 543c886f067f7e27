/* Lanes by kind and id, which a program gives out once; the playhead by its time. */
#include "viz/painter/lane_marks.h"

static struct viz_lane_mark mark_of(const struct trace_model *model, uint32_t lane)
{
	if (lane >= model->n_lanes)
		return (struct viz_lane_mark){.is_set = false};
	return (struct viz_lane_mark){.kind = model->lanes[lane].kind,
	                              .id = model->lanes[lane].id,
	                              .is_set = true};
}

static uint32_t lane_of(const struct trace_model *model, const struct viz_lane_mark *mark)
{
	return mark->is_set ? trace_model_lane(model, mark->kind, mark->id) : TRACE_NONE;
}

static uint32_t take_set(struct viz_lane_mark marks[], const struct viz_lane_set *set,
                         const struct trace_model *model)
{
	for (uint32_t i = 0; i < set->n; i++)
		marks[i] = mark_of(model, set->lanes[i]);
	return set->n;
}

static void put_set(struct viz_lane_set *set, const struct viz_lane_mark marks[], uint32_t n,
                    const struct trace_model *model)
{
	set->n = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t lane = lane_of(model, &marks[i]);
		if (lane != TRACE_NONE)
			set->lanes[set->n++] = lane;
	}
}

void viz_lane_marks_take(struct viz_lane_marks *marks, const struct viz_view *view,
                         const struct trace_model *model)
{
	marks->selected = mark_of(model, view->selected);
	marks->n_folds = take_set(marks->folds, &view->wishes.folds, model);
	marks->n_pins = take_set(marks->pins, &view->wishes.pins, model);
	marks->n_hidden = take_set(marks->hidden, &view->wishes.hidden, model);
	marks->n_lanes = model->n_lanes;
	marks->has_playhead = !view->follow && view->ordinal < model->n_events;
	if (marks->has_playhead)
		marks->playhead_ns = trace_model_event(model, view->ordinal)->t_ns;
}

void viz_lane_marks_put(const struct viz_lane_marks *marks, struct viz_view *view,
                        const struct trace_model *model)
{
	if (marks->n_lanes == 0)
		return;
	if (marks->has_playhead)
		view->ordinal = trace_model_at_time(model, marks->playhead_ns);
	view->selected = lane_of(model, &marks->selected);
	put_set(&view->wishes.folds, marks->folds, marks->n_folds, model);
	put_set(&view->wishes.pins, marks->pins, marks->n_pins, model);
	put_set(&view->wishes.hidden, marks->hidden, marks->n_hidden, model);
}
