/* The brackets of scopes around their lanes: a box over the life of a group, a timeout or a shield. Its left side stands in the column
 * before the one in which the scope was opened, beside the tasks that were started in it, at any depth; its right side where it was
 * closed, and while a timeout is open a broken line where its deadline is. Which kind it is, the signs in the bar of its owner say.
 *
 * A side takes blank cells only, so no state is hidden by it: before a task is born and after its end there is nothing else. What was
 * opened in the first column, or out of sight, has its left side in the gap between names and bars, and out of sight { [ or ( at its top.
 * A task between the others that was started before the scope was opened stands beside a broken line. A box that is over and has
 * no width is not drawn: a picture of many short ones would be made of them.
 */
#include "viz/painter/frame.h"
#include "viz/painter/scope_lines.h"

enum {
	TOP = 0x250c,
	SIDE = 0x2502,
	BESIDE = 0x2506,
	BOTTOM = 0x2514,
	RIGHT_BOTTOM = 0x2518,
	GAP = -1,    /* the column between names and bars */
	NOWHERE = -2 /* a side that is not drawn */
};

#define COLS_MIN                                                                                   \
	4 /* from where it is opened to where it is closed: the signs { and }, and a wait between them */

static const char signs[TRACE_SCOPE_KIND_END] = {
        [TRACE_SCOPE_GROUP] = '{',
        [TRACE_SCOPE_TIMEOUT] = '[',
        [TRACE_SCOPE_SHIELD] = '(',
};

/* A scope on the screen: the columns of its sides. */
struct box {
	uint32_t scope;
	int owner;                 /* the line of its task, -1 if that is out of sight */
	int first, last;           /* lines: below its task, and of the last lane in it */
	int left, right, deadline; /* columns of the timeline, GAP or NOWHERE */
};

/* Find the sides of a scope. Returns false when there is nothing to be seen of it. */
static bool find_sides(struct box *box, const struct viz_frame *frame)
{
	const struct trace_scope *scope = &frame->model->scopes[box->scope];
	bool is_open = trace_scope_is_open(scope, frame->ordinal);
	int opened = viz_frame_col(frame, scope->opened);
	int closed = is_open ? NOWHERE : viz_frame_col(frame, scope->closed);
	if (opened >= frame->end_col ||
	    (!is_open && (closed < 0 || closed - (opened < 0 ? 0 : opened) < COLS_MIN)))
		return false;
	box->left = opened <= 0 ? GAP : opened - 1;
	box->right = closed < frame->axis.cols ? closed : NOWHERE;
	uint64_t deadline_ns =
	        is_open ? trace_scope_deadline_ns(frame->model, box->scope, frame->ordinal)
	                : UINT64_MAX;
	box->deadline = deadline_ns != UINT64_MAX ? viz_frame_col_at(frame, deadline_ns) : NOWHERE;
	if (box->deadline < frame->end_col || box->deadline >= frame->axis.cols)
		box->deadline = NOWHERE;
	return true;
}

static bool is_blank(const struct viz_cell *cell)
{
	return cell != NULL && cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
}

/* Put a piece of a side on a row of the grid; in the timeline only where nothing is. */
static void put(const struct viz_frame *frame, int row, int col, uint32_t ch)
{
	int at = frame->at.timeline.col + col;
	if (col == GAP || is_blank(viz_grid_cell(frame->grid, row, at)))
		viz_grid_put(frame->grid, row, at, ch, VIZ_STYLE_FRAME);
}

/* Put a side beside all rows of a line. */
static void put_line(const struct viz_frame *frame, int line, int col, uint32_t ch, uint32_t below)
{
	int row = frame->at.timeline.row + line * frame->at.lane_rows;
	if (col == NOWHERE)
		return;
	put(frame, row, col, ch);
	for (int i = 1; i < frame->at.lane_rows && below != 0; i++)
		put(frame, row + i, col, below);
}

static void draw(const struct viz_frame *frame, const struct viz_scope_lines *lines,
                 const struct box *box)
{
	if (box->owner >= 0)
		put_line(frame, box->owner, box->left, TOP, SIDE);
	for (int line = box->first; line <= box->last; line++) {
		bool is_last = line == box->last;
		bool is_in = viz_scope_lines_has(lines, line, box->scope);
		uint32_t side = is_in ? SIDE : BESIDE, below = is_last ? 0 : side;
		put_line(frame, line, box->left, is_last ? BOTTOM : side, below);
		put_line(frame, line, box->right, is_last ? RIGHT_BOTTOM : side, below);
		put_line(frame, line, box->deadline, BESIDE, is_last ? 0 : BESIDE);
	}
}

/* Return the line of a lane above `line`, -1 if there is none. */
static int line_above(const struct viz_scope_lines *lines, int line, uint32_t lane)
{
	while (--line >= 0 && lines->lines[line].lane != lane)
		;
	return line;
}

/* Return whether a line above is in the scope: then its box is drawn. Lanes of a scope stand near each other. */
static bool is_above(const struct viz_scope_lines *lines, int line, uint32_t scope)
{
	while (--line >= 0)
		if (viz_scope_lines_has(lines, line, scope))
			return true;
	return false;
}

/* Draw the boxes that come into sight with a line, the outermost one first: an inner one stands over it. */
static void draw_from(const struct viz_frame *frame, const struct viz_scope_lines *lines, int line)
{
	const struct viz_scope_line *it = &lines->lines[line];
	for (int i = it->n - 1; i >= 0; i--) {
		struct box box = {.scope = it->in[i]};
		bool is_begun = is_above(lines, line, box.scope);
		if (is_begun || !find_sides(&box, frame))
			continue;
		box.owner = line_above(lines, line, frame->model->scopes[box.scope].lane);
		box.first = box.owner >= 0 ? box.owner + 1 : line;
		box.last = viz_scope_lines_last(lines, line, box.scope);
		draw(frame, lines, &box);
	}
}

/* Return the last event left of the window; TRACE_NONE: none is. */
static uint32_t last_before(const struct viz_frame *frame)
{
	uint32_t begin, end, first, last;
	viz_frame_column(frame, 0, &begin, &end);
	viz_frame_events(frame, 0, &first, &last);
	/* what happens at the very edge is in force there, and within the window */
	if (begin != TRACE_NONE && begin <= first)
		return begin > 0 ? begin - 1 : TRACE_NONE;
	return first;
}

/* Write which kind of scope a lane has opened before the window begins. */
static void put_sign(const struct viz_frame *frame, const struct viz_scope_line *line, int row)
{
	uint32_t before = last_before(frame);
	if (frame->model->lanes[line->lane].n_scopes == 0 || before == TRACE_NONE)
		return;
	uint32_t scope = trace_lane_scope(frame->model, line->lane, before);
	if (scope == TRACE_NONE || frame->model->scopes[scope].kind >= TRACE_SCOPE_KIND_END)
		return;
	viz_grid_put(frame->grid, row, frame->at.timeline.col - 1,
	             (uint32_t)signs[frame->model->scopes[scope].kind], VIZ_STYLE_TITLE);
}

void viz_paint_brackets(const struct viz_frame *frame)
{
	struct viz_scope_lines lines;
	if (frame->ordinal == TRACE_NONE || frame->end_col == 0 || frame->model->n_scopes == 0 ||
	    frame->view->wishes.sort != VIZ_SORT_TREE || frame->at.timeline.col < 1)
		return;
	viz_scope_lines_find(&lines, frame);
	for (int line = 0; line < lines.n; line++)
		draw_from(frame, &lines, line);
	for (int line = 0; line < lines.n; line++)
		put_sign(frame, &lines.lines[line],
		         frame->at.timeline.row + line * frame->at.lane_rows);
}
