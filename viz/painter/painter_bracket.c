/* The brackets of scopes around their lanes, in the gap between names and bars, as they are at the playhead: from the task that has
 * opened a group, a timeout or a shield down to the last task that was started in it, at any depth. A task between them that was started
 * before the scope was opened stands beside a broken line. Which kind it is, the sign says where the scope was opened in the bar; when that
 * is out of sight, { [ or ( stands at the top of the bracket.
 *
 * A lane is in the innermost scope of its parent that was open when it was born and still is, else in the one that its parent is in.
 * Where scopes nest, a row shows the inner one: the outer one goes on below it.
 */
#include <string.h>

#include "viz/painter/frame.h"

enum {
	TOP = 0x250c,
	SIDE = 0x2502,
	BESIDE = 0x2506,
	BOTTOM = 0x2514,
	LINES_MAX = 400,
	DEPTH_MAX = 32
};

static const char signs[TRACE_SCOPE_KIND_END] = {
        [TRACE_SCOPE_GROUP] = '{',
        [TRACE_SCOPE_TIMEOUT] = '[',
        [TRACE_SCOPE_SHIELD] = '(',
};

/* The scopes that the lanes on the screen are in; TRACE_NONE: none. */
struct brackets {
	const struct viz_frame *frame;
	int n;                    /* lines */
	uint32_t lane[LINES_MAX]; /* of each line */
	uint32_t own[LINES_MAX];  /* the innermost one that it has opened itself */
	uint32_t in[LINES_MAX];   /* the innermost one that it was started in */
};

static bool is_open(const struct viz_frame *frame, uint32_t scope)
{
	return trace_scope_is_open(&frame->model->scopes[scope], frame->ordinal);
}

/* Return the innermost scope of a lane that was open at event `ordinal` and still is at the playhead. */
static uint32_t still_open(const struct viz_frame *frame, uint32_t lane, uint32_t ordinal)
{
	const struct trace_model *model = frame->model;
	uint32_t scope = model->lanes[lane].n_scopes > 0 ? trace_lane_scope(model, lane, ordinal)
	                                                 : TRACE_NONE;
	for (int i = 0; scope != TRACE_NONE && i < DEPTH_MAX; i++) {
		if (is_open(frame, scope) && model->scopes[scope].kind < TRACE_SCOPE_KIND_END)
			return scope;
		scope = model->scopes[scope].outer;
	}
	return TRACE_NONE;
}

/* Return the scope that a lane was started in, and that its owner has not closed yet. */
static uint32_t started_in(const struct viz_frame *frame, uint32_t lane)
{
	const struct trace_lane *lanes = frame->model->lanes;
	for (int i = 0; i < DEPTH_MAX; i++) {
		uint32_t parent = lanes[lane].parent;
		if (parent >= frame->model->n_lanes || lanes[lane].born > frame->ordinal)
			return TRACE_NONE;
		uint32_t scope = still_open(frame, parent, lanes[lane].born);
		if (scope != TRACE_NONE)
			return scope;
		lane = parent;
	}
	return TRACE_NONE;
}

/* Return the scope around `scope`: of the same task, else the one that its task was started in. */
static uint32_t around(const struct viz_frame *frame, uint32_t scope)
{
	const struct trace_scope *it = &frame->model->scopes[scope];
	uint32_t outer = it->outer;
	for (int i = 0; outer != TRACE_NONE && i < DEPTH_MAX; i++) {
		if (is_open(frame, outer))
			return outer;
		outer = frame->model->scopes[outer].outer;
	}
	return started_in(frame, it->lane);
}

static void look_at(struct brackets *b, const struct viz_frame *frame)
{
	b->frame = frame;
	b->n = 0;
	for (int line = 0; line < frame->at.lines && line < LINES_MAX; line++) {
		uint32_t lane = viz_rows_lane(&frame->rows, frame->view, frame->at.lines, line);
		if (lane == TRACE_NONE)
			return;
		bool is_task = frame->model->lanes[lane].kind == TRACE_LANE_TASK;
		b->lane[line] = lane;
		b->own[line] = is_task ? still_open(frame, lane, frame->ordinal) : TRACE_NONE;
		b->in[line] = is_task ? started_in(frame, lane) : TRACE_NONE;
		b->n = line + 1;
	}
}

/* Whether the task of a line was started in the scope, or in one within it. */
static bool is_in(const struct brackets *b, int line, uint32_t scope)
{
	uint32_t at = b->in[line];
	for (int i = 0; at != TRACE_NONE && i < DEPTH_MAX; i++) {
		if (at == scope)
			return true;
		at = around(b->frame, at);
	}
	return false;
}

static void put(const struct viz_frame *frame, int line, uint32_t ch, enum viz_style style)
{
	int row = frame->at.timeline.row + line * frame->at.lane_rows;
	viz_grid_put(frame->grid, row, frame->at.timeline.col - 1, ch, style);
	/* a lane of several rows has the line beside all of them, but for what comes below a corner */
	for (int i = 1;
	     i < frame->at.lane_rows && ch != BOTTOM && ch != TOP && style == VIZ_STYLE_FRAME; i++)
		viz_grid_put(frame->grid, row + i, frame->at.timeline.col - 1, ch, style);
}

/* Return the last line whose task was started in the scope, `first` if there is none. */
static int last_line(const struct brackets *b, uint32_t scope, int first)
{
	int last = first;
	for (int line = first + 1; line < b->n; line++)
		if (is_in(b, line, scope))
			last = line;
	return last;
}

/* Draw what is below line `first` of a bracket, the one of its owner, or the one before the first that is in sight. */
static void draw(const struct brackets *b, uint32_t scope, int first, int last)
{
	for (int line = first + 1; line <= last; line++)
		put(b->frame, line,
		    line == last            ? BOTTOM
		    : is_in(b, line, scope) ? SIDE
		                            : BESIDE,
		    VIZ_STYLE_FRAME);
}

static void draw_own(const struct brackets *b, int line)
{
	const struct viz_frame *frame = b->frame;
	const struct trace_scope *scope = &frame->model->scopes[b->own[line]];
	int last = last_line(b, b->own[line], line);
	bool has_sign = viz_frame_col(frame, scope->opened) >= 0; /* in the bar */
	draw(b, b->own[line], line, last);
	int row = frame->at.timeline.row + line * frame->at.lane_rows;
	for (int i = 1; last > line && i < frame->at.lane_rows; i++)
		viz_grid_put(frame->grid, row + i, frame->at.timeline.col - 1, SIDE,
		             VIZ_STYLE_FRAME);
	if (!has_sign)
		put(frame, line, (uint32_t)signs[scope->kind], VIZ_STYLE_TITLE);
	else if (last > line)
		put(frame, line, TOP, VIZ_STYLE_FRAME);
}

static bool is_above(const struct brackets *b, uint32_t lane, int line)
{
	while (line > 0)
		if (b->lane[--line] == lane)
			return true;
	return false;
}

/* Draw the brackets that reach line `line` from a task that is out of sight, the outermost one first; `above` are those of the line
 * before, so that each is drawn once. */
static void draw_from_above(const struct brackets *b, int line, uint32_t above[DEPTH_MAX + 1])
{
	uint32_t chain[DEPTH_MAX + 1];
	int n = 0;
	for (uint32_t at = b->in[line]; at != TRACE_NONE && n < DEPTH_MAX;
	     at = around(b->frame, at))
		chain[n++] = at;
	chain[n] = TRACE_NONE;
	for (int i = n - 1; i >= 0; i--) {
		int k = 0;
		while (above[k] != TRACE_NONE && above[k] != chain[i])
			k++;
		if (above[k] == TRACE_NONE &&
		    !is_above(b, b->frame->model->scopes[chain[i]].lane, line))
			draw(b, chain[i], line - 1, last_line(b, chain[i], line - 1));
	}
	memcpy(above, chain, (size_t)(n + 1) * sizeof *above);
}

static void draw_all(const struct brackets *b)
{
	uint32_t above[DEPTH_MAX + 1] = {TRACE_NONE};
	for (int line = 0; line < b->n; line++)
		draw_from_above(b, line, above);
	for (int line = 0; line < b->n; line++)
		if (b->own[line] != TRACE_NONE)
			draw_own(b, line);
}

void viz_paint_brackets(const struct viz_frame *frame)
{
	struct brackets b;
	if (frame->ordinal == TRACE_NONE || frame->model->n_scopes == 0 ||
	    frame->view->wishes.sort != VIZ_SORT_TREE || frame->at.timeline.col < 1)
		return;
	look_at(&b, frame);
	draw_all(&b);
}
