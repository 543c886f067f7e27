/* The gate and the pace: a run on a thread of its own, and the test as its viewer, who knows nothing but the log. What is asserted
 * stands in records and in the header; wall time only has lower bounds, and waits are generous.
 */
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "runtime/gate.h"
#include "tests/runtime/recording.h"

#define PATIENCE_MS 20000u

struct watched {
	struct gt_options options;
	gt_body *body;
	void *arg;
	int code;
	_Atomic bool ended;
	pthread_t thread;
	struct trace_model *model;
	struct trace_gate *gate;
};

static void *run_thread(void *arg)
{
	struct watched *w = arg;
	w->code = gt_run(&w->options, w->body, w->arg);
	atomic_store(&w->ended, true);
	return NULL;
}

static void pause_1ms(void)
{
	nanosleep(&(struct timespec){0, 1000000}, NULL);
}

/* Start the run and open its log for watching. */
static void watch(struct watched *w, enum gt_clock clock, bool hold, gt_body *body, void *arg)
{
	static char path[128];
	snprintf(path, sizeof path, "%s", recording_path("gate"));
	*w = (struct watched){.options = GT_OPTIONS_INIT, .body = body, .arg = arg};
	w->options.clock = clock;
	w->options.hold = hold;
	w->options.log = path;
	assert_int_equal(pthread_create(&w->thread, NULL, run_thread, w), 0);
	struct trace_reader *reader = NULL;
	struct trace_error error;
	for (unsigned i = 0; i < PATIENCE_MS && !reader; i++) {
		if (trace_reader_open(&reader, path, true, &error))
			reader = NULL;
		pause_1ms();
	}
	assert_non_null(reader);
	w->gate = trace_reader_gate(reader);
	assert_non_null(w->gate);
	w->model = trace_model_create(reader);
	assert_non_null(w->model);
}

static void refresh(struct watched *w)
{
	struct trace_error error = {.text = ""};
	int rc;
	while ((rc = trace_model_update(w->model, &error)) > 0)
		;
	if (rc < 0)
		fail_msg("%s", error.text);
}

static void knock(struct watched *w)
{
	atomic_fetch_add(&w->gate->knock, 1);
	syscall(SYS_futex, &w->gate->knock, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static size_t n_steps(struct watched *w)
{
	refresh(w);
	return recording_count(w->model, TRACE_STATE, TRACE_STATE_RUNNING);
}

/* Wait until the run stands at the gate and every step it had leave for is taken; false when it has ended. */
static bool wait_held(struct watched *w)
{
	for (unsigned i = 0; i < PATIENCE_MS; i++) {
		if (atomic_load(&w->gate->held) && !atomic_load(&w->gate->steps))
			return true;
		if (atomic_load(&w->ended))
			return false;
		pause_1ms();
	}
	fail_msg("not held");
	return false;
}

static void hold(struct watched *w)
{
	atomic_store(&w->gate->hold, 1);
	knock(w);
	assert_true(wait_held(w));
}

static void release(struct watched *w)
{
	atomic_store(&w->gate->hold, 0);
	knock(w);
}

static void give_steps(struct watched *w, uint32_t n)
{
	atomic_fetch_add(&w->gate->steps, n);
	knock(w);
}

/* Give leave for one step. Returns false when the run has ended with it. */
static bool step(struct watched *w)
{
	size_t before = n_steps(w);
	give_steps(w, 1);
	bool goes_on = wait_held(w);
	assert_int_equal(n_steps(w), before + 1);
	return goes_on;
}

/* Wait for the end. The recording stays readable until unwatch. */
static int end(struct watched *w)
{
	assert_int_equal(pthread_join(w->thread, NULL), 0);
	refresh(w);
	assert_int_equal(recording_violations(w->model), 0);
	assert_int_equal(w->model->lost, 0);
	return w->code;
}

static void unwatch(struct watched *w)
{
	trace_model_destroy(w->model);
	unlink(w->options.log);
}

/* ---- Programs ---- */

static int three_sleeps(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++) {
		int rc = gt_sleep(GT_MS(5));
		if (rc)
			return rc;
	}
	return 0;
}

static int three_tasks(void *arg)
{
	struct gt_task *tasks[3];
	for (int i = 0; i < 3; i++)
		tasks[i] = gt_spawn(three_sleeps, arg, NULL);
	int rc = gt_gather(tasks, 3, NULL);
	for (int i = 0; i < 3; i++)
		gt_release(tasks[i]);
	return rc;
}

static int until_told(void *arg)
{
	_Atomic bool *stop = arg;
	while (!atomic_load(stop)) {
		int rc = gt_sleep(GT_MS(1));
		if (rc)
			return rc;
	}
	return 0;
}

static int long_sleep(void *arg)
{
	(void)arg;
	return gt_sleep(GT_S(3600));
}

static int long_sleeper(void *arg)
{
	(void)arg;
	return gt_join(gt_spawn(long_sleep, NULL, "sleeper"));
}

/* ---- Holding and stepping ---- */

static void gate__held_from_the_start__every_step_needs_leave(void **state)
{
	(void)state;
	static const enum gt_clock clocks[] = {GT_CLOCK_PACED, GT_CLOCK_REAL};
	for (size_t i = 0; i < 2; i++) {
		struct watched w;
		size_t n = 1;
		watch(&w, clocks[i], true, three_tasks, NULL);
		assert_true(wait_held(&w));
		assert_int_equal(n_steps(&w), 0);
		while (step(&w))
			n++;
		assert_int_equal(n, 1 + 3 * 4 + 1); /* main, three times four, main */
		assert_int_equal(end(&w), 0);
		unwatch(&w);
	}
}

static void gate__held_in_the_middle__stepped_and_released(void **state)
{
	(void)state;
	static const enum gt_clock clocks[] = {GT_CLOCK_PACED, GT_CLOCK_REAL};
	for (size_t i = 0; i < 2; i++) {
		struct watched w;
		_Atomic bool stop = false;
		watch(&w, clocks[i], false, until_told, &stop);
		while (n_steps(&w) < 5)
			pause_1ms();
		hold(&w);
		for (int k = 0; k < 20; k++)
			assert_true(step(&w));
		size_t before = n_steps(&w);
		give_steps(&w, 7);
		assert_true(wait_held(&w));
		assert_int_equal(n_steps(&w), before + 7);
		release(&w);
		while (n_steps(&w) < before + 12)
			pause_1ms();
		atomic_store(&stop, true);
		assert_int_equal(end(&w), 0);
		unwatch(&w);
	}
}

static void gate__held__paced_time_stands_still(void **state)
{
	(void)state;
	struct watched w;
	watch(&w, GT_CLOCK_PACED, false, long_sleeper, NULL);
	while (n_steps(&w) < 2)
		pause_1ms();
	hold(&w);
	uint64_t held_ns = trace_model_now_ns(w.model);
	for (int i = 0; i < 20; i++)
		pause_1ms();
	assert_int_equal(trace_model_now_ns(w.model), held_ns);
	assert_true(step(&w)); /* the sleep is jumped over: it ends an hour later */
	release(&w);
	assert_int_equal(end(&w), 0);
	assert_int_equal(w.model->t_end_ns, GT_S(3600));
	unwatch(&w);
}

static int hour_and_a_moment(void *arg)
{
	int rc = long_sleep(arg);
	return rc ? rc : gt_sleep(GT_MS(5));
}

/* The hour that was jumped over is not waited for afterwards. */
static void gate__stepped_over_an_hour__the_pace_goes_on_from_there(void **state)
{
	(void)state;
	struct watched w;
	watch(&w, GT_CLOCK_PACED, false, hour_and_a_moment, NULL);
	while (n_steps(&w) < 1)
		pause_1ms();
	hold(&w);
	assert_true(step(&w));
	release(&w);
	assert_int_equal(end(&w), 0);
	assert_int_equal(w.model->t_end_ns, GT_S(3600) + GT_MS(5));
	unwatch(&w);
}

/* ---- Speed ---- */

static void gate__speed_changed_while_asleep__heard_at_once(void **state)
{
	(void)state;
	struct watched w;
	watch(&w, GT_CLOCK_PACED, false, long_sleeper, NULL);
	while (n_steps(&w) < 2)
		pause_1ms();
	uint64_t before_ns = trace_model_now_ns(w.model);
	atomic_store(&w.gate->speed_ppm, UINT32_MAX);
	knock(&w);
	/* 3,600 s at 4,295 times the speed are less than a second: nobody waits for an hour */
	assert_int_equal(end(&w), 0);
	assert_true(w.model->t_end_ns > before_ns);
	assert_int_equal(w.model->t_end_ns, GT_S(3600));
	unwatch(&w);
}

/* ---- Wishes ---- */

static void gate__task_cancelled_while_all_sleep__now_and_not_earlier(void **state)
{
	(void)state;
	struct watched w;
	watch(&w, GT_CLOCK_PACED, false, long_sleeper, NULL);
	while (n_steps(&w) < 2)
		pause_1ms();
	for (int i = 0; i < 20; i++)
		pause_1ms();
	uint64_t before_ns = trace_model_now_ns(w.model);
	assert_true(before_ns > 0);
	atomic_store(&w.gate->cancel, 2);
	knock(&w);
	assert_int_equal(end(&w), GT_ECANCELED);
	const struct trace_record *r =
	        recording_find(w.model, TRACE_CANCEL, TRACE_CANCEL_REQUESTED, 0);
	assert_int_equal(r->id, 2);
	assert_true(r->t_ns >= before_ns); /* the picture had shown that time already */
	assert_true(w.model->t_end_ns < GT_S(3600));
	unwatch(&w);
}

static void gate__unknown_ids_and_finished_tasks__nothing_happens(void **state)
{
	(void)state;
	static const uint32_t ids[] = {99, UINT32_MAX, 4, 1u << 31};
	struct watched w;
	_Atomic bool stop = false;
	watch(&w, GT_CLOCK_PACED, true, until_told, &stop);
	for (size_t i = 0; i < 4; i++) {
		assert_true(wait_held(&w));
		atomic_store(&w.gate->cancel, ids[i]);
		atomic_store(&w.gate->pick, ids[i]);
		assert_true(step(&w));
	}
	atomic_store(&stop, true);
	release(&w);
	assert_int_equal(end(&w), 0);
	unwatch(&w);
}

static int yield_twice(void *arg)
{
	(void)arg;
	int rc = gt_sleep(0);
	return rc ? rc : gt_sleep(0);
}

static int three_yielders(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		gt_release(gt_spawn(yield_twice, NULL, NULL));
	return gt_sleep(GT_MS(1));
}

static void gate__ready_task_picked__goes_next(void **state)
{
	(void)state;
	static const uint32_t picks[] = {4, 4, 3, 2};
	struct watched w;
	watch(&w, GT_CLOCK_PACED, true, three_yielders, NULL);
	assert_true(wait_held(&w));
	assert_true(step(&w)); /* main */
	for (size_t i = 0; i < 4; i++) {
		atomic_store(&w.gate->pick, picks[i]);
		assert_true(step(&w));
		const struct trace_record *r =
		        recording_find(w.model, TRACE_STATE, TRACE_STATE_RUNNING, 1 + i);
		assert_int_equal(r->id, picks[i]);
	}
	release(&w);
	assert_int_equal(end(&w), 0);
	unwatch(&w);
}

/* A wish that was made between the making of the log and the first step counts. */
static void gate__wish_before_the_start__kept(void **state)
{
	(void)state;
	static struct trace_header header;
	static struct gt__loop loop;
	header = (struct trace_header){.version = 1};
	loop = (struct gt__loop){.header = &header, .kind = GT_CLOCK_PACED, .speed_ppm = 1000000};
	atomic_store(&header.gate.hold, 1);
	atomic_store(&header.gate.knock, 1);
	gt__pace_start(&loop, false);
	assert_int_equal(atomic_load(&header.gate.hold), 1);
	assert_true(loop.knock_seen != atomic_load(&header.gate.knock));
}

/* ---- Blocking ---- */

static uint64_t mono_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t unblocked_ns;

static int block_while_others_are_ready(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		gt_release(gt_spawn(yield_twice, NULL, NULL));
	gt_block(GT_MS(40));
	unblocked_ns = mono_ns();
	return 0;
}

static void pace__block_while_others_are_ready__really_blocks(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_PACED;
	uint64_t from_ns = mono_ns();
	assert_int_equal(gt_run(&o, block_while_others_are_ready, NULL), 0);
	assert_true(unblocked_ns - from_ns >= GT_MS(40));
	from_ns = mono_ns();
	struct trace_model *model = recording_of(o, block_while_others_are_ready, NULL, NULL);
	assert_true(unblocked_ns - from_ns >= GT_MS(40));
	assert_int_equal(model->t_end_ns, GT_MS(40));
	trace_model_destroy(model);
}

/* ---- The real clock ---- */

static int sleep_long(void *arg)
{
	(void)arg;
	return gt_sleep(GT_S(3600));
}

static int accept_nobody(void *arg)
{
	struct gt_listener *listener;
	struct gt_stream *stream;
	(void)arg;
	int rc = gt_tcp_listen("port", "127.0.0.1", 0, &listener);
	return rc ? rc : gt_tcp_accept(listener, "guest", &stream);
}

static void gate__real_clock_and_all_wait__cancelled(void **state)
{
	(void)state;
	static gt_body *const waits[] = {sleep_long, accept_nobody};
	for (size_t i = 0; i < 2; i++) {
		struct watched w;
		watch(&w, GT_CLOCK_REAL, false, waits[i], NULL);
		for (unsigned k = 0; k < PATIENCE_MS; k++) {
			refresh(&w);
			if (recording_count(w.model, TRACE_STATE, TRACE_STATE_WAITING))
				break;
			pause_1ms();
		}
		atomic_store(&w.gate->cancel, 1);
		knock(&w);
		assert_int_equal(end(&w), GT_ECANCELED);
		assert_int_equal(recording_count(w.model, TRACE_CANCEL, TRACE_CANCEL_DELIVERED), 1);
		unwatch(&w);
	}
}

/* Between two records the bars grow: a viewer reads off the header what time it is. */
static void pace__real_clock_and_nothing_happens__time_goes_on_for_the_viewer(void **state)
{
	(void)state;
	struct watched w;
	watch(&w, GT_CLOCK_REAL, false, sleep_long, NULL);
	do {
		pause_1ms();
		refresh(&w);
	} while (!recording_count(w.model, TRACE_STATE, TRACE_STATE_WAITING));
	uint64_t last_ns = trace_model_event(w.model, (uint32_t)w.model->n_events - 1)->t_ns;
	for (unsigned k = 0; k < PATIENCE_MS && trace_model_now_ns(w.model) <= last_ns; k++)
		pause_1ms();
	assert_true(trace_model_now_ns(w.model) > last_ns);
	atomic_store(&w.gate->cancel, 1);
	knock(&w);
	assert_int_equal(end(&w), GT_ECANCELED);
	unwatch(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(gate__held_from_the_start__every_step_needs_leave),
	        cmocka_unit_test(gate__held_in_the_middle__stepped_and_released),
	        cmocka_unit_test(gate__held__paced_time_stands_still),
	        cmocka_unit_test(gate__stepped_over_an_hour__the_pace_goes_on_from_there),
	        cmocka_unit_test(gate__speed_changed_while_asleep__heard_at_once),
	        cmocka_unit_test(gate__task_cancelled_while_all_sleep__now_and_not_earlier),
	        cmocka_unit_test(gate__unknown_ids_and_finished_tasks__nothing_happens),
	        cmocka_unit_test(gate__ready_task_picked__goes_next),
	        cmocka_unit_test(gate__wish_before_the_start__kept),
	        cmocka_unit_test(gate__real_clock_and_all_wait__cancelled),
	        cmocka_unit_test(pace__block_while_others_are_ready__really_blocks),
	        cmocka_unit_test(pace__real_clock_and_nothing_happens__time_goes_on_for_the_viewer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
