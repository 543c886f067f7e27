/* Errors that are raised from others: the chain is kept as long as its first link, and the recording says it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static int read_disk(void *arg)
{
	(void)arg;
	return gt_raise("OSError", "disk %d is full", 7);
}

static int load(void *arg)
{
	(void)arg;
	int rc = gt_join(gt_spawn(read_disk, NULL, "reader"));
	assert_int_equal(rc, GT_EFAILED);
	(void)gt_raise_from(gt_error(), "ConfigError", "cannot read %s", "it");
	return gt_raise_from(gt_error(), "StartError", "%s", "no start");
}

static int start(void *arg)
{
	(void)arg;
	int rc = gt_join(gt_spawn(load, NULL, "loader"));
	assert_int_equal(rc, GT_EFAILED);
	const struct gt_error *error = gt_error_retain(gt_error());
	(void)gt_raise("Other", "%s", "the task has another error by now");
	static const char *const names[] = {"StartError", "ConfigError", "OSError"};
	const struct gt_error *link = error;
	for (size_t i = 0; i < 3; i++, link = gt_error_cause(link, 0)) {
		assert_string_equal(gt_error_name(link), names[i]);
		assert_int_equal(gt_error_n_causes(link), i < 2);
	}
	assert_null(link);
	gt_error_release(error);
	assert_int_equal(gt_raise_from(NULL, "Alone", "%s", ""), GT_EFAILED);
	assert_int_equal(gt_error_n_causes(gt_error()), 0);
	return 0;
}

static void error__raised_from_others__chain_is_kept_and_recorded(void **state)
{
	(void)state;
	int code;
	char text[128];
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, start, NULL, &code);
	assert_int_equal(code, 0);
	const struct trace_record *done = recording_find(model, TRACE_STATE, TRACE_STATE_DONE, 1);
	trace_model_string(model, done->a, text, sizeof text);
	assert_string_equal(text, "StartError: no start, from ConfigError: cannot read it, from "
	                          "OSError: disk 7 is full");
	trace_model_destroy(model);
}

static int long_chain(void *arg)
{
	(void)arg;
	for (int i = 0; i < 100000; i++)
		(void)gt_raise_from(gt_error(), "Error", "%d", i);
	return gt_raise_from(gt_error(), "Error", "the last");
}

static void error__chain_of_a_hundred_thousand__given_back_without_recursion(void **state)
{
	(void)state;
	int code;
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, long_chain, NULL, &code);
	assert_int_equal(code, GT_EFAILED);
	trace_model_destroy(model);
}

static int outside(void *arg)
{
	(void)arg;
	return 0;
}

static void error__raised_outside__code(void **state)
{
	(void)state;
	assert_int_equal(gt_raise_from(NULL, "E", "%s", "m"), GT_ENOLOOP);
	assert_int_equal(gt_run(NULL, outside, NULL), 0);
}

/* ---- Codes without an error ---- */

static int forever(void *arg)
{
	(void)arg;
	return gt_sleep(GT_S(1000));
}

static int no_value(struct gt_gen *gen, void *arg)
{
	(void)gen;
	(void)arg;
	return 0;
}

static int minus_five(void *arg)
{
	(void)arg;
	return -5;
}

static void assert_no_error_after(int code, int expected)
{
	assert_int_equal(code, expected);
	assert_null(gt_error());
	(void)gt_raise("Older", "%s", "of another call");
	assert_non_null(gt_error());
}

/* Each call gives a code and nothing else, while the task still has the error of an older call. */
static int bare_codes(void *arg)
{
	(void)arg;
	struct gt_task *gone = gt_spawn(forever, NULL, "gone");
	struct gt_gen *gen = gt_gen_create(no_value, NULL, "none");
	struct gt_completion *completion = gt_as_completed(NULL, 0);
	struct gt_task *next;
	intptr_t value;
	(void)gt_raise("Older", "%s", "of another call");
	assert_true(gt_cancel(gone));
	assert_no_error_after(gt_await(gone), GT_ECANCELED);
	assert_no_error_after(gt_await(gone), GT_ECANCELED); /* done already */
	assert_no_error_after(gt_gen_next(gen, &value), GT_ESTOP);
	assert_no_error_after(gt_as_completed_next(completion, &next), GT_EEMPTY);
	assert_no_error_after(gt_run(NULL, forever, NULL), GT_ELOOP);
	assert_no_error_after(gt_thread(minus_five, NULL, "work"), -5);
	assert_true(gt_cancel(gt_self()));
	assert_no_error_after(gt_sleep(0), GT_ECANCELED);
	assert_int_equal(gt_uncancel(gt_self()), 0);
	gt_release(gone);
	return 0;
}

static void error__code_of_its_own__not_that_of_an_older_call(void **state)
{
	(void)state;
	assert_int_equal(gt_run(NULL, bare_codes, NULL), 0);
}

/* The way of most cleaning up: what it returns is looked at, and what went wrong first is returned. */
static int fail_and_clean_up(void *arg)
{
	(void)arg;
	int rc = gt_raise("First", "%s", "what went wrong");
	assert_true(gt_cancel(gt_self()));
	assert_int_equal(gt_sleep(0), GT_ECANCELED);
	assert_null(gt_error());
	return rc;
}

static int ask_how_it_ended(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(fail_and_clean_up, NULL, "t");
	assert_int_equal(gt_await(task), GT_EFAILED);
	assert_string_equal(gt_error_name(gt_error()), "First");
	gt_release(task);
	return 0;
}

static void error__cancelled_while_cleaning_up__end_has_the_first(void **state)
{
	(void)state;
	assert_int_equal(gt_run(NULL, ask_how_it_ended, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(error__raised_from_others__chain_is_kept_and_recorded),
	        cmocka_unit_test(error__chain_of_a_hundred_thousand__given_back_without_recursion),
	        cmocka_unit_test(error__raised_outside__code),
	        cmocka_unit_test(error__code_of_its_own__not_that_of_an_older_call),
	        cmocka_unit_test(error__cancelled_while_cleaning_up__end_has_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
