/* The pass: one function a kind of record. Memory is one entry a lane and one number a step (for the percentiles, which are exact). */
#include "trace/analysis/stats_private.h"

#include <stdlib.h>

#include "trace/array.h"

#define WAITS_MAX 32u /* causes that a task's waits are told apart by */

int trace_summing_init(struct trace_summing *s, struct trace_stats *stats,
                       const struct trace_model *m, size_t n_events, uint64_t now_ns)
{
	size_t n_tasks = 0, n_objects = 0, n = m->n_lanes ? m->n_lanes : 1;
	*s = (struct trace_summing){.stats = stats, .model = m, .n_lanes = m->n_lanes};
	if (n_events)
		stats->begin_ns = trace_model_event(m, 0)->t_ns;
	stats->end_ns = n_events ? now_ns : 0;
	s->place = malloc(n * sizeof *s->place);
	s->tasks = calloc(n, sizeof *s->tasks);
	s->objects = calloc(n, sizeof *s->objects);
	stats->tasks = calloc(n, sizeof *stats->tasks);
	stats->objects = calloc(n, sizeof *stats->objects);
	if (!s->place || !s->tasks || !s->objects || !stats->tasks || !stats->objects)
		return TRACE_ESYSTEM;
	for (uint32_t i = 0; i < m->n_lanes; i++) {
		bool is_task = m->lanes[i].kind == TRACE_LANE_TASK;
		bool is_object = m->lanes[i].kind == TRACE_LANE_OBJECT;
		s->place[i] = TRACE_NONE;
		if (m->lanes[i].born >= n_events && i != 0)
			continue;
		if (is_task) {
			stats->tasks[n_tasks].lane = i;
			s->place[i] = (uint32_t)n_tasks++;
		} else if (is_object) {
			stats->objects[n_objects].lane = i;
			s->place[i] = (uint32_t)n_objects++;
		}
	}
	stats->n_tasks = n_tasks;
	stats->n_objects = n_objects;
	return TRACE_OK;
}

void trace_summing_fini(struct trace_summing *s)
{
	free(s->place);
	free(s->tasks);
	free(s->objects);
	trace_lags_fini(&s->lags);
}

/* Return the index of a task or object by its id, TRACE_NONE when it is unknown. */
static uint32_t place_of(const struct trace_summing *s, enum trace_lane_kind kind, uint32_t id)
{
	uint32_t lane = trace_model_lane(s->model, kind, id);
	return lane < s->n_lanes ? s->place[lane] : TRACE_NONE;
}

/* Add to a sum of several tasks. Times may be anything up to the end of 64 bits, and then a sum stays there instead of beginning anew. */
static void add_ns(uint64_t *sum_ns, uint64_t ns)
{
	*sum_ns = ns > UINT64_MAX - *sum_ns ? UINT64_MAX : *sum_ns + ns;
}

/* Spread the work of [from_ns, to_ns) over the parts of the time. */
static void spread(struct trace_stats *stats, uint64_t from_ns, uint64_t to_ns)
{
	uint64_t length_ns = stats->end_ns - stats->begin_ns;
	if (to_ns <= from_ns || length_ns == 0)
		return;
	uint64_t part_ns = length_ns / TRACE_STATS_BUCKETS;
	unsigned i = part_ns ? (unsigned)((from_ns - stats->begin_ns) / (part_ns + 1)) : 0;
	for (; i < TRACE_STATS_BUCKETS && trace_stats_bucket_ns(stats, i) < to_ns; i++) {
		uint64_t a = trace_stats_bucket_ns(stats, i);
		uint64_t b = trace_stats_bucket_ns(stats, i + 1);
		uint64_t from = a > from_ns ? a : from_ns, to = b < to_ns ? b : to_ns;
		if (to > from)
			add_ns(&stats->overlap_ns[i], to - from);
	}
}

static void add_work(struct trace_summing *s, struct trace_task_stats *task, uint64_t from_ns,
                     uint64_t to_ns)
{
	if (to_ns <= from_ns)
		return;
	task->work_ns += to_ns - from_ns;
	add_ns(&s->stats->work_ns, to_ns - from_ns);
	spread(s->stats, from_ns, to_ns);
}

/* Waiting for these is work that is done elsewhere, and would take its time if the task were all alone. */
static bool is_work(unsigned on)
{
	return on == TRACE_ON_SLEEP || on == TRACE_ON_THREAD || on == TRACE_ON_READ ||
	       on == TRACE_ON_WRITE || on == TRACE_ON_CONNECT || on == TRACE_ON_PROCESS;
}

/* Return the sum that a wait goes into, NULL without memory. Beyond WAITS_MAX causes objects are not told apart. */
static struct trace_wait_sum *sum_of(struct trace_task_stats *task, uint16_t on, uint32_t object)
{
	if (task->n_waits >= WAITS_MAX)
		object = TRACE_NONE;
	for (size_t i = 0; i < task->n_waits; i++)
		if (task->waits[i].on == on && task->waits[i].object == object)
			return &task->waits[i];
	if (trace_array_reserve(&task->waits, task->n_waits, &task->waits_cap, sizeof *task->waits))
		return NULL;
	task->waits[task->n_waits] = (struct trace_wait_sum){.on = on, .object = object};
	return &task->waits[task->n_waits++];
}

static int close_waiting(struct trace_summing *s, struct trace_task_stats *task,
                         struct trace_summing_task *now, uint64_t t_ns)
{
	uint64_t ns = t_ns - now->since_ns, due_ns = t_ns;
	if (now->timed && now->until_ns < t_ns)
		due_ns = now->until_ns > now->since_ns ? now->until_ns : now->since_ns;
	task->waiting_ns += ns;
	task->late_ns += t_ns - due_ns;
	now->delay_ns = t_ns - due_ns;
	struct trace_wait_sum *wait = sum_of(task, now->on, now->object);
	if (!wait)
		return TRACE_ESYSTEM;
	wait->ns += ns;
	wait->n++;
	if (is_work(now->on))
		add_work(s, task, now->since_ns, due_ns);
	if (now->object == TRACE_NONE)
		return TRACE_OK;
	uint32_t at = s->place[now->object];
	struct trace_object_stats *object = &s->stats->objects[at];
	object->n_waits++;
	add_ns(&object->wait_ns, ns);
	if (ns > object->wait_max_ns)
		object->wait_max_ns = ns;
	s->objects[at].n_waiters--;
	return TRACE_OK;
}

static int close_ready(struct trace_summing *s, struct trace_task_stats *task,
                       const struct trace_summing_task *now, uint64_t t_ns)
{
	uint64_t ns = t_ns - now->since_ns;
	task->ready_ns += ns;
	if (s->is_over)
		return TRACE_OK; /* it has not had its turn */
	return trace_lags_add(&s->lags, ns + now->delay_ns);
}

static void close_running(struct trace_summing *s, struct trace_task_stats *task,
                          const struct trace_summing_task *now, uint64_t t_ns)
{
	uint64_t ns = t_ns - now->since_ns;
	task->running_ns += ns;
	add_ns(&s->stats->running_ns, ns);
	task->n_steps++;
	s->stats->n_steps++;
	if (ns > task->longest_ns)
		task->longest_ns = ns;
	add_work(s, task, now->since_ns, t_ns);
}

/* The state that the task is in ends at t_ns. */
static int close_state(struct trace_summing *s, uint32_t at, uint64_t t_ns)
{
	struct trace_task_stats *task = &s->stats->tasks[at];
	struct trace_summing_task *now = &s->tasks[at];
	if (t_ns < now->since_ns)
		t_ns = now->since_ns;
	switch (now->state) {
	case TRACE_STATE_WAITING:
		return close_waiting(s, task, now, t_ns);
	case TRACE_STATE_READY:
		return close_ready(s, task, now, t_ns);
	case TRACE_STATE_RUNNING:
		close_running(s, task, now, t_ns);
		return TRACE_OK;
	default:
		return TRACE_OK;
	}
}

static void open_waiting(struct trace_summing *s, struct trace_summing_task *now,
                         const struct trace_record *r)
{
	now->on = r->arg & (uint16_t)~TRACE_TIMED;
	now->timed = r->arg & TRACE_TIMED;
	now->until_ns = trace_join(r->b, r->c);
	now->object = TRACE_NONE;
	if (!r->a || trace_on_is_task(now->on))
		return;
	uint32_t lane = trace_model_lane(s->model, TRACE_LANE_OBJECT, r->a);
	if (lane >= s->model->n_lanes || s->place[lane] == TRACE_NONE)
		return;
	now->object = lane;
	struct trace_object_stats *object = &s->stats->objects[s->place[lane]];
	uint32_t n = ++s->objects[s->place[lane]].n_waiters;
	if (n > object->waiters_max)
		object->waiters_max = n;
}

static int sum_state(struct trace_summing *s, const struct trace_record *r)
{
	uint32_t at = place_of(s, TRACE_LANE_TASK, r->id);
	if (at == TRACE_NONE)
		return TRACE_OK;
	struct trace_task_stats *task = &s->stats->tasks[at];
	struct trace_summing_task *now = &s->tasks[at];
	int rc = close_state(s, at, r->t_ns);
	if (now->state == 0) {
		task->born_ns = r->t_ns;
		if (++s->n_alive > s->stats->alive_max)
			s->stats->alive_max = s->n_alive;
	}
	if (now->state == TRACE_STATE_RUNNING || now->state == 0)
		now->delay_ns = 0;
	now->state = r->sub;
	now->since_ns = r->t_ns;
	if (r->sub == TRACE_STATE_WAITING)
		open_waiting(s, now, r);
	if (r->sub == TRACE_STATE_DONE) {
		task->outcome = (uint8_t)r->arg;
		task->end_ns = r->t_ns;
		s->n_alive--;
	}
	return rc;
}

static void sum_tick(struct trace_summing *s, const struct trace_record *r)
{
	if (r->sub == TRACE_PHASE_BEGIN) {
		s->tick_ns = r->t_ns;
		s->in_tick = true;
		s->stats->n_ticks++;
	} else if (s->in_tick) {
		uint64_t ns = r->t_ns - s->tick_ns;
		s->stats->ticks_ns += ns;
		if (ns > s->stats->longest_tick_ns)
			s->stats->longest_tick_ns = ns;
		s->in_tick = false;
	}
}

static void sum_call(struct trace_summing *s, const struct trace_record *r)
{
	if (r->sub == TRACE_PHASE_BEGIN) {
		s->call_ns = r->t_ns;
		s->in_call = true;
		s->stats->n_calls++;
	} else if (s->in_call) {
		s->stats->calls_ns += r->t_ns - s->call_ns;
		add_ns(&s->stats->work_ns, r->t_ns - s->call_ns);
		spread(s->stats, s->call_ns, r->t_ns);
		s->in_call = false;
	}
}

/* Count the time that the object has been held since the last change. */
static void close_hold(struct trace_summing *s, uint32_t at, uint64_t t_ns)
{
	struct trace_summing_object *now = &s->objects[at];
	uint64_t ns = t_ns - now->held_since_ns;
	bool is_huge = now->n_holders > 0 && ns > UINT64_MAX / now->n_holders;
	add_ns(&s->stats->objects[at].held_ns, is_huge ? UINT64_MAX : now->n_holders * ns);
	now->held_since_ns = t_ns;
}

static void sum_hold(struct trace_summing *s, const struct trace_record *r)
{
	uint32_t at = place_of(s, TRACE_LANE_OBJECT, r->id);
	if (at == TRACE_NONE)
		return;
	close_hold(s, at, r->t_ns);
	s->stats->objects[at].n_holds += r->sub;
	if (r->sub)
		s->objects[at].n_holders++;
	else if (s->objects[at].n_holders)
		s->objects[at].n_holders--;
}

int trace_summing_event(struct trace_summing *s, const struct trace_record *r)
{
	switch (r->kind) {
	case TRACE_STATE:
		return sum_state(s, r);
	case TRACE_TICK:
		sum_tick(s, r);
		return TRACE_OK;
	case TRACE_CALL:
		sum_call(s, r);
		return TRACE_OK;
	case TRACE_HOLD:
		sum_hold(s, r);
		return TRACE_OK;
	default:
		return TRACE_OK;
	}
}

static void sum_lags(struct trace_summing *s)
{
	struct trace_stats *stats = s->stats;
	stats->n_lags = s->lags.n;
	stats->lag_p50_ns = trace_lags_percentile(&s->lags, 50);
	stats->lag_p90_ns = trace_lags_percentile(&s->lags, 90);
	stats->lag_p99_ns = trace_lags_percentile(&s->lags, 99);
	stats->lag_max_ns = trace_lags_percentile(&s->lags, 100);
}

/* source: Jain, Chiu, Hawe 1984: (sum of x)^2 / (n * sum of x^2). x: the share of the time in which a task wanted the thread that it got. */
static void sum_fairness(struct trace_stats *stats)
{
	double sum = 0, squares = 0;
	size_t n = 0;
	for (size_t i = 0; i < stats->n_tasks; i++) {
		const struct trace_task_stats *t = &stats->tasks[i];
		uint64_t wanted_ns = t->running_ns + t->ready_ns + t->late_ns;
		if (t->n_steps == 0)
			continue;
		double x = wanted_ns ? (double)t->running_ns / (double)wanted_ns : 1;
		sum += x;
		squares += x * x;
		n++;
	}
	stats->fairness_ppm =
	        squares > 0 ? (uint32_t)(sum * sum / ((double)n * squares) * 1e6 + 0.5) : 1000000;
}

/* Keep only the objects that somebody waited for or held. */
static void drop_unused(struct trace_stats *stats)
{
	size_t n = 0;
	for (size_t i = 0; i < stats->n_objects; i++)
		if (stats->objects[i].n_waits || stats->objects[i].n_holds)
			stats->objects[n++] = stats->objects[i];
	stats->n_objects = n;
}

int trace_summing_end(struct trace_summing *s)
{
	struct trace_stats *stats = s->stats;
	s->is_over = true;
	for (uint32_t i = 0; i < stats->n_tasks; i++) {
		if (s->tasks[i].state == 0)
			stats->tasks[i].born_ns = stats->tasks[i].end_ns = stats->end_ns;
		if (s->tasks[i].state == 0 || s->tasks[i].state == TRACE_STATE_DONE)
			continue;
		if (close_state(s, i, stats->end_ns))
			return TRACE_ESYSTEM;
		stats->tasks[i].end_ns = stats->end_ns;
	}
	for (uint32_t i = 0; i < stats->n_objects; i++)
		close_hold(s, i, stats->end_ns);
	if (s->in_tick)
		sum_tick(s, &(struct trace_record){.t_ns = stats->end_ns, .sub = TRACE_PHASE_END});
	if (s->in_call)
		sum_call(s, &(struct trace_record){.t_ns = stats->end_ns, .sub = TRACE_PHASE_END});
	sum_lags(s);
	sum_fairness(stats);
	drop_unused(stats);
	return TRACE_OK;
}
