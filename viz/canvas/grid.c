/* The grid: cells in one array, row by row. The invariant it keeps: the second half of a wide character
 * (ch 0) always stands right of its first half, so overwriting either half blanks the other, and no control
 * character is ever in a cell. Marks that combine are dropped: a cell holds one code point.
 */
#include "viz/canvas/grid.h"

#include <stdlib.h>

#include "viz/text/utf8.h"

#define ELLIPSIS 0x2026u

static const struct viz_cell blank = {.ch = ' ', .style = VIZ_STYLE_PLAIN};

int viz_grid_init(struct viz_grid *grid, int rows, int cols)
{
	size_t n = rows > 0 && cols > 0 ? (size_t)rows * (size_t)cols : 0;
	struct viz_cell *cells = malloc((n != 0 ? n : 1) * sizeof *cells);
	if (cells == NULL)
		return -1;
	*grid = (struct viz_grid){.rows = n != 0 ? rows : 0,
	                          .cols = n != 0 ? cols : 0,
	                          .cells = cells};
	viz_grid_clear(grid);
	return 0;
}

void viz_grid_fini(struct viz_grid *grid)
{
	free(grid->cells);
	*grid = (struct viz_grid){0};
}

void viz_grid_clear(struct viz_grid *grid)
{
	size_t n = (size_t)grid->rows * (size_t)grid->cols;
	for (size_t i = 0; i < n; i++)
		grid->cells[i] = blank;
}

struct viz_cell *viz_grid_cell(struct viz_grid *grid, int row, int col)
{
	if (row < 0 || row >= grid->rows || col < 0 || col >= grid->cols)
		return NULL;
	return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

static bool is_control(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) || (ch >= 0x2028 && ch <= 0x202e) ||
	       (ch >= 0x2066 && ch <= 0x2069);
}

/* Blank the other half of a wide character of which `cell` is one half. */
static void part_halves(struct viz_grid *grid, int row, int col)
{
	struct viz_cell *right = viz_grid_cell(grid, row, col + 1);
	if (grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col].ch == 0)
		viz_grid_cell(grid, row, col - 1)->ch = ' ';
	if (right != NULL && right->ch == 0)
		right->ch = ' ';
}

/* Whether the cell at `col` and `ch` are both of one column, with nothing to part: so it is nearly always. */
static bool is_plain(const struct viz_grid *grid, const struct viz_cell *cell, int col, uint32_t ch)
{
	bool is_narrow = (ch >= ' ' && ch < 0x7f) || (ch >= 0x2500 && ch < 0x25fd);
	return is_narrow && cell->ch != 0 && (col + 1 == grid->cols || cell[1].ch != 0);
}

void viz_grid_put(struct viz_grid *grid, int row, int col, uint32_t ch, enum viz_style style)
{
	struct viz_cell *cell = viz_grid_cell(grid, row, col);
	if (cell == NULL)
		return;
	if (is_plain(grid, cell, col, ch)) {
		cell->ch = ch;
		cell->style = (uint8_t)style;
		return;
	}
	if (is_control(ch))
		ch = VIZ_UTF8_REPLACEMENT;
	int width = viz_utf8_width(ch);
	struct viz_cell *second = width == 2 ? viz_grid_cell(grid, row, col + 1) : NULL;
	if (width == 0 || (width == 2 && second == NULL))
		ch = ' ';
	part_halves(grid, row, col);
	*cell = (struct viz_cell){.ch = ch, .style = (uint8_t)style, .marked = cell->marked};
	if (second == NULL)
		return;
	part_halves(grid, row, col + 1);
	cell->ch = ch; /* part_halves took our own first half for a stranger's */
	*second = (struct viz_cell){.ch = 0, .style = (uint8_t)style, .marked = second->marked};
}

static int cols_of(uint32_t ch)
{
	return is_control(ch) ? 1 : viz_utf8_width(ch);
}

/* Return how many columns of `text` may be written so that an ellipsis still fits, if one is needed. */
static int cols_that_fit(const char *text, int width)
{
	int cols = 0;
	for (uint32_t ch = viz_utf8_next(&text); ch != 0 && cols <= width;
	     ch = viz_utf8_next(&text))
		cols += cols_of(ch);
	return cols <= width ? width : width - 1;
}

int viz_grid_text(struct viz_grid *grid, int row, int col, int width, enum viz_style style,
                  const char *utf8)
{
	if (width > grid->cols - col)
		width = grid->cols - col;
	if (row < 0 || row >= grid->rows || col < 0 || width <= 0)
		return 0;
	int room = cols_that_fit(utf8, width), used = 0;
	for (uint32_t ch = viz_utf8_next(&utf8); ch != 0; ch = viz_utf8_next(&utf8)) {
		int cols = cols_of(ch);
		if (used + cols > room) {
			viz_grid_put(grid, row, col + used, ELLIPSIS, style);
			return used + 1;
		}
		if (cols > 0)
			viz_grid_put(grid, row, col + used, ch, style);
		used += cols;
	}
	return used;
}
