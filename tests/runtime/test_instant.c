/* What is recorded in one call of the program's is of one instant under the real clock; and what comes after code of the program is not.
 *
 * Each act is done by a task that then lets time go by and logs. Were the clock still held, the two lines of the log would be of the same time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

#define SPIN_NS 200000u

static void spin(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	uint64_t end_ns = (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec + SPIN_NS;
	do {
		clock_gettime(CLOCK_MONOTONIC, &t);
	} while ((uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec < end_ns);
}

/* ---- The other side of an act ---- */

static struct gt_queue *queue;
static struct gt_lock *lock;
static struct gt_sem *sem;
static struct gt_event *event;
static struct gt_cond *cond;
static struct gt_future *future;
static struct gt_gen *gen;

static int come_later(void *arg)
{
	int (*act)(void) = *(int (**)(void))arg;
	int rc = gt_sleep(0);
	return rc ? rc : act();
}

/* Let a task of its own do `act` when the caller waits. */
static struct gt_task *later(int (**act)(void))
{
	struct gt_task *task = gt_spawn(come_later, act, "later");
	assert_non_null(task);
	return task;
}

static int put_one(void)
{
	return gt_queue_put(queue, 1);
}
static int get_one(void)
{
	return gt_queue_get(queue, NULL);
}
static int release_lock(void)
{
	return gt_lock_release(lock);
}
static int release_sem(void)
{
	return gt_sem_release(sem);
}
static int set_event(void)
{
	return gt_event_set(event);
}
static int set_future(void)
{
	return gt_future_set(future, 1);
}
static int notify(void)
{
	int rc = gt_cond_acquire(cond);
	if (!rc)
		rc = gt_cond_notify_all(cond);
	return rc ? rc : gt_cond_release(cond);
}
static int nothing(void)
{
	return 0;
}

static int wait_with(int (*other)(void), int (*wait)(void))
{
	struct gt_task *task = later(&other);
	int rc = wait();
	int joined = gt_join(task);
	return rc ? rc : joined;
}

/* ---- The acts ---- */

static int get_waits(void)
{
	return wait_with(put_one, get_one);
}
static int put_waits(void)
{
	int rc = gt_queue_put(queue, 1);
	if (!rc)
		rc = wait_with(get_one, put_one);
	return rc ? rc : get_one();
}
static int take_lock(void)
{
	return gt_lock_acquire(lock);
}
static int lock_waits(void)
{
	int rc = gt_lock_acquire(lock);
	return rc ? rc : wait_with(release_lock, take_lock);
}
static int take_sem(void)
{
	return gt_sem_acquire(sem);
}
static int sem_waits(void)
{
	int rc = gt_sem_acquire(sem);
	return rc ? rc : wait_with(release_sem, take_sem);
}
static int wait_event(void)
{
	return gt_event_wait(event);
}
static int event_waits(void)
{
	gt_event_clear(event);
	return wait_with(set_event, wait_event);
}
static int await_future(void)
{
	return gt_future_await(future, NULL);
}
static int future_waits(void)
{
	return wait_with(set_future, await_future);
}
static int wait_cond(void)
{
	int rc = gt_cond_acquire(cond);
	if (!rc)
		rc = gt_cond_wait(cond);
	return rc ? rc : gt_cond_release(cond);
}
static int cond_waits(void)
{
	return wait_with(notify, wait_cond);
}
static int join(void)
{
	int (*act)(void) = nothing;
	return gt_join(later(&act));
}
static int spawn(void)
{
	static int (*act)(void) = nothing;
	gt_release(later(&act));
	return 0;
}
static int yield(void)
{
	return gt_sleep(0);
}
static int sleep_a_little(void)
{
	return gt_sleep(GT_US(50));
}
static int gather(void)
{
	int (*act)(void) = nothing;
	struct gt_task *tasks[] = {later(&act), later(&act)};
	int rc = gt_gather(tasks, 2, NULL);
	gt_release(tasks[0]);
	gt_release(tasks[1]);
	return rc;
}
static int time_out(void)
{
	struct gt_timeout *timeout = gt_timeout_enter(GT_US(50));
	int rc = gt_timeout_exit(timeout, gt_sleep(GT_MS(10000)));
	return rc == GT_ETIMEDOUT ? 0 : rc;
}
static int next_value(void)
{
	return gt_gen_next(gen, NULL);
}

static const struct act {
	const char *name;
	int (*fn)(void);
} acts[] = {
        {"put", put_one},
        {"get", get_one},
        {"get waits", get_waits},
        {"put waits", put_waits},
        {"take lock", take_lock},
        {"release lock", release_lock},
        {"lock waits", lock_waits},
        {"release lock", release_lock},
        {"take sem", take_sem},
        {"release sem", release_sem},
        {"sem waits", sem_waits},
        {"set event", set_event},
        {"event waits", event_waits},
        {"future waits", future_waits},
        {"cond waits", cond_waits},
        {"spawn", spawn},
        {"join", join},
        {"yield", yield},
        {"sleep", sleep_a_little},
        {"gather", gather},
        {"timeout", time_out},
        {"generator", next_value},
};
#define N_ACTS (sizeof acts / sizeof acts[0])

/* ---- After an act ---- */

static void log_twice(const char *name)
{
	gt_log("%s", name);
	spin();
	gt_log("%s", name);
}

static void call_back(void *arg)
{
	log_twice(arg);
}

static int begin(void *arg)
{
	log_twice(arg);
	return 0;
}

static int give_values(struct gt_gen *self, void *arg)
{
	(void)arg;
	int rc = gt_sleep(0);
	log_twice("in the generator");
	return rc ? rc : gt_yield(self, 1);
}

static int do_all(void *arg)
{
	(void)arg;
	static char first_step[] = "first step", in_callback[] = "callback";
	queue = gt_queue_create("queue", 1);
	lock = gt_lock_create("lock");
	sem = gt_sem_create("sem", 1);
	event = gt_event_create("event");
	cond = gt_cond_create("cond");
	future = gt_future_create("future");
	gen = gt_gen_create(give_values, NULL, "gen");
	for (size_t i = 0; i < N_ACTS; i++) {
		int rc = acts[i].fn();
		if (rc)
			print_error("%s: %s\n", acts[i].name, gt_strerror(rc));
		assert_int_equal(rc, 0);
		log_twice(acts[i].name);
	}
	assert_int_equal(gt_join(gt_spawn(begin, first_step, "begins")), 0);
	assert_int_equal(gt_call_soon(call_back, in_callback, "call"), 0);
	assert_int_equal(gt_sleep(0), 0);
	return gt_gen_release(gen);
}

static void logs__with_time_between__are_of_different_instants(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	options.clock = GT_CLOCK_REAL;
	int code;
	struct trace_model *model = recording_of(options, do_all, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	size_t n = recording_count(model, TRACE_LOG, 0);
	assert_int_equal(n, 2 * (N_ACTS + 3));
	for (size_t i = 0; i < n; i += 2) {
		uint64_t before_ns = recording_find(model, TRACE_LOG, 0, i)->t_ns;
		const struct trace_record *after = recording_find(model, TRACE_LOG, 0, i + 1);
		char name[64];
		trace_model_string(model, after->a, name, sizeof name);
		/* the two clocks may differ by a little in the first milliseconds */
		if (after->t_ns < before_ns + SPIN_NS / 2)
			fail_msg("the clock stood still after '%s'", name);
	}
	trace_model_destroy(model);
}

/* ---- One call, one instant ---- */

static int yield_once(void *arg)
{
	(void)arg;
	return gt_sleep(0);
}

static int give_and_take(void *arg)
{
	(void)arg;
	struct gt_queue *items = gt_queue_create("items", 1);
	int rc = gt_queue_put(items, 1);
	spin();
	return rc ? rc : gt_queue_get(items, NULL);
}

/* Return the number of the first event of that kind and sub from `i` on. */
static uint32_t event_from(const struct trace_model *model, uint32_t i, unsigned kind, unsigned sub)
{
	for (; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == kind && r->sub == sub)
			return i;
	}
	fail_msg("no event of kind %u.%u", kind, sub);
	return i;
}

static void yield__real_clock__from_ready_to_running_is_an_instant(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	options.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(options, yield_once, NULL, NULL);
	uint32_t first = event_from(model, 0, TRACE_STATE, TRACE_STATE_RUNNING);
	uint32_t ready = event_from(model, first, TRACE_STATE, TRACE_STATE_READY);
	uint32_t running = event_from(model, ready, TRACE_STATE, TRACE_STATE_RUNNING);
	assert_true(running > ready + 1); /* an iteration ends, and one begins */
	for (uint32_t i = ready; i <= running; i++)
		assert_int_equal(trace_model_event(model, i)->t_ns,
		                 trace_model_event(model, ready)->t_ns);
	trace_model_destroy(model);
}

static void calls__real_clock__each_has_an_instant_of_its_own(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	options.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(options, give_and_take, NULL, NULL);
	uint32_t made = event_from(model, 0, TRACE_LEVEL, 0);
	uint32_t put = event_from(model, made + 1, TRACE_LEVEL, TRACE_ITEM_PUT);
	uint32_t got = event_from(model, put + 1, TRACE_LEVEL, TRACE_ITEM_TAKEN);
	assert_true(trace_model_event(model, put)->t_ns >= trace_model_event(model, made)->t_ns);
	assert_true(trace_model_event(model, got)->t_ns > trace_model_event(model, put)->t_ns);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(logs__with_time_between__are_of_different_instants),
	        cmocka_unit_test(yield__real_clock__from_ready_to_running_is_an_instant),
	        cmocka_unit_test(calls__real_clock__each_has_an_instant_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
