/* The model against the oracle: random recordings, random questions, the same answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"

struct question {
	uint32_t lane, ordinal;
	uint64_t t0_ns, t1_ns;
};

/* Ask about every kind of lane, wide and narrow stretches, past moments, all of it, and what lies beyond. */
static struct question random_question(const struct trace_model *m, uint32_t *random)
{
	uint32_t width = (uint32_t[]){2, 30, 1000, (uint32_t)m->t_end_ns}[random_next(random, 4)];
	struct question q = {
	        .lane = random_next(random, (uint32_t)m->n_lanes),
	        .ordinal = random_next(random, (uint32_t)m->n_events + 3),
	        .t0_ns = random_next(random, (uint32_t)m->t_end_ns + 20),
	};
	q.t1_ns = q.t0_ns + random_next(random, width + 1);
	if (random_next(random, 3) == 0)
		q.ordinal = TRACE_NONE;
	return q;
}

static void compare_sets(const struct trace_model *m, const struct question *q, bool holders)
{
	uint32_t lanes[16], expected[16];
	size_t n = holders ? trace_object_holders(m, q->lane, q->ordinal, lanes, 16)
	                   : trace_object_waiters(m, q->lane, q->ordinal, lanes, 16);
	size_t wanted = holders ? oracle_holders(m, q->lane, q->ordinal, expected, 16)
	                        : oracle_waiters(m, q->lane, q->ordinal, expected, 16);
	if (n != wanted || memcmp(lanes, expected, n * sizeof *lanes))
		fail_msg("%s of lane %u at %u: %zu instead of %zu, or in another order",
		         holders ? "holders" : "waiters", q->lane, q->ordinal, n, wanted);
}

static void compare_object(const struct trace_model *m, const struct question *q)
{
	int64_t low = 0, high = 0, wanted_low = 0, wanted_high = 0, value = 0;
	uint32_t waiters;
	bool has = trace_object_range(m, q->lane, q->t0_ns, q->t1_ns, q->ordinal, &low, &high);
	bool wants =
	        oracle_range(m, q->lane, q->t0_ns, q->t1_ns, q->ordinal, &wanted_low, &wanted_high);
	if (has != wants || low != wanted_low || high != wanted_high)
		fail_msg("range of lane %u in [%llu, %llu) at %u: %d %lld %lld, not %d %lld %lld",
		         q->lane, (unsigned long long)q->t0_ns, (unsigned long long)q->t1_ns,
		         q->ordinal, has, (long long)low, (long long)high, wants,
		         (long long)wanted_low, (long long)wanted_high);
	const struct trace_record *r = oracle_state(m, q->lane, q->ordinal);
	assert_int_equal(trace_object_level(m, q->lane, q->ordinal, &value, &waiters), r != NULL);
	if (r)
		assert_int_equal(value, (int64_t)trace_join(r->b, r->c));
	compare_sets(m, q, true);
	compare_sets(m, q, false);
}

static void compare_task(const struct trace_model *m, const struct question *q)
{
	struct trace_state_now now;
	const struct trace_record *r = oracle_state(m, q->lane, q->ordinal);
	trace_lane_state(m, q->lane, q->ordinal, q->t1_ns, &now);
	assert_int_equal(now.state, r ? r->sub : 0);
	if (!r)
		return;
	assert_int_equal(now.since_ns, r->t_ns);
	assert_int_equal(now.blocked, r->sub == TRACE_STATE_RUNNING && q->t1_ns >= r->t_ns &&
	                                      q->t1_ns - r->t_ns >= m->blocked_ns);
	if (r->sub == TRACE_STATE_WAITING)
		assert_int_equal(now.on, r->arg & 0x7fff);
}

/* Neighbouring stretches of events, in one row: what is seen in each. */
static void compare_order(const struct trace_model *m, const struct question *q, uint32_t *random)
{
	uint32_t edges[8] = {random_next(random, (uint32_t)m->n_events)};
	uint8_t seen[7];
	uint32_t width = (uint32_t[]){2, 30, (uint32_t)m->n_events}[random_next(random, 3)];
	for (int i = 1; i < 8; i++)
		edges[i] = edges[i - 1] + random_next(random, width);
	trace_lane_seen_order(m, q->lane, edges, 7, q->ordinal, seen);
	for (int i = 0; i < 7; i++) {
		unsigned wanted =
		        edges[i] == edges[i + 1]
		                ? 0
		                : oracle_seen_order(m, q->lane, edges[i], edges[i + 1], q->ordinal);
		if (seen[i] != wanted)
			fail_msg("lane %u in events [%u, %u) at %u: seen %02x instead of %02x",
			         q->lane, edges[i], edges[i + 1], q->ordinal, seen[i], wanted);
	}
}

/* Every transition has its number, and the events between two have that of the one before. */
static void transitions__of_a_random_recording__are_numbered_in_order(void **state)
{
	struct make_log log;
	(void)state;
	make_log_init(&log);
	random_log(&log, 7, 3000, true);
	struct trace_model *m = read_log(&log);
	uint32_t n = 0;
	for (uint32_t i = 0; i < m->n_events; i++) {
		if (oracle_step(m, i == 0 ? TRACE_NONE : i - 1, 1) == i)
			assert_int_equal(trace_model_transition(m, n++), i);
		assert_int_equal(trace_model_rank(m, i), n);
	}
	assert_int_equal(trace_model_transition(m, n), TRACE_NONE);
	assert_int_equal(trace_model_rank(m, TRACE_NONE), 0);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* Where all lanes stand, at moments near and far: what each says for itself. */
static void counts__at_random_moments__are_those_of_each_lane(void **state)
{
	struct make_log log;
	uint32_t random = 5, ordinal = 0;
	(void)state;
	make_log_init(&log);
	random_log(&log, 8, 9000, true);
	struct trace_model *m = read_log(&log);
	for (int i = 0; i < 3000; i++) {
		uint32_t n = (uint32_t)m->n_events, step = random_next(&random, 4);
		ordinal = step == 0   ? random_next(&random, n)
		          : step == 1 ? ordinal + random_next(&random, 5)
		                      : ordinal - random_next(&random, 3);
		ordinal = ordinal < n ? ordinal : n - 1;
		const uint32_t *counts = trace_model_counts(m, ordinal);
		size_t n_in[TRACE_STATE_END] = {0};
		for (uint32_t lane = 0; lane < m->n_lanes; lane++) {
			struct trace_state_now now;
			assert_int_equal(counts[lane], trace_lane_at(&m->lanes[lane], ordinal) + 1);
			trace_lane_state(m, lane, ordinal, 0, &now);
			n_in[now.state]++;
		}
		const size_t *states = trace_model_states(m, ordinal);
		assert_memory_equal(&states[1], &n_in[1], (TRACE_STATE_END - 1) * sizeof *n_in);
	}
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void compare(const struct trace_model *m, const struct question *q)
{
	unsigned seen = trace_lane_seen(m, q->lane, q->t0_ns, q->t1_ns, q->ordinal);
	unsigned wanted = oracle_seen(m, q->lane, q->t0_ns, q->t1_ns, q->ordinal);
	if (seen != wanted)
		fail_msg("lane %u in [%llu, %llu) at %u: seen %02x instead of %02x", q->lane,
		         (unsigned long long)q->t0_ns, (unsigned long long)q->t1_ns, q->ordinal,
		         seen, wanted);
	if (m->lanes[q->lane].kind == TRACE_LANE_OBJECT)
		compare_object(m, q);
	else if (m->lanes[q->lane].kind == TRACE_LANE_TASK)
		compare_task(m, q);
	assert_int_equal(trace_model_running(m, q->ordinal), oracle_running(m, q->ordinal));
	uint32_t past = q->ordinal < m->n_events ? q->ordinal : TRACE_NONE;
	assert_int_equal(trace_model_step(m, past, 1), oracle_step(m, past, 1));
	assert_int_equal(trace_model_step(m, past, -1), oracle_step(m, past, -1));
}

static void ask_about(uint32_t seed, size_t n, bool with_end, int n_questions)
{
	struct make_log log;
	struct trace_error error;
	uint32_t random = seed * 7 + 1;
	make_log_init(&log);
	random_log(&log, seed, n, with_end);
	struct trace_model *m = read_log(&log);
	m->blocked_ns = 40; /* some steps are longer */
	assert_true(trace_model_update(m, &error) >= 0);
	for (int i = 0; i < n_questions; i++) {
		struct question q = random_question(m, &random);
		compare(m, &q);
		compare_order(m, &q, &random);
	}
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void model__small_random_recordings__as_the_oracle_says(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 60; seed++)
		ask_about(seed, 20 + seed * 4, seed % 2, 60);
}

static void model__large_random_recording__as_the_oracle_says(void **state)
{
	(void)state;
	ask_about(99, 30000, false, 120);
	ask_about(100, 30000, true, 120);
}

static void model__large_random_recording__reaches_the_upper_levels(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	random_log(&log, 99, 30000, false);
	struct trace_model *m = read_log(&log);
	size_t longest = 0;
	for (size_t i = 0; i < m->n_lanes; i++)
		longest = m->lanes[i].n > longest ? m->lanes[i].n : longest;
	assert_true(longest > 64 * 64);
	trace_model_destroy(m);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(model__small_random_recordings__as_the_oracle_says),
	        cmocka_unit_test(model__large_random_recording__as_the_oracle_says),
	        cmocka_unit_test(transitions__of_a_random_recording__are_numbered_in_order),
	        cmocka_unit_test(counts__at_random_moments__are_those_of_each_lane),
	        cmocka_unit_test(model__large_random_recording__reaches_the_upper_levels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
