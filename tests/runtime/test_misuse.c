/* Misuse is a code and a message: every function that takes a handle is given NULL, a handle of another loop, a handle whose life has ended (in
 * debug builds, which can tell) and a handle where no loop runs. test_misuse_table.py sees to it that no function is missing here.
 */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/one_of_each.h"
#include "tests/runtime/recording.h"

/* What a call says to a wrong handle: its code; nothing (0, false, NULL, ""), with the code in gt_error; for NULL nothing at all. */
enum shape { CODE, QUIET };

static intptr_t item;
static char buffer[16];
static size_t n_bytes;
static struct gt_task *next;
static struct gt_future *next_future;

static void ignore(struct gt_task *task, void *arg)
{
	(void)task;
	(void)arg;
}

static void ignore_future(struct gt_future *future, void *arg)
{
	(void)future;
	(void)arg;
}

static bool always(void *arg)
{
	(void)arg;
	return true;
}

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int done_quietly(void)
{
	return 0;
}

#define DO(call) ((call), done_quietly())

/* name of the function, kind of its handle, shape, whether NULL is allowed, the call with the handle `h` */
#define CALLS(X)                                                                                   \
	X(gt_release, TASK, QUIET, true, DO(gt_release(h)))                                        \
	X(gt_retain, TASK, QUIET, false, gt_retain(h) != NULL)                                     \
	X(gt_await_value, TASK, CODE, false, gt_await_value(h, NULL))                              \
	X(gt_await, TASK, CODE, false, gt_await(h))                                                \
	X(gt_join, TASK, CODE, false, gt_join(h))                                                  \
	X(gt_cancel, TASK, QUIET, false, gt_cancel(h))                                             \
	X(gt_uncancel, TASK, QUIET, false, (int)gt_uncancel(h))                                    \
	X(gt_cancelling, TASK, QUIET, false, (int)gt_cancelling(h))                                \
	X(gt_result, TASK, CODE, false, gt_result(h, NULL))                                        \
	X(gt_task_future, TASK, QUIET, false, gt_task_future(h) != NULL)                           \
	X(gt_is_done, TASK, QUIET, false, gt_is_done(h))                                           \
	X(gt_is_cancelled, TASK, QUIET, false, gt_is_cancelled(h))                                 \
	X(gt_name, TASK, QUIET, false, *gt_name(h))                                                \
	X(gt_set_name, TASK, CODE, false, gt_set_name(h, "new"))                                   \
	X(gt_add_done_callback, TASK, CODE, false, gt_add_done_callback(h, ignore, NULL, "c"))     \
	X(gt_remove_done_callback, TASK, QUIET, false,                                             \
	  (int)gt_remove_done_callback(h, ignore, NULL))                                           \
	X(gt_set_priority, TASK, QUIET, false, DO(gt_set_priority(h, 1)))                          \
	X(gt_id, TASK, QUIET, false, (int)gt_id(h))                                                \
	X(gt_text, TASK, QUIET, false, *gt_text(h))                                                \
	X(gt_task_error, TASK, QUIET, false, gt_task_error(h) != NULL)                             \
	X(gt_gather, TASK, CODE, false, gt_gather(&(struct gt_task *){h}, 1, NULL))                \
	X(gt_gather_all, TASK, CODE, false,                                                        \
	  gt_gather_all(&(struct gt_task *){h}, 1, &(struct gt_outcome){0}))                       \
	X(gt_wait, TASK, CODE, false,                                                              \
	  gt_wait(&(struct gt_task *){h}, 1, GT_ALL_COMPLETED, GT_FOREVER))                        \
	X(gt_as_completed, TASK, QUIET, false, gt_as_completed(&(struct gt_task *){h}, 1) != NULL) \
	X(gt_as_completed_within, TASK, QUIET, false,                                              \
	  gt_as_completed_within(&(struct gt_task *){h}, 1, GT_MS(1)) != NULL)                     \
	X(gt_wait_for, TASK, CODE, false, gt_wait_for(h, 1, NULL))                                 \
	X(gt_shield, TASK, CODE, false, gt_shield(h, NULL))                                        \
	X(gt_as_completed_next, COMPLETION, CODE, false, gt_as_completed_next(h, &next))           \
	X(gt_future_as_completed_next, COMPLETION, CODE, false,                                    \
	  gt_future_as_completed_next(h, &next_future))                                            \
	X(gt_as_completed_end, COMPLETION, QUIET, true, DO(gt_as_completed_end(h)))                \
	X(gt_coro_await, CORO, CODE, false, gt_coro_await(h))                                      \
	X(gt_coro_spawn, CORO, QUIET, false, gt_coro_spawn(h) != NULL)                             \
	X(gt_coro_drop, CORO, QUIET, true, DO(gt_coro_drop(h)))                                    \
	X(gt_gen_next, GEN, CODE, false, gt_gen_next(h, &item))                                    \
	X(gt_gen_send, GEN, CODE, false, gt_gen_send(h, 1, &item))                                 \
	X(gt_gen_throw, GEN, CODE, false, gt_gen_throw(h, GT_EVALUE, &item))                       \
	X(gt_yield_sent, GEN, CODE, false, gt_yield_sent(h, 1, &item))                             \
	X(gt_yield, GEN, CODE, false, gt_yield(h, 1))                                              \
	X(gt_gen_close, GEN, CODE, false, gt_gen_close(h))                                         \
	X(gt_gen_release, GEN, CODE, true, gt_gen_release(h))                                      \
	X(gt_timer_cancel, TIMER, QUIET, true, DO(gt_timer_cancel(h)))                             \
	X(gt_timer_when, TIMER, QUIET, false, (int)gt_timer_when(h))                               \
	X(gt_future_destroy, FUTURE, CODE, true, gt_future_destroy(h))                             \
	X(gt_future_set, FUTURE, CODE, false, gt_future_set(h, 1))                                 \
	X(gt_future_fail, FUTURE, CODE, false, gt_future_fail(h, "E", "m"))                        \
	X(gt_future_cancel, FUTURE, QUIET, false, gt_future_cancel(h))                             \
	X(gt_future_await, FUTURE, CODE, false, gt_future_await(h, NULL))                          \
	X(gt_future_is_done, FUTURE, QUIET, false, gt_future_is_done(h))                           \
	X(gt_future_is_cancelled, FUTURE, QUIET, false, gt_future_is_cancelled(h))                 \
	X(gt_future_error, FUTURE, QUIET, false, gt_future_error(h) != NULL)                       \
	X(gt_future_result, FUTURE, CODE, false, gt_future_result(h, NULL))                        \
	X(gt_future_add_done_callback, FUTURE, CODE, false,                                        \
	  gt_future_add_done_callback(h, ignore_future, NULL, "c"))                                \
	X(gt_future_remove_done_callback, FUTURE, QUIET, false,                                    \
	  (int)gt_future_remove_done_callback(h, ignore_future, NULL))                             \
	X(gt_future_gather, FUTURE, CODE, false,                                                   \
	  gt_future_gather(&(struct gt_future *){h}, 1, NULL))                                     \
	X(gt_future_gather_all, FUTURE, CODE, false,                                               \
	  gt_future_gather_all(&(struct gt_future *){h}, 1, &(struct gt_outcome){0}))              \
	X(gt_future_wait, FUTURE, CODE, false,                                                     \
	  gt_future_wait(&(struct gt_future *){h}, 1, GT_ALL_COMPLETED, GT_FOREVER))               \
	X(gt_future_wait_for, FUTURE, CODE, false, gt_future_wait_for(h, 1, NULL))                 \
	X(gt_future_shield, FUTURE, CODE, false, gt_future_shield(h, NULL))                        \
	X(gt_future_as_completed, FUTURE, QUIET, false,                                            \
	  gt_future_as_completed(&(struct gt_future *){h}, 1, GT_FOREVER) != NULL)                 \
	X(gt_timeout_reschedule, TIMEOUT, CODE, false, gt_timeout_reschedule(h, 1))                \
	X(gt_timeout_is_expired, TIMEOUT, QUIET, false, gt_timeout_is_expired(h))                  \
	X(gt_timeout_when, TIMEOUT, QUIET, false, gt_timeout_when(h) != GT_FOREVER)                \
	X(gt_group_spawn, GROUP, QUIET, false, gt_group_spawn(h, nothing, NULL, NULL) != NULL)     \
	X(gt_sem_destroy, SEM, CODE, true, gt_sem_destroy(h))                                      \
	X(gt_sem_acquire, SEM, CODE, false, gt_sem_acquire(h))                                     \
	X(gt_sem_release, SEM, CODE, false, gt_sem_release(h))                                     \
	X(gt_sem_value, SEM, QUIET, false, (int)gt_sem_value(h))                                   \
	X(gt_sem_is_locked, SEM, QUIET, false, gt_sem_is_locked(h))                                \
	X(gt_lock_destroy, LOCK, CODE, true, gt_lock_destroy(h))                                   \
	X(gt_lock_acquire, LOCK, CODE, false, gt_lock_acquire(h))                                  \
	X(gt_lock_release, LOCK, CODE, false, gt_lock_release(h))                                  \
	X(gt_lock_is_locked, LOCK, QUIET, false, gt_lock_is_locked(h))                             \
	X(gt_cond_create_on, LOCK, QUIET, false, gt_cond_create_on(h, "c") != NULL)                \
	X(gt_event_destroy, EVENT, CODE, true, gt_event_destroy(h))                                \
	X(gt_event_set, EVENT, CODE, false, gt_event_set(h))                                       \
	X(gt_event_clear, EVENT, CODE, false, gt_event_clear(h))                                   \
	X(gt_event_is_set, EVENT, QUIET, false, gt_event_is_set(h))                                \
	X(gt_event_wait, EVENT, CODE, false, gt_event_wait(h))                                     \
	X(gt_cond_destroy, COND, CODE, true, gt_cond_destroy(h))                                   \
	X(gt_cond_acquire, COND, CODE, false, gt_cond_acquire(h))                                  \
	X(gt_cond_release, COND, CODE, false, gt_cond_release(h))                                  \
	X(gt_cond_wait, COND, CODE, false, gt_cond_wait(h))                                        \
	X(gt_cond_wait_for, COND, CODE, false, gt_cond_wait_for(h, always, NULL))                  \
	X(gt_cond_notify, COND, CODE, false, gt_cond_notify(h, 1))                                 \
	X(gt_cond_notify_all, COND, CODE, false, gt_cond_notify_all(h))                            \
	X(gt_cond_is_locked, COND, QUIET, false, gt_cond_is_locked(h))                             \
	X(gt_barrier_destroy, BARRIER, CODE, true, gt_barrier_destroy(h))                          \
	X(gt_barrier_wait, BARRIER, CODE, false, gt_barrier_wait(h, NULL))                         \
	X(gt_barrier_abort, BARRIER, CODE, false, gt_barrier_abort(h))                             \
	X(gt_barrier_reset, BARRIER, CODE, false, gt_barrier_reset(h))                             \
	X(gt_barrier_parties, BARRIER, QUIET, false, (int)gt_barrier_parties(h))                   \
	X(gt_barrier_n_waiting, BARRIER, QUIET, false, (int)gt_barrier_n_waiting(h))               \
	X(gt_barrier_is_broken, BARRIER, QUIET, false, gt_barrier_is_broken(h))                    \
	X(gt_queue_destroy, QUEUE, CODE, true, gt_queue_destroy(h))                                \
	X(gt_queue_put, QUEUE, CODE, false, gt_queue_put(h, 1))                                    \
	X(gt_queue_get, QUEUE, CODE, false, gt_queue_get(h, &item))                                \
	X(gt_queue_put_nowait, QUEUE, CODE, false, gt_queue_put_nowait(h, 1))                      \
	X(gt_queue_get_nowait, QUEUE, CODE, false, gt_queue_get_nowait(h, &item))                  \
	X(gt_queue_task_done, QUEUE, CODE, false, gt_queue_task_done(h))                           \
	X(gt_queue_join, QUEUE, CODE, false, gt_queue_join(h))                                     \
	X(gt_queue_size, QUEUE, QUIET, false, (int)gt_queue_size(h))                               \
	X(gt_queue_capacity, QUEUE, QUIET, false, (int)gt_queue_capacity(h))                       \
	X(gt_queue_is_empty, QUEUE, QUIET, false, gt_queue_is_empty(h))                            \
	X(gt_queue_is_full, QUEUE, QUIET, false, gt_queue_is_full(h))                              \
	X(gt_thread_lock_destroy, TLOCK, CODE, true, gt_thread_lock_destroy(h))                    \
	X(gt_thread_lock_acquire, TLOCK, CODE, false, gt_thread_lock_acquire(h))                   \
	X(gt_thread_lock_release, TLOCK, CODE, false, gt_thread_lock_release(h))                   \
	X(gt_listener_port, LISTENER, QUIET, false, gt_listener_port(h))                           \
	X(gt_listener_close, LISTENER, QUIET, true, DO(gt_listener_close(h)))                      \
	X(gt_tcp_accept, LISTENER, CODE, false, gt_tcp_accept(h, NULL, &(struct gt_stream *){0}))  \
	X(gt_stream_read, STREAM, CODE, false, gt_stream_read(h, buffer, 1, &n_bytes))             \
	X(gt_stream_read_exactly, STREAM, CODE, false, gt_stream_read_exactly(h, buffer, 1))       \
	X(gt_stream_read_line, STREAM, CODE, false, gt_stream_read_line(h, buffer, 9, NULL))       \
	X(gt_stream_write, STREAM, CODE, false, gt_stream_write(h, "x", 1))                        \
	X(gt_stream_shutdown, STREAM, CODE, false, gt_stream_shutdown(h))                          \
	X(gt_stream_close, STREAM, QUIET, true, DO(gt_stream_close(h)))                            \
	X(gt_fs_read, FILE_, CODE, false, gt_fs_read(h, buffer, 1, &n_bytes))                      \
	X(gt_fs_write, FILE_, CODE, false, gt_fs_write(h, "x", 1))                                 \
	X(gt_fs_close, FILE_, CODE, true, gt_fs_close(h))                                          \
	X(gt_process_input, PROCESS, QUIET, false, gt_process_input(h) != NULL)                    \
	X(gt_process_output, PROCESS, QUIET, false, gt_process_output(h) != NULL)                  \
	X(gt_process_errors, PROCESS, QUIET, false, gt_process_errors(h) != NULL)                  \
	X(gt_process_id, PROCESS, QUIET, false, gt_process_id(h))                                  \
	X(gt_process_wait, PROCESS, CODE, false, gt_process_wait(h, NULL, NULL))                   \
	X(gt_process_kill, PROCESS, CODE, false, gt_process_kill(h, 9))                            \
	X(gt_process_close, PROCESS, QUIET, true, DO(gt_process_close(h)))

#define FUNCTION(name, kind, shape, takes_null, call)                                              \
	static int use_##name(void *h)                                                             \
	{                                                                                          \
		return (call);                                                                     \
	}
CALLS(FUNCTION)
#undef FUNCTION

static const struct call {
	const char *name;
	enum kind kind;
	enum shape shape;
	bool takes_null;
	int (*use)(void *h);
} calls[] = {
#define ROW(name, kind, shape, takes_null, call) {#name, kind, shape, takes_null, use_##name},
        CALLS(ROW)
#undef ROW
};
#define N_CALLS (sizeof calls / sizeof calls[0])

/* ---- Wrong handles ---- */

static void assert_refused(const struct call *call, void *handle, int code)
{
	int rc = call->use(handle);
	if (rc != (call->shape == CODE ? code : 0))
		fail_msg("%s: %d (%s), not %d", call->name, rc, gt_strerror(rc), code);
	if (gt_error_code(gt_error()) != code ||
	    strncmp(gt_error_message(gt_error()), call->name, strlen(call->name)))
		fail_msg("%s says: %s", call->name, gt_error_message(gt_error()));
}

static struct gt_options real(void)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	return o;
}

static int use_null(void *arg)
{
	(void)arg;
	for (size_t i = 0; i < N_CALLS; i++)
		if (!calls[i].takes_null)
			assert_refused(&calls[i], NULL, GT_EHANDLE);
		else if (calls[i].use(NULL))
			fail_msg("%s(NULL)", calls[i].name);
	assert_int_equal(gt_timeout_exit(NULL, 0), GT_ENOMEM);
	assert_int_equal(gt_group_exit(NULL, 0), GT_ENOMEM);
	return 0;
}

static void handle__null__code_and_name_of_the_call(void **state)
{
	(void)state;
	struct gt_options o = real();
	assert_int_equal(gt_run(&o, use_null, NULL), 0);
}

static void handle__no_loop__code(void **state)
{
	(void)state;
	static char no_handle[4096]; /* nothing of it is looked at */
	for (size_t i = 0; i < N_CALLS; i++) {
		int rc = calls[i].use(no_handle);
		if (rc != (calls[i].shape == CODE ? GT_ENOLOOP : 0))
			fail_msg("%s: %d", calls[i].name, rc);
	}
}

static int use_others(void *arg)
{
	void **handles = arg;
	for (size_t i = 0; i < N_CALLS; i++)
		assert_refused(&calls[i], handles[calls[i].kind], GT_EOTHER);
	assert_int_equal(gt_timeout_exit(handles[TIMEOUT], 0), GT_EOTHER);
	assert_int_equal(gt_group_exit(handles[GROUP], 0), GT_EOTHER);
	return 0;
}

static void *other_loop(void *arg)
{
	struct gt_options o = real();
	static int code;
	code = gt_run(&o, use_others, arg);
	return &code;
}

static int lend(void *arg)
{
	void *handles[N_KINDS], *code;
	pthread_t thread;
	(void)arg;
	one_of_each_make(handles);
	assert_int_equal(pthread_create(&thread, NULL, other_loop, handles), 0);
	assert_int_equal(pthread_join(thread, &code), 0);
	assert_int_equal(*(int *)code, 0);
	one_of_each_end(handles); /* nothing has happened to any of them */
	return 0;
}

static void handle__of_another_loop__code_and_nothing_happens(void **state)
{
	(void)state;
	struct gt_options o = real();
	assert_int_equal(gt_run(&o, lend, NULL), 0);
}

#if defined GT_DEBUG

static int use_dead(void *arg)
{
	(void)arg;
	for (int kind = 0; kind < N_KINDS; kind++) {
		void *handle = one_make((enum kind)kind);
		assert_non_null(handle);
		assert_int_equal(one_end((enum kind)kind, handle), 0);
		for (size_t i = 0; i < N_CALLS; i++)
			if ((int)calls[i].kind == kind)
				assert_refused(&calls[i], handle, GT_EHANDLE);
	}
	return 0;
}

static void handle__used_after_its_end__code_in_a_debug_build(void **state)
{
	(void)state;
	int code;
	struct trace_model *model = recording_of(real(), use_dead, NULL, &code);
	char text[64];
	assert_int_equal(code, 0);
	/* the recording has them too */
	const struct trace_record *mark = recording_find(model, TRACE_MARK, 0, 0);
	trace_model_string(model, mark->a, text, sizeof text);
	assert_string_equal(text, "misuse");
	trace_model_string(model, mark->b, text, sizeof text);
	assert_string_equal(text, "gt_release: the life of this handle has ended");
	trace_model_destroy(model);
}

#endif

static int work(void *arg)
{
	void **handles = arg;
	int n = 0;
	for (size_t i = 0; i < N_CALLS; i++) {
		if (calls[i].kind == TLOCK)
			continue;
		int rc = calls[i].use(handles[calls[i].kind]);
		n += rc == (calls[i].shape == CODE ? GT_ENOLOOP : 0);
	}
	return n;
}

static int asks_a_thread(void *arg)
{
	void *handles[N_KINDS];
	(void)arg;
	for (int kind = 0; kind < FILE_; kind++)
		assert_non_null(handles[kind] = one_make((enum kind)kind));
	for (int kind = FILE_; kind < N_KINDS; kind++)
		handles[kind] = handles[LOCK]; /* nothing of it is looked at */
	return gt_thread(work, handles, "work") == N_CALLS - 3 ? 0 : GT_EVALUE;
}

static void work__of_a_thread_uses_handles__code_under_every_clock(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, asks_a_thread, NULL), 0);
	o.clock = GT_CLOCK_REAL;
	assert_int_equal(gt_run(&o, asks_a_thread, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handle__null__code_and_name_of_the_call),
		cmocka_unit_test(handle__no_loop__code),
		cmocka_unit_test(handle__of_another_loop__code_and_nothing_happens),
#if defined GT_DEBUG
		cmocka_unit_test(handle__used_after_its_end__code_in_a_debug_build),
#endif
		cmocka_unit_test(work__of_a_thread_uses_handles__code_under_every_clock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
