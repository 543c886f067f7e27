/* "Did you mean": which lessons are near to a word, and which words are near to nothing. */
#include "scenarios/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void nearest__slips_of_the_fingers__give_the_lesson_first(void **state)
{
	static const struct {
		const char *word, *lesson;
	} rows[] = {
	        {"semaphor", "semaphore"}, {"esmahproe", "semaphore"},
	        {"sem", "semaphore"},      {"sequental", "sequential"},
	        {"que", "queue"},          {"qeuue", "queue"},
	        {"cancle", "cancel"},      {"waitfor", "wait-for"},
	        {"wait_for", "wait-for"},  {"tothread", "to-thread"},
	        {"shields", "shield"},     {"semaphore", "semaphore"},
	        {"bloking", "blocking"},   {"concurrant", "concurrent"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *names[3] = {NULL};

		if (scn_nearest(rows[i].word, names, 3) == 0)
			fail_msg("nothing is near to %s", rows[i].word);
		if (strcmp(names[0], rows[i].lesson) != 0)
			fail_msg("%s: found %s first", rows[i].word, names[0]);
	}
}

static void nearest__far_words__give_nothing(void **state)
{
	static const char *const words[] = {
	        "",
	        "xyzzy",
	        "/etc/passwd",
	        "a-word-that-is-far-too-long-to-be-the-name-of-any-lesson-at-all-semaphore",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *names[3] = {NULL};

		if (scn_nearest(words[i], names, 3) != 0)
			fail_msg("%s: found %s", words[i], names[0]);
	}
}

static void nearest__max__is_never_exceeded(void **state)
{
	const char *names[2] = {NULL, "untouched"};

	(void)state;
	assert_int_equal(scn_nearest("s", names, 0), 0);
	assert_int_equal(scn_nearest("s", names, 1), 1);
	assert_string_equal(names[1], "untouched");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(nearest__slips_of_the_fingers__give_the_lesson_first),
	        cmocka_unit_test(nearest__far_words__give_nothing),
	        cmocka_unit_test(nearest__max__is_never_exceeded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
