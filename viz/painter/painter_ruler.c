/* The time axis: round ticks with their numbers, the unit at its end, and the playhead's mark. */
#include "viz/text/format_time.h"
#include "viz/painter/frame.h"
#include "viz/text/text.h"
#include "viz/text/utf8.h"

#define TICK_MIN_COLS 7
#define WIDE_UNITS    20u /* a window of so many of them needs no decimals */

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
	uint64_t last_ns = (axis->from + axis->span) / tick_ns * tick_ns;
	int a = label_cols(last_ns, unit), b = label_cols(last_ns + tick_ns, unit);
	int cols = (a > b ? a : b) + 2;
	return cols > TICK_MIN_COLS ? viz_axis_tick_ns(axis, cols) : tick_ns;
}

static void paint_time_ticks(const struct viz_frame *frame, enum viz_time_unit unit)
{
	const struct viz_axis *axis = &frame->axis;
	uint64_t end_ns = axis->from + axis->span, tick_ns = choose_tick_ns(axis, unit);
	uint64_t t_ns = (axis->from + tick_ns - 1) / tick_ns * tick_ns;
	for (; t_ns < end_ns && t_ns >= axis->from; t_ns += tick_ns)
		paint_tick(frame, t_ns, unit);
}

/* In event order the numbers are times too, each over the first column of an instant: what stands between two numbers
 * happened at the time of the left one, unless there was no room for more numbers. */
static void paint_order_ticks(const struct viz_frame *frame, enum viz_time_unit unit)
{
	const struct viz_rect *rect = &frame->at.ruler;
	uint64_t before_ns = UINT64_MAX;
	int free_col = 0, last_col = frame->end_col > 0 ? frame->end_col - 1 : 0;
	uint64_t first_ns = viz_frame_time_ns(frame, 0);
	bool is_wide = viz_frame_time_ns(frame, last_col) - first_ns >=
	               WIDE_UNITS * viz_time_unit_ns(unit);
	for (int col = 0; col < frame->end_col; col++) {
		char label[VIZ_TIME_BYTES];
		uint64_t t_ns = viz_frame_time_ns(frame, col);
		bool is_new = t_ns != before_ns;
		before_ns = t_ns;
		if (!is_new || col < free_col)
			continue;
		bool is_long = t_ns / viz_time_unit_ns(unit) > 99;
		viz_format_time_in(label, t_ns, unit, is_long && is_wide ? 0 : 3);
		int cols = viz_utf8_cols(label), play = frame->play_col;
		if (col + cols > frame->axis.cols || (play >= col && play < col + cols))
			continue;
		viz_grid_text(frame->grid, rect->row, rect->col + col, cols, VIZ_STYLE_RULER,
		              label);
		free_col = col + cols + 1;
	}
}

/* Say which axis it is and its unit, in as many words as there is room for left of the ruler. */
static void paint_axis_name(const struct viz_frame *frame, enum viz_time_unit unit)
{
	const struct viz_rect *rect = &frame->at.ruler;
	bool is_order = frame->axis.kind == VIZ_AXIS_ORDER;
	char name[40];
	int room = rect->col - 1;
	struct viz_text text = viz_text_begin(name, sizeof name);
	viz_text_add(&text, "%s%s", is_order ? "order " : "time ", viz_time_unit_name(unit));
	if (viz_utf8_cols(name) > room) {
		text = viz_text_begin(name, sizeof name);
		viz_text_add(&text, "%s", is_order ? "order" : viz_time_unit_name(unit));
	}
	int cols = viz_utf8_cols(name);
	viz_grid_text(frame->grid, rect->row, rect->col - 1 - cols, cols, VIZ_STYLE_RULER, name);
}

void viz_paint_ruler(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.ruler;
	const struct viz_axis *axis = &frame->axis;
	bool is_order = axis->kind == VIZ_AXIS_ORDER;
	uint64_t end_ns = is_order ? viz_frame_time_ns(frame, axis->cols) : axis->from + axis->span;
	enum viz_time_unit unit = viz_time_unit(end_ns);
	if (is_order)
		paint_order_ticks(frame, unit);
	else
		paint_time_ticks(frame, unit);
	paint_axis_name(frame, unit);
	if (frame->play_col >= 0 && frame->play_col < axis->cols)
		viz_glyph_put(frame->grid, rect->row, rect->col + frame->play_col,
		              VIZ_GLYPH_PLAYHEAD, frame->view->ascii);
}
