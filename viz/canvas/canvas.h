/* Canvases that are files: a grid of cells as plain text, as text with ANSI colours, as an SVG picture.
 *
 * Each writes to `out` and leaves errors to ferror(): the caller knows the file's name. */
#ifndef GANTTOP_VIZ_CANVAS_CANVAS_H
#define GANTTOP_VIZ_CANVAS_CANVAS_H

#include <stdio.h>

#include "viz/canvas/grid.h"
#include "viz/canvas/palette.h"

/* Write the characters, a line a row, without blanks at the end of lines. */
void viz_canvas_text(const struct viz_grid *grid, FILE *out);

/* The same with SGR sequences; ends every line in the terminal's own colours. VIZ_DEPTH_MONO uses attributes only. */
void viz_canvas_ansi(const struct viz_grid *grid, enum viz_depth depth, enum viz_theme theme,
                     FILE *out);

/* Write what turns a terminal that shows `before` into one that shows `now`, a grid of the same size: for each row, where it
 * changes, the cursor's place and the cells. `before` NULL: the screen is cleared first. */
void viz_canvas_ansi_change(const struct viz_grid *before, const struct viz_grid *now,
                            enum viz_depth depth, enum viz_theme theme, FILE *out);

/* Write a picture: a page of its own, without scripts and without anything from outside; text stays text.
 * `title` is what a screen reader says first. */
void viz_canvas_svg(const struct viz_grid *grid, bool light, const char *title, FILE *out);

#endif
