/* The truth rules, checked in one walk over the events. After a violation the walk believes the record, so that one
 * wrong record is reported once.
 */
#include "trace/validate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/id_map.h"

struct walk {
	const struct trace_model *model;
	const struct trace_record *r;
	uint32_t ordinal;
	struct trace_violation *list;
	size_t n, max;
	bool no_memory;
	/* what the events so far have said */
	uint64_t t_ns;
	uint8_t *states; /* of each lane: enum trace_state, 0 before the first */
	struct trace_id_map
	        *holds;   /* of each lane that is an object: task id -> how often it is held */
	uint32_t running; /* lane, TRACE_NONE */
	bool in_tick, has_ended;
};

static void violated(struct walk *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void violated(struct walk *w, const char *format, ...)
{
	if (w->n++ >= w->max)
		return;
	struct trace_violation *v = &w->list[w->n - 1];
	v->ordinal = w->ordinal;
	v->t_ns = w->r->t_ns;
	v->offset = trace_slot_offset(trace_model_slot(w->model, w->ordinal));
	char sentence[256];
	va_list args;
	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	snprintf(v->text, sizeof v->text, "event %lu at %llu ns (byte %llu): %s",
	         (unsigned long)w->ordinal, (unsigned long long)v->t_ns,
	         (unsigned long long)v->offset, sentence);
}

static uint32_t task_lane(const struct walk *w, uint32_t task)
{
	return trace_model_lane(w->model, TRACE_LANE_TASK, task);
}

static bool may_follow(uint8_t before, uint8_t state)
{
	switch (state) {
	case TRACE_STATE_READY:
		return before == 0 || before == TRACE_STATE_RUNNING ||
		       before == TRACE_STATE_WAITING;
	case TRACE_STATE_RUNNING:
		return before == TRACE_STATE_READY;
	default:
		return before == TRACE_STATE_RUNNING;
	}
}

/* Rule 4: the record says why. */
static void check_reason(struct walk *w, const char *name)
{
	const struct trace_record *r = w->r;
	unsigned arg = r->arg & ~TRACE_TIMED;
	if (r->sub == TRACE_STATE_READY && !arg)
		violated(w, "task '%.64s' is ready and nothing says why", name);
	if (r->sub == TRACE_STATE_WAITING && !arg)
		violated(w, "task '%.64s' waits and nothing says on what", name);
	if (r->sub == TRACE_STATE_WAITING && trace_on_is_task(arg) &&
	    task_lane(w, r->a) == TRACE_NONE)
		violated(w, "task '%.64s' waits for unknown task %lu", name, (unsigned long)r->a);
	if (r->sub == TRACE_STATE_DONE && !arg)
		violated(w, "task '%.64s' is done and nothing says how", name);
}

static void check_state(struct walk *w)
{
	static const char *const words[] = {"created", "ready", "running", "waiting", "done"};
	uint32_t lane = task_lane(w, w->r->id);
	const char *name = w->model->lanes[lane].name;
	uint8_t before = w->states[lane], state = w->r->sub;
	if (!may_follow(before, state))
		violated(w, "task '%.64s' is %s after it was %s", name, words[state],
		         words[before]);
	if (state == TRACE_STATE_RUNNING && w->running != TRACE_NONE && w->running != lane)
		violated(w, "task '%.64s' runs while task '%.64s' is running", name,
		         w->model->lanes[w->running].name);
	if (state == TRACE_STATE_RUNNING)
		w->running = lane;
	else if (w->running == lane)
		w->running = TRACE_NONE;
	w->states[lane] = state;
	check_reason(w, name);
}

static void check_hold(struct walk *w)
{
	uint32_t lane = trace_model_lane(w->model, TRACE_LANE_OBJECT, w->r->id);
	struct trace_id_map *holds = &w->holds[lane];
	uint32_t held = trace_id_map_get(holds, w->r->a);
	if (held == TRACE_ID_UNKNOWN)
		held = 0;
	if (!w->r->sub && held == 0) {
		violated(w, "task %lu gives '%.64s' back and does not hold it",
		         (unsigned long)w->r->a, w->model->lanes[lane].name);
		return;
	}
	if (trace_id_map_put(holds, w->r->a, w->r->sub ? held + 1 : held - 1))
		w->no_memory = true;
}

static void check_tick(struct walk *w)
{
	bool begins = w->r->sub == TRACE_PHASE_BEGIN;
	if (begins == w->in_tick)
		violated(w, "an iteration of the loop %s",
		         begins ? "begins inside another one" : "ends that has not begun");
	w->in_tick = begins;
}

static void check_event(struct walk *w)
{
	if (w->r->t_ns < w->t_ns)
		violated(w, "time runs backwards from %llu ns", (unsigned long long)w->t_ns);
	w->t_ns = w->r->t_ns;
	if (w->has_ended)
		violated(w, "a '%s' record follows the end", trace_kind_name(w->r->kind));
	switch (w->r->kind) {
	case TRACE_STATE:
		check_state(w);
		break;
	case TRACE_HOLD:
		check_hold(w);
		break;
	case TRACE_TICK:
		check_tick(w);
		break;
	case TRACE_END:
		w->has_ended = true;
		break;
	default:
		break;
	}
}

int trace_validate(const struct trace_model *model, struct trace_violation list[], size_t max,
                   size_t *n, struct trace_error *error)
{
	struct walk w = {.model = model, .list = list, .max = max, .running = TRACE_NONE};
	w.states = calloc(model->n_lanes + 1, sizeof *w.states);
	w.holds = calloc(model->n_lanes + 1, sizeof *w.holds);
	w.no_memory = !w.states || !w.holds;
	for (size_t i = 0; i < model->n_events && !w.no_memory; i++) {
		w.ordinal = (uint32_t)i;
		w.r = trace_model_event(model, w.ordinal);
		check_event(&w);
	}
	for (size_t i = 0; w.holds && i < model->n_lanes; i++)
		trace_id_map_fini(&w.holds[i]);
	free(w.holds);
	free(w.states);
	*n = w.n;
	if (w.no_memory)
		return trace_error_set(error, TRACE_ESYSTEM, 0,
		                       "cannot check the recording: out of memory");
	return TRACE_OK;
}
