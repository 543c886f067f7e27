/* gt_run: its codes, what it frees, and what it does with options that make no sense. Leaks are found by ASan and valgrind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static int run(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	return gt_run(&o, body, arg);
}

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int give(void *arg)
{
	return *(int *)arg;
}

static int sleep_ms(void *arg)
{
	return gt_sleep(GT_MS((uint64_t)(uintptr_t)arg));
}

/* ---- Codes ---- */

static void run__code_of_main__is_the_code_of_the_run(void **state)
{
	(void)state;
	static int codes[] = {0, GT_ECANCELED, GT_EFAILED, -2, GT_ETIMEDOUT};
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		assert_int_equal(run(give, &codes[i]), codes[i]);
}

static int run_inside(void *arg)
{
	(void)arg;
	assert_int_equal(run(nothing, NULL), GT_ELOOP);
	return 0;
}

static void run__inside_a_run__refused(void **state)
{
	(void)state;
	assert_int_equal(run(run_inside, NULL), 0);
	assert_int_equal(run(nothing, NULL), 0);
}

static void run__unknown_clock__value_out_of_range(void **state)
{
	(void)state;
	struct gt_options o = {.seed = 1};
	assert_int_equal(gt_run(&o, nothing, NULL), GT_EVALUE);
	o.clock = (enum gt_clock)77;
	o.log = recording_path("never");
	assert_int_equal(gt_run(&o, nothing, NULL), GT_EVALUE);
	assert_int_equal(access(o.log, F_OK), -1);
	assert_int_equal(run(nothing, NULL), 0);
}

static char heard[512];
static unsigned n_heard;

static void hear(const char *sentence, void *arg)
{
	(void)arg;
	n_heard++;
	snprintf(heard, sizeof heard, "%s", sentence);
}

static void run__log_cannot_be_made__one_sentence(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	o.log = "/no/such\n/folder/x.gtt";
	assert_int_equal(gt_run(&o, nothing, NULL), GT_ELOG);
	o.on_log_error = hear;
	n_heard = 0;
	assert_int_equal(gt_run(&o, nothing, NULL), GT_ELOG);
	assert_int_equal(n_heard, 1);
	assert_string_equal(
	        heard, "cannot record into '/no/such?/folder/x.gtt': No such file or directory");
}

static void calls__outside_a_run__no_loop(void **state)
{
	(void)state;
	assert_int_equal(gt_sleep(1), GT_ENOLOOP);
	assert_null(gt_spawn(nothing, NULL, NULL));
	assert_null(gt_self());
	assert_null(gt_sem_create("s", 1));
	assert_null(gt_queue_create("q", 1));
	assert_null(gt_future_create("f"));
	assert_null(gt_call_later(1, NULL, NULL, "c"));
	assert_int_equal(gt_call_soon(NULL, NULL, "c"), GT_ENOLOOP);
	assert_int_equal(gt_thread(nothing, NULL, "t"), GT_ENOLOOP);
	assert_int_equal(gt_raise("E", "m"), GT_ENOLOOP);
	assert_int_equal(gt_return(1), GT_ENOLOOP);
	assert_int_equal(gt_now(), 0);
	gt_log("nobody hears");
	gt_mark("a", NULL);
	gt_release(NULL);
	assert_string_equal(gt_strerror(GT_EFULL), "the queue is full");
	assert_string_equal(gt_strerror(0), "well");
	assert_string_equal(gt_strerror(-2), "no such file or directory");
	assert_string_equal(gt_strerror(-77777), "unknown error -77777");
}

static int nested_waits_in_callback;

static void wait_in_callback(void *arg)
{
	assert_null(gt_self());
	nested_waits_in_callback += gt_sleep(1) == GT_ENOLOOP;
	nested_waits_in_callback += gt_sem_acquire(arg) == GT_ENOLOOP;
}

static int with_callback(void *arg)
{
	(void)arg;
	struct gt_sem *sem = gt_sem_create(NULL, 0);
	assert_int_equal(gt_call_soon(wait_in_callback, sem, "c"), 0);
	return gt_sleep(1);
}

static void callback__waits__refused(void **state)
{
	(void)state;
	nested_waits_in_callback = 0;
	assert_int_equal(run(with_callback, NULL), 0);
	assert_int_equal(nested_waits_in_callback, 2);
}

/* ---- What is left when the run ends ---- */

static int fail_at_once(void *arg)
{
	(void)arg;
	return gt_raise("Boom", "at once");
}

static int yield_often(void *arg)
{
	for (uintptr_t n = (uintptr_t)arg; n; n--)
		if (gt_sleep(0))
			return GT_ECANCELED;
	return 0;
}

/* A gather that failed early ends after main: its last child in each of the last turns. */
static int gather_and_leave(void *arg)
{
	struct gt_task *tasks[2] = {gt_spawn(fail_at_once, NULL, NULL),
	                            gt_spawn(yield_often, arg, NULL)};
	int rc = gt_gather(tasks, 2, NULL);
	gt_release(tasks[0]);
	gt_release(tasks[1]);
	return rc;
}

static void run__gather_outlives_main__freed(void **state)
{
	(void)state;
	for (uintptr_t turns = 0; turns < 10; turns++)
		assert_int_equal(run(gather_and_leave, (void *)turns), GT_EFAILED);
}

static int gather_stuck(void *arg)
{
	struct gt_future *never = arg;
	return gt_future_await(never, NULL);
}

static int gather_for_ever(void *arg)
{
	(void)arg;
	struct gt_future *never = gt_future_create("never");
	struct gt_task *tasks[2] = {gt_spawn(gather_stuck, never, NULL),
	                            gt_spawn(fail_at_once, NULL, NULL)};
	assert_int_equal(gt_await(tasks[1]), GT_EFAILED);
	return gt_gather(tasks, 1, NULL);
}

static void run__deadlock_in_a_gather__freed(void **state)
{
	(void)state;
	assert_int_equal(run(gather_for_ever, NULL), GT_EDEADLOCK);
}

static int block_long(void *arg)
{
	(void)arg;
	gt_block(GT_MS(50));
	return 0;
}

static int wait_for_thread(void *arg)
{
	(void)arg;
	return gt_thread(block_long, NULL, "long");
}

static int leave_threads(void *arg)
{
	(void)arg;
	for (int i = 0; i < 7; i++) /* some run, some stand in line */
		gt_release(gt_spawn(wait_for_thread, NULL, NULL));
	return gt_sleep(GT_MS(1));
}

static void run__threads_outlive_main__waited_for_and_freed(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	o.n_threads = 2;
	assert_int_equal(gt_run(&o, leave_threads, NULL), 0);
	o.clock = GT_CLOCK_REAL;
	assert_int_equal(gt_run(&o, leave_threads, NULL), 0);
}

static void count(void *arg)
{
	++*(unsigned *)arg;
}

static int leave_callbacks(void *arg)
{
	assert_int_equal(gt_call_soon(count, arg, "soon"), 0);
	assert_non_null(gt_call_later(GT_S(9), count, arg, "later"));
	struct gt_timer *gone = gt_call_later(GT_MS(5), count, arg, "gone");
	gt_timer_cancel(gone);
	return 0;
}

static void run__callbacks_outlive_main__freed(void **state)
{
	(void)state;
	unsigned n = 0;
	assert_int_equal(run(leave_callbacks, &n), 0);
	assert_int_equal(n, 1); /* the next turn still comes, nine seconds do not */
}

static struct gt_timer *own_timer;

static void cancel_own(void *arg)
{
	gt_timer_cancel(own_timer);
	count(arg);
}

static int time_itself_out(void *arg)
{
	own_timer = gt_call_later(5, cancel_own, arg, "own");
	gt_timer_cancel(NULL);
	return gt_sleep(10);
}

static void timer__cancelled_in_its_own_callback__nothing_happens(void **state)
{
	(void)state;
	unsigned n = 0;
	assert_int_equal(run(time_itself_out, &n), 0);
	assert_int_equal(n, 1);
}

static int release_nothing(void *arg)
{
	(void)arg;
	for (int i = 0; i < 20; i++) {
		(void)gt_sem_create(NULL, 3);
		(void)gt_queue_create("a queue with a name that is longer than forty bytes, by far",
		                      2);
		(void)gt_future_create(NULL);
		(void)gt_spawn(sleep_ms, (void *)3, "%s",
		               "a task with a name that is longer than forty bytes, by far");
		(void)gt_spawn(fail_at_once, NULL, NULL);
	}
	return gt_sleep(GT_MS(2));
}

static void run__nothing_released__freed(void **state)
{
	(void)state;
	assert_int_equal(run(release_nothing, NULL), 0);
}

/* ---- Values, texts, errors ---- */

static int answer(void *arg)
{
	(void)arg;
	return gt_return(42);
}

static int words(void *arg)
{
	(void)arg;
	(void)gt_return(7);
	return gt_return_text("%s %d", "words", 5);
}

static int ask(void *arg)
{
	(void)arg;
	intptr_t value = 0;
	struct gt_task *task = gt_spawn(answer, NULL, NULL);
	assert_string_equal(gt_text(task), "");
	assert_int_equal(gt_await_value(task, &value), 0);
	assert_int_equal(value, 42);
	assert_string_equal(gt_text(task), "42");
	gt_release(task);
	task = gt_spawn(words, NULL, "a %s task with %d words in its name: one two three", "long",
	                9);
	assert_string_equal(gt_name(task), "a long task with 9 words in its name: one two three");
	assert_int_equal(gt_await_value(task, &value), 0);
	assert_string_equal(gt_text(task), "words 5");
	assert_string_equal((const char *)value, "words 5");
	gt_release(task);
	return 0;
}

static void task__value_and_text__reach_the_waiter(void **state)
{
	(void)state;
	assert_int_equal(run(ask, NULL), 0);
}

/* An error that was dealt with is not the error of another end. */
static int end_otherwise(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(fail_at_once, NULL, NULL);
	assert_int_equal(gt_join(task), GT_EFAILED);
	assert_string_equal(gt_error_name(gt_error()), "Boom");
	assert_string_equal(gt_error_message(gt_error()), "at once");
	return -2; /* ENOENT */
}

static int look_at_the_other_end(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(end_otherwise, NULL, NULL);
	assert_int_equal(gt_await(task), -2);
	assert_string_equal(gt_error_message(gt_task_error(task)), gt_strerror(-2));
	gt_release(task);
	return 0;
}

static void task__ends_with_another_code__not_with_the_old_error(void **state)
{
	(void)state;
	assert_int_equal(run(look_at_the_other_end, NULL), 0);
}

/* Two wait for one task; the first gives the last reference back before the second runs. */
static struct gt_task *shared;

static int join_it(void *arg)
{
	(void)arg;
	return gt_join(shared);
}

static int spawn_many_and_await(void *arg)
{
	intptr_t value = 0;
	int which = *(int *)arg;
	int rc = which == 0   ? gt_await_value(shared, &value)
	         : which == 1 ? gt_shield(shared, &value)
	                      : gt_wait_for(shared, GT_MS(500), &value);
	return rc ? rc : gt_return(value);
}

static int late_answer(void *arg)
{
	(void)arg;
	int rc = gt_sleep(GT_MS(5));
	return rc ? rc : gt_return(42);
}

static int respawn(void *arg)
{
	/* takes the place of whatever was freed */
	for (int i = 0; i < 8; i++)
		gt_release(gt_spawn(sleep_ms, (void *)1000, NULL));
	return *(int *)arg;
}

static int share(void *arg)
{
	intptr_t value = 0;
	int zero = 0;
	shared = gt_spawn(late_answer, NULL, NULL);
	struct gt_task *first = gt_spawn(join_it, NULL, NULL);
	struct gt_task *second = gt_spawn(spawn_many_and_await, arg, NULL);
	(void)gt_sleep(GT_MS(5));
	gt_release(gt_spawn(respawn, &zero, NULL));
	assert_int_equal(gt_join(first), 0);
	assert_int_equal(gt_await_value(second, &value), 0);
	assert_int_equal(value, 42);
	gt_release(second);
	return 0;
}

static void await__last_reference_given_back_meanwhile__still_valid(void **state)
{
	(void)state;
	for (int which = 0; which < 3; which++)
		assert_int_equal(run(share, &which), 0);
}

/* ---- Odd options ---- */

static void run__tiny_and_odd_stacks__run_all_the_same(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 4096, 5000, 16384, 65536, 1 << 20};
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct gt_options o = GT_OPTIONS_INIT;
		o.stack_bytes = sizes[i];
		o.log = recording_path("stack");
		assert_int_equal(gt_run(&o, release_nothing, NULL), 0);
		unlink(o.log);
	}
}

static void run__impossible_stack__out_of_memory(void **state)
{
	(void)state;
	static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 4096, SIZE_MAX / 2, SIZE_MAX / 32};
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct gt_options o = GT_OPTIONS_INIT;
		o.stack_bytes = sizes[i];
		assert_int_equal(gt_run(&o, nothing, NULL), GT_ENOMEM);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(run__code_of_main__is_the_code_of_the_run),
	        cmocka_unit_test(run__inside_a_run__refused),
	        cmocka_unit_test(run__unknown_clock__value_out_of_range),
	        cmocka_unit_test(run__log_cannot_be_made__one_sentence),
	        cmocka_unit_test(calls__outside_a_run__no_loop),
	        cmocka_unit_test(callback__waits__refused),
	        cmocka_unit_test(run__gather_outlives_main__freed),
	        cmocka_unit_test(run__deadlock_in_a_gather__freed),
	        cmocka_unit_test(run__threads_outlive_main__waited_for_and_freed),
	        cmocka_unit_test(run__callbacks_outlive_main__freed),
	        cmocka_unit_test(timer__cancelled_in_its_own_callback__nothing_happens),
	        cmocka_unit_test(run__nothing_released__freed),
	        cmocka_unit_test(task__value_and_text__reach_the_waiter),
	        cmocka_unit_test(task__ends_with_another_code__not_with_the_old_error),
	        cmocka_unit_test(await__last_reference_given_back_meanwhile__still_valid),
	        cmocka_unit_test(run__tiny_and_odd_stacks__run_all_the_same),
	        cmocka_unit_test(run__impossible_stack__out_of_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
