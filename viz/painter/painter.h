/* The painter: view, model and scene to a grid of cells. Pure: the same input gives the same cells, and
 * nothing else is read (no clock, no terminal, no environment).
 *
 * Every screen, export and golden test goes through viz_paint, so what is tested is what is seen.
 */
#ifndef GANTTOP_VIZ_PAINTER_PAINTER_H
#define GANTTOP_VIZ_PAINTER_PAINTER_H

#include "trace/model.h"
#include "viz/explain/explain.h"
#include "viz/canvas/grid.h"
#include "viz/painter/layout.h"
#include "viz/painter/scene.h"
#include "viz/view/view.h"

/* Paint one frame on `grid`, whose size is the screen's. `view` must be settled. */
void viz_paint(struct viz_grid *grid, const struct trace_model *model, const struct viz_view *view,
               const struct viz_scene *scene);

#endif
