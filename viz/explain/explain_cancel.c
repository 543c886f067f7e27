/* Cancellation in words: it is asked for, it is delivered at the next wait, and then something comes of it.
 */
#include "viz/explain/explain.h"

const struct trace_record *viz_last_cancel(const struct trace_model *model, uint32_t lane,
                                           uint32_t ordinal, unsigned phase)
{
	const struct trace_lane *it = &model->lanes[lane];
	for (size_t i = it->n_others; i > 0; i--) {
		if (it->others[i - 1] > ordinal)
			continue;
		const struct trace_record *record = trace_model_event(model, it->others[i - 1]);
		if (record->kind == TRACE_CANCEL && (phase == 0 || record->sub == phase))
			return record;
	}
	return NULL;
}

/* Return the timeout of the task whose deadline has come at `t_ns`, TRACE_NONE if there is none. */
static uint32_t timeout_due(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                            uint64_t t_ns)
{
	uint32_t scope = trace_lane_scope(model, lane, ordinal);
	for (; scope != TRACE_NONE; scope = model->scopes[scope].outer) {
		if (model->scopes[scope].kind == TRACE_SCOPE_TIMEOUT &&
		    trace_scope_is_open(&model->scopes[scope], ordinal) &&
		    trace_scope_deadline_ns(model, scope, ordinal) <= t_ns)
			return scope;
	}
	return TRACE_NONE;
}

uint64_t viz_timeout_ns(const struct viz_moment *moment)
{
	const struct trace_model *model = moment->model;
	uint64_t first_ns = UINT64_MAX;
	uint32_t scope = trace_lane_scope(model, moment->lane, moment->ordinal);
	for (; scope != TRACE_NONE; scope = model->scopes[scope].outer) {
		const struct trace_scope *it = &model->scopes[scope];
		if (it->kind != TRACE_SCOPE_TIMEOUT || !trace_scope_is_open(it, moment->ordinal))
			continue;
		uint64_t deadline_ns = trace_scope_deadline_ns(model, scope, moment->ordinal);
		first_ns = deadline_ns < first_ns ? deadline_ns : first_ns;
	}
	return first_ns;
}

/* Return the lane of the first task of all, TRACE_NONE if it is not done at `ordinal`. */
static uint32_t first_task_done(const struct trace_model *model, uint32_t ordinal)
{
	for (uint32_t i = 1; i < model->n_lanes; i++) {
		if (model->lanes[i].kind != TRACE_LANE_TASK)
			continue;
		struct viz_moment m = viz_moment_of(model, i, ordinal, 0);
		return m.state.state == TRACE_STATE_DONE ? i : TRACE_NONE;
	}
	return TRACE_NONE;
}

/* Find the last request up to `ordinal` and its own ordinal. */
static const struct trace_record *last_request(const struct trace_model *model, uint32_t lane,
                                               uint32_t ordinal, uint32_t *at)
{
	const struct trace_lane *it = &model->lanes[lane];
	for (size_t i = it->n_others; i > 0; i--) {
		*at = it->others[i - 1];
		const struct trace_record *record = trace_model_event(model, *at);
		if (*at <= ordinal && record->kind == TRACE_CANCEL &&
		    record->sub == TRACE_CANCEL_REQUESTED)
			return record;
	}
	return NULL;
}

void viz_text_add_canceller(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                            uint32_t ordinal)
{
	uint32_t at, main;
	const struct trace_record *request = last_request(model, lane, ordinal, &at);
	if (request == NULL)
		return;
	viz_text_add(text, " by ");
	if (request->a != 0) {
		viz_text_add_task(text, model, request->a);
	} else if (timeout_due(model, lane, at, request->t_ns) != TRACE_NONE) {
		viz_text_add(text, "its timeout");
	} else if ((main = first_task_done(model, at)) != TRACE_NONE) {
		viz_text_add(text, "the end of ");
		viz_text_add_lane(text, model, main);
	} else {
		viz_text_add(text, "the loop");
	}
}

void viz_explain_cancellation(struct viz_text *text, const struct viz_moment *moment)
{
	static const char *const words[TRACE_CANCEL_PHASE_END] = {
	        [TRACE_CANCEL_REQUESTED] = "Asked to end",
	        [TRACE_CANCEL_DELIVERED] = "The cancellation has reached it, asked for",
	        [TRACE_CANCEL_SWALLOWED] = "It has swallowed a cancellation, asked for",
	};
	const struct trace_model *model = moment->model;
	const struct trace_record *cancel =
	        viz_last_cancel(model, moment->lane, moment->ordinal, 0);
	if (cancel != NULL && cancel->sub == TRACE_CANCEL_SHIELDED) {
		viz_text_add(text, ". A shield keeps the cancellation of ");
		viz_text_add_task(text, model, cancel->a);
		viz_text_add(text, " away from it");
		return;
	}
	if (cancel == NULL || cancel->sub >= TRACE_CANCEL_PHASE_END || words[cancel->sub] == NULL)
		return;
	viz_text_add(text, ". %s", words[cancel->sub]);
	viz_text_add_canceller(text, model, moment->lane, moment->ordinal);
	viz_text_add(text, " at ");
	viz_text_add_time(text, cancel->t_ns);
}
