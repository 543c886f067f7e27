/* Building the model: one function a kind of record.
 *
 * A record names tasks and objects by id; here is where it is known whether they exist. What a damaged file
 * could make us believe wrongly (a state of a task that was never created, two objects with one id) is refused with
 * its place; what merely breaks the rules of asyncio is shown as it stands, the validator speaks of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/members.h"
#include "trace/model_private.h"

#define NAME_BYTES 1024u

int trace_model_no_memory(struct trace_error *error)
{
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read the recording: out of memory");
}

/* The record that is applied: all that the functions below need. */
struct applied {
	struct trace_model *model;
	struct trace_model_private *private;
	const struct trace_record *r;
	uint32_t ordinal;
	struct trace_error *error;
};

/* Report a record that names what does not exist. In a recording that lost its beginning it may have existed: the record is left out then. */
static int damaged(const struct applied *a, size_t byte, const char *what, uint32_t id)
{
	if (a->model->gap_ns)
		return TRACE_OK;
	return trace_reader_damage(a->model->reader, trace_model_slot(a->model, a->ordinal), byte,
	                           a->error, "%s %lu", what, (unsigned long)id);
}

/* Check that task `id` (0: the loop) was created. `byte` is where the record names it. */
static int check_task(const struct applied *a, size_t byte, uint32_t id)
{
	if (!id || trace_id_map_get(&a->private->tasks, id) != TRACE_ID_UNKNOWN)
		return TRACE_OK;
	return damaged(a, byte, "unknown task", id);
}

static inline int push(uint32_t **list, size_t *n, size_t *cap, uint32_t ordinal)
{
	if (*n == *cap && trace_array_reserve(list, *n, cap, sizeof **list))
		return -1;
	(*list)[(*n)++] = ordinal;
	return 0;
}

void trace_lane_fini(struct trace_lane *lane)
{
	trace_sets_fini(&lane->seen);
	trace_sets_fini(&lane->marks);
	if (lane->levels)
		trace_ranges_fini(lane->levels);
	if (lane->holders)
		trace_members_fini(lane->holders);
	if (lane->waiters)
		trace_members_fini(lane->waiters);
	free(lane->levels);
	free(lane->holders);
	free(lane->waiters);
	free(lane->ordinals);
	free(lane->others);
	free(lane->scopes);
	free(lane->name);
}

/* Make room for one more lane. They are aligned, which realloc does not keep. */
static int reserve_lane(struct trace_model *m)
{
	size_t *cap = &m->private->lanes_cap;
	if (m->n_lanes < *cap)
		return TRACE_OK;
	size_t larger = *cap ? *cap * 2 : 8;
	struct trace_lane *lanes = aligned_alloc(TRACE_LANE_ALIGN, larger * sizeof *lanes);
	if (!lanes)
		return TRACE_ESYSTEM;
	if (m->n_lanes)
		memcpy(lanes, m->lanes, m->n_lanes * sizeof *lanes);
	free(m->lanes);
	m->lanes = lanes;
	*cap = larger;
	return TRACE_OK;
}

/* Append a lane; NULL without memory. `map` (may be NULL) learns its index. */
static struct trace_lane *add_lane(const struct applied *a, enum trace_lane_kind kind, uint32_t id,
                                   struct trace_id_map *map, const char *name)
{
	struct trace_model *m = a->model;
	if (reserve_lane(m) != TRACE_OK)
		return NULL;
	struct trace_lane *lane = &m->lanes[m->n_lanes];
	*lane = (struct trace_lane){
	        .kind = kind,
	        .id = id,
	        .name = strdup(name),
	        .parent = TRACE_NONE,
	        .born = a->ordinal,
	        .waits_in = TRACE_NONE,
	};
	if (!lane->name || (map && trace_id_map_put(map, id, (uint32_t)m->n_lanes))) {
		free(lane->name);
		return NULL;
	}
	m->n_lanes++;
	return lane;
}

int trace_model_add_loop(struct trace_model *model, struct trace_error *error)
{
	struct applied a = {.model = model, .private = model->private, .error = error};
	if (!add_lane(&a, TRACE_LANE_LOOP, 0, NULL, "loop"))
		return trace_model_no_memory(error);
	return TRACE_OK;
}

static int push_seen(const struct applied *a, struct trace_lane *lane, uint8_t seen)
{
	if (trace_sets_push(&lane->seen, seen) ||
	    push(&lane->ordinals, &lane->n, &lane->ordinals_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

/* Append a TICK or WORKER record to its lane. */
static int push_phase(const struct applied *a, struct trace_lane *lane)
{
	return push_seen(a, lane, trace_lane_seen_in(lane->kind, a->r));
}

/* Append a state to its lane. The one before it is over now, so it is known whether that was a step that blocked. */
static int push_state(const struct applied *a, struct trace_lane *lane)
{
	const struct trace_record *r = a->r;
	uint64_t lasted_ns = r->t_ns - lane->last_ns;
	if (lane->n > 0) {
		lane->total_ns[lane->last_state] += lasted_ns;
		if (lane->last_state == TRACE_STATE_RUNNING && lasted_ns >= a->private->blocked_ns)
			trace_sets_add(&lane->seen, TRACE_SEEN_BLOCKED);
	}
	lane->last_ns = r->t_ns;
	lane->last_state = r->sub;
	return push_seen(a, lane, trace_lane_seen_in(TRACE_LANE_TASK, r));
}

static int apply_task(const struct applied *a)
{
	const struct trace_record *r = a->r;
	char name[NAME_BYTES];
	if (trace_id_map_get(&a->private->tasks, r->id) != TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "a second task", r->id);
	uint32_t parent = r->b ? trace_id_map_get(&a->private->tasks, r->b) : TRACE_NONE;
	if (r->b && parent == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, b), "unknown parent task", r->b);
	if (!trace_model_string(a->model, r->a, name, sizeof name))
		snprintf(name, sizeof name, "Task-%lu", (unsigned long)r->id);
	struct trace_lane *lane = add_lane(a, TRACE_LANE_TASK, r->id, &a->private->tasks, name);
	if (!lane)
		return trace_model_no_memory(a->error);
	lane->where = r->d;
	lane->parent = parent;
	lane->depth = parent == TRACE_NONE ? 0 : a->model->lanes[parent].depth + 1;
	return TRACE_OK;
}

/* A lane has one name, the last: who looks for a task looks for what it is called now. */
static int apply_name(const struct applied *a)
{
	char name[NAME_BYTES];
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "name of unknown task",
		               a->r->id);
	if (!trace_model_string(a->model, a->r->a, name, sizeof name))
		return TRACE_OK;
	char *copy = strdup(name);
	if (!copy)
		return trace_model_no_memory(a->error);
	free(a->model->lanes[task].name);
	a->model->lanes[task].name = copy;
	return TRACE_OK;
}

/* Let the task leave the waiters that it was among, and enter those of the object that it waits for now. */
static int apply_waiter(const struct applied *a, uint32_t task)
{
	struct trace_lane *lane = &a->model->lanes[task];
	const struct trace_record *r = a->r;
	if (lane->waits_in != TRACE_NONE)
		trace_members_leave(a->model->lanes[lane->waits_in].waiters, task, a->ordinal);
	lane->waits_in = TRACE_NONE;
	if (r->sub != TRACE_STATE_WAITING || !r->a || trace_on_is_task(r->arg & ~TRACE_TIMED))
		return TRACE_OK;
	uint32_t object = trace_id_map_get(&a->private->objects, r->a);
	if (object == TRACE_ID_UNKNOWN)
		return TRACE_OK; /* not every object that can be waited for is recorded */
	struct trace_lane *o = &a->model->lanes[object];
	if (!o->waiters)
		o->waiters = calloc(1, sizeof *o->waiters);
	if (!o->waiters || trace_members_enter(o->waiters, task, a->ordinal))
		return trace_model_no_memory(a->error);
	lane->waits_in = object;
	return TRACE_OK;
}

static int apply_state(const struct applied *a)
{
	struct trace_model_private *p = a->private;
	uint32_t task = trace_id_map_get(&p->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "state of unknown task",
		               a->r->id);
	if (a->r->sub == TRACE_STATE_READY &&
	    check_task(a, offsetof(struct trace_record, b), a->r->b) != TRACE_OK)
		return TRACE_EFORMAT;
	if (a->r->sub == TRACE_STATE_RUNNING)
		p->running = task;
	else if (p->running == task)
		p->running = TRACE_NONE;
	int rc = push_state(a, &a->model->lanes[task]);
	return rc == TRACE_OK ? apply_waiter(a, task) : rc;
}

static int apply_cancel(const struct applied *a)
{
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "cancellation of unknown task",
		               a->r->id);
	if (check_task(a, offsetof(struct trace_record, a), a->r->a) != TRACE_OK)
		return TRACE_EFORMAT;
	struct trace_lane *lane = &a->model->lanes[task];
	if (trace_sets_push(&lane->marks, (uint8_t)(1u << a->r->sub)) ||
	    push(&lane->others, &lane->n_others, &lane->others_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_error(const struct applied *a)
{
	uint32_t task = trace_id_map_get(&a->private->tasks, a->r->id);
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "error of unknown task",
		               a->r->id);
	struct trace_lane *lane = &a->model->lanes[task];
	if (trace_sets_push(&lane->marks, TRACE_MARKED_NEVER_RETRIEVED) ||
	    push(&lane->others, &lane->n_others, &lane->others_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

/* What became of a coroutine stands in the lane of its object, if that has one. The body of an awaited one is a part of who awaits
 * it: the lane has no row any more. */
static int apply_coro(const struct applied *a)
{
	uint32_t object = trace_id_map_get(&a->private->objects, a->r->id);
	int rc = check_task(a, offsetof(struct trace_record, a), a->r->a);
	if (rc != TRACE_OK || object == TRACE_ID_UNKNOWN)
		return rc;
	struct trace_lane *lane = &a->model->lanes[object];
	if (a->r->sub == TRACE_CORO_AWAITED) {
		lane->awaited = true;
		a->private->n_ordered = 0;
	}
	if (push(&lane->others, &lane->n_others, &lane->others_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_object(const struct applied *a)
{
	const struct trace_record *r = a->r;
	char name[NAME_BYTES];
	if (trace_id_map_get(&a->private->objects, r->id) != TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "a second object", r->id);
	if (!trace_model_string(a->model, r->a, name, sizeof name))
		snprintf(name, sizeof name, "%s-%lu", trace_object_kind_name(r->sub),
		         (unsigned long)r->id);
	struct trace_lane *lane = add_lane(a, TRACE_LANE_OBJECT, r->id, &a->private->objects, name);
	if (!lane)
		return trace_model_no_memory(a->error);
	lane->where = r->d;
	lane->object_kind = r->sub;
	lane->capacity = (int64_t)trace_join(r->b, r->c);
	return TRACE_OK;
}

static int apply_level(const struct applied *a)
{
	uint32_t object = trace_id_map_get(&a->private->objects, a->r->id);
	if (object == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "level of unknown object",
		               a->r->id);
	struct trace_lane *lane = &a->model->lanes[object];
	int64_t value = (int64_t)trace_join(a->r->b, a->r->c);
	if (lane->n == 0 || value > lane->level_max)
		lane->level_max = value;
	if (!lane->levels)
		lane->levels = calloc(1, sizeof *lane->levels);
	if (!lane->levels || trace_ranges_push(lane->levels, value) ||
	    push(&lane->ordinals, &lane->n, &lane->ordinals_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_hold(const struct applied *a)
{
	const struct trace_record *r = a->r;
	uint32_t object = trace_id_map_get(&a->private->objects, r->id);
	uint32_t task = r->a ? trace_id_map_get(&a->private->tasks, r->a) : 0;
	if (object == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "hold of unknown object",
		               r->id);
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, a), "hold by unknown task", r->a);
	struct trace_lane *lane = &a->model->lanes[object];
	if (!lane->holders)
		lane->holders = calloc(1, sizeof *lane->holders);
	if (!lane->holders)
		return trace_model_no_memory(a->error);
	if (!r->sub)
		trace_members_leave(lane->holders, task, a->ordinal);
	else if (trace_members_enter(lane->holders, task, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int move_deadline(const struct applied *a, struct trace_scope *scope, uint64_t deadline_ns)
{
	struct trace_model_private *p = a->private;
	if (trace_array_reserve(&p->moves, p->n_moves, &p->moves_cap, sizeof *p->moves))
		return trace_model_no_memory(a->error);
	p->moves[p->n_moves] = (struct trace_move){a->ordinal, scope->deadline_ns, scope->moved};
	scope->moved = (uint32_t)p->n_moves++;
	scope->deadline_ns = deadline_ns;
	return TRACE_OK;
}

static int apply_scope(const struct applied *a)
{
	struct trace_model *m = a->model;
	const struct trace_record *r = a->r;
	uint32_t task = r->id ? trace_id_map_get(&a->private->tasks, r->id) : 0;
	if (task == TRACE_ID_UNKNOWN)
		return damaged(a, offsetof(struct trace_record, id), "scope of unknown task",
		               r->id);
	uint64_t deadline_ns = r->arg & TRACE_TIMED ? trace_join(r->b, r->c) : UINT64_MAX;
	uint32_t known = trace_id_map_get(&a->private->scopes, r->a);
	struct trace_scope *scope = known == TRACE_ID_UNKNOWN ? NULL : &m->scopes[known];
	if (!(r->arg & 1)) {
		if (scope && scope->closed == TRACE_NONE)
			scope->closed = a->ordinal;
		return TRACE_OK;
	}
	if (scope && scope->closed == TRACE_NONE)
		return move_deadline(a, scope, deadline_ns);
	if (trace_array_reserve(&m->scopes, m->n_scopes, &a->private->scopes_cap, sizeof *scope) ||
	    trace_id_map_put(&a->private->scopes, r->a, (uint32_t)m->n_scopes))
		return trace_model_no_memory(a->error);
	struct trace_lane *lane = &m->lanes[task];
	uint32_t outer = trace_lane_scope(m, task, a->ordinal);
	if (push(&lane->scopes, &lane->n_scopes, &lane->scopes_cap, (uint32_t)m->n_scopes))
		return trace_model_no_memory(a->error);
	m->scopes[m->n_scopes++] = (struct trace_scope){
	        .lane = task,
	        .outer = outer,
	        .kind = r->sub,
	        .opened = a->ordinal,
	        .closed = TRACE_NONE,
	        .deadline_ns = deadline_ns,
	        .moved = TRACE_NONE,
	};
	return TRACE_OK;
}

static int apply_await(const struct applied *a)
{
	int rc = check_task(a, offsetof(struct trace_record, id), a->r->id);
	return rc == TRACE_OK ? check_task(a, offsetof(struct trace_record, a), a->r->a) : rc;
}

/* The task of a pool thread's record may be unknown: on a full disk the loop's records end before the thread's. */
static int apply_worker(const struct applied *a)
{
	struct trace_model *m = a->model;
	char name[16];
	uint32_t known = trace_id_map_get(&a->private->workers, a->r->id);
	snprintf(name, sizeof name, "%lu", (unsigned long)a->r->id);
	struct trace_lane *lane =
	        known == TRACE_ID_UNKNOWN
	                ? add_lane(a, TRACE_LANE_WORKER, a->r->id, &a->private->workers, name)
	                : &m->lanes[known];
	return lane ? push_phase(a, lane) : trace_model_no_memory(a->error);
}

static int add_var(const struct applied *a, const char *name)
{
	struct trace_model *m = a->model;
	if (trace_array_reserve(&m->vars, m->n_vars, &a->private->vars_cap, sizeof *m->vars))
		return trace_model_no_memory(a->error);
	m->vars[m->n_vars] = (struct trace_var){.name = strdup(name)};
	if (!m->vars[m->n_vars].name)
		return trace_model_no_memory(a->error);
	m->n_vars++;
	return TRACE_OK;
}

/* Find the variable by its name: a string may have been written twice, a name means one variable. */
static int find_var(const struct applied *a, struct trace_var **var)
{
	struct trace_model *m = a->model;
	char name[NAME_BYTES];
	uint32_t known = a->r->a ? trace_id_map_get(&a->private->vars, a->r->a) : TRACE_ID_UNKNOWN;
	if (known == TRACE_ID_UNKNOWN) {
		trace_model_string(m, a->r->a, name, sizeof name);
		for (known = 0; known < m->n_vars && strcmp(m->vars[known].name, name) != 0;)
			known++;
		if (known == m->n_vars && add_var(a, name) != TRACE_OK)
			return TRACE_ESYSTEM;
		if (a->r->a && trace_id_map_put(&a->private->vars, a->r->a, known))
			return trace_model_no_memory(a->error);
	}
	*var = &m->vars[known];
	return TRACE_OK;
}

static int apply_var(const struct applied *a)
{
	struct trace_var *var;
	int rc = check_task(a, offsetof(struct trace_record, id), a->r->id);
	if (rc == TRACE_OK)
		rc = find_var(a, &var);
	if (rc == TRACE_OK && push(&var->ordinals, &var->n, &var->cap, a->ordinal))
		rc = trace_model_no_memory(a->error);
	return rc;
}

static int apply_call(const struct applied *a)
{
	struct trace_lane *loop = &a->model->lanes[0];
	if (a->r->sub == TRACE_PHASE_BEGIN &&
	    push(&loop->others, &loop->n_others, &loop->others_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_lost(const struct applied *a)
{
	struct trace_model *m = a->model;
	a->private->counted_lost += trace_join(a->r->b, a->r->c);
	if (a->r->arg & TRACE_TIMED)
		m->gap_ns = trace_join(a->r->id, a->r->a);
	if (push(&m->losses, &m->n_losses, &a->private->losses_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply_log(const struct applied *a)
{
	struct trace_model *m = a->model;
	if (a->r->kind == TRACE_LOG &&
	    check_task(a, offsetof(struct trace_record, id), a->r->id) != TRACE_OK)
		return TRACE_EFORMAT;
	if (push(&m->logs, &m->n_logs, &a->private->logs_cap, a->ordinal))
		return trace_model_no_memory(a->error);
	return TRACE_OK;
}

static int apply(const struct applied *a)
{
	switch (a->r->kind) {
	case TRACE_TASK:
		return apply_task(a);
	case TRACE_NAME:
		return apply_name(a);
	case TRACE_STATE:
		return apply_state(a);
	case TRACE_CANCEL:
		return apply_cancel(a);
	case TRACE_OBJECT:
		return apply_object(a);
	case TRACE_LEVEL:
		return apply_level(a);
	case TRACE_HOLD:
		return apply_hold(a);
	case TRACE_SCOPE:
		return apply_scope(a);
	case TRACE_TICK:
		return push_phase(a, &a->model->lanes[0]);
	case TRACE_WORKER:
		return apply_worker(a);
	case TRACE_LOG:
	case TRACE_MARK:
		return apply_log(a);
	case TRACE_VAR:
		return apply_var(a);
	case TRACE_CALL:
		return apply_call(a);
	case TRACE_AWAIT:
		return apply_await(a);
	case TRACE_CORO:
		return apply_coro(a);
	case TRACE_ERROR:
		return apply_error(a);
	case TRACE_LOST:
		return apply_lost(a);
	case TRACE_END:
		a->model->status = a->r->sub;
		return TRACE_OK;
	default:
		return TRACE_OK;
	}
}

/* Kinds that a step steps by. */
#define TRANSITIONS                                                                                \
	(1u << TRACE_STATE | 1u << TRACE_CANCEL | 1u << TRACE_LEVEL | 1u << TRACE_WORKER |         \
	 1u << TRACE_CALL)
_Static_assert(TRACE_KIND_END <= 32, "kinds are bits of 32");

static bool is_transition(const struct trace_record *r)
{
	return (TRANSITIONS >> (r->kind & 31) & 1) &&
	       (r->kind != TRACE_CALL || r->sub == TRACE_PHASE_BEGIN);
}

int trace_model_apply(struct trace_model *model, const struct trace_record *first, uint32_t n,
                      uint32_t ordinal, uint32_t *n_applied, struct trace_error *error)
{
	struct trace_model_private *p = model->private;
	struct applied a = {model, p, first, ordinal, error};
	for (*n_applied = 0; *n_applied < n; ++*n_applied, a.r++, a.ordinal++) {
		if (a.ordinal % TRACE_EVENT_GROUP == 0)
			p->events.groups[a.ordinal / TRACE_EVENT_GROUP].running = p->running;
		int rc = apply(&a);
		if (rc != TRACE_OK)
			return rc;
		if (trace_transitions_add(&p->transitions, is_transition(a.r)))
			return trace_model_no_memory(error);
	}
	return TRACE_OK;
}
