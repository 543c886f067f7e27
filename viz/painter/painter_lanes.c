/* The lanes: for each row its name, its bar and its note; then the playhead's line through all of them, and
 * the line below that says how many lanes are out of sight.
 */
#include <stdio.h>

#include "viz/explain/explain.h"
#include "viz/painter/frame.h"
#include "viz/painter/kept_rows.h"
#include "viz/text/utf8.h"

/* A task stands below its parent, unless sorting has taken the tree apart. */
static int indent_of(const struct viz_frame *frame, const struct trace_lane *lane)
{
	bool is_tree = frame->view->wishes.sort == VIZ_SORT_TREE;
	int most = frame->at.names.cols / 2; /* deeper ones stand below each other */
	if (lane->kind != TRACE_LANE_TASK || !is_tree)
		return 0;
	return (int)lane->depth < most ? (int)lane->depth : most;
}

static bool is_born(const struct viz_frame *frame, const struct trace_lane *lane)
{
	return frame->ordinal != TRACE_NONE && lane->born <= frame->ordinal;
}

static void paint_name(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	const struct viz_rect *rect = &frame->at.names;
	bool is_selected = lane == frame->view->selected;
	int indent = indent_of(frame, it);
	bool is_folded = viz_rows_is_folded(frame->model, frame->view, lane) &&
	                 viz_rows_has_children(frame->model, lane);
	char name[300];
	snprintf(name, sizeof name, "%s%s%s", is_folded ? "▸" : "",
	         it->kind == TRACE_LANE_WORKER ? "worker " : "",
	         it->kind == TRACE_LANE_LOOP ? "loop" : it->name);
	bool is_to_come = it->kind != TRACE_LANE_LOOP && !is_born(frame, it);
	viz_grid_text(frame->grid, row, rect->col + indent, rect->cols - indent,
	              is_selected  ? VIZ_STYLE_SELECTED
	              : is_to_come ? VIZ_STYLE_DIM
	                           : VIZ_STYLE_PLAIN,
	              name);
}

/* Write an object's number at the playhead at the right end of its name. */
static void paint_value(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct viz_rect *rect = &frame->at.names;
	int64_t value;
	uint32_t waiters;
	char number[24];
	if (frame->ordinal == TRACE_NONE ||
	    !trace_object_level(frame->model, lane, frame->ordinal, &value, &waiters))
		return;
	snprintf(number, sizeof number, " %lld", (long long)value);
	int cols = viz_utf8_cols(number);
	if (cols <= rect->cols)
		viz_grid_text(frame->grid, row, rect->col + rect->cols - cols, cols,
		              VIZ_STYLE_TITLE, number);
}

static void paint_note(const struct viz_frame *frame, uint32_t lane, int row)
{
	const struct viz_rect *rect = &frame->at.notes;
	char note[300];
	if (rect->cols <= 0)
		return;
	viz_note_lane(frame->model, lane, frame->ordinal, frame->play_ns, rect->cols, note,
	              sizeof note);
	if (frame->ordinal != TRACE_NONE)
		viz_grid_text(frame->grid, row, rect->col, rect->cols,
		              lane == frame->view->selected ? VIZ_STYLE_TITLE : VIZ_STYLE_DIM,
		              note);
}

void viz_paint_playhead_row(const struct viz_frame *frame, int row)
{
	int col = frame->at.timeline.col + frame->play_col;
	if (frame->play_col < 0 || frame->play_col >= frame->axis.cols)
		return;
	struct viz_cell *cell = viz_grid_cell(frame->grid, row, col);
	bool is_blank = cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
	if (is_blank || cell->style == VIZ_STYLE_WAITING)
		viz_glyph_put(frame->grid, row, col, VIZ_GLYPH_PLAYHEAD_LINE, frame->view->ascii);
	else
		cell->marked = true;
}

static void mark_row(const struct viz_frame *frame, int row)
{
	for (int col = 0; col < frame->axis.cols; col++)
		viz_grid_cell(frame->grid, row, frame->at.timeline.col + col)->marked = true;
}

/* A lane of three rows has a bar of two, and a row that keeps it apart from the next. */
static void thicken(const struct viz_frame *frame, int row)
{
	if (frame->at.lane_rows < 3)
		return;
	for (int i = 0; i < frame->axis.cols; i++) {
		int col = frame->at.timeline.col + i;
		const struct viz_cell *cell = viz_grid_cell(frame->grid, row, col);
		/* words, and the one sign of an end, are there once */
		if (cell->style != VIZ_STYLE_WAITING && cell->style != VIZ_STYLE_DONE &&
		    cell->ch != 0)
			*viz_grid_cell(frame->grid, row + 1, col) = *cell;
	}
}

/* Loop and objects have no words inside, and what a folded lane shows is of several tasks. */
static bool has_labels(const struct viz_frame *frame, uint32_t lane)
{
	enum trace_lane_kind kind = frame->model->lanes[lane].kind;
	return kind == TRACE_LANE_WORKER ||
	       (kind == TRACE_LANE_TASK && !viz_rows_is_folded(frame->model, frame->view, lane));
}

/* The bar with all that stands on it, but for the playhead. */
static void paint_bar(const struct viz_frame *frame, uint32_t lane, int row)
{
	bool is_object = frame->model->lanes[lane].kind == TRACE_LANE_OBJECT;
	if (viz_kept_rows_take_bar(frame->scene->kept, frame, lane, row))
		return;
	if (is_object) {
		viz_paint_level(frame, lane, row);
	} else {
		viz_paint_bar(frame, lane, row);
		viz_paint_scopes(frame, lane, row);
	}
	viz_paint_notable(frame, lane, row);
	viz_paint_losses(frame, row);
	if (has_labels(frame, lane))
		viz_paint_bar_labels(frame, lane, row);
	if (!is_object)
		viz_paint_shadow(frame, lane, row);
	viz_paint_path(frame, lane, row);
	viz_kept_rows_put_bar(frame->scene->kept, frame, lane, row);
}

static void paint_lane(const struct viz_frame *frame, uint32_t lane, int row)
{
	bool is_object = frame->model->lanes[lane].kind == TRACE_LANE_OBJECT;
	if (viz_kept_rows_take(frame->scene->kept, frame, lane, row))
		return;
	paint_name(frame, lane, row);
	if (is_object)
		paint_value(frame, lane, row);
	paint_bar(frame, lane, row);
	paint_note(frame, lane, row);
	if (!is_object)
		thicken(frame, row);
	for (int i = 0; i < frame->at.lane_rows; i++)
		viz_paint_playhead_row(frame, row + i);
	if (lane == frame->view->selected)
		mark_row(frame, row);
	viz_kept_rows_put(frame->scene->kept, frame, lane, row);
}

static void add_hidden(struct viz_text *text, size_t n, const char *where)
{
	if (n > 0)
		viz_text_add(text, " %zu %s %s ", n, n == 1 ? "lane" : "lanes", where);
}

/* What makes the picture other than the model's own order, so that nobody misses a lane that is not there. */
static void add_wishes(struct viz_text *text, const struct viz_frame *frame)
{
	static const char *const sorts[VIZ_SORT_COUNT] = {
	        [VIZ_SORT_START] = "by first step",
	        [VIZ_SORT_WAITING] = "longest wait first",
	        [VIZ_SORT_RUNNING] = "longest run first",
	};
	const struct viz_wishes *wishes = &frame->view->wishes;
	uint64_t mark_ns;
	/* on the axis of time a run without time is one column */
	if (frame->axis.kind == VIZ_AXIS_TIME && frame->model->status != 0 &&
	    frame->model->t_end_ns == 0 && !frame->view->page && !frame->view->mask)
		viz_text_add(text, " all of it happens at 0 ms: x shows the order ");
	if (frame->scene->path != NULL && frame->scene->path->total_ns > 0) {
		viz_text_add(text, " ");
		viz_critical_say(text, frame->scene->path);
		viz_text_add(text, " ");
	}
	if (viz_marks_find(&frame->view->marks, frame->play_ns, -1, &mark_ns)) {
		viz_text_add(text, " ");
		viz_text_add_time(text, frame->play_ns - mark_ns);
		viz_text_add(text, " after the mark ");
	}
	if (sorts[wishes->sort] != NULL)
		viz_text_add(text, " sorted: %s ", sorts[wishes->sort]);
	if (wishes->filter[0] != '\0')
		viz_text_add(text, " only '%s' ", wishes->filter);
	if (wishes->hide_done)
		viz_text_add(text, " without the finished ");
	add_hidden(text, frame->rows.n_hidden, "hidden");
}

static void paint_rule(const struct viz_frame *frame, size_t above, size_t below)
{
	const struct viz_rect *rect = &frame->at.rule;
	char hidden[300];
	struct viz_text text = viz_text_begin(hidden, sizeof hidden);
	if (rect->rows == 0)
		return;
	for (int col = 0; col < rect->cols; col++)
		viz_glyph_put(frame->grid, rect->row, rect->col + col, VIZ_GLYPH_RULE,
		              frame->view->ascii);
	add_hidden(&text, above, "above");
	add_hidden(&text, below, "below");
	add_wishes(&text, frame);
	if (text.len > 0)
		viz_grid_text(frame->grid, rect->row, rect->col + 2, rect->cols - 2, VIZ_STYLE_DIM,
		              hidden);
}

void viz_paint_lanes(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.timeline;
	size_t n = frame->rows.n, top = frame->view->top < n ? frame->view->top : n;
	size_t shown = 0;
	viz_kept_rows_begin(frame->scene->kept, frame);
	for (int line = 0; line < frame->at.lines; line++) {
		uint32_t lane = viz_rows_lane(&frame->rows, frame->view, frame->at.lines, line);
		if (lane == TRACE_NONE)
			break;
		paint_lane(frame, lane, rect->row + line * frame->at.lane_rows);
		shown++;
	}
	viz_paint_crossings(frame);
	viz_paint_brackets(frame);
	viz_paint_arrows(frame);
	viz_paint_finding_signs(frame);
	paint_rule(frame, top, n > top + shown ? n - top - shown : 0);
}
