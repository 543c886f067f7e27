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

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(error__raised_from_others__chain_is_kept_and_recorded),
	        cmocka_unit_test(error__chain_of_a_hundred_thousand__given_back_without_recursion),
	        cmocka_unit_test(error__raised_outside__code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
