/* The palette: what a style looks like. One table serves the terminal, the ANSI export and the SVG, so they
 * cannot disagree.
 *
 * Colours are Okabe and Ito's: sky blue, yellow, vermillion, grey and white stay apart for every kind of
 * colour vision and stand 4.5:1 against black. Bars are a coloured background with a dark glyph, and text has the
 * terminal's own foreground, so that the picture reads the same on dark and on light terminals.
 */
#ifndef GANTTOP_VIZ_CANVAS_PALETTE_H
#define GANTTOP_VIZ_CANVAS_PALETTE_H

#include <stdint.h>

#include "viz/canvas/grid.h"

/* How many colours there are to paint with. */
enum viz_depth {
	VIZ_DEPTH_MONO,
	VIZ_DEPTH_8,
	VIZ_DEPTH_16,
	VIZ_DEPTH_256,
	VIZ_DEPTH_DIRECT, /* a colour is its 0xrrggbb */
	VIZ_DEPTH_COUNT
};

/* Themes. Dark and light are for the background of the terminal; mono is without colours on any. */
enum viz_theme { VIZ_THEME_DARK, VIZ_THEME_LIGHT, VIZ_THEME_MONO, VIZ_THEME_COUNT };

/* Return the name of a theme, as on the command line. owns: returns a static string. */
const char *viz_theme_name(enum viz_theme theme);

/* Return the theme that suits what COLORFGBG says of the terminal's background ("15;0"), dark if it says nothing. */
enum viz_theme viz_theme_of(const char *colorfgbg);

enum viz_attr {
	VIZ_ATTR_BOLD = 1 << 0,
	VIZ_ATTR_DIM = 1 << 1,
	VIZ_ATTR_REVERSE = 1 << 2,
	VIZ_ATTR_UNDERLINE = 1 << 3,
};

/* How a cell looks on a terminal. */
struct viz_look {
	int32_t fg, bg; /* index into the depth's colours; -1: the terminal's own */
	uint8_t attrs;  /* set of VIZ_ATTR_ bits */
};

/* Return the look of `cell` with `depth` colours. There are at most VIZ_PALETTE_PAIRS different (fg, bg) in one theme. */
struct viz_look viz_palette_look(const struct viz_cell *cell, enum viz_depth depth,
                                 enum viz_theme theme);
#define VIZ_PALETTE_PAIRS (2 * VIZ_STYLE_COUNT)

/* How a cell looks in SVG: "#rrggbb" each. */
struct viz_svg_look {
	const char *fg, *bg; /* bg NULL: the page shows through */
	uint8_t attrs;       /* BOLD only */
};
struct viz_svg_look viz_palette_svg(const struct viz_cell *cell, bool light);

/* The page itself, and the tint of a marked cell without a background of its own. */
const char *viz_palette_svg_page(bool light);
const char *viz_palette_svg_mark(bool light);

#endif
