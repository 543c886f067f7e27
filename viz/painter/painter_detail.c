/* The sentence on the selected lane, or an answer to the last key that needs the room. */
#include "viz/explain/explain.h"
#include "viz/painter/frame.h"
#include "viz/canvas/lay.h"

void viz_paint_detail(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.detail;
	char text[600];
	bool is_lane = frame->view->selected < frame->model->n_lanes;
	if ((!is_lane && frame->view->var == 0) || rect->rows == 0)
		return;
	if (viz_notice_is_long(frame)) {
		viz_lay_text(frame->grid, rect->row, rect->col, rect->rows, rect->cols,
		             VIZ_STYLE_ALERT, frame->scene->notice);
		return;
	}
	if (is_lane)
		viz_explain_lane(frame->model, frame->view->selected, frame->ordinal,
		                 frame->play_ns, text, sizeof text);
	else
		viz_explain_var(frame->model, frame->view->var - 1, frame->ordinal, text,
		                sizeof text);
	viz_lay_text(frame->grid, rect->row, rect->col, rect->rows, rect->cols, VIZ_STYLE_PLAIN,
	             text);
}
