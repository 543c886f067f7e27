/* The words inside a bar: on a wait, what is waited on; on a long block, that it blocks; on a worker, for whom it works.
 *
 * Labels come last and stand only in bare cells: cells that show a state and no mark, bracket or deadline. So nothing is
 * covered that is not also said by the cells beside the label. A wait that marks have cut into pieces is named once, on the
 * longest one.
 */
#include "viz/explain/explain.h"
#include "viz/painter/frame.h"
#include "viz/text/utf8.h"

#define SIDE_COLS 2 /* on each side of a label, a space included */

/* Return the record that is in force at the left edge of column `col`, NULL if there is none. */
static const struct trace_record *state_at(const struct viz_frame *frame, uint32_t lane, int col)
{
	uint32_t ordinal, last;
	viz_frame_events(frame, col, &ordinal, &last);
	if (ordinal == TRACE_NONE)
		return NULL;
	const struct trace_lane *it = &frame->model->lanes[lane];
	size_t at = trace_lane_at(it, ordinal);
	return at == SIZE_MAX ? NULL : trace_model_event(frame->model, it->ordinals[at]);
}

static bool shows(const struct viz_cell *cell, enum viz_glyph glyph, bool ascii)
{
	const struct viz_glyph_row *row = viz_glyph_row(glyph);
	return cell->style == row->style && cell->ch == (ascii ? row->ascii : row->utf8);
}

/* Return the state glyph that a cell shows, VIZ_GLYPH_COUNT if it shows something else. */
static enum viz_glyph bare_glyph(const struct viz_cell *cell, bool ascii)
{
	switch (cell->style) {
	case VIZ_STYLE_WAITING:
		return shows(cell, VIZ_GLYPH_WAITING, ascii) ? VIZ_GLYPH_WAITING : VIZ_GLYPH_COUNT;
	case VIZ_STYLE_OVERDUE:
		return shows(cell, VIZ_GLYPH_OVERDUE, ascii) ? VIZ_GLYPH_OVERDUE : VIZ_GLYPH_COUNT;
	case VIZ_STYLE_BLOCKED:
		return shows(cell, VIZ_GLYPH_BLOCKED, ascii) ? VIZ_GLYPH_BLOCKED : VIZ_GLYPH_COUNT;
	case VIZ_STYLE_RUNNING:
		return shows(cell, VIZ_GLYPH_RUNNING, ascii) ? VIZ_GLYPH_RUNNING
		       : shows(cell, VIZ_GLYPH_STEP, ascii)  ? VIZ_GLYPH_STEP
		                                             : VIZ_GLYPH_COUNT;
	default:
		return VIZ_GLYPH_COUNT;
	}
}

/* A stretch of cells with one bare glyph. */
struct run {
	int first, cols;
	enum viz_glyph glyph;
	const struct trace_record *record; /* in force in it */
};

static void put_label(const struct viz_frame *frame, int row, const struct run *run,
                      const char *label)
{
	int width = viz_utf8_cols(label);
	enum viz_style style = viz_glyph_row(run->glyph)->style;
	if (width == 0 || width + 2 > run->cols)
		return;
	int col = frame->at.timeline.col + run->first + (run->cols - width) / 2;
	viz_grid_text(frame->grid, row, col, width, style, label);
	if (width + 2 * SIDE_COLS > run->cols)
		return; /* short: the sign of the state on either side is worth more than a space */
	viz_grid_put(frame->grid, row, col - 1, ' ', style);
	viz_grid_put(frame->grid, row, col + width, ' ', style);
}

/* Zoomed out so far that every column has several changes: how many there are. */
static void add_count(struct viz_text *text, const struct viz_frame *frame, uint32_t lane,
                      const struct run *run)
{
	uint32_t begin, end, none;
	const struct trace_lane *it = &frame->model->lanes[lane];
	viz_frame_column(frame, run->first, &begin, &none);
	viz_frame_column(frame, run->first + run->cols - 1, &none, &end);
	if (run->cols < 16 || begin == 0 || begin >= end)
		return;
	size_t n = trace_lane_at(it, end - 1) - trace_lane_at(it, begin - 1);
	if (n >= 3 * (size_t)run->cols)
		viz_text_add(text, "%zu changes", n);
}

static void label_run(const struct viz_frame *frame, uint32_t lane, int row, const struct run *run)
{
	char label[120] = "";
	bool is_worker = frame->model->lanes[lane].kind == TRACE_LANE_WORKER;
	struct viz_text text = viz_text_begin(label, sizeof label);
	if (run->cols < 3 || run->record == NULL)
		return;
	if (run->glyph == VIZ_GLYPH_WAITING && run->record->sub == TRACE_STATE_WAITING)
		viz_name_of_wait(frame->model, run->record, label, sizeof label);
	else if (run->glyph == VIZ_GLYPH_OVERDUE)
		viz_text_add(&text, "overdue");
	else if (run->glyph == VIZ_GLYPH_BLOCKED)
		viz_text_add(&text, "blocks");
	else if (run->glyph == VIZ_GLYPH_STEP && !is_worker)
		add_count(&text, frame, lane, run);
	else if (is_worker && run->record->sub == TRACE_WORKER_BUSY)
		viz_text_add_task(&text, frame->model, run->record->a);
	put_label(frame, row, run, label);
}

/* Find the next run from `col` on; one of no columns when there is none. */
static struct run next_run(const struct viz_frame *frame, uint32_t lane, int row, int col)
{
	struct run run = {.first = frame->end_col, .glyph = VIZ_GLYPH_COUNT};
	const struct viz_cell *cells = viz_grid_cell(frame->grid, row, frame->at.timeline.col);
	bool ascii = frame->view->ascii;
	while (col < frame->end_col && run.glyph == VIZ_GLYPH_COUNT) {
		run.glyph = bare_glyph(&cells[col], ascii);
		run.first = col++;
	}
	/* one glyph has one look */
	while (col < frame->end_col && cells[col].ch == cells[run.first].ch &&
	       cells[col].style == cells[run.first].style)
		col++;
	run.cols = run.glyph == VIZ_GLYPH_COUNT ? 0 : col - run.first;
	/* the second column: at the left edge of the first, the step before may still be in force */
	if (run.cols >= 3)
		run.record = state_at(frame, lane, run.first + 1);
	return run;
}

void viz_paint_bar_labels(const struct viz_frame *frame, uint32_t lane, int row)
{
	struct run best = {.glyph = VIZ_GLYPH_COUNT};
	struct run run = next_run(frame, lane, row, 0);
	for (; run.cols > 0; run = next_run(frame, lane, row, run.first + run.cols)) {
		bool is_same = run.glyph == best.glyph && run.record == best.record;
		if (!is_same)
			label_run(frame, lane, row, &best);
		if (!is_same || run.cols > best.cols)
			best = run;
	}
	label_run(frame, lane, row, &best);
}
