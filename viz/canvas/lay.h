/* Running text on a grid. */
#ifndef GANTTOP_VIZ_CANVAS_LAY_H
#define GANTTOP_VIZ_CANVAS_LAY_H

#include "viz/canvas/grid.h"

/* Lay `text` out in lines of at most `cols` columns from row, col on, broken at spaces and at its own newlines, at most `rows` of them: the
 * last one ends in an ellipsis if there is more. With `grid` NULL they are only counted. Returns the rows used. */
int viz_lay_text(struct viz_grid *grid, int row, int col, int rows, int cols, enum viz_style style,
                 const char *text);

#endif
