/* The kept rows. A frame that looks like the one before has its number, so a row is good when it carries the number of the frame that
 * is painted; the same for windows and bars. What a row may depend on is compared whole, with the few fields left out that are known
 * not to matter: what is added to the view later costs a repaint at worst.
 *
 * A lane has its place by its index, two screenfuls of them, so that scrolling finds rows where they were put.
 */
#include "viz/painter/kept_rows.h"

#include <stdlib.h>
#include <string.h>

#include "viz/painter/frame.h"

/* What bars depend on, beside the lane and what happens to it. */
struct window {
	const struct trace_model *model;
	size_t n_events, n_lanes, n_losses;
	uint64_t t_end_ns, gap_ns, lost, blocked_ns;
	const void *path, *shadow;
	struct viz_wishes wishes;
	struct viz_axis axis;
	int end_col, cols;
	uint8_t status, mode;
	bool ascii, follow;
};

/* What rows depend on besides. */
struct picture {
	struct viz_view view;
	uint64_t now_ns;
	uint32_t ordinal;
	uint64_t play_ns;
	int names_col, names_cols, col, notes_col, notes_cols, lane_rows;
};

struct row {
	uint32_t lane;
	uint64_t picture, window; /* numbers; 0: never */
	bool selected;
	size_t at;    /* of the lane's own records, the one in force; SIZE_MAX: none */
	unsigned now; /* what is seen of that one at the playhead */
};

struct viz_kept_rows {
	uint64_t n_pictures, n_windows; /* the numbers of the last frame */
	struct window window;
	struct picture picture;
	size_t n_rows;
	int cols, lane_rows;    /* of the cells */
	struct row *rows;       /* n_rows */
	struct viz_cell *cells; /* of each row lane_rows rows as they are shown, and the bar */
};

struct viz_kept_rows *viz_kept_rows_create(void)
{
	return calloc(1, sizeof(struct viz_kept_rows));
}

void viz_kept_rows_forget(struct viz_kept_rows *kept)
{
	if (kept == NULL)
		return;
	free(kept->rows);
	free(kept->cells);
	*kept = (struct viz_kept_rows){.n_rows = 0};
}

void viz_kept_rows_destroy(struct viz_kept_rows *kept)
{
	viz_kept_rows_forget(kept);
	free(kept);
}

/* ---- What two frames have in common ---- */

/* Every byte of these is set, so that they can be compared as memory. */
static void describe_window(struct window *window, const struct viz_frame *frame)
{
	const struct trace_model *model = frame->model;
	memset(window, 0, sizeof *window);
	window->model = model;
	window->n_events = model->n_events;
	window->n_lanes = model->n_lanes;
	window->n_losses = model->n_losses;
	window->t_end_ns = model->t_end_ns;
	window->gap_ns = model->gap_ns;
	window->lost = model->lost;
	window->blocked_ns = model->blocked_ns;
	window->path = frame->scene->path;
	window->shadow = frame->scene->shadow;
	memcpy(&window->wishes, &frame->view->wishes, sizeof window->wishes);
	memcpy(&window->axis, &frame->axis, sizeof window->axis);
	window->end_col = frame->end_col;
	window->cols = frame->grid->cols;
	window->status = model->status;
	window->mode = (uint8_t)frame->scene->mode;
	window->ascii = frame->view->ascii;
	window->follow = frame->view->follow;
}

static void describe_picture(struct picture *picture, const struct viz_frame *frame)
{
	const struct viz_layout *at = &frame->at;
	memset(picture, 0, sizeof *picture);
	memcpy(&picture->view, frame->view, sizeof picture->view);
	picture->view.selected = picture->view.top = 0;
	memset(&picture->view.panes, 0, sizeof picture->view.panes);
	memset(&picture->view.marks, 0, sizeof picture->view.marks);
	picture->view.legend = picture->view.help = false;
	picture->view.help_top = 0;
	picture->now_ns = frame->scene->now_ns;
	picture->ordinal = frame->ordinal;
	picture->play_ns = frame->play_ns;
	picture->names_col = at->names.col;
	picture->names_cols = at->names.cols;
	picture->col = at->timeline.col;
	picture->notes_col = at->notes.col;
	picture->notes_cols = at->notes.cols;
	picture->lane_rows = at->lane_rows;
}

/* ---- Places ---- */

/* Make room for the rows of this frame. Returns false without memory, or when there are none. */
static bool reserve(struct viz_kept_rows *kept, const struct viz_frame *frame)
{
	int lines = frame->at.lines, cols = frame->grid->cols, lane_rows = frame->at.lane_rows;
	size_t n = lines > 0 ? (size_t)lines * 2 : 0;
	if (n > 0 && n <= kept->n_rows && cols == kept->cols && lane_rows == kept->lane_rows)
		return true;
	viz_kept_rows_forget(kept);
	if (n == 0 || cols <= 0 || lane_rows <= 0)
		return false;
	kept->rows = calloc(n, sizeof *kept->rows);
	kept->cells = calloc(n * (size_t)(lane_rows + 1), (size_t)cols * sizeof *kept->cells);
	if (kept->rows == NULL || kept->cells == NULL) {
		viz_kept_rows_forget(kept);
		return false;
	}
	kept->n_rows = n;
	kept->cols = cols;
	kept->lane_rows = lane_rows;
	return true;
}

static struct row *row_of(const struct viz_kept_rows *kept, uint32_t lane)
{
	return kept != NULL && kept->n_rows > 0 ? &kept->rows[lane % kept->n_rows] : NULL;
}

/* Return the cells of a row as it is shown; those of its bar come behind them. */
static struct viz_cell *cells_of(const struct viz_kept_rows *kept, const struct row *row)
{
	size_t each = (size_t)(kept->lane_rows + 1) * (size_t)kept->cols;
	return kept->cells + (size_t)(row - kept->rows) * each;
}

static struct viz_cell *bar_of(const struct viz_kept_rows *kept, const struct row *row)
{
	return cells_of(kept, row) + (size_t)kept->lane_rows * (size_t)kept->cols;
}

void viz_kept_rows_begin(struct viz_kept_rows *kept, const struct viz_frame *frame)
{
	struct window window;
	struct picture picture;
	if (kept == NULL || !reserve(kept, frame))
		return;
	describe_window(&window, frame);
	describe_picture(&picture, frame);
	bool is_window = memcmp(&window, &kept->window, sizeof window) == 0;
	bool is_picture = is_window && memcmp(&picture, &kept->picture, sizeof picture) == 0;
	/* another timeline may have come to the place of the one behind this one */
	if (frame->scene->shadow != NULL)
		is_window = is_picture = false;
	kept->n_windows += !is_window;
	kept->n_pictures += !is_picture;
	if (!is_window)
		memcpy(&kept->window, &window, sizeof window);
	if (!is_picture)
		memcpy(&kept->picture, &picture, sizeof picture);
}

/* ---- Rows ---- */

bool viz_kept_rows_take(const struct viz_kept_rows *kept, const struct viz_frame *frame,
                        uint32_t lane, int row)
{
	const struct row *it = row_of(kept, lane);
	if (it == NULL || it->lane != lane || it->picture != kept->n_pictures ||
	    it->selected != (lane == frame->view->selected))
		return false;
	memcpy(viz_grid_cell(frame->grid, row, 0), cells_of(kept, it),
	       (size_t)kept->lane_rows * (size_t)kept->cols * sizeof *kept->cells);
	return true;
}

void viz_kept_rows_put(struct viz_kept_rows *kept, const struct viz_frame *frame, uint32_t lane,
                       int row)
{
	struct row *it = row_of(kept, lane);
	if (it == NULL || row + kept->lane_rows > frame->grid->rows)
		return;
	it->picture = kept->n_pictures;
	it->selected = lane == frame->view->selected;
	memcpy(cells_of(kept, it), viz_grid_cell(frame->grid, row, 0),
	       (size_t)kept->lane_rows * (size_t)kept->cols * sizeof *kept->cells);
}

/* ---- Bars ---- */

/* Whether the bar follows from the lane's own records alone. Scopes, marks and losses have a playhead of their own; the
 * columns of event order move with every step. The path goes by whole columns, so it is the same wherever in one the playhead is. */
static bool is_simple(const struct viz_frame *frame, uint32_t lane)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	bool is_object = it->kind == TRACE_LANE_OBJECT && it->object_kind != TRACE_OBJECT_COROUTINE;
	return (it->kind == TRACE_LANE_TASK || is_object) && it->n_others == 0 &&
	       it->n_scopes == 0 && frame->model->n_losses == 0 &&
	       frame->axis.kind == VIZ_AXIS_TIME &&
	       !viz_rows_is_folded(frame->model, frame->view, lane);
}

/* Whether record `at` of a lane is the one in force at `ordinal`. */
static bool is_in_force(const struct trace_lane *lane, size_t at, uint32_t ordinal)
{
	size_t next = at == SIZE_MAX ? 0 : at + 1;
	if (ordinal == TRACE_NONE || (at != SIZE_MAX && lane->ordinals[at] > ordinal))
		return false;
	return next >= lane->n || lane->ordinals[next] > ordinal;
}

bool viz_kept_rows_take_bar(const struct viz_kept_rows *kept, const struct viz_frame *frame,
                            uint32_t lane, int row)
{
	const struct row *it = row_of(kept, lane);
	const struct viz_rect *rect = &frame->at.timeline;
	if (it == NULL || it->lane != lane || it->window != kept->n_windows ||
	    !is_simple(frame, lane) ||
	    !is_in_force(&frame->model->lanes[lane], it->at, frame->ordinal) ||
	    it->now != viz_frame_now_seen(frame, lane, it->at))
		return false;
	memcpy(viz_grid_cell(frame->grid, row, rect->col), bar_of(kept, it) + rect->col,
	       (size_t)rect->cols * sizeof *kept->cells);
	return true;
}

void viz_kept_rows_put_bar(struct viz_kept_rows *kept, const struct viz_frame *frame, uint32_t lane,
                           int row)
{
	struct row *it = row_of(kept, lane);
	const struct viz_rect *rect = &frame->at.timeline;
	if (it == NULL)
		return;
	*it = (struct row){.lane = lane, .at = SIZE_MAX};
	if (frame->ordinal == TRACE_NONE || rect->cols <= 0 || !is_simple(frame, lane))
		return;
	it->window = kept->n_windows;
	it->at = trace_lane_at(&frame->model->lanes[lane], frame->ordinal);
	it->now = viz_frame_now_seen(frame, lane, it->at);
	memcpy(bar_of(kept, it) + rect->col, viz_grid_cell(frame->grid, row, rect->col),
	       (size_t)rect->cols * sizeof *kept->cells);
}
