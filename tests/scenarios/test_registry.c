/* The registry: every lesson is complete, fits on the screen, and refers only to what exists. */
#include "scenarios/embedded.h"
#include "scenarios/lesson.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define LINE_MAX_COLS 78

/* Run `check` on every lesson; what it returns is what is wrong, NULL: nothing. */
static void for_every_lesson(const char *check(const struct scenario *lesson))
{
	for (size_t i = 0; i < scn_count(); i++) {
		const char *wrong = check(scn_at(i));

		if (wrong)
			fail_msg("lesson %s: %s", scn_at(i)->name, wrong);
	}
}

static bool fits(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length > LINE_MAX_COLS)
			return false;
		text += length + (text[length] == '\n');
	}
	return true;
}

static const char *check_words(const struct scenario *lesson)
{
	if (strspn(lesson->name, "abcdefghijklmnopqrstuvwxyz-") != strlen(lesson->name))
		return "the name has a character that none should have";
	if (lesson->chapter[0] < '1' || lesson->chapter[0] > '8' || lesson->chapter[1] != ' ')
		return "the chapter has no number";
	if (!lesson->title[0] || strlen(lesson->title) > 60 || strchr(lesson->title, '\n'))
		return "the title is empty or long";
	if (!lesson->question[0] || strchr(lesson->question, '\n') || !fits(lesson->question))
		return "the question is empty or long";
	if (!strstr(lesson->text, "Tempting: "))
		return "the text does not answer the tempting answer";
	if (!fits(lesson->text))
		return "a line of the text is longer than 78 columns";
	if (lesson->text[strlen(lesson->text) - 1] != '\n')
		return "the text does not end with a line end";
	return lesson->body ? NULL : "it has no body";
}

/* Two minutes: what can be said aloud in that time, and read before. */
static const char *check_notes(const struct scenario *lesson)
{
	size_t bytes = strlen(scn_notes(lesson));

	if (bytes < 100 || bytes > 1500)
		return "the teacher's notes are missing, or take longer than two minutes";
	if (!fits(scn_notes(lesson)))
		return "a line of the notes is longer than 78 columns";
	return scn_notes(lesson)[bytes - 1] == '\n' ? NULL : "the notes do not end with a line end";
}

static const char *check_params(const struct scenario *lesson)
{
	if (lesson->n_params == 0 || lesson->n_params > SCN_PARAMS_MAX)
		return "it has no parameters, or too many";
	for (size_t i = 0; i < lesson->n_params; i++) {
		const struct scn_param *param = &lesson->params[i];

		if (param->min > param->max || param->value < param->min ||
		    param->value > param->max)
			return "a default is outside its range";
		if (param->min < 0 && strcmp(param->unit, "ms") == 0)
			return "a time can be negative";
		if (!param->name[0] || !param->unit || !param->text || !param->text[0])
			return "a parameter is not described";
		for (size_t j = 0; j < i; j++)
			if (strcmp(param->name, lesson->params[j].name) == 0)
				return "two parameters have one name";
	}
	return NULL;
}

static const char *check_pair(const struct scenario *lesson)
{
	const struct scenario *other;

	if (!lesson->pairs_with)
		return NULL;
	other = scn_find(lesson->pairs_with);
	if (!other || other == lesson)
		return "it pairs with no lesson";
	if (!other->pairs_with || scn_find(other->pairs_with) != lesson)
		return "its pair does not pair with it";
	return NULL;
}

/* A wrong option names the belief of who picks it and says why it is wrong; the right one does neither. */
static const char *check_options(const struct scn_point *point)
{
	size_t n_options = scn_point_n_options(point);

	if (n_options < 2 || n_options > 4)
		return "a choice has fewer than two options, or more than four";
	if (point->right >= n_options)
		return "a choice has no right option";
	for (size_t i = 0; i < n_options; i++) {
		const struct scn_option *option = &point->options[i];
		bool is_right = i == point->right;

		if (!fits(option->text))
			return "an option is too long";
		if (is_right != (option->belief == SCN_NO_BELIEF) || is_right != !option->because)
			return "a wrong option has no belief or no reason, or the right one has";
	}
	return NULL;
}

static const char *check_order(const struct scn_point *point)
{
	size_t n_options = scn_point_n_options(point);
	unsigned seen = 0;

	for (size_t i = 0; i < n_options; i++)
		seen |= 1u << point->order[i];
	if (n_options < 3 || seen != (1u << n_options) - 1)
		return "an order is not one of three to six options";
	for (size_t i = 0; i < n_options && point->order[i] == i; i++)
		if (i + 1 == n_options)
			return "an order is given away by the order of its options";
	return NULL;
}

static const char *check_cells(const struct scn_point *point)
{
	if (!point->of || !point->cells || point->cell_ns == 0 || !point->cells[0])
		return "there is nothing to paint";
	if (strlen(point->cells) > SCN_CELLS_MAX ||
	    strspn(point->cells, "#!r.xE| ") != strlen(point->cells))
		return "the cells are too many, or not states";
	return scn_point_n_options(point) == 0 ? NULL : "a painting has options";
}

static const char *check_point(const struct scn_point *point)
{
	if (!point->ask || !point->because || !fits(point->ask))
		return "a point does not ask, does not explain, or is too long";
	if (point->truth == SCN_TRUTH_DEFAULTS && point->kind == SCN_PAINT)
		return "a painting is not held against the recording";
	switch (point->kind) {
	case SCN_ORDER:
		return check_order(point);
	case SCN_PAINT:
		return check_cells(point);
	default:
		return check_options(point);
	}
}

/* What is asked first must not have told the answer of what comes next: an order or a painting that is revealed answers a choice about
 * the same moment. */
static const char *check_sequence(const struct scn_point *points, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (points[i].t_ns < points[i - 1].t_ns)
			return "its points are not in the order of time";
		if (points[i].t_ns == points[i - 1].t_ns && points[i].kind == SCN_CHOICE &&
		    points[i - 1].kind != SCN_CHOICE)
			return "a choice stands behind an order or a painting of the same moment";
	}
	return NULL;
}

static const char *check_points(const struct scenario *lesson)
{
	size_t n;
	const struct scn_point *points = scn_points(lesson, &n);
	const char *wrong = NULL;

	for (size_t i = 0; i < n && !wrong; i++)
		wrong = check_point(&points[i]);
	if (!wrong)
		wrong = check_sequence(points, n);
	return n > 0 ? wrong : "it has no prediction point";
}

/* The belief that many share is worth more than one question; one that nobody can show is not worth its row. */
static void beliefs__every_one__is_behind_some_option(void **state)
{
	unsigned seen[SCN_BELIEF_END] = {0};

	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		size_t n;
		const struct scn_point *points = scn_points(scn_at(i), &n);

		for (size_t k = 0; k < n; k++)
			for (size_t o = 0; o < scn_point_n_options(&points[k]); o++)
				seen[points[k].options[o].belief]++;
	}
	for (unsigned belief = 1; belief < SCN_BELIEF_END; belief++)
		if (seen[belief] == 0)
			fail_msg("nobody believes %s", scn_belief_name((enum scn_belief)belief));
}

static const char *check_sources(const struct scenario *lesson)
{
	const char *c = scn_source_c(lesson), *python = scn_source_python(lesson);
	char own[64];

	if (!c || !python)
		return "a source is not embedded";
	snprintf(own, sizeof(own), ".name = \"%s\"", lesson->name);
	if (strncmp(c, "/* ", 3) != 0 || !strstr(c, own))
		return "its C source is not its own, or does not open with what to look for";
	if (strncmp(python, "\"\"\"", 3) != 0 || !strstr(python, "asyncio.run(main())"))
		return "its twin does not open with what it is, or cannot run by itself";
	return NULL;
}

static void lesson__words__are_there_and_fit_the_screen(void **state)
{
	(void)state;
	for_every_lesson(check_words);
}

static void lesson__notes__take_two_minutes(void **state)
{
	(void)state;
	for_every_lesson(check_notes);
}

static void lesson__parameters__are_sane(void **state)
{
	(void)state;
	for_every_lesson(check_params);
}

static void lesson__pair__is_mutual(void **state)
{
	(void)state;
	for_every_lesson(check_pair);
}

static void lesson__points__can_be_asked(void **state)
{
	(void)state;
	for_every_lesson(check_points);
}

static void lesson__sources__are_embedded(void **state)
{
	(void)state;
	for_every_lesson(check_sources);
}

static void lesson__twin__has_the_same_parameters_and_defaults(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		char wanted[400] = "p = params(";

		for (size_t j = 0; j < lesson->n_params; j++) {
			size_t used = strlen(wanted);

			snprintf(wanted + used, sizeof(wanted) - used, "%s%s=%d", j ? ", " : "",
			         lesson->params[j].name, (int)lesson->params[j].value);
		}
		if (!strstr(scn_source_python(lesson), wanted))
			fail_msg("the twin of %s does not say %s)", lesson->name, wanted);
	}
}

static void registry__names__are_unique_and_found(void **state)
{
	(void)state;
	assert_true(scn_count() >= 9);
	for (size_t i = 0; i < scn_count(); i++)
		assert_ptr_equal(scn_find(scn_at(i)->name), scn_at(i));
	assert_null(scn_at(scn_count()));
	assert_null(scn_find("nothing"));
	assert_null(scn_find(""));
}

/* The course as it is meant to be: a lesson that is lost or moved is seen here. */
static void registry__course__is_complete(void **state)
{
	static const struct {
		const char *chapter, *lessons;
	} course[] = {
	        {"1 The loop", "hello never-awaited chain calculator callbacks call-order "
	                       "starts-late no-yield task-tools"},
	        {"2 Together", "sequential concurrent create-task background create-then-await "
	                       "gather gather-error taskgroup-error gather-exceptions taskgroup "
	                       "wait-first as-completed comprehension"},
	        {"3 Sharing", "semaphore race lock no-lock-needed event condition barrier "
	                      "rate-semaphore token-bucket deadlock nested-semaphore herd "
	                      "priority-inversion check-then-act"},
	        {"4 Queues", "queue producers-consumers slow-consumers worker-pool pipeline "
	                     "bounded unbounded join-hang priority-queue"},
	        {"5 Limits of time, and cancellation",
	         "wait-for timeout cancel cancel-before-start swallow slow-cleanup "
	         "shield shield-shutdown shutdown fire-and-forget late-timeout "
	         "timeout-no-await lost-error"},
	        {"6 Blocking", "blocking to-thread executor pool-full thread-cancel cpu-bound "
	                       "processes gil spinner sleep-is-a-lower-bound"},
	        {"7 Patterns", "retry retry-storm downloader countdown rate-client crawler "
	                       "scraper context-manager iterator generator timeout-decorator "
	                       "rate-monitor fetch files benchmark"},
	        {"8 The scheduler", "policies starvation fairness"},
	};
	size_t index = 0;

	(void)state;
	for (size_t i = 0; i < LESSON_COUNT(course); i++) {
		const char *name = course[i].lessons;

		for (size_t n; *name; name += n + (name[n] == ' '), index++) {
			n = strcspn(name, " ");
			assert_true(index < scn_count());
			if (strlen(scn_at(index)->name) != n)
				fail_msg("%s stands where %.*s should", scn_at(index)->name, (int)n,
				         name);
			assert_memory_equal(scn_at(index)->name, name, n);
			assert_string_equal(scn_at(index)->chapter, course[i].chapter);
		}
	}
	assert_int_equal(index, scn_count());
}

static void registry__chapters__come_in_order(void **state)
{
	(void)state;
	for (size_t i = 1; i < scn_count(); i++)
		if (scn_at(i)->chapter[0] < scn_at(i - 1)->chapter[0])
			fail_msg("lesson %s comes after its chapter", scn_at(i)->name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lesson__words__are_there_and_fit_the_screen),
	        cmocka_unit_test(lesson__notes__take_two_minutes),
	        cmocka_unit_test(lesson__parameters__are_sane),
	        cmocka_unit_test(lesson__pair__is_mutual),
	        cmocka_unit_test(lesson__points__can_be_asked),
	        cmocka_unit_test(beliefs__every_one__is_behind_some_option),
	        cmocka_unit_test(lesson__sources__are_embedded),
	        cmocka_unit_test(lesson__twin__has_the_same_parameters_and_defaults),
	        cmocka_unit_test(registry__names__are_unique_and_found),
	        cmocka_unit_test(registry__course__is_complete),
	        cmocka_unit_test(registry__chapters__come_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
