/* One sentence on a task: what it does at a moment, since when, and why. The answer to "why is it not
 * running?" is always in it. A test holds every sentence of every lesson against a walk through the records.
 */
#include "viz/explain/explain.h"

#include <string.h>

#include "trace/ready.h"

struct viz_moment viz_moment_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                                uint64_t now_ns)
{
	struct viz_moment moment = {
	        .model = model, .lane = lane, .ordinal = ordinal, .now_ns = now_ns};
	if (ordinal != TRACE_NONE)
		trace_lane_state(model, lane, ordinal, now_ns, &moment.state);
	return moment;
}

/* Whether the body of the task never began: it was cancelled before its first step. */
static bool is_stillborn(const struct viz_moment *m)
{
	const struct trace_lane *it = &m->model->lanes[m->lane];
	size_t at = trace_lane_at(it, m->ordinal);
	for (size_t i = at; i != SIZE_MAX && i + 2 > at; i--) {
		const struct trace_record *record = trace_model_event(m->model, it->ordinals[i]);
		if (record->sub == TRACE_STATE_RUNNING)
			return record->arg & TRACE_STILLBORN;
	}
	return false;
}

static void explain_running(struct viz_text *text, const struct viz_moment *m)
{
	uint32_t line[VIZ_LINE_MAX];
	if (is_stillborn(m)) {
		viz_text_add(text, " ends before its first step");
		return;
	}
	viz_text_add(text,
	             m->state.blocked ? " blocks the loop since " : " has been running since ");
	viz_text_add_time(text, m->state.since_ns);
	if (!m->state.blocked)
		return;
	viz_text_add(text, " (");
	viz_text_add_duration(text, m->now_ns - m->state.since_ns);
	size_t n = trace_model_ready(m->model, m->ordinal, line, VIZ_LINE_MAX);
	if (n == 0) {
		viz_text_add(text, "): nobody else can run");
		return;
	}
	viz_text_add(text, "): ");
	viz_text_add_lanes(text, m->model, line, n, " and ");
	viz_text_add(text, n == 1 ? " is ready and cannot run" : " are ready and cannot run");
}

static void add_ended(struct viz_text *text, const struct viz_moment *m, const char *how)
{
	viz_text_add(text, " is done: %s at ", how);
	viz_text_add_time(text, m->state.since_ns);
	if (is_stillborn(m))
		viz_text_add(text, ", before its first step");
}

static void explain_cancelled(struct viz_text *text, const struct viz_moment *m)
{
	const struct trace_record *request =
	        viz_last_cancel(m->model, m->lane, m->ordinal, TRACE_CANCEL_REQUESTED);
	viz_text_add(text, " is done: cancelled at ");
	viz_text_add_time(text, m->state.since_ns);
	viz_text_add_canceller(text, m->model, m->lane, m->ordinal);
	if (request != NULL && request->t_ns != m->state.since_ns) {
		viz_text_add(text, ", asked for at ");
		viz_text_add_time(text, request->t_ns);
	}
	if (is_stillborn(m))
		viz_text_add(text, ", before its first step");
}

static void explain_done(struct viz_text *text, const struct viz_moment *m)
{
	char value[300];
	bool failed = m->state.outcome == TRACE_OUTCOME_ERROR;
	if (m->state.outcome == TRACE_OUTCOME_CANCELLED) {
		explain_cancelled(text, m);
		return;
	}
	add_ended(text, m, failed ? "failed" : "ended");
	if (m->state.value != 0) {
		trace_model_string(m->model, m->state.value, value, sizeof value);
		viz_text_add(text, failed ? " with %s" : " with the result %s", value);
	}
	if (trace_lane_marks(m->model, m->lane, 0, m->ordinal + 1) & TRACE_MARKED_NEVER_RETRIEVED)
		viz_text_add(text, "; nobody has ever asked for the error");
}

static void add_where(struct viz_text *text, const struct trace_model *model, uint32_t where)
{
	char file[300];
	uint32_t line = trace_model_where(model, where, file, sizeof file);
	const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
	if (line != 0 && *name != '\0')
		viz_text_add(text, " (%s:%u)", name, (unsigned)line);
}

static void explain_task(struct viz_text *text, const struct viz_moment *m)
{
	viz_text_add_lane(text, m->model, m->lane);
	switch (m->state.state) {
	case TRACE_STATE_READY:
		viz_explain_ready(text, m);
		break;
	case TRACE_STATE_RUNNING:
		explain_running(text, m);
		break;
	case TRACE_STATE_WAITING:
		viz_explain_wait(text, m);
		break;
	case TRACE_STATE_DONE:
		explain_done(text, m);
		break;
	default:
		viz_text_add(text, " does not exist yet.");
		return;
	}
	if (m->state.state != TRACE_STATE_DONE)
		viz_explain_cancellation(text, m);
	viz_text_add(text, ".");
	add_where(text, m->model, m->state.where);
}

size_t viz_explain_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        uint64_t now_ns, char *text, size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	if (lane >= model->n_lanes)
		return 0;
	struct viz_moment moment = viz_moment_of(model, lane, ordinal, now_ns);
	switch (model->lanes[lane].kind) {
	case TRACE_LANE_LOOP:
		viz_explain_loop(&out, model, ordinal);
		break;
	case TRACE_LANE_TASK:
		explain_task(&out, &moment);
		break;
	case TRACE_LANE_WORKER:
		viz_explain_worker(&out, model, lane, ordinal);
		break;
	case TRACE_LANE_OBJECT:
		viz_explain_object(&out, model, lane, ordinal);
		break;
	}
	return out.len;
}
