/* Random recordings, and the oracle: every answer by one plain loop over all events, with no index and no
 * summary, so that it can be believed by reading it.
 */
#include "tests/trace/random_log.h"

#define TASKS_MAX 12u
#define OBJECTS   4u

uint32_t random_next(uint32_t *random, uint32_t below)
{
	*random = *random * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*random >> 8) * below >> 24);
}

/* ---- the recording ------------------------------------------------------------------------------ */

struct actor {
	uint8_t state;
	uint32_t held[OBJECTS + 1];
};

static void wait_or_end(struct make_log *log, uint32_t *random, struct actor *actor, uint32_t task)
{
	uint32_t what = random_next(random, 100);
	actor->state = TRACE_STATE_WAITING;
	if (what < 50) {
		make_log_wait(log, task, TRACE_ON_SEMAPHORE, 1 + random_next(random, OBJECTS));
	} else if (what < 80) {
		make_log_sleep(log, task, log->t_ns + 500);
	} else if (what < 90) {
		make_log_wait(log, task, TRACE_ON_TASK, 1);
	} else if (what < 99 || task < 4) {
		make_log_ready(log, task, TRACE_WHY_YIELD, task);
		actor->state = TRACE_STATE_READY;
	} else {
		make_log_done(log, task, (enum trace_outcome)(1 + random_next(random, 3)), NULL);
		actor->state = TRACE_STATE_DONE;
	}
}

/* What the running task does besides: its objects, cancellations. */
static void act(struct make_log *log, uint32_t *random, struct actor *actor, uint32_t task)
{
	uint32_t object = 1 + random_next(random, OBJECTS);
	switch (random_next(random, 6)) {
	case 0:
		make_log_hold(log, object, task, 1);
		actor->held[object]++;
		break;
	case 1:
		if (actor->held[object] == 0)
			break;
		make_log_hold(log, object, task, 0);
		actor->held[object]--;
		break;
	case 2:
		make_log_level(log, object, (int64_t)random_next(random, 9) - 3, 0);
		break;
	case 3:
		make_log_cancel(log, task, (enum trace_cancel_phase)(1 + random_next(random, 4)));
		break;
	default:
		break;
	}
}

static void make_world(struct make_log *log)
{
	for (uint32_t object = 1; object <= OBJECTS; object++)
		make_log_object(log, object, TRACE_OBJECT_SEMAPHORE, "permits", 2);
	make_log_task(log, 1, "main", 0);
}

void random_log(struct make_log *log, uint32_t seed, size_t n, bool with_end)
{
	struct actor actors[TASKS_MAX + 1] = {{0}};
	uint32_t random = seed, running = 0, n_tasks = 1;
	bool in_tick = false, is_busy = false;
	make_world(log);
	for (size_t i = 0; i < n; i++) {
		uint32_t what = random_next(&random, 100);
		uint32_t task = 1 + random_next(&random, random_next(&random, 2) ? 1 : n_tasks);
		if (what < 35)
			log->t_ns += random_next(&random, what < 2 ? 400 : 3);
		if (running && what < 60) {
			act(log, &random, &actors[running], running);
		} else if (running) {
			wait_or_end(log, &random, &actors[running], running);
			running = 0;
		} else if (what < 2 && n_tasks < TASKS_MAX) {
			n_tasks++;
			make_log_task(log, n_tasks, NULL, random_next(&random, n_tasks));
		} else if (what < 10) {
			in_tick = !in_tick;
			make_log_tick(log, in_tick ? TRACE_PHASE_BEGIN : TRACE_PHASE_END, 0);
		} else if (what < 13) {
			is_busy = !is_busy;
			make_log_put(log, 1,
			             (struct trace_record){.t_ns = log->t_ns,
			                                   .id = 1,
			                                   .a = 1,
			                                   .sub = is_busy ? 1 : 2,
			                                   .kind = TRACE_WORKER});
		} else if (actors[task].state == TRACE_STATE_READY) {
			make_log_run(log, task);
			actors[task].state = TRACE_STATE_RUNNING;
			running = task;
		} else if (actors[task].state != TRACE_STATE_DONE) {
			make_log_ready(log, task, TRACE_WHY_TIMER, 0);
			actors[task].state = TRACE_STATE_READY;
		}
	}
	if (with_end)
		make_log_end(log, TRACE_STATUS_FINISHED);
	make_log_close(log);
}

/* ---- the oracle --------------------------------------------------------------------------------- */

static bool is_state_of(const struct trace_lane *lane, const struct trace_record *r)
{
	static const uint8_t kinds[] = {[TRACE_LANE_LOOP] = TRACE_TICK,
	                                [TRACE_LANE_TASK] = TRACE_STATE,
	                                [TRACE_LANE_WORKER] = TRACE_WORKER,
	                                [TRACE_LANE_OBJECT] = TRACE_LEVEL};
	return r->kind == kinds[lane->kind] && (lane->kind == TRACE_LANE_LOOP || r->id == lane->id);
}

const struct trace_record *oracle_state(const struct trace_model *m, uint32_t lane,
                                        uint32_t ordinal)
{
	const struct trace_record *found = NULL;
	for (uint32_t i = 0; i < m->n_events && ordinal != TRACE_NONE && i <= ordinal; i++)
		if (is_state_of(&m->lanes[lane], trace_model_event(m, i)))
			found = trace_model_event(m, i);
	return found;
}

/* A stretch of a lane: what was in force from when to when. */
struct stretch {
	const struct trace_record *r;
	uint64_t end_ns, known_ns;
};

static struct stretch stretch_at(const struct trace_model *m, uint32_t lane, uint32_t i,
                                 uint32_t last, uint64_t t1_ns)
{
	struct stretch s = {.r = trace_model_event(m, i)};
	for (uint32_t k = i + 1; k <= last; k++)
		if (is_state_of(&m->lanes[lane], trace_model_event(m, k))) {
			s.end_ns = s.known_ns = trace_model_event(m, k)->t_ns;
			return s;
		}
	bool goes_on = last + 1 == m->n_events && !m->status;
	s.end_ns = goes_on ? UINT64_MAX : trace_model_event(m, last)->t_ns;
	s.known_ns = !goes_on ? s.end_ns : t1_ns > m->t_end_ns ? t1_ns : m->t_end_ns;
	if (m->lanes[lane].kind == TRACE_LANE_TASK && s.r->sub == TRACE_STATE_DONE)
		s.end_ns = s.r->t_ns;
	return s;
}

static unsigned seen_of(const struct trace_model *m, const struct trace_lane *lane,
                        const struct stretch *s)
{
	static const unsigned of_state[] = {0, TRACE_SEEN_READY, TRACE_SEEN_RUNNING,
	                                    TRACE_SEEN_WAITING};
	static const unsigned of_outcome[] = {TRACE_SEEN_DONE, TRACE_SEEN_DONE, TRACE_SEEN_ERROR,
	                                      TRACE_SEEN_CANCELLED};
	const struct trace_record *r = s->r;
	if (lane->kind == TRACE_LANE_LOOP)
		return r->sub == TRACE_PHASE_BEGIN ? TRACE_SEEN_RUNNING : TRACE_SEEN_WAITING;
	if (lane->kind == TRACE_LANE_WORKER)
		return r->sub == TRACE_WORKER_BUSY ? TRACE_SEEN_RUNNING : 0;
	if (r->sub == TRACE_STATE_DONE)
		return of_outcome[r->arg];
	bool is_long = s->known_ns - r->t_ns >= m->blocked_ns;
	return of_state[r->sub] |
	       (r->sub == TRACE_STATE_RUNNING && is_long ? TRACE_SEEN_BLOCKED : 0u);
}

static uint32_t last_of(const struct trace_model *m, uint32_t ordinal)
{
	return ordinal < m->n_events ? ordinal : (uint32_t)m->n_events - 1;
}

static bool is_in(const struct stretch *s, uint64_t t0_ns, uint64_t t1_ns)
{
	return t0_ns < t1_ns && s->r->t_ns < t1_ns && (s->end_ns > t0_ns || s->r->t_ns >= t0_ns);
}

unsigned oracle_seen(const struct trace_model *m, uint32_t lane, uint64_t t0_ns, uint64_t t1_ns,
                     uint32_t ordinal)
{
	const struct trace_lane *l = &m->lanes[lane];
	uint32_t last = last_of(m, ordinal);
	unsigned seen = 0;
	for (uint32_t i = 0; i <= last && l->kind != TRACE_LANE_OBJECT; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (l->kind == TRACE_LANE_TASK && r->kind == TRACE_CANCEL && r->id == l->id &&
		    r->sub == TRACE_CANCEL_DELIVERED && r->t_ns >= t0_ns && r->t_ns < t1_ns)
			seen |= TRACE_SEEN_DELIVERED;
		if (!is_state_of(l, r))
			continue;
		struct stretch s = stretch_at(m, lane, i, last, t1_ns);
		if (is_in(&s, t0_ns, t1_ns))
			seen |= seen_of(m, l, &s);
	}
	return seen;
}

bool oracle_range(const struct trace_model *m, uint32_t lane, uint64_t t0_ns, uint64_t t1_ns,
                  uint32_t ordinal, int64_t *low, int64_t *high)
{
	uint32_t last = last_of(m, ordinal);
	bool has_any = false;
	for (uint32_t i = 0; i <= last; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (r->kind != TRACE_LEVEL || !is_state_of(&m->lanes[lane], r))
			continue;
		struct stretch s = stretch_at(m, lane, i, last, t1_ns);
		int64_t value = (int64_t)trace_join(r->b, r->c);
		if (!is_in(&s, t0_ns, t1_ns))
			continue;
		*low = !has_any || value < *low ? value : *low;
		*high = !has_any || value > *high ? value : *high;
		has_any = true;
	}
	return has_any;
}

unsigned oracle_seen_order(const struct trace_model *m, uint32_t lane, uint32_t first, uint32_t end,
                           uint32_t ordinal)
{
	const struct trace_lane *l = &m->lanes[lane];
	uint32_t last = last_of(m, ordinal), next;
	unsigned seen = 0;
	for (uint32_t i = 0; i <= last && i < end && l->kind != TRACE_LANE_OBJECT; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (l->kind == TRACE_LANE_TASK && r->kind == TRACE_CANCEL && r->id == l->id &&
		    r->sub == TRACE_CANCEL_DELIVERED && i >= first)
			seen |= TRACE_SEEN_DELIVERED;
		if (!is_state_of(l, r))
			continue;
		bool is_instant = l->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_DONE;
		for (next = i + 1; next <= last && !is_state_of(l, trace_model_event(m, next));)
			next++;
		struct stretch s = stretch_at(m, lane, i, last, m->t_end_ns);
		if ((is_instant ? i + 1 : next) > first)
			seen |= seen_of(m, l, &s);
	}
	return seen;
}

/* Lanes in the order of entering, each with how often it is in. */
struct set {
	uint32_t lanes[64];
	uint32_t times[64];
	size_t n;
};

static void set_add(struct set *set, uint32_t lane)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->lanes[i] == lane) {
			set->times[i]++;
			return;
		}
	set->lanes[set->n] = lane;
	set->times[set->n++] = 1;
}

static void set_remove(struct set *set, uint32_t lane)
{
	for (size_t i = 0; i < set->n; i++) {
		if (set->lanes[i] != lane || --set->times[i])
			continue;
		set->n--;
		for (; i < set->n; i++) {
			set->lanes[i] = set->lanes[i + 1];
			set->times[i] = set->times[i + 1];
		}
		return;
	}
}

static size_t set_write(const struct set *set, uint32_t lanes[], size_t max)
{
	for (size_t i = 0; i < set->n && i < max; i++)
		lanes[i] = set->lanes[i];
	return set->n;
}

size_t oracle_holders(const struct trace_model *m, uint32_t lane, uint32_t ordinal,
                      uint32_t lanes[], size_t max)
{
	struct set set = {.n = 0};
	for (uint32_t i = 0; i < m->n_events && ordinal != TRACE_NONE && i <= ordinal; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (r->kind != TRACE_HOLD || r->id != m->lanes[lane].id)
			continue;
		uint32_t task = trace_model_lane(m, TRACE_LANE_TASK, r->a);
		if (r->sub)
			set_add(&set, task);
		else
			set_remove(&set, task);
	}
	return set_write(&set, lanes, max);
}

size_t oracle_waiters(const struct trace_model *m, uint32_t lane, uint32_t ordinal,
                      uint32_t lanes[], size_t max)
{
	struct set set = {.n = 0};
	for (uint32_t i = 0; i < m->n_events && ordinal != TRACE_NONE && i <= ordinal; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (r->kind != TRACE_STATE)
			continue;
		uint32_t task = trace_model_lane(m, TRACE_LANE_TASK, r->id);
		set_remove(&set, task);
		if (r->sub == TRACE_STATE_WAITING && r->arg == TRACE_ON_SEMAPHORE &&
		    r->a == m->lanes[lane].id)
			set_add(&set, task);
	}
	return set_write(&set, lanes, max);
}

uint32_t oracle_running(const struct trace_model *m, uint32_t ordinal)
{
	uint32_t running = TRACE_NONE;
	for (uint32_t i = 0; i < m->n_events && ordinal != TRACE_NONE && i <= ordinal; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		if (r->kind != TRACE_STATE)
			continue;
		uint32_t task = trace_model_lane(m, TRACE_LANE_TASK, r->id);
		if (r->sub == TRACE_STATE_RUNNING)
			running = task;
		else if (running == task)
			running = TRACE_NONE;
	}
	return running;
}

uint32_t oracle_step(const struct trace_model *m, uint32_t ordinal, int step)
{
	uint32_t found = TRACE_NONE;
	for (uint32_t i = 0; i < m->n_events; i++) {
		uint8_t kind = trace_model_event(m, i)->kind;
		if (kind != TRACE_STATE && kind != TRACE_CANCEL && kind != TRACE_LEVEL &&
		    kind != TRACE_WORKER)
			continue;
		if (step > 0 && (ordinal == TRACE_NONE || i > ordinal))
			return i;
		if (step < 0 && ordinal != TRACE_NONE && i < ordinal)
			found = i;
	}
	return found;
}
