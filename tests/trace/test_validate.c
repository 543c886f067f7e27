/* The truth rules: one row a rule that is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/validate.h"

/* ---- stories that break a rule, each in one place; all begin with two tasks, "a" and "b" --------- */

static void start(struct make_log *log, uint32_t task)
{
	make_log_ready(log, task, TRACE_WHY_START, 0);
	make_log_run(log, task);
}

static void runs_before_ready(struct make_log *log)
{
	make_log_run(log, 1);
}

static void waits_before_ready(struct make_log *log)
{
	make_log_sleep(log, 1, 5);
}

static void waits_while_ready(struct make_log *log)
{
	make_log_ready(log, 1, TRACE_WHY_START, 0);
	make_log_sleep(log, 1, 5);
}

static void runs_while_waiting(struct make_log *log)
{
	start(log, 1);
	make_log_sleep(log, 1, 5);
	make_log_run(log, 1);
}

static void ready_twice(struct make_log *log)
{
	make_log_ready(log, 1, TRACE_WHY_START, 0);
	make_log_ready(log, 1, TRACE_WHY_TIMER, 0);
}

static void done_while_waiting(struct make_log *log)
{
	start(log, 1);
	make_log_sleep(log, 1, 5);
	make_log_done(log, 1, TRACE_OUTCOME_RESULT, NULL);
}

static void ready_after_done(struct make_log *log)
{
	start(log, 1);
	make_log_done(log, 1, TRACE_OUTCOME_RESULT, NULL);
	make_log_ready(log, 1, TRACE_WHY_TIMER, 0);
}

static void two_run(struct make_log *log)
{
	make_log_ready(log, 2, TRACE_WHY_START, 0);
	start(log, 1);
	make_log_run(log, 2);
}

static void ready_without_why(struct make_log *log)
{
	make_log_ready(log, 1, (enum trace_why)0, 0);
}

static void waits_on_nothing(struct make_log *log)
{
	start(log, 1);
	make_log_wait(log, 1, (enum trace_on)0, 0);
}

static void waits_for_unknown_task(struct make_log *log)
{
	start(log, 1);
	make_log_wait(log, 1, TRACE_ON_TASK, 9);
}

static void done_without_outcome(struct make_log *log)
{
	start(log, 1);
	make_log_done(log, 1, (enum trace_outcome)0, NULL);
}

static void gives_back_what_it_does_not_hold(struct make_log *log)
{
	make_log_object(log, 1, TRACE_OBJECT_LOCK, "lock", 1);
	make_log_hold(log, 1, 1, 1);
	make_log_hold(log, 1, 1, 0);
	make_log_hold(log, 1, 1, 0);
}

static void gives_back_what_another_holds(struct make_log *log)
{
	make_log_object(log, 1, TRACE_OBJECT_LOCK, "lock", 1);
	make_log_hold(log, 1, 1, 1);
	make_log_hold(log, 1, 2, 0);
}

static void tick_in_a_tick(struct make_log *log)
{
	make_log_tick(log, TRACE_PHASE_BEGIN, 0);
	make_log_tick(log, TRACE_PHASE_BEGIN, 0);
}

static void tick_ends_first(struct make_log *log)
{
	make_log_tick(log, TRACE_PHASE_END, 0);
}

static void something_after_the_end(struct make_log *log)
{
	make_log_end(log, TRACE_STATUS_FINISHED);
	make_log_string(log, "a string may follow");
	make_log_tick(log, TRACE_PHASE_BEGIN, 0);
}

struct row {
	void (*tell)(struct make_log *log);
	const char *text; /* of the violation, after its place */
};

static const struct row rows[] = {
        {runs_before_ready, "task 'a' is running after it was created"},
        {waits_before_ready, "task 'a' is waiting after it was created"},
        {waits_while_ready, "task 'a' is waiting after it was ready"},
        {runs_while_waiting, "task 'a' is running after it was waiting"},
        {ready_twice, "task 'a' is ready after it was ready"},
        {done_while_waiting, "task 'a' is done after it was waiting"},
        {ready_after_done, "task 'a' is ready after it was done"},
        {two_run, "task 'b' runs while task 'a' is running"},
        {ready_without_why, "task 'a' is ready and nothing says why"},
        {waits_on_nothing, "task 'a' waits and nothing says on what"},
        {waits_for_unknown_task, "task 'a' waits for unknown task 9"},
        {done_without_outcome, "task 'a' is done and nothing says how"},
        {gives_back_what_it_does_not_hold, "task 1 gives 'lock' back and does not hold it"},
        {gives_back_what_another_holds, "task 2 gives 'lock' back and does not hold it"},
        {tick_in_a_tick, "an iteration of the loop begins inside another one"},
        {tick_ends_first, "an iteration of the loop ends that has not begun"},
        {something_after_the_end, "a 'tick' record follows the end"},
};

static void validate__broken_rule__says_which_and_where(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct trace_violation v[3];
		struct trace_error error;
		struct make_log log;
		char expected[256];
		size_t n;
		make_log_init(&log);
		make_log_task(&log, 1, "a", 0);
		make_log_task(&log, 2, "b", 0);
		log.t_ns = 7;
		rows[i].tell(&log);
		struct trace_model *m = read_log(&log);
		assert_int_equal(trace_validate(m, v, 3, &n, &error), 0);
		if (n != 1)
			fail_msg("%s: %zu violations", rows[i].text, n);
		uint32_t last = (uint32_t)m->n_events - 1;
		uint64_t at = trace_slot_offset(trace_model_slot(m, last));
		snprintf(expected, sizeof expected, "event %u at 7 ns (byte %llu): %s", last,
		         (unsigned long long)at, rows[i].text);
		assert_string_equal(v[0].text, expected);
		assert_int_equal(v[0].ordinal, last);
		assert_int_equal(v[0].offset, at);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

static void assert_valid(struct make_log *log)
{
	struct trace_violation v;
	struct trace_error error;
	size_t n;
	struct trace_model *m = read_log(log);
	assert_int_equal(trace_validate(m, &v, 1, &n, &error), 0);
	if (n)
		fail_msg("%s", v.text);
	trace_model_destroy(m);
	make_log_fini(log);
}

static void validate__legal_recordings__have_no_violation(void **state)
{
	(void)state;
	struct make_log log;
	make_log_sample(&log);
	assert_valid(&log);
	for (uint32_t seed = 1; seed < 20; seed++) {
		make_log_init(&log);
		random_log(&log, seed, 500, seed % 2);
		assert_valid(&log);
	}
}

static void validate__many_violations__are_counted_and_the_first_ones_kept(void **state)
{
	(void)state;
	struct trace_violation v[2];
	struct trace_error error;
	struct make_log log;
	size_t n;
	make_log_init(&log);
	for (int i = 0; i < 5; i++)
		make_log_tick(&log, TRACE_PHASE_END, 0);
	struct trace_model *m = read_log(&log);
	assert_int_equal(trace_validate(m, v, 2, &n, &error), 0);
	assert_int_equal(n, 5);
	assert_int_equal(v[0].ordinal, 0);
	assert_int_equal(v[1].ordinal, 1);
	trace_model_destroy(m);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(validate__broken_rule__says_which_and_where),
	        cmocka_unit_test(validate__legal_recordings__have_no_violation),
	        cmocka_unit_test(validate__many_violations__are_counted_and_the_first_ones_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
