/* The signs of what was found, in the lanes that it is about: one at its place, and one before the bar, so that the lane is noticed
 * whatever stands at the place.
 *
 * A sign takes a blank cell, or one of a stretch whose next cell says the same, so no state is hidden by it. What has not come to pass at
 * the playhead has no sign.
 */
#include "viz/painter/frame.h"

#define SIGNS_MAX 1000u /* of one frame; where there are more they would stand on each other */

static const struct viz_cell *cell_at(const struct viz_frame *frame, int row, int col)
{
	return col >= 0 && col < frame->axis.cols
	               ? viz_grid_cell(frame->grid, row, frame->at.timeline.col + col)
	               : NULL;
}

static bool is_blank(const struct viz_cell *cell)
{
	return cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
}

static bool is_same(const struct viz_cell *cell, const struct viz_cell *other)
{
	return other != NULL && cell->ch == other->ch && cell->style == other->style;
}

static bool is_free(const struct viz_frame *frame, int row, int col)
{
	const struct viz_cell *cell = cell_at(frame, row, col);
	if (cell == NULL)
		return false;
	bool is_stretch = cell->style == VIZ_STYLE_WAITING || cell->style == VIZ_STYLE_READY ||
	                  cell->style == VIZ_STYLE_OVERDUE || cell->style == VIZ_STYLE_BLOCKED;
	return is_blank(cell) || (is_stretch && cell->ch != ' ' &&
	                          (is_same(cell, cell_at(frame, row, col - 1)) ||
	                           is_same(cell, cell_at(frame, row, col + 1))));
}

static void paint_sign(const struct viz_frame *frame, const struct trace_finding *finding)
{
	static const int tries[] = {0, 1, -1, 2};
	bool ascii = frame->view->ascii;
	int row = viz_frame_row(frame, finding->lane), col = viz_frame_col(frame, finding->ordinal);
	if (row < 0 || col < 0 || col >= frame->axis.cols)
		return;
	viz_glyph_put(frame->grid, row, frame->at.timeline.col - 1, VIZ_GLYPH_FINDING, ascii);
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		if (!is_free(frame, row, col + tries[i]))
			continue;
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col + tries[i],
		              VIZ_GLYPH_FINDING, ascii);
		return;
	}
}

size_t viz_frame_findings(const struct viz_frame *frame)
{
	const struct trace_findings *findings = frame->scene->findings;
	if (findings == NULL || frame->ordinal == TRACE_NONE)
		return 0;
	size_t next = trace_findings_step(findings, frame->ordinal, 1);
	return next == SIZE_MAX ? trace_findings_count(findings) : next;
}

void viz_paint_finding_signs(const struct viz_frame *frame)
{
	const struct trace_findings *findings = frame->scene->findings;
	size_t end = viz_frame_findings(frame);
	if (end == 0 || frame->end_col == 0)
		return;
	/* from the first event of the first column on: the first one of all has none before it */
	uint32_t begin = frame->columns[0].begin;
	size_t at = trace_findings_step(findings, begin == 0 ? TRACE_NONE : begin - 1, 1);
	if (begin == TRACE_NONE)
		at = 0;
	for (size_t n = 0; at < end && n < SIGNS_MAX; at++, n++)
		paint_sign(frame, trace_findings_at(findings, at));
}
