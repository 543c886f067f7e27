/* The line of keys at the foot of the menu and of pages of text. */
#ifndef GANTTOP_VIZ_INPUT_HINTS_H
#define GANTTOP_VIZ_INPUT_HINTS_H

#include "viz/canvas/grid.h"

/* Paint the hints of a place (VIZ_IN_*) on the last row of `grid`, the most important first, as many as fit. */
void viz_hints_paint(struct viz_grid *grid, unsigned where);

#endif
