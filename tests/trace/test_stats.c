/* Statistics and the critical path: exact on a recording made by hand, and adding up on random ones and on every lesson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/scenario.h"
#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/analysis/lags.h"
#include "trace/analysis/path.h"
#include "trace/analysis/stats.h"

#define MS UINT64_C(1000000)

static void assert_sums(const struct trace_stats *stats)
{
	const struct trace_stats s = *stats;
	uint64_t running = 0, work = 0, overlap = 0;
	for (size_t i = 0; i < s.n_tasks; i++) {
		const struct trace_task_stats *t = &s.tasks[i];
		uint64_t waits = 0;
		assert_int_equal(t->running_ns + t->ready_ns + t->waiting_ns,
		                 t->end_ns - t->born_ns);
		assert_true(t->late_ns <= t->waiting_ns);
		assert_true(t->longest_ns <= t->running_ns);
		for (size_t k = 0; k < t->n_waits; k++)
			waits += t->waits[k].ns;
		assert_int_equal(waits, t->waiting_ns);
		running += t->running_ns;
		work += t->work_ns;
	}
	assert_int_equal(running, s.running_ns);
	assert_int_equal(work + s.calls_ns, s.work_ns);
	for (unsigned i = 0; i < TRACE_STATS_BUCKETS; i++)
		overlap += s.overlap_ns[i];
	assert_int_equal(overlap, s.work_ns);
	assert_int_equal(trace_stats_bucket_ns(&s, TRACE_STATS_BUCKETS), s.end_ns);
	assert_true(s.lag_p50_ns <= s.lag_p90_ns && s.lag_p90_ns <= s.lag_p99_ns &&
	            s.lag_p99_ns <= s.lag_max_ns);
	assert_true(s.fairness_ppm <= 1000000);
}

/* Whatever a recording says, these are so, of all of it and up to any event. */
static void assert_adds_up(const struct trace_model *m)
{
	struct trace_stats s;
	size_t n_steps = 0;
	assert_int_equal(trace_stats_make(&s, m), TRACE_OK);
	assert_sums(&s);
	trace_stats_fini(&s);
	assert_int_equal(trace_stats_make_until(&s, m, TRACE_NONE, 0), TRACE_OK);
	assert_int_equal(s.n_tasks, 0);
	trace_stats_fini(&s);
	for (size_t i = 0; i < m->n_events; i += m->n_events / 7 + 1) {
		uint64_t t_ns = trace_model_event(m, (uint32_t)i)->t_ns;
		assert_int_equal(trace_stats_make_until(&s, m, (uint32_t)i, t_ns), TRACE_OK);
		assert_sums(&s);
		assert_int_equal(s.end_ns, t_ns);
		assert_true(s.n_steps >= n_steps);
		n_steps = s.n_steps;
		trace_stats_fini(&s);
	}
}

static void assert_path_is_whole(const struct trace_model *m)
{
	struct trace_path path;
	assert_int_equal(trace_path_find(&path, m), TRACE_OK);
	uint64_t at_ns = path.n ? path.parts[0].t0_ns : 0;
	if (path.n)
		assert_int_equal(at_ns, trace_model_event(m, 0)->t_ns);
	for (size_t i = 0; i < path.n; i++) {
		assert_int_equal(path.parts[i].t0_ns, at_ns);
		assert_true(path.parts[i].t1_ns > at_ns);
		assert_true(path.parts[i].lane < m->n_lanes);
		at_ns = path.parts[i].t1_ns;
	}
	assert_true(at_ns <= trace_model_now_ns(m));
	trace_path_fini(&path);
}

static void stats__random_recordings__add_up(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 200; seed++) {
		struct make_log log;
		make_log_init(&log);
		random_log(&log, seed, 20 + seed * 3, seed % 2);
		struct trace_model *m = read_log(&log);
		assert_adds_up(m);
		assert_path_is_whole(m);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

static uint64_t sum_up_to_the_end(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Stretch all times so far that the last one is close to the end of 64 bits; no wait is over before it ends. */
static void stretch(struct make_log *log)
{
	uint64_t last_ns = 1;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t slot = 0; slot < log->n_blocks * TRACE_BLOCK_SLOTS; slot++) {
			struct trace_record *r = make_log_at(log, slot);
			if (r->kind == TRACE_CONT)
				continue;
			if (pass > 0)
				r->t_ns *= UINT64_MAX / last_ns;
			else if (r->t_ns > last_ns)
				last_ns = r->t_ns;
			if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING)
				r->arg &= (uint16_t)~TRACE_TIMED;
		}
}

static void stats__times_up_to_the_end_of_64_bits__sums_stay_there(void **state)
{
	size_t n_full = 0;
	(void)state;
	for (uint32_t seed = 1; seed <= 200; seed++) {
		struct make_log log;
		struct trace_stats s;
		make_log_init(&log);
		random_log(&log, seed, 200 + seed, seed % 2);
		stretch(&log);
		struct trace_model *m = read_log(&log);
		assert_int_equal(trace_stats_make(&s, m), TRACE_OK);
		uint64_t work_ns = s.calls_ns, running_ns = 0;
		for (size_t i = 0; i < s.n_tasks; i++) {
			work_ns = sum_up_to_the_end(work_ns, s.tasks[i].work_ns);
			running_ns = sum_up_to_the_end(running_ns, s.tasks[i].running_ns);
		}
		assert_true(s.work_ns == work_ns && s.running_ns == running_ns);
		for (size_t i = 0; i < s.n_objects; i++)
			assert_true(s.objects[i].wait_max_ns <= s.objects[i].wait_ns);
		n_full += s.work_ns == UINT64_MAX;
		trace_stats_fini(&s);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
	assert_true(n_full > 0);
}

static struct trace_model *run_lesson(const struct scenario *lesson)
{
	struct trace_error error = {0};
	struct trace_reader *reader;
	const char *path = make_log_path("lesson.gtt");
	struct scn_run run = {.log = path, .clock = TRACE_CLOCK_VIRTUAL, .speed_ppm = 1000000};
	scn_args_init(&run.args, lesson);
	scn_run(&run);
	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_OK);
	struct trace_model *m = trace_model_create(reader);
	assert_non_null(m);
	assert_true(trace_model_update(m, &error) >= 0);
	return m;
}

static void stats__every_lesson__adds_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		if (scn_at(i)->needs_real_clock)
			continue;
		struct trace_model *m = run_lesson(scn_at(i));
		assert_adds_up(m);
		assert_path_is_whole(m);
		trace_model_destroy(m);
	}
}

static void stats__nothing_at_all__is_zero(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	struct trace_model *m = read_log(&log);
	struct trace_stats s;
	assert_int_equal(trace_stats_make(&s, m), TRACE_OK);
	assert_int_equal(s.n_tasks, 0);
	assert_int_equal(s.end_ns - s.begin_ns, 0);
	assert_int_equal(trace_stats_speedup_ppm(&s), 0);
	assert_int_equal(trace_stats_busy_ppm(&s), 0);
	trace_stats_fini(&s);
	assert_path_is_whole(m);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* Two tasks: A sleeps until 10 and computes until 40; B, whose time is 20, is seen to at 40, and runs at 50. */
static void late_pair(struct make_log *log)
{
	make_log_init(log);
	make_log_task(log, 1, "A", 0);
	make_log_ready(log, 1, TRACE_WHY_START, 0);
	make_log_task(log, 2, "B", 0);
	make_log_ready(log, 2, TRACE_WHY_START, 0);
	make_log_run(log, 1);
	make_log_sleep(log, 1, 10 * MS);
	make_log_run(log, 2);
	make_log_sleep(log, 2, 20 * MS);
	log->t_ns = 10 * MS;
	make_log_ready(log, 1, TRACE_WHY_TIMER, 0);
	make_log_run(log, 1);
	log->t_ns = 40 * MS;
	make_log_ready(log, 2, TRACE_WHY_TIMER, 0);
	log->t_ns = 50 * MS;
	make_log_done(log, 1, TRACE_OUTCOME_RESULT, NULL);
	make_log_run(log, 2);
	log->t_ns = 55 * MS;
	make_log_done(log, 2, TRACE_OUTCOME_RESULT, NULL);
	make_log_end(log, TRACE_STATUS_FINISHED);
	make_log_close(log);
}

static void stats__a_late_task__is_late_then_ready(void **state)
{
	(void)state;
	struct make_log log;
	late_pair(&log);
	struct trace_model *m = read_log(&log);
	struct trace_stats s;
	assert_int_equal(trace_stats_make(&s, m), TRACE_OK);
	const struct trace_task_stats *b = &s.tasks[1];
	assert_int_equal(b->waiting_ns, 40 * MS);
	assert_int_equal(b->late_ns, 20 * MS);
	assert_int_equal(b->ready_ns, 10 * MS);
	assert_int_equal(b->running_ns, 5 * MS);
	assert_int_equal(b->work_ns, 25 * MS);
	assert_int_equal(s.lag_max_ns, 30 * MS);
	assert_int_equal(s.lag_p50_ns, 0);
	assert_int_equal(s.running_ns, 45 * MS);
	assert_int_equal(s.work_ns, (10 + 40 + 25) * MS);
	assert_int_equal(s.alive_max, 2);
	trace_stats_fini(&s);
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void path__a_late_task__names_who_kept_it(void **state)
{
	(void)state;
	static const struct trace_path_part wanted[] = {
	        {TRACE_PATH_WAITING, 2, TRACE_ON_SLEEP, TRACE_NONE, TRACE_NONE, 0, 20 * MS, 0},
	        {TRACE_PATH_LATE, 2, TRACE_ON_SLEEP, TRACE_NONE, 1, 20 * MS, 40 * MS, 0},
	        {TRACE_PATH_READY, 2, 0, TRACE_NONE, 1, 40 * MS, 50 * MS, 0},
	        {TRACE_PATH_RUNNING, 2, 0, TRACE_NONE, TRACE_NONE, 50 * MS, 55 * MS, 0},
	};
	struct make_log log;
	struct trace_path path;
	late_pair(&log);
	struct trace_model *m = read_log(&log);
	assert_int_equal(trace_path_find(&path, m), TRACE_OK);
	assert_int_equal(path.n, 4);
	for (size_t i = 0; i < path.n; i++) {
		assert_int_equal(path.parts[i].kind, wanted[i].kind);
		assert_int_equal(path.parts[i].lane, wanted[i].lane);
		assert_int_equal(path.parts[i].by, wanted[i].by);
		assert_int_equal(path.parts[i].t0_ns, wanted[i].t0_ns);
		assert_int_equal(path.parts[i].t1_ns, wanted[i].t1_ns);
	}
	trace_path_fini(&path);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* The slowest of three concurrent waits is why it took that long. */
static void path__concurrent__goes_through_the_slowest(void **state)
{
	(void)state;
	struct trace_model *m = run_lesson(scn_find("concurrent"));
	struct trace_path path;
	assert_int_equal(trace_path_find(&path, m), TRACE_OK);
	assert_int_equal(path.n, 1);
	assert_int_equal(path.parts[0].kind, TRACE_PATH_WAITING);
	assert_int_equal(path.parts[0].on, TRACE_ON_SLEEP);
	assert_int_equal(path.parts[0].t1_ns, 1000 * MS);
	trace_path_fini(&path);
	trace_model_destroy(m);
}

/* ---- A part at a time ---- */

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* As sorting all of them says: the smallest of them that so many do not exceed. */
static void lags__any_number_of_them__percentiles_are_exact(void **state)
{
	static const size_t numbers[] = {0, 1, 2, 99, 100, 16383, 16384, 16385, 50000};
	static const unsigned percents[] = {0, 1, 50, 90, 99, 100};
	static uint64_t values[50000];
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct trace_lags lags = {.n = 0};
		uint32_t random = 1 + (uint32_t)i;
		size_t n = numbers[i];
		for (size_t k = 0; k < n; k++) {
			values[k] = (uint64_t)random_next(&random, 1000)
			            << random_next(&random, 54);
			assert_int_equal(trace_lags_add(&lags, values[k]), TRACE_OK);
		}
		qsort(values, n, sizeof *values, ascending);
		for (size_t k = 0; k < sizeof percents / sizeof *percents; k++) {
			size_t rank = (n * percents[k] + 99) / 100;
			uint64_t wanted = n ? values[rank ? rank - 1 : 0] : 0;
			assert_int_equal(trace_lags_percentile(&lags, percents[k]), wanted);
		}
		trace_lags_fini(&lags);
	}
}

static void stats__made_in_parts__are_those_of_one_pass(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 50; seed++) {
		struct make_log log;
		struct trace_stats whole, parts;
		uint32_t random = seed;
		make_log_init(&log);
		random_log(&log, seed, 500, seed % 2);
		struct trace_model *m = read_log(&log);
		assert_int_equal(trace_stats_make(&whole, m), TRACE_OK);
		struct trace_stats_pass *pass = trace_stats_pass_start(m);
		assert_non_null(pass);
		int rc, n = 0;
		while ((rc = trace_stats_pass_go_on(pass, random_next(&random, 30))) > 0)
			n++;
		assert_int_equal(rc, TRACE_OK);
		assert_true(n > 10);
		trace_stats_pass_take(pass, &parts);
		assert_int_equal(parts.n_tasks, whole.n_tasks);
		for (size_t i = 0; i < parts.n_tasks; i++) {
			assert_int_equal(parts.tasks[i].running_ns, whole.tasks[i].running_ns);
			assert_int_equal(parts.tasks[i].waiting_ns, whole.tasks[i].waiting_ns);
			assert_int_equal(parts.tasks[i].n_waits, whole.tasks[i].n_waits);
		}
		assert_memory_equal(parts.overlap_ns, whole.overlap_ns, sizeof parts.overlap_ns);
		assert_int_equal(parts.lag_p99_ns, whole.lag_p99_ns);
		assert_int_equal(parts.n_steps, whole.n_steps);
		assert_int_equal(parts.fairness_ppm, whole.fairness_ppm);
		assert_sums(&parts);
		trace_stats_fini(&parts);
		trace_stats_fini(&whole);
		trace_stats_pass_drop(pass);
		/* one that is given up halfway leaves nothing */
		pass = trace_stats_pass_start(m);
		assert_int_equal(trace_stats_pass_go_on(pass, 5), 1);
		trace_stats_pass_drop(pass);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(stats__nothing_at_all__is_zero),
	        cmocka_unit_test(stats__a_late_task__is_late_then_ready),
	        cmocka_unit_test(stats__random_recordings__add_up),
	        cmocka_unit_test(stats__times_up_to_the_end_of_64_bits__sums_stay_there),
	        cmocka_unit_test(stats__every_lesson__adds_up),
	        cmocka_unit_test(lags__any_number_of_them__percentiles_are_exact),
	        cmocka_unit_test(stats__made_in_parts__are_those_of_one_pass),
	        cmocka_unit_test(path__a_late_task__names_who_kept_it),
	        cmocka_unit_test(path__concurrent__goes_through_the_slowest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
