/* Every declared answer of every prediction point, held against the recording of its lesson; and what becomes of them
 * when parameters change. */
#include "viz/classroom/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/lesson_model.h"

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
	struct viz_stop moment;
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
		struct trace_model *model = lesson_model(lesson, NULL);
		for (size_t k = 0; k < n; k++) {
			n_wrong += check_point(model, lesson, &points[k]);
		}
		trace_model_destroy(model);
	}
	assert_int_equal(n_wrong, 0);
}

static void answer__beforehand__rules_from_the_start_alone(void **state)
{
	struct scn_args args;
	struct viz_answer answer;
	struct scn_point point = {.ask = "?", .right = 1, .truth = SCN_TRUTH_ALWAYS};
	(void)state;
	scn_args_init(&args, scn_find("files"));
	assert_true(viz_answer_beforehand(&args, &point, &answer));
	assert_int_equal(answer.right, 1);
	point.truth = SCN_TRUTH_MAKESPAN;
	assert_false(viz_answer_beforehand(&args, &point, &answer));
	point.truth = SCN_TRUTH_DEFAULTS;
	assert_true(viz_answer_beforehand(&args, &point, &answer));
	args.values[0]++;
	assert_false(viz_answer_beforehand(&args, &point, &answer));
	point.truth = SCN_TRUTH_ALWAYS;
	assert_true(viz_answer_beforehand(&args, &point, &answer));
	point.t_ns = 1;
	assert_false(viz_answer_beforehand(&args, &point, &answer));
}

/* A run in real time is asked about before it is over, so each of its questions has to be one that needs no recording. */
static void answer__in_real_time__all_is_known_beforehand(void **state)
{
	size_t n, n_asked = 0;
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const struct scn_point *points = scn_points(lesson, &n);
		struct scn_args args;
		scn_args_init(&args, lesson);
		for (size_t k = 0; k < n && lesson->needs_real_clock; k++) {
			struct viz_answer answer;
			assert_true(viz_answer_beforehand(&args, &points[k], &answer));
			assert_true(is_as_declared(&points[k], &answer));
			n_asked++;
		}
	}
	assert_int_equal(n_asked, 4);
}

static const struct scn_point *order_of(const char *lesson)
{
	size_t n;
	const struct scn_point *points = scn_points(scn_find(lesson), &n);
	while (n > 0 && points[n - 1].kind != SCN_ORDER)
		n--;
	assert_true(n > 0);
	return &points[n - 1];
}

/* The order that files declares is the one in which its tasks begin. */
static void answer__files__is_what_a_real_run_says(void **state)
{
	struct scn_point begin = *order_of("files");
	struct viz_answer answer;
	struct trace_model *model = lesson_model(scn_find("files"), NULL);
	(void)state;
	begin.truth = SCN_TRUTH_ORDER_START;
	assert_true(viz_answer(model, scn_find("files"), &begin, &answer));
	assert_true(is_as_declared(&begin, &answer));
	trace_model_destroy(model);
}

/* An answer that cannot be shown is worse than none. */
static void assert_can_be_shown(const struct scenario *lesson, const struct scn_point *point,
                                const struct viz_answer *answer)
{
	char text[VIZ_ASK_BYTES];
	unsigned seen = 0;
	size_t n = scn_point_n_options(point);
	viz_answer_text(answer, point->ask, text, sizeof text);
	if (strchr(text, '{') != NULL)
		fail_msg("%s: '%s' names a parameter that is not there", lesson->name, text);
	if (point->kind == SCN_CHOICE &&
	    (answer->right >= n || (answer->is_new && !answer->text[0])))
		fail_msg("%s: '%s' has no right option", lesson->name, text);
	for (size_t i = 0; point->kind == SCN_CHOICE && i < n; i++) {
		char right[VIZ_ASK_BYTES];
		viz_answer_option(answer, point, answer->right, right, sizeof right);
		viz_answer_option(answer, point, i, text, sizeof text);
		if (i != answer->right && strcmp(text, right) == 0)
			fail_msg("%s: '%s' is right, and wrong", lesson->name, text);
	}
	for (size_t i = 0; i < answer->n_order; i++)
		seen |= 1u << answer->order[i];
	if (point->kind == SCN_ORDER && (answer->n_order != n || seen != (1u << n) - 1))
		fail_msg("%s: '%s' has no order", lesson->name, text);
	if (point->kind == SCN_PAINT && strlen(answer->cells) != strlen(point->cells))
		fail_msg("%s: '%s' has too few cells", lesson->name, text);
}

/* Every parameter of every lesson at its lowest, and at twice its default: fewer questions, but none that has no answer. */
static void answer__other_parameters__can_be_shown_or_is_not_asked(void **state)
{
	size_t n, n_asked = 0;
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		const struct scn_point *points = scn_points(lesson, &n);
		for (size_t p = 0; p < 2 * lesson->n_params && !lesson->needs_real_clock; p++) {
			char setting[64];
			struct viz_answer answer;
			const struct scn_param *param = &lesson->params[p / 2];
			int64_t twice =
			        2 * param->value < param->max ? 2 * param->value : param->max;
			snprintf(setting, sizeof setting, "%s=%d", param->name,
			         (int)(p % 2 ? twice : param->min));
			struct trace_model *model = lesson_model(lesson, setting);
			for (size_t k = 0; k < n; k++)
				if (viz_answer(model, lesson, &points[k], &answer)) {
					assert_can_be_shown(lesson, &points[k], &answer);
					n_asked++;
				}
			trace_model_destroy(model);
		}
	}
	assert_true(n_asked > 80);
}

static const struct scn_point *point_of(const char *lesson, enum scn_truth truth)
{
	size_t n;
	const struct scn_point *points = scn_points(scn_find(lesson), &n);
	for (size_t i = 0; i < n; i++)
		if (points[i].truth == truth)
			return &points[i];
	fail_msg("%s asks nothing of that kind", lesson);
	return NULL;
}

static void answer__another_makespan__is_worded_anew(void **state)
{
	char text[VIZ_ASK_BYTES];
	struct viz_answer answer;
	const struct scn_point *point = point_of("pool-full", SCN_TRUTH_MAKESPAN);
	struct trace_model *model = lesson_model(scn_find("pool-full"), "jobs=7");
	(void)state;
	assert_true(viz_answer(model, scn_find("pool-full"), point, &answer));
	assert_true(answer.is_new);
	assert_string_equal(viz_answer_option(&answer, point, answer.right, text, sizeof text),
	                    "at 400 ms"); /* like the others, or its looks would give it away */
	assert_string_equal(viz_answer_text(&answer, point->ask, text, sizeof text),
	                    "7 calls of 100 ms, 2 threads. When is the last one done?");
	trace_model_destroy(model);
}

static void answer__wrong_options__follow_the_parameters(void **state)
{
	char text[VIZ_ASK_BYTES];
	struct viz_answer answer;
	const struct scn_point *point = point_of("pool-full", SCN_TRUTH_MAKESPAN);
	struct trace_model *model = lesson_model(scn_find("pool-full"), "jobs=7");
	static const char *const wanted[] = {"at 100 ms: threads run at the same time", "at 350 ms",
	                                     "at 400 ms", "at 700 ms"};
	(void)state;
	assert_true(viz_answer(model, scn_find("pool-full"), point, &answer));
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(viz_answer_option(&answer, point, i, text, sizeof text),
		                    wanted[i]);
	trace_model_destroy(model);
}

static void answer__a_wrong_option_becomes_right__is_found(void **state)
{
	struct viz_answer answer;
	const struct scn_point *point = point_of("pool-full", SCN_TRUTH_MAKESPAN);
	struct trace_model *model = lesson_model(scn_find("pool-full"), "pool=5");
	(void)state;
	assert_true(viz_answer(model, scn_find("pool-full"), point, &answer));
	assert_false(answer.is_new);
	assert_int_equal(answer.right, 0); /* at 100 ms: threads run at the same time */
	trace_model_destroy(model);
}

/* What is said about the defaults is not asked of another run. */
static void answer__declared_for_the_defaults__is_not_asked_of_others(void **state)
{
	struct viz_answer answer;
	const struct scn_point *point = point_of("swallow", SCN_TRUTH_DEFAULTS);
	struct trace_model *model = lesson_model(scn_find("swallow"), "rest=0");
	(void)state;
	assert_false(viz_answer_is_default(model, scn_find("swallow")));
	assert_false(viz_answer(model, scn_find("swallow"), point, &answer));
	trace_model_destroy(model);
}

/* A recording without an event: nothing to find, and nothing breaks. */
static void answer__empty_recording__finds_nothing(void **state)
{
	static const enum scn_truth truths[] = {SCN_TRUTH_MAKESPAN, SCN_TRUTH_NEXT, SCN_TRUTH_WAKER,
	                                        SCN_TRUTH_VAR,      SCN_TRUTH_PEAK, SCN_TRUTH_END,
	                                        SCN_TRUTH_STATUS};
	struct trace_model model = {.policy = (char[]){"fifo"}};
	struct viz_answer answer;
	(void)state;
	for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
		struct scn_point point = {.ask = "?", .truth = truths[i], .of = "main"};
		point.options[0].text = "one";
		assert_false(viz_answer(&model, scn_find("hello"), &point, &answer));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(answer__every_point_of_every_lesson__is_what_the_recording_says),
	        cmocka_unit_test(answer__beforehand__rules_from_the_start_alone),
	        cmocka_unit_test(answer__in_real_time__all_is_known_beforehand),
	        cmocka_unit_test(answer__files__is_what_a_real_run_says),
	        cmocka_unit_test(answer__other_parameters__can_be_shown_or_is_not_asked),
	        cmocka_unit_test(answer__another_makespan__is_worded_anew),
	        cmocka_unit_test(answer__wrong_options__follow_the_parameters),
	        cmocka_unit_test(answer__a_wrong_option_becomes_right__is_found),
	        cmocka_unit_test(answer__declared_for_the_defaults__is_not_asked_of_others),
	        cmocka_unit_test(answer__empty_recording__finds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
