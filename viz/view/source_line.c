/* Where a lane stands: the place of its state if that has one, else of the last state before that had one. */
#include "viz/view/source_line.h"

#include <string.h>

#define FAR_BACK 1000u

static uint32_t place_of(const struct trace_model *model, const struct trace_lane *lane,
                         uint32_t ordinal)
{
	if (lane->kind != TRACE_LANE_TASK)
		return lane->where;
	for (size_t at = trace_lane_at(lane, ordinal); at != SIZE_MAX;
	     at = at > 0 ? at - 1 : SIZE_MAX) {
		uint32_t where = trace_model_event(model, lane->ordinals[at])->d;
		if (where != 0)
			return where;
	}
	return lane->where;
}

/* The last place that a task came to: only so far back, since most records of states have one. */
static uint32_t last_place(const struct trace_model *model, uint32_t ordinal)
{
	for (uint32_t i = 0; i < FAR_BACK && i <= ordinal; i++) {
		const struct trace_record *record = trace_model_event(model, ordinal - i);
		if (record->kind == TRACE_STATE && record->d != 0)
			return record->d;
	}
	return 0;
}

bool viz_source_line_find(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          struct viz_source_line *where)
{
	if (ordinal >= model->n_events)
		return false;
	bool is_loop = lane >= model->n_lanes || model->lanes[lane].kind == TRACE_LANE_LOOP;
	if (!is_loop && model->lanes[lane].born > ordinal)
		return false;
	uint32_t place = is_loop ? last_place(model, ordinal)
	                         : place_of(model, &model->lanes[lane], ordinal);
	where->line = trace_model_where(model, place, where->path, sizeof where->path);
	const char *slash = strrchr(where->path, '/');
	where->file = slash != NULL ? slash + 1 : where->path;
	return where->line != 0 && where->path[0] != '\0';
}
