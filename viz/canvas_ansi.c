/* The ANSI canvas: SGR sequences, one only where the look changes. */
#include "viz/canvas.h"
#include "viz/utf8.h"

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
	if (depth == VIZ_DEPTH_256)
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

static int last_col(const struct viz_cell *row, int cols, enum viz_depth depth)
{
	while (cols > 0 && row[cols - 1].ch == ' ' &&
	       is_same(viz_palette_look(&row[cols - 1], depth), plain))
		cols--;
	return cols;
}

void viz_canvas_ansi(const struct viz_grid *grid, enum viz_depth depth, FILE *out)
{
	for (int r = 0; r < grid->rows; r++) {
		const struct viz_cell *row = grid->cells + (size_t)r * (size_t)grid->cols;
		int cols = last_col(row, grid->cols, depth);
		struct viz_look now = plain;
		for (int c = 0; c < cols; c++) {
			char bytes[VIZ_UTF8_MAX_BYTES];
			if (row[c].ch == 0)
				continue;
			struct viz_look look = viz_palette_look(&row[c], depth);
			if (!is_same(look, now))
				put_look(out, look, depth);
			now = look;
			fwrite(bytes, 1, viz_utf8_put(bytes, row[c].ch), out);
		}
		fputs(is_same(now, plain) ? "\n" : "\x1b[0m\n", out);
	}
}
