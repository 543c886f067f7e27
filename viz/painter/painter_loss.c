/* Hatching where the recording has a hole: before the time that a ring begins with, at records that were lost, and after the last one of a file that was cut. Only cells
 * that show nothing or a wait are hatched; what was recorded stays.
 */
#include "viz/painter/frame.h"

static void hatch(const struct viz_frame *frame, int row, int col, bool waits)
{
	if (col < 0 || col >= frame->axis.cols)
		return;
	const struct viz_cell *cell = viz_grid_cell(frame->grid, row, frame->at.timeline.col + col);
	bool is_blank = cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
	if (is_blank || (waits && cell->style == VIZ_STYLE_WAITING))
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col, VIZ_GLYPH_HATCH,
		              frame->view->ascii);
}

/* Return the index of the first loss at or after event `ordinal`. */
static size_t first_loss(const struct trace_model *model, uint32_t ordinal)
{
	size_t low = 0, high = model->n_losses;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (model->losses[middle] < ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A file without an END record whose program is gone: nobody knows what came next. */
static bool is_cut(const struct viz_frame *frame)
{
	enum viz_mode mode = frame->scene->mode;
	return frame->model->status == 0 && frame->view->follow && frame->model->n_events > 0 &&
	       (mode == VIZ_MODE_FILE || mode == VIZ_MODE_DIED || mode == VIZ_MODE_ENDED);
}

void viz_paint_losses(const struct viz_frame *frame, int row)
{
	uint32_t begin, end;
	for (int col = 0; frame->model->n_losses > 0 && col < frame->end_col; col++) {
		viz_frame_column(frame, col, &begin, &end);
		if (begin < end && first_loss(frame->model, begin) < first_loss(frame->model, end))
			hatch(frame, row, col, true);
	}
	for (int col = 0; frame->model->gap_ns > 0 && col < frame->end_col; col++) {
		if (viz_frame_time_ns(frame, col) >= frame->model->gap_ns)
			break;
		hatch(frame, row, col, false); /* a wait that is there was in force */
	}
	if (is_cut(frame))
		hatch(frame, row, frame->end_col, true);
}
