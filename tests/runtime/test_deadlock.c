/* The mark of a deadlock names the cycle, or what everybody waits for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static void assert_mark_begins(gt_body *body, const char *expected, bool and_ends)
{
	struct gt_options o = GT_OPTIONS_INIT;
	char name[64], text[4096];
	int code;
	struct trace_model *model = recording_of(o, body, NULL, &code);
	assert_int_equal(code, GT_EDEADLOCK);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(model->status, TRACE_STATUS_DEADLOCK);
	const struct trace_record *r = recording_find(model, TRACE_MARK, 0, 0);
	trace_model_string(model, r->a, name, sizeof name);
	assert_string_equal(name, "deadlock");
	trace_model_string(model, r->b, text, sizeof text);
	if (!and_ends && strlen(text) > strlen(expected))
		text[strlen(expected)] = '\0';
	assert_string_equal(text, expected);
	trace_model_destroy(model);
	assert_int_equal(gt_run(&o, body, NULL), GT_EDEADLOCK); /* and without a recording */
}

static void assert_mark(gt_body *body, const char *expected)
{
	assert_mark_begins(body, expected, true);
}

/* ---- Tasks ---- */

static struct gt_task *pair[2];

static int await_other(void *arg)
{
	int rc = gt_sleep(GT_MS(1));
	return rc ? rc : gt_await(*(struct gt_task **)arg);
}

static int two_tasks(void *arg)
{
	(void)arg;
	pair[0] = gt_spawn(await_other, &pair[1], "left");
	pair[1] = gt_spawn(await_other, &pair[0], "right");
	return gt_await(pair[0]);
}

static void deadlock__two_tasks__their_cycle_and_then_main(void **state)
{
	(void)state;
	assert_mark(two_tasks, "left waits for right; right waits for left; main waits for left");
}

static int gather_other(void *arg)
{
	int rc = gt_sleep(GT_MS(1));
	return rc ? rc : gt_gather(arg, 1, NULL);
}

static int through_a_gather(void *arg)
{
	(void)arg;
	pair[0] = gt_spawn(gather_other, &pair[1], "left");
	pair[1] = gt_spawn(await_other, &pair[0], "right");
	return gt_gather(pair, 2, NULL);
}

static void deadlock__through_a_gather__the_cycle(void **state)
{
	(void)state;
	assert_mark(through_a_gather, "left waits for the gather of right; right waits for left; "
	                              "main waits for the gather of left and right");
}

/* ---- Several at once ---- */

static int get_nothing(void *arg)
{
	intptr_t item;
	return gt_queue_get(arg, &item);
}

static struct gt_task *await_main[2];

/* Waits for main, which waits for it among others. */
static int await_the_first(void *arg)
{
	return gt_await(*(struct gt_task **)arg);
}

static int group_of_two(void *arg)
{
	(void)arg;
	struct gt_queue *orders = gt_queue_create("orders", 0);
	struct gt_group *group = gt_group_enter();
	gt_group_spawn(group, get_nothing, orders, "A");
	gt_group_spawn(group, get_nothing, orders, "B");
	return gt_group_exit(group, 0);
}

static void deadlock__in_a_group__main_waits_for_its_tasks(void **state)
{
	(void)state;
	assert_mark(group_of_two, "main waits for the group of A and B; A waits for orders "
	                          "(queue-get); B waits for orders (queue-get)");
}

/* The first child is stuck for itself; the second one closes the circle. */
static int circle_through_the_second(void *arg)
{
	(void)arg;
	await_main[0] = gt_self();
	struct gt_group *group = gt_group_enter();
	gt_group_spawn(group, get_nothing, gt_queue_create("orders", 0), "A");
	gt_group_spawn(group, await_the_first, &await_main[0], "B");
	return gt_group_exit(group, 0);
}

static void deadlock__group_and_its_second_task__the_cycle(void **state)
{
	(void)state;
	assert_mark(circle_through_the_second,
	            "main waits for the group of A and B; B waits for main");
}

enum { COMPLETED, FIRST, AS_COMPLETED, WITHIN_A_LONG_TIME };

static int way;

static int wait_in_the_way(void *arg)
{
	(void)arg;
	struct gt_queue *orders = gt_queue_create("orders", 0);
	struct gt_task *tasks[3], *next;
	struct gt_completion *completion;
	for (int i = 0; i < 3; i++)
		tasks[i] = gt_spawn(get_nothing, orders, "%c", 'A' + i);
	switch (way) {
	case COMPLETED:
		return gt_wait(tasks, 3, GT_ALL_COMPLETED, GT_FOREVER);
	case FIRST:
		return gt_wait(tasks, 3, GT_FIRST_COMPLETED, GT_FOREVER);
	case AS_COMPLETED:
		completion = gt_as_completed(tasks, 3);
		return gt_as_completed_next(completion, &next);
	default:
		return gt_wait_for(tasks[0], GT_FOREVER, NULL);
	}
}

#define THREE_STUCK                                                                                \
	"; A waits for orders (queue-get); B waits for orders (queue-get); C waits for orders "    \
	"(queue-get)"

static void deadlock__waits_for_several__says_all_or_any(void **state)
{
	(void)state;
	static const char *const expected[] = {
	        "main waits for A, B and C" THREE_STUCK,
	        "main waits for A, B or C" THREE_STUCK,
	        "main waits for A, B or C" THREE_STUCK,
	        "main waits for A" THREE_STUCK,
	};
	for (way = COMPLETED; way <= WITHIN_A_LONG_TIME; way++)
		assert_mark(wait_in_the_way, expected[way]);
}

static int shield_one(void *arg)
{
	(void)arg;
	return gt_shield(gt_spawn(get_nothing, gt_queue_create("orders", 0), "A"), NULL);
}

static int futures_for_ever(void *arg)
{
	struct gt_future *all[] = {gt_future_create("done"), gt_future_create("answer"),
	                           gt_task_future(gt_spawn(get_nothing,
	                                                   gt_queue_create("orders", 0), "stuck")),
	                           gt_future_create("question")};
	(void)gt_future_set(all[0], 1);
	return arg ? gt_future_wait(all + 1, 3, GT_FIRST_COMPLETED, GT_FOREVER)
	           : gt_future_gather(all, 4, NULL);
}

static int any_of_futures(void *arg)
{
	(void)arg;
	return futures_for_ever("any");
}

static void deadlock__futures_among_several__they_are_named(void **state)
{
	(void)state;
	assert_mark_begins(futures_for_ever,
	                   "main waits for the gather of answer, stuck and question; ", false);
	assert_mark_begins(any_of_futures, "main waits for answer, stuck or question; ", false);
}

static void deadlock__shield__the_task_behind_it(void **state)
{
	(void)state;
	assert_mark(shield_one, "main waits for A; A waits for orders (queue-get)");
}

/* More than a sentence holds, and more than anybody should have to wait for: each is looked at once. */
#define CROWD 5000 /* ThreadSanitizer knows 8,128 stacks */

static int take_and_wait(void *arg)
{
	struct gt_future *orders = gt_future_create("orders");
	int rc = gt_sem_acquire(arg);
	return rc ? rc : gt_future_await(orders, NULL);
}

static int crowd(void *arg)
{
	(void)arg;
	struct gt_sem *sem = gt_sem_create("S", 1);
	struct gt_group *group = gt_group_enter();
	for (int i = 0; i < CROWD; i++)
		gt_group_spawn(group, take_and_wait, sem, "t%d", i);
	return gt_group_exit(group, 0);
}

static void deadlock__crowd_in_a_group__five_are_named(void **state)
{
	(void)state;
	assert_mark_begins(crowd,
	                   "main waits for the group of t0, t1, t2, t3, t4 and 4995 more; "
	                   "t0 waits for orders (future); t1 waits for S, held by t0; ",
	                   false);
}

/* ---- Semaphores ---- */

struct two_sems {
	struct gt_sem *first, *second;
};

static int take_both(void *arg)
{
	const struct two_sems *sems = arg;
	int rc = gt_sem_acquire(sems->first);
	if (!rc)
		rc = gt_sleep(GT_MS(1));
	return rc ? rc : gt_sem_acquire(sems->second);
}

static int crossed_sems(void *arg)
{
	(void)arg;
	struct gt_sem *a = gt_sem_create("fork A", 1), *b = gt_sem_create("fork B", 1);
	struct two_sems ab = {a, b}, ba = {b, a};
	pair[0] = gt_spawn(take_both, &ab, "Plato");
	pair[1] = gt_spawn(take_both, &ba, "Kant");
	return gt_gather(pair, 2, NULL);
}

static void deadlock__crossed_semaphores__who_holds_what(void **state)
{
	(void)state;
	assert_mark(crossed_sems, "Plato waits for fork B, held by Kant; Kant waits for fork A, "
	                          "held by Plato; main waits for the gather of Plato and Kant");
}

static int take_twice(void *arg)
{
	(void)arg;
	struct gt_sem *sem = gt_sem_create("S", 1);
	int rc = gt_sem_acquire(sem);
	return rc ? rc : gt_sem_acquire(sem);
}

static void deadlock__semaphore_taken_twice__waits_for_itself(void **state)
{
	(void)state;
	assert_mark(take_twice, "main waits for S, held by main");
}

static int take_and_end(void *arg)
{
	return gt_sem_acquire(arg);
}

/* One permit is lost with a task that has ended; the other is with the task that waits. */
static int lost_permit(void *arg)
{
	(void)arg;
	struct gt_sem *sem = gt_sem_create("S", 2);
	int rc = gt_join(gt_spawn(take_and_end, sem, "gone"));
	if (!rc)
		rc = gt_sem_acquire(sem);
	return rc ? rc : gt_sem_acquire(sem);
}

static void deadlock__first_holder_has_ended__the_living_one_is_named(void **state)
{
	(void)state;
	assert_mark(lost_permit, "main waits for S, held by main");
}

/* ---- No cycle ---- */

static int nobody_puts(void *arg)
{
	(void)arg;
	struct gt_queue *queue = gt_queue_create("orders", 0);
	struct gt_future *never = gt_future_create("reply");
	gt_release(gt_spawn(get_nothing, queue, "cook"));
	return gt_future_await(never, NULL);
}

static void deadlock__no_cycle__what_everybody_waits_for(void **state)
{
	(void)state;
	assert_mark(nobody_puts,
	            "main waits for reply (future); cook waits for orders (queue-get)");
}

/* ---- While shutting down ---- */

static int refuse_to_end(void *arg)
{
	intptr_t item;
	int rc = gt_queue_get(arg, &item);
	return rc == GT_ECANCELED ? gt_queue_get(arg, &item) : rc;
}

static int leave_stubborn(void *arg)
{
	(void)arg;
	gt_release(gt_spawn(refuse_to_end, gt_queue_create("q", 0), "stubborn"));
	return gt_sleep(GT_MS(1));
}

static void deadlock__after_main_has_ended__named_too(void **state)
{
	(void)state;
	assert_mark(leave_stubborn, "stubborn waits for q (queue-get)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(deadlock__two_tasks__their_cycle_and_then_main),
	        cmocka_unit_test(deadlock__through_a_gather__the_cycle),
	        cmocka_unit_test(deadlock__in_a_group__main_waits_for_its_tasks),
	        cmocka_unit_test(deadlock__group_and_its_second_task__the_cycle),
	        cmocka_unit_test(deadlock__waits_for_several__says_all_or_any),
	        cmocka_unit_test(deadlock__futures_among_several__they_are_named),
	        cmocka_unit_test(deadlock__shield__the_task_behind_it),
	        cmocka_unit_test(deadlock__crowd_in_a_group__five_are_named),
	        cmocka_unit_test(deadlock__crossed_semaphores__who_holds_what),
	        cmocka_unit_test(deadlock__semaphore_taken_twice__waits_for_itself),
	        cmocka_unit_test(deadlock__first_holder_has_ended__the_living_one_is_named),
	        cmocka_unit_test(deadlock__no_cycle__what_everybody_waits_for),
	        cmocka_unit_test(deadlock__after_main_has_ended__named_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
