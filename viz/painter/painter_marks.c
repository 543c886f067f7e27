/* What the user has put on the ruler: marks, and the stretch that is measured. */
#include <string.h>

#include "viz/text/format_time.h"
#include "viz/painter/frame.h"
#include "viz/text/text.h"
#include "viz/text/utf8.h"

#define GLYPH_MARK 0x25c6u

static void paint_marks(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.ruler;
	const struct viz_marks *marks = &frame->view->marks;
	for (uint32_t i = 0; i < marks->n; i++) {
		int col = viz_frame_col_at(frame, marks->at_ns[i]);
		if (col >= 0 && col < frame->axis.cols && col != frame->play_col)
			viz_grid_put(frame->grid, rect->row, rect->col + col, GLYPH_MARK,
			             VIZ_STYLE_KEY);
	}
}

/* Findings that have come to pass. */
static void paint_findings(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.ruler;
	const struct trace_findings *findings = frame->scene->findings;
	size_t n = findings != NULL ? trace_findings_count(findings) : 0;
	for (size_t i = 0; i < n && frame->ordinal != TRACE_NONE; i++) {
		const struct trace_finding *finding = trace_findings_at(findings, i);
		if (finding->ordinal > frame->ordinal)
			break; /* sorted */
		int col = viz_frame_col(frame, finding->ordinal);
		if (col < 0 || col >= frame->axis.cols || col == frame->play_col)
			continue;
		/* a number of the ruler is worth more: the lane has a sign too */
		if (viz_grid_cell(frame->grid, rect->row, rect->col + col)->ch == ' ')
			viz_grid_put(frame->grid, rect->row, rect->col + col, '!', VIZ_STYLE_ALERT);
	}
}

static int clamp(int col, int cols)
{
	return col < 0 ? 0 : col >= cols ? cols - 1 : col;
}

/* A line from end to end with how long it is in its middle, or behind it where it is short. */
static void paint_measure(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.ruler;
	const struct viz_view *view = frame->view;
	uint64_t a_ns = view->measure_from_ns, b_ns = view->measure_to_ns;
	uint64_t from_ns = a_ns < b_ns ? a_ns : b_ns, to_ns = a_ns < b_ns ? b_ns : a_ns;
	int first = clamp(viz_frame_col_at(frame, from_ns), frame->axis.cols);
	int last = clamp(viz_frame_col_at(frame, to_ns), frame->axis.cols);
	char time[VIZ_TIME_BYTES], label[VIZ_TIME_BYTES + 4];
	struct viz_text text = viz_text_begin(label, sizeof label);
	viz_text_add(&text, " %s ", viz_format_time(time, to_ns - from_ns));
	for (int col = first; col <= last; col++)
		viz_grid_put(frame->grid, rect->row, rect->col + col,
		             col == first  ? 0x251c
		             : col == last ? 0x2524
		                           : 0x2500,
		             VIZ_STYLE_KEY);
	int cols = viz_utf8_cols(label), room = last - first - 1;
	int at = room >= cols ? first + 1 + (room - cols) / 2 : last + 1;
	if (at + cols > frame->axis.cols)
		at = first >= cols ? first - cols : 0;
	viz_grid_text(frame->grid, rect->row, rect->col + at, cols, VIZ_STYLE_SELECTED, label);
}

void viz_paint_marks(const struct viz_frame *frame)
{
	paint_findings(frame);
	paint_marks(frame);
	if (frame->view->measures)
		paint_measure(frame);
}
