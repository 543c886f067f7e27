/* The painter: settles what all parts need, then paints pane by pane. Parts write inside their rectangle and
 * nowhere else, so their order does not matter, save for the help page that lies over everything.
 */
#include "viz/painter/painter.h"

#include <stdio.h>

#include "viz/painter/frame.h"

static void paint_too_small(struct viz_grid *grid)
{
	char text[80];
	snprintf(text, sizeof text, "%sneeds 40x10, is %dx%d", grid->cols < 32 ? "" : "ganttop ",
	         grid->cols, grid->rows);
	viz_grid_text(grid, grid->rows / 2, 0, grid->cols, VIZ_STYLE_PLAIN, text);
}

static void begin(struct viz_frame *frame)
{
	const struct trace_model *model = frame->model;
	const struct viz_view *view = frame->view;
	int cols = frame->at.timeline.cols;
	if (cols > VIZ_TIMELINE_MAX_COLS)
		cols = frame->at.timeline.cols = VIZ_TIMELINE_MAX_COLS;
	frame->axis = viz_view_axis(view, cols);
	frame->ordinal = viz_view_ordinal(view, model);
	frame->play_ns = view->follow ? frame->scene->now_ns : viz_view_time_ns(view, model);
	bool is_order = view->axis == VIZ_AXIS_ORDER;
	uint64_t place = is_order ? viz_view_place(view, model) : frame->play_ns;
	frame->play_col = viz_axis_col(&frame->axis, place);
	int each = is_order ? (int)frame->axis.each : 1;
	frame->end_col = frame->play_col < cols - each ? frame->play_col + each : cols;
	bool is_before = frame->ordinal == TRACE_NONE ||
	                 (is_order && trace_model_rank(model, frame->ordinal) == 0);
	if (is_before || frame->play_col < 0)
		frame->end_col = 0;
	viz_frame_begin(frame);
	viz_frame_find_path(frame);
}

void viz_paint(struct viz_grid *grid, const struct trace_model *model, const struct viz_view *view,
               const struct viz_scene *scene)
{
	struct viz_frame frame = {.grid = grid, .model = model, .view = view, .scene = scene};
	viz_grid_clear(grid);
	viz_layout(&frame.at, grid->rows, grid->cols, view, model);
	if (frame.at.too_small) {
		paint_too_small(grid);
		return;
	}
	begin(&frame);
	viz_rows_init(&frame.rows, model, view);
	viz_paint_head(&frame);
	viz_paint_question(&frame);
	viz_paint_ruler(&frame);
	viz_paint_marks(&frame);
	viz_paint_lanes(&frame);
	viz_paint_vars(&frame);
	viz_paint_detail(&frame);
	viz_paint_panes(&frame);
	viz_paint_legend(&frame);
	viz_paint_footer(&frame);
	if (view->help)
		viz_paint_help(&frame);
	viz_rows_fini(&frame.rows);
	if (view->ascii)
		viz_glyph_fold_ascii(grid);
}
