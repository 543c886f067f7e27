/* One sentence on what is not a task: objects, worker threads, the loop. */
#include "viz/explain/explain.h"

static bool counts_permits(unsigned kind)
{
	return kind == TRACE_OBJECT_SEMAPHORE || kind == TRACE_OBJECT_BOUNDED_SEMAPHORE;
}

static bool counts_items(unsigned kind)
{
	return kind == TRACE_OBJECT_QUEUE || kind == TRACE_OBJECT_LIFO_QUEUE ||
	       kind == TRACE_OBJECT_PRIORITY_QUEUE;
}

static void add_level(struct viz_text *text, const struct trace_lane *lane, int64_t value)
{
	long long v = (long long)value, capacity = (long long)lane->capacity;
	if (counts_permits(lane->object_kind))
		viz_text_add(text, "%lld of %lld permits left", v, capacity);
	else if (lane->object_kind == TRACE_OBJECT_BARRIER && capacity > 0)
		viz_text_add(text, "%lld of %lld are there", v, capacity);
	else if (lane->object_kind == TRACE_OBJECT_POOL)
		viz_text_add(text,
		             v == 1 ? "%lld job in line for %lld threads"
		                    : "%lld jobs in line for %lld threads",
		             v, capacity);
	else if (lane->object_kind == TRACE_OBJECT_CONDITION && capacity == 0)
		viz_text_add(text, "on the lock of others");
	else if (lane->object_kind == TRACE_OBJECT_LOCK ||
	         lane->object_kind == TRACE_OBJECT_CONDITION)
		viz_text_add(text, value > 0 ? "free" : "taken");
	else if (lane->object_kind == TRACE_OBJECT_EVENT ||
	         lane->object_kind == TRACE_OBJECT_FUTURE)
		viz_text_add(text, value > 0 ? "set" : "not set");
	else if (counts_items(lane->object_kind) && capacity > 0)
		viz_text_add(text, "%lld of %lld places taken", v, capacity);
	else if (counts_items(lane->object_kind))
		viz_text_add(text, value == 1 ? "%lld item" : "%lld items", v);
	else
		viz_text_add(text, "at %lld", v);
}

/* What became of a coroutine object, which has no level. */
static void add_coroutine(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                          uint32_t ordinal)
{
	const struct trace_record *end = trace_lane_coro(model, lane, ordinal);
	if (end == NULL) {
		viz_text_add(text, ": made at ");
		viz_text_add_time(text, trace_model_event(model, model->lanes[lane].born)->t_ns);
		viz_text_add(text, ", and nobody has awaited it. Its body does not run.");
		return;
	}
	viz_text_add(text, end->sub == TRACE_CORO_DROPPED ? " was never awaited: dropped at "
	                                                  : " is awaited since ");
	viz_text_add_time(text, end->t_ns);
	if (end->sub == TRACE_CORO_DROPPED) {
		viz_text_add(text, ", and its body never ran.");
		return;
	}
	viz_text_add(text, " by ");
	viz_text_add_task(text, model, end->a);
	viz_text_add(text, ".");
}

/* Append those of `line` that wait on `on`; nothing if there are none. */
static void add_waiters_on(struct viz_text *text, const struct trace_model *model, uint32_t ordinal,
                           const uint32_t line[], size_t n, unsigned on, const char *what)
{
	uint32_t some[VIZ_LINE_MAX];
	size_t n_some = 0;
	for (size_t i = 0; i < n; i++) {
		if (viz_moment_of(model, line[i], ordinal, 0).state.on == on)
			some[n_some++] = line[i];
	}
	if (n_some == 0)
		return;
	viz_text_add(text, ". %s: ", what);
	viz_text_add_lanes(text, model, some, n_some, ", ");
}

static void add_waiters(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal)
{
	uint32_t line[VIZ_LINE_MAX];
	size_t n = trace_object_waiters(model, lane, ordinal, line, VIZ_LINE_MAX);
	size_t known = n < VIZ_LINE_MAX ? n : VIZ_LINE_MAX;
	if (n == 0) {
		viz_text_add(text, ". Nobody waits");
	} else if (counts_items(model->lanes[lane].object_kind)) {
		add_waiters_on(text, model, ordinal, line, known, TRACE_ON_QUEUE_GET,
		               "For an item wait");
		add_waiters_on(text, model, ordinal, line, known, TRACE_ON_QUEUE_PUT,
		               "For room wait");
		add_waiters_on(text, model, ordinal, line, known, TRACE_ON_QUEUE_JOIN,
		               "Until all is dealt with wait");
	} else {
		viz_text_add(text, n == 1 ? ". In line: " : ". In line, in this order: ");
		viz_text_add_lanes(text, model, line, n, ", ");
	}
	viz_text_add(text, ".");
}

void viz_explain_object(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	const char *kind = trace_object_kind_name(it->object_kind);
	int64_t value;
	uint32_t waiters, line[VIZ_LINE_MAX];
	viz_text_add(text, "%s %s", kind != NULL ? kind : "object", it->name);
	if (ordinal == TRACE_NONE || it->born > ordinal) {
		viz_text_add(text, " does not exist yet.");
		return;
	}
	if (it->object_kind == TRACE_OBJECT_COROUTINE) {
		add_coroutine(text, model, lane, ordinal);
		return;
	}
	if (trace_object_level(model, lane, ordinal, &value, &waiters)) {
		viz_text_add(text, ": ");
		add_level(text, it, value);
	}
	size_t n = trace_object_holders(model, lane, ordinal, line, VIZ_LINE_MAX);
	if (n > 0) {
		viz_text_add(text, ", held by ");
		viz_text_add_lanes(text, model, line, n, " and ");
	}
	add_waiters(text, model, lane, ordinal);
}

void viz_explain_worker(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal)
{
	size_t at = ordinal == TRACE_NONE ? SIZE_MAX : trace_lane_at(&model->lanes[lane], ordinal);
	viz_text_add(text, "Thread ");
	viz_text_add_lane(text, model, lane);
	if (at == SIZE_MAX) {
		viz_text_add(text, " has not started.");
		return;
	}
	const struct trace_record *record =
	        trace_model_event(model, model->lanes[lane].ordinals[at]);
	if (record->sub == TRACE_WORKER_IDLE) {
		viz_text_add(text, " is idle");
	} else {
		viz_text_add(text,
		             record->sub == TRACE_WORKER_BUSY ? " works for " : " waits for ");
		if (record->sub == TRACE_WORKER_WAITING) {
			viz_text_add_lane(text, model,
			                  trace_model_lane(model, TRACE_LANE_OBJECT, record->c));
			viz_text_add(text, " in the work for ");
		}
		viz_text_add_task(text, model, record->a);
	}
	viz_text_add(text, ", since ");
	viz_text_add_time(text, record->t_ns);
	viz_text_add(text, ".");
}

#define CALL_MAX_EVENTS 4096u /* of a callback that is still at work at a moment */

/* Return the CALL begin record of the callback that is at work at `ordinal`, NULL if none is. */
static const struct trace_record *call_at(const struct trace_model *model, uint32_t ordinal)
{
	uint32_t began;
	uint32_t from = ordinal > CALL_MAX_EVENTS ? ordinal - CALL_MAX_EVENTS : 0;
	if (trace_lane_others(model, 0, from, ordinal + 1, &began) == 0)
		return NULL;
	for (uint32_t i = began + 1; i <= ordinal; i++)
		if (trace_model_event(model, i)->kind == TRACE_CALL)
			return NULL;
	return trace_model_event(model, began);
}

/* Threads of another program run beside each other, and no loop runs them. */
static void explain_foreign(struct viz_text *text, const size_t counts[])
{
	viz_text_add(text, "%zu running", counts[TRACE_STATE_RUNNING]);
	if (counts[TRACE_STATE_READY] > 0)
		viz_text_add(text, ", %zu ready", counts[TRACE_STATE_READY]);
	viz_text_add(text, ", %zu waiting, %zu done.", counts[TRACE_STATE_WAITING],
	             counts[TRACE_STATE_DONE]);
}

void viz_explain_loop(struct viz_text *text, const struct trace_model *model, uint32_t ordinal)
{
	static const size_t none[TRACE_STATE_END];
	if (ordinal == TRACE_NONE) {
		viz_text_add(text, "%s",
		             model->is_foreign ? "Nothing has happened yet."
		                               : "The loop has not started.");
		return;
	}
	const size_t *counts = trace_model_states(model, ordinal);
	counts = counts != NULL ? counts : none;
	if (model->is_foreign) {
		explain_foreign(text, counts);
		return;
	}
	const struct trace_record *call = call_at(model, ordinal);
	uint32_t running = trace_model_running(model, ordinal);
	if (call != NULL) {
		char name[200];
		trace_model_string(model, call->a, name, sizeof name);
		viz_text_add(text, "The loop calls %s, which is no task", name);
	} else if (running != TRACE_NONE) {
		viz_text_add(text, "The loop runs ");
		viz_text_add_lane(text, model, running);
	} else {
		viz_text_add(text, counts[TRACE_STATE_READY] > 0 ? "The loop is between two steps"
		                                                 : "Nobody is running");
	}
	viz_text_add(text, ": %zu ready, %zu waiting, %zu done.", counts[TRACE_STATE_READY],
	             counts[TRACE_STATE_WAITING], counts[TRACE_STATE_DONE]);
}
