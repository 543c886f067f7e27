/* The time axis: round ticks with their numbers, the unit at its end, and the playhead's mark. */
#include "viz/format_time.h"
#include "viz/frame.h"
#include "viz/utf8.h"

#define TICK_MIN_COLS 7

static void paint_tick(const struct viz_frame *frame, uint64_t t_ns, enum viz_time_unit unit)
{
	const struct viz_rect *rect = &frame->at.ruler;
	char label[VIZ_TIME_BYTES];
	int col = viz_axis_col(&frame->axis, t_ns);
	viz_format_time_in(label, t_ns, unit, 9);
	int cols = viz_utf8_cols(label);
	bool is_hidden = frame->play_col >= col && frame->play_col < col + cols;
	if (col < 0 || col + cols > frame->axis.cols || is_hidden)
		return;
	viz_grid_text(frame->grid, rect->row, rect->col + col, rect->cols - col, VIZ_STYLE_RULER,
	              label);
}

static int label_cols(uint64_t t_ns, enum viz_time_unit unit)
{
	char label[VIZ_TIME_BYTES];
	return viz_utf8_cols(viz_format_time_in(label, t_ns, unit, 9));
}

/* Return the distance of ticks at which their numbers do not touch. The longest are those at the window's end; of
 * two neighbours, one at least is no rounder than the distance. */
static uint64_t choose_tick_ns(const struct viz_axis *axis, enum viz_time_unit unit)
{
	uint64_t tick_ns = viz_axis_tick_ns(axis, TICK_MIN_COLS);
	uint64_t last_ns = (axis->t0_ns + axis->span_ns) / tick_ns * tick_ns;
	int a = label_cols(last_ns, unit), b = label_cols(last_ns + tick_ns, unit);
	int cols = (a > b ? a : b) + 2;
	return cols > TICK_MIN_COLS ? viz_axis_tick_ns(axis, cols) : tick_ns;
}

void viz_paint_ruler(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.ruler;
	const struct viz_axis *axis = &frame->axis;
	uint64_t end_ns = axis->t0_ns + axis->span_ns;
	enum viz_time_unit unit = viz_time_unit(end_ns);
	const char *name = viz_time_unit_name(unit);
	uint64_t tick_ns = choose_tick_ns(axis, unit);
	uint64_t t_ns = (axis->t0_ns + tick_ns - 1) / tick_ns * tick_ns;
	for (; t_ns < end_ns && t_ns >= axis->t0_ns; t_ns += tick_ns)
		paint_tick(frame, t_ns, unit);
	viz_grid_text(frame->grid, rect->row, rect->col - 1 - viz_utf8_cols(name), 2,
	              VIZ_STYLE_RULER, name);
	if (frame->play_col >= 0 && frame->play_col < axis->cols)
		viz_glyph_put(frame->grid, rect->row, rect->col + frame->play_col,
		              VIZ_GLYPH_PLAYHEAD, frame->view->ascii);
}
