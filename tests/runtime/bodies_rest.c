/* Bodies with what the others do not need: tasks and objects that are looked at and given up, errors that are passed on, limits that move,
 * things that a scope gives back.
 */
#include <signal.h>

#include "tests/runtime/bodies.h"

#define TRY(call)                                                                                  \
	do {                                                                                       \
		int rc_ = (call);                                                                  \
		if (rc_)                                                                           \
			return rc_;                                                                \
	} while (0)
#define NEED(thing)                                                                                \
	do {                                                                                       \
		if (!(thing))                                                                      \
			return GT_ENOMEM;                                                          \
	} while (0)
#define EXPECT(fact)                                                                               \
	do {                                                                                       \
		if (!(fact))                                                                       \
			return GT_EVALUE;                                                          \
	} while (0)

static int nap(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(1));
}

/* ---- Tasks and errors ---- */

static int take_it_back(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_S(1));
	if (rc != GT_ECANCELED || gt_resumed().code != GT_ECANCELED)
		return rc ? rc : GT_EVALUE;
	EXPECT(gt_cancelling(gt_self()) == 1);
	EXPECT(gt_uncancel(gt_self()) == 0);
	gt_var_read("a variable that nobody has written", 3);
	return gt_return(5);
}

static int break_down(void *arg)
{
	(void)arg;
	TRY(gt_sleep(0));
	int rc = gt_raise("OSError", "disk %d is full", 7);
	return rc == GT_EFAILED ? gt_raise_from(gt_error(), "ConfigError", "cannot read %s", "it")
	                        : rc;
}

/* Awaits the one that breaks down, keeps its error, and fails with it after something else has failed. */
static int pass_it_on(void *arg)
{
	int rc = gt_await(arg);
	if (rc != GT_EFAILED)
		return rc ? rc : GT_EVALUE;
	NEED(gt_task_error(arg));
	const struct gt_error *kept = gt_error_retain(gt_error());
	rc = gt_raise("KeyError", "%s", "another one");
	if (rc == GT_EFAILED)
		rc = gt_reraise(kept);
	gt_error_release(kept);
	return rc;
}

int body_tasks_looked_at(void *arg)
{
	intptr_t value = 0;
	struct gt_task *some[2];
	(void)arg;
	struct gt_task *a = gt_spawn(take_it_back, NULL, "a"),
	               *b = gt_spawn(break_down, NULL, NULL);
	NEED(a && b);
	struct gt_task *c = gt_spawn(pass_it_on, b, "c");
	NEED(c);
	EXPECT(gt_retain(a) == a && gt_id(a) && gt_name(a)[0] == 'a');
	gt_release(a);
	gt_set_priority(a, 1);
	EXPECT(gt_tasks(some, 2) == 4 && !gt_is_done(a) && !gt_is_cancelled(a));
	TRY(gt_sleep(0));
	if (!gt_cancel(a))
		return gt_result(a, NULL); /* it could not wait */
	int rc = gt_await(c);
	if (rc != GT_EFAILED)
		return rc ? rc : GT_EVALUE;
	EXPECT(gt_result(c, NULL) == rc);
	/* who failed has failed, also where its words found no memory */
	NEED(gt_error_name(gt_error())[0] == 'C' && gt_error_message(gt_error())[0] == 'c');
	TRY(gt_await(a));
	TRY(gt_result(a, &value));
	EXPECT(value == 5);
	(void)gt_unguarded_stacks();
	gt_release(a);
	gt_release(b);
	gt_release(c);
	return 0;
}

/* ---- Time ---- */

static void never(void *arg)
{
	(void)arg;
}

static int in_time(uint64_t until_ns)
{
	struct gt_timeout *limit = gt_timeout_enter_at(gt_now() + GT_MS(5));
	NEED(limit);
	int rc = gt_timeout_reschedule(limit, GT_FOREVER);
	if (!rc)
		rc = gt_timeout_reschedule(limit, until_ns);
	if (!rc && gt_timeout_when(limit) != until_ns)
		rc = GT_EVALUE;
	if (!rc)
		rc = gt_sleep(GT_MS(10));
	if (rc == GT_ECANCELED && !gt_timeout_is_expired(limit))
		rc = GT_EVALUE;
	return gt_timeout_exit(limit, rc);
}

static int the_first_of(struct gt_task *const tasks[], size_t n)
{
	struct gt_task *next;
	struct gt_completion *completion = gt_as_completed_within(tasks, n, GT_MS(2));
	NEED(completion);
	GT_RELEASE_AT_EXIT(completion);
	return gt_as_completed_next(completion, &next);
}

int body_limits_moved(void *arg)
{
	(void)arg;
	struct gt_timer *soon = gt_call_soon_timer(never, NULL, "a call that is taken back");
	NEED(soon);
	EXPECT(gt_timer_when(soon) == 0);
	gt_timer_cancel(soon);
	TRY(in_time(gt_now() + GT_MS(20)));
	int rc = in_time(gt_now() + GT_MS(2));
	if (rc != GT_ETIMEDOUT)
		return rc ? rc : GT_EVALUE;
	struct gt_task *naps[2] = {gt_spawn(nap, NULL, "one"), gt_spawn(nap, NULL, "two")};
	NEED(naps[0] && naps[1]);
	TRY(the_first_of(naps, 2));
	TRY(gt_join(naps[0]));
	return gt_join(naps[1]);
}

/* ---- Objects ---- */

static int stand_at(void *arg)
{
	int rc = gt_barrier_wait(arg, NULL);
	return rc == GT_EBROKEN ? 0 : rc;
}

/* Empty it while one waits, and break it while another one does. */
static int barrier_given_up(struct gt_barrier *barrier)
{
	for (int i = 0; i < 2; i++) {
		struct gt_task *task = gt_spawn(stand_at, barrier, NULL);
		NEED(task);
		TRY(gt_sleep(0));
		EXPECT(gt_barrier_parties(barrier) == 2 && !gt_barrier_is_broken(barrier));
		TRY(i ? gt_barrier_abort(barrier) : gt_barrier_reset(barrier));
		TRY(gt_join(task));
		EXPECT(gt_barrier_n_waiting(barrier) == 0);
	}
	return gt_barrier_is_broken(barrier) ? gt_barrier_destroy(barrier) : GT_EVALUE;
}

static int queue_given_up(struct gt_queue *queue)
{
	intptr_t item;
	int rc = gt_queue_put_nowait(queue, 4);
	TRY(rc);
	EXPECT(gt_queue_is_full(queue) && gt_queue_size(queue) == 1 &&
	       gt_queue_capacity(queue) == 1);
	EXPECT(gt_queue_get_nowait(queue, &item) == 0 && gt_queue_is_empty(queue));
	return gt_queue_destroy(queue);
}

static int futures_given_up(void)
{
	struct gt_future *a = gt_future_create("a"), *b = gt_future_create("b");
	NEED(a && b);
	EXPECT(gt_future_cancel(a) && gt_future_is_cancelled(a) && gt_future_is_done(a));
	TRY(gt_future_fail(b, "OSError", "gone"));
	(void)gt_future_error(b);
	TRY(gt_future_destroy(a));
	return gt_future_destroy(b);
}

int body_objects_given_up(void *arg)
{
	(void)arg;
	struct gt_lock *lock = gt_lock_create("lock");
	struct gt_cond *cond = gt_cond_create("cond");
	struct gt_event *event = gt_event_create("event");
	struct gt_sem *sem = gt_sem_create("sem", 2);
	struct gt_barrier *barrier = gt_barrier_create("barrier", 2);
	struct gt_queue *queue = gt_queue_create("queue", 1);
	struct gt_thread_lock *thread_lock = gt_thread_lock_create("of threads");
	struct gt_coro *coro = gt_coro(nap, NULL, "never made");
	NEED(lock && cond && event && sem && barrier && queue && thread_lock && coro);
	TRY(gt_event_set(event));
	TRY(gt_event_clear(event));
	EXPECT(!gt_event_is_set(event) && !gt_lock_is_locked(lock) && !gt_cond_is_locked(cond));
	EXPECT(!gt_sem_is_locked(sem) && gt_sem_value(sem) == 2);
	TRY(barrier_given_up(barrier));
	TRY(queue_given_up(queue));
	TRY(futures_given_up());
	gt_coro_drop(coro);
	TRY(gt_lock_destroy(lock));
	TRY(gt_cond_destroy(cond));
	TRY(gt_event_destroy(event));
	TRY(gt_sem_destroy(sem));
	return gt_thread_lock_destroy(thread_lock);
}

/* ---- Given back by the scope ---- */

static int endless(struct gt_gen *gen, void *arg)
{
	(void)arg;
	int rc = 0;
	for (intptr_t i = 0; !rc; i++)
		rc = gt_yield(gen, i);
	return rc;
}

static int hold_all(struct gt_lock *lock, struct gt_sem *sem, struct gt_cond *cond)
{
	intptr_t value;
	TRY(gt_lock_acquire(lock));
	GT_RELEASE_AT_EXIT(lock);
	TRY(gt_sem_acquire(sem));
	GT_RELEASE_AT_EXIT(sem);
	TRY(gt_cond_acquire(cond));
	GT_RELEASE_AT_EXIT(cond);
	struct gt_task *task = gt_spawn(nap, NULL, "nap");
	NEED(task);
	GT_RELEASE_AT_EXIT(task);
	struct gt_gen *gen = gt_gen_create(endless, NULL, "endless");
	NEED(gen);
	GT_RELEASE_AT_EXIT(gen);
	TRY(gt_gen_next(gen, &value));
	return gt_await(task);
}

int body_given_back(void *arg)
{
	(void)arg;
	struct gt_lock *lock = gt_lock_create("lock");
	struct gt_sem *sem = gt_sem_create("sem", 1);
	struct gt_cond *cond = gt_cond_create("cond");
	NEED(lock && sem && cond);
	TRY(hold_all(lock, sem, cond));
	EXPECT(!gt_lock_is_locked(lock) && !gt_sem_is_locked(sem) && !gt_cond_is_locked(cond));
	return 0;
}

int body_given_back_outside(void *arg)
{
	static const char *const argv[] = {"sh", "-c", "echo no >&2; exec sleep 100", NULL};
	char byte;
	int number;
	struct gt_listener *listener;
	struct gt_process *process;
	(void)arg;
	TRY(gt_tcp_listen("port", "127.0.0.1", 0, &listener));
	GT_RELEASE_AT_EXIT(listener);
	const struct gt_process_options options = {.name = "sleeper",
	                                           .file = "sh",
	                                           .argv = argv,
	                                           .input = GT_STDIO_NULL,
	                                           .output = GT_STDIO_NULL,
	                                           .errors = GT_STDIO_PIPE};
	TRY(gt_process_spawn(&options, &process));
	GT_RELEASE_AT_EXIT(process);
	struct gt_stream *errors = gt_process_errors(process);
	GT_RELEASE_AT_EXIT(errors);
	EXPECT(gt_process_id(process) > 0);
	TRY(gt_stream_read_exactly(errors, &byte, 1));
	TRY(gt_process_kill(process, SIGTERM));
	TRY(gt_process_wait(process, NULL, &number));
	return number == SIGTERM ? 0 : GT_EVALUE;
}
