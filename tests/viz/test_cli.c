/* The command line: rows of arguments, and what becomes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trace/vocabulary.h"
#include "viz/command/cli.h"
#include "viz/run/lesson.h"

#define ARGS_MAX 20

/* Split `line` at blanks and parse it as the arguments of the program; a word "''" is an empty one. */
static int parse(const char *line, struct viz_options *options, struct viz_problem *problem)
{
	static char copy[512];
	char *argv[ARGS_MAX + 2] = {"ganttop"}, *rest = copy;
	int argc = 1;
	snprintf(copy, sizeof copy, "%s", line);
	for (char *word; (word = strsep(&rest, " ")) != NULL && argc <= ARGS_MAX;)
		if (*word != '\0')
			argv[argc++] = strcmp(word, "''") == 0 ? "" : word;
	problem->text[0] = '\0';
	return viz_cli_parse(options, argc, argv, problem);
}

static void parse__wrong_words__one_line_that_names_them(void **state)
{
	(void)state;
	static const struct {
		const char *line, *says;
	} rows[] = {
	        {"dance", "unknown command 'dance'; known: list, run, view, export, "},
	        {"semaphore", "did you mean 'ganttop run semaphore'?"},
	        {"run", "run needs LESSON"},
	        {"view", "view needs FILE"},
	        {"run a b", "run: unexpected argument 'b'"},
	        {"list a", "list: unexpected argument 'a'"},
	        {"--bogus", "unknown option '--bogus'"},
	        {"run a -Z", "unknown option '-Z'"},
	        {"run a --set", "option '--set' needs a value"},
	        {"run a -o", "option '-o' needs a value"},
	        {"list --json=yes", "option '--json' takes no value"},
	        {"list --step", "option '--step' is not for 'list'"},
	        {"view a --set x=1", "option '--set' is not for 'view'"},
	        {"--step", "option '--step' needs a command"},
	        {"run a --clock sundial", "bad --clock 'sundial'; known: virtual, paced, real"},
	        {"run a --speed 0", "bad --speed '0': want a number from 0.01 to 100"},
	        {"run a --speed 0.009", "bad --speed '0.009'"},
	        {"run a --speed 100.1", "bad --speed '100.1'"},
	        {"run a --speed 1e2", "bad --speed '1e2'"},
	        {"run a --speed .", "bad --speed '.'"},
	        {"run a --speed ''", "bad --speed ''"},
	        {"run a --seed -1", "bad --seed '-1'"},
	        {"run a --seed 18446744073709551616", "bad --seed '18446744073709551616'"},
	        {"run a --seed 1x", "bad --seed '1x'"},
	        {"export a --width 39", "bad --width '39': want a number from 40 to 1000"},
	        {"export a --rows 0", "bad --rows '0'"},
	        {"export a --at soon", "bad --at 'soon': want a time, as 412 (ms), 250us or 1.5s"},
	        {"export a --theme pink", "unknown theme 'pink'; known: dark, light, mono"},
	        {"run a --color=purple", "bad --color 'purple'; known: auto, always, never"},
	        {"run a -o ''", "bad -o ''"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viz_options options;
		struct viz_problem problem;
		int rc = parse(rows[i].line, &options, &problem);
		if (rc != VIZ_EXIT_USAGE || strstr(problem.text, rows[i].says) == NULL)
			fail_msg("'%s' gave %d and '%s', not '%s'", rows[i].line, rc, problem.text,
			         rows[i].says);
		assert_null(strchr(problem.text, '\n'));
	}
}

static void parse__every_option_of_run__is_taken(void **state)
{
	(void)state;
	struct viz_options o;
	struct viz_problem problem;
	int rc = parse("--ascii run semaphore --set tasks=9 --set hold=5 --clock paced --speed "
	               "0.25 --seed 7",
	               &o, &problem);
	assert_int_equal(0, rc);
	assert_int_equal(VIZ_COMMAND_RUN, o.command);
	assert_string_equal("semaphore", o.target);
	assert_int_equal(2, o.n_settings);
	assert_string_equal("hold=5", o.settings[1]);
	assert_int_equal(TRACE_CLOCK_PACED, o.clock);
	assert_int_equal(250000, o.speed_ppm);
	assert_int_equal(7, o.seed);
	assert_true(o.ascii && !o.step && !o.plain);
	assert_null(o.out);
	assert_int_equal(0, parse("run x --step --plain -o f.gtt --color=never", &o, &problem));
	assert_true(o.step && o.plain && !o.ascii);
	assert_string_equal("f.gtt", o.out);
	assert_int_equal(VIZ_COLOR_NEVER, o.color);
}

static void parse__every_option_of_export__is_taken(void **state)
{
	(void)state;
	struct viz_options o;
	struct viz_problem problem;
	assert_int_equal(0,
	                 parse("export x.gtt -f svg --rows 24 --cols 80 --at 412.5 --theme light",
	                       &o, &problem));
	assert_string_equal("svg", o.format);
	assert_int_equal(24, o.rows);
	assert_int_equal(80, o.cols);
	assert_true(o.has_at && o.theme == VIZ_THEME_LIGHT);
	assert_int_equal(412500000, o.at_ns);
}

static void parse__nothing__the_menu_and_defaults(void **state)
{
	(void)state;
	struct viz_options o;
	struct viz_problem problem;
	assert_int_equal(0, parse("", &o, &problem));
	assert_int_equal(VIZ_COMMAND_MENU, o.command);
	assert_int_equal(1000000, o.speed_ppm);
	assert_int_equal(0, o.clock);
	assert_int_equal(VIZ_COLOR_AUTO, o.color);
	assert_int_equal(0, parse("run --help", &o, &problem));
	assert_true(o.help);
	assert_int_equal(0, parse("-V", &o, &problem));
	assert_true(o.version);
}

static void lesson__unknown__the_nearest_are_named(void **state)
{
	(void)state;
	struct viz_problem problem;
	const struct scenario *scenario = NULL;
	assert_int_equal(VIZ_EXIT_USAGE, viz_lesson_find("semafore", &scenario, &problem));
	assert_string_equal("unknown lesson 'semafore'; did you mean 'semaphore'?", problem.text);
	assert_int_equal(VIZ_EXIT_USAGE, viz_lesson_find("qqqqqqqqqqqq", &scenario, &problem));
	assert_non_null(strstr(problem.text, "'ganttop list' names them"));
	assert_null(scenario);
	assert_int_equal(0, viz_lesson_find("semaphore", &scenario, &problem));
	assert_string_equal("semaphore", scenario->name);
}

static void lesson__file_or_name__lessons_go_first(void **state)
{
	(void)state;
	assert_false(viz_lesson_is_file("semaphore"));
	assert_true(viz_lesson_is_file("./semaphore"));
	assert_true(viz_lesson_is_file("none.gtt"));
	assert_true(viz_lesson_is_file("/"));
	assert_false(viz_lesson_is_file("semafore"));
	assert_false(viz_lesson_is_file(".gtt"));
}

static void lesson__settings__reach_the_run(void **state)
{
	(void)state;
	struct viz_options o;
	struct viz_problem problem;
	struct scn_run run;
	const struct scenario *scenario;
	assert_int_equal(0, viz_lesson_find("semaphore", &scenario, &problem));
	assert_int_equal(0, parse("run semaphore --set permits=3 --speed 2 --step", &o, &problem));
	assert_int_equal(0, viz_lesson_run(&o, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem));
	assert_int_equal(3, scn_get(&run.args, "permits"));
	assert_int_equal(5, scn_get(&run.args, "tasks"));
	assert_int_equal(TRACE_CLOCK_VIRTUAL, run.clock);
	assert_int_equal(2000000, run.speed_ppm);
	assert_true(run.hold);
	assert_int_equal(0, parse("run semaphore --set permits=0 --clock paced", &o, &problem));
	assert_int_equal(VIZ_EXIT_USAGE,
	                 viz_lesson_run(&o, scenario, TRACE_CLOCK_VIRTUAL, &run, &problem));
	assert_non_null(strstr(problem.text, "'permits'"));
	assert_non_null(strstr(problem.text, "1 to 100"));
}

static void help__every_command__names_its_options(void **state)
{
	(void)state;
	char *text;
	size_t bytes;
	for (int i = 0; i < VIZ_COMMAND_COUNT; i++) {
		FILE *out = open_memstream(&text, &bytes);
		viz_cli_help(out, (enum viz_command)i);
		fclose(out);
		assert_non_null(strstr(text, "--help"));
		assert_non_null(strstr(text, viz_command_row((enum viz_command)i)->name));
		for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
			assert_true(strcspn(line, "\n") <= 100);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(parse__wrong_words__one_line_that_names_them),
	        cmocka_unit_test(parse__every_option_of_run__is_taken),
	        cmocka_unit_test(parse__every_option_of_export__is_taken),
	        cmocka_unit_test(parse__nothing__the_menu_and_defaults),
	        cmocka_unit_test(lesson__unknown__the_nearest_are_named),
	        cmocka_unit_test(lesson__file_or_name__lessons_go_first),
	        cmocka_unit_test(lesson__settings__reach_the_run),
	        cmocka_unit_test(help__every_command__names_its_options),
	};
	return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
