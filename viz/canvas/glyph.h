/* The glyphs of the timeline: what stands in a cell for a state, and what the legend says about it. */
#ifndef GANTTOP_VIZ_CANVAS_GLYPH_H
#define GANTTOP_VIZ_CANVAS_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

#include "viz/canvas/grid.h"

#define VIZ_GLYPH(name, style, utf8, ascii, word) VIZ_GLYPH_##name,
enum viz_glyph {
#include "viz/canvas/glyphs.def"
	VIZ_GLYPH_COUNT
};
#undef VIZ_GLYPH

struct viz_glyph_row {
	enum viz_style style;
	uint32_t utf8, ascii;
	const char *word; /* of the legend; "": not in it */
};

/* Return the table's row of `glyph`. owns: returns a static row. */
const struct viz_glyph_row *viz_glyph_row(enum viz_glyph glyph);

/* Put `glyph` in its style. */
void viz_glyph_put(struct viz_grid *grid, int row, int col, enum viz_glyph glyph, bool ascii);

/* Return the glyph of a level between 0 and `max`: a base line for 0, then eighths of a block; in ASCII the digit
 * itself while `max` is at most 9, else a ramp. A level above 0 is never drawn as 0, nor one below `max` as full. */
uint32_t viz_glyph_level(int64_t value, int64_t max, bool ascii);

/* Make every cell ASCII: known signs become their nearest look, anything else '?'. */
void viz_glyph_fold_ascii(struct viz_grid *grid);

#endif
