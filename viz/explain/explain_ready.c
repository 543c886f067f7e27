/* Why a task that could run does not: who has the thread, who stands before it in the queue, and what made it ready.
 */
#include "trace/ready.h"
#include "viz/explain/explain.h"

static void add_thread(struct viz_text *text, const struct viz_moment *m)
{
	const struct trace_model *model = m->model;
	uint32_t running = trace_model_running(model, m->ordinal);
	if (running == TRACE_NONE || running == m->lane)
		return;
	struct viz_moment other = viz_moment_of(model, running, m->ordinal, m->now_ns);
	viz_text_add(text, ", but ");
	viz_text_add_lane(text, model, running);
	viz_text_add(text, " has not returned to the loop");
	if (!other.state.blocked)
		return;
	viz_text_add(text, " for ");
	viz_text_add_duration(text, m->now_ns - other.state.since_ns);
}

/* The queue is in the order of becoming ready under one policy only; under the others nobody can know. */
static void add_queue(struct viz_text *text, const struct viz_moment *m)
{
	uint32_t line[VIZ_LINE_MAX];
	size_t n = trace_model_ready(m->model, m->ordinal, line, VIZ_LINE_MAX);
	if (!trace_model_is_fifo(m->model)) {
		if (n > 1)
			viz_text_add(text, "; %zu %s ready too", n - 1,
			             n == 2 ? "other is" : "others are");
		return;
	}
	size_t place = trace_model_ready_place(m->model, m->ordinal, m->lane);
	if (place <= 1) {
		viz_text_add(text, "; next in the queue");
		return;
	}
	viz_text_add(text, "; ");
	viz_text_add_rank_word(text, place);
	viz_text_add(text, " in the queue, behind ");
	viz_text_add_lanes(text, m->model, line, place - 1, " and ");
}

/* How a task or the loop made it ready: before the name of the object, after it, and without one. */
static const struct deed {
	const char *verb, *unnamed;
} deeds[TRACE_WHY_END] = {
        [TRACE_WHY_RELEASE] = {" released ", " released what it waited for"},
        [TRACE_WHY_SET] = {" set ", " set what it waited for"},
        [TRACE_WHY_PUT] = {" put an item into ", " put an item"},
        [TRACE_WHY_GET] = {" took an item from ", " took an item"},
        [TRACE_WHY_NOTIFY] = {" notified ", " notified it"},
        [TRACE_WHY_DONE] = {" is done", " is done"},
        [TRACE_WHY_ERROR] = {" failed", " failed"},
};

static const char *const own_reasons[TRACE_WHY_END] = {
        [TRACE_WHY_YIELD] = "It let the others go first",
        [TRACE_WHY_TIMER] = "Its time came",
        [TRACE_WHY_IO] = "Its input or output is ready",
        [TRACE_WHY_THREAD] = "Its work on a thread is done",
};

static void add_deed(struct viz_text *text, const struct viz_moment *m)
{
	const struct trace_state_now *state = &m->state;
	const struct deed *deed = &deeds[state->why];
	bool is_end = state->why == TRACE_WHY_DONE || state->why == TRACE_WHY_ERROR;
	uint32_t object = state->object != 0 && !is_end
	                          ? trace_model_lane(m->model, TRACE_LANE_OBJECT, state->object)
	                          : TRACE_NONE;
	viz_text_add(text, ". ");
	if (state->by == 0)
		viz_text_add(text, is_end ? "What it waited for" : "The loop");
	else
		viz_text_add_task(text, m->model, state->by);
	uint32_t queue = viz_joined_queue(m->model, m->lane, m->ordinal);
	if (queue != TRACE_NONE) {
		viz_text_add(text, " has dealt with the last item of ");
		viz_text_add_lane(text, m->model, queue);
		return;
	}
	if (object == TRACE_NONE) {
		viz_text_add(text, "%s", deed->unnamed);
		return;
	}
	viz_text_add(text, "%s", deed->verb);
	viz_text_add_lane(text, m->model, object);
}

static void add_reason(struct viz_text *text, const struct viz_moment *m)
{
	unsigned why = m->state.why;
	if (why >= TRACE_WHY_END)
		return;
	if (deeds[why].verb != NULL) {
		add_deed(text, m);
	} else if (own_reasons[why] != NULL) {
		viz_text_add(text, ". %s", own_reasons[why]);
	} else if (why == TRACE_WHY_START && m->state.by != 0) {
		viz_text_add(text, ". Created by ");
		viz_text_add_task(text, m->model, m->state.by);
	}
}

void viz_explain_ready(struct viz_text *text, const struct viz_moment *moment)
{
	bool is_new = moment->state.why == TRACE_WHY_START;
	viz_text_add(text, is_new ? " has not started: ready since " : " has been ready since ");
	viz_text_add_time(text, moment->state.since_ns);
	/* the threads of another program stand in no queue that the trace knows, and several run at once */
	if (!moment->model->is_foreign) {
		add_thread(text, moment);
		add_queue(text, moment);
	}
	add_reason(text, moment);
}
