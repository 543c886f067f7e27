/* The layout: where the panes stand on a screen of a size. A pure function, so that a test can walk every
 * size; panes appear in the order of their importance as the screen grows, and lanes get the room first.
 *
 *   columns:  margin  names  gap  timeline  gap  notes  margin
 *   rows:     head, question, ruler, lanes, rule, detail, log, legend, footer
 */
#include "viz/painter/layout.h"

#include <string.h>

#include "viz/text/utf8.h"

enum {
	MIN_ROWS = 10,
	MIN_COLS = 40,
	MIN_LANES = 3,
	INDENT_COLS = 1,
	VALUE_COLS = 4, /* of an object's number at the playhead, right of its name */
	STRIPS_MAX = 8, /* shared variables */
	NAME_MIN_COLS = 6,
	NAME_MAX_COLS = 28,
	TIMELINE_MIN_COLS = 40, /* below, no notes */
	NOTES_MIN_COLS = 17,
	NOTES_MAX_COLS = 44,
	LOG_MIN_ROWS = 3,
	PANES_MIN_ROWS = 6,
	LANE_MAX_ROWS = 3,
	PANE_MIN_COLS = 34,
	PANE_WIDE_COLS = 56, /* what a line of source or of the log wants to have */
	PANE_HIGH_ROWS = 8,  /* so many rows are enough to have panes below each other instead */
	PANE_GAP = 3,        /* blank, line, blank */
};

static int min(int a, int b)
{
	return a < b ? a : b;
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

/* The columns that a lane needs whose name is `cols` wide. */
static int name_cols(const struct trace_lane *lane, int cols)
{
	if (lane->kind == TRACE_LANE_TASK)
		return cols + INDENT_COLS * min((int)lane->depth, NAME_MAX_COLS);
	return lane->kind == TRACE_LANE_OBJECT ? cols + VALUE_COLS : cols + 7; /* "worker " */
}

/* The most columns that the name of a lane needs, at most NAME_MAX_COLS; worked out when lanes have come. */
static int widest_lane(const struct trace_model *model)
{
	struct trace_memo *memo = model->names_cols;
	int widest = 0;
	if (memo->n_lanes == model->n_lanes && memo->n_drawn == model->n_drawn && memo->n_lanes)
		return memo->value;
	for (size_t i = 0; i < model->n_drawn && widest < NAME_MAX_COLS; i++) {
		const struct trace_lane *lane = &model->lanes[model->order[i]];
		if (lane->kind == TRACE_LANE_LOOP)
			continue;
		/* it has at least as many bytes as columns, and those are counted sooner */
		int bytes = (int)strnlen(lane->name, 4 * NAME_MAX_COLS);
		if (name_cols(lane, bytes) > widest)
			widest = max(widest, name_cols(lane, viz_utf8_cols(lane->name)));
	}
	*memo = (struct trace_memo){model->n_lanes, model->n_drawn, widest};
	return widest;
}

static int widest_name(const struct trace_model *model)
{
	int widest = max(NAME_MIN_COLS, widest_lane(model));
	for (size_t i = 0; i < model->n_vars && i < STRIPS_MAX; i++)
		widest = max(widest, viz_utf8_cols(model->vars[i].name) + VALUE_COLS);
	return min(widest, NAME_MAX_COLS);
}

int viz_layout_names_cols(const struct trace_model *model)
{
	return widest_name(model);
}

static void lay_columns(struct viz_layout *layout, int cols, const struct viz_view *view,
                        const struct trace_model *model)
{
	int margin = cols >= 60 ? 1 : 0;
	int wanted = max(widest_name(model), min(view->names_cols, NAME_MAX_COLS));
	int names = min(wanted, cols / 4);
	int room = cols - 2 * margin - names - 1;
	int notes = min(max(room / 3, NOTES_MIN_COLS), NOTES_MAX_COLS);
	if (room - notes - 1 < TIMELINE_MIN_COLS)
		notes = 0;
	layout->names = (struct viz_rect){.col = margin, .cols = names};
	layout->timeline.col = margin + names + 1;
	layout->timeline.cols = room - (notes > 0 ? notes + 1 : 0);
	if (notes > 0) {
		layout->notes.col = cols - margin - notes;
		layout->notes.cols = notes;
	}
	layout->ruler = (struct viz_rect){.col = layout->timeline.col,
	                                  .cols = cols - margin - layout->timeline.col};
}

/* Give `rect` the full width and the next `rows` rows from `*row` on. */
static void lay(struct viz_rect *rect, int *row, int rows, int cols)
{
	int margin = cols >= 60 ? 1 : 0;
	*rect = (struct viz_rect){-1, margin, 0, 0};
	if (rows <= 0)
		return;
	*rect = (struct viz_rect){*row, margin, rows, cols - 2 * margin};
	*row += rows;
}

/* A class reads the question from far: it has room around it. */
static int question_rows(int rows, int cols, const struct viz_view *view,
                         const struct trace_model *model)
{
	if (model->question[0] == '\0' || view->beside)
		return 0;
	int room = cols >= 60 ? cols - 2 : cols; /* narrow screens have no margins */
	int text = rows >= 12 && viz_utf8_cols(model->question) > room ? 2 : 1;
	return view->present && rows >= 16 ? text + 2 : text;
}

/* A page has no room for more than the log. */
static bool is_log_only(const struct viz_view *view)
{
	return view->page || (view->panes.n == 1 && view->panes.open[0] == VIZ_PANE_LOG);
}

/* For a class the lanes are large, as long as they leave enough to a pane that somebody has asked for. Returns the rows that they want. */
static int large_rows(int room, int n_lanes)
{
	int each = LANE_MAX_ROWS;
	while (each > 1 && room - n_lanes * each < PANES_MIN_ROWS)
		each--;
	return n_lanes * each;
}

/* Return the rows of the panes: what the lanes leave, or a part of it all when they would leave nothing. On a low screen only a pane
 * that somebody has asked for takes rows from the lanes. */
static int dock_rows(const struct viz_view *view, int room, int n_lanes, bool is_high,
                     bool is_silent)
{
	bool log_only = is_log_only(view);
	if (view->panes.n == 0 || (view->page && !viz_panes_has(&view->panes, VIZ_PANE_LOG)))
		return 0;
	if (view->present && !view->panes.asked)
		return 0;
	int least = log_only || !is_high ? LOG_MIN_ROWS : PANES_MIN_ROWS;
	int wanted = view->present ? large_rows(room, n_lanes) : n_lanes;
	int left = room - max(wanted, MIN_LANES);
	/* nor does a log without a line take any from lanes that need them */
	if (left < least && (!is_high || (log_only && is_silent)) && !view->panes.asked)
		return 0;
	if (left < least)
		left = max(least, log_only ? room / 3 : room / 2);
	left = min(max(left + view->panes.grow, LOG_MIN_ROWS), room - MIN_LANES);
	return left >= LOG_MIN_ROWS ? left : 0;
}

/* Return how many of the panes have room: so many beside each other, and so many of such lines. */
static int panes_that_fit(const struct viz_rect *dock, int n, int *per_line)
{
	*per_line = min(n, max(1, (dock->cols + PANE_GAP) / (PANE_WIDE_COLS + PANE_GAP)));
	if (n > 0 && dock->rows / ((n + *per_line - 1) / *per_line) >= PANE_HIGH_ROWS)
		return n;
	for (; n > 0; n--) {
		*per_line = min(n, max(1, (dock->cols + PANE_GAP) / (PANE_MIN_COLS + PANE_GAP)));
		int lines = (n + *per_line - 1) / *per_line;
		if (dock->rows / lines >= LOG_MIN_ROWS)
			return n;
	}
	return 0;
}

/* Lay pane `place` of `n`, which share the dock evenly. */
static void lay_pane(struct viz_rect *rect, const struct viz_rect *dock, int place, int n,
                     int per_line)
{
	int lines = (n + per_line - 1) / per_line, line = place / per_line;
	int in_line = line + 1 < lines ? per_line : n - line * per_line, at = place % per_line;
	int from = (dock->cols + PANE_GAP) * at / in_line;
	int to = (dock->cols + PANE_GAP) * (at + 1) / in_line - PANE_GAP;
	rect->row = dock->row + dock->rows * line / lines;
	rect->rows = dock->row + dock->rows * (line + 1) / lines - rect->row;
	rect->col = dock->col + from;
	rect->cols = to - from;
}

/* When there is no room for all, those that were opened last are shown. */
static void lay_panes(struct viz_layout *layout, const struct viz_view *view)
{
	int per_line = 1, place = 0;
	if (layout->dock.rows <= 0)
		return;
	layout->has_titles = !is_log_only(view);
	if (!layout->has_titles) {
		layout->panes[VIZ_PANE_LOG] = layout->dock;
		return;
	}
	int n = panes_that_fit(&layout->dock, view->panes.n, &per_line);
	struct viz_panes shown = {.n = (uint8_t)n};
	for (int i = 0; i < n; i++)
		shown.open[i] = view->panes.open[view->panes.n - n + i];
	for (int i = 0; i < VIZ_PANE_COUNT; i++)
		if (viz_panes_has(&shown, (enum viz_pane)i))
			lay_pane(&layout->panes[i], &layout->dock, place++, n, per_line);
}

/* Return the rows of a lane: large when a class looks at few of them. */
static int lane_rows(const struct viz_view *view, int room, int n_lanes)
{
	return view->present ? min(max(room / max(n_lanes, 1), 1), LANE_MAX_ROWS) : 1;
}

/* Return the rows for shared variables: one each, but no more than a quarter of the room. */
static int strip_rows(int room, const struct trace_model *model)
{
	int most = min(room / 4, STRIPS_MAX);
	return model->n_vars < (size_t)most ? (int)model->n_vars : most;
}

static void lay_rows(struct viz_layout *layout, int rows, int cols, const struct viz_view *view,
                     const struct trace_model *model)
{
	int question = question_rows(rows, cols, view, model);
	int detail = view->page  ? 0
	             : rows < 12 ? 1
	                         : 2,
	    footer = view->page || view->beside || view->present || view->guest ? 0 : 1;
	bool is_high = view->page || rows >= 18;
	int rule = view->page || rows >= 14, legend = view->legend && is_high;
	int room = rows - 2 - question - detail - rule - legend - footer;
	int n_lanes = model->n_drawn < (size_t)room ? (int)model->n_drawn : room;
	int strips = strip_rows(room, model);
	int dock = dock_rows(view, room, n_lanes + strips, is_high, model->n_logs == 0);
	strips = min(strips, max(room - dock - MIN_LANES, 0));
	int row = 0;
	lay(&layout->head, &row, 1, cols);
	lay(&layout->question, &row, question, cols);
	layout->ruler.row = row;
	layout->ruler.rows = 1;
	layout->names.row = layout->timeline.row = layout->notes.row = ++row;
	layout->names.rows = layout->timeline.rows = room - dock - strips;
	layout->notes.rows = layout->notes.cols > 0 ? layout->timeline.rows : 0;
	row += layout->timeline.rows;
	lay(&layout->strips, &row, strips, cols);
	layout->lane_rows = lane_rows(view, layout->timeline.rows, n_lanes);
	layout->lines = layout->timeline.rows / layout->lane_rows;
	lay(&layout->rule, &row, rule, cols);
	lay(&layout->detail, &row, detail, cols);
	lay(&layout->dock, &row, dock, cols);
	lay_panes(layout, view);
	lay(&layout->legend, &row, legend, cols);
	lay(&layout->footer, &row, footer, cols);
}

bool viz_rect_has(const struct viz_rect *rect, int row, int col)
{
	return rect->rows > 0 && row >= rect->row && row < rect->row + rect->rows &&
	       col >= rect->col && col < rect->col + rect->cols;
}

void viz_layout(struct viz_layout *layout, int rows, int cols, const struct viz_view *view,
                const struct trace_model *model)
{
	const struct viz_rect none = {-1, 0, 0, 0};
	*layout = (struct viz_layout){
	        .too_small = rows < MIN_ROWS || cols < MIN_COLS,
	        .head = none,
	        .question = none,
	        .ruler = none,
	        .names = none,
	        .timeline = none,
	        .notes = none,
	        .strips = none,
	        .rule = none,
	        .detail = none,
	        .dock = none,
	        .legend = none,
	        .footer = none,
	};
	for (int i = 0; i < VIZ_PANE_COUNT; i++)
		layout->panes[i] = none;
	if (layout->too_small)
		return;
	lay_columns(layout, cols, view, model);
	lay_rows(layout, rows, cols, view, model);
	if (layout->notes.cols == 0)
		layout->notes = none;
}
