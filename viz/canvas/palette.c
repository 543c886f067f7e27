/* The palette. A style has an ink: its bar colour, or none for text. Blocks and level signs are drawn in the
 * bar's colour instead of black on it: they are the bar. Light and dark shades differ that way too: ready is
 * dark dots on yellow, blocked is vermillion dots on black, so neither needs its colour to be told apart.
 */
#include "viz/canvas/palette.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct ink {
	int16_t fg256, bg256;
	int8_t fg16, bg16, fg8, bg8;
	uint8_t attrs, mono_attrs;
	const char *dark_fg, *dark_bg, *light_fg, *light_bg; /* SVG */
};

#define BOLD    VIZ_ATTR_BOLD
#define DIM     VIZ_ATTR_DIM
#define REVERSE VIZ_ATTR_REVERSE

#define SKY_BLUE   "#56b4e9"
#define YELLOW     "#f0e442"
#define VERMILLION "#d55e00"
#define BLACK      "#000000"
#define WHITE      "#ffffff"
#define SILVER     "#c8c8c8" /* white on a light page would be no bar */

static const struct ink inks[VIZ_STYLE_COUNT] = {
#define TEXT(dark, light, colour256, attr)                                                         \
	{                                                                                          \
		colour256, -1, -1, -1, -1, -1, attr, attr, dark, NULL, light, NULL                 \
	}
#define BAR(hex, c256, c16, c8, attr, mono)                                                        \
	{                                                                                          \
		16, c256, 0, c16, 0, c8, attr, mono, BLACK, hex, BLACK, hex                        \
	}
        [VIZ_STYLE_PLAIN] = TEXT("#d8d8d8", "#202020", -1, 0),
        [VIZ_STYLE_DIM] = TEXT("#9a9a9a", "#6a6a6a", 245, 0),
        [VIZ_STYLE_TITLE] = TEXT("#ffffff", "#000000", -1, BOLD),
        [VIZ_STYLE_QUESTION] = TEXT("#ffffff", "#000000", -1, BOLD),
        [VIZ_STYLE_KEY] = TEXT("#ffffff", "#000000", -1, BOLD),
        [VIZ_STYLE_SELECTED] = {-1, -1, -1, -1, -1, -1, REVERSE, REVERSE, BLACK, "#d8d8d8", WHITE,
                                "#303030"},
        [VIZ_STYLE_RULER] = TEXT("#9a9a9a", "#6a6a6a", 245, 0),
        [VIZ_STYLE_PLAYHEAD] = TEXT("#ffffff", "#000000", -1, BOLD),
        [VIZ_STYLE_FRAME] = TEXT("#5c5c5c", "#a8a8a8", 243, 0),
        [VIZ_STYLE_ALERT] = BAR(VERMILLION, 166, 9, 1, BOLD, BOLD | REVERSE),
        [VIZ_STYLE_WAITING] = TEXT("#9a9a9a", "#6a6a6a", 245, 0),
        [VIZ_STYLE_READY] = BAR(YELLOW, 227, 11, 3, 0, 0),
        [VIZ_STYLE_RUNNING] = BAR(SKY_BLUE, 74, 14, 6, 0, BOLD),
        [VIZ_STYLE_BLOCKED] = BAR(VERMILLION, 166, 9, 1, 0, BOLD),
        [VIZ_STYLE_CANCELLED] = {16, 231, 0, 15, 0, 7, BOLD, BOLD, BLACK, WHITE, BLACK, SILVER},
        [VIZ_STYLE_DONE] = TEXT("#d8d8d8", "#202020", -1, BOLD),
        [VIZ_STYLE_ERROR] = BAR(VERMILLION, 166, 9, 1, BOLD, BOLD | REVERSE),
        [VIZ_STYLE_LEVEL] = TEXT("#9a9a9a", "#6a6a6a", 245, 0),
        [VIZ_STYLE_LOOP] = TEXT("#9a9a9a", "#6a6a6a", 245, 0),
        [VIZ_STYLE_OVERDUE] = BAR(YELLOW, 227, 11, 3, 0, 0),
#undef TEXT
#undef BAR
};

static bool is_dense(uint32_t ch)
{
	return ch == 0x2592 || ch == 0x2593;
}

/* Whether the glyph is made of the bar's own colour. */
static bool is_solid(uint32_t ch)
{
	return (ch >= 0x2581 && ch <= 0x2590) || is_dense(ch);
}

/* What 256 and fewer colours need on a light background: greys that are dark enough to read, bars that are not lost. */
static const struct {
	uint8_t style;
	int16_t fg256, bg256, bg16;
} lights[] = {
        {VIZ_STYLE_DIM, 240, -1, -1},     {VIZ_STYLE_RULER, 240, -1, -1},
        {VIZ_STYLE_WAITING, 240, -1, -1}, {VIZ_STYLE_LEVEL, 240, -1, -1},
        {VIZ_STYLE_LOOP, 240, -1, -1},    {VIZ_STYLE_FRAME, 248, -1, -1},
        {VIZ_STYLE_RUNNING, 16, 32, 6},   {VIZ_STYLE_READY, 16, 178, 3},
        {VIZ_STYLE_OVERDUE, 16, 178, 3},  {VIZ_STYLE_CANCELLED, 16, 250, 7},
};

static int32_t rgb_of(const char *hex)
{
	return hex != NULL ? (int32_t)strtol(hex + 1, NULL, 16) : -1;
}

/* Text keeps the terminal's own foreground where 256 colours do. */
static void look_direct(struct viz_look *look, const struct ink *ink, bool light)
{
	look->bg = rgb_of(light ? ink->light_bg : ink->dark_bg);
	look->fg = ink->fg256 < 0 ? -1 : rgb_of(light ? ink->light_fg : ink->dark_fg);
	if (ink->bg256 < 0)
		look->bg = -1;
}

static void lighten(struct viz_look *look, enum viz_style style, enum viz_depth depth)
{
	for (size_t i = 0; i < sizeof lights / sizeof lights[0]; i++) {
		if (lights[i].style != style)
			continue;
		if (depth == VIZ_DEPTH_256)
			look->fg = lights[i].fg256, look->bg = lights[i].bg256;
		else if (depth == VIZ_DEPTH_16)
			look->bg = lights[i].bg16;
	}
}

struct viz_look viz_palette_look(const struct viz_cell *cell, enum viz_depth depth,
                                 enum viz_theme theme)
{
	const struct ink *ink = &inks[cell->style];
	if (theme == VIZ_THEME_MONO)
		depth = VIZ_DEPTH_MONO;
	struct viz_look look = {-1, -1, depth == VIZ_DEPTH_MONO ? ink->mono_attrs : ink->attrs};
	if (depth == VIZ_DEPTH_256)
		look.fg = ink->fg256, look.bg = ink->bg256;
	else if (depth == VIZ_DEPTH_16)
		look.fg = ink->fg16, look.bg = ink->bg16;
	else if (depth == VIZ_DEPTH_8)
		look.fg = ink->fg8, look.bg = ink->bg8;
	else if (depth == VIZ_DEPTH_DIRECT)
		look_direct(&look, ink, theme == VIZ_THEME_LIGHT);
	if (theme == VIZ_THEME_LIGHT)
		lighten(&look, (enum viz_style)cell->style, depth);
	if (look.bg >= 0 && is_solid(cell->ch)) {
		int32_t dark = look.fg;
		look.fg = look.bg;
		look.bg = is_dense(cell->ch) ? dark : -1;
	}
	if (cell->marked)
		look.attrs |= VIZ_ATTR_UNDERLINE;
	return look;
}

const char *viz_theme_name(enum viz_theme theme)
{
	static const char *const names[VIZ_THEME_COUNT] = {"dark", "light", "mono"};
	return names[theme];
}

enum viz_theme viz_theme_of(const char *colorfgbg)
{
	const char *last = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;
	if (last != NULL && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0))
		return VIZ_THEME_LIGHT;
	return VIZ_THEME_DARK;
}

struct viz_svg_look viz_palette_svg(const struct viz_cell *cell, bool light)
{
	const struct ink *ink = &inks[cell->style];
	struct viz_svg_look look = {.fg = light ? ink->light_fg : ink->dark_fg,
	                            .bg = light ? ink->light_bg : ink->dark_bg,
	                            .attrs = ink->attrs & VIZ_ATTR_BOLD};
	if (look.bg != NULL && is_solid(cell->ch)) {
		const char *dark = look.fg;
		look.fg = look.bg;
		look.bg = is_dense(cell->ch) ? dark : NULL;
	}
	return look;
}

const char *viz_palette_svg_page(bool light)
{
	return light ? "#ffffff" : "#16181a";
}

const char *viz_palette_svg_mark(bool light)
{
	return light ? "#e8eef4" : "#262d34";
}
