/* The user's file of settings: what it changes, and what is said of a bad line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "viz/input/action.h"
#include "viz/command/config.h"
#include "viz/input/key.h"

static struct viz_options options;
static struct viz_problem problem;

static int apply(const char *text)
{
	char *argv[] = {"ganttop", NULL};
	viz_action_unbind();
	viz_options_init(&options, 1, argv);
	problem.text[0] = '\0';
	return viz_config_apply(&options, "/home/u/config", text, &problem);
}

static int forget(void **state)
{
	(void)state;
	viz_action_unbind();
	return 0;
}

static void settings__of_every_kind__are_as_on_the_command_line(void **state)
{
	(void)state;
	assert_int_equal(apply("# taste\n\n theme = light \r\nascii=yes\npanes = state source\n"
	                       "speed = 0.5\ncolor = never\naxis = order\npresent = no"),
	                 0);
	assert_int_equal(options.theme, VIZ_THEME_LIGHT);
	assert_true(options.has_theme && options.ascii && options.order);
	assert_false(options.not_ascii);
	assert_int_equal(options.panes.n, 2);
	assert_true(viz_panes_has(&options.panes, VIZ_PANE_SOURCE));
	assert_int_equal(options.speed_ppm, 500000);
	assert_int_equal(options.color, VIZ_COLOR_NEVER);
	assert_false(options.present);
}

static void bad_line__of_every_kind__is_named_with_its_number(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
	        {"theme", ":1: want NAME = VALUE"},
	        {"\n\ntheme = pink", ":3: unknown theme 'pink'"},
	        {"colour = never", ":1: unknown setting 'colour'; known: theme"},
	        {"ascii = maybe", ":1: bad ascii 'maybe': want yes or no"},
	        {"panes = log kitchen", ":1: unknown pane 'kitchen'"},
	        {"# ok\nkey fly = f", ":2: unknown action 'fly'"},
	        {"key zoom-in = Hyper-X", ":1: unknown key 'Hyper-X'"},
	        {"key quit =", ":1: quit needs a key"},
	        {"key zoom-in = i\nkey zoom-out = i", ":2: 'i' already means zoom in"},
	        {"output = x", ":1: unknown setting 'output'"},
	        {"key = x", ":1: unknown setting 'key'"},
	        {"=", ":1: unknown setting ''"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (apply(rows[i].text) != VIZ_EXIT_USAGE ||
		    strncmp(problem.text, "/home/u/config:", 15) != 0 ||
		    strstr(problem.text, rows[i].says) == NULL)
			fail_msg("'%s' gave '%s', not '%s'", rows[i].text, problem.text,
			         rows[i].says);
		assert_null(strchr(problem.text, '\n'));
	}
}

static void key__bound__does_it_and_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(apply("key zoom-in = i Ctrl-P F5 \xc3\xbc\nkey left = w"), 0);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 'i'), VIZ_ACTION_ZOOM_IN);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 0x10), VIZ_ACTION_ZOOM_IN);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, VIZ_KEY_F(5)), VIZ_ACTION_ZOOM_IN);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 0xfc), VIZ_ACTION_ZOOM_IN);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, '+'), VIZ_ACTION_NONE);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 'w'), VIZ_ACTION_LEFT);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 'a'), VIZ_ACTION_NONE);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 's'), VIZ_ACTION_ZOOM_OUT);
}

static void key__of_another_action__is_taken_from_it_alone(void **state)
{
	(void)state;
	assert_int_equal(apply("key zoom-out = k"), 0);
	assert_string_equal(viz_action_row(VIZ_ACTION_UP)->keys, "Up");
	assert_int_equal(viz_action_find(VIZ_IN_FILE, 'k'), VIZ_ACTION_ZOOM_OUT);
	assert_int_equal(viz_action_find(VIZ_IN_FILE, VIZ_KEY_UP), VIZ_ACTION_UP);
}

static void hint__of_a_bound_key__shows_the_new_one(void **state)
{
	struct viz_hint hints[VIZ_ACTION_COUNT];
	bool seen = false;
	(void)state;
	assert_int_equal(apply("key zoom-out = O"), 0);
	size_t n = viz_action_hints_in(VIZ_IN_FILE, false, hints, VIZ_ACTION_COUNT);
	for (size_t i = 0; i < n; i++)
		seen |= strcmp(hints[i].keys, "w/O") == 0;
	assert_true(seen);
	viz_action_unbind();
	assert_string_equal(viz_action_row(VIZ_ACTION_ZOOM_IN)->hint_keys, "w/s");
}

static void names__of_all_actions__are_found(void **state)
{
	(void)state;
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		char name[64] = "";
		const char *from = viz_action_row((enum viz_action)i)->name;
		for (size_t k = 0; from[k] != '\0'; k++)
			name[k] = from[k] == '_' ? '-' : (char)(from[k] - 'A' + 'a');
		assert_int_equal(viz_action_named(name), i);
	}
	assert_int_equal(viz_action_named("zoom"), VIZ_ACTION_NONE);
	assert_int_equal(viz_action_named("ZOOM_IN"), VIZ_ACTION_NONE);
	assert_int_equal(viz_action_named(""), VIZ_ACTION_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(settings__of_every_kind__are_as_on_the_command_line),
	        cmocka_unit_test(bad_line__of_every_kind__is_named_with_its_number),
	        cmocka_unit_test(key__bound__does_it_and_nothing_else),
	        cmocka_unit_test(key__of_another_action__is_taken_from_it_alone),
	        cmocka_unit_test(hint__of_a_bound_key__shows_the_new_one),
	        cmocka_unit_test(names__of_all_actions__are_found),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}
