/* The dock: every open pane with its title, and a line between neighbours. */
#include "viz/pane/pane.h"

static const struct viz_pane_ops *const panes[VIZ_PANE_COUNT] = {
        [VIZ_PANE_LOG] = &viz_pane_log,
        [VIZ_PANE_STATE] = &viz_pane_state,
        [VIZ_PANE_SOURCE] = &viz_pane_source,
        [VIZ_PANE_METRICS] = &viz_pane_metrics,
};

static void paint_title(const struct viz_frame *frame, enum viz_pane pane, struct viz_rect *rect)
{
	char title[200];
	struct viz_text text = viz_text_begin(title, sizeof title);
	int cols = viz_grid_text(frame->grid, rect->row, rect->col, rect->cols, VIZ_STYLE_TITLE,
	                         viz_pane_name(pane));
	if (panes[pane]->title != NULL)
		panes[pane]->title(frame, &text);
	if (text.len > 0)
		viz_grid_text(frame->grid, rect->row, rect->col + cols + 1, rect->cols - cols - 1,
		              VIZ_STYLE_DIM, title);
	rect->row++;
	rect->rows--;
}

static void paint_side_line(const struct viz_frame *frame, const struct viz_rect *rect)
{
	for (int i = 0; i < rect->rows; i++)
		viz_grid_put(frame->grid, rect->row + i, rect->col - 2, 0x2502, VIZ_STYLE_FRAME);
}

void viz_paint_panes(const struct viz_frame *frame)
{
	for (int i = 0; i < VIZ_PANE_COUNT; i++) {
		struct viz_rect rect = frame->at.panes[i];
		if (rect.rows <= 0)
			continue;
		if (rect.col > frame->at.dock.col)
			paint_side_line(frame, &rect);
		if (frame->at.has_titles)
			paint_title(frame, (enum viz_pane)i, &rect);
		panes[i]->paint(frame, &rect);
	}
}
