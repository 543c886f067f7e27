/* Requests to cancel that go far, or nowhere; what a task and its host are told of waits and of the run's turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "runtime/ganttop.h"

/* ---- Chains and circles ---- */

#define N_LINKS 5000u /* TSan knows 8,128 stacks */

struct chain {
	struct gt_task *tasks[N_LINKS];
	size_t n;
	struct gt_event *bottom;
};

struct link {
	struct chain *chain;
	size_t index;
};

static int await_next(void *arg)
{
	const struct link *link = arg;
	if (link->index + 1 == link->chain->n)
		return gt_event_wait(link->chain->bottom);
	return gt_await(link->chain->tasks[link->index + 1]);
}

static int cancel_a_long_chain(void *arg)
{
	struct chain *chain = arg;
	struct link *links = calloc(N_LINKS, sizeof *links);
	assert_non_null(links);
	chain->n = N_LINKS;
	chain->bottom = gt_event_create("bottom");
	for (size_t i = 0; i < N_LINKS; i++) {
		links[i] = (struct link){chain, i};
		chain->tasks[i] = gt_spawn(await_next, &links[i], "link");
		assert_non_null(chain->tasks[i]);
	}
	assert_int_equal(gt_sleep(GT_MS(1)), 0);
	assert_true(gt_cancel(chain->tasks[0]));
	assert_int_equal(gt_await(chain->tasks[0]), GT_ECANCELED);
	assert_true(gt_is_cancelled(chain->tasks[N_LINKS - 1]));
	free(links);
	return 0;
}

static void chain__longer_than_a_stack_is_deep__all_are_cancelled(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	struct chain *chain = calloc(1, sizeof *chain);
	assert_non_null(chain);
	assert_int_equal(gt_run(&o, cancel_a_long_chain, chain), 0);
	free(chain);
}

static struct gt_task *circle[2];

static int await_it(void *arg)
{
	return gt_await(*(struct gt_task **)arg);
}

static int gather_it(void *arg)
{
	return gt_gather(arg, 1, NULL);
}

static int wait_for_event(void *event)
{
	return gt_event_wait(event);
}

static int cancel_a_circle(void *arg)
{
	gt_body *right = *(gt_body **)arg;
	circle[0] = gt_spawn(await_it, &circle[1], "left");
	circle[1] = gt_spawn(right, &circle[0], "right");
	assert_int_equal(gt_sleep(GT_MS(1)), 0);
	for (int i = 0; i < 3; i++) {
		assert_false(gt_cancel(circle[i % 2]));
		assert_false(gt_is_done(circle[i % 2]));
		assert_string_equal(gt_error_name(gt_error()), "RecursionError");
	}
	/* others can be cancelled as before */
	struct gt_event *event = gt_event_create("event");
	struct gt_task *task = gt_spawn(wait_for_event, event, "waits");
	assert_int_equal(gt_sleep(0), 0);
	assert_true(gt_cancel(task));
	assert_int_equal(gt_join(task), GT_ECANCELED);
	return gt_await(circle[0]);
}

static void circle__cancelled__refused_and_a_deadlock(void **state)
{
	(void)state;
	gt_body *bodies[] = {await_it, gather_it};
	for (size_t i = 0; i < 2; i++) {
		struct gt_options o = GT_OPTIONS_INIT;
		assert_int_equal(gt_run(&o, cancel_a_circle, &bodies[i]), GT_EDEADLOCK);
	}
}

static int await_oneself(void *arg)
{
	struct gt_task **self = arg;
	assert_int_equal(gt_await(*self), GT_ESELF);
	assert_int_equal(gt_await(*self), GT_ESTATE);
	return 0;
}

static int await_who_awaited_himself(void *arg)
{
	struct gt_task *task = NULL;
	(void)arg;
	task = gt_spawn(await_oneself, &task, "odd");
	assert_int_equal(gt_sleep(0), 0);
	assert_int_equal(gt_await(task), GT_ESTATE); /* source: found/await-oneself-twice.gts */
	assert_int_equal(gt_sleep(0), 0);
	assert_int_equal(gt_await(task), 0); /* done by now */
	gt_release(task);
	return 0;
}

static void await_oneself__twice__refused_as_in_cpython(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, await_who_awaited_himself, NULL), 0);
}

/* ---- How a task came back ---- */

static int look_at_resumptions(void *arg)
{
	(void)arg;
	struct gt_event *event = gt_event_create("event");
	struct gt_resumed first = gt_resumed();
	gt_event_set(event);
	assert_int_equal(gt_event_wait(event), 0); /* does not suspend */
	assert_int_equal(gt_resumed().n_times, first.n_times);
	assert_int_equal(gt_sleep(0), 0);
	assert_int_equal(gt_resumed().n_times, first.n_times + 1);
	assert_int_equal(gt_resumed().code, 0);
	gt_cancel(gt_self());
	assert_int_equal(gt_sleep(GT_MS(5)), GT_ECANCELED);
	assert_int_equal(gt_resumed().n_times, first.n_times + 2);
	assert_int_equal(gt_resumed().code, GT_ECANCELED);
	return 0;
}

static void resumed__waits_and_calls_that_do_not__told_apart(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, look_at_resumptions, NULL), 0);
	assert_int_equal(gt_resumed().n_times, 0); /* outside of a loop */
}

/* ---- The turns of a run ---- */

struct turns {
	enum gt_phase phases[4];
	uint64_t t_ns[4];
	size_t n;
	bool leaves_one, waits_for_ever;
};

static void note_turn(enum gt_phase phase, void *arg)
{
	struct turns *turns = arg;
	assert_true(turns->n < 4);
	turns->t_ns[turns->n] = gt_now();
	turns->phases[turns->n++] = phase;
}

static int sleep_on(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(100));
	(void)gt_sleep(GT_MS(2)); /* cleaning up */
	return rc;
}

static int take_turns(void *arg)
{
	const struct turns *turns = arg;
	if (turns->leaves_one)
		gt_release(gt_spawn(sleep_on, NULL, "left"));
	int rc = gt_sleep(GT_MS(3));
	return turns->waits_for_ever ? gt_event_wait(gt_event_create("never")) : rc;
}

static void run_turns(struct turns *turns, int code)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.on_phase = note_turn;
	o.on_phase_arg = turns;
	assert_int_equal(gt_run(&o, take_turns, turns), code);
}

static void phases__nobody_left__finished_only(void **state)
{
	(void)state;
	struct turns turns = {0};
	run_turns(&turns, 0);
	assert_int_equal(turns.n, 1);
	assert_int_equal(turns.phases[0], GT_PHASE_FINISHED);
	assert_int_equal(turns.t_ns[0], GT_MS(3));
}

static void phases__a_task_left__shutdown_before_it_is_cancelled(void **state)
{
	(void)state;
	struct turns turns = {.leaves_one = true};
	run_turns(&turns, 0);
	assert_int_equal(turns.n, 2);
	assert_int_equal(turns.phases[0], GT_PHASE_SHUTDOWN);
	assert_int_equal(turns.t_ns[0], GT_MS(3));
	assert_int_equal(turns.phases[1], GT_PHASE_FINISHED);
	assert_int_equal(turns.t_ns[1], GT_MS(5));
}

static void phases__nothing_can_run__deadlock(void **state)
{
	(void)state;
	struct turns turns = {.waits_for_ever = true};
	run_turns(&turns, GT_EDEADLOCK);
	assert_int_equal(turns.n, 1);
	assert_int_equal(turns.phases[0], GT_PHASE_DEADLOCK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(chain__longer_than_a_stack_is_deep__all_are_cancelled),
	        cmocka_unit_test(circle__cancelled__refused_and_a_deadlock),
	        cmocka_unit_test(await_oneself__twice__refused_as_in_cpython),
	        cmocka_unit_test(resumed__waits_and_calls_that_do_not__told_apart),
	        cmocka_unit_test(phases__nobody_left__finished_only),
	        cmocka_unit_test(phases__a_task_left__shutdown_before_it_is_cancelled),
	        cmocka_unit_test(phases__nothing_can_run__deadlock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
