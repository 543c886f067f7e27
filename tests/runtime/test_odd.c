/* Odd combinations of what the little language cannot say, each with the story that CPython 3.11 tells of its twin: the function of the
 * same name in test_odd_twins.py, which a test runs and compares with the stories below. A word is told at a time in ms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/story.h"

/* ---- gather ---- */

static int count_requests(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(50));
	tell("%s,%u", word(rc), gt_cancelling(gt_self()));
	return rc;
}

static int gather_twice_the_same(void *arg)
{
	struct gt_task *task = gt_spawn(count_requests, NULL, "child");
	struct gt_task *twice[] = {task, task};
	(void)arg;
	return gt_gather(twice, 2, NULL);
}

static int gather__same_task_twice_cancelled(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(gather_twice_the_same, NULL, "gatherer");
	int rc = gt_sleep(GT_MS(10));
	gt_cancel(task);
	rc = gt_await(task);
	tell("%s,%u", word(rc), gt_cancelling(task));
	return 0;
}

static int gather__nobody_and_done_ones(void *arg)
{
	(void)arg;
	struct gt_task *done[] = {napper(1), napper(2)};
	int rc = gt_sleep(GT_MS(5));
	gt_spawn(beside, NULL, "beside");
	rc = gt_gather(NULL, 0, NULL);
	tell("empty,%s", word(rc));
	rc = gt_gather(done, 2, NULL);
	tell("done,%s", word(rc));
	return 0;
}

/* ---- wait, as_completed ---- */

static size_t n_done(struct gt_task *tasks[], size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += gt_is_done(tasks[i]);
	return sum;
}

static int wait__done_ones_and_no_time(void *arg)
{
	(void)arg;
	struct gt_task *tasks[] = {napper(1), napper(20), napper(1)};
	int rc = gt_sleep(GT_MS(5));
	gt_spawn(beside, NULL, "beside");
	rc = gt_wait(tasks, 3, GT_FIRST_COMPLETED, GT_FOREVER);
	tell("%s,%zu", word(rc), n_done(tasks, 3));
	rc = gt_wait(tasks, 3, GT_ALL_COMPLETED, 0);
	tell("%s,%zu", word(rc), n_done(tasks, 3));
	struct gt_task *twice[] = {tasks[1], tasks[1]};
	rc = gt_wait(twice, 2, GT_ALL_COMPLETED, GT_FOREVER);
	tell("%s,%zu", word(rc), n_done(tasks, 3));
	return 0;
}

static int as_completed__with_a_limit(void *arg)
{
	(void)arg;
	struct gt_task *tasks[] = {napper(30), napper(10), napper(25), napper(10)};
	struct gt_task *next = NULL;
	tasks[3] = tasks[1];
	struct gt_completion *c = gt_as_completed_within(tasks, 4, GT_MS(20));
	int rc;
	while ((rc = gt_as_completed_next(c, &next)) != GT_EEMPTY)
		tell("%s%s", word(rc), rc ? "" : gt_text(next));
	gt_as_completed_end(c);
	tell("%d", gt_is_done(tasks[0]));
	return 0;
}

static int as_completed__all_before_the_limit(void *arg)
{
	(void)arg;
	struct gt_task *tasks[] = {napper(10), napper(5)}, *next = NULL;
	struct gt_completion *c = gt_as_completed_within(tasks, 2, GT_MS(20));
	int rc = gt_sleep(GT_MS(50));
	while ((rc = gt_as_completed_next(c, &next)) != GT_EEMPTY)
		tell("%s%s", word(rc), rc ? "" : gt_text(next));
	gt_as_completed_end(c);
	return 0;
}

static int as_completed__no_time(void *arg)
{
	(void)arg;
	struct gt_task *tasks[] = {napper(1), napper(30)}, *next = NULL;
	int rc = gt_sleep(GT_MS(5));
	struct gt_completion *c = gt_as_completed_within(tasks, 2, 0);
	while ((rc = gt_as_completed_next(c, &next)) != GT_EEMPTY)
		tell("%s%s", word(rc), rc ? "" : gt_text(next));
	gt_as_completed_end(c);
	return 0;
}

/* ---- wait_for ---- */

static int wait_for__without_a_limit(void *arg)
{
	(void)arg;
	int rc = gt_wait_for(napper(10), GT_FOREVER, NULL);
	tell("%s", word(rc));
	struct gt_task *task = napper(50);
	gt_call_later(0, cancel_it, gt_self(), "cancel");
	rc = gt_wait_for(task, GT_FOREVER, NULL);
	tell("%s,%d", word(rc), gt_is_cancelled(task));
	return 0;
}

/* ---- Limits of time ---- */

static int timeout__moved(void *arg)
{
	(void)arg;
	struct gt_timeout *limit = gt_timeout_enter(GT_MS(10));
	int rc = gt_timeout_reschedule(limit, GT_MS(30));
	rc = gt_sleep(GT_MS(20));
	tell("later,%s,%d", word(rc), gt_timeout_is_expired(limit));
	rc = gt_timeout_reschedule(limit, GT_FOREVER);
	rc = gt_sleep(GT_MS(20));
	tell("never,%s", word(rc));
	gt_spawn(beside, NULL, "beside");
	rc = gt_timeout_reschedule(limit, GT_MS(1));
	tell("past,%d", gt_timeout_is_expired(limit));
	rc = gt_sleep(GT_MS(20));
	tell("%s,%d,%u", word(rc), gt_timeout_is_expired(limit), gt_cancelling(gt_self()));
	tell("%s", word(gt_timeout_reschedule(limit, GT_MS(90))));
	rc = gt_timeout_exit(limit, rc);
	tell("%s,%u", word(rc), gt_cancelling(gt_self()));
	return 0;
}

static int timeout__two_at_the_same_instant(void *arg)
{
	(void)arg;
	struct gt_timeout *outer = gt_timeout_enter(GT_MS(10));
	struct gt_timeout *inner = gt_timeout_enter(GT_MS(10));
	int rc = gt_sleep(GT_MS(20));
	tell("%s,%u", word(rc), gt_cancelling(gt_self()));
	rc = gt_timeout_exit(inner, rc);
	tell("inner,%s,%u", word(rc), gt_cancelling(gt_self()));
	rc = gt_timeout_exit(outer, rc);
	tell("outer,%s,%u", word(rc), gt_cancelling(gt_self()));
	return 0;
}

static int timeout__swallowed_inside(void *arg)
{
	(void)arg;
	struct gt_timeout *limit = gt_timeout_enter(GT_MS(10));
	int rc = gt_sleep(GT_MS(20));
	rc = gt_sleep(GT_MS(20));
	tell("%s,%d,%u", word(rc), gt_timeout_is_expired(limit), gt_cancelling(gt_self()));
	rc = gt_timeout_exit(limit, rc);
	tell("%s,%u", word(rc), gt_cancelling(gt_self()));
	return 0;
}

/* ---- Names ---- */

static int name__not_given__counted(void *arg)
{
	(void)arg;
	gt_spawn(beside, NULL, "named");
	struct gt_task *a = gt_spawn(beside, NULL, NULL), *b = gt_spawn(beside, NULL, NULL);
	tell("%s,%s", gt_name(a), gt_name(b));
	return 0;
}

/* ---- Counting requests ---- */

static int uncancel__and_await(void *arg)
{
	(void)arg;
	struct gt_task *self = gt_self();
	gt_cancel(self);
	gt_cancel(self);
	tell("%u,%u", 2u, gt_uncancel(self));
	int rc = gt_sleep(GT_MS(5));
	tell("%s,%u", word(rc), gt_uncancel(self));
	tell("%u", gt_uncancel(self));
	rc = gt_sleep(GT_MS(5));
	tell("%s", word(rc));
	return 0;
}

/* ---- Callbacks ---- */

static struct gt_timer *second;

static void cancel_second(void *arg)
{
	tell("%s", (char *)arg);
	gt_timer_cancel(second);
}

static void soon(void *arg)
{
	tell("%s", (char *)arg);
}

static void ask_again(void *arg)
{
	tell("%s", (char *)arg);
	gt_call_soon(soon, "again", "again");
	gt_call_later(0, soon, "timer", "timer");
}

static int call__one_cancels_the_next_of_its_iteration(void *arg)
{
	(void)arg;
	gt_call_later(GT_MS(10), cancel_second, "first", "first");
	second = gt_call_later(GT_MS(10), soon, "second", "second");
	gt_call_at(GT_MS(10), soon, "third", "third");
	gt_call_at(GT_MS(4), soon, "early", "early");
	gt_call_at(0, soon, "past", "past");
	gt_call_soon(ask_again, "soon", "soon");
	int rc = gt_sleep(0);
	tell("one");
	rc = gt_sleep(0);
	tell("two");
	rc = gt_sleep(GT_MS(20));
	tell("%s", word(rc));
	return 0;
}

static void remove_the_next(struct gt_task *task, void *arg);

static void told(struct gt_task *task, void *arg)
{
	(void)task;
	tell("%s", (char *)arg);
}

static char next_word[] = "next";

static void remove_the_next(struct gt_task *task, void *arg)
{
	tell("%s,%zu", (char *)arg, gt_remove_done_callback(task, told, next_word));
	gt_add_done_callback(task, told, "late", "late");
}

static int done_callback__changes_the_line(void *arg)
{
	(void)arg;
	struct gt_task *task = napper(5);
	gt_add_done_callback(task, remove_the_next, "first", "first");
	gt_add_done_callback(task, told, next_word, "next");
	gt_add_done_callback(task, told, next_word, "next");
	gt_add_done_callback(task, told, "last", "last");
	int rc = gt_await(task);
	tell("%s", word(rc));
	return gt_sleep(0);
}

/* ---- Generators ---- */

static int two_values(struct gt_gen *gen, void *arg)
{
	(void)arg;
	int rc = gt_yield(gen, 1);
	if (!rc)
		rc = gt_yield(gen, 2);
	int slept = gt_sleep(GT_MS(5));
	tell("cleaned,%s,%s", word(rc), word(slept));
	return rc;
}

static int generator__closed_everywhere(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_gen *gen = gt_gen_create(two_values, NULL, "gen");
	int rc = gt_gen_close(gen);
	tell("fresh,%s", word(rc));
	tell("%s", word(gt_gen_next(gen, &value)));
	gen = gt_gen_create(two_values, NULL, "gen");
	rc = gt_gen_next(gen, &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_gen_close(gen);
	tell("middle,%s", word(rc));
	rc = gt_gen_close(gen);
	int after = gt_gen_next(gen, &value);
	tell("%s,%s", word(rc), word(after));
	return 0;
}

static int stubborn(struct gt_gen *gen, void *arg)
{
	(void)arg;
	(void)!gt_yield(gen, 1);
	tell("again");
	return gt_yield(gen, 2);
}

static int generator__ignores_its_end(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_gen *gen = gt_gen_create(stubborn, NULL, "gen");
	int rc = gt_gen_next(gen, &value);
	rc = gt_gen_close(gen);
	tell("%s", rc ? gt_error_message(gt_error()) : "ok");
	return 0;
}

static int failing(struct gt_gen *gen, void *arg)
{
	(void)arg;
	int rc = gt_yield(gen, 1);
	return rc ? rc : gt_raise("ValueError", "%s", "bad");
}

static int generator__fails(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_gen *gen = gt_gen_create(failing, NULL, "gen");
	int rc = gt_gen_next(gen, &value);
	rc = gt_gen_next(gen, &value);
	tell("%s", rc ? gt_error_name(gt_error()) : "ok");
	tell("%s", word(gt_gen_next(gen, &value)));
	tell("%s", word(gt_gen_close(gen)));
	return 0;
}

/* ---- Groups ---- */

static struct gt_group *shared_group;

static int fail_at_10(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(10));
	return rc ? rc : gt_raise("ValueError", "%s", "bad");
}

static int spawn_late(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(20));
	struct gt_task *task = gt_group_spawn(shared_group, nap, (void *)1, "late");
	tell("%s,%s", word(rc), task ? "spawned" : gt_error_message(gt_error()));
	return 0;
}

static int group__ending_takes_nobody(void *arg)
{
	(void)arg;
	shared_group = gt_group_enter();
	gt_group_spawn(shared_group, fail_at_10, NULL, "fails");
	gt_group_spawn(shared_group, spawn_late, NULL, "late");
	int rc = gt_group_exit(shared_group, 0);
	tell("%s,%zu,%u", word(rc), gt_error_n_causes(gt_error()), gt_cancelling(gt_self()));
	shared_group = gt_group_enter();
	gt_group_spawn(shared_group, spawn_late, NULL, "late");
	rc = gt_group_exit(shared_group, 0);
	tell("%s", word(rc));
	return 0;
}

static int group__cancelled_while_children_fail(void *arg)
{
	(void)arg;
	struct gt_group *group = gt_group_enter();
	gt_group_spawn(group, fail_at_10, NULL, "a");
	gt_group_spawn(group, fail_at_10, NULL, "b");
	gt_call_later(GT_MS(10), cancel_it, gt_self(), "cancel");
	int rc = gt_sleep(GT_MS(50));
	tell("%s", word(rc));
	rc = gt_group_exit(group, rc);
	tell("%s,%u", word(rc), gt_cancelling(gt_self()));
	return 0;
}

/* ---- Futures ---- */

static int await_future(void *arg)
{
	int rc = gt_future_await(arg, NULL);
	tell("%s", word(rc));
	return rc;
}

static int future__many_wait_and_one_is_cancelled(void *arg)
{
	(void)arg;
	struct gt_future *future = gt_future_create("f");
	struct gt_task *a = gt_spawn(await_future, future, "a");
	gt_spawn(await_future, future, "b");
	int rc = gt_sleep(GT_MS(1));
	gt_cancel(a);
	tell("%s", word(gt_future_set(future, 1)));
	rc = gt_sleep(GT_MS(1));
	tell("%d,%s", gt_future_cancel(future), word(rc));
	return 0;
}

/* ---- The table, which test_odd_twins.py reads: name, story ---- */

#define STORIES(X)                                                                                 \
	X(gather__same_task_twice_cancelled, "10:cancelled,2 10:cancelled,1")                      \
	X(gather__nobody_and_done_ones, "5:empty,ok 5:beside 5:done,ok")                           \
	X(wait__done_ones_and_no_time, "5:beside 5:ok,2 5:ok,2 20:ok,3")                           \
	X(as_completed__with_a_limit, "10:ok10 20:timeout 20:timeout 20:0")                        \
	X(as_completed__all_before_the_limit, "50:ok5 50:ok10")                                    \
	X(as_completed__no_time, "5:ok1 5:timeout")                                                \
	X(wait_for__without_a_limit, "10:ok 10:cancelled,1")                                       \
	X(timeout__moved,                                                                          \
	  "20:later,ok,0 40:never,ok 40:past,0 40:beside 40:cancelled,1,1 40:state 40:timeout,0")  \
	X(timeout__two_at_the_same_instant,                                                        \
	  "10:cancelled,2 10:inner,cancelled,1 10:outer,timeout,0")                                \
	X(timeout__swallowed_inside, "30:ok,1,1 30:ok,0")                                          \
	X(name__not_given__counted, "0:Task-2,Task-3 0:beside 0:beside 0:beside")                  \
	X(uncancel__and_await, "0:2,1 0:cancelled,0 0:0 5:ok")                                     \
	X(call__one_cancels_the_next_of_its_iteration,                                             \
	  "0:soon 0:one 0:past 0:again 0:two 0:timer 4:early 10:first 10:third 20:ok")             \
	X(done_callback__changes_the_line, "5:first,0 5:next 5:next 5:last 5:ok 5:late")           \
	X(generator__closed_everywhere,                                                            \
	  "0:fresh,ok 0:stop 0:ok,1 5:cleaned,stop,ok 5:middle,ok 5:ok,stop")                      \
	X(generator__ignores_its_end, "0:again 0:async generator ignored GeneratorExit")           \
	X(generator__fails, "0:ValueError 0:stop 0:ok")                                            \
	X(group__ending_takes_nobody,                                                              \
	  "10:cancelled,the group is shutting down 10:error,1,1 30:ok,spawned 31:ok")              \
	X(group__cancelled_while_children_fail, "10:cancelled 10:cancelled,1")                     \
	X(future__many_wait_and_one_is_cancelled, "1:state 1:cancelled 1:cancelled 2:0,ok")

#define TEST(name, expected)                                                                       \
	static void name##__story(void **state)                                                    \
	{                                                                                          \
		(void)state;                                                                       \
		story_begin();                                                                     \
		assert_int_equal(gt_run(NULL, name, NULL), 0);                                     \
		assert_string_equal(story(), expected);                                            \
	}
STORIES(TEST)

int main(void)
{
#define ROW(name, expected) {#name, name##__story, NULL, NULL, NULL},
	const struct CMUnitTest tests[] = {STORIES(ROW)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
