/* The log: what the program has said up to the playhead, the newest line at the bottom. */
#include <inttypes.h>
#include <stdio.h>

#include "viz/explain.h"
#include "viz/pane/pane.h"
#include "viz/utf8.h"

#define TIME_COLS 10
#define WHO_COLS  16

/* Return how many of the model's logs have been said at the playhead. */
static size_t n_said(const struct viz_frame *frame)
{
	const struct trace_model *model = frame->model;
	size_t low = 0, high = frame->ordinal == TRACE_NONE ? 0 : model->n_logs;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (model->logs[mid] <= frame->ordinal)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void paint_line(const struct viz_frame *frame, const struct viz_rect *rect,
                       const struct trace_record *record, int row, int who_cols)
{
	const struct trace_model *model = frame->model;
	bool is_mark = record->kind == TRACE_MARK;
	uint32_t lane = is_mark ? TRACE_NONE : trace_model_lane(model, TRACE_LANE_TASK, record->id);
	bool is_selected = lane != TRACE_NONE && lane == frame->view->selected;
	enum viz_style style = is_selected ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN;
	char time[40], who[120], text[600];
	snprintf(time, sizeof time, "%8" PRIu64 ".%" PRIu64, record->t_ns / 1000000,
	         record->t_ns / 100000 % 10);
	trace_model_string(model,
	                   is_mark && record->b == 0 ? record->a
	                   : is_mark                 ? record->b
	                                             : record->a,
	                   text, sizeof text);
	struct viz_text name = viz_text_begin(who, sizeof who);
	if (lane != TRACE_NONE)
		viz_text_add_lane(&name, model, lane);
	else
		viz_text_add(&name, is_mark ? "mark" : "loop");
	int col = rect->col +
	          viz_grid_text(frame->grid, row, rect->col, rect->cols, VIZ_STYLE_DIM, time) + 2;
	viz_grid_text(frame->grid, row, col, who_cols, is_selected ? style : VIZ_STYLE_DIM, who);
	col += who_cols + 2;
	viz_grid_text(frame->grid, row, col, rect->col + rect->cols - col,
	              is_mark ? VIZ_STYLE_QUESTION : style, text);
}

/* The widest name of those who speak on this screen. */
static int widest_who(const struct viz_frame *frame, size_t first, size_t last)
{
	int widest = 4;
	for (size_t i = first; i < last; i++) {
		const struct trace_record *record =
		        trace_model_event(frame->model, frame->model->logs[i]);
		uint32_t lane =
		        record->kind == TRACE_LOG
		                ? trace_model_lane(frame->model, TRACE_LANE_TASK, record->id)
		                : TRACE_NONE;
		int cols = lane != TRACE_NONE ? viz_utf8_cols(frame->model->lanes[lane].name) : 4;
		widest = cols > widest ? cols : widest;
	}
	return widest < WHO_COLS ? widest : WHO_COLS;
}

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	size_t last = n_said(frame), rows = (size_t)rect->rows;
	size_t first = last > rows ? last - rows : 0;
	int who_cols = widest_who(frame, first, last);
	for (size_t i = first; i < last; i++) {
		const struct trace_record *record =
		        trace_model_event(frame->model, frame->model->logs[i]);
		paint_line(frame, rect, record, rect->row + (int)(i - first), who_cols);
	}
}

const struct viz_pane_ops viz_pane_log = {.paint = paint};
