/* gt_thread_lock: threads that take turns, simulated to the nanosecond, real by what they must not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static struct gt_options options(enum gt_clock clock, uint32_t n_threads)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = clock;
	o.n_threads = n_threads;
	return o;
}

static char diary[4096];

static void note(const char *format, ...) GT_PRINTF(1, 2);
static void note(const char *format, ...)
{
	size_t used = strlen(diary);
	int n = snprintf(diary + used, sizeof diary - used, "%ju ",
	                 (uintmax_t)(gt_now() / 1000000u));
	va_list args;
	va_start(args, format);
	vsnprintf(diary + used + n, sizeof diary - used - (size_t)n, format, args);
	va_end(args);
}

static struct gt_thread_lock *lock;

struct share {
	const char *name;
	unsigned n_turns;
	uint64_t turn_ms;
};

/* A thread under an interpreter's lock: it computes while it has it, and gives it up after each turn. */
static int compute(void *arg)
{
	const struct share *share = arg;
	for (unsigned i = 0; i < share->n_turns; i++) {
		int rc = gt_thread_lock_acquire(lock);
		if (rc)
			return rc;
		note("%s\n", share->name);
		gt_block(GT_MS(share->turn_ms));
		rc = gt_thread_lock_release(lock);
		if (rc)
			return rc;
	}
	note("%s ends\n", share->name);
	return 0;
}

static int hand_over(void *arg)
{
	const struct share *share = arg;
	return gt_thread(compute, arg, share->name);
}

static struct share shares[] = {{"A", 3, 5}, {"B", 2, 5}, {"C", 3, 5}};

static int three_threads(void *arg)
{
	struct gt_task *tasks[3];
	(void)arg;
	lock = gt_thread_lock_create("gil");
	for (size_t i = 0; i < 3; i++)
		tasks[i] = gt_spawn(hand_over, &shares[i], "%s", shares[i].name);
	int rc = gt_gather(tasks, 3, NULL);
	gt_thread_lock_destroy(lock);
	return rc;
}

static void lock__three_threads_simulated__take_turns(void **state)
{
	(void)state;
	/* who releases goes on until it blocks, and only then does the one run that it has handed the lock to */
	const char *turns = "0 A\n5 B\n10 C\n15 A\n20 B\n25 B ends\n25 C\n30 A\n"
	                    "35 A ends\n35 C\n40 C ends\n";
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 4);
	diary[0] = '\0';
	assert_int_equal(gt_run(&o, three_threads, NULL), 0);
	assert_string_equal(diary, turns);
	diary[0] = '\0';
	struct trace_model *model = recording_of(o, three_threads, NULL, NULL);
	assert_string_equal(diary, turns);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(recording_count(model, TRACE_HOLD, 1), 8);
	assert_int_equal(recording_count(model, TRACE_HOLD, 0), 8);
	/* B and C at first, then everybody again after each turn but the last C's */
	assert_int_equal(recording_count(model, TRACE_WORKER, TRACE_WORKER_WAITING), 7);
	trace_model_destroy(model);
}

/* ---- Real ---- */

static atomic_int inside, seen_together;

static int alone(void *arg)
{
	(void)arg;
	for (int i = 0; i < 200; i++) {
		int rc = gt_thread_lock_acquire(lock);
		if (rc)
			return rc;
		if (atomic_fetch_add(&inside, 1))
			atomic_store(&seen_together, 1);
		atomic_fetch_sub(&inside, 1);
		rc = gt_thread_lock_release(lock);
		if (rc)
			return rc;
	}
	return 0;
}

static int on_a_thread(void *arg)
{
	return gt_thread(alone, arg, "alone");
}

static int four_real(void *arg)
{
	struct gt_task *tasks[4];
	(void)arg;
	lock = gt_thread_lock_create(NULL);
	for (size_t i = 0; i < 4; i++)
		tasks[i] = gt_spawn(on_a_thread, NULL, NULL);
	return gt_gather(tasks, 4, NULL);
}

static void lock__four_real_threads__one_at_a_time(void **state)
{
	(void)state;
	int code;
	struct trace_model *model = recording_of(options(GT_CLOCK_REAL, 0), four_real, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(atomic_load(&seen_together), 0);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(recording_count(model, TRACE_HOLD, 1), 800);
	assert_int_equal(recording_count(model, TRACE_HOLD, 0), 800);
	trace_model_destroy(model);
}

/* ---- Misuse ---- */

static int misuse(void *arg)
{
	(void)arg;
	assert_int_equal(gt_thread_lock_release(lock), GT_ENOTHELD);
	assert_int_equal(gt_thread_lock_acquire(lock), 0);
	assert_int_equal(gt_thread_lock_acquire(lock), GT_ESELF);
	assert_int_equal(gt_thread_lock_release(lock), 0);
	assert_int_equal(gt_thread_lock_release(lock), GT_ENOTHELD);
	return 0;
}

static int misuse_all(void *arg)
{
	(void)arg;
	lock = gt_thread_lock_create("m");
	assert_int_equal(gt_thread_lock_acquire(lock), GT_ESTATE);
	assert_string_equal(gt_error_message(gt_error()), "only the work of a thread may take m");
	assert_int_not_equal(gt_thread_lock_release(lock), 0);
	return gt_thread(misuse, NULL, "misuse");
}

static void lock__misused__a_code(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 1);
	assert_int_equal(gt_run(&o, misuse_all, NULL), 0);
	o.clock = GT_CLOCK_REAL;
	assert_int_equal(gt_run(&o, misuse_all, NULL), 0);
}

/* ---- Never released ---- */

static int keep(void *arg)
{
	(void)arg;
	return gt_thread_lock_acquire(lock);
}

static int keeper(void *arg)
{
	int rc = gt_thread(keep, NULL, arg);
	return rc ? rc : gt_sleep(GT_FOREVER);
}

static int two_keepers(void *arg)
{
	(void)arg;
	lock = gt_thread_lock_create("L");
	struct gt_task *a = gt_spawn(keeper, "a", "A"), *b = gt_spawn(keeper, "b", "B");
	gt_release(a);
	return gt_join(b);
}

static void lock__never_released__run_ends_and_frees_the_thread(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 2);
	struct trace_model *model = recording_of(o, two_keepers, NULL, NULL);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
}

static int other_first;

static int crosswise(void *arg)
{
	struct gt_thread_lock **locks = arg;
	int first = other_first++;
	int rc = gt_thread_lock_acquire(locks[first]);
	gt_block(GT_MS(1));
	return rc ? rc : gt_thread_lock_acquire(locks[!first]);
}

static int crosser(void *arg)
{
	return gt_thread(crosswise, arg, "cross");
}

static int two_crossers(void *arg)
{
	(void)arg;
	struct gt_thread_lock *locks[2] = {gt_thread_lock_create("left"),
	                                   gt_thread_lock_create("right")};
	other_first = 0;
	struct gt_task *tasks[2] = {gt_spawn(crosser, locks, "A"), gt_spawn(crosser, locks, "B")};
	return gt_gather(tasks, 2, NULL);
}

static void lock__two_threads_crosswise__deadlock_names_them(void **state)
{
	(void)state;
	int code;
	struct trace_model *model =
	        recording_of(options(GT_CLOCK_VIRTUAL, 2), two_crossers, NULL, &code);
	assert_int_equal(code, GT_EDEADLOCK);
	char text[256];
	const struct trace_record *mark = recording_find(model, TRACE_MARK, 0, 0);
	trace_model_string(model, mark->b, text, sizeof text);
	assert_string_equal(text, "A waits for right, held by B; B waits for left, held by A; "
	                          "main waits for the gather of A and B");
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lock__three_threads_simulated__take_turns),
	        cmocka_unit_test(lock__four_real_threads__one_at_a_time),
	        cmocka_unit_test(lock__misused__a_code),
	        cmocka_unit_test(lock__never_released__run_ends_and_frees_the_thread),
	        cmocka_unit_test(lock__two_threads_crosswise__deadlock_names_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
