/* Making and ending them. */
#include "tests/runtime/one_of_each.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int no_values(struct gt_gen *gen, void *arg)
{
	(void)gen;
	(void)arg;
	return 0;
}

static void call_nothing(void *arg)
{
	(void)arg;
}

static struct gt_process *make_process(void)
{
	static const char *const argv[] = {"cat", NULL};
	struct gt_process_options o = {
	        .file = "cat", .argv = argv, .input = GT_STDIO_PIPE, .output = GT_STDIO_NULL};
	struct gt_process *process;
	assert_int_equal(gt_process_spawn(&o, &process), 0);
	return process;
}

static struct gt_stream *make_stream(void)
{
	struct gt_listener *listener;
	struct gt_stream *stream;
	assert_int_equal(gt_tcp_listen(NULL, "127.0.0.1", 0, &listener), 0);
	assert_int_equal(gt_tcp_connect(NULL, "127.0.0.1", gt_listener_port(listener), &stream), 0);
	gt_listener_close(listener);
	return stream;
}

void *one_make(enum kind kind)
{
	struct gt_listener *listener;
	struct gt_file *file;
	switch (kind) {
	case TASK:
		return gt_spawn(nothing, NULL, NULL);
	case LOCK:
		return gt_lock_create(NULL);
	case SEM:
		return gt_sem_create(NULL, 1);
	case EVENT:
		return gt_event_create(NULL);
	case COND:
		return gt_cond_create(NULL);
	case BARRIER:
		return gt_barrier_create(NULL, 1);
	case QUEUE:
		return gt_queue_create(NULL, 0);
	case FUTURE:
		return gt_future_create(NULL);
	case GEN:
		return gt_gen_create(no_values, NULL, NULL);
	case CORO:
		return gt_coro(nothing, NULL, NULL);
	case TIMER:
		return gt_call_later(GT_S(1), call_nothing, NULL, NULL);
	case TIMEOUT:
		return gt_timeout_enter(GT_FOREVER);
	case GROUP:
		return gt_group_enter();
	case COMPLETION:
		return gt_as_completed(NULL, 0);
	case TLOCK:
		return gt_thread_lock_create(NULL);
	case FILE_:
		assert_int_equal(gt_fs_open("/dev/null", O_RDWR, 0, &file), 0);
		return file;
	case LISTENER:
		assert_int_equal(gt_tcp_listen(NULL, "127.0.0.1", 0, &listener), 0);
		return listener;
	case STREAM:
		return make_stream();
	case PROCESS:
		return make_process();
	default:
		return NULL;
	}
}

void one_of_each_make(void *handles[N_KINDS])
{
	for (int kind = 0; kind < N_KINDS; kind++)
		assert_non_null(handles[kind] = one_make((enum kind)kind));
}

static void end_quietly(enum kind kind, void *handle)
{
	if (kind == CORO)
		gt_coro_drop(handle);
	else if (kind == TIMER)
		gt_timer_cancel(handle);
	else if (kind == COMPLETION)
		gt_as_completed_end(handle);
	else if (kind == LISTENER)
		gt_listener_close(handle);
	else if (kind == STREAM)
		gt_stream_close(handle);
	else
		gt_process_close(handle);
}

int one_end(enum kind kind, void *handle)
{
	switch (kind) {
	case TASK:
		return gt_join(handle);
	case LOCK:
		return gt_lock_destroy(handle);
	case SEM:
		return gt_sem_destroy(handle);
	case EVENT:
		return gt_event_destroy(handle);
	case COND:
		return gt_cond_destroy(handle);
	case BARRIER:
		return gt_barrier_destroy(handle);
	case QUEUE:
		return gt_queue_destroy(handle);
	case FUTURE:
		return gt_future_destroy(handle);
	case GEN:
		return gt_gen_release(handle);
	case TIMEOUT:
		return gt_timeout_exit(handle, 0);
	case GROUP:
		return gt_group_exit(handle, 0);
	case TLOCK:
		return gt_thread_lock_destroy(handle);
	case FILE_:
		return gt_fs_close(handle);
	default:
		end_quietly(kind, handle);
		return 0;
	}
}

void one_of_each_end(void *handles[N_KINDS])
{
	for (int kind = 0; kind < N_KINDS; kind++)
		assert_int_equal(one_end((enum kind)kind, handles[kind]), 0);
}
