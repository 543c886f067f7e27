/* Parts of a recording: what is cut is what would be seen through a window, and no more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"

static uint64_t max(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t min(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void slices__of_a_window__are_those_of_the_whole_clipped(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed < 20; seed++) {
		struct make_log log;
		struct trace_error error;
		uint32_t random = seed;
		make_log_init(&log);
		random_log(&log, seed, 400, seed % 2);
		struct trace_model *m = read_log(&log);
		uint32_t end = (uint32_t)m->t_end_ns;
		uint64_t from = random_next(&random, end),
		         to = from + 1 + random_next(&random, end);
		struct trace_export whole, part;
		trace_export_init(&whole, m);
		trace_export_init(&part, m);
		assert_int_equal(trace_export_window(&part, from, to, &error), TRACE_OK);
		struct trace_slices all = trace_slices_begin(&whole),
		                    some = trace_slices_begin(&part);
		struct trace_slice slice, cut = {0};
		bool has_cut = trace_slices_next(&some, &cut);
		while (trace_slices_next(&all, &slice)) {
			if (!has_cut || cut.ordinal != slice.ordinal) {
				/* What is left out has no part in the window, not even an instant. */
				assert_true(slice.end_ns <= from || slice.begin_ns >= to);
				continue;
			}
			assert_int_equal(cut.begin_ns, max(slice.begin_ns, from));
			assert_int_equal(cut.end_ns, min(slice.end_ns, to));
			has_cut = trace_slices_next(&some, &cut);
		}
		assert_false(has_cut);
		trace_export_fini(&part);
		trace_export_fini(&whole);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

static void walk__of_a_window__begins_with_what_was_in_force(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed < 20; seed++) {
		struct make_log log;
		struct trace_error error;
		uint32_t random = seed, ordinal;
		uint64_t t_ns, last_ns;
		make_log_init(&log);
		random_log(&log, seed, 400, true);
		struct trace_model *m = read_log(&log);
		uint64_t from = 1 + random_next(&random, (uint32_t)m->t_end_ns);
		struct trace_export part;
		trace_export_init(&part, m);
		assert_int_equal(trace_export_window(&part, from, UINT64_MAX, &error), TRACE_OK);
		uint32_t before = trace_model_at_time(m, from - 1);
		uint8_t *is_born = calloc(m->n_lanes, 1);
		uint32_t *told = calloc(m->n_lanes, sizeof *told);
		struct trace_walk walk = trace_walk_begin(&part);
		last_ns = from;
		while (trace_walk_next(&walk, &ordinal, &t_ns)) {
			const struct trace_record *r = trace_model_event(m, ordinal);
			uint32_t lane = trace_export_lane_of(&part, r);
			assert_true(t_ns >= last_ns);
			assert_int_equal(t_ns, max(r->t_ns, from));
			last_ns = t_ns;
			assert_int_not_equal(lane, TRACE_NONE);
			if (r->kind == TRACE_TASK || r->kind == TRACE_OBJECT)
				is_born[lane]++;
			if (r->kind == TRACE_STATE && r->t_ns < from)
				told[lane] = ordinal;
			if (r->kind == TRACE_STATE || r->kind == TRACE_LEVEL)
				assert_int_equal(is_born[lane], 1);
		}
		for (uint32_t i = 0; i < m->n_lanes && before != TRACE_NONE; i++) {
			size_t at = trace_lane_at(&m->lanes[i], before);
			if (m->lanes[i].kind == TRACE_LANE_TASK && at != SIZE_MAX &&
			    trace_export_has_lane(&part, i))
				assert_int_equal(told[i], m->lanes[i].ordinals[at]);
		}
		free(told);
		free(is_born);
		trace_export_fini(&part);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

static void window__empty_or_beyond_the_end__is_refused(void **state)
{
	(void)state;
	struct make_log log;
	struct trace_error error;
	make_log_sample(&log);
	struct trace_model *m = read_log(&log);
	struct trace_export part;
	trace_export_init(&part, m);
	assert_int_equal(trace_export_window(&part, 5, 5, &error), TRACE_EFORMAT);
	assert_int_equal(trace_export_window(&part, m->t_end_ns + 1, UINT64_MAX, &error),
	                 TRACE_EFORMAT);
	assert_int_equal(trace_export_window(&part, m->t_end_ns, UINT64_MAX, &error), TRACE_OK);
	trace_export_fini(&part);
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void lanes__by_pattern__are_chosen_with_what_they_touch(void **state)
{
	(void)state;
	static const struct {
		const char *patterns,
		        *chosen; /* names, each with a blank behind it, or NULL: refused */
	} rows[] = {
	        {"worker", "the lock that both of them want worker "},
	        {"w?rk*", "the lock that both of them want worker "},
	        {"#2", "the lock that both of them want worker "},
	        {"loop,worker", "loop the lock that both of them want worker "},
	        {"nobody", NULL},
	        {"worker,nobody", NULL},
	        {"#99", NULL},
	        {"", NULL},
	};
	struct make_log log;
	make_log_sample(&log);
	struct trace_model *m = read_log(&log);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct trace_error error;
		struct trace_export part;
		char names[256] = "";
		trace_export_init(&part, m);
		int rc = trace_export_lanes(&part, rows[i].patterns, &error);
		if ((rc == TRACE_OK) != (rows[i].chosen != NULL))
			fail_msg("'%s' gave %d", rows[i].patterns, rc);
		for (uint32_t k = 0; rc == TRACE_OK && k < m->n_lanes; k++) {
			size_t n = strlen(names);
			if (trace_export_has_lane(&part, k))
				snprintf(names + n, sizeof names - n, "%s ", m->lanes[k].name);
		}
		if (rc == TRACE_OK)
			assert_string_equal(names, rows[i].chosen);
		trace_export_fini(&part);
	}
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void fields__of_every_state__name_what_the_record_says(void **state)
{
	(void)state;
	struct make_log log;
	make_log_sample(&log);
	struct trace_model *m = read_log(&log);
	size_t n_seen = 0;
	for (uint32_t i = 0; i < m->n_events; i++) {
		const struct trace_record *r = trace_model_event(m, i);
		struct trace_fields fields;
		trace_fields_of(m, r, &fields);
		if (r->kind != TRACE_STATE) {
			assert_int_equal(fields.n, r->kind == TRACE_WORKER && r->a ? 2 : 0);
			continue;
		}
		n_seen += fields.n;
		const struct trace_field *by = trace_field_find(&fields, TRACE_FIELD_BY_ID);
		assert_int_equal(by != NULL, r->sub == TRACE_STATE_READY);
		if (by)
			assert_int_equal(by->number, r->b);
		const struct trace_field *until = trace_field_find(&fields, TRACE_FIELD_UNTIL);
		assert_int_equal(until != NULL,
		                 r->sub == TRACE_STATE_WAITING && r->arg & TRACE_TIMED);
		assert_int_equal(trace_field_find(&fields, TRACE_FIELD_OUTCOME) != NULL,
		                 r->sub == TRACE_STATE_DONE);
	}
	assert_true(n_seen > 5);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* A recording without an event, and one of one event: every format has something to say. */
static void formats__of_next_to_nothing__write_a_whole_file(void **state)
{
	(void)state;
	size_t n;
	const struct trace_format_ops *formats = trace_formats(&n);
	for (int with_task = 0; with_task < 2; with_task++) {
		struct make_log log;
		make_log_init(&log);
		if (with_task)
			make_log_task(&log, 1, "only", 0);
		make_log_close(&log);
		struct trace_model *m = read_log(&log);
		struct trace_export whole;
		trace_export_init(&whole, m);
		for (size_t i = 0; i < n; i++) {
			struct trace_error error;
			char *text = NULL;
			size_t n_bytes = 0;
			if (formats[i].shape != TRACE_FORMAT_STREAM)
				continue;
			FILE *out = open_memstream(&text, &n_bytes);
			assert_int_equal(formats[i].write(&whole, out, &error), TRACE_OK);
			fclose(out);
			assert_true(n_bytes > 10);
			free(text);
		}
		trace_export_fini(&whole);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(slices__of_a_window__are_those_of_the_whole_clipped),
	        cmocka_unit_test(walk__of_a_window__begins_with_what_was_in_force),
	        cmocka_unit_test(window__empty_or_beyond_the_end__is_refused),
	        cmocka_unit_test(lanes__by_pattern__are_chosen_with_what_they_touch),
	        cmocka_unit_test(fields__of_every_state__name_what_the_record_says),
	        cmocka_unit_test(formats__of_next_to_nothing__write_a_whole_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
