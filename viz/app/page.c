/* Scrolling through text. A page is short (a lesson and its two sources), so lines are found by counting. Lines that are wider than the
 * screen are broken, when its width changes: what a class is to read must not end in dots.
 */
#include "viz/app/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"
#include "viz/text/utf8.h"
#include "viz/text/wrap.h"

#define WHEEL_LINES 3

static size_t count_lines(const char *text)
{
	size_t n = 0;
	for (const char *c = text; *c != '\0'; c++)
		n += *c == '\n';
	return n;
}

void viz_page_init(struct viz_page *page, char *text)
{
	*page = (struct viz_page){.text = text, .n_lines = count_lines(text), .rows = 1};
}

void viz_page_fini(struct viz_page *page)
{
	free(page->text);
	free(page->laid);
	page->text = page->laid = NULL;
}

/* Write a line with its tabs as spaces: cells know no tabs. Returns the columns that it is indented by. */
static int expand(char *text, size_t text_bytes, const char *line, size_t bytes)
{
	size_t n = 0, col = 0;
	int indent = -1;
	for (size_t i = 0; i < bytes && n + 9 < text_bytes; i++) {
		if (line[i] != '\t' && line[i] != ' ' && indent < 0)
			indent = (int)col;
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
	return indent < 0 ? 0 : indent;
}

/* Write a line, broken where it is too wide; what goes on is indented a little more. */
static void lay_line(FILE *out, const char *line, size_t bytes, int cols)
{
	char text[1024];
	int indent = expand(text, sizeof text, line, bytes) + 2;
	size_t n = viz_wrap_bytes(text, cols);
	fprintf(out, "%.*s\n", (int)n, text);
	const char *rest = text + n + strspn(text + n, " ");
	if (*rest != '\0')
		viz_wrap_print(out, rest, indent < cols / 2 ? indent : cols / 2, cols, 0);
}

/* Break the lines for a screen of other columns; about the same stays at the top. */
static void lay(struct viz_page *page, int cols)
{
	char *laid = NULL;
	size_t bytes;
	if (cols == page->cols || cols < 1)
		return;
	FILE *out = open_memstream(&laid, &bytes);
	if (out == NULL)
		return;
	for (const char *line = page->text; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		lay_line(out, line, n, cols);
		line += n + (line[n] == '\n');
	}
	if (fclose(out) != 0) {
		free(laid);
		return;
	}
	size_t before = page->n_lines > 0 ? page->n_lines : 1;
	free(page->laid);
	page->laid = laid;
	page->cols = cols;
	page->n_lines = count_lines(laid);
	page->top = page->top * page->n_lines / before;
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

static void paint_line(struct viz_grid *grid, int row, const char *line, size_t bytes,
                       enum viz_style style)
{
	char text[1100];
	snprintf(text, sizeof text, "%.*s", bytes < sizeof text ? (int)bytes : (int)sizeof text - 1,
	         line);
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
	lay(page, grid->cols - 2);
	scroll(page, 0);
	const char *line = page->laid != NULL ? page->laid : page->text;
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
