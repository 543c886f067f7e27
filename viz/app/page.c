/* Scrolling through text. A page is short (a lesson and its two sources), so lines are found by counting. */
#include "viz/app/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"
#include "viz/text/utf8.h"

#define WHEEL_LINES 3

void viz_page_init(struct viz_page *page, char *text)
{
	*page = (struct viz_page){.text = text, .rows = 1};
	for (const char *c = text; *c != '\0'; c++)
		page->n_lines += *c == '\n';
}

void viz_page_fini(struct viz_page *page)
{
	free(page->text);
	page->text = NULL;
}

static void scroll(struct viz_page *page, long by)
{
	size_t rows = (size_t)page->rows, last = page->n_lines > rows ? page->n_lines - rows : 0;
	if (by < 0)
		page->top -= (size_t)-by < page->top ? (size_t)-by : page->top;
	else
		page->top += (size_t)by;
	if (page->top > last)
		page->top = last;
}

void viz_page_act(struct viz_page *page, enum viz_action action)
{
	long all = (long)page->n_lines, screen = page->rows > 2 ? page->rows - 1 : 1;
	switch (action) {
	case VIZ_ACTION_UP:
		scroll(page, -1);
		break;
	case VIZ_ACTION_DOWN:
		scroll(page, 1);
		break;
	case VIZ_ACTION_WHEEL_UP:
		scroll(page, -WHEEL_LINES);
		break;
	case VIZ_ACTION_WHEEL_DOWN:
		scroll(page, WHEEL_LINES);
		break;
	case VIZ_ACTION_PAGE_UP:
		scroll(page, -screen);
		break;
	case VIZ_ACTION_PAGE_DOWN:
		scroll(page, screen);
		break;
	case VIZ_ACTION_FIRST:
		scroll(page, -all);
		break;
	case VIZ_ACTION_LAST:
		scroll(page, all);
		break;
	default:
		break;
	}
}

/* A line, with its tabs as spaces: cells know no tabs. */
static void paint_line(struct viz_grid *grid, int row, const char *line, size_t bytes,
                       enum viz_style style)
{
	char text[1024];
	size_t n = 0, col = 0;
	for (size_t i = 0; i < bytes && n < sizeof text - 9; i++) {
		if (line[i] != '\t') {
			text[n++] = line[i];
			col += ((unsigned char)line[i] & 0xc0) != 0x80;
			continue;
		}
		do {
			text[n++] = ' ';
		} while (++col % 8 != 4);
	}
	text[n] = '\0';
	viz_grid_text(grid, row, 1, grid->cols - 2, style, text);
}

static void paint_place(const struct viz_page *page, struct viz_grid *grid)
{
	char place[48];
	size_t end = page->top + (size_t)page->rows;
	if (page->n_lines <= (size_t)page->rows)
		return;
	snprintf(place, sizeof place, "%zu-%zu of %zu", page->top + 1,
	         end < page->n_lines ? end : page->n_lines, page->n_lines);
	int cols = viz_utf8_cols(place);
	viz_grid_text(grid, grid->rows - 1, grid->cols - 1 - cols, cols, VIZ_STYLE_DIM, place);
}

void viz_page_paint(struct viz_page *page, struct viz_grid *grid, bool ascii)
{
	viz_grid_clear(grid);
	page->rows = grid->rows > 2 ? grid->rows - 2 : 1;
	scroll(page, 0);
	const char *line = page->text;
	for (size_t i = 0; *line != '\0' && i < page->top + (size_t)page->rows; i++) {
		size_t bytes = strcspn(line, "\n");
		if (i >= page->top)
			paint_line(grid, (int)(i - page->top), line, bytes,
			           i == 0 ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN);
		line += bytes + (line[bytes] == '\n');
	}
	if (grid->rows > 2)
		viz_hints_paint(grid, VIZ_IN_TEXT);
	if (grid->rows > 2 && grid->cols >= 60)
		paint_place(page, grid);
	if (ascii)
		viz_glyph_fold_ascii(grid);
}
