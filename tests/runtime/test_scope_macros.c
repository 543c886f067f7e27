/* GT_RELEASE_AT_EXIT: on every path out of a block, once, in reverse order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static int run(enum gt_clock clock, gt_body *body)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = clock;
	int code;
	struct trace_model *model = recording_of(o, body, NULL, &code);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
	return code;
}

/* ---- Every way out ---- */

enum way { FALL_OFF, RETURN, FAIL, BREAK, GOTO, N_WAYS };

static int leave(struct gt_lock *lock, enum way way)
{
	int rc = gt_lock_acquire(lock);
	if (rc)
		return rc;
	for (int i = 0; i < 1; i++) {
		GT_RELEASE_AT_EXIT(lock);
		assert_true(gt_lock_is_locked(lock));
		if (way == RETURN)
			return 1;
		if (way == FAIL)
			return gt_raise("Error", "it did not work");
		if (way == BREAK)
			break;
		if (way == GOTO)
			goto out;
	}
	assert_false(gt_lock_is_locked(lock));
	return 2;
out:
	assert_false(gt_lock_is_locked(lock));
	return 3;
}

static int all_ways(void *arg)
{
	static const int codes[N_WAYS] = {2, 1, GT_EFAILED, 2, 3};
	struct gt_lock *lock = gt_lock_create("lock");
	(void)arg;
	for (int way = 0; way < N_WAYS; way++) {
		assert_int_equal(leave(lock, (enum way)way), codes[way]);
		assert_false(gt_lock_is_locked(lock));
	}
	return 0;
}

static void release_at_exit__whatever_the_way_out__released(void **state)
{
	(void)state;
	assert_int_equal(run(GT_CLOCK_VIRTUAL, all_ways), 0);
}

static int hold_and_sleep(void *arg)
{
	int rc = gt_lock_acquire(arg);
	if (rc)
		return rc;
	struct gt_lock *lock = arg;
	GT_RELEASE_AT_EXIT(lock);
	return gt_sleep(GT_S(10));
}

static int cancel_holder(void *arg)
{
	struct gt_lock *lock = gt_lock_create("lock");
	struct gt_task *holder = gt_spawn(hold_and_sleep, lock, "holder");
	struct gt_task *next = gt_spawn(hold_and_sleep, lock, "next");
	(void)arg;
	gt_sleep(GT_MS(1));
	gt_cancel(holder);
	assert_int_equal(gt_join(holder), GT_ECANCELED);
	assert_int_equal(gt_join(next), 0);
	assert_int_equal(gt_now(), GT_MS(1) + GT_S(10)); /* it had the lock at once */
	assert_false(gt_lock_is_locked(lock));
	return 0;
}

static void release_at_exit__cancelled_holder__the_next_goes_on(void **state)
{
	(void)state;
	assert_int_equal(run(GT_CLOCK_VIRTUAL, cancel_holder), 0);
}

/* ---- Every kind ---- */

static int three_values(struct gt_gen *gen, void *arg)
{
	int rc = 0;
	(void)arg;
	for (intptr_t i = 0; !rc && i < 3; i++)
		rc = gt_yield(gen, i);
	return rc;
}

static int rest(void *arg)
{
	(void)arg;
	return 0;
}

static int all_kinds(void *arg)
{
	struct gt_sem *sem = gt_sem_create("sem", 2);
	struct gt_cond *cond = gt_cond_create("cond");
	struct gt_task *none = NULL;
	intptr_t value;
	(void)arg;
	{
		assert_int_equal(gt_sem_acquire(sem), 0);
		GT_RELEASE_AT_EXIT(sem);
		assert_int_equal(gt_cond_acquire(cond), 0);
		GT_RELEASE_AT_EXIT(cond);
		struct gt_gen *gen = gt_gen_create(three_values, NULL, "gen");
		GT_RELEASE_AT_EXIT(gen);
		assert_int_equal(gt_gen_next(gen, &value), 0);
		struct gt_task *task = gt_spawn(rest, NULL, "task");
		GT_RELEASE_AT_EXIT(task);
		struct gt_completion *completion = gt_as_completed(&task, 1);
		GT_RELEASE_AT_EXIT(completion);
		GT_RELEASE_AT_EXIT(none);
		assert_int_equal(gt_sem_value(sem), 1);
		assert_int_equal(gt_cond_notify(cond, 1), 0);
	}
	assert_int_equal(gt_sem_value(sem), 2);
	assert_int_equal(gt_cond_notify(cond, 1), GT_ENOTHELD);
	return 0;
}

static void release_at_exit__every_kind__its_own_release(void **state)
{
	(void)state;
	assert_int_equal(run(GT_CLOCK_VIRTUAL, all_kinds), 0);
}

static int real_things(void *arg)
{
	const char *argv[] = {"sleep", "1000", NULL};
	struct gt_process_options o = {.file = argv[0], .argv = argv, .output = GT_STDIO_PIPE};
	struct gt_listener *listener;
	struct gt_process *process;
	char byte;
	size_t n;
	(void)arg;
	assert_int_equal(gt_process_spawn(&o, &process), 0);
	struct gt_stream *output = gt_process_output(process);
	GT_RELEASE_AT_EXIT(output);
	{
		GT_RELEASE_AT_EXIT(process);
		assert_int_equal(gt_tcp_listen(NULL, "127.0.0.1", 0, &listener), 0);
		GT_RELEASE_AT_EXIT(listener);
	}
	assert_int_equal(gt_stream_read(output, &byte, 1, &n), 0); /* it is gone: the end */
	assert_int_equal(n, 0);
	return 0;
}

static void release_at_exit__streams_and_processes__closed(void **state)
{
	(void)state;
	assert_int_equal(run(GT_CLOCK_REAL, real_things), 0);
}

/* ---- Order ---- */

static char order[32];

static int wait_and_tell(void *arg)
{
	struct gt_sem *sem = arg;
	int rc = gt_sem_acquire(sem);
	if (rc)
		return rc;
	strncat(order, gt_name(gt_self()), sizeof order - strlen(order) - 1);
	return gt_sem_release(sem);
}

static int reverse(void *arg)
{
	struct gt_sem *sems[] = {gt_sem_create("first", 1), gt_sem_create("second", 1)};
	(void)arg;
	struct gt_task *tasks[2];
	assert_int_equal(gt_sem_acquire(sems[0]), 0);
	assert_int_equal(gt_sem_acquire(sems[1]), 0);
	tasks[0] = gt_spawn(wait_and_tell, sems[0], "first ");
	tasks[1] = gt_spawn(wait_and_tell, sems[1], "second ");
	gt_sleep(0);
	{
		struct gt_sem *first = sems[0], *second = sems[1];
		GT_RELEASE_AT_EXIT(first);
		GT_RELEASE_AT_EXIT(second);
	}
	assert_int_equal(gt_join(tasks[0]), 0);
	return gt_join(tasks[1]);
}

static void release_at_exit__two_in_a_block__the_last_one_first(void **state)
{
	(void)state;
	order[0] = '\0';
	assert_int_equal(run(GT_CLOCK_VIRTUAL, reverse), 0);
	assert_string_equal(order, "second first ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(release_at_exit__whatever_the_way_out__released),
	        cmocka_unit_test(release_at_exit__cancelled_holder__the_next_goes_on),
	        cmocka_unit_test(release_at_exit__every_kind__its_own_release),
	        cmocka_unit_test(release_at_exit__streams_and_processes__closed),
	        cmocka_unit_test(release_at_exit__two_in_a_block__the_last_one_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
