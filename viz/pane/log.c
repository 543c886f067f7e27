/* The log: what the program has said up to the playhead, the newest line at the bottom; scrolled, older ones. */
#include "viz/pane/log.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

#include "viz/explain/explain.h"
#include "viz/pane/pane.h"
#include "viz/text/utf8.h"

#define TIME_COLS 10
#define WHO_COLS  16

/* Return how many of the model's logs have been said at a moment. */
static size_t n_said(const struct trace_model *model, uint32_t ordinal)
{
	size_t low = 0, high = ordinal == TRACE_NONE ? 0 : model->n_logs;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (model->logs[mid] <= ordinal)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Return how many have been said before a time. */
static size_t n_before(const struct trace_model *model, uint64_t t_ns)
{
	return t_ns > 0 ? n_said(model, trace_model_at_time(model, t_ns - 1)) : 0;
}

/* The lines that are shown: `n` from `first` on. */
struct stretch {
	size_t first, n;
};

static struct stretch shown(const struct trace_model *model, uint32_t ordinal,
                            const struct viz_view *view, int rows)
{
	size_t n = n_said(model, ordinal), high = rows > 0 ? (size_t)rows : 0;
	size_t least = n_before(model, view->said_from_ns);
	if (least > n)
		least = n;
	size_t above = n - least > high ? n - high : least,
	       wanted = (size_t)view->panes.scroll[VIZ_PANE_LOG];
	size_t first = wanted < above - least ? above - wanted : least;
	return (struct stretch){first, n - first < high ? n - first : high};
}

uint32_t viz_log_event(const struct trace_model *model, uint32_t ordinal,
                       const struct viz_view *view, int rows, int row)
{
	struct stretch stretch = shown(model, ordinal, view, rows);
	if (row < 0 || (size_t)row >= stretch.n)
		return TRACE_NONE;
	return model->logs[stretch.first + (size_t)row];
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

static void limits(const struct viz_frame *frame, int rows, struct viz_scroll_limits *limits)
{
	size_t n = n_said(frame->model, frame->ordinal);
	size_t above = n > (size_t)rows ? n - (size_t)rows : 0;
	limits->least = 0;
	limits->most = above < INT_MAX ? (int)above : INT_MAX;
}

static void title(const struct viz_frame *frame, struct viz_text *text)
{
	int newer = frame->view->panes.scroll[VIZ_PANE_LOG];
	if (newer > 0)
		viz_text_add(text, "%d newer below", newer);
}

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	const struct trace_model *model = frame->model;
	struct stretch stretch = shown(model, frame->ordinal, frame->view, rect->rows);
	int who_cols = widest_who(frame, stretch.first, stretch.first + stretch.n);
	for (size_t i = 0; i < stretch.n; i++)
		paint_line(frame, rect, trace_model_event(model, model->logs[stretch.first + i]),
		           rect->row + (int)i, who_cols);
}

const struct viz_pane_ops viz_pane_log = {.title = title, .paint = paint, .limits = limits};
