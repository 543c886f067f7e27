/* Callbacks on the end of a task, in asyncio's order and turn; the list of all tasks; names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/vocabulary.h"

static void run(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	struct trace_model *model = recording_of(o, body, arg, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
}

/* What happened, in order. */
static char story[256];

static void tell(const char *word)
{
	size_t n = strlen(story);
	snprintf(story + n, sizeof story - n, "%s ", word);
}

static void say(struct gt_task *task, void *arg)
{
	assert_true(gt_is_done(task));
	assert_null(gt_self());
	tell(arg);
}

static int work(void *arg)
{
	int rc = gt_sleep(GT_MS(10));
	if (rc)
		return rc;
	tell("work");
	return gt_return((intptr_t)arg);
}

static int await_and_say(void *arg)
{
	assert_int_equal(gt_await(arg), 0);
	tell("awaited");
	return 0;
}

/* ---- Order and turn ---- */

/* CPython 3.11 says the same of the same program: callbacks and awaiting tasks are one line, and a callback that is added to a task
 * that is done runs in the next iteration. */
static int in_line(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(work, NULL, "work");
	assert_int_equal(gt_add_done_callback(task, say, "first", "first"), 0);
	struct gt_task *waiter = gt_spawn(await_and_say, task, "waiter");
	gt_sleep(0);
	assert_int_equal(gt_add_done_callback(task, say, "second", "second"), 0);
	assert_int_equal(gt_join(waiter), 0);
	assert_true(gt_is_done(task));
	assert_int_equal(gt_add_done_callback(task, say, "late", "late"), 0);
	tell("added");
	gt_sleep(0);
	tell("turned");
	gt_release(task);
	return 0;
}

static void callback__with_a_waiter_between__in_one_line(void **state)
{
	(void)state;
	story[0] = '\0';
	run(in_line, NULL);
	assert_string_equal(story, "work first awaited second added late turned ");
}

static int removed(void *arg)
{
	static char a[] = "a", b[] = "b", c[] = "c"; /* one address for each */
	(void)arg;
	struct gt_task *task = gt_spawn(work, NULL, "work");
	gt_add_done_callback(task, say, a, "a");
	gt_add_done_callback(task, say, b, "b");
	gt_add_done_callback(task, say, a, "a");
	assert_int_equal(gt_remove_done_callback(task, say, a), 2);
	assert_int_equal(gt_remove_done_callback(task, say, a), 0);
	assert_int_equal(gt_await(task), 0);
	gt_add_done_callback(task, say, c, "c");
	assert_int_equal(gt_remove_done_callback(task, say, c), 0); /* it is on its way */
	gt_sleep(0);
	gt_release(task);
	return 0;
}

static void remove__all_of_a_kind__the_others_stay(void **state)
{
	(void)state;
	story[0] = '\0';
	run(removed, NULL);
	assert_string_equal(story, "work b c ");
}

/* ---- Whose task it is ---- */

static void read_value(struct gt_task *task, void *arg)
{
	*(intptr_t *)arg = (intptr_t)strtol(gt_text(task), NULL, 10);
}

static int forgotten(void *arg)
{
	struct gt_task *task = gt_spawn(work, (void *)(intptr_t)42, "work");
	gt_add_done_callback(task, read_value, arg, "read");
	gt_release(task); /* the callback has a reference of its own */
	return gt_sleep(GT_MS(20));
}

static void callback__task_that_nobody_holds__is_still_there(void **state)
{
	intptr_t value = 0;
	(void)state;
	run(forgotten, &value);
	assert_int_equal(value, 42);
}

static void count(struct gt_task *task, void *arg)
{
	assert_true(gt_is_cancelled(task));
	++*(int *)arg;
}

static int cancelled_before_its_start(void *arg)
{
	struct gt_task *task = gt_spawn(work, NULL, "work");
	gt_add_done_callback(task, count, arg, "count");
	gt_cancel(task);
	assert_int_equal(gt_join(task), GT_ECANCELED);
	task = gt_spawn(work, NULL, "work");
	gt_add_done_callback(task, count, arg, "count");
	gt_release(task);
	return 0; /* this one is cancelled by the end of the run */
}

static void callback__of_a_cancelled_task__is_called(void **state)
{
	int n = 0;
	(void)state;
	run(cancelled_before_its_start, &n);
	assert_int_equal(n, 2);
}

static int stuck(void *arg)
{
	intptr_t value;
	(void)arg;
	return gt_future_await(gt_future_create("never"), &value);
}

static int stuck_with_callbacks(void *arg)
{
	(void)arg;
	gt_add_done_callback(gt_self(), say, "never", "never");
	gt_add_done_callback(gt_spawn(stuck, NULL, "stuck"), say, "never", "never");
	return stuck(NULL);
}

static void callback__that_never_runs__freed_with_the_loop(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	(void)state;
	assert_int_equal(gt_run(&o, stuck_with_callbacks, NULL), GT_EDEADLOCK);
}

static void callback__outside_a_run__no_loop(void **state)
{
	(void)state;
	assert_int_equal(gt_add_done_callback(NULL, say, NULL, NULL), GT_ENOLOOP);
}

/* ---- All tasks, and their names ---- */

static int list_tasks(void *arg)
{
	struct gt_task *all[4] = {NULL, NULL, NULL, NULL};
	struct gt_task *a = gt_spawn(work, NULL, "a"), *b = gt_spawn(work, NULL, "b");
	(void)arg;
	assert_int_equal(gt_tasks(all, 4), 3);
	assert_ptr_equal(all[0], gt_self());
	assert_ptr_equal(all[1], a);
	assert_ptr_equal(all[2], b);
	assert_null(all[3]);
	gt_cancel(a);
	assert_int_equal(gt_join(a), GT_ECANCELED);
	all[1] = NULL;
	assert_int_equal(gt_tasks(all, 1), 2); /* more than there is room for */
	assert_null(all[1]);
	assert_int_equal(gt_tasks(NULL, 0), 2);
	return gt_join(b);
}

static void tasks__some_done__those_that_are_not_in_order(void **state)
{
	(void)state;
	run(list_tasks, NULL);
	assert_int_equal(gt_tasks(NULL, 0), 0);
}

static int rename_self(void *arg)
{
	static const char name[] = "a name that is much longer than what stands inside of a task";
	struct gt_task *self = gt_self();
	(void)arg;
	assert_int_equal(gt_set_name(self, name), 0);
	assert_string_equal(gt_name(self), name);
	assert_int_equal(gt_set_name(self, gt_name(self) + 50), 0);
	assert_string_equal(gt_name(self), name + 50);
	assert_int_equal(gt_set_name(self, "short"), 0);
	assert_string_equal(gt_name(self), "short");
	return 0;
}

static void set_name__long_and_short__is_the_name(void **state)
{
	(void)state;
	run(rename_self, NULL);
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, rename_self, NULL, NULL);
	assert_int_equal(recording_count(model, TRACE_NAME, 0), 3);
	assert_string_equal(model->lanes[trace_model_lane(model, TRACE_LANE_TASK, 1)].name,
	                    "short");
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(callback__with_a_waiter_between__in_one_line),
	        cmocka_unit_test(remove__all_of_a_kind__the_others_stay),
	        cmocka_unit_test(callback__task_that_nobody_holds__is_still_there),
	        cmocka_unit_test(callback__of_a_cancelled_task__is_called),
	        cmocka_unit_test(callback__that_never_runs__freed_with_the_loop),
	        cmocka_unit_test(callback__outside_a_run__no_loop),
	        cmocka_unit_test(tasks__some_done__those_that_are_not_in_order),
	        cmocka_unit_test(set_name__long_and_short__is_the_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
