/* Out of memory at every single allocation: the Nth one fails, for every N until a program gets through without one that failed.
 *
 * Each run must end with GT_ENOMEM or as if nothing had been missing, a recording must keep to the
 * rules, a program must run well after it, and ASan and valgrind see what was not freed.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>
#include <cmocka.h>

#include "tests/allocation.h"
#include "tests/runtime/bodies.h"
#include "tests/runtime/recording.h"

/* ---- Every N ---- */

static int answer(void *arg)
{
	(void)arg;
	return gt_return(42);
}

/* The same loop, after all that. */
static int ask(void *arg)
{
	intptr_t value = 0;
	(void)arg;
	struct gt_task *task = gt_spawn(answer, NULL, "answer");
	assert_non_null(task);
	assert_int_equal(gt_await_value(task, &value), 0);
	assert_int_equal(value, 42);
	gt_release(task);
	return gt_sleep(GT_US(1));
}

static int then_ask(void *arg)
{
	const struct body *body = arg;
	int rc = body->body(NULL);
	fail_no_more();
	assert_int_equal(ask(NULL), 0);
	return rc;
}

static struct gt_options options(const struct body *body, const char *log)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = body->clock;
	o.log = log;
	o.title = body->name;
	o.n_threads = 2;
	return o;
}

static bool is_true(const char *path)
{
	if (access(path, F_OK))
		return true; /* it was never made */
	struct trace_model *model = recording_read(path);
	bool result = !recording_violations(model);
	trace_model_destroy(model);
	unlink(path);
	return result;
}

static size_t n_wrong;

/* Run it with the allocation `n` failing. Returns whether one did. */
static bool run(const struct body *body, long n, bool all, bool recorded)
{
	const char *path = recorded ? recording_path("memory") : NULL;
	struct gt_options o = options(body, path);
	fail_after(n, all);
	int code = gt_run(&o, all ? body->body : then_ask, all ? NULL : (void *)(uintptr_t)body);
	fail_no_more();
	bool failed = atomic_load(&has_failed);
	bool is_right = code == body->code || (failed && (code == GT_ENOMEM || code == GT_ELOG));
	if (recorded)
		is_right = is_true(path) && is_right;
	if (!is_right)
		n_wrong++;
	if (!is_right)
		print_error("%s, allocation %ld: %d (%s)\n", body->name, n, code,
		            gt_strerror(code));
	return failed;
}

/* A program that waits for a child of its own cannot be run while others are left. */
static void run_every(bool all, bool recorded)
{
	n_wrong = 0;
	for (size_t i = 0; i < n_bodies; i++) {
		long n = 0;
		while (run(&bodies[i], n, all, recorded))
			n++;
		assert_true(n > 2); /* the harness is at work */
		assert_int_equal(gt_run(&(struct gt_options)GT_OPTIONS_INIT, ask, NULL), 0);
	}
	assert_int_equal(n_wrong, 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void memory__each_allocation_fails__code_and_loop_goes_on(void **state)
{
	(void)state;
	run_every(false, false);
}

static void memory__each_allocation_fails_recorded__recording_is_true(void **state)
{
	(void)state;
	run_every(false, true);
}

static void memory__all_from_each_on_fail__run_ends(void **state)
{
	(void)state;
	run_every(true, false);
}

static void memory__all_from_each_on_fail_recorded__run_ends(void **state)
{
	(void)state;
	run_every(true, true);
}

static int do_nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int warm_up(void *arg)
{
	(void)arg;
	return gt_thread(do_nothing, NULL, "starts the pool");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(memory__each_allocation_fails__code_and_loop_goes_on),
	        cmocka_unit_test(memory__each_allocation_fails_recorded__recording_is_true),
	        cmocka_unit_test(memory__all_from_each_on_fail__run_ends),
	        cmocka_unit_test(memory__all_from_each_on_fail_recorded__run_ends),
	};
	fail_no_more();
	/* libuv itself ends the process when its table of descriptors cannot grow, or its threads cannot be made: that realloc
	 * never fails here, and the threads are there before anything does */
	uv_replace_allocator(__wrap_malloc, __real_realloc, __wrap_calloc, free);
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	if (gt_run(&o, warm_up, NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
