/* What a run leaves behind: that it repeats, that it is true, that it says where, and that the program does not depend on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "scenarios/scenario.h"
#include "tests/runtime/recording.h"
#include "trace/analysis/findings.h"
#include "trace/awaited.h"

/* ---- Every lesson ---- */

static struct trace_model *record_lesson(const struct scenario *lesson, const char *path)
{
	struct scn_run run = {.log = path, .clock = TRACE_CLOCK_VIRTUAL, .speed_ppm = 1000000};
	scn_args_init(&run.args, lesson);
	(void)scn_run(&run); /* some are made to fail */
	return recording_read(path);
}

static void lessons__recorded_twice__true_and_the_same(void **state)
{
	(void)state;
	size_t n_seen = 0;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		if (lesson->run || lesson->needs_real_clock)
			continue; /* a program in another language; never the same twice */
		char first[128];
		snprintf(first, sizeof first, "%s", recording_path("first"));
		struct trace_model *model = record_lesson(lesson, first);
		const char *second = recording_path("second");
		struct trace_model *again = record_lesson(lesson, second);
		size_t n_first, n_second, n_bad = recording_violations(model);
		char *a = recording_bytes(first, &n_first), *b = recording_bytes(second, &n_second);
		if (n_bad || n_first != n_second || memcmp(a, b, n_first))
			fail_msg("%s: %zu violations, %zu and %zu bytes", lesson->name, n_bad,
			         n_first, n_second);
		free(a);
		free(b);
		trace_model_destroy(model);
		trace_model_destroy(again);
		unlink(first);
		unlink(second);
		n_seen++;
	}
	assert_true(n_seen >= 9);
}

/* ---- Whom a wait is for ---- */

static int sleep_10_times(void *arg)
{
	return gt_sleep(GT_MS(10) * (uint64_t)(uintptr_t)arg);
}

/* The second of the three is done before; the group has two children. */
static int wait_for_several(void *arg)
{
	(void)arg;
	struct gt_task *tasks[3];
	for (uintptr_t i = 0; i < 3; i++)
		tasks[i] = gt_spawn(sleep_10_times, (void *)(3 - i), "t%d", (int)i);
	int rc = gt_await(tasks[2]);
	if (rc == 0)
		rc = gt_gather(tasks, 3, NULL);
	for (int i = 0; i < 3; i++)
		gt_release(tasks[i]);
	return rc;
}

static void gather__of_three_with_one_done__records_the_other_two(void **state)
{
	(void)state;
	int code;
	struct gt_options options = {.clock = GT_CLOCK_VIRTUAL};
	struct trace_model *model = recording_of(options, wait_for_several, NULL, &code);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, 1), lanes[4];
	assert_int_equal(code, 0);
	assert_int_equal(recording_count(model, TRACE_AWAIT, 0), 2);
	uint32_t at_10 = trace_model_at_time(model, 15000000);
	assert_int_equal(trace_lane_awaited(model, lane, at_10, lanes, 4), 2);
	assert_string_equal(model->lanes[lanes[0]].name, "t0");
	assert_string_equal(model->lanes[lanes[1]].name, "t1");
	/* one room: the first; and those that are done since are left out */
	assert_int_equal(trace_lane_awaited(model, lane, at_10, lanes, 1), 2);
	assert_string_equal(model->lanes[lanes[0]].name, "t0");
	assert_true(trace_lane_awaits_more(model, lane, at_10, 1));
	assert_false(trace_lane_awaits_more(model, lane, at_10, 2));
	uint32_t at_25 = trace_model_at_time(model, 25000000);
	assert_int_equal(trace_lane_awaited(model, lane, at_25, lanes, 4), 1);
	/* before, it awaited one task */
	uint32_t at_5 = trace_model_at_time(model, 5000000);
	assert_int_equal(trace_lane_awaited(model, lane, at_5, lanes, 4), 1);
	assert_string_equal(model->lanes[lanes[0]].name, "t2");
	assert_int_equal(trace_lane_awaited(model, lanes[0], at_5, lanes, 4), 0);
	trace_model_destroy(model);
}

/* ---- Where ---- */

static int line_of_a, line_of_b, line_of_put;

static int sleep_then_get(void *arg)
{
	struct gt_queue *queue = arg;
	intptr_t item;
	line_of_a = __LINE__ + 1;
	int rc = gt_queue_get(queue, &item);
	return rc;
}

static int rob(void *arg)
{
	intptr_t item;
	return gt_queue_get_nowait(arg, &item);
}

static int wait_elsewhere(void *arg)
{
	(void)arg;
	line_of_b = __LINE__ + 1;
	return gt_sleep(GT_MS(50));
}

/* The getter is woken, robbed, and waits again, while others note lines of their own. */
static int rob_the_getter(void *arg)
{
	(void)arg;
	struct gt_queue *queue = gt_queue_create("q", 0);
	struct gt_task *getter = gt_spawn(sleep_then_get, queue, "getter");
	if (gt_sleep(GT_MS(1)) || gt_queue_put_nowait(queue, 1))
		return GT_EVALUE;
	struct gt_task *robber = gt_spawn(rob, queue, "robber");
	struct gt_task *other = gt_spawn(wait_elsewhere, NULL, "other");
	if (gt_queue_size(queue) != 1 || rob(queue))
		return GT_EVALUE;
	int rc = gt_join(robber);
	if (rc != GT_EEMPTY || gt_sleep(GT_MS(1)))
		return GT_EVALUE;
	line_of_put = __LINE__ + 1;
	rc = gt_queue_put(queue, 2);
	return rc || gt_join(getter) || gt_join(other) ? GT_EVALUE : 0;
}

static void where__of_a_second_wait__is_the_tasks_own_line(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	struct trace_model *model = recording_of(o, rob_the_getter, NULL, &code);
	assert_int_equal(code, 0);
	unsigned n_waits = 0;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		char file[128];
		if (r->kind != TRACE_STATE || r->sub != TRACE_STATE_WAITING || r->id != 2)
			continue;
		assert_int_equal(trace_model_where(model, r->d, file, sizeof file), line_of_a);
		assert_string_equal(file, __FILE__);
		n_waits++;
	}
	assert_int_equal(n_waits, 2);
	trace_model_destroy(model);
}

static int wake_without_a_line(void *arg)
{
	return gt_queue_put_nowait(arg, 1);
}

static int wake_from_a_new_task(void *arg)
{
	(void)arg;
	struct gt_queue *queue = gt_queue_create("q", 0);
	struct gt_task *getter = gt_spawn(sleep_then_get, queue, "getter");
	struct gt_task *waker = gt_spawn(wake_without_a_line, queue, "waker");
	int rc = gt_join(getter);
	return rc ? rc : gt_join(waker);
}

/* A task that has noted no line yet does not speak with the line of the one before it. */
static void where__of_a_task_that_noted_none__is_none(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	struct trace_model *model = recording_of(o, wake_from_a_new_task, NULL, NULL);
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_READY && r->id == 2 &&
		    r->arg == TRACE_WHY_PUT) {
			assert_int_equal(r->b, 3);
			assert_int_equal(r->d, 0);
		}
	}
	trace_model_destroy(model);
}

/* ---- Texts ---- */

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

static int log_long(void *arg)
{
	gt_log("%s", (const char *)arg);
	gt_mark("chapter", arg);
	gt_release(gt_spawn(nothing, NULL, "%s", (const char *)arg));
	return gt_return_text("%s", (const char *)arg);
}

static bool is_whole_utf8(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i += 3)
		if (n - i < 3 || memcmp(text + i, "\xe2\x82\xac", 3))
			return false;
	return true;
}

static int log_euros(void *arg)
{
	struct gt_task *task = gt_spawn(log_long, arg, "task");
	int rc = gt_sleep(GT_MS(1));
	gt_release(task);
	return rc;
}

static void texts__longer_than_fit__cut_between_characters(void **state)
{
	(void)state;
	static char euros[9001];
	for (size_t i = 0; i < 9000; i += 3)
		memcpy(euros + i, "\xe2\x82\xac", 3);
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	struct trace_model *model = recording_of(o, log_euros, euros, &code);
	assert_int_equal(code, 0);
	char text[5000];
	unsigned n_euros = 0;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		uint32_t id = 0;
		if (r->kind == TRACE_LOG || r->kind == TRACE_TASK ||
		    (r->kind == TRACE_STATE && r->sub == TRACE_STATE_DONE))
			id = r->a;
		if (r->kind == TRACE_MARK)
			id = r->b;
		size_t n = trace_reader_bytes(model->reader, id, text, sizeof text);
		if (n < 100)
			continue;
		assert_true(is_whole_utf8(text, n));
		if (r->kind == TRACE_LOG || r->kind == TRACE_MARK)
			assert_int_equal(n, 4095); /* 1,365 times three bytes */
		n_euros++;
	}
	assert_int_equal(n_euros, 4); /* a line, a mark, a name, a value */
	trace_model_destroy(model);
}

static void name_a_call(void *arg)
{
	gt_log("from a call of %s", (const char *)arg);
}

static int call_and_wait(void *arg)
{
	(void)arg;
	static char soon[] = "soon", later[] = "later";
	if (gt_call_soon(name_a_call, soon, soon) || !gt_call_later(5, name_a_call, later, later))
		return GT_ENOMEM;
	return gt_sleep(GT_MS(1));
}

static void log__in_a_callback__is_the_loops(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	struct trace_model *model = recording_of(o, call_and_wait, NULL, NULL);
	assert_int_equal(recording_count(model, TRACE_LOG, 0), 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(recording_find(model, TRACE_LOG, 0, i)->id, 0);
	trace_model_destroy(model);
}

/* ---- A disk that is full ---- */

struct heard {
	unsigned n;
	char sentence[512];
};

static void hear(const char *sentence, void *arg)
{
	struct heard *heard = arg;
	heard->n++;
	snprintf(heard->sentence, sizeof heard->sentence, "%s", sentence);
}

static int log_much(void *arg)
{
	for (int i = 0; i < 40000; i++) {
		gt_log("line %d of many that do not fit into the file", i);
		if (gt_sleep(0))
			return GT_EVALUE;
	}
	return *(int *)arg;
}

/* In a child, because the limit is the process's. */
static int run_beyond_limit(const char *path)
{
	int own = -77;
	struct heard heard = {0};
	struct rlimit limit = {1u << 20, 1u << 20};
	struct gt_options o = GT_OPTIONS_INIT;
	o.log = path;
	o.on_log_error = hear;
	o.on_log_error_arg = &heard;
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 10;
	if (gt_run(&o, log_much, &own) != own)
		return 11;
	if (heard.n != 1 || !strstr(heard.sentence, "File too large"))
		return 12;
	return 0;
}

static void log__file_cannot_grow__the_run_goes_on(void **state)
{
	(void)state;
	const char *path = recording_path("full");
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child)
		_exit(run_beyond_limit(path));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	struct trace_model *model = recording_read(path);
	unlink(path);
	assert_true(model->lost > 40000);
	assert_true(model->n_events > 1000);
	trace_model_destroy(model);
}

/* ---- Time ---- */

static int busy_and_idle(void *arg)
{
	(void)arg;
	for (int i = 0; i < 300; i++) {
		gt_log("%d", i);
		if (i % 50 == 0)
			gt_block(100000);
		if (gt_sleep(i % 7 ? 0 : GT_US(50)))
			return GT_EVALUE;
	}
	return 0;
}

static int several_busy(void *arg)
{
	struct gt_task *tasks[5];
	for (int i = 0; i < 5; i++)
		tasks[i] = gt_spawn(busy_and_idle, arg, NULL);
	return gt_gather(tasks, 5, NULL);
}

static void time__real_and_paced__never_goes_back_in_the_file(void **state)
{
	(void)state;
	static const enum gt_clock clocks[] = {GT_CLOCK_REAL, GT_CLOCK_PACED};
	for (size_t i = 0; i < 2; i++) {
		const char *path = recording_path("time");
		struct gt_options o = GT_OPTIONS_INIT;
		o.clock = clocks[i];
		o.log = path;
		assert_int_equal(gt_run(&o, several_busy, NULL), 0);
		size_t bytes;
		char *file = recording_bytes(path, &bytes);
		unlink(path);
		uint64_t t_ns = 0;
		for (size_t at = TRACE_HEADER_BYTES; at < bytes; at += TRACE_RECORD_BYTES) {
			struct trace_record r;
			memcpy(&r, file + at, sizeof r);
			if (r.kind == TRACE_CONT)
				continue;
			assert_true(r.kind != TRACE_EMPTY);
			assert_true(r.t_ns >= t_ns);
			t_ns = r.t_ns;
		}
		free(file);
	}
}

/* ---- Errors while main's end cancels ---- */

static int fail_when_cancelled(void *arg)
{
	(void)arg;
	int code = gt_sleep(GT_MS(1000));
	return code == GT_ECANCELED ? gt_raise("OSError", "the disk is gone") : code;
}

static int wait_for_it(void *arg)
{
	return gt_await(arg) == GT_EFAILED ? 0 : GT_ECANCELED;
}

static int leave_three_behind(void *arg)
{
	(void)arg;
	struct gt_task *bad = gt_spawn(fail_when_cancelled, NULL, "bad");
	gt_release(gt_spawn(wait_for_it, bad, "waiter"));
	gt_release(gt_spawn(sleep_10_times, (void *)(uintptr_t)100, "good"));
	int code = gt_sleep(GT_MS(10));
	gt_release(bad);
	return code;
}

static void shutdown__a_task_fails_in_it__its_error_is_nobodys(void **state)
{
	(void)state;
	int code;
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, leave_three_behind, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_count(model, TRACE_ERROR, TRACE_ERROR_NEVER_RETRIEVED), 1);
	const struct trace_record *error =
	        recording_find(model, TRACE_ERROR, TRACE_ERROR_NEVER_RETRIEVED, 0);
	assert_string_equal(model->lanes[trace_model_lane(model, TRACE_LANE_TASK, error->id)].name,
	                    "bad");
	trace_model_destroy(model);
}

/* Moved forward, then away; the one around it stays where it is. */
static int move_a_limit(void *arg)
{
	(void)arg;
	struct gt_timeout *outer = gt_timeout_enter(GT_MS(500)),
	                  *timeout = gt_timeout_enter(GT_MS(10));
	int code = gt_timeout_reschedule(timeout, GT_MS(300));
	if (!code)
		code = gt_sleep(GT_MS(50));
	if (!code)
		code = gt_timeout_reschedule(timeout, GT_FOREVER);
	return gt_timeout_exit(outer, gt_timeout_exit(timeout, code));
}

static void timeout__rescheduled__the_deadline_of_each_moment_is_recorded(void **state)
{
	(void)state;
	int code;
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, move_a_limit, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(model->n_scopes, 2);
	uint32_t begin = model->scopes[1].opened;
	assert_int_equal(trace_scope_deadline_ns(model, 1, begin), GT_MS(10));
	assert_int_equal(trace_scope_deadline_ns(model, 1, begin + 1), GT_MS(300));
	assert_true(trace_scope_deadline_ns(model, 1, TRACE_NONE) == UINT64_MAX);
	assert_int_equal(trace_scope_deadline_ns(model, 0, TRACE_NONE), GT_MS(500));
	trace_model_destroy(model);
}

/* Three futures fail: one is asked, one is given up, one is left to the end of the run. */
static int fail_three_futures(void *arg)
{
	struct gt_future *asked = gt_future_create("asked"),
	                 *given_up = gt_future_create("given up"), *left = gt_future_create("left");
	(void)arg;
	int code = gt_future_fail(asked, "ValueError", "one");
	if (!code)
		code = gt_future_fail(given_up, "ValueError", "two");
	if (!code)
		code = gt_future_fail(left, "ValueError", "three");
	intptr_t value;
	if (code || gt_future_await(asked, &value) != GT_EFAILED)
		return GT_EFAILED;
	code = gt_future_destroy(asked);
	return code ? code : gt_future_destroy(given_up);
}

static void future__its_error_is_asked_by_nobody__is_marked(void **state)
{
	(void)state;
	int code;
	char text[200];
	struct trace_model *model =
	        recording_of((struct gt_options)GT_OPTIONS_INIT, fail_three_futures, NULL, &code);
	static const char *const wants[] = {"future given up failed with ValueError: two",
	                                    "future left failed with ValueError: three"};
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(recording_count(model, TRACE_MARK, 0), 2);
	for (unsigned i = 0; i < 2; i++) {
		const struct trace_record *mark = recording_find(model, TRACE_MARK, 0, i);
		trace_model_string(model, mark->a, text, sizeof text);
		assert_string_equal(text, TRACE_MARK_NEVER_RETRIEVED);
		trace_model_string(model, mark->b, text, sizeof text);
		assert_string_equal(text, wants[i]);
	}
	struct trace_findings *findings = trace_findings_create(model, NULL);
	assert_non_null(findings);
	trace_findings_update(findings, 1);
	assert_int_equal(trace_findings_of_kind(findings, TRACE_FINDING_NEVER_RETRIEVED), 2);
	trace_finding_text(findings, trace_findings_at(findings, 0), text, sizeof text);
	assert_string_equal(text,
	                    "future given up failed with ValueError: two, and nobody ever asked "
	                    "for its error");
	trace_findings_destroy(findings);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(gather__of_three_with_one_done__records_the_other_two),
	        cmocka_unit_test(lessons__recorded_twice__true_and_the_same),
	        cmocka_unit_test(where__of_a_second_wait__is_the_tasks_own_line),
	        cmocka_unit_test(where__of_a_task_that_noted_none__is_none),
	        cmocka_unit_test(texts__longer_than_fit__cut_between_characters),
	        cmocka_unit_test(log__in_a_callback__is_the_loops),
	        cmocka_unit_test(timeout__rescheduled__the_deadline_of_each_moment_is_recorded),
	        cmocka_unit_test(future__its_error_is_asked_by_nobody__is_marked),
	        cmocka_unit_test(shutdown__a_task_fails_in_it__its_error_is_nobodys),
	        cmocka_unit_test(log__file_cannot_grow__the_run_goes_on),
	        cmocka_unit_test(time__real_and_paced__never_goes_back_in_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
