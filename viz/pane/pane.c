/* The dock: every open pane with its title, and a line between neighbours.
 *
 * A pane that is a text from top to bottom is scrolled by painting it on a grid that is high enough, and copying a part of that. So none of
 * them has to know about scrolling, and it costs nothing while nobody scrolls.
 */
#include "viz/pane/pane.h"

#include <stdlib.h>

#define TALL_ROWS 400 /* of a pane that is scrolled; what lies below is not shown */

static const struct viz_pane_ops *const panes[VIZ_PANE_COUNT] = {
        [VIZ_PANE_LOG] = &viz_pane_log,
        [VIZ_PANE_STATE] = &viz_pane_state,
        [VIZ_PANE_SOURCE] = &viz_pane_source,
        [VIZ_PANE_METRICS] = &viz_pane_metrics,
};

int viz_pane_scroll(const struct viz_frame *frame, enum viz_pane pane,
                    const struct viz_scroll_limits *limits)
{
	int wanted = frame->view->panes.scroll[pane];
	return wanted < limits->least  ? limits->least
	       : wanted > limits->most ? limits->most
	                               : wanted;
}

static void paint_title(const struct viz_frame *frame, enum viz_pane pane, struct viz_rect *rect)
{
	char title[200];
	struct viz_text text = viz_text_begin(title, sizeof title);
	bool is_focus = viz_panes_is_focus(&frame->view->panes, pane);
	int cols =
	        viz_grid_text(frame->grid, rect->row, rect->col, rect->cols,
	                      is_focus ? VIZ_STYLE_SELECTED : VIZ_STYLE_TITLE, viz_pane_name(pane));
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

static int used_rows(struct viz_grid *grid)
{
	int rows = grid->rows;
	for (; rows > 0; rows--)
		for (int col = 0; col < grid->cols; col++)
			if (viz_grid_cell(grid, rows - 1, col)->ch != ' ')
				return rows;
	return 0;
}

static void copy_part(const struct viz_frame *frame, const struct viz_rect *rect,
                      struct viz_grid *from, int top)
{
	for (int row = 0; row < rect->rows && top + row < from->rows; row++)
		for (int col = 0; col < rect->cols; col++)
			*viz_grid_cell(frame->grid, rect->row + row, rect->col + col) =
			        *viz_grid_cell(from, top + row, col);
}

/* Paint all that a pane has, then show the part that is scrolled to. Without memory it is shown from the top. */
static void paint_part(const struct viz_frame *frame, enum viz_pane pane,
                       const struct viz_rect *rect, struct viz_scroll_limits *limits)
{
	struct viz_grid tall = {.rows = 0};
	struct viz_rect all = {0, 0, TALL_ROWS, rect->cols};
	struct viz_frame *copy = malloc(sizeof *copy);
	if (copy == NULL || viz_grid_init(&tall, TALL_ROWS, rect->cols) != 0) {
		panes[pane]->paint(frame, rect);
		free(copy);
		return;
	}
	*copy = *frame;
	copy->grid = &tall;
	panes[pane]->paint(copy, &all);
	int used = used_rows(&tall);
	limits->most = used > rect->rows ? used - rect->rows : 0;
	copy_part(frame, rect, &tall, viz_pane_scroll(frame, pane, limits));
	viz_grid_fini(&tall);
	free(copy);
}

static void paint_pane(const struct viz_frame *frame, enum viz_pane pane,
                       const struct viz_rect *rect)
{
	const struct viz_panes *open = &frame->view->panes;
	struct viz_scroll_limits limits = {0, 0};
	bool is_scrolled = open->scroll[pane] != 0 || viz_panes_is_focus(open, pane);
	if (panes[pane]->limits != NULL || !is_scrolled)
		panes[pane]->paint(frame, rect);
	else
		paint_part(frame, pane, rect, &limits);
	if (panes[pane]->limits != NULL)
		panes[pane]->limits(frame, rect->rows, &limits);
	if (frame->scene->scroll_limits != NULL)
		frame->scene->scroll_limits[pane] = limits;
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
		paint_pane(frame, (enum viz_pane)i, &rect);
	}
}
