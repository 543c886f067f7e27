/* The metrics pane: what the recording says in numbers up to the playhead. */
#include "viz/pane/pane.h"

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	viz_grid_text(frame->grid, rect->row, rect->col, rect->cols, VIZ_STYLE_DIM, "");
}

const struct viz_pane_ops viz_pane_metrics = {.paint = paint};
