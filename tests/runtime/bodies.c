/* Each body does its work without a word, and returns the first code that it was given; what a create function cannot give it says is
 * GT_ENOMEM. Those that need each other stand in a group, so that the end of one is the end of all.
 */
#include "tests/runtime/bodies.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

#define LONG_NAME "a task whose name is longer than what a task has room for in itself"

/* What a group says of those that failed in it: that memory was missing, if it was for each of them. */
static int group_code(int rc)
{
	if (rc != GT_EGROUP)
		return rc;
	const struct gt_error *all = gt_error();
	for (size_t i = 0; i < gt_error_n_causes(all); i++)
		if (gt_error_code(gt_error_cause(all, i)) != GT_ENOMEM)
			return rc;
	return GT_ENOMEM;
}

static int nap(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(1));
}

static int fail(void *arg)
{
	(void)arg;
	TRY(gt_sleep(GT_MS(1)));
	return gt_raise("ValueError", "%s", "as it was told to");
}

/* ---- Tasks ---- */

static int say(void *arg)
{
	(void)arg;
	gt_log("%0*d", 2000, 7);
	gt_mark("chapter", "one");
	gt_var_write("counter", 1);
	TRY(gt_return_text("the answer is %d", 42));
	return 0;
}

static int number(void *arg)
{
	(void)arg;
	return gt_return(42);
}

static void told(struct gt_task *task, void *arg)
{
	(void)task;
	++*(int *)arg;
}

static int tasks(void *arg)
{
	int n_told = 0;
	(void)arg;
	struct gt_task *a = gt_spawn(say, NULL, LONG_NAME), *b = gt_spawn(number, NULL, NULL);
	struct gt_task *c = gt_spawn(fail, NULL, "c"), *d = gt_spawn(nap, NULL, "d");
	if (!a || !b || !c || !d)
		return GT_ENOMEM;
	TRY(gt_set_name(b, LONG_NAME LONG_NAME));
	int rc = gt_add_done_callback(a, told, &n_told, "told");
	if (!rc)
		rc = gt_add_done_callback(b, told, &n_told, "told");
	if (!rc && gt_remove_done_callback(b, told, &n_told) != 1)
		rc = GT_EVALUE;
	if (!rc)
		rc = gt_await(a);
	if (!rc)
		rc = gt_await(b);
	(void)gt_remove_done_callback(a, told, &n_told);
	gt_release(a);
	TRY(rc);
	TRY(*gt_text(b) && strcmp(gt_text(b), "42") ? GT_EVALUE : 0);
	gt_release(b);
	gt_cancel(d);
	rc = gt_join(d);
	TRY(rc == GT_ECANCELED ? 0 : rc);
	rc = gt_join(c);
	return rc == GT_EFAILED ? 0 : rc;
}

static int late_call_ran;

static void late_call(void *arg)
{
	(void)arg;
	late_call_ran = 1;
}

static int futures(void *arg)
{
	intptr_t value;
	(void)arg;
	struct gt_future *future = gt_future_create("future"), *other = gt_future_create(NULL);
	NEED(future && other);
	TRY(gt_call_soon(late_call, NULL, "soon"));
	struct gt_timer *timer = gt_call_later(GT_MS(1), late_call, NULL, "later");
	NEED(timer);
	gt_timer_cancel(timer);
	NEED(gt_call_at(gt_now() + GT_MS(2), late_call, NULL, "at"));
	TRY(gt_future_set(future, 7));
	TRY(gt_future_await(future, &value));
	TRY(gt_future_fail(other, "OSError", "nobody answers"));
	int rc = gt_future_await(other, NULL);
	gt_future_destroy(future);
	return rc == GT_EFAILED ? gt_sleep(GT_MS(5)) : rc;
}

/* ---- Several at once ---- */

#define N_MANY 40

static int spawn_naps(struct gt_task *naps[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		NEED(naps[i] = gt_spawn(nap, NULL, NULL));
	return 0;
}

static int together(void *arg)
{
	struct gt_task *naps[N_MANY], *next;
	struct gt_outcome outcomes[N_MANY];
	(void)arg;
	TRY(spawn_naps(naps, N_MANY));
	TRY(gt_gather(naps, N_MANY, NULL));
	NEED(naps[0] = gt_spawn(fail, NULL, "fails"));
	TRY(gt_gather_all(naps, N_MANY, outcomes));
	TRY(outcomes[0].code == GT_EFAILED ? 0 : outcomes[0].code);
	TRY(spawn_naps(naps, 3));
	TRY(gt_wait(naps, 3, GT_ALL_COMPLETED, GT_MS(5)));
	TRY(spawn_naps(naps, 3));
	struct gt_completion *completion = gt_as_completed(naps, 3);
	NEED(completion);
	int rc;
	do
		rc = gt_as_completed_next(completion, &next);
	while (!rc);
	gt_as_completed_end(completion);
	return rc == GT_EEMPTY ? 0 : rc;
}

static int group_of_failures(void *arg)
{
	(void)arg;
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = 0;
	for (size_t i = 0; !rc && i < 6; i++)
		rc = gt_group_spawn(group, fail, NULL, "member %zu", i) ? 0 : GT_ENOMEM;
	rc = gt_group_exit(group, rc);
	return group_code(rc) == GT_ENOMEM ? GT_ENOMEM : rc == GT_EGROUP ? 0 : rc;
}

static int scopes(void *arg)
{
	(void)arg;
	struct gt_timeout *limit = gt_timeout_enter(GT_MS(1));
	int rc = limit ? gt_sleep(GT_MS(10)) : 0;
	rc = gt_timeout_exit(limit, rc);
	TRY(rc == GT_ETIMEDOUT ? 0 : rc);
	struct gt_task *task = gt_spawn(nap, NULL, "shielded");
	NEED(task);
	rc = gt_shield(task, NULL);
	gt_release(task);
	TRY(rc);
	NEED(task = gt_spawn(nap, NULL, "limited"));
	rc = gt_wait_for(task, GT_US(1), NULL);
	gt_release(task);
	TRY(rc == GT_ETIMEDOUT ? 0 : rc);
	return group_of_failures(NULL);
}

/* ---- Synchronisation ---- */

static struct {
	struct gt_lock *lock;
	struct gt_sem *sem, *bsem;
	struct gt_event *event;
	struct gt_cond *cond;
	struct gt_barrier *barrier;
	struct gt_queue *queue, *lifo, *prio;
	bool is_open;
} shared;

static int contend(void *arg)
{
	(void)arg;
	TRY(gt_lock_acquire(shared.lock));
	int rc = gt_sleep(GT_MS(1));
	gt_lock_release(shared.lock);
	TRY(rc);
	TRY(gt_sem_acquire(shared.sem));
	rc = gt_sem_acquire(shared.bsem);
	if (!rc) {
		rc = gt_sleep(GT_MS(1));
		gt_sem_release(shared.bsem);
	}
	gt_sem_release(shared.sem);
	TRY(rc);
	TRY(gt_cond_acquire(shared.cond));
	while (!rc && !shared.is_open)
		rc = gt_cond_wait(shared.cond);
	gt_cond_release(shared.cond);
	TRY(rc);
	TRY(gt_event_wait(shared.event));
	return gt_barrier_wait(shared.barrier, NULL);
}

static int open_up(void *arg)
{
	(void)arg;
	TRY(gt_sleep(GT_MS(20)));
	TRY(gt_cond_acquire(shared.cond));
	shared.is_open = true;
	int rc = gt_cond_notify_all(shared.cond);
	gt_cond_release(shared.cond);
	TRY(rc);
	gt_event_set(shared.event);
	return 0;
}

#define N_CONTENDERS 6

static int synchronisation(void *arg)
{
	(void)arg;
	shared.is_open = false;
	NEED(shared.lock = gt_lock_create("lock"));
	NEED(shared.sem = gt_sem_create("sem", 5));
	NEED(shared.bsem = gt_bsem_create("bsem", 2));
	NEED(shared.event = gt_event_create(NULL));
	NEED(shared.cond = gt_cond_create("cond"));
	NEED(shared.barrier = gt_barrier_create("barrier", N_CONTENDERS));
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = gt_group_spawn(group, open_up, NULL, "opener") ? 0 : GT_ENOMEM;
	for (int i = 0; !rc && i < N_CONTENDERS; i++)
		rc = gt_group_spawn(group, contend, NULL, NULL) ? 0 : GT_ENOMEM;
	return group_code(gt_group_exit(group, rc));
}

#define N_ITEMS 40

static int produce(void *arg)
{
	(void)arg;
	for (intptr_t i = 0; i < N_ITEMS; i++) {
		TRY(gt_queue_put(shared.queue, i));
		TRY(gt_queue_put(shared.lifo, i));
		TRY(gt_queue_put_nowait(shared.prio, -i));
	}
	return gt_queue_join(shared.queue);
}

static int consume(void *arg)
{
	intptr_t item;
	(void)arg;
	for (int i = 0; i < N_ITEMS; i++) {
		TRY(gt_queue_get(shared.queue, &item));
		TRY(gt_queue_get(shared.lifo, &item));
		TRY(gt_queue_task_done(shared.queue));
	}
	for (intptr_t i = N_ITEMS; i-- > 0;) {
		TRY(gt_queue_get(shared.prio, &item));
		TRY(item == -i ? 0 : GT_EVALUE);
	}
	return 0;
}

static int queues(void *arg)
{
	(void)arg;
	NEED(shared.queue = gt_queue_create("queue", 2));
	NEED(shared.lifo = gt_lifo_create("lifo", 0));
	NEED(shared.prio = gt_prio_create(NULL, 0));
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = gt_group_spawn(group, produce, NULL, "producer") ? 0 : GT_ENOMEM;
	if (!rc)
		rc = gt_group_spawn(group, consume, NULL, "consumer") ? 0 : GT_ENOMEM;
	return group_code(gt_group_exit(group, rc));
}

/* ---- Threads ---- */

static struct gt_thread_lock *thread_lock;

static int compute(void *arg)
{
	(void)arg;
	TRY(gt_thread_lock_acquire(thread_lock));
	gt_block(GT_US(100));
	return gt_thread_lock_release(thread_lock);
}

static int on_a_thread(void *arg)
{
	(void)arg;
	return gt_thread(compute, NULL, "compute");
}

static int threads(void *arg)
{
	(void)arg;
	NEED(thread_lock = gt_thread_lock_create("lock of threads"));
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = 0;
	for (int i = 0; !rc && i < 6; i++)
		rc = gt_group_spawn(group, on_a_thread, NULL, NULL) ? 0 : GT_ENOMEM;
	return group_code(gt_group_exit(group, rc));
}

/* ---- Coroutines ---- */

static int three_values(struct gt_gen *gen, void *arg)
{
	(void)arg;
	for (intptr_t i = 0; i < 3; i++) {
		TRY(gt_sleep(GT_MS(1)));
		TRY(gt_yield(gen, i));
	}
	return 0;
}

static int coroutines(void *arg)
{
	intptr_t value;
	(void)arg;
	struct gt_gen *whole = gt_gen_create(three_values, NULL, "whole");
	NEED(whole);
	int rc;
	while (!(rc = gt_gen_next(whole, &value)))
		;
	TRY(rc == GT_ESTOP ? 0 : rc);
	TRY(gt_gen_release(whole));
	struct gt_gen *part = gt_gen_create(three_values, NULL, "part");
	NEED(part);
	TRY(gt_gen_next(part, &value));
	TRY(gt_gen_release(part));
	struct gt_gen *left = gt_gen_create(three_values, NULL, "left");
	NEED(left);
	TRY(gt_gen_next(left, &value));
	struct gt_coro *coro = gt_coro(nap, NULL, "coro");
	NEED(coro);
	TRY(gt_coro_await(coro));
	NEED(coro = gt_coro(nap, NULL, "spawned"));
	struct gt_task *task = gt_coro_spawn(coro);
	NEED(task);
	TRY(gt_join(task));
	NEED(gt_coro(nap, NULL, "never awaited"));
	return 0;
}

/* ---- The world outside ---- */

static int greet(struct gt_stream *stream)
{
	char line[100], bytes[5];
	size_t n;
	TRY(gt_stream_write(stream, "hello\nworld", 11));
	TRY(gt_stream_shutdown(stream));
	TRY(gt_stream_read_line(stream, line, sizeof line, &n));
	TRY(gt_stream_read_exactly(stream, bytes, 5));
	return gt_stream_read(stream, line, sizeof line, &n);
}

static int client(void *arg)
{
	struct gt_stream *stream;
	TRY(gt_tcp_connect("client", "127.0.0.1", gt_listener_port(arg), &stream));
	int rc = greet(stream);
	gt_stream_close(stream);
	return rc;
}

static int server(void *arg)
{
	struct gt_stream *stream;
	TRY(gt_tcp_accept(arg, "server", &stream));
	int rc = greet(stream);
	gt_stream_close(stream);
	return rc;
}

static int streams(void *arg)
{
	struct gt_listener *listener;
	(void)arg;
	TRY(gt_tcp_listen("port", "127.0.0.1", 0, &listener));
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = gt_group_spawn(group, server, listener, "server") ? 0 : GT_ENOMEM;
	if (!rc)
		rc = gt_group_spawn(group, client, listener, "client") ? 0 : GT_ENOMEM;
	return group_code(gt_group_exit(group, rc));
}

static int names(void *arg)
{
	struct gt_listener *listener;
	(void)arg;
	TRY(gt_tcp_listen("named", "localhost", 0, &listener));
	gt_listener_close(listener);
	return 0;
}

static int use_folder(const char *folder)
{
	char path[64], buffer[16], *data;
	size_t n;
	struct gt_file *file;
	snprintf(path, sizeof path, "%s/file", folder);
	TRY(gt_fs_write_file(path, "some bytes", 10));
	TRY(gt_fs_read_file(path, &data, &n));
	free(data);
	TRY(gt_fs_open(path, O_RDWR, 0, &file));
	int rc = gt_fs_read(file, buffer, sizeof buffer, &n);
	if (!rc)
		rc = gt_fs_write(file, "more", 4);
	int closed = gt_fs_close(file);
	return rc ? rc : closed;
}

static int files(void *arg)
{
	char folder[] = "/tmp/ganttop-test-XXXXXX", path[64];
	struct gt_stat found;
	(void)arg;
	TRY(gt_fs_mkdtemp(folder));
	int rc = use_folder(folder);
	if (!rc)
		rc = gt_fs_stat(folder, &found);
	snprintf(path, sizeof path, "%s/file", folder);
	int removed = gt_fs_unlink(path);
	if (!removed)
		removed = gt_fs_rmdir(folder);
	(void)unlink(path); /* whatever was missing, nothing stays behind */
	(void)rmdir(folder);
	return rc ? rc : removed;
}

static int processes(void *arg)
{
	static const char *const argv[] = {"cat", NULL};
	const struct gt_process_options o = {.file = "cat",
	                                     .argv = argv,
	                                     .input = GT_STDIO_PIPE,
	                                     .output = GT_STDIO_PIPE,
	                                     .errors = GT_STDIO_NULL};
	struct gt_process *process;
	char line[16];
	(void)arg;
	TRY(gt_process_spawn(&o, &process));
	int rc = gt_stream_write(gt_process_input(process), "miau\n", 5);
	gt_stream_close(gt_process_input(process));
	if (!rc)
		rc = gt_stream_read_line(gt_process_output(process), line, sizeof line, NULL);
	if (!rc)
		rc = gt_process_wait(process, NULL, NULL);
	gt_stream_close(gt_process_output(process));
	gt_process_close(process);
	return rc;
}

/* ---- Ends ---- */

static int hold_first(void *arg)
{
	struct gt_lock **locks = arg;
	TRY(gt_lock_acquire(locks[0]));
	TRY(gt_sleep(GT_MS(1)));
	return gt_lock_acquire(locks[1]);
}

static int crosswise(void *arg)
{
	(void)arg;
	static struct gt_lock *locks[3];
	NEED(locks[0] = gt_lock_create("left"));
	NEED(locks[1] = gt_lock_create("right"));
	locks[2] = locks[0];
	struct gt_group *group = gt_group_enter();
	NEED(group);
	int rc = gt_group_spawn(group, hold_first, locks, "A") ? 0 : GT_ENOMEM;
	if (!rc)
		rc = gt_group_spawn(group, hold_first, locks + 1, "B") ? 0 : GT_ENOMEM;
	return group_code(gt_group_exit(group, rc));
}

static int leftovers(void *arg)
{
	struct gt_task *naps[N_MANY];
	(void)arg;
	TRY(spawn_naps(naps, N_MANY));
	NEED(gt_call_later(GT_S(1), late_call, NULL, "never"));
	return gt_sleep(0);
}

const struct body bodies[] = {
        {"tasks", tasks, GT_CLOCK_VIRTUAL, 0},
        {"futures", futures, GT_CLOCK_VIRTUAL, 0},
        {"futures together", body_futures_together, GT_CLOCK_VIRTUAL, 0},
        {"generator spoken to", body_generator_spoken_to, GT_CLOCK_VIRTUAL, 0},
        {"conditions on one lock", body_conditions_on_one_lock, GT_CLOCK_VIRTUAL, 0},
        {"tasks looked at", body_tasks_looked_at, GT_CLOCK_VIRTUAL, 0},
        {"limits moved", body_limits_moved, GT_CLOCK_VIRTUAL, 0},
        {"objects given up", body_objects_given_up, GT_CLOCK_VIRTUAL, 0},
        {"given back", body_given_back, GT_CLOCK_VIRTUAL, 0},
        {"given back, outside", body_given_back_outside, GT_CLOCK_REAL, 0},
        {"together", together, GT_CLOCK_VIRTUAL, 0},
        {"scopes", scopes, GT_CLOCK_VIRTUAL, 0},
        {"synchronisation", synchronisation, GT_CLOCK_VIRTUAL, 0},
        {"queues", queues, GT_CLOCK_VIRTUAL, 0},
        {"threads, simulated", threads, GT_CLOCK_VIRTUAL, 0},
        {"threads", threads, GT_CLOCK_REAL, 0},
        {"coroutines", coroutines, GT_CLOCK_VIRTUAL, 0},
        {"streams", streams, GT_CLOCK_REAL, 0},
        {"names", names, GT_CLOCK_REAL, 0},
        {"files", files, GT_CLOCK_REAL, 0},
        {"processes", processes, GT_CLOCK_REAL, 0},
        {"crosswise", crosswise, GT_CLOCK_VIRTUAL, GT_EDEADLOCK},
        {"leftovers", leftovers, GT_CLOCK_VIRTUAL, 0},
};
const size_t n_bodies = sizeof bodies / sizeof bodies[0];
