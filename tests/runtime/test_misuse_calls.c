/* Misuse that is not a wrong handle: references that are not the program's, objects that are waited for, scopes of others, arguments that no call can
 * take, waiting where no task is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/one_of_each.h"

static intptr_t item;
static char buffer[16];
static size_t n_bytes;

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static struct gt_options real(void)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	return o;
}

/* ---- References ---- */

static struct gt_task *main_task, *child;

static int releases_what_is_not_its_own(void *arg)
{
	(void)arg;
	main_task = gt_self();
	gt_release(main_task);
	assert_int_equal(gt_error_code(gt_error()), GT_EVALUE);
	struct gt_group *group = gt_group_enter();
	child = gt_group_spawn(group, nothing, NULL, "child");
	gt_release(child);
	assert_int_equal(gt_error_code(gt_error()), GT_EVALUE);
	gt_retain(child);
	assert_int_equal(gt_group_exit(group, 0), 0);
	assert_true(gt_is_done(child));
	gt_release(child);
	struct gt_task *early = gt_spawn(nothing, NULL, "early");
	gt_release(early);
	gt_release(early); /* it lives, by the loop's reference only */
	assert_int_equal(gt_error_code(gt_error()), GT_EVALUE);
	return gt_sleep(0);
}

static void reference__not_the_programs__refused(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, releases_what_is_not_its_own, NULL), 0);
}

/* ---- Objects that are waited for ---- */

static int use_gt_barrier_destroy(void *h)
{
	return gt_barrier_destroy(h);
}

static int use_gt_barrier_wait(void *h)
{
	return gt_barrier_wait(h, NULL);
}

static int use_gt_cond_acquire(void *h)
{
	return gt_cond_acquire(h);
}

static int use_gt_cond_destroy(void *h)
{
	return gt_cond_destroy(h);
}

static int use_gt_event_destroy(void *h)
{
	return gt_event_destroy(h);
}

static int use_gt_event_wait(void *h)
{
	return gt_event_wait(h);
}

static int use_gt_lock_acquire(void *h)
{
	return gt_lock_acquire(h);
}

static int use_gt_lock_destroy(void *h)
{
	return gt_lock_destroy(h);
}

static int use_gt_queue_destroy(void *h)
{
	return gt_queue_destroy(h);
}

static int use_gt_queue_get(void *h)
{
	return gt_queue_get(h, &item);
}

static int use_gt_sem_acquire(void *h)
{
	return gt_sem_acquire(h);
}

static int use_gt_sem_destroy(void *h)
{
	return gt_sem_destroy(h);
}

struct line {
	void *handle;
	int (*wait)(void *handle);
};

static int stand_in_line(void *arg)
{
	const struct line *line = arg;
	return line->wait(line->handle);
}

static int busy_destroy(void *arg)
{
	static struct line lines[6];
	int (*ends[6])(void *) = {use_gt_lock_destroy,    use_gt_sem_destroy,
	                          use_gt_event_destroy,   use_gt_cond_destroy,
	                          use_gt_barrier_destroy, use_gt_queue_destroy};
	(void)arg;
	lines[0] = (struct line){gt_lock_create("lock"), use_gt_lock_acquire};
	lines[1] = (struct line){gt_sem_create("sem", 0), use_gt_sem_acquire};
	lines[2] = (struct line){gt_event_create("event"), use_gt_event_wait};
	lines[3] = (struct line){gt_cond_create("cond"), use_gt_cond_acquire};
	lines[4] = (struct line){gt_barrier_create("barrier", 2), use_gt_barrier_wait};
	lines[5] = (struct line){gt_queue_create("queue", 0), use_gt_queue_get};
	assert_int_equal(gt_lock_acquire(lines[0].handle), 0);
	assert_int_equal(gt_cond_acquire(lines[3].handle), 0);
	for (size_t i = 0; i < 6; i++) {
		struct gt_task *task = gt_spawn(stand_in_line, &lines[i], "waiter");
		assert_int_equal(gt_sleep(0), 0);
		assert_int_equal(ends[i](lines[i].handle), GT_EBUSY);
		assert_non_null(strstr(gt_error_message(gt_error()), "1 task waits for '"));
		gt_cancel(task);
		assert_int_equal(gt_join(task), GT_ECANCELED);
		assert_int_equal(ends[i](lines[i].handle), 0);
	}
	return 0;
}

static void object__somebody_waits__is_not_destroyed(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, busy_destroy, NULL), 0);
}

static int wait_for_future(void *arg)
{
	return gt_future_await(arg, NULL);
}

static int busy_future(void *arg)
{
	(void)arg;
	struct gt_future *future = gt_future_create("answer");
	struct gt_task *task = gt_spawn(wait_for_future, future, "waiter");
	assert_int_equal(gt_sleep(0), 0);
	assert_int_equal(gt_future_destroy(future), GT_EBUSY);
	assert_int_equal(gt_future_set(future, 1), 0);
	assert_int_equal(gt_future_destroy(future), GT_EBUSY); /* the waiter has not looked yet */
	assert_int_equal(gt_join(task), 0);
	return gt_future_destroy(future);
}

static void future__somebody_waits__is_not_destroyed(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, busy_future, NULL), 0);
}

/* ---- Scopes ---- */

static int leave_for_another(void *arg)
{
	void **scopes = arg;
	assert_int_equal(gt_timeout_exit(scopes[0], 0), GT_ESTATE);
	assert_int_equal(gt_group_exit(scopes[1], 0), GT_ESTATE);
	return 0;
}

static int enter_scopes(void *arg)
{
	(void)arg;
	void *scopes[2] = {gt_timeout_enter(GT_S(1)), gt_group_enter()};
	assert_int_equal(gt_join(gt_spawn(leave_for_another, scopes, "thief")), 0);
	assert_int_equal(gt_group_exit(scopes[1], 0), 0);
	return gt_timeout_exit(scopes[0], 0);
}

static void scope__left_by_another_task__refused(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&o, enter_scopes, NULL), 0);
}

/* ---- Arguments ---- */

static int wrong_arguments(void *arg)
{
	struct gt_file *file;
	struct gt_listener *listener;
	struct gt_stream *stream = one_make(STREAM);
	struct gt_stat found;
	struct gt_process *process;
	char *data;
	const struct {
		const char *name;
		int rc;
	} rows[] = {
	        {"gt_spawn", gt_spawn(NULL, NULL, NULL) ? 0 : gt_error_code(gt_error())},
	        {"gt_coro", gt_coro(NULL, NULL, NULL) ? 0 : gt_error_code(gt_error())},
	        {"gt_gen_create", gt_gen_create(NULL, NULL, NULL) ? 0 : gt_error_code(gt_error())},
	        {"gt_barrier", gt_barrier_create("b", 0) ? 0 : gt_error_code(gt_error())},
	        {"gt_sem", gt_sem_create("s", (unsigned)-1) ? 0 : gt_error_code(gt_error())},
	        {"gt_bsem", gt_bsem_create("s", (unsigned)-1) ? 0 : gt_error_code(gt_error())},
	        {"gt_thread", gt_thread(NULL, NULL, NULL)},
	        {"gt_call_soon", gt_call_soon(NULL, NULL, NULL)},
	        {"gt_call_later",
	         gt_call_later(1, NULL, NULL, NULL) ? 0 : gt_error_code(gt_error())},
	        {"gt_add_done_callback", gt_add_done_callback(gt_self(), NULL, NULL, NULL)},
	        {"gt_set_name", gt_set_name(gt_self(), NULL)},
	        {"gt_gather", gt_gather(NULL, 1, NULL)},
	        {"gt_gather_all", gt_gather_all(&(struct gt_task *){gt_self()}, 1, NULL)},
	        {"gt_wait", gt_wait(NULL, 0, GT_ALL_COMPLETED, 1)},
	        {"gt_wait, when", gt_wait(&(struct gt_task *){gt_self()}, 1, (enum gt_when)9, 1)},
	        {"gt_tcp_listen", gt_tcp_listen(NULL, "127.0.0.1", 0, NULL)},
	        {"gt_tcp_connect", gt_tcp_connect(NULL, NULL, 1, &stream)},
	        {"gt_stream_read", gt_stream_read(stream, NULL, 1, &n_bytes)},
	        {"gt_stream_read, n", gt_stream_read(stream, buffer, 1, NULL)},
	        {"gt_stream_read_exactly", gt_stream_read_exactly(stream, NULL, 1)},
	        {"gt_stream_read_line", gt_stream_read_line(stream, NULL, 9, NULL)},
	        {"gt_stream_read_line, 0", gt_stream_read_line(stream, buffer, 0, NULL)},
	        {"gt_stream_write", gt_stream_write(stream, NULL, 1)},
	        {"gt_fs_open", gt_fs_open(NULL, 0, 0, &file)},
	        {"gt_fs_read_file", gt_fs_read_file("/dev/null", NULL, &n_bytes)},
	        {"gt_fs_read_file, path", gt_fs_read_file(NULL, &data, &n_bytes)},
	        {"gt_fs_write_file", gt_fs_write_file("/dev/null", NULL, 1)},
	        {"gt_fs_stat", gt_fs_stat(NULL, &found)},
	        {"gt_fs_unlink", gt_fs_unlink(NULL)},
	        {"gt_fs_rmdir", gt_fs_rmdir(NULL)},
	        {"gt_fs_mkdtemp", gt_fs_mkdtemp(NULL)},
	        {"gt_process_spawn", gt_process_spawn(NULL, &process)},
	        {"gt_tcp_listen, NULL",
	         gt_tcp_listen(NULL, "127.0.0.1", 0, (listener = NULL, NULL))},
	};
	(void)arg;
	(void)listener;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].rc != GT_EVALUE)
			fail_msg("%s: %d (%s)", rows[i].name, rows[i].rc, gt_strerror(rows[i].rc));
	gt_log(NULL);
	gt_mark(NULL, NULL);
	gt_var_write(NULL, 1);
	assert_int_equal(gt_raise(NULL, NULL), GT_EFAILED);
	return 0;
}

static void argument__that_no_call_can_take__code(void **state)
{
	(void)state;
	struct gt_options o = real();
	assert_int_equal(gt_run(&o, wrong_arguments, NULL), 0);
	assert_int_equal(gt_run(&o, NULL, NULL), GT_EVALUE);
	assert_int_equal(gt_run(NULL, nothing, NULL), 0);
}

static int drops_items(void *arg)
{
	(void)arg;
	struct gt_queue *queue = gt_queue_create("q", (size_t)-1);
	assert_int_equal(gt_queue_put(queue, 7), 0);
	assert_int_equal(gt_queue_get(queue, NULL), 0);
	assert_int_equal(gt_queue_size(queue), 0);
	return 0;
}

static void get__no_place_for_the_item__dropped(void **state)
{
	(void)state;
	assert_int_equal(gt_run(NULL, drops_items, NULL), 0);
}

/* ---- Where a task is needed ---- */

static int n_right;

static void callback(void *arg)
{
	void **handles = arg;
	n_right += gt_sleep(1) == GT_ENOLOOP;
	n_right += gt_event_wait(handles[EVENT]) == GT_ENOLOOP;
	n_right += gt_queue_get(handles[QUEUE], &item) == GT_ENOLOOP;
	n_right += gt_sem_acquire(handles[SEM]) == GT_ENOLOOP;
	n_right += gt_lock_acquire(handles[LOCK]) == GT_ENOLOOP;
	n_right += gt_cond_acquire(handles[COND]) == GT_ENOLOOP;
	n_right += gt_cond_wait(handles[COND]) == GT_ENOTHELD;
	n_right += gt_barrier_wait(handles[BARRIER], NULL) == GT_ENOLOOP;
	n_right += gt_future_await(handles[FUTURE], NULL) == GT_ENOLOOP;
	n_right += gt_await(handles[TASK]) == GT_ENOLOOP;
	n_right += gt_wait_for(handles[TASK], 1, NULL) == GT_ENOLOOP;
	n_right += gt_shield(handles[TASK], NULL) == GT_ENOLOOP;
	n_right += gt_gather(&(struct gt_task *){handles[TASK]}, 1, NULL) == GT_ENOLOOP;
	n_right += gt_gen_next(handles[GEN], &item) == GT_ENOLOOP;
	n_right += gt_gen_close(handles[GEN]) == GT_ENOLOOP;
	n_right += gt_thread(nothing, NULL, NULL) == GT_ENOLOOP;
	n_right += gt_stream_read(handles[STREAM], buffer, 1, &n_bytes) == GT_ENOLOOP;
	n_right += gt_stream_write(handles[STREAM], "x", 1) == GT_ENOLOOP;
	n_right += gt_fs_read(handles[FILE_], buffer, 1, &n_bytes) == GT_ENOLOOP;
	n_right += gt_process_wait(handles[PROCESS], NULL, NULL) == GT_ENOLOOP;
	n_right += gt_run(NULL, nothing, NULL) == GT_ELOOP;
	n_right += !gt_timeout_enter(1) && !gt_group_enter();
}

static int calls_back(void *arg)
{
	void *handles[N_KINDS];
	(void)arg;
	one_of_each_make(handles);
	handles[TASK] = gt_self();
	assert_int_equal(gt_call_soon(callback, handles, "callback"), 0);
	return gt_sleep(0) || gt_sleep(0);
}

static void callback__waits__code(void **state)
{
	(void)state;
	struct gt_options o = real();
	assert_int_equal(gt_run(&o, calls_back, NULL), 0);
	assert_int_equal(n_right, 22);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reference__not_the_programs__refused),
	        cmocka_unit_test(object__somebody_waits__is_not_destroyed),
	        cmocka_unit_test(future__somebody_waits__is_not_destroyed),
	        cmocka_unit_test(scope__left_by_another_task__refused),
	        cmocka_unit_test(argument__that_no_call_can_take__code),
	        cmocka_unit_test(get__no_place_for_the_item__dropped),
	        cmocka_unit_test(callback__waits__code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
