/* The timer heap at any moment equals that of a replay from the first event; and findings are gone to and fro. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/tape.h"
#include "trace/timers.h"
#include "viz/session/session.h"

#define LANES_MAX 64
#define TIMERS    64

/* What each task waits until, by a walk over all records up to `ordinal`; UINT64_MAX: it does not. */
static void replay(const struct trace_model *model, uint32_t ordinal, uint64_t until_ns[])
{
	for (size_t i = 0; i < LANES_MAX; i++)
		until_ns[i] = UINT64_MAX;
	for (uint32_t i = 0; i <= ordinal; i++) {
		const struct trace_record *record = trace_model_event(model, i);
		if (record->kind != TRACE_STATE)
			continue;
		uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, record->id);
		bool waits = record->sub == TRACE_STATE_WAITING && record->arg & TRACE_TIMED;
		until_ns[lane] = waits ? trace_join(record->b, record->c) : UINT64_MAX;
	}
}

static void check(const struct trace_model *model)
{
	for (uint32_t ordinal = 0; ordinal < model->n_events; ordinal++) {
		struct trace_timer timers[TIMERS];
		uint64_t until_ns[LANES_MAX];
		size_t n = trace_timers_at(model, ordinal, timers, TIMERS), wanted = 0;
		replay(model, ordinal, until_ns);
		for (size_t i = 0; i < LANES_MAX; i++)
			wanted += until_ns[i] != UINT64_MAX;
		assert_int_equal(n, wanted);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(timers[i].deadline_ns, until_ns[timers[i].lane]);
			if (i > 0 && timers[i].deadline_ns == timers[i - 1].deadline_ns)
				assert_true(timers[i].set > timers[i - 1].set);
			else if (i > 0)
				assert_true(timers[i].deadline_ns > timers[i - 1].deadline_ns);
		}
	}
}

static void timers__at_every_event__are_those_of_a_replay(void **state)
{
	struct tape tape;
	(void)state;
	check(tape_semaphore(&tape));
	tape_free(&tape);
	check(tape_blocking(&tape, TRACE_STATUS_FINISHED));
	tape_free(&tape);
	check(tape_queue(&tape));
	tape_free(&tape);
}

static void timers__more_than_fit__the_first_ones_and_the_count(void **state)
{
	struct tape tape;
	struct trace_timer timers[1] = {{0}};
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	uint32_t at = trace_model_at_time(model, 150 * TAPE_MS);
	assert_int_equal(trace_timers_at(model, at, timers, 1), 2);
	assert_int_equal(timers[0].deadline_ns, 300 * TAPE_MS);
	assert_int_equal(trace_timers_at(model, at, NULL, 0), 2);
	assert_int_equal(trace_timers_at(model, TRACE_NONE, timers, 1), 0);
	tape_free(&tape);
}

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code};
	viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

static void finding__from_the_end__the_first_and_back(void **state)
{
	struct tape tape;
	struct viz_session session;
	(void)state;
	viz_session_init(&session, tape_blocking(&tape, TRACE_STATUS_FINISHED), NULL, 0);
	tape.model = NULL;
	press(&session, ')');
	assert_false(session.view.follow);
	assert_non_null(strstr(session.notice, "1 of "));
	assert_non_null(strstr(session.notice, "blocked-loop"));
	press(&session, '(');
	assert_non_null(strstr(session.notice, "no finding before this"));
	press(&session, 'u');
	assert_true(session.view.follow);
	viz_session_fini(&session);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(timers__at_every_event__are_those_of_a_replay),
	        cmocka_unit_test(timers__more_than_fit__the_first_ones_and_the_count),
	        cmocka_unit_test(finding__from_the_end__the_first_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
