/* The menu's list has a line for each chapter and one for each lesson; everything is worked out from the registry
 * when it is needed, which is short.
 */
#include "viz/app/menu.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/scenario.h"
#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"
#include "viz/text/utf8.h"

enum { HEAD_ROWS = 2, FOOT_ROWS = 4, NAME_COL = 3, NAME_MIN_COLS = 14 };

static bool opens_chapter(size_t lesson)
{
	return lesson == 0 || strcmp(scn_at(lesson)->chapter, scn_at(lesson - 1)->chapter) != 0;
}

/* The line of a lesson in the list. A chapter that is not the first has a blank line above it. */
static int line_of(size_t lesson)
{
	int line = -1;
	for (size_t i = 0; i <= lesson; i++)
		line += 1 + (opens_chapter(i) ? 1 + (i > 0) : 0);
	return line;
}

static void select_lesson(struct viz_menu *menu, long to)
{
	long last = (long)scn_count() - 1;
	menu->selected = (size_t)(to < 0 || last < 0 ? 0 : to > last ? last : to);
}

static bool click(struct viz_menu *menu, const struct viz_key *key)
{
	if (key->row < HEAD_ROWS || key->row >= HEAD_ROWS + menu->rows)
		return false;
	for (size_t i = 0; i < scn_count(); i++) {
		if (line_of(i) - menu->top != key->row - HEAD_ROWS)
			continue;
		bool again = i == menu->selected;
		menu->selected = i;
		return again;
	}
	return false;
}

/* ---- Searching ---- */

static bool matches(const struct viz_menu *menu, size_t lesson)
{
	const struct scenario *scenario = scn_at(lesson);
	return viz_pattern_is_in(menu->search, scenario->name) ||
	       viz_pattern_is_in(menu->search, scenario->title) ||
	       viz_pattern_is_in(menu->search, scenario->chapter) ||
	       viz_pattern_is_in(menu->search, scenario->question);
}

/* Select the first lesson from `from` on, onwards (1) or back (-1) and round the end, that matches. A name goes before a title. */
static bool find(struct viz_menu *menu, size_t from, int step)
{
	size_t n = scn_count();
	for (size_t i = 0, at = from; i < n;
	     i++, at = (at + n + (size_t)(step > 0 ? 1 : n - 1)) % n)
		if (matches(menu, at)) {
			menu->selected = at;
			return true;
		}
	return false;
}

static void find_next(struct viz_menu *menu, int step)
{
	size_t n = scn_count();
	if (!find(menu, (menu->selected + (step > 0 ? 1 : n - 1)) % n, step))
		snprintf(menu->notice, sizeof menu->notice, "no lesson has '%s'", menu->search);
}

bool viz_menu_type(struct viz_menu *menu, const struct viz_key *key)
{
	if (menu->prompt.sign == 0)
		return false;
	enum viz_typed typed = viz_prompt_type(&menu->prompt, key);
	menu->notice[0] = '\0';
	snprintf(menu->search, sizeof menu->search, "%s",
	         typed == VIZ_TYPED_CANCEL ? "" : menu->prompt.text);
	bool found = menu->search[0] != '\0' && find(menu, menu->before_prompt, 1);
	if (!found)
		menu->selected = menu->before_prompt;
	if (!found && typed == VIZ_TYPED_ENTER && menu->search[0] != '\0')
		snprintf(menu->notice, sizeof menu->notice, "no lesson has '%s'", menu->search);
	return true;
}

static void start_search(struct viz_menu *menu)
{
	menu->before_prompt = menu->selected;
	viz_prompt_open(&menu->prompt, '/', "");
}

static void say_nothing(struct viz_menu *menu, const struct viz_key *key)
{
	char name[VIZ_KEY_NAME_BYTES];
	if (viz_key_name(key->code, name, sizeof name)[0] != '\0')
		snprintf(menu->notice, sizeof menu->notice,
		         "%s does nothing here; ? lists the keys", name);
}

bool viz_menu_act(struct viz_menu *menu, enum viz_action action, const struct viz_key *key)
{
	long at = (long)menu->selected, page = menu->rows > 1 ? menu->rows - 1 : 1;
	menu->notice[0] = '\0';
	switch (action) {
	case VIZ_ACTION_NONE:
		say_nothing(menu, key);
		break;
	case VIZ_ACTION_UP:
	case VIZ_ACTION_WHEEL_UP:
		select_lesson(menu, at - 1);
		break;
	case VIZ_ACTION_DOWN:
	case VIZ_ACTION_WHEEL_DOWN:
		select_lesson(menu, at + 1);
		break;
	case VIZ_ACTION_PAGE_UP:
		select_lesson(menu, at - page);
		break;
	case VIZ_ACTION_PAGE_DOWN:
		select_lesson(menu, at + page);
		break;
	case VIZ_ACTION_FIRST:
		select_lesson(menu, 0);
		break;
	case VIZ_ACTION_LAST:
		select_lesson(menu, (long)scn_count());
		break;
	case VIZ_ACTION_SEARCH:
		start_search(menu);
		break;
	case VIZ_ACTION_NEXT_MATCH:
	case VIZ_ACTION_PREVIOUS_MATCH:
		find_next(menu, action == VIZ_ACTION_NEXT_MATCH ? 1 : -1);
		break;
	case VIZ_ACTION_CLICK:
		return click(menu, key);
	default:
		break;
	}
	return false;
}

static void keep_in_sight(struct viz_menu *menu)
{
	int line = line_of(menu->selected), last = line_of(scn_count() - 1) + 1 - menu->rows;
	/* The heading of its chapter comes with the first lesson of it. */
	int first = opens_chapter(menu->selected) && line > 0 ? line - 1 : line;
	if (menu->top > first)
		menu->top = first;
	if (line - menu->top >= menu->rows)
		menu->top = line - menu->rows + 1;
	if (menu->top > last)
		menu->top = last;
	if (menu->top < 0)
		menu->top = 0;
}

/* Where titles begin: right of the longest name, but not so far that nothing is left of them. */
static int title_col(const struct viz_grid *grid)
{
	int cols = NAME_MIN_COLS;
	for (size_t i = 0; i < scn_count(); i++)
		if (viz_utf8_cols(scn_at(i)->name) > cols)
			cols = viz_utf8_cols(scn_at(i)->name);
	return NAME_COL + (cols < grid->cols / 3 ? cols : grid->cols / 3) + 3;
}

static void paint_lesson(struct viz_grid *grid, int row, const struct scenario *scenario,
                         bool selected, bool is_seen)
{
	int col = title_col(grid);
	enum viz_style style = selected ? VIZ_STYLE_SELECTED : VIZ_STYLE_PLAIN;
	if (selected)
		viz_grid_text(grid, row, NAME_COL - 2, 1, VIZ_STYLE_SELECTED, "▸");
	viz_grid_text(grid, row, NAME_COL, col - NAME_COL - 1, style, scenario->name);
	if (is_seen)
		viz_grid_text(grid, row, col - 2, 1, VIZ_STYLE_DIM, "✓");
	viz_grid_text(grid, row, col, grid->cols - col - 1,
	              selected ? VIZ_STYLE_PLAIN : VIZ_STYLE_DIM, scenario->title);
	for (int x = 0; selected && x < grid->cols; x++)
		viz_grid_cell(grid, row, x)->marked = true;
}

static bool is_seen(const struct viz_menu *menu, size_t lesson)
{
	return menu->progress != NULL && lesson < VIZ_PROGRESS_LESSONS &&
	       menu->progress->seen[lesson];
}

/* The heading, and how far the course has come in it. */
static void paint_chapter(const struct viz_menu *menu, struct viz_grid *grid, int row,
                          const char *chapter)
{
	char text[60];
	size_t n, seen = 0;
	int used = viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_TITLE, chapter);
	if (menu->progress != NULL)
		seen = viz_progress_of(menu->progress, chapter, &n);
	if (seen == 0)
		return;
	snprintf(text, sizeof text, "  %zu of %zu seen", seen, n);
	viz_grid_text(grid, row, 1 + used, grid->cols - used - 2, VIZ_STYLE_DIM, text);
}

static void paint_list(struct viz_menu *menu, struct viz_grid *grid)
{
	for (size_t i = 0; i < scn_count(); i++) {
		int at = line_of(i) - menu->top;
		if (opens_chapter(i) && at - 1 >= 0 && at - 1 < menu->rows)
			paint_chapter(menu, grid, HEAD_ROWS + at - 1, scn_at(i)->chapter);
		if (at >= 0 && at < menu->rows)
			paint_lesson(grid, HEAD_ROWS + at, scn_at(i), i == menu->selected,
			             is_seen(menu, i));
	}
}

static void paint_head(struct viz_grid *grid)
{
	char count[32];
	snprintf(count, sizeof count, "%zu lessons", scn_count());
	int cols = viz_utf8_cols(count);
	int used = viz_grid_text(grid, 0, 1, grid->cols - 2, VIZ_STYLE_TITLE, "ganttop");
	viz_grid_text(grid, 0, 1 + used, grid->cols - cols - used - 4, VIZ_STYLE_DIM,
	              " · watch tasks take turns");
	viz_grid_text(grid, 0, grid->cols - 1 - cols, cols, VIZ_STYLE_DIM, count);
}

static void paint_foot(const struct viz_menu *menu, struct viz_grid *grid)
{
	const struct scenario *scenario = scn_at(menu->selected);
	char text[120];
	int row = grid->rows - FOOT_ROWS;
	for (int col = 1; col < grid->cols - 1; col++)
		viz_grid_put(grid, row, col, 0x2500, VIZ_STYLE_FRAME);
	if (menu->notice[0] != '\0')
		viz_grid_text(grid, row + 1, 1, grid->cols - 2, VIZ_STYLE_ALERT, menu->notice);
	else
		viz_grid_text(grid, row + 1, 1, grid->cols - 2, VIZ_STYLE_QUESTION,
		              scenario->question);
	if (scenario->pairs_with != NULL) {
		snprintf(text, sizeof text, "look at %s beside it", scenario->pairs_with);
		viz_grid_text(grid, row + 2, 1, grid->cols - 2, VIZ_STYLE_DIM, text);
	}
	viz_hints_paint(grid, VIZ_IN_MENU);
	if (menu->prompt.sign != 0)
		viz_prompt_paint(&menu->prompt, grid, grid->rows - 1,
		                 "part of a lesson's name or question");
}

static void paint_too_small(struct viz_grid *grid)
{
	char text[80];
	snprintf(text, sizeof text, "ganttop needs 40x10, this is %dx%d", grid->cols, grid->rows);
	viz_grid_text(grid, grid->rows / 2, 0, grid->cols, VIZ_STYLE_PLAIN, text);
}

void viz_menu_paint(struct viz_menu *menu, struct viz_grid *grid, bool ascii)
{
	viz_grid_clear(grid);
	if (grid->rows < 10 || grid->cols < 40) {
		paint_too_small(grid);
		return;
	}
	menu->rows = grid->rows - HEAD_ROWS - FOOT_ROWS;
	keep_in_sight(menu);
	paint_head(grid);
	paint_list(menu, grid);
	paint_foot(menu, grid);
	if (ascii)
		viz_glyph_fold_ascii(grid);
}
