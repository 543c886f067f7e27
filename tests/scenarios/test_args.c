/* The parameters of a lesson: what a setting does to them, and what is said about one that is wrong. */
#include "scenarios/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct scn_param params[] = {
        {"tasks", "tasks", 5, 1, 1000, "how many"},
        {"permits", "permits", 2, 1, 100, "how many at a time"},
        {"shift", "ms", 0, -10, 10, "earlier or later"},
};
static const struct scenario lesson = {.name = "semaphore", .params = params, .n_params = 3};
static const struct scenario bare = {.name = "bare"};

static void args_init__any_lesson__holds_the_defaults(void **state)
{
	struct scn_args args;

	(void)state;
	scn_args_init(&args, &lesson);
	assert_ptr_equal(args.scenario, &lesson);
	assert_int_equal(scn_get(&args, "tasks"), 5);
	assert_int_equal(scn_get(&args, "permits"), 2);
	assert_int_equal(scn_get(&args, "shift"), 0);
}

static void args_set__good_settings__change_their_value_only(void **state)
{
	static const struct {
		const char *setting;
		int64_t tasks, permits, shift;
	} rows[] = {
	        {"tasks=9", 9, 2, 0},   {"tasks=1", 1, 2, 0},       {"tasks=1000", 1000, 2, 0},
	        {"tasks=007", 7, 2, 0}, {"permits=100", 5, 100, 0}, {"shift=-10", 5, 2, -10},
	        {"shift=-0", 5, 2, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scn_args args;
		char why[200] = "";

		scn_args_init(&args, &lesson);
		if (scn_args_set(&args, rows[i].setting, why, sizeof(why)) != 0)
			fail_msg("%s was refused: %s", rows[i].setting, why);
		if (args.values[0] != rows[i].tasks || args.values[1] != rows[i].permits ||
		    args.values[2] != rows[i].shift)
			fail_msg("%s set something else", rows[i].setting);
	}
}

static void args_set__same_parameter_twice__last_one_holds(void **state)
{
	struct scn_args args;
	char why[200];

	(void)state;
	scn_args_init(&args, &lesson);
	assert_int_equal(scn_args_set(&args, "tasks=3", why, sizeof(why)), 0);
	assert_int_equal(scn_args_set(&args, "tasks=4", why, sizeof(why)), 0);
	assert_int_equal(scn_get(&args, "tasks"), 4);
}

static void args_set__bad_settings__are_refused_in_one_line(void **state)
{
	static const struct {
		const struct scenario *lesson;
		const char *setting, *why;
	} rows[] = {
	        {&lesson, "permits=0",
	         "parameter 'permits' of lesson 'semaphore': 0 is outside 1 to 100"},
	        {&lesson, "permits=101",
	         "parameter 'permits' of lesson 'semaphore': 101 is outside 1 to 100"},
	        {&lesson, "shift=-11",
	         "parameter 'shift' of lesson 'semaphore': -11 is outside -10 to 10"},
	        {&lesson, "tasks=99999999999999999999",
	         "parameter 'tasks' of lesson 'semaphore': 99999999999999999999 is outside 1 to "
	         "1000"},
	        {&lesson, "permit=1",
	         "lesson 'semaphore' has no parameter 'permit'; it has tasks, permits, shift"},
	        {&lesson, "=1",
	         "lesson 'semaphore' has no parameter ''; it has tasks, permits, shift"},
	        {&lesson, "Tasks=1",
	         "lesson 'semaphore' has no parameter 'Tasks'; it has tasks, permits, shift"},
	        {&lesson, "tasks=abc", "'tasks=abc': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=", "'tasks=': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=-", "'tasks=-': not a whole number from 1 to 1000"},
	        {&lesson, "tasks= 3", "'tasks= 3': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=+3", "'tasks=+3': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=3.5", "'tasks=3.5': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=3=4", "'tasks=3=4': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=0x3", "'tasks=0x3': not a whole number from 1 to 1000"},
	        {&lesson, "tasks", "'tasks': not of the form name=value"},
	        {&lesson, "", "'': not of the form name=value"},
	        {&lesson, "\x1b[31m\n=1",
	         "lesson 'semaphore' has no parameter '?[31m?'; it has tasks, permits, shift"},
	        {&lesson, "tasks=\x7f", "'tasks=?': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=\xc2\x9b", "'tasks=?\?': not a whole number from 1 to 1000"},
	        {&lesson, "tasks=1234567890123456789012345678901234567890x",
	         "'tasks=1234567890123456789012345678901234': not a whole number from 1 to 1000"},
	        {&bare, "tasks=1", "lesson 'bare' has no parameters"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scn_args args, before;
		char why[200] = "";

		scn_args_init(&args, rows[i].lesson);
		before = args;
		if (scn_args_set(&args, rows[i].setting, why, sizeof(why)) != -1)
			fail_msg("row %zu was taken", i);
		if (strcmp(why, rows[i].why) != 0)
			fail_msg("row %zu: expected %s, found %s", i, rows[i].why, why);
		assert_memory_equal(&args, &before, sizeof(args));
	}
}

static void args_set__small_buffer__is_not_overrun(void **state)
{
	(void)state;
	for (size_t bytes = 1; bytes < 100; bytes++) {
		struct scn_args args;
		char why[101];

		memset(why, '#', sizeof(why));
		scn_args_init(&args, &lesson);
		assert_int_equal(scn_args_set(&args, "permit=1", why, bytes), -1);
		assert_true(strlen(why) < bytes);
		assert_int_equal(why[bytes], '#');
	}
}

static void get_ns__milliseconds__are_nanoseconds(void **state)
{
	struct scn_args args;

	(void)state;
	scn_args_init(&args, &lesson);
	assert_true(scn_get_ns(&args, "tasks") == 5000000u);
}

static void assert_filled(const char *from, const char *wanted)
{
	struct scn_args args; /* tasks 5, permits 2, hold 300 */
	char text[200];

	scn_args_init(&args, scn_find("semaphore"));
	assert_string_equal(scn_args_fill(text, sizeof(text), from, &args), wanted);
}

static void fill__sums_of_products__are_worked_out(void **state)
{
	(void)state;
	assert_filled("{tasks} of {hold}", "5 of 300");
	assert_filled("at {tasks*hold} ms", "at 1500 ms");
	assert_filled("{tasks*hold/permits}", "750");
	assert_filled("{tasks/permits*hold}", "900"); /* rounds, the last one not full */
	assert_filled("{1+tasks*2-permits}", "9");
	assert_filled("{(tasks+permits)*10}", "70");
	assert_filled("{permits-tasks}", "-3");
}

static void fill__what_is_no_sum__stays_as_it_is(void **state)
{
	static const char *const texts[] = {
	        "{}",
	        "{",
	        "}",
	        "{nothing}",
	        "{tasks",
	        "{tasks*}",
	        "{tasks hold}",
	        "{/2}",
	        "{tasks/0}",
	        "{(tasks}",
	        "{tasks)}",
	        "{9223372036854775807+1}",
	        "{99999999999999999999}",
	        "{hold*9223372036854775807}",
	        "{(0-5)/2}",
	        "{{",
	        "{(((((",
	        "a dict {1: 2}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_filled(texts[i], texts[i]);
	assert_filled("{{tasks}}", "{5}");
}

static void fill__small_room__is_cut(void **state)
{
	struct scn_args args;
	char text[6];

	(void)state;
	scn_args_init(&args, scn_find("semaphore"));
	assert_string_equal(scn_args_fill(text, sizeof(text), "at {tasks*hold} ms", &args),
	                    "at 15");
	assert_string_equal(scn_args_fill(text, 1, "{tasks}", &args), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(args_init__any_lesson__holds_the_defaults),
	        cmocka_unit_test(args_set__good_settings__change_their_value_only),
	        cmocka_unit_test(args_set__same_parameter_twice__last_one_holds),
	        cmocka_unit_test(args_set__bad_settings__are_refused_in_one_line),
	        cmocka_unit_test(args_set__small_buffer__is_not_overrun),
	        cmocka_unit_test(get_ns__milliseconds__are_nanoseconds),
	        cmocka_unit_test(fill__sums_of_products__are_worked_out),
	        cmocka_unit_test(fill__what_is_no_sum__stays_as_it_is),
	        cmocka_unit_test(fill__small_room__is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
