/* gt_thread and gt_block: simulated threads to the nanosecond, real ones by what they do. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

static struct gt_options options(enum gt_clock clock, uint32_t n_threads)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = clock;
	o.n_threads = n_threads;
	return o;
}

/* ---- Simulated: a diary of who did what when ---- */

static char diary[4096];

static void note(const char *what)
{
	size_t used = strlen(diary);
	snprintf(diary + used, sizeof diary - used, "%ju %s\n", (uintmax_t)(gt_now() / 1000000u),
	         what);
}

struct job {
	const char *name;
	uint64_t ms;
	int code;
};

static int work(void *arg)
{
	const struct job *job = arg;
	char text[64];
	snprintf(text, sizeof text, "%s begins", job->name);
	note(text);
	gt_block(GT_MS(job->ms));
	snprintf(text, sizeof text, "%s ends", job->name);
	note(text);
	return job->code;
}

static int hand_over(void *arg)
{
	const struct job *job = arg;
	char text[64];
	int rc = gt_thread(work, arg, job->name);
	snprintf(text, sizeof text, "%s -> %d", job->name, rc);
	note(text);
	return rc;
}

static int spawn_jobs(struct job jobs[], size_t n, struct gt_task *tasks[])
{
	for (size_t i = 0; i < n; i++) {
		tasks[i] = gt_spawn(hand_over, &jobs[i], "%s", jobs[i].name);
		if (!tasks[i])
			return GT_ENOMEM;
	}
	return 0;
}

static void assert_diary(const struct gt_options *o, gt_body *body, const char *expected)
{
	diary[0] = '\0';
	assert_int_equal(gt_run(o, body, NULL), 0);
	assert_string_equal(diary, expected);
	/* recorded it is the same, and true */
	diary[0] = '\0';
	struct trace_model *model = recording_of(*o, body, NULL, NULL);
	assert_string_equal(diary, expected);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
}

static struct job five[] = {
        {"a", 100, 0}, {"b", 100, 0}, {"c", 100, 0}, {"d", 50, 0}, {"e", 10, 0}};

static int five_jobs(void *arg)
{
	(void)arg;
	struct gt_task *tasks[5];
	if (spawn_jobs(five, 5, tasks))
		return GT_ENOMEM;
	return gt_gather(tasks, 5, NULL);
}

static void thread__five_jobs_on_two_threads__queue(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 2);
	assert_diary(&o, five_jobs,
	             "0 a begins\n0 b begins\n"
	             "100 a ends\n100 c begins\n100 b ends\n100 d begins\n"
	             "100 a -> 0\n100 b -> 0\n"
	             "150 d ends\n150 e begins\n150 d -> 0\n"
	             "160 e ends\n160 e -> 0\n"
	             "200 c ends\n200 c -> 0\n");
}

static struct job beside[] = {{"a", 100, 0}, {"b", 300, 0}};

static int beside_a_blocked_loop(void *arg)
{
	(void)arg;
	struct gt_task *tasks[2];
	if (spawn_jobs(beside, 2, tasks) || gt_sleep(GT_MS(10)))
		return GT_ENOMEM;
	note("loop blocks");
	gt_block(GT_MS(240));
	note("loop goes on");
	return gt_gather(tasks, 2, NULL);
}

static void thread__loop_is_blocked__goes_on_beside_it(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 4);
	assert_diary(&o, beside_a_blocked_loop,
	             "0 a begins\n0 b begins\n10 loop blocks\n100 a ends\n250 loop goes on\n"
	             "250 a -> 0\n300 b ends\n300 b -> 0\n");
}

static int tick(void *arg)
{
	uint64_t ms = *(uint64_t *)arg;
	int rc = gt_sleep(GT_MS(ms));
	note("timer");
	return rc;
}

static struct job same[] = {{"a", 100, 0}};

static int same_instant(void *arg)
{
	(void)arg;
	uint64_t ms = 100;
	struct gt_task *tasks[3];
	tasks[1] = gt_spawn(tick, &ms, NULL);
	if (spawn_jobs(same, 1, tasks))
		return GT_ENOMEM;
	tasks[2] = gt_spawn(tick, &ms, NULL);
	return gt_gather(tasks, 3, NULL);
}

/* Both make their future ready in one iteration, the thread first; it takes one turn more to wake its task, as in
 * call_soon_threadsafe. */
static void thread__ends_with_a_timer__before_it(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 4);
	assert_diary(&o, same_instant,
	             "0 a begins\n100 a ends\n100 a -> 0\n100 timer\n100 timer\n");
}

static int give_code(void *arg)
{
	gt_block(GT_MS(1));
	return *(int *)arg;
}

static int wait_for_code(void *arg)
{
	return gt_thread(give_code, arg, "code");
}

static int look_at_codes(void *arg)
{
	(void)arg;
	int codes[2] = {GT_EVALUE, -2};
	struct gt_task *tasks[2] = {gt_spawn(wait_for_code, &codes[0], NULL),
	                            gt_spawn(wait_for_code, &codes[1], NULL)};
	assert_int_equal(gt_join(tasks[0]), GT_EVALUE);
	assert_int_equal(gt_join(tasks[1]), -2);
	return 0;
}

static void thread__code_of_the_work__reaches_the_task(void **state)
{
	(void)state;
	static const enum gt_clock clocks[] = {GT_CLOCK_VIRTUAL, GT_CLOCK_PACED, GT_CLOCK_REAL};
	for (size_t i = 0; i < 3; i++) {
		struct gt_options o = options(clocks[i], 1);
		assert_int_equal(gt_run(&o, look_at_codes, NULL), 0);
	}
}

static struct job long_ones[] = {{"runs", 100, 0}, {"waits", 100, 0}, {"third", 10, 0}};

static int cancel_two(void *arg)
{
	(void)arg;
	struct gt_task *tasks[3];
	if (spawn_jobs(long_ones, 3, tasks) || gt_sleep(GT_MS(30)))
		return GT_ENOMEM;
	gt_cancel(tasks[0]);
	gt_cancel(tasks[1]);
	assert_int_equal(gt_join(tasks[0]), GT_ECANCELED);
	assert_int_equal(gt_join(tasks[1]), GT_ECANCELED);
	note("both are cancelled");
	return gt_join(tasks[2]);
}

static void thread__task_cancelled__begun_goes_on_waiting_never_runs(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 1);
	assert_diary(&o, cancel_two,
	             "0 runs begins\n30 runs -> -9001\n30 waits -> -9001\n30 both are cancelled\n"
	             "100 runs ends\n100 third begins\n110 third ends\n110 third -> 0\n");
}

static int cancel_and_leave(void *arg)
{
	(void)arg;
	struct gt_task *tasks[3];
	if (spawn_jobs(long_ones, 3, tasks))
		return GT_ENOMEM;
	return gt_sleep(GT_MS(30)); /* the run cancels the rest */
}

static void thread__run_ends__begun_jobs_are_waited_for(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_VIRTUAL, 1);
	assert_diary(&o, cancel_and_leave,
	             "0 runs begins\n30 runs -> -9001\n30 waits -> -9001\n30 third -> -9001\n"
	             "100 runs ends\n");
}

static int forbidden(void *arg)
{
	(void)arg;
	if (gt_self() || gt_sleep(1) != GT_ENOLOOP || gt_thread(work, NULL, NULL) != GT_ENOLOOP)
		return GT_EVALUE;
	gt_block(0);
	return 0;
}

static int call_forbidden(void *arg)
{
	(void)arg;
	return gt_thread(forbidden, NULL, NULL);
}

static void work__calls_that_wait__refused(void **state)
{
	(void)state;
	static const enum gt_clock clocks[] = {GT_CLOCK_VIRTUAL, GT_CLOCK_REAL};
	for (size_t i = 0; i < 2; i++) {
		struct gt_options o = options(clocks[i], 2);
		assert_int_equal(gt_run(&o, call_forbidden, NULL), 0);
	}
}

/* ---- Real threads ---- */

static pthread_t loop_thread;
static atomic_int n_on_other_threads;

static int look_where(void *arg)
{
	int *out = arg;
	uint64_t before = gt_now();
	gt_block(1000000);
	if (!pthread_equal(pthread_self(), loop_thread) && gt_now() - before >= 1000000)
		atomic_fetch_add(&n_on_other_threads, 1);
	*out += 1;
	return 0;
}

static int ask_where(void *arg)
{
	return gt_thread(look_where, arg, "look");
}

enum { N_REAL = 400 };

static int many_real(void *arg)
{
	int *counts = arg;
	struct gt_task *tasks[N_REAL];
	loop_thread = pthread_self();
	for (int i = 0; i < N_REAL; i++)
		tasks[i] = gt_spawn(ask_where, &counts[i], NULL);
	return gt_gather(tasks, N_REAL, NULL);
}

static void thread__real__every_job_runs_elsewhere_once(void **state)
{
	(void)state;
	static int counts[N_REAL];
	atomic_store(&n_on_other_threads, 0);
	int code;
	struct trace_model *model =
	        recording_of(options(GT_CLOCK_REAL, 0), many_real, counts, &code);
	assert_int_equal(code, 0);
	assert_int_equal(atomic_load(&n_on_other_threads), N_REAL);
	for (int i = 0; i < N_REAL; i++)
		assert_int_equal(counts[i], 1);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(recording_count(model, TRACE_WORKER, TRACE_WORKER_BUSY), N_REAL);
	assert_int_equal(recording_count(model, TRACE_WORKER, TRACE_WORKER_IDLE), N_REAL);
	trace_model_destroy(model);
}

static atomic_bool may_end, has_ended;
static atomic_int n_begun;

static int until_allowed(void *arg)
{
	(void)arg;
	atomic_fetch_add(&n_begun, 1);
	while (!atomic_load(&may_end))
		gt_block(100000);
	atomic_store(&has_ended, true);
	return 0;
}

static int wait_for_it(void *arg)
{
	(void)arg;
	return gt_thread(until_allowed, NULL, "until");
}

static int cancel_real(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(wait_for_it, NULL, NULL);
	while (!atomic_load(&n_begun))
		if (gt_sleep(GT_US(100)))
			return GT_EVALUE;
	gt_cancel(task);
	assert_int_equal(gt_join(task), GT_ECANCELED);
	assert_false(atomic_load(&has_ended));
	atomic_store(&may_end, true);
	return 0;
}

static void thread__real_task_cancelled__run_waits_for_the_thread(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_REAL, 0);
	for (int i = 0; i < 20; i++) {
		atomic_store(&n_begun, 0);
		atomic_store(&may_end, false);
		atomic_store(&has_ended, false);
		assert_int_equal(gt_run(&o, cancel_real, NULL), 0);
		assert_true(atomic_load(&has_ended));
	}
}

enum { POOL = 4 }; /* threads that libuv's pool has, for all loops together */

static int fill_the_pool(void *arg)
{
	(void)arg;
	struct gt_task *tasks[POOL];
	for (int i = 0; i < POOL; i++)
		tasks[i] = gt_spawn(wait_for_it, NULL, NULL);
	return gt_gather(tasks, POOL, NULL);
}

static void *run_fill_the_pool(void *arg)
{
	struct gt_options o = options(GT_CLOCK_REAL, 0);
	*(int *)arg = gt_run(&o, fill_the_pool, NULL);
	return NULL;
}

static int never_runs(void *arg)
{
	*(bool *)arg = true;
	return 0;
}

static int wait_for_never(void *arg)
{
	return gt_thread(never_runs, arg, "never");
}

static int cancel_in_line(void *arg)
{
	struct gt_task *task = gt_spawn(wait_for_never, arg, NULL);
	if (gt_sleep(0))
		return GT_EVALUE;
	gt_cancel(task);
	assert_int_equal(gt_join(task), GT_ECANCELED);
	return 0;
}

/* The job taken back is the last thing that happens on its loop: nothing is left to wait for. */
static void thread__real_job_in_line_cancelled__never_runs_and_the_run_ends(void **state)
{
	(void)state;
	pthread_t other;
	int code = 1;
	bool ran = false;
	struct gt_options o = options(GT_CLOCK_REAL, 0);
	atomic_store(&n_begun, 0);
	atomic_store(&may_end, false);
	assert_int_equal(pthread_create(&other, NULL, run_fill_the_pool, &code), 0);
	while (atomic_load(&n_begun) < POOL)
		usleep(1000);
	for (int i = 0; i < 20; i++)
		assert_int_equal(gt_run(&o, cancel_in_line, &ran), 0);
	atomic_store(&may_end, true);
	assert_int_equal(pthread_join(other, NULL), 0);
	assert_int_equal(code, 0);
	assert_false(ran);
}

static int end_at_once(void *arg)
{
	(void)arg;
	atomic_store(&has_ended, true);
	return 0;
}

static int wait_for_end(void *arg)
{
	(void)arg;
	return gt_thread(end_at_once, NULL, "end");
}

static void ignore(void *arg)
{
	(void)arg;
}

/* The thread's end is in the queue behind a task that cancels the one who waits for it: a timer that is due makes the loop poll
 * while the task is ready. */
static int cancel_too_late(void *arg)
{
	(void)arg;
	struct gt_task *task = gt_spawn(wait_for_end, NULL, NULL);
	int rc = gt_sleep(0);
	while (!rc && !atomic_load(&has_ended))
		gt_block(10000);
	if (!gt_call_later(1, ignore, NULL, "due"))
		return GT_ENOMEM;
	gt_block(GT_MS(2)); /* libuv's own message is on its way */
	if (!rc)
		rc = gt_sleep(0);
	gt_cancel(task);
	int joined = gt_join(task);
	return rc ? rc : joined == GT_ECANCELED || !joined ? 0 : joined;
}

static void thread__real_ended_and_cancelled_in_one_turn__nothing_is_touched_twice(void **state)
{
	(void)state;
	struct gt_options o = options(GT_CLOCK_REAL, 0);
	for (int i = 0; i < 30; i++) {
		atomic_store(&has_ended, false);
		assert_int_equal(gt_run(&o, cancel_too_late, NULL), 0);
	}
}

/* ---- Two loops ---- */

static int mixed(void *arg)
{
	(void)arg;
	struct gt_task *tasks[40];
	static _Thread_local int counts[40];
	for (int i = 0; i < 40; i++)
		tasks[i] = gt_spawn(ask_where, &counts[i], NULL);
	return gt_gather(tasks, 40, NULL);
}

struct loop_run {
	pthread_t thread;
	enum gt_clock clock;
	char path[128];
	int code;
};

static void *run_loop(void *arg)
{
	struct loop_run *run = arg;
	struct gt_options o = options(run->clock, 3);
	o.log = run->path;
	run->code = gt_run(&o, mixed, NULL);
	return NULL;
}

static void loops__four_at_once__each_on_its_own(void **state)
{
	(void)state;
	static struct loop_run runs[4];
	for (int i = 0; i < 4; i++) {
		char name[16];
		snprintf(name, sizeof name, "loop%d", i);
		snprintf(runs[i].path, sizeof runs[i].path, "%s", recording_path(name));
		runs[i].clock = i % 2 ? GT_CLOCK_VIRTUAL : GT_CLOCK_REAL;
		assert_int_equal(pthread_create(&runs[i].thread, NULL, run_loop, &runs[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(runs[i].thread, NULL), 0);
		assert_int_equal(runs[i].code, 0);
		struct trace_model *model = recording_read(runs[i].path);
		assert_int_equal(recording_violations(model), 0);
		assert_int_equal(recording_count(model, TRACE_WORKER, TRACE_WORKER_IDLE), 40);
		trace_model_destroy(model);
		unlink(runs[i].path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(thread__five_jobs_on_two_threads__queue),
	        cmocka_unit_test(thread__loop_is_blocked__goes_on_beside_it),
	        cmocka_unit_test(thread__ends_with_a_timer__before_it),
	        cmocka_unit_test(thread__code_of_the_work__reaches_the_task),
	        cmocka_unit_test(thread__task_cancelled__begun_goes_on_waiting_never_runs),
	        cmocka_unit_test(thread__run_ends__begun_jobs_are_waited_for),
	        cmocka_unit_test(work__calls_that_wait__refused),
	        cmocka_unit_test(thread__real__every_job_runs_elsewhere_once),
	        cmocka_unit_test(thread__real_task_cancelled__run_waits_for_the_thread),
	        cmocka_unit_test(thread__real_job_in_line_cancelled__never_runs_and_the_run_ends),
	        cmocka_unit_test(
	                thread__real_ended_and_cancelled_in_one_turn__nothing_is_touched_twice),
	        cmocka_unit_test(loops__four_at_once__each_on_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
