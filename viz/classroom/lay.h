/* Running text on a grid. */
#ifndef GANTTOP_VIZ_CLASSROOM_LAY_H
#define GANTTOP_VIZ_CLASSROOM_LAY_H

#include "viz/grid.h"

/* Lay `text` out in lines of at most `cols` columns from row, col on, at most `rows` of them; with `grid` NULL they are only counted.
 * Returns the rows used. */
int viz_lay_text(struct viz_grid *grid, int row, int col, int rows, int cols, enum viz_style style,
                 const char *text);

#endif
