/* The critical path over the bars: the cells of its lanes get a line through them, in the colour of their state, and where it goes from
 * one lane to another the line goes on across those between. A step that is shorter than its cell is underlined.
 *
 * Only bare cells are taken: each state has a sign of its own for being on the path, and words, marks and ends stay as they are. A
 * column with many parts shows the first few: there the path is everywhere.
 */
#include "viz/explain/critical.h"
#include "viz/painter/frame.h"

#define LOOK_PARTS 16u /* of a column */
#define CROSSING   0x2502u

static const struct {
	enum viz_glyph from, to;
} signs[] = {
        {VIZ_GLYPH_WAITING, VIZ_GLYPH_PATH_WAITING},
        {VIZ_GLYPH_RUNNING, VIZ_GLYPH_PATH_RUNNING},
        {VIZ_GLYPH_STEP, VIZ_GLYPH_PATH_STEP},
        {VIZ_GLYPH_START, VIZ_GLYPH_PATH_START},
        {VIZ_GLYPH_READY, VIZ_GLYPH_PATH_READY},
        {VIZ_GLYPH_OVERDUE, VIZ_GLYPH_PATH_LATE},
        {VIZ_GLYPH_BLOCKED, VIZ_GLYPH_PATH_BLOCKED},
        {VIZ_GLYPH_BLOCKED_PART, VIZ_GLYPH_PATH_BLOCKED},
        {VIZ_GLYPH_LOOP, VIZ_GLYPH_PATH_LOOP},
        {VIZ_GLYPH_LOOP_STEP, VIZ_GLYPH_PATH_LOOP},
        {VIZ_GLYPH_LOOP_START, VIZ_GLYPH_PATH_LOOP},
};

static bool is_glyph(const struct viz_cell *cell, enum viz_glyph glyph, bool ascii)
{
	const struct viz_glyph_row *row = viz_glyph_row(glyph);
	return cell->style == row->style && cell->ch == (ascii ? row->ascii : row->utf8);
}

/* Find the first part that is seen in a column that is past, and how many are. */
static struct viz_stretch parts_of(const struct viz_frame *frame, int col)
{
	const struct viz_critical *path = frame->scene->path;
	const struct viz_column *column = &frame->columns[col];
	size_t n = path->path.n, first, last;
	if (frame->axis.kind == VIZ_AXIS_TIME) {
		uint64_t from_ns = frame->edges_ns[col], end_ns = frame->edges_ns[col + 1];
		first = viz_critical_at_time(path, from_ns);
		last = viz_critical_at_time(path, end_ns > from_ns ? end_ns - 1 : from_ns);
	} else {
		first = viz_critical_at_event(path, column->first);
		last = viz_critical_at_event(path, column->last);
	}
	if (last >= n)
		last = n - 1; /* the path has ended within it */
	size_t count = first > last ? 0 : last + 1 - first;
	return (struct viz_stretch){first, count < LOOK_PARTS ? count : LOOK_PARTS};
}

void viz_frame_find_path(struct viz_frame *frame)
{
	const struct viz_critical *path = frame->scene->path;
	for (int col = 0; path != NULL && path->path.n > 0 && col < frame->end_col; col++)
		frame->on_path[col] = parts_of(frame, col);
}

static bool is_on_path(const struct viz_frame *frame, uint32_t lane, int col)
{
	const struct viz_stretch *stretch = &frame->on_path[col];
	for (size_t i = 0; i < stretch->n; i++)
		if (frame->scene->path->path.parts[stretch->first + i].lane == lane)
			return true;
	return false;
}

/* Put the line through one cell, if it is bare. */
static void mark(const struct viz_frame *frame, int row, int col)
{
	bool ascii = frame->view->ascii;
	const struct viz_cell *cell = viz_grid_cell(frame->grid, row, col);
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (!is_glyph(cell, signs[i].from, ascii))
			continue;
		viz_glyph_put(frame->grid, row, col, signs[i].to, ascii);
		/* a line through half a block would make it look whole */
		viz_grid_cell(frame->grid, row, col)->marked =
		        signs[i].from == VIZ_GLYPH_STEP || signs[i].from == VIZ_GLYPH_START;
		return;
	}
}

void viz_paint_path(const struct viz_frame *frame, uint32_t lane, int row)
{
	for (int col = 0; frame->scene->path != NULL && col < frame->end_col; col++)
		if (is_on_path(frame, lane, col))
			mark(frame, row, frame->at.timeline.col + col);
}

/* Draw from one row to another, where nothing stands but waits that are not on the path. */
static void cross(const struct viz_frame *frame, int col, int from, int to)
{
	int first = from < to ? from : to, last = from < to ? to : from;
	for (int row = first + 1; row < last; row++) {
		struct viz_cell *cell =
		        viz_grid_cell(frame->grid, row, frame->at.timeline.col + col);
		bool is_blank = cell->ch == ' ' && cell->style == VIZ_STYLE_PLAIN;
		if (is_blank || is_glyph(cell, VIZ_GLYPH_WAITING, frame->view->ascii))
			viz_grid_put(frame->grid, row, frame->at.timeline.col + col, CROSSING,
			             VIZ_STYLE_TITLE);
	}
}

/* Draw the first crossing of a column. */
static void paint_crossing(const struct viz_frame *frame, int col)
{
	const struct viz_stretch *stretch = &frame->on_path[col];
	const struct trace_path_part *parts = frame->scene->path->path.parts;
	for (size_t i = stretch->first + 1; i < stretch->first + stretch->n; i++) {
		int from = viz_frame_row(frame, parts[i - 1].lane);
		int to = viz_frame_row(frame, parts[i].lane);
		if (from < 0 || to < 0 || from == to)
			continue;
		cross(frame, col, from, to);
		return;
	}
}

void viz_paint_crossings(const struct viz_frame *frame)
{
	for (int col = 0; frame->scene->path != NULL && col < frame->end_col; col++)
		paint_crossing(frame, col);
}
