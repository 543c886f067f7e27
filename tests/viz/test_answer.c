/* Every declared answer of every prediction point, held against the recording of its lesson; and what becomes of them
 * when parameters change. */
#include "viz/classroom/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Run a lesson under the virtual clock, with one setting or none, and return its model. */
static struct trace_model *run(const struct scenario *lesson, const char *setting)
{
	char path[] = "/tmp/ganttop-test-XXXXXX", why[200];
	struct scn_run how = {.log = path, .clock = TRACE_CLOCK_VIRTUAL};
	struct trace_error error = {0};
	struct trace_reader *reader;
	int file = mkstemp(path);
	assert_true(file >= 0);
	close(file);
	scn_args_init(&how.args, lesson);
	if (setting != NULL && scn_args_set(&how.args, setting, why, sizeof why) != 0)
		fail_msg("%s", why);
	scn_run(&how); /* some lessons end in a deadlock, on purpose */
	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_OK);
	unlink(path);
	struct trace_model *model = trace_model_create(reader);
	assert_non_null(model);
	assert_true(trace_model_update(model, &error) >= 0);
	return model;
}

static void print_wrong(const struct scenario *lesson, const struct scn_point *point,
                        const struct viz_answer *answer)
{
	char order[SCN_OPTIONS_MAX + 1] = "";
	for (size_t i = 0; i < answer->n_order; i++)
		order[i] = (char)('0' + answer->order[i]);
	print_error("%s: '%s': found option %u, '%s', order '%s', cells '%s'\n", lesson->name,
	            point->ask, answer->right, answer->text, order, answer->cells);
}

/* Returns whether the answer that is found is the one that is declared. */
static bool is_as_declared(const struct scn_point *point, const struct viz_answer *answer)
{
	switch (point->kind) {
	case SCN_ORDER:
		return memcmp(answer->order, point->order, scn_point_n_options(point)) == 0;
	case SCN_PAINT:
		return strcmp(answer->cells, point->cells) == 0;
	default:
		return answer->right == point->right && !answer->is_new;
	}
}

static unsigned check_point(const struct trace_model *model, const struct scenario *lesson,
                            const struct scn_point *point)
{
	struct viz_answer answer;
	struct viz_moment moment;
	if (!viz_answer_moment(model, point, &moment) || moment.t_ns != point->t_ns) {
		print_error("%s: '%s': the moment is not there\n", lesson->name, point->ask);
		return 1;
	}
	if (viz_answer(model, lesson, point, &answer) && is_as_declared(point, &answer))
		return 0;
	print_wrong(lesson, point, &answer);
	return 1;
}

static void answer__every_point_of_every_lesson__is_what_the_recording_says(void **state)
{
	unsigned n_wrong = 0;
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		size_t n;
		const struct scenario *lesson = scn_at(i);
		const struct scn_point *points = scn_points(lesson, &n);
		if (lesson->needs_real_clock)
			continue;
		struct trace_model *model = run(lesson, NULL);
		for (size_t k = 0; k < n; k++) {
			n_wrong += check_point(model, lesson, &points[k]);
		}
		trace_model_destroy(model);
	}
	assert_int_equal(n_wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(answer__every_point_of_every_lesson__is_what_the_recording_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
