/* Building the model: one function a kind of record.
 *
 * A record names tasks and objects by id; here is where it is known whether they exist. What a damaged file
 * could make us believe wrongly (a state of a task that was never created, two objects with one id) is refused with
 * its place; what merely breaks the rules of asyncio is shown as it stands, the validator speaks of it.
 *
 * States are nearly all that a long recording has, so what one needs is here and in one line of the cache; the rest is in trace/apply/.
 */
#include <stdio.h>
#include <stdlib.h>

#include "trace/apply/apply.h"

/* What is seen of a task in its states, save the last. */
static const uint8_t seen_in_state[TRACE_STATE_END] = {
        [TRACE_STATE_READY] = TRACE_SEEN_READY,
        [TRACE_STATE_RUNNING] = TRACE_SEEN_RUNNING,
        [TRACE_STATE_WAITING] = TRACE_SEEN_WAITING,
};

/* Append a TICK or WORKER record to its lane. */
static int push_phase(const struct trace_applied *a, struct trace_lane *lane)
{
	if (trace_track_push(&lane->own, a->ordinal, trace_lane_seen_in(lane->kind, a->r)))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

/* The state that came before is over now, so it is known how long it was, and whether that was a step that blocked. */
static inline void end_state(const struct trace_applied *a, struct trace_lane *lane)
{
	uint64_t lasted_ns = a->r->t_ns - lane->last_ns;
	unsigned which = (unsigned)lane->last_state - TRACE_STATE_READY;
	if (which >= TRACE_LANE_TOTALS)
		return;
	lane->total_ns[which] += lasted_ns;
	if (lane->last_state == TRACE_STATE_RUNNING && lasted_ns >= a->private->blocked_ns)
		trace_track_sets(&lane->own)[lane->n - 1] |= TRACE_SEEN_BLOCKED;
}

static int apply_state(const struct trace_applied *a)
{
	struct trace_model_private *p = a->private;
	const struct trace_record *r = a->r;
	unsigned state = r->sub;
	uint32_t task = trace_id_map_get(&p->tasks, r->id);
	if (task == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "state of unknown task", r->id);
	if (state == TRACE_STATE_READY && r->b &&
	    trace_apply_check_task(a, offsetof(struct trace_record, b), r->b) != TRACE_OK)
		return TRACE_EFORMAT;
	if (state == TRACE_STATE_RUNNING)
		p->running = task;
	else if (p->running == task)
		p->running = TRACE_NONE;
	struct trace_lane *lane = &a->model->lanes[task];
	end_state(a, lane);
	lane->last_ns = r->t_ns;
	lane->last_state = (uint8_t)state;
	uint8_t seen = state == TRACE_STATE_DONE ? trace_lane_seen_in(TRACE_LANE_TASK, r)
	                                         : seen_in_state[state];
	if (trace_track_push(&lane->own, a->ordinal, seen))
		return trace_model_no_memory(a->error);
	bool is_waiter = lane->waits_in != TRACE_NONE || (state == TRACE_STATE_WAITING && r->a);
	return is_waiter ? trace_apply_waiter(a, task) : TRACE_OK;
}

static int apply_level(const struct trace_applied *a)
{
	uint32_t object = trace_id_map_get(&a->private->objects, a->r->id);
	if (object == TRACE_ID_UNKNOWN)
		return trace_apply_damaged(a, offsetof(struct trace_record, id),
		                           "level of unknown object", a->r->id);
	struct trace_lane *lane = &a->model->lanes[object];
	int64_t value = (int64_t)trace_join(a->r->b, a->r->c);
	if (lane->n == 0 || value > lane->level_max)
		lane->level_max = value;
	if (!lane->levels)
		lane->levels = calloc(1, sizeof *lane->levels);
	if (!lane->levels || trace_ranges_push(lane->levels, value) ||
	    trace_track_push_bare(&lane->own, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

/* The task of a pool thread's record may be unknown: on a full disk the loop's records end before the thread's. */
static int apply_worker(const struct trace_applied *a)
{
	struct trace_model *m = a->model;
	char name[16];
	uint32_t known = trace_id_map_get(&a->private->workers, a->r->id);
	snprintf(name, sizeof name, "%lu", (unsigned long)a->r->id);
	struct trace_lane *lane = known == TRACE_ID_UNKNOWN
	                                  ? trace_apply_add_lane(a, TRACE_LANE_WORKER, a->r->id,
	                                                         &a->private->workers, name)
	                                  : &m->lanes[known];
	return lane ? push_phase(a, lane) : trace_model_no_memory(a->error);
}

static int apply_call(const struct trace_applied *a)
{
	struct trace_lane *loop = &a->model->lanes[0];
	if (a->r->sub == TRACE_PHASE_BEGIN && trace_track_push_bare(&loop->notes, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_lost(const struct trace_applied *a)
{
	struct trace_model *m = a->model;
	a->private->counted_lost += trace_join(a->r->b, a->r->c);
	if (a->r->arg & TRACE_TIMED)
		m->gap_ns = trace_join(a->r->id, a->r->a);
	if (trace_apply_push(&m->losses, &m->n_losses, &a->private->losses_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_log(const struct trace_applied *a)
{
	struct trace_model *m = a->model;
	if (a->r->kind == TRACE_LOG &&
	    trace_apply_check_task(a, offsetof(struct trace_record, id), a->r->id) != TRACE_OK)
		return TRACE_EFORMAT;
	if (trace_apply_push(&m->logs, &m->n_logs, &a->private->logs_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static inline int apply(const struct trace_applied *a)
{
	switch (a->r->kind) {
	case TRACE_TASK:
		return trace_apply_task(a);
	case TRACE_NAME:
		return trace_apply_name(a);
	case TRACE_STATE:
		return apply_state(a);
	case TRACE_CANCEL:
		return trace_apply_cancel(a);
	case TRACE_OBJECT:
		return trace_apply_object(a);
	case TRACE_LEVEL:
		return apply_level(a);
	case TRACE_HOLD:
		return trace_apply_hold(a);
	case TRACE_SCOPE:
		return trace_apply_scope(a);
	case TRACE_TICK:
		return push_phase(a, &a->model->lanes[0]);
	case TRACE_WORKER:
		return apply_worker(a);
	case TRACE_LOG:
	case TRACE_MARK:
		return apply_log(a);
	case TRACE_VAR:
		return trace_apply_var(a);
	case TRACE_CALL:
		return apply_call(a);
	case TRACE_AWAIT:
		return trace_apply_await(a);
	case TRACE_CORO:
		return trace_apply_coro(a);
	case TRACE_ERROR:
		return trace_apply_error(a);
	case TRACE_LOST:
		return apply_lost(a);
	case TRACE_END:
		a->model->status = a->r->sub;
		return TRACE_OK;
	default:
		return TRACE_OK;
	}
}

/* Kinds that a step steps by; of CALL records only those that begin one. */
#define TRANSITIONS                                                                                \
	(1u << TRACE_STATE | 1u << TRACE_CANCEL | 1u << TRACE_LEVEL | 1u << TRACE_WORKER)
_Static_assert(TRACE_KIND_END <= 32, "kinds are bits of 32");

static inline bool is_transition(const struct trace_record *r)
{
	return (TRANSITIONS >> (r->kind & 31) & 1) ||
	       (r->kind == TRACE_CALL && r->sub == TRACE_PHASE_BEGIN);
}

/* Let the ends of the lane be fetched that a record will be appended to: in long recordings with many lanes they are in pages that the
 * processor has forgotten. */
static inline void fetch(const struct trace_applied *a, const struct trace_record *r)
{
	const struct trace_id_map *tasks = &a->private->tasks;
	uint32_t task = r->kind == TRACE_STATE && r->id < tasks->n_dense ? tasks->dense[r->id]
	                                                                 : TRACE_ID_UNKNOWN;
	if (task == TRACE_ID_UNKNOWN)
		return;
	const struct trace_lane *lane = &a->model->lanes[task];
	if (!lane->ordinals)
		return; /* its first one */
	__builtin_prefetch(&lane->ordinals[lane->n], 1);
	__builtin_prefetch(&trace_track_sets(&lane->own)[lane->n], 1);
}

/* How many records ahead. */
#define AHEAD 8

/* Apply `n` records, which do not reach beyond a group of events; sets how many were. */
static int apply_group(struct trace_applied *a, uint32_t n, uint32_t *n_applied)
{
	struct trace_model_private *p = a->private;
	uint32_t place = a->ordinal % TRACE_EVENT_GROUP;
	uint64_t bits = 0;
	uint32_t i;
	int rc = TRACE_OK;
	*n_applied = 0;
	if (place == 0)
		p->events.groups[a->ordinal / TRACE_EVENT_GROUP].running = p->running;
	if (trace_transitions_reserve(&p->transitions))
		return trace_model_no_memory(a->error);
	for (i = 0; i < n; i++, a->r++, a->ordinal++) {
		if (i + AHEAD < n)
			fetch(a, a->r + AHEAD);
		rc = apply(a);
		if (rc != TRACE_OK)
			break;
		bits |= (uint64_t)is_transition(a->r) << i;
	}
	trace_transitions_add(&p->transitions, bits, i);
	*n_applied = i;
	return rc;
}

int trace_model_apply(struct trace_model *model, const struct trace_record *first, uint32_t n,
                      uint32_t ordinal, uint32_t *n_applied, struct trace_error *error)
{
	struct trace_applied a = {model, model->private, first, ordinal, error};
	int rc = TRACE_OK;
	for (*n_applied = 0; *n_applied < n && rc == TRACE_OK;) {
		uint32_t room = TRACE_EVENT_GROUP - a.ordinal % TRACE_EVENT_GROUP;
		uint32_t left = n - *n_applied, done;
		rc = apply_group(&a, left < room ? left : room, &done);
		*n_applied += done;
	}
	return rc;
}
