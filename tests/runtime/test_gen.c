/* Generators that are let go of, whenever that is: each ends once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static unsigned n_ended;

static int forever(struct gt_gen *gen, void *arg)
{
	(void)arg;
	int rc;
	while (!(rc = gt_yield(gen, 1)))
		;
	n_ended++;
	return rc;
}

static struct gt_gen *begun(void)
{
	intptr_t value;
	struct gt_gen *gen = gt_gen_create(forever, NULL, "forever");
	assert_non_null(gen);
	assert_int_equal(gt_gen_next(gen, &value), 0);
	return gen;
}

static int releases_last(void *arg)
{
	(void)arg;
	return gt_gen_release(begun());
}

static int releases_and_fails(void *arg)
{
	(void)arg;
	(void)gt_gen_release(begun());
	return gt_raise("ValueError", "at once");
}

static int leaves_one_and_releases_one(void *arg)
{
	(void)arg;
	(void)begun();
	return gt_gen_release(begun());
}

static void gen__released_in_the_last_step__ends_once(void **state)
{
	(void)state;
	static const struct {
		gt_body *body;
		int code;
		unsigned n_ended;
	} rows[] = {{releases_last, 0, 1},
	            {releases_and_fails, GT_EFAILED, 1},
	            {leaves_one_and_releases_one, 0, 2}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int code;
		n_ended = 0;
		struct trace_model *model =
		        recording_of((struct gt_options)GT_OPTIONS_INIT, rows[i].body, NULL, &code);
		assert_int_equal(code, rows[i].code);
		assert_int_equal(recording_violations(model), 0);
		assert_int_equal(n_ended, rows[i].n_ended);
		trace_model_destroy(model);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(gen__released_in_the_last_step__ends_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
