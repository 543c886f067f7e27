/* The strips of shared variables below the lanes: where each is read and written, on the columns of the lanes above, with the value
 * behind it when there is room. A write that puts back what another task has changed since is set apart: that update is lost.
 */
#include <stdio.h>

#include "viz/explain/explain.h"
#include "viz/painter/frame.h"
#include "viz/text/utf8.h"

/* Return the index of the last use up to the playhead, SIZE_MAX if there is none. */
static size_t last_use(const struct viz_frame *frame, const struct trace_var *var)
{
	size_t from;
	if (frame->ordinal == TRACE_NONE)
		return SIZE_MAX;
	return trace_var_uses(var, 0, frame->ordinal + 1, &from) - 1;
}

static long long value_of(const struct viz_frame *frame, const struct trace_var *var, size_t use)
{
	const struct trace_record *record = trace_model_event(frame->model, var->ordinals[use]);
	return (long long)trace_join(record->b, record->c);
}

/* The most important of the uses [from, from + n): a lost update before a write before a read. */
static enum viz_glyph glyph_of(const struct trace_var *var, size_t from, size_t n)
{
	unsigned used = trace_var_used(var, from, from + n);
	return used & TRACE_USED_LOST    ? VIZ_GLYPH_LOST_UPDATE
	       : used & TRACE_USED_WRITE ? VIZ_GLYPH_VAR_WRITE
	                                 : VIZ_GLYPH_VAR_READ;
}

static bool is_lost(const struct trace_var *var, size_t use)
{
	return trace_var_used(var, use, use + 1) & TRACE_USED_LOST;
}

/* Write the value behind its sign if it ends before the next sign does begin. */
static void put_value(const struct viz_frame *frame, int row, int col, int next_col,
                      long long value)
{
	char text[24];
	int cols = snprintf(text, sizeof text, "%lld", value);
	if (col + 1 + cols <= next_col)
		viz_grid_text(frame->grid, row, frame->at.timeline.col + col + 1, cols,
		              VIZ_STYLE_PLAIN, text);
}

static void paint_uses(const struct viz_frame *frame, const struct trace_var *var, int row)
{
	int next_col = frame->end_col;
	for (int col = frame->end_col - 1; col >= 0; col--) {
		uint32_t begin, end;
		size_t from;
		viz_frame_column(frame, col, &begin, &end);
		size_t n = begin < end ? trace_var_uses(var, begin, end, &from) : 0;
		if (n == 0)
			continue;
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col,
		              glyph_of(var, from, n), frame->view->ascii);
		put_value(frame, row, col, next_col, value_of(frame, var, from + n - 1));
		next_col = col;
	}
}

static void paint_name(const struct viz_frame *frame, const struct trace_var *var, int row,
                       size_t last, bool is_selected)
{
	const struct viz_rect *rect = &frame->at.names;
	char value[24];
	viz_grid_text(frame->grid, row, rect->col, rect->cols,
	              is_selected ? VIZ_STYLE_SELECTED : VIZ_STYLE_PLAIN, var->name);
	if (last == SIZE_MAX)
		return;
	int cols = snprintf(value, sizeof value, " %lld", value_of(frame, var, last));
	if (cols <= rect->cols)
		viz_grid_text(frame->grid, row, rect->col + rect->cols - cols, cols,
		              VIZ_STYLE_TITLE, value);
}

static void paint_note(const struct viz_frame *frame, const struct trace_var *var, int row,
                       size_t last)
{
	char note[200];
	struct viz_text text = viz_text_begin(note, sizeof note);
	if (last == SIZE_MAX || frame->at.notes.cols <= 0)
		return;
	const struct trace_record *use = trace_model_event(frame->model, var->ordinals[last]);
	viz_text_add(&text, "%s by ", use->sub == TRACE_VAR_WRITE ? "written" : "read");
	viz_text_add_task(&text, frame->model, use->id);
	if (is_lost(var, last))
		viz_text_add(&text, ": an update is lost");
	if (viz_utf8_cols(note) > frame->at.notes.cols && is_lost(var, last)) {
		text = viz_text_begin(note, sizeof note);
		viz_text_add(&text, "update lost by ");
		viz_text_add_task(&text, frame->model, use->id);
	}
	viz_grid_text(frame->grid, row, frame->at.notes.col, frame->at.notes.cols, VIZ_STYLE_DIM,
	              note);
}

void viz_paint_vars(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.strips;
	for (int i = 0; i < rect->rows && (size_t)i < frame->model->n_vars; i++) {
		const struct trace_var *var = &frame->model->vars[i];
		size_t last = last_use(frame, var);
		paint_name(frame, var, rect->row + i, last, frame->view->var == (uint32_t)i + 1);
		paint_uses(frame, var, rect->row + i);
		paint_note(frame, var, rect->row + i, last);
		viz_paint_playhead_row(frame, rect->row + i);
	}
}
