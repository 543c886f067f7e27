/* What a waiting task waits for, one phrase for every kind of wait; then who has it, who comes first, and what puts an end to
 * the wait.
 */
#include "trace/awaited.h"
#include "viz/explain/cycle.h"
#include "viz/explain/explain.h"

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
                             "waits for the tasks that it gathered"},
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

static void add_level(struct viz_text *text, const struct viz_moment *m, uint32_t object)
{
	const struct trace_lane *lane = &m->model->lanes[object];
	int64_t value;
	uint32_t waiters;
	if (!trace_object_level(m->model, object, m->ordinal, &value, &waiters))
		return;
	long long v = (long long)value, capacity = (long long)lane->capacity;
	if (m->state.on == TRACE_ON_SEMAPHORE)
		viz_text_add(text, " (%lld of %lld left)", v, capacity);
	else if (m->state.on == TRACE_ON_QUEUE_PUT)
		viz_text_add(text, " (%lld of %lld taken)", v, capacity);
	else if (m->state.on == TRACE_ON_BARRIER && capacity > 0)
		viz_text_add(text, " (%lld of %lld are there)", v, capacity);
	else if (m->state.on == TRACE_ON_QUEUE_GET && value == 0)
		viz_text_add(text, ", which is empty");
}

static void add_line(struct viz_text *text, const struct viz_moment *m, uint32_t object)
{
	uint32_t holders[VIZ_LINE_MAX];
	bool is_held = m->state.on == TRACE_ON_LOCK || m->state.on == TRACE_ON_SEMAPHORE;
	size_t n =
	        is_held ? trace_object_holders(m->model, object, m->ordinal, holders, VIZ_LINE_MAX)
	                : 0;
	if (n > 0) {
		viz_text_add(text, ", held by ");
		viz_text_add_lanes(text, m->model, holders, n, " and ");
	}
	size_t place = viz_place_in_line(m);
	if (place == 0)
		return;
	viz_text_add(text, "; ");
	viz_text_add_rank_word(text, place);
	viz_text_add(text, " in line");
}

/* Who of a gather, a wait or a group is missing. */
static void add_missing(struct viz_text *text, const struct viz_moment *m)
{
	uint32_t lanes[VIZ_LINE_MAX];
	if (m->state.on != TRACE_ON_GATHER && m->state.on != TRACE_ON_WAIT &&
	    m->state.on != TRACE_ON_GROUP)
		return;
	size_t n = viz_awaited(m, lanes);
	if (n == 0)
		return;
	viz_text_add(text, ": ");
	viz_text_add_lanes(text, m->model, lanes, n, " and ");
	viz_text_add(text, n == 1 ? " is not done" : " are not done");
}

/* Return the worker lane that works for the task, TRACE_NONE if none does; `*n_busy`: how many are at work. */
static uint32_t worker_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          size_t *n_busy)
{
	uint32_t found = TRACE_NONE;
	*n_busy = 0;
	for (uint32_t i = 0; i < model->n_lanes; i++) {
		const struct trace_lane *it = &model->lanes[i];
		size_t at = it->kind == TRACE_LANE_WORKER ? trace_lane_at(it, ordinal) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		const struct trace_record *record = trace_model_event(model, it->ordinals[at]);
		*n_busy += record->sub != TRACE_WORKER_IDLE;
		if (record->sub != TRACE_WORKER_IDLE && record->a == model->lanes[lane].id)
			found = i;
	}
	return found;
}

static void add_worker(struct viz_text *text, const struct viz_moment *m)
{
	size_t n_busy;
	if (m->state.on != TRACE_ON_THREAD)
		return;
	uint32_t worker = worker_of(m->model, m->lane, m->ordinal, &n_busy);
	if (worker != TRACE_NONE) {
		viz_text_add(text, ", which ");
		viz_text_add_lane(text, m->model, worker);
		viz_text_add(text, " does");
	} else if (n_busy > 0) {
		viz_text_add(text, ", which has not begun: %zu %s busy", n_busy,
		             n_busy == 1 ? "thread is" : "threads are");
	}
}

/* A time that has come and was not kept: only a task that holds the thread can be to blame. */
static void add_overdue(struct viz_text *text, const struct viz_moment *m)
{
	uint32_t running = trace_model_running(m->model, m->ordinal);
	if (!m->state.timed || m->now_ns <= m->state.until_ns)
		return;
	viz_text_add(text, "; overdue by ");
	viz_text_add_duration(text, m->now_ns - m->state.until_ns);
	if (running == TRACE_NONE)
		return;
	viz_text_add(text, ", because ");
	viz_text_add_lane(text, m->model, running);
	viz_text_add(text, " has the thread");
}

static void add_timeout(struct viz_text *text, const struct viz_moment *m)
{
	uint64_t first_ns = viz_timeout_ns(m);
	if (first_ns == UINT64_MAX)
		return;
	viz_text_add(text, first_ns < m->now_ns ? "; its timeout was due at "
	                                        : "; its timeout comes at ");
	viz_text_add_time(text, first_ns);
}

/* "A waits for B, B for C and C for A". */
static void add_cycle(struct viz_text *text, const struct viz_moment *m)
{
	uint32_t lanes[VIZ_LINE_MAX];
	size_t n = viz_cycle_of(m->model, m->lane, m->ordinal, lanes, 8);
	if (n == 0)
		return;
	viz_text_add(text, ". Deadlock: ");
	for (size_t i = 0; i < n; i++) {
		viz_text_add(text, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		viz_text_add_lane(text, m->model, lanes[i]);
		viz_text_add(text, i == 0 ? " waits for " : " for ");
		viz_text_add_lane(text, m->model, lanes[(i + 1) % n]);
	}
}

static void add_what(struct viz_text *text, const struct viz_moment *m)
{
	const struct phrase *phrase = &phrases[m->state.on < TRACE_ON_END ? m->state.on : 0];
	bool is_task = trace_on_is_task(m->state.on);
	uint32_t object = m->state.object == 0 ? TRACE_NONE
	                  : is_task ? trace_model_lane(m->model, TRACE_LANE_TASK, m->state.object)
	                            : viz_object_of_wait(m);
	if (object == TRACE_NONE || phrase->before == NULL) {
		viz_text_add(text, " %s", phrase->unnamed != NULL ? phrase->unnamed : "waits");
		return;
	}
	viz_text_add(text, " %s", phrase->before);
	viz_text_add_lane(text, m->model, object);
	if (!is_task)
		add_level(text, m, object);
	viz_text_add(text, "%s", phrase->after);
	if (!is_task)
		add_line(text, m, object);
}

void viz_explain_wait(struct viz_text *text, const struct viz_moment *moment)
{
	add_what(text, moment);
	add_missing(text, moment);
	add_worker(text, moment);
	if (moment->state.timed) {
		viz_text_add(text,
		             moment->state.on == TRACE_ON_SLEEP ? " until " : ", at most until ");
		viz_text_add_time(text, moment->state.until_ns);
	}
	viz_text_add(text, ", since ");
	viz_text_add_time(text, moment->state.since_ns);
	add_overdue(text, moment);
	add_timeout(text, moment);
	add_cycle(text, moment);
}
