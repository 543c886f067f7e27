/* The menu and pages of text, painted on grids: what is selected is in sight at every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/scenario.h"
#include "tests/viz/screen.h"
#include "viz/input/key.h"
#include "viz/app/menu.h"
#include "viz/app/page.h"

static void paint(struct viz_menu *menu, struct screen *screen, int rows, int cols, bool ascii)
{
	*screen = (struct screen){.view = VIZ_VIEW_INIT};
	assert_int_equal(0, viz_grid_init(&screen->grid, rows, cols));
	viz_menu_paint(menu, &screen->grid, ascii);
}

static bool act(struct viz_menu *menu, enum viz_action action)
{
	return viz_menu_act(menu, action, &(struct viz_key){.code = VIZ_KEY_NONE});
}

/* Return the marked row of the screen, -1 if there is none. */
static int marked_row(const struct screen *screen)
{
	for (int row = 0; row < screen->grid.rows; row++)
		if (screen->grid.cells[row * screen->grid.cols].marked)
			return row;
	return -1;
}

static void menu__every_lesson_at_many_sizes__selected_one_is_in_sight(void **state)
{
	(void)state;
	static const int sizes[][2] = {{10, 40}, {16, 60}, {24, 80}, {40, 120}, {100, 300}};
	char row[2048], start[64];
	for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
		struct viz_menu menu = VIZ_MENU_INIT;
		for (size_t i = 0; i < scn_count(); i++) {
			struct screen screen;
			paint(&menu, &screen, sizes[s][0], sizes[s][1], false);
			int at = marked_row(&screen);
			assert_in_range(at, 2, sizes[s][0] - 5);
			screen_row(&screen, at, row, sizeof row);
			snprintf(start, sizeof start, " ▸ %.8s", scn_at(i)->name);
			assert_memory_equal(start, row, strlen(start));
			assert_true(screen_has(&screen, "quit"));
			screen_free(&screen);
			act(&menu, VIZ_ACTION_DOWN);
		}
		assert_int_equal(scn_count() - 1, menu.selected);
	}
}

static void menu__keys__move_and_stop_at_the_ends(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	struct screen screen;
	paint(&menu, &screen, 24, 80, false);
	screen_free(&screen);
	assert_false(act(&menu, VIZ_ACTION_UP));
	assert_int_equal(0, menu.selected);
	act(&menu, VIZ_ACTION_LAST);
	assert_int_equal(scn_count() - 1, menu.selected);
	act(&menu, VIZ_ACTION_DOWN);
	assert_int_equal(scn_count() - 1, menu.selected);
	act(&menu, VIZ_ACTION_PAGE_UP);
	assert_true(menu.selected < scn_count() - 2);
	act(&menu, VIZ_ACTION_FIRST);
	act(&menu, VIZ_ACTION_PAGE_DOWN);
	assert_true(menu.selected > 1);
}

static void menu__screen__chapter_title_and_question(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	struct screen screen;
	for (size_t i = 0; i < scn_count(); i++)
		if (strcmp(scn_at(i)->name, "semaphore") == 0)
			menu.selected = i;
	paint(&menu, &screen, 24, 100, false);
	assert_true(screen_has(&screen, "3 Sharing"));
	assert_true(screen_has(&screen, "five tasks, two permits"));
	assert_true(screen_has(&screen, scn_at(menu.selected)->question));
	screen_free(&screen);
	snprintf(menu.notice, sizeof menu.notice, "cannot start the lesson");
	paint(&menu, &screen, 24, 100, false);
	assert_true(screen_has(&screen, "cannot start the lesson"));
	screen_free(&screen);
	/* The next key takes the notice away. */
	act(&menu, VIZ_ACTION_DOWN);
	assert_string_equal("", menu.notice);
}

static void menu__click__selects_and_a_second_one_opens(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	struct screen screen;
	paint(&menu, &screen, 24, 80, false);
	screen_free(&screen);
	/* Row 2 is the first chapter, row 3 its first lesson, row 4 the second. */
	struct viz_key key = {.code = VIZ_KEY_CLICK, .row = 4, .col = 10};
	assert_false(viz_menu_act(&menu, VIZ_ACTION_CLICK, &key));
	assert_int_equal(1, menu.selected);
	assert_true(viz_menu_act(&menu, VIZ_ACTION_CLICK, &key));
	key.row = 2;
	assert_false(viz_menu_act(&menu, VIZ_ACTION_CLICK, &key));
	key.row = 23;
	assert_false(viz_menu_act(&menu, VIZ_ACTION_CLICK, &key));
	assert_int_equal(1, menu.selected);
}

static void menu__too_small__says_so(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	struct screen screen;
	for (int rows = 1; rows < 10; rows++) {
		paint(&menu, &screen, rows, 80, false);
		assert_true(screen_has(&screen, "40x10"));
		screen_free(&screen);
	}
	paint(&menu, &screen, 24, 39, false);
	assert_true(screen_has(&screen, "40x10"));
	screen_free(&screen);
}

static void menu__ascii__nothing_else(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	struct screen screen;
	paint(&menu, &screen, 24, 80, true);
	for (int i = 0; i < 24 * 80; i++)
		assert_true(screen.grid.cells[i].ch < 0x80);
	screen_free(&screen);
}

/* ---- Pages ---- */

static void page__scrolls__and_stops_at_the_ends(void **state)
{
	(void)state;
	struct viz_page page;
	struct screen screen = {.view = VIZ_VIEW_INIT};
	char *text;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	for (int i = 1; i <= 50; i++)
		fprintf(out, "line %d.\n", i);
	fclose(out);
	viz_page_init(&page, text);
	assert_int_equal(0, viz_grid_init(&screen.grid, 12, 60));
	viz_page_paint(&page, &screen.grid, false);
	assert_true(screen_has(&screen, "line 1.") && screen_has(&screen, "line 10."));
	assert_false(screen_has(&screen, "line 11."));
	assert_true(screen_has(&screen, "1-10 of 50"));
	viz_page_act(&page, VIZ_ACTION_UP);
	assert_int_equal(0, page.top);
	viz_page_act(&page, VIZ_ACTION_PAGE_DOWN);
	assert_int_equal(9, page.top);
	viz_page_act(&page, VIZ_ACTION_LAST);
	viz_page_act(&page, VIZ_ACTION_DOWN);
	viz_page_paint(&page, &screen.grid, false);
	assert_int_equal(40, page.top);
	assert_true(screen_has(&screen, "line 50."));
	viz_page_act(&page, VIZ_ACTION_FIRST);
	assert_int_equal(0, page.top);
	screen_free(&screen);
	viz_page_fini(&page);
}

static void page__line_that_is_too_wide__is_broken_at_every_width(void **state)
{
	(void)state;
	struct viz_page page;
	struct screen screen = {.view = VIZ_VIEW_INIT};
	char row[500];
	viz_page_init(&page, strdup("title\n  one two three four five six seven eight nine ten\n"
	                            "averyveryverylongwordthatfitsnowhere\nend\n"));
	for (int cols = 16; cols < 70; cols++) {
		assert_int_equal(0, viz_grid_init(&screen.grid, 60, cols));
		viz_page_paint(&page, &screen.grid, false);
		for (int r = 0; r < 58; r++)
			assert_null(strstr(screen_row(&screen, r, row, sizeof row), "…"));
		assert_true(screen_has(&screen, "seven"));
		screen_free(&screen);
	}
	assert_int_equal(0, viz_grid_init(&screen.grid, 20, 30));
	viz_page_paint(&page, &screen.grid, false);
	assert_string_equal("   one two three four five", screen_row(&screen, 1, row, sizeof row));
	assert_string_equal("     six seven eight nine ten",
	                    screen_row(&screen, 2, row, sizeof row));
	screen_free(&screen);
	viz_page_fini(&page);
}

static void page__tabs__become_columns(void **state)
{
	(void)state;
	struct viz_page page;
	struct screen screen = {.view = VIZ_VIEW_INIT};
	char row[256];
	viz_page_init(&page, strdup("title\n    \tif\n"));
	assert_int_equal(0, viz_grid_init(&screen.grid, 12, 60));
	viz_page_paint(&page, &screen.grid, false);
	assert_string_equal("             if", screen_row(&screen, 1, row, sizeof row));
	screen_free(&screen);
	viz_page_fini(&page);
}

static void type(struct viz_menu *menu, const char *text)
{
	for (; *text != '\0'; text++)
		viz_menu_type(menu,
		              &(struct viz_key){.code = *text == '\n'
		                                                ? (uint32_t)VIZ_KEY_ENTER
		                                                : (uint32_t)(unsigned char)*text});
}

static const char *selected_name(const struct viz_menu *menu)
{
	return scn_at(menu->selected)->name;
}

static void menu__search__finds_by_name_and_goes_round(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	assert_false(viz_menu_type(&menu, &(struct viz_key){.code = 'd'}));
	act(&menu, VIZ_ACTION_SEARCH);
	type(&menu, "deadl");
	assert_string_equal(selected_name(&menu), "deadlock");
	type(&menu, "\n");
	assert_string_equal(selected_name(&menu), "deadlock");
	act(&menu, VIZ_ACTION_NEXT_MATCH);
	assert_string_not_equal(selected_name(&menu), "deadlock");
	act(&menu, VIZ_ACTION_PREVIOUS_MATCH);
	assert_string_equal(selected_name(&menu), "deadlock");
	act(&menu, VIZ_ACTION_SEARCH);
	type(&menu, "zzzz\n");
	assert_string_equal(selected_name(&menu), "deadlock");
	assert_non_null(strstr(menu.notice, "zzzz"));
}

static void menu__search_given_up__is_where_it_was(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	act(&menu, VIZ_ACTION_DOWN);
	act(&menu, VIZ_ACTION_SEARCH);
	type(&menu, "semaph");
	assert_int_not_equal(menu.selected, 1);
	viz_menu_type(&menu, &(struct viz_key){.code = VIZ_KEY_ESCAPE});
	assert_int_equal(menu.selected, 1);
	assert_int_equal(menu.search[0], '\0');
	assert_int_equal(menu.prompt.sign, 0);
}

static void menu__key_without_a_meaning__is_told_until_the_next_one(void **state)
{
	(void)state;
	struct viz_menu menu = VIZ_MENU_INIT;
	viz_menu_act(&menu, VIZ_ACTION_NONE, &(struct viz_key){.code = 'B'});
	assert_string_equal("B does nothing here; ? lists the keys", menu.notice);
	act(&menu, VIZ_ACTION_DOWN);
	assert_string_equal("", menu.notice);
	/* a key without a name is none of ours */
	act(&menu, VIZ_ACTION_NONE);
	assert_string_equal("", menu.notice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(menu__key_without_a_meaning__is_told_until_the_next_one),
	        cmocka_unit_test(menu__search__finds_by_name_and_goes_round),
	        cmocka_unit_test(menu__search_given_up__is_where_it_was),
	        cmocka_unit_test(menu__every_lesson_at_many_sizes__selected_one_is_in_sight),
	        cmocka_unit_test(menu__keys__move_and_stop_at_the_ends),
	        cmocka_unit_test(menu__screen__chapter_title_and_question),
	        cmocka_unit_test(menu__click__selects_and_a_second_one_opens),
	        cmocka_unit_test(menu__too_small__says_so),
	        cmocka_unit_test(menu__ascii__nothing_else),
	        cmocka_unit_test(page__scrolls__and_stops_at_the_ends),
	        cmocka_unit_test(page__tabs__become_columns),
	        cmocka_unit_test(page__line_that_is_too_wide__is_broken_at_every_width),
	};
	return cmocka_run_group_tests_name("menu", tests, NULL, NULL);
}
