/* Every lesson, under every clock that it can do without waiting for: its recording keeps the truth rules, and two
 * virtual runs are the same bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/scenario.h"
#include "tests/trace/make_log.h"
#include "trace/validate.h"

static void record(const struct scenario *lesson, const char *path, enum trace_clock clock)
{
	struct scn_run run = {.log = path, .clock = clock, .speed_ppm = 1000000000};
	scn_args_init(&run.args, lesson);
	scn_run(&run); /* some lessons end in a deadlock, on purpose */
}

static void assert_true_recording(const struct scenario *lesson, const char *path)
{
	struct trace_violation v;
	struct trace_error error = {0};
	struct trace_reader *reader;
	size_t n;
	if (trace_reader_open(&reader, path, false, &error))
		fail_msg("%s", error.text);
	struct trace_model *m = trace_model_create(reader);
	assert_non_null(m);
	if (trace_model_update(m, &error) < 0)
		fail_msg("%s: %s", lesson->name, error.text);
	assert_int_equal(trace_validate(m, &v, 1, &n, &error), 0);
	if (n)
		fail_msg("%s: %s", lesson->name, v.text);
	assert_true(m->n_events > 4);
	assert_true(m->status != 0);
	trace_model_destroy(m);
}

static void lessons__virtual__keep_the_truth_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const char *path = make_log_path("lesson.gtt");
		if (lesson->needs_real_clock)
			continue;
		record(lesson, path, TRACE_CLOCK_VIRTUAL);
		assert_true_recording(lesson, path);
	}
}

static void lessons__paced_a_thousand_times_faster__keep_the_truth_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const char *path = make_log_path("lesson.gtt");
		if (lesson->needs_real_clock)
			continue;
		record(lesson, path, TRACE_CLOCK_PACED);
		assert_true_recording(lesson, path);
	}
}

static size_t slurp(const char *path, char *bytes, size_t max)
{
	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	size_t n = fread(bytes, 1, max, in);
	fclose(in);
	return n;
}

static void lessons__virtual_twice__are_the_same_bytes(void **state)
{
	(void)state;
	const size_t max = 1 << 22;
	char *first = malloc(max), *second = malloc(max);
	assert_non_null(first);
	assert_non_null(second);
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const char *path = make_log_path("lesson.gtt");
		if (lesson->needs_real_clock)
			continue;
		record(lesson, path, TRACE_CLOCK_VIRTUAL);
		size_t n = slurp(path, first, max);
		record(lesson, path, TRACE_CLOCK_VIRTUAL);
		if (slurp(path, second, max) != n || memcmp(first, second, n))
			fail_msg("%s: two recordings differ", lesson->name);
	}
	free(first);
	free(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lessons__virtual__keep_the_truth_rules),
	        cmocka_unit_test(lessons__paced_a_thousand_times_faster__keep_the_truth_rules),
	        cmocka_unit_test(lessons__virtual_twice__are_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
