/* The ANSI canvas: SGR sequences, one only where the look changes. */
#include "viz/canvas/canvas.h"
#include "viz/text/utf8.h"

static const struct viz_look plain = {-1, -1, 0};

static bool is_same(struct viz_look a, struct viz_look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs;
}

/* `base` is 30 for the foreground, 40 for the background. */
static void put_colour(FILE *out, int base, int colour, enum viz_depth depth)
{
	if (colour < 0)
		return;
	if (depth == VIZ_DEPTH_DIRECT)
		fprintf(out, ";%d;2;%d;%d;%d", base + 8, colour >> 16 & 0xff, colour >> 8 & 0xff,
		        colour & 0xff);
	else if (depth == VIZ_DEPTH_256)
		fprintf(out, ";%d;5;%d", base + 8, colour);
	else
		fprintf(out, ";%d", colour < 8 ? base + colour : base + 60 + colour - 8);
}

static void put_look(FILE *out, struct viz_look look, enum viz_depth depth)
{
	fputs("\x1b[0", out);
	if (look.attrs & VIZ_ATTR_BOLD)
		fputs(";1", out);
	if (look.attrs & VIZ_ATTR_DIM)
		fputs(";2", out);
	if (look.attrs & VIZ_ATTR_UNDERLINE)
		fputs(";4", out);
	if (look.attrs & VIZ_ATTR_REVERSE)
		fputs(";7", out);
	put_colour(out, 30, look.fg, depth);
	put_colour(out, 40, look.bg, depth);
	fputc('m', out);
}

static int last_col(const struct viz_cell *row, int cols, enum viz_depth depth,
                    enum viz_theme theme)
{
	while (cols > 0 && row[cols - 1].ch == ' ' &&
	       is_same(viz_palette_look(&row[cols - 1], depth, theme), plain))
		cols--;
	return cols;
}

/* Write cells [from, to) of a row; ends in the terminal's own colours. */
static void put_cells(const struct viz_cell *row, int from, int to, enum viz_depth depth,
                      enum viz_theme theme, FILE *out)
{
	struct viz_look now = plain;
	for (int c = from; c < to; c++) {
		char bytes[VIZ_UTF8_MAX_BYTES];
		if (row[c].ch == 0)
			continue;
		struct viz_look look = viz_palette_look(&row[c], depth, theme);
		if (!is_same(look, now))
			put_look(out, look, depth);
		now = look;
		fwrite(bytes, 1, viz_utf8_put(bytes, row[c].ch), out);
	}
	if (!is_same(now, plain))
		fputs("\x1b[0m", out);
}

void viz_canvas_ansi(const struct viz_grid *grid, enum viz_depth depth, enum viz_theme theme,
                     FILE *out)
{
	for (int r = 0; r < grid->rows; r++) {
		const struct viz_cell *row = grid->cells + (size_t)r * (size_t)grid->cols;
		put_cells(row, 0, last_col(row, grid->cols, depth, theme), depth, theme, out);
		fputc('\n', out);
	}
}

static bool is_same_cell(const struct viz_cell *a, const struct viz_cell *b)
{
	return a->ch == b->ch && a->style == b->style && a->marked == b->marked;
}

static void put_change(const struct viz_cell *before, const struct viz_cell *now, int row, int cols,
                       enum viz_depth depth, enum viz_theme theme, FILE *out)
{
	int from = 0, to = cols;
	while (from < cols && is_same_cell(&before[from], &now[from]))
		from++;
	while (to > from && is_same_cell(&before[to - 1], &now[to - 1]))
		to--;
	if (from == to)
		return;
	/* A wide character is written whole, or its half would be overwritten. */
	while (from > 0 && (now[from].ch == 0 || before[from].ch == 0))
		from--;
	while (to > from && to < cols && (now[to].ch == 0 || before[to].ch == 0))
		to++;
	fprintf(out, "\x1b[%d;%dH", row + 1, from + 1);
	put_cells(now, from, to, depth, theme, out);
}

void viz_canvas_ansi_change(const struct viz_grid *before, const struct viz_grid *now,
                            enum viz_depth depth, enum viz_theme theme, FILE *out)
{
	if (before == NULL)
		fputs("\x1b[?25l\x1b[2J", out);
	for (int r = 0; r < now->rows; r++) {
		size_t at = (size_t)r * (size_t)now->cols;
		if (before != NULL) {
			put_change(before->cells + at, now->cells + at, r, now->cols, depth, theme,
			           out);
			continue;
		}
		fprintf(out, "\x1b[%d;1H", r + 1);
		put_cells(now->cells + at, 0, last_col(now->cells + at, now->cols, depth, theme),
		          depth, theme, out);
	}
}
