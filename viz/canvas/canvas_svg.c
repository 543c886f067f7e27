/* The SVG canvas. Cells are as wide as DejaVu Sans Mono at 14 px, the first font asked for; each run of text
 * also carries its length, so that a browser that has another font keeps the columns. Blocks are drawn as
 * rectangles: fonts leave gaps between them.
 */
#include <string.h>

#include "viz/canvas/canvas.h"
#include "viz/text/utf8.h"

/* In thousandths of a pixel, because printf("%f") follows the locale. */
enum { CELL_W = 8428, CELL_H = 19000, MARGIN = 12000, BASELINE = 14500 };

struct svg {
	FILE *out;
	bool light;
};

static void put_number(FILE *out, const char *name, long milli)
{
	fprintf(out, " %s=\"%ld.%03ld\"", name, milli / 1000, milli % 1000);
}

static long x_of(int col)
{
	return MARGIN + (long)col * CELL_W;
}

static long y_of(int row)
{
	return MARGIN + (long)row * CELL_H;
}

static void put_rect(FILE *out, long x, long y, long width, long height, const char *fill)
{
	fputs("<rect", out);
	put_number(out, "x", x);
	put_number(out, "y", y);
	put_number(out, "width", width);
	put_number(out, "height", height);
	fprintf(out, " fill=\"%s\"/>\n", fill);
}

static void put_char(FILE *out, uint32_t ch)
{
	char bytes[VIZ_UTF8_MAX_BYTES];
	if (ch == '<')
		fputs("&lt;", out);
	else if (ch == '>')
		fputs("&gt;", out);
	else if (ch == '&')
		fputs("&amp;", out);
	else if (ch == '"')
		fputs("&quot;", out);
	else
		fwrite(bytes, 1, viz_utf8_put(bytes, ch), out);
}

static void put_text(FILE *out, const char *text)
{
	for (uint32_t ch = viz_utf8_next(&text); ch != 0; ch = viz_utf8_next(&text))
		put_char(out, ch);
}

static bool is_block(uint32_t ch)
{
	return ch >= 0x2581 && ch <= 0x2590;
}

/* Return what lies behind the cell, NULL if nothing does. */
static const char *behind(const struct svg *svg, const struct viz_cell *cell)
{
	struct viz_svg_look look = viz_palette_svg(cell, svg->light);
	return look.bg != NULL ? look.bg : cell->marked ? viz_palette_svg_mark(svg->light) : NULL;
}

static void put_background(const struct svg *svg, const struct viz_cell *row, int r, int cols)
{
	for (int c = 0, next; c < cols; c = next) {
		const char *fill = behind(svg, &row[c]);
		for (next = c + 1; next < cols && behind(svg, &row[next]) == fill; next++)
			continue;
		if (fill != NULL)
			put_rect(svg->out, x_of(c), y_of(r), (long)(next - c) * CELL_W, CELL_H,
			         fill);
	}
}

/* Draw one or more columns of U+2581..2588 (eighths from below), or one of U+2589..258F (eighths from the left)
 * or U+2590 (the right half). Equal neighbours are one rectangle, or seams would show. Returns the next column. */
static int put_block(const struct svg *svg, const struct viz_cell *row, int r, int c, int cols)
{
	const struct viz_cell *cell = &row[c];
	const char *fill = viz_palette_svg(cell, svg->light).fg;
	int next = c + 1;
	while (cell->ch <= 0x2588 && next < cols && row[next].ch == cell->ch &&
	       row[next].style == cell->style)
		next++;
	long height = CELL_H, width = CELL_W * (long)(next - c), x = x_of(c);
	if (cell->ch <= 0x2588)
		height = CELL_H * (long)(cell->ch - 0x2580) / 8;
	else
		width = cell->ch == 0x2590 ? CELL_W / 2 : CELL_W * (long)(0x2590 - cell->ch) / 8;
	if (cell->ch == 0x2590)
		x += CELL_W - width;
	put_rect(svg->out, x, y_of(r) + CELL_H - height, width, height, fill);
	return next;
}

static bool is_same_run(const struct svg *svg, const struct viz_cell *a, const struct viz_cell *b)
{
	struct viz_svg_look x = viz_palette_svg(a, svg->light), y = viz_palette_svg(b, svg->light);
	return b->ch != ' ' && b->ch != 0 && !is_block(b->ch) && x.fg == y.fg &&
	       x.attrs == y.attrs && viz_utf8_width(a->ch) == 1 && viz_utf8_width(b->ch) == 1;
}

static int put_run(const struct svg *svg, const struct viz_cell *row, int r, int c, int cols)
{
	struct viz_svg_look look = viz_palette_svg(&row[c], svg->light);
	int next = c + 1;
	while (next < cols && is_same_run(svg, &row[c], &row[next]))
		next++;
	int width = viz_utf8_width(row[c].ch) == 2 ? 2 : next - c;
	fputs("<text", svg->out);
	put_number(svg->out, "x", x_of(c));
	put_number(svg->out, "y", y_of(r) + BASELINE);
	put_number(svg->out, "textLength", (long)width * CELL_W);
	fprintf(svg->out, " fill=\"%s\"%s>", look.fg,
	        look.attrs & VIZ_ATTR_BOLD ? " font-weight=\"bold\"" : "");
	for (int i = c; i < next; i++)
		put_char(svg->out, row[i].ch);
	fputs("</text>\n", svg->out);
	return next;
}

static void put_row(const struct svg *svg, const struct viz_cell *row, int r, int cols)
{
	put_background(svg, row, r, cols);
	for (int c = 0; c < cols;) {
		if (row[c].ch == ' ' || row[c].ch == 0) {
			c++;
		} else if (is_block(row[c].ch)) {
			c = put_block(svg, row, r, c, cols);
		} else {
			c = put_run(svg, row, r, c, cols);
		}
	}
}

void viz_canvas_svg(const struct viz_grid *grid, bool light, const char *title, FILE *out)
{
	struct svg svg = {out, light};
	long width = (2 * MARGIN + (long)grid->cols * CELL_W + 999) / 1000;
	long height = (2 * MARGIN + (long)grid->rows * CELL_H + 999) / 1000;
	fprintf(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%ld\" height=\"%ld\" "
	        "viewBox=\"0 0 %ld %ld\" role=\"img\" font-size=\"14\" xml:space=\"preserve\" "
	        "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n<title>",
	        width, height, width, height);
	put_text(out, title);
	fprintf(out, "</title>\n<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"%s\"/>\n",
	        viz_palette_svg_page(light));
	for (int r = 0; r < grid->rows; r++)
		put_row(&svg, grid->cells + (size_t)r * (size_t)grid->cols, r, grid->cols);
	fputs("</svg>\n", out);
}
