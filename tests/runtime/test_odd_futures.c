/* Futures among tasks, and what objects are asked, each with the story that CPython 3.11 tells of its twin: the function of the same name in
 * test_odd_futures_twins.py, which a test runs and compares with the stories below. A word is told at a time in ms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/story.h"

static void set_to_7(void *arg)
{
	(void)gt_future_set(arg, 7);
}

static void fail_it(void *arg)
{
	(void)gt_future_fail(arg, "ValueError", "bad");
}

static void set_in(unsigned ms, struct gt_future *future)
{
	gt_call_later(GT_MS(ms), set_to_7, future, "set");
}

/* ---- Several futures ---- */

static int future__gathered_with_a_task(void *arg)
{
	(void)arg;
	struct gt_future *f = gt_future_create("f"), *done = gt_future_create("done");
	struct gt_future *all[] = {f, gt_task_future(napper(10)), done, f};
	intptr_t values[4] = {0};
	tell("%s", word(gt_future_set(done, 1)));
	set_in(5, f);
	int rc = gt_future_gather(all, 4, values);
	tell("%s,%d,%d,%d,%d", word(rc), (int)values[0], (int)values[1], (int)values[2],
	     (int)values[3]);
	gt_spawn(beside, NULL, "beside");
	rc = gt_future_gather(all, 4, NULL);
	tell("%s", word(rc));
	return 0;
}

static struct gt_future *shared[3];

static int gather_shared(void *arg)
{
	(void)arg;
	return gt_future_gather(shared, 3, NULL);
}

static int future__gather_is_cancelled(void *arg)
{
	(void)arg;
	shared[0] = gt_future_create("a");
	shared[1] = gt_task_future(napper(50));
	shared[2] = gt_future_create("b");
	struct gt_task *gatherer = gt_spawn(gather_shared, NULL, "gatherer");
	int rc = gt_sleep(GT_MS(10));
	gt_cancel(gatherer);
	tell("%d,%d,%d", gt_future_is_cancelled(shared[0]), gt_future_is_done(shared[1]),
	     gt_future_is_cancelled(shared[2]));
	rc = gt_await(gatherer);
	tell("%s,%d", word(rc), gt_future_is_cancelled(shared[1]));
	return 0;
}

static int future__gather_fails_early(void *arg)
{
	(void)arg;
	shared[0] = gt_future_create("a");
	shared[1] = gt_future_create("b");
	shared[2] = gt_future_create("c");
	gt_call_later(GT_MS(10), fail_it, shared[1], "fail");
	int rc = gt_future_gather(shared, 3, NULL);
	tell("%s,%d", rc ? gt_error_name(gt_error()) : "ok", gt_future_is_done(shared[0]));
	tell("%d", gt_future_cancel(shared[2]));
	tell("%s", word(gt_future_set(shared[0], 3)));
	struct gt_outcome outcomes[3];
	rc = gt_future_gather_all(shared, 3, outcomes);
	tell("%s,%d,%s,%s", word(rc), (int)outcomes[0].value, word(outcomes[1].code),
	     word(outcomes[2].code));
	return 0;
}

static size_t n_done(struct gt_future *const futures[], size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += gt_future_is_done(futures[i]);
	return sum;
}

static int future__waited_for_with_tasks(void *arg)
{
	(void)arg;
	struct gt_future *f = gt_future_create("f"), *g = gt_future_create("g");
	struct gt_future *all[] = {f, gt_task_future(napper(20)), g};
	set_in(5, f);
	int rc = gt_future_wait(all, 3, GT_FIRST_COMPLETED, GT_FOREVER);
	tell("%s,%zu", word(rc), n_done(all, 3));
	rc = gt_future_wait(all, 3, GT_ALL_COMPLETED, GT_MS(5));
	tell("%s,%zu", word(rc), n_done(all, 3));
	gt_call_later(GT_MS(5), fail_it, g, "fail");
	rc = gt_future_wait(all, 3, GT_FIRST_EXCEPTION, GT_FOREVER);
	tell("%s,%zu", word(rc), n_done(all, 3));
	return 0;
}

static int future__as_completed(void *arg)
{
	(void)arg;
	struct gt_future *f = gt_future_create("f"), *never = gt_future_create("never");
	struct gt_future *all[] = {f, gt_task_future(napper(5)), never, f}, *next = NULL;
	set_in(10, f);
	struct gt_completion *c = gt_future_as_completed(all, 4, GT_MS(20));
	intptr_t value = 0;
	int rc;
	while ((rc = gt_future_as_completed_next(c, &next)) != GT_EEMPTY) {
		if (!rc)
			rc = gt_future_result(next, &value);
		tell("%s%d", word(rc), rc ? 0 : (int)value);
	}
	gt_as_completed_end(c);
	tell("%d", gt_future_is_done(never));
	return 0;
}

/* ---- One future, with a limit or a shield ---- */

static int wait_for_100(void *arg)
{
	int rc = gt_future_wait_for(arg, GT_MS(100), NULL);
	tell("waiter,%s", word(rc));
	return rc;
}

static int future__wait_for(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_future *f = gt_future_create("f");
	int rc = gt_future_wait_for(f, GT_MS(10), NULL);
	tell("%s,%d", word(rc), gt_future_is_cancelled(f));
	f = gt_future_create("f");
	set_in(5, f);
	rc = gt_future_wait_for(f, GT_MS(10), &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_future_wait_for(f, 0, &value);
	tell("%s,%d", word(rc), (int)value);
	f = gt_future_create("f");
	rc = gt_future_wait_for(f, 0, NULL);
	tell("%s,%d", word(rc), gt_future_is_cancelled(f));
	f = gt_future_create("f");
	struct gt_task *waiter = gt_spawn(wait_for_100, f, "waiter");
	rc = gt_sleep(GT_MS(5));
	gt_cancel(waiter);
	rc = gt_await(waiter);
	tell("%s,%d", word(rc), gt_future_is_cancelled(f));
	return 0;
}

static int shield_it(void *arg)
{
	intptr_t value = 0;
	int rc = gt_future_shield(arg, &value);
	tell("waiter,%s,%d", word(rc), (int)value);
	return rc;
}

static int future__shielded(void *arg)
{
	(void)arg;
	struct gt_future *f = gt_future_create("f");
	struct gt_task *a = gt_spawn(shield_it, f, "a");
	gt_spawn(shield_it, f, "b");
	int rc = gt_sleep(GT_MS(5));
	gt_cancel(a);
	rc = gt_await(a);
	tell("%s,%d", word(rc), gt_future_is_done(f));
	rc = gt_future_set(f, 3);
	rc = gt_sleep(GT_MS(5));
	f = gt_future_create("f");
	gt_spawn(shield_it, f, "c");
	rc = gt_sleep(0);
	gt_future_cancel(f);
	rc = gt_sleep(GT_MS(5));
	return rc;
}

/* ---- Callbacks and results ---- */

static char word_a[] = "a", word_b[] = "b";

static void told(struct gt_future *future, void *arg)
{
	tell("%s,%d", (char *)arg, gt_future_is_done(future));
}

static int await_it(void *arg)
{
	tell("awaited,%s", word(gt_future_await(arg, NULL)));
	return 0;
}

static int future__callbacks(void *arg)
{
	(void)arg;
	struct gt_future *f = gt_future_create("f");
	gt_future_add_done_callback(f, told, word_a, "a");
	gt_spawn(await_it, f, "awaits");
	int rc = gt_sleep(0);
	gt_future_add_done_callback(f, told, word_b, "b");
	gt_future_add_done_callback(f, told, word_a, "a");
	gt_future_add_done_callback(f, told, "c", "c");
	tell("%zu", gt_future_remove_done_callback(f, told, word_b));
	rc = gt_future_set(f, 1);
	assert_int_equal(gt_future_destroy(f), GT_EBUSY); /* calls stand on it */
	tell("%zu", gt_future_remove_done_callback(f, told, word_a));
	gt_future_add_done_callback(f, told, "late", "late");
	rc = gt_sleep(0);
	tell("%s", word(rc));
	return gt_future_destroy(f);
}

static void ask_result(struct gt_task *task, void *arg)
{
	intptr_t value = 0;
	(void)arg;
	int rc = gt_result(task, &value);
	tell("%s,%d", word(rc), (int)value);
}

static int fail_now(void *arg)
{
	(void)arg;
	return gt_raise("ValueError", "%s", "bad");
}

static int result__before_and_after(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_task *good = napper(5), *bad = gt_spawn(fail_now, NULL, "bad"),
	               *late = napper(50);
	tell("%s", word(gt_result(good, &value)));
	gt_add_done_callback(good, ask_result, NULL, "good");
	gt_add_done_callback(bad, ask_result, NULL, "bad");
	gt_add_done_callback(late, ask_result, NULL, "late");
	int rc = gt_sleep(GT_MS(10));
	gt_cancel(late);
	rc = gt_sleep(0);
	struct gt_future *f = gt_future_create("f");
	tell("%s", word(gt_future_result(f, &value)));
	fail_it(f);
	rc = gt_future_result(f, &value);
	tell("%s,%s", rc ? gt_error_name(gt_error()) : "ok", gt_error_name(gt_future_error(f)));
	return gt_sleep(0);
}

static int task__is_a_future(void *arg)
{
	(void)arg;
	struct gt_task *task = napper(50);
	struct gt_future *f = gt_task_future(task);
	tell("%s", word(gt_future_set(f, 1)));
	tell("%s", word(gt_future_fail(f, "ValueError", "bad")));
	gt_future_add_done_callback(f, told, word_a, "a");
	int rc = gt_sleep(GT_MS(5));
	tell("%d,%d", gt_future_cancel(f), gt_future_is_done(f));
	rc = gt_future_await(f, NULL);
	tell("%s,%d", word(rc), gt_is_cancelled(task));
	return gt_sleep(0);
}

/* ---- Generators ---- */

static int echo(struct gt_gen *gen, void *arg)
{
	(void)arg;
	intptr_t sent = 0;
	int rc = 0;
	for (intptr_t n = 0; !rc; n = sent * 10)
		rc = gt_yield_sent(gen, n, &sent);
	tell("%s", rc == GT_EFAILED ? gt_error_name(gt_error()) : word(rc));
	if (rc != GT_EFAILED)
		return rc;
	rc = gt_sleep(GT_MS(5));
	return gt_yield(gen, -1);
}

static int generator__sent(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_gen *gen = gt_gen_create(echo, NULL, "echo");
	tell("%s", gt_gen_send(gen, 1, &value) ? gt_error_name(gt_error()) : "ok");
	int rc = gt_gen_next(gen, &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_gen_send(gen, 4, &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_gen_send(gen, 5, &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_gen_close(gen);
	tell("%s", word(rc));
	tell("%s", word(gt_gen_send(gen, 5, &value)));
	return 0;
}

static int generator__thrown(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_gen *gen = gt_gen_create(echo, NULL, "echo");
	int rc = gt_gen_next(gen, &value);
	rc = gt_gen_throw(gen, gt_raise("OSError", "%s", "gone"), &value);
	tell("%s,%d", word(rc), (int)value);
	rc = gt_gen_throw(gen, gt_raise("KeyError", "%s", "none"), &value);
	tell("%s", rc ? gt_error_name(gt_error()) : "ok");
	/* the one answer that is another: CPython's gives None */
	assert_int_equal(gt_gen_throw(gen, gt_raise("KeyError", "%s", "none"), &value), GT_ESTOP);
	gen = gt_gen_create(echo, NULL, "fresh");
	rc = gt_gen_throw(gen, gt_raise("KeyError", "%s", "none"), &value);
	tell("%s", rc ? gt_error_name(gt_error()) : "ok");
	tell("%s", word(gt_gen_next(gen, &value)));
	return 0;
}

/* ---- Conditions ---- */

static int counter;

static bool is_three(void *arg)
{
	tell("%s%d", (char *)arg, counter);
	return counter == 3;
}

static struct gt_cond *cond;

static int wait_for_three(void *arg)
{
	int rc = gt_cond_acquire(cond);
	if (rc)
		return rc;
	rc = gt_cond_wait_for(cond, is_three, arg);
	tell("%s,%s,%d", (char *)arg, word(rc), gt_cond_is_locked(cond));
	(void)gt_cond_release(cond);
	return rc;
}

static int cond__wait_for(void *arg)
{
	(void)arg;
	counter = 0;
	cond = gt_cond_create("three");
	tell("%d", gt_cond_is_locked(cond));
	gt_spawn(wait_for_three, "a", "a");
	struct gt_task *b = gt_spawn(wait_for_three, "b", "b");
	for (counter = 1; counter <= 3; counter++) {
		int rc = gt_sleep(GT_MS(10));
		if (counter == 2)
			gt_cancel(b);
		rc = gt_cond_acquire(cond);
		rc = gt_cond_notify_all(cond);
		(void)gt_cond_release(cond);
		rc = gt_sleep(GT_MS(1));
		tell("%s", word(rc));
	}
	return 0;
}

static struct gt_cond *has_item, *has_room;
static int n_items;

static int consume(void *arg)
{
	struct gt_lock *lock = arg;
	for (int i = 0; i < 3; i++) {
		int rc = gt_lock_acquire(lock);
		while (!rc && !n_items)
			rc = gt_cond_wait(has_item);
		n_items--;
		tell("get,%d", n_items);
		rc = gt_cond_notify(has_room, 1);
		rc = gt_lock_release(lock);
	}
	return 0;
}

static int cond__two_on_one_lock(void *arg)
{
	(void)arg;
	struct gt_lock *lock = gt_lock_create("lock");
	has_item = gt_cond_create_on(lock, "item");
	has_room = gt_cond_create_on(lock, "room");
	n_items = 0;
	struct gt_task *consumer = gt_spawn(consume, lock, "consumer");
	for (int i = 0; i < 3; i++) {
		int rc = gt_cond_acquire(has_room);
		while (!rc && n_items == 1)
			rc = gt_cond_wait(has_room);
		n_items++;
		tell("put,%d,%d,%d", n_items, gt_lock_is_locked(lock), gt_cond_is_locked(has_item));
		rc = gt_cond_notify(has_item, 1);
		rc = gt_cond_release(has_room);
	}
	int rc = gt_await(consumer);
	tell("%s,%s", word(rc), gt_cond_notify(has_item, 1) == GT_ENOTHELD ? "state" : "ok");
	return 0;
}

/* ---- What objects are asked ---- */

static int take_permit(void *arg)
{
	int rc = gt_sem_acquire(arg);
	tell("taken,%d", gt_sem_is_locked(arg));
	return rc;
}

static int sem__asked(void *arg)
{
	(void)arg;
	struct gt_sem *sem = gt_sem_create("sem", 1);
	tell("%d", gt_sem_is_locked(sem));
	int rc = gt_sem_acquire(sem);
	tell("%d", gt_sem_is_locked(sem));
	gt_spawn(take_permit, sem, "a");
	struct gt_task *b = gt_spawn(take_permit, sem, "b");
	rc = gt_sleep(GT_MS(1));
	(void)gt_sem_release(sem);
	(void)gt_sem_release(sem);
	(void)gt_sem_release(sem);
	tell("%d", gt_sem_is_locked(sem)); /* one is left, and those two are on their way */
	gt_cancel(b);
	rc = gt_sleep(GT_MS(1));
	tell("%d,%s", gt_sem_is_locked(sem), word(rc));
	return 0;
}

static int meet(void *arg)
{
	tell("%s", gt_barrier_wait(arg, NULL) ? gt_error_name(gt_error()) : "met");
	return 0;
}

static void ask_barrier(const struct gt_barrier *barrier)
{
	tell("%zu,%zu,%d", gt_barrier_parties(barrier), gt_barrier_n_waiting(barrier),
	     gt_barrier_is_broken(barrier));
}

static int barrier__asked(void *arg)
{
	(void)arg;
	struct gt_barrier *barrier = gt_barrier_create("b", 3);
	ask_barrier(barrier);
	gt_spawn(meet, barrier, "a");
	gt_spawn(meet, barrier, "b");
	int rc = gt_sleep(GT_MS(1));
	ask_barrier(barrier);
	rc = gt_barrier_wait(barrier, NULL);
	ask_barrier(barrier); /* it drains */
	rc = gt_sleep(GT_MS(1));
	gt_spawn(meet, barrier, "c");
	rc = gt_sleep(GT_MS(1));
	rc = gt_barrier_abort(barrier);
	ask_barrier(barrier);
	rc = gt_sleep(GT_MS(1));
	rc = gt_barrier_reset(barrier);
	ask_barrier(barrier);
	return rc;
}

static void ask_queue(const struct gt_queue *queue)
{
	tell("%zu,%zu,%d,%d", gt_queue_capacity(queue), gt_queue_size(queue),
	     gt_queue_is_empty(queue), gt_queue_is_full(queue));
}

static int join_it(void *arg)
{
	int rc = gt_queue_join(arg);
	tell("join,%s", word(rc));
	return rc;
}

static int queue__asked_and_join_cancelled(void *arg)
{
	(void)arg;
	struct gt_queue *queue = gt_queue_create("q", 2);
	ask_queue(queue);
	int rc = gt_queue_put(queue, 1);
	ask_queue(queue);
	rc = gt_queue_put(queue, 2);
	ask_queue(queue);
	ask_queue(gt_queue_create("unbounded", 0));
	struct gt_task *a = gt_spawn(join_it, queue, "a");
	gt_spawn(join_it, queue, "b");
	rc = gt_sleep(GT_MS(1));
	gt_cancel(a);
	rc = gt_queue_task_done(queue);
	rc = gt_sleep(GT_MS(1));
	tell("%s", word(rc));
	rc = gt_queue_task_done(queue);
	return gt_sleep(GT_MS(1));
}

/* ---- Times ---- */

static int timeout__at_a_time(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(10));
	struct gt_timeout *limit = gt_timeout_enter_at(GT_MS(15));
	tell("%d", (int)(gt_timeout_when(limit) / 1000000));
	rc = gt_timeout_reschedule(limit, GT_MS(17));
	tell("%d", (int)(gt_timeout_when(limit) / 1000000));
	rc = gt_sleep(GT_MS(50));
	tell("%s", word(gt_timeout_exit(limit, rc)));
	limit = gt_timeout_enter_at(GT_MS(1));
	gt_spawn(beside, NULL, "beside");
	rc = gt_sleep(GT_MS(50));
	tell("%s", word(gt_timeout_exit(limit, rc)));
	limit = gt_timeout_enter_at(GT_FOREVER);
	tell("%s", gt_timeout_when(limit) == GT_FOREVER ? "None" : "some");
	return gt_timeout_exit(limit, 0);
}

static void say(void *arg)
{
	tell("%s", (char *)arg);
}

static void take_back(void *arg)
{
	tell("take");
	gt_timer_cancel(arg);
}

static int call_soon__taken_back(void *arg)
{
	(void)arg;
	gt_timer_cancel(gt_call_soon_timer(say, "one", "one"));
	gt_call_soon_timer(say, "two", "two");
	struct gt_timer *three = gt_call_later(GT_MS(30), say, "three", "three");
	gt_call_soon(take_back, three, "take");
	tell("%d", (int)(gt_timer_when(three) / 1000000));
	return gt_sleep(GT_MS(50));
}

/* ---- The table, which test_odd_futures_twins.py reads: name, story ---- */

#define STORIES(X)                                                                                 \
	X(future__gathered_with_a_task, "0:ok 10:ok,7,10,1,7 10:beside 10:ok")                     \
	X(future__gather_is_cancelled, "10:1,0,1 10:cancelled,1")                                  \
	X(future__gather_fails_early, "10:ValueError,0 10:1 10:ok 10:ok,3,error,cancelled")        \
	X(future__waited_for_with_tasks, "5:ok,1 10:ok,1 15:ok,2")                                 \
	X(future__as_completed, "5:ok5 10:ok7 20:timeout0 20:0")                                   \
	X(future__wait_for,                                                                        \
	  "10:timeout,1 15:ok,7 15:ok,7 15:timeout,1 20:waiter,cancelled 20:cancelled,1")          \
	X(future__shielded,                                                                        \
	  "5:waiter,cancelled,0 5:cancelled,0 5:waiter,ok,3 10:waiter,cancelled,0")                \
	X(future__callbacks, "0:1 0:0 0:a,1 0:awaited,ok 0:a,1 0:c,1 0:late,1 0:ok")               \
	X(result__before_and_after,                                                                \
	  "0:state 0:error,0 5:ok,5 10:state 10:ValueError,ValueError 10:cancelled,0")             \
	X(task__is_a_future, "0:state 0:state 5:1,0 5:a,1 5:cancelled,1")                          \
	X(generator__sent, "0:TypeError 0:ok,0 0:ok,40 0:ok,50 0:stop 0:ok 0:stop")                \
	X(generator__thrown, "0:OSError 5:ok,-1 5:KeyError 5:KeyError 5:stop")                     \
	X(cond__wait_for,                                                                          \
	  "0:0 0:a1 0:b1 10:a1 10:b1 11:ok 21:b,cancelled,1 21:a2 22:ok 32:a3 32:a,ok,1 33:ok")    \
	X(cond__two_on_one_lock,                                                                   \
	  "0:put,1,1,1 0:get,0 0:put,1,1,1 0:get,0 0:put,1,1,1 0:get,0 0:ok,state")                \
	X(sem__asked, "0:0 0:1 1:1 1:taken,1 1:taken,0 2:0,ok")                                    \
	X(barrier__asked,                                                                          \
	  "0:3,0,0 1:3,2,0 1:3,0,0 1:met 1:met 3:3,0,1 3:BrokenBarrierError 4:3,0,0")              \
	X(queue__asked_and_join_cancelled,                                                         \
	  "0:2,0,1,0 0:2,1,0,0 0:2,2,0,1 0:0,0,1,0 1:join,cancelled 2:ok 2:join,ok")               \
	X(timeout__at_a_time, "10:15 10:17 17:timeout 17:beside 17:timeout 17:None")               \
	X(call_soon__taken_back, "0:30 0:two 0:take")

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
