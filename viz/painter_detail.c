/* The sentence on the selected lane. */
#include "viz/explain.h"
#include "viz/frame.h"

void viz_paint_detail(const struct viz_frame *frame)
{
	char text[600];
	if (frame->view->selected >= frame->model->n_lanes || frame->at.detail.rows == 0)
		return;
	viz_explain_lane(frame->model, frame->view->selected, frame->ordinal, frame->play_ns, text,
	                 sizeof text);
	viz_paint_paragraph(frame, &frame->at.detail, VIZ_STYLE_PLAIN, text);
}
