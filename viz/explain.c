/* One sentence on a task: what it does at a moment, since when, and why. The answer to "why is it not
 * running?" is always in it.
 */
#include "viz/explain.h"

static const char *const why_words[TRACE_WHY_END] = {
        [TRACE_WHY_START] = "created",
        [TRACE_WHY_YIELD] = "it let the others go first",
        [TRACE_WHY_TIMER] = "its time came",
        [TRACE_WHY_RELEASE] = "woken by a release",
        [TRACE_WHY_SET] = "woken by a set",
        [TRACE_WHY_PUT] = "woken by a put",
        [TRACE_WHY_GET] = "woken by a get",
        [TRACE_WHY_DONE] = "what it waited for is done",
        [TRACE_WHY_CANCEL] = "cancelled",
        [TRACE_WHY_IO] = "its input or output is ready",
        [TRACE_WHY_THREAD] = "its work on a thread is done",
        [TRACE_WHY_NOTIFY] = "notified",
        [TRACE_WHY_ERROR] = "what it waited for failed",
};

static void explain_why(struct viz_text *text, const struct trace_model *model,
                        const struct trace_state_now *state)
{
	if (state->why >= TRACE_WHY_END || why_words[state->why] == NULL)
		return;
	viz_text_add(text, ": %s", why_words[state->why]);
	if (state->by == 0)
		return;
	bool is_end = state->why == TRACE_WHY_DONE || state->why == TRACE_WHY_ERROR;
	viz_text_add(text, is_end ? ", " : " by ");
	viz_text_add_task(text, model, state->by);
}

static void explain_ready(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                          uint32_t ordinal, const struct trace_state_now *state)
{
	uint32_t running = trace_model_running(model, ordinal);
	viz_text_add(text, " is ready but not running");
	if (running != TRACE_NONE && running != lane) {
		viz_text_add(text, ", because ");
		viz_text_add_lane(text, model, running);
		viz_text_add(text, " has the thread");
	} else {
		viz_text_add(text, "; its turn comes");
	}
	viz_text_add(text, ". Ready since ");
	viz_text_add_time(text, state->since_ns);
	explain_why(text, model, state);
}

static void explain_running(struct viz_text *text, const struct trace_state_now *state,
                            uint64_t now_ns)
{
	viz_text_add(text, state->blocked ? " blocks the loop since " : " is running, since ");
	viz_text_add_time(text, state->since_ns);
	if (!state->blocked)
		return;
	viz_text_add(text, " (");
	viz_text_add_duration(text, now_ns > state->since_ns ? now_ns - state->since_ns : 0);
	viz_text_add(text, "): nobody else can run");
}

/* Whether the body of the task never began: it was cancelled before its first step. */
static bool is_stillborn(const struct trace_model *model, uint32_t lane, uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = trace_lane_at(it, ordinal);
	for (size_t i = at; i != SIZE_MAX && i + 2 > at; i--) {
		const struct trace_record *record = trace_model_event(model, it->ordinals[i]);
		if (record->sub == TRACE_STATE_RUNNING)
			return record->arg & TRACE_STILLBORN;
	}
	return false;
}

static void explain_done(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                         uint32_t ordinal, const struct trace_state_now *state)
{
	char value[300];
	bool failed = state->outcome == TRACE_OUTCOME_ERROR;
	if (state->outcome == TRACE_OUTCOME_CANCELLED) {
		viz_text_add(text, " was cancelled");
		viz_text_add_canceller(text, model, lane, ordinal);
		viz_text_add(text, " and ended at ");
	} else {
		viz_text_add(text, failed ? " failed at " : " is done, since ");
	}
	viz_text_add_time(text, state->since_ns);
	if (is_stillborn(model, lane, ordinal))
		viz_text_add(text, ", before its first step");
	if (state->value == 0 || state->outcome == TRACE_OUTCOME_CANCELLED)
		return;
	trace_model_string(model, state->value, value, sizeof value);
	viz_text_add(text, failed ? ": %s" : ", with the result %s", value);
}

/* A cancellation is three moments: asked for, delivered, and what came of it. */
static void explain_cancellation(struct viz_text *text, const struct trace_model *model,
                                 uint32_t lane, uint32_t ordinal)
{
	static const char *const words[TRACE_CANCEL_PHASE_END] = {
	        [TRACE_CANCEL_REQUESTED] = "Asked to end",
	        [TRACE_CANCEL_DELIVERED] = "The cancellation has reached it, asked for",
	        [TRACE_CANCEL_SWALLOWED] = "It has swallowed a cancellation, asked for",
	};
	const struct trace_record *cancel = viz_last_cancel(model, lane, ordinal, 0);
	if (cancel != NULL && cancel->sub == TRACE_CANCEL_SHIELDED) {
		viz_text_add(text, ". A shield keeps the cancellation of ");
		viz_text_add_task(text, model, cancel->a);
		viz_text_add(text, " away from it");
		return;
	}
	if (cancel == NULL || cancel->sub >= TRACE_CANCEL_PHASE_END || words[cancel->sub] == NULL)
		return;
	viz_text_add(text, ". %s", words[cancel->sub]);
	viz_text_add_canceller(text, model, lane, ordinal);
	viz_text_add(text, " at ");
	viz_text_add_time(text, cancel->t_ns);
}

static void add_where(struct viz_text *text, const struct trace_model *model, uint32_t where)
{
	char file[300];
	uint32_t line = trace_model_where(model, where, file, sizeof file);
	const char *name = file;
	for (const char *at = file; *at != '\0'; at++) {
		if (*at == '/')
			name = at + 1;
	}
	if (line != 0 && *name != '\0')
		viz_text_add(text, " (%s:%u)", name, (unsigned)line);
}

static void explain_task(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                         uint32_t ordinal, uint64_t now_ns)
{
	struct trace_state_now state = {0};
	if (ordinal != TRACE_NONE)
		trace_lane_state(model, lane, ordinal, now_ns, &state);
	viz_text_add_lane(text, model, lane);
	if (state.state == TRACE_STATE_READY) {
		explain_ready(text, model, lane, ordinal, &state);
	} else if (state.state == TRACE_STATE_RUNNING && is_stillborn(model, lane, ordinal)) {
		viz_text_add(text, " ends before its first step");
	} else if (state.state == TRACE_STATE_RUNNING) {
		explain_running(text, &state, now_ns);
	} else if (state.state == TRACE_STATE_WAITING) {
		viz_explain_wait(text, model, lane, ordinal, now_ns, &state);
	} else if (state.state == TRACE_STATE_DONE) {
		explain_done(text, model, lane, ordinal, &state);
	} else {
		viz_text_add(text, " does not exist yet.");
		return;
	}
	if (state.state != TRACE_STATE_DONE)
		explain_cancellation(text, model, lane, ordinal);
	viz_text_add(text, ".");
	add_where(text, model, state.where);
}

size_t viz_explain_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        uint64_t now_ns, char *text, size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	if (lane >= model->n_lanes)
		return 0;
	switch (model->lanes[lane].kind) {
	case TRACE_LANE_LOOP:
		viz_explain_loop(&out, model, ordinal);
		break;
	case TRACE_LANE_TASK:
		explain_task(&out, model, lane, ordinal, now_ns);
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
