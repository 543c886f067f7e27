/* The glyphs of the timeline, from the one table glyphs.def that the legend reads too. */
#include "viz/canvas/glyph.h"

#include <stddef.h>

#define VIZ_GLYPH(name, style, utf8, ascii, word)                                                  \
	[VIZ_GLYPH_##name] = {VIZ_STYLE_##style, utf8, ascii, word},
static const struct viz_glyph_row rows[] = {
#include "viz/canvas/glyphs.def"
};
#undef VIZ_GLYPH

static const struct {
	uint32_t from, to;
} folds[] = {
        {0x2026, '~'}, {0x00b7, '.'}, {0x2502, '|'}, {0x2500, '-'}, {0x250c, '+'},  {0x2510, '+'},
        {0x2514, '+'}, {0x2518, '+'}, {0x251c, '+'}, {0x2524, '+'}, {0x252c, '+'},  {0x2534, '+'},
        {0x25b2, '^'}, {0x25bc, 'v'}, {0x25b8, '>'}, {0x25c2, '<'}, {0x2018, '\''}, {0x2019, '\''},
        {0x201c, '"'}, {0x201d, '"'}, {0x2013, '-'}, {0x2014, '-'}, {0x2192, '>'},  {0x25c6, '*'},
        {0x2190, '<'}, {0x25cb, '@'}, {0x2571, '/'}, {0x2506, ':'},
};

const struct viz_glyph_row *viz_glyph_row(enum viz_glyph glyph)
{
	return &rows[glyph];
}

void viz_glyph_put(struct viz_grid *grid, int row, int col, enum viz_glyph glyph, bool ascii)
{
	viz_grid_put(grid, row, col, ascii ? rows[glyph].ascii : rows[glyph].utf8,
	             rows[glyph].style);
}

/* Scale `value` of `max` to 0..steps, so that only 0 gives 0 and only `max` gives `steps`. */
static unsigned scale(int64_t value, int64_t max, unsigned steps)
{
	if (value <= 0 || max <= 0)
		return 0;
	if (value >= max)
		return steps;
	uint64_t step = (uint64_t)((double)value / (double)max * (double)steps);
	return step < 1 ? 1 : step >= steps ? steps - 1 : (unsigned)step;
}

uint32_t viz_glyph_level(int64_t value, int64_t max, bool ascii)
{
	static const char ramp[] = "0:-=+*%#@";
	if (!ascii)
		return 0x2581u + scale(value, max, 7);
	if (value >= 0 && max <= 9)
		return (uint32_t)('0' + value);
	return (uint32_t)ramp[scale(value, max, sizeof ramp - 2)];
}

static uint32_t fold(uint32_t ch)
{
	for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
		if (folds[i].from == ch)
			return folds[i].to;
	}
	return '?';
}

void viz_glyph_fold_ascii(struct viz_grid *grid)
{
	struct viz_cell *cell = grid->cells;
	for (struct viz_cell *end = cell + grid->rows * grid->cols; cell < end; cell++) {
		if (cell->ch == 0)
			cell->ch = '?';
		else if (cell->ch >= 0x80)
			cell->ch = fold(cell->ch);
	}
}
