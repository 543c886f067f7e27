/* Questions that are made from any recording: they can be answered from it, their options differ, and nothing that has happened is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/classroom/made.h"
#include "viz/classroom/truth.h"
#include "viz/text/utf8.h"

static const struct viz_question *find(const struct viz_quiz *quiz, const char *ask)
{
	for (size_t i = 0; i < quiz->n; i++)
		if (strstr(quiz->questions[i].point->ask, ask) != NULL)
			return &quiz->questions[i];
	return NULL;
}

static const char *right_of(const struct viz_question *question)
{
	assert_non_null(question);
	return question->point->options[question->answer.right].text;
}

/* Fail unless a text is whole UTF-8: the sign of what was not may stand in it, a half letter may not. */
static void check_whole(const char *text)
{
	while (*text != '\0') {
		bool is_sign = strncmp(text, "\xef\xbf\xbd", 3) == 0;
		assert_true(viz_utf8_next(&text) != VIZ_UTF8_REPLACEMENT || is_sign);
	}
}

/* What holds of every question, whatever the recording is. */
static void check(const struct viz_quiz *quiz)
{
	char text[VIZ_ASK_BYTES];
	for (size_t i = 0; i < quiz->n; i++) {
		const struct viz_question *question = &quiz->questions[i];
		size_t n = scn_point_n_options(question->point);
		assert_in_range(n, 2, SCN_OPTIONS_MAX);
		assert_true(question->answer.right < n);
		check_whole(viz_question_ask(question, text, sizeof text));
		for (size_t k = 0; k < n; k++) {
			const char *at = viz_question_option(question, k, text, sizeof text);
			assert_int_not_equal(at[0], '\0');
			check_whole(at);
			for (size_t j = 0; j < k; j++)
				assert_string_not_equal(question->point->options[j].text,
				                        question->point->options[k].text);
		}
	}
}

/* Ask about every lane at every event; returns how many questions there were. */
static size_t ask_everything(const struct trace_model *model)
{
	size_t n = 0;
	assert_non_null(model);
	for (uint32_t lane = 0; lane <= model->n_lanes; lane++)
		for (uint32_t i = 0; i <= model->n_events; i++) {
			struct viz_quiz quiz = {.n = 0};
			struct viz_problem problem;
			uint32_t ordinal = i < model->n_events ? i : TRACE_NONE;
			int rc = viz_quiz_add_made(&quiz, model, lane, ordinal, &problem);
			assert_true((rc == 0) == (quiz.n > 0));
			check(&quiz);
			n += quiz.n;
			viz_quiz_fini(&quiz);
		}
	return n;
}

static void made__every_lane_at_every_event__can_be_asked(void **state)
{
	struct tape tape;
	(void)state;
	assert_true(ask_everything(tape_semaphore(&tape)) > 50);
	tape_free(&tape);
	assert_true(ask_everything(tape_endings(&tape)) > 10);
	tape_free(&tape);
	assert_true(ask_everything(tape_deadlock(&tape)) > 5);
	tape_free(&tape);
}

static void made__nothing_or_one_event__asks_what_there_is(void **state)
{
	struct tape tape;
	(void)state;
	tape_begin(&tape, "", "", "");
	assert_int_equal(ask_everything(tape_end(&tape, TRACE_STATUS_FINISHED)), 0);
	tape_free(&tape);
	tape_begin(&tape, "", "", "");
	(void)tape_task(&tape, "alone", 0);
	assert_true(ask_everything(tape_end(&tape, 0)) <= 2);
	tape_free(&tape);
	tape_begin(&tape, "", "", "");
	tape_ready(&tape, tape_task(&tape, "alone", 0), TRACE_WHY_START, 0);
	ask_everything(tape_end(&tape, 0));
	tape_free(&tape);
}

/* Two tasks of one name: the answer is about the one that was selected. */
static void made__two_of_one_name__is_about_the_lane(void **state)
{
	struct tape tape;
	struct viz_quiz quiz = {.n = 0};
	struct viz_problem problem;
	(void)state;
	tape_begin(&tape, "", "", "");
	uint32_t first = tape_task(&tape, "worker", 0), second = tape_task(&tape, "worker", 0);
	tape_run(&tape, first);
	tape_at(&tape, 10);
	tape_done(&tape, first, TRACE_OUTCOME_RESULT, NULL);
	tape_run(&tape, second);
	tape_at(&tape, 70);
	tape_done(&tape, second, TRACE_OUTCOME_RESULT, NULL);
	struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	assert_int_equal(viz_quiz_add_made(&quiz, model, 2, TRACE_NONE, &problem), 0);
	assert_string_equal(right_of(find(&quiz, "When does worker end?")), "70 ms");
	viz_quiz_fini(&quiz);
	tape_free(&tape);
}

static void made__has_ended__its_end_is_not_asked(void **state)
{
	struct tape tape;
	struct viz_quiz quiz = {.n = 0};
	struct viz_problem problem;
	(void)state;
	struct trace_model *model = tape_semaphore(&tape);
	uint32_t ordinal = trace_model_at_time(model, 300 * TAPE_MS), lane = 0;
	while (strcmp(model->lanes[lane].name, "Task 0") != 0)
		lane++;
	(void)viz_quiz_add_made(&quiz, model, lane, ordinal, &problem);
	assert_null(find(&quiz, "When does Task 0 end?"));
	assert_non_null(find(&quiz, "How long does it all take?"));
	viz_quiz_fini(&quiz);
	tape_free(&tape);
}

/* Names that somebody else gave: with braces, of many bytes a letter, far too long, empty. */
static void made__hostile_names__stay_whole(void **state)
{
	static const char *const names[] = {
	        "{hold} {",
	        "",
	        "%s%n",
	        "a\"b'c,=SUM(A1)",
	        ("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"
	         "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"),
	        "\x1b[31mred\x1b[0m\n\xff\xfe"};
	struct tape tape;
	uint32_t tasks[6];
	(void)state;
	tape_begin(&tape, "", "", "");
	for (size_t i = 0; i < 6; i++)
		tasks[i] = tape_task(&tape, names[i], 0);
	for (size_t i = 0; i < 6; i++) {
		tape_ready(&tape, tasks[i], TRACE_WHY_YIELD, tasks[(i + 1) % 6]);
		tape_at(&tape, 10 * (i + 1));
		tape_run(&tape, tasks[i]);
		tape_done(&tape, tasks[i], TRACE_OUTCOME_RESULT, NULL);
	}
	assert_true(ask_everything(tape_end(&tape, TRACE_STATUS_FINISHED)) > 20);
	tape_free(&tape);
}

/* A step at the end of what a clock can say: no sum of times comes round. */
static void made__times_beyond_measure__stay_in_order(void **state)
{
	struct tape tape;
	(void)state;
	tape_begin(&tape, "", "", "");
	uint32_t task = tape_task(&tape, "old", 0);
	tape_at_ns(&tape, UINT64_MAX / 2 + 5);
	tape_run(&tape, task);
	tape_at_ns(&tape, UINT64_MAX / 2 + 500);
	tape_done(&tape, task, TRACE_OUTCOME_RESULT, NULL);
	ask_everything(tape_end(&tape, TRACE_STATUS_FINISHED));
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(made__every_lane_at_every_event__can_be_asked),
	        cmocka_unit_test(made__nothing_or_one_event__asks_what_there_is),
	        cmocka_unit_test(made__two_of_one_name__is_about_the_lane),
	        cmocka_unit_test(made__has_ended__its_end_is_not_asked),
	        cmocka_unit_test(made__hostile_names__stay_whole),
	        cmocka_unit_test(made__times_beyond_measure__stay_in_order),
	};
	return cmocka_run_group_tests_name("made", tests, NULL, NULL);
}
