/* Reading in slices: whatever their size, the model is in the end what reading at once makes of the file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"

static struct trace_model *open_model(const char *path)
{
	struct trace_reader *reader;
	struct trace_error error = {0};
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	struct trace_model *m = trace_model_create(reader);
	assert_non_null(m);
	return m;
}

/* Read by slices, and look at the progress; returns how many there were. */
static size_t read_slices(struct trace_model *m, size_t max_events)
{
	struct trace_error error = {0};
	double before = 0, done;
	size_t n = 0, n_events = 0;
	int rc;
	while ((rc = trace_model_update_some(m, max_events, &error)) > 0) {
		bool behind = trace_model_is_behind(m, &done);
		assert_true(done >= before && done <= 1);
		assert_true(m->n_events - n_events < max_events + TRACE_BLOCK_SLOTS);
		assert_true(trace_model_extent_ns(m) >= m->t_end_ns);
		if (!behind)
			assert_true(done == 1);
		before = done;
		n_events = m->n_events;
		n++;
	}
	assert_int_equal(rc, 0);
	assert_false(trace_model_is_behind(m, &done));
	return n;
}

static void assert_same(const struct trace_model *a, const struct trace_model *b)
{
	assert_int_equal(a->n_events, b->n_events);
	for (uint32_t k = 0; k < a->n_events; k++)
		assert_int_equal(trace_model_slot(a, k), trace_model_slot(b, k));
	assert_int_equal(a->n_lanes, b->n_lanes);
	for (size_t i = 0; i < a->n_lanes; i++) {
		assert_int_equal(a->lanes[i].n, b->lanes[i].n);
		assert_memory_equal(a->lanes[i].ordinals, b->lanes[i].ordinals,
		                    a->lanes[i].n * sizeof(uint32_t));
		assert_int_equal(a->order[i], b->order[i]);
	}
	assert_int_equal(a->t_end_ns, b->t_end_ns);
	assert_int_equal(a->status, b->status);
}

static void slices__of_any_size__end_where_reading_at_once_does(void **state)
{
	(void)state;
	const size_t sizes[] = {1, 7, 64, 511, 1000, 100000};
	struct make_log log;
	const char *path = make_log_path("slices.gtt");
	make_log_init(&log);
	random_log(&log, 21, 6000, true);
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *whole = open_model(path);
	read_slices(whole, SIZE_MAX - TRACE_BLOCK_SLOTS);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct trace_model *m = open_model(path);
		size_t n = read_slices(m, sizes[i]);
		if (sizes[i] < 1000)
			assert_true(n > 3);
		assert_same(m, whole);
		trace_model_destroy(m);
	}
	trace_model_destroy(whole);
	make_log_fini(&log);
}

/* Writers that take turns in an odd rhythm, over more blocks than are looked at ahead: one of them is silent for most of the time. */
static void make_long(struct make_log *log, uint32_t seed)
{
	uint32_t random = seed;
	make_log_init(log);
	make_log_task(log, 1, "main", 0);
	for (uint32_t i = 0; log->n_blocks < 2600; i++) {
		uint32_t writer = 1 + random_next(&random, 3);
		uint32_t n = i % 997 == 0 ? 200 : 1 + random_next(&random, 900);
		if (i % 997 == 0)
			writer = 4;
		for (uint32_t k = 0; k < n; k++) {
			log->t_ns += random_next(&random, 20000);
			make_log_put(log, writer,
			             (struct trace_record){.t_ns = log->t_ns,
			                                   .id = writer,
			                                   .sub = (uint8_t)(1 + k % 2),
			                                   .kind = TRACE_WORKER});
		}
	}
	make_log_close(log);
}

static void slices__many_writers_and_more_blocks_than_a_window__keep_the_order(void **state)
{
	(void)state;
	struct make_log log;
	const char *path = make_log_path("long.gtt");
	struct trace_error error = {0};
	make_long(&log, 3);
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *m = open_model(path);
	int rc;
	while ((rc = trace_model_update_some(m, 100000, &error)) == 1)
		;
	assert_int_equal(rc, 0); /* nothing came late, nothing was made anew */
	uint64_t before_ns = 0;
	for (uint32_t k = 0; k < m->n_events; k++) {
		uint64_t t_ns = trace_model_event(m, k)->t_ns;
		assert_true(t_ns >= before_ns);
		before_ns = t_ns;
	}
	assert_true(m->n_events > 2500 * 500u);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* Ask the same row twice, with other rows and other windows between, while the model grows: the second answer, which may have been
 * kept, is the first one's; and both are what single questions say. */
static void rows__asked_again_while_reading__are_never_stale(void **state)
{
	(void)state;
	struct make_log log;
	const char *path = make_log_path("rows.gtt");
	struct trace_error error = {0};
	uint32_t random = 9;
	make_log_init(&log);
	random_log(&log, 33, 5000, true);
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *m = open_model(path);
	while (trace_model_update_some(m, 400, &error) > 0) {
		uint64_t windows_ns[2][31];
		for (uint64_t i = 0; i <= 30; i++) {
			windows_ns[0][i] = m->t_end_ns * i / 30;
			windows_ns[1][i] = m->t_end_ns / 2 + i * 7;
		}
		for (int i = 0; i < 60; i++) {
			uint32_t lane = random_next(&random, (uint32_t)m->n_lanes), k;
			uint32_t past = random_next(&random, (uint32_t)m->n_events);
			k = random_next(&random, 2) ? TRACE_NONE : past;
			uint64_t edges_ns[31], *window_ns = windows_ns[random_next(&random, 2)];
			uint64_t cut_ns = window_ns[0] + random_next(&random, 300);
			/* cut where a playhead stands: mostly only the last edges move */
			for (size_t edge = 0; edge <= 30; edge++)
				edges_ns[edge] = i % 3 && window_ns[edge] > cut_ns
				                         ? cut_ns
				                         : window_ns[edge];
			uint8_t first[30], again[30];
			trace_lane_seen_row(m, lane, edges_ns, 30, k, first);
			for (uint32_t cell = 0; cell < 30; cell += 3)
				assert_int_equal(first[cell],
				                 trace_lane_seen(m, lane, edges_ns[cell],
				                                 edges_ns[cell + 1], k));
			trace_lane_seen_row(m, lane, edges_ns, 30, k, again);
			assert_memory_equal(first, again, sizeof first);
		}
	}
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* Damage in a slice to come is found when it is read, and what was read stays. */
static void slices__damage_in_a_later_one__is_said_when_it_is_reached(void **state)
{
	(void)state;
	struct make_log log;
	const char *path = make_log_path("late.gtt");
	struct trace_error error = {0};
	make_log_init(&log);
	random_log(&log, 21, 6000, true);
	make_log_at(&log, 5000)->kind = 99;
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *m = open_model(path);
	assert_int_equal(trace_model_update_some(m, 1000, &error), 1);
	int rc;
	while ((rc = trace_model_update_some(m, 1000, &error)) > 0)
		;
	assert_int_equal(rc, TRACE_EFORMAT);
	assert_non_null(strstr(error.text, "unexpected kind 99 (at byte 164127)"));
	assert_true(m->n_events > 4000);
	trace_model_destroy(m);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(slices__of_any_size__end_where_reading_at_once_does),
	        cmocka_unit_test(
	                slices__many_writers_and_more_blocks_than_a_window__keep_the_order),
	        cmocka_unit_test(rows__asked_again_while_reading__are_never_stale),
	        cmocka_unit_test(slices__damage_in_a_later_one__is_said_when_it_is_reached),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
