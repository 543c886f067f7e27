/* What a waiting task waits for, one phrase for every kind of wait. */
#include "viz/explain.h"

/* How a wait is said: before the name of the object, and after it. */
struct phrase {
	const char *before, *after;
	const char *unnamed; /* when there is no object, or it has no lane */
};

static const struct phrase phrases[TRACE_ON_END] = {
        [TRACE_ON_SLEEP] = {"", "", "sleeps"},
        [TRACE_ON_TASK] = {"waits for ", " to end", "waits for another task to end"},
        [TRACE_ON_FUTURE] = {"waits for future ", " to be set", "waits for a future to be set"},
        [TRACE_ON_GATHER] = {"waits for the gather of ", "",
                             "waits for all the tasks that it gathered"},
        [TRACE_ON_LOCK] = {"waits for lock ", "", "waits for a lock"},
        [TRACE_ON_SEMAPHORE] = {"waits for semaphore ", "", "waits for a semaphore"},
        [TRACE_ON_EVENT] = {"waits for event ", " to be set", "waits for an event"},
        [TRACE_ON_CONDITION] = {"waits to be notified by condition ", "", "waits for a condition"},
        [TRACE_ON_QUEUE_GET] = {"waits for an item from queue ", "", "waits for an item"},
        [TRACE_ON_QUEUE_PUT] = {"waits for room in queue ", "", "waits for room in a queue"},
        [TRACE_ON_QUEUE_JOIN] = {"waits until all items of queue ", " are dealt with",
                                 "waits until all items are dealt with"},
        [TRACE_ON_BARRIER] = {"waits for the others at barrier ", "", "waits at a barrier"},
        [TRACE_ON_THREAD] = {"waits for a thread of ", "", "waits for its work on a thread"},
        [TRACE_ON_READ] = {"waits for bytes from ", "", "waits for bytes to read"},
        [TRACE_ON_WRITE] = {"waits to write to ", "", "waits until it can write"},
        [TRACE_ON_SHIELD] = {"waits for ", ", shielded", "waits for a shielded task"},
        [TRACE_ON_WAIT_FOR] = {"waits for ", "", "waits with a limit of time"},
        [TRACE_ON_WAIT] = {"waits for some of ", "", "waits for some of several tasks"},
        [TRACE_ON_GROUP] = {"waits for the tasks of group ", "",
                            "waits for the tasks of its group"},
        [TRACE_ON_CONNECT] = {"waits for a connection to ", "", "waits for a connection"},
        [TRACE_ON_ACCEPT] = {"waits for a client of ", "", "waits for a client"},
        [TRACE_ON_PROCESS] = {"waits for process ", " to end", "waits for a process to end"},
        [TRACE_ON_GENERATOR] = {"waits for generator ", "", "waits for a generator"},
};

static void add_level(struct viz_text *text, const struct trace_model *model, uint32_t object,
                      uint32_t ordinal, unsigned on)
{
	const struct trace_lane *lane = &model->lanes[object];
	int64_t value;
	uint32_t waiters;
	if (!trace_object_level(model, object, ordinal, &value, &waiters))
		return;
	if (on == TRACE_ON_SEMAPHORE)
		viz_text_add(text, " (%lld of %lld left)", (long long)value,
		             (long long)lane->capacity);
	else if (on == TRACE_ON_QUEUE_PUT)
		viz_text_add(text, " (%lld of %lld taken)", (long long)value,
		             (long long)lane->capacity);
	else if (on == TRACE_ON_QUEUE_GET && value == 0)
		viz_text_add(text, ", which is empty");
}

static void add_line(struct viz_text *text, const struct trace_model *model, uint32_t object,
                     uint32_t ordinal, uint32_t lane)
{
	uint32_t holders[VIZ_LINE_MAX];
	size_t n = trace_object_holders(model, object, ordinal, holders, VIZ_LINE_MAX);
	if (n > 0) {
		viz_text_add(text, ", held by ");
		viz_text_add_lanes(text, model, holders, n, " and ");
	}
	size_t place = viz_place_in_line(model, object, ordinal, lane);
	if (place > 0) {
		viz_text_add(text, "; ");
		viz_text_add_rank(text, place);
		viz_text_add(text, " in line");
	}
}

/* A time that has come and was not kept: only a task that holds the thread can be to blame. */
static void add_overdue(struct viz_text *text, const struct trace_model *model, uint32_t ordinal,
                        const struct trace_state_now *state, uint64_t now_ns)
{
	uint32_t running = trace_model_running(model, ordinal);
	if (!state->timed || now_ns <= state->until_ns)
		return;
	viz_text_add(text, "; overdue by ");
	viz_text_add_duration(text, now_ns - state->until_ns);
	if (running == TRACE_NONE)
		return;
	viz_text_add(text, ", because ");
	viz_text_add_lane(text, model, running);
	viz_text_add(text, " has the thread");
}

void viz_explain_wait(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                      uint32_t ordinal, uint64_t now_ns, const struct trace_state_now *state)
{
	unsigned on = state->on < TRACE_ON_END ? state->on : 0;
	const struct phrase *phrase = &phrases[on];
	bool is_task = trace_on_is_task(on);
	enum trace_lane_kind kind = is_task ? TRACE_LANE_TASK : TRACE_LANE_OBJECT;
	uint32_t object =
	        state->object != 0 ? trace_model_lane(model, kind, state->object) : TRACE_NONE;
	if (object == TRACE_NONE || phrase->before == NULL) {
		viz_text_add(text, " %s", phrase->unnamed != NULL ? phrase->unnamed : "waits");
	} else {
		viz_text_add(text, " %s", phrase->before);
		viz_text_add_lane(text, model, object);
		if (!is_task)
			add_level(text, model, object, ordinal, on);
		viz_text_add(text, "%s", phrase->after);
		if (!is_task)
			add_line(text, model, object, ordinal, lane);
	}
	if (state->timed) {
		viz_text_add(text, on == TRACE_ON_SLEEP ? " until " : ", at most until ");
		viz_text_add_time(text, state->until_ns);
	}
	viz_text_add(text, ", since ");
	viz_text_add_time(text, state->since_ns);
	add_overdue(text, model, ordinal, state, now_ns);
}
