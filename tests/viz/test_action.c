/* The table of actions: no key means two things in one place, and everything that it promises is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "viz/input/action.h"
#include "viz/input/key.h"
#include "viz/text/utf8.h"

static const unsigned places[] = {VIZ_IN_FILE, VIZ_IN_PLAYING, VIZ_IN_HELD, VIZ_IN_ENDED,
                                  VIZ_IN_DIED, VIZ_IN_MENU,    VIZ_IN_TEXT};
#define N_PLACES (sizeof places / sizeof places[0])

/* Take the next word of a key list; returns its code. */
static uint32_t next_key(const char **list)
{
	size_t bytes = strcspn(*list, " ");
	uint32_t code = viz_key_parse(*list, bytes);
	*list += bytes + strspn(*list + bytes, " ");
	return code;
}

static void table__every_word__is_a_key(void **state)
{
	(void)state;
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = viz_action_row((enum viz_action)i);
		const char *keys = row->keys;
		assert_true(*keys != '\0');
		while (*keys != '\0')
			if (next_key(&keys) == VIZ_KEY_NONE)
				fail_msg("%s: unknown key in '%s'", row->name, row->keys);
	}
}

static void table__every_place__no_key_means_two_things(void **state)
{
	(void)state;
	for (size_t p = 0; p < N_PLACES; p++)
		for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
			const struct viz_action_row *row = viz_action_row((enum viz_action)i);
			const char *keys = row->keys;
			if ((row->where & places[p]) == 0)
				continue;
			while (*keys != '\0') {
				/* The first row that has a key wins: a later one could never be reached. */
				enum viz_action found = viz_action_find(places[p], next_key(&keys));
				if (found != (enum viz_action)i)
					fail_msg("place %zu: a key of %s does %s", p, row->name,
					         viz_action_row(found)->name);
			}
		}
}

static void table__every_row__has_help_that_fits(void **state)
{
	(void)state;
	for (int i = VIZ_ACTION_NONE + 1; i < VIZ_ACTION_COUNT; i++) {
		const struct viz_action_row *row = viz_action_row((enum viz_action)i);
		assert_true(row->group[0] != '\0' && row->text[0] != '\0');
		assert_true(viz_utf8_cols(row->text) <= 54);
		assert_true((row->rank == 0) == (row->hint[0] == '\0'));
		assert_true((row->rank == 0) == (row->hint_keys[0] == '\0'));
	}
}

static void help__groups__stand_together(void **state)
{
	(void)state;
	struct viz_help_line lines[VIZ_ACTION_COUNT];
	size_t n = viz_action_help(lines, VIZ_ACTION_COUNT);
	int rows = 0;
	assert_true(n > 20 && n < VIZ_ACTION_COUNT);
	for (size_t i = 0; i < n; i++) {
		bool begins = i == 0 || strcmp(lines[i].group, lines[i - 1].group) != 0;
		rows += 1 + begins;
		for (size_t k = 0; begins && k < i; k++)
			assert_string_not_equal(lines[i].group, lines[k].group);
	}
	assert_int_equal(rows, viz_action_help_rows());
	assert_int_equal(n, viz_action_help(lines, 3));
}

static void hints__of_a_place__the_most_important_first(void **state)
{
	(void)state;
	struct viz_hint all[VIZ_ACTION_COUNT], few[3];
	for (size_t p = 0; p < N_PLACES; p++) {
		size_t n = viz_action_hints_in(places[p], true, all, VIZ_ACTION_COUNT);
		assert_true(n >= 2);
		/* Fewer are the first of them. */
		size_t n_few = viz_action_hints_in(places[p], true, few, 2);
		assert_int_equal(2, n_few);
		for (size_t i = 0; i < n_few; i++)
			assert_string_equal(all[i].keys, few[i].keys);
	}
	viz_action_hints(VIZ_MODE_PLAYING, true, few, 3);
	assert_string_equal("pause", few[0].text);
	viz_action_hints(VIZ_MODE_HELD, true, few, 3);
	assert_string_equal("play", few[0].text);
	assert_string_equal("step", few[1].text);
}

static void hints__without_a_gate__nothing_that_needs_it(void **state)
{
	(void)state;
	struct viz_hint hints[VIZ_ACTION_COUNT];
	size_t n = viz_action_hints(VIZ_MODE_PLAYING, false, hints, VIZ_ACTION_COUNT);
	for (size_t i = 0; i < n; i++) {
		assert_string_not_equal("pause", hints[i].text);
		assert_string_not_equal("speed", hints[i].text);
	}
	assert_string_equal("step", hints[0].text);
}

/* A program that others have started can be held and stepped; it has no text, no partner and no parameters, and is not ours to run again. */
static void find__the_keys_of_a_lesson__do_nothing_in_the_program_of_others(void **state)
{
	static const enum viz_mode modes[] = {VIZ_MODE_PLAYING, VIZ_MODE_HELD};
	struct viz_hint hints[VIZ_ACTION_COUNT];
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		unsigned ours = viz_where_of(modes[i], true),
		         others = viz_where_of(modes[i], false);
		for (const char *key = "revcnpi"; *key != '\0'; key++) {
			assert_int_not_equal(VIZ_ACTION_NONE,
			                     viz_action_find(ours, (uint32_t)*key));
			assert_int_equal(VIZ_ACTION_NONE, viz_action_find(others, (uint32_t)*key));
		}
		for (const char *key = " <ws.b"; *key != '\0'; key++)
			assert_int_equal(viz_action_find(ours, (uint32_t)*key),
			                 viz_action_find(others, (uint32_t)*key));
		size_t n = viz_action_hints_in(others, true, hints, VIZ_ACTION_COUNT);
		assert_in_range(n, 5, VIZ_ACTION_COUNT);
		while (n-- > 0)
			assert_string_not_equal("again", hints[n].text);
	}
	assert_int_equal(VIZ_IN_FILE, viz_where_of(VIZ_MODE_FILE, false));
}

static void find__the_key_of_another_place__does_nothing(void **state)
{
	(void)state;
	assert_int_equal(VIZ_ACTION_PAUSE, viz_action_find(VIZ_IN_PLAYING, ' '));
	assert_int_equal(VIZ_ACTION_PLAY, viz_action_find(VIZ_IN_HELD, ' '));
	assert_int_equal(VIZ_ACTION_NONE, viz_action_find(VIZ_IN_FILE, ' '));
	assert_int_equal(VIZ_ACTION_OPEN, viz_action_find(VIZ_IN_MENU, VIZ_KEY_ENTER));
	assert_int_equal(VIZ_ACTION_NONE, viz_action_find(VIZ_IN_FILE, VIZ_KEY_NONE));
	assert_int_equal(VIZ_ACTION_NONE, viz_action_find(VIZ_IN_FILE, 0x1f600));
	assert_int_equal(VIZ_ACTION_CLOSE, viz_action_find(VIZ_IN_TEXT, 'q'));
	assert_int_equal(VIZ_ACTION_QUIT, viz_action_find(VIZ_IN_FILE, 'q'));
}

static void strokes__gg__is_one_key_and_g_alone_is_none(void **state)
{
	(void)state;
	struct viz_strokes strokes = {0};
	assert_int_equal(VIZ_KEY_NONE, viz_strokes_join(&strokes, 'g'));
	assert_int_equal(VIZ_KEY_GG, viz_strokes_join(&strokes, 'g'));
	assert_int_equal('j', viz_strokes_join(&strokes, 'j'));
	assert_int_equal(VIZ_KEY_NONE, viz_strokes_join(&strokes, 'g'));
	assert_int_equal('j', viz_strokes_join(&strokes, 'j'));
	assert_int_equal(VIZ_KEY_NONE, viz_strokes_join(&strokes, 'g'));
	assert_int_equal(VIZ_KEY_GG, viz_strokes_join(&strokes, 'g'));
}

static void name__of_every_key__is_read_back(void **state)
{
	char name[VIZ_KEY_NAME_BYTES];
	(void)state;
	for (uint32_t code = 1; code < 0x110040; code++) {
		viz_key_name(code, name, sizeof name);
		bool is_surrogate = code >= 0xd800 && code < 0xe000;
		if (name[0] != '\0' && !is_surrogate && code != 0xfffd)
			assert_int_equal(code, viz_key_parse(name, strlen(name)));
		if (code > ' ' && code < 0x7f)
			assert_int_equal(1, strlen(name));
	}
	assert_string_equal("", viz_key_name(VIZ_KEY_NONE, name, sizeof name));
	assert_string_equal("F5", viz_key_name(VIZ_KEY_F(5), name, sizeof name));
	assert_string_equal("Ctrl-B", viz_key_name(2, name, sizeof name));
	assert_string_equal("space", viz_key_name(' ', name, sizeof name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(name__of_every_key__is_read_back),
	        cmocka_unit_test(table__every_word__is_a_key),
	        cmocka_unit_test(table__every_place__no_key_means_two_things),
	        cmocka_unit_test(table__every_row__has_help_that_fits),
	        cmocka_unit_test(help__groups__stand_together),
	        cmocka_unit_test(hints__of_a_place__the_most_important_first),
	        cmocka_unit_test(hints__without_a_gate__nothing_that_needs_it),
	        cmocka_unit_test(find__the_key_of_another_place__does_nothing),
	        cmocka_unit_test(find__the_keys_of_a_lesson__do_nothing_in_the_program_of_others),
	        cmocka_unit_test(strokes__gg__is_one_key_and_g_alone_is_none),
	};
	return cmocka_run_group_tests_name("action", tests, NULL, NULL);
}
