/* The bar of a lane: one cell a column, the most important thing in it by rule.
 *
 * A cell is a full block only when the lane ran through all of it, so on one thread two full blocks never
 * stand in one column; shorter steps are half blocks, parts of blocking ones a lighter shade. What a task ended with stands in the column after its
 * last step, because the step itself is already there. Nothing is painted after the playhead.
 */
#include "viz/painter/frame.h"

#include <string.h>

#define END_BITS (TRACE_SEEN_DONE | TRACE_SEEN_CANCELLED | TRACE_SEEN_ERROR)

/* Whether one WORKER or TICK record was in force during the whole column: those lanes have states that show as
 * nothing, so a lone RUNNING bit does not tell. */
static bool is_one_stretch(const struct viz_frame *frame, const struct trace_lane *lane, int col)
{
	uint32_t first, last;
	viz_frame_events(frame, col, &first, &last);
	return first != TRACE_NONE && last != TRACE_NONE && first <= last &&
	       trace_lane_at(lane, first) != SIZE_MAX &&
	       trace_lane_at(lane, first) == trace_lane_at(lane, last);
}

/* How much of a cell the lane ran through. */
enum fill { PART, FROM_MIDDLE, ALL };

/* The rule of what a cell shows: blocked > error > running > cancelled > ready > done > waiting. */
static enum viz_glyph glyph_of(unsigned seen, enum fill fill)
{
	if (seen & TRACE_SEEN_BLOCKED)
		return fill == ALL ? VIZ_GLYPH_BLOCKED : VIZ_GLYPH_BLOCKED_PART;
	if (seen & TRACE_SEEN_ERROR)
		return VIZ_GLYPH_ERROR;
	if (seen & TRACE_SEEN_DELIVERED && seen & TRACE_SEEN_RUNNING && fill != ALL)
		return VIZ_GLYPH_DELIVERED; /* and a step: the cancellation arrives in it */
	if (seen & TRACE_SEEN_RUNNING)
		return fill == ALL           ? VIZ_GLYPH_RUNNING
		       : fill == FROM_MIDDLE ? VIZ_GLYPH_START
		                             : VIZ_GLYPH_STEP;
	if (seen & TRACE_SEEN_CANCELLED)
		return VIZ_GLYPH_CANCELLED;
	if (seen & TRACE_SEEN_READY)
		return VIZ_GLYPH_READY;
	if (seen & TRACE_SEEN_DONE)
		return VIZ_GLYPH_DONE;
	return seen & TRACE_SEEN_WAITING ? VIZ_GLYPH_WAITING : VIZ_GLYPH_COUNT;
}

static enum viz_glyph end_glyph(unsigned seen)
{
	return seen & TRACE_SEEN_ERROR       ? VIZ_GLYPH_ERROR
	       : seen & TRACE_SEEN_CANCELLED ? VIZ_GLYPH_CANCELLED
	                                     : VIZ_GLYPH_DONE;
}

static enum viz_glyph loop_glyph(unsigned seen, enum fill fill)
{
	if (!(seen & TRACE_SEEN_RUNNING))
		return VIZ_GLYPH_COUNT;
	return fill == ALL           ? VIZ_GLYPH_LOOP
	       : fill == FROM_MIDDLE ? VIZ_GLYPH_LOOP_START
	                             : VIZ_GLYPH_LOOP_STEP;
}

static bool fills_cell(const struct viz_frame *frame, const struct trace_lane *lane, int col,
                       unsigned seen)
{
	if ((seen & ~(unsigned)TRACE_SEEN_BLOCKED) != TRACE_SEEN_RUNNING)
		return false;
	return lane->kind == TRACE_LANE_TASK || is_one_stretch(frame, lane, col);
}

static void put(const struct viz_frame *frame, int row, int col, enum viz_glyph glyph)
{
	if (glyph != VIZ_GLYPH_COUNT)
		viz_glyph_put(frame->grid, row, frame->at.timeline.col + col, glyph,
		              frame->view->ascii);
}

/* Paint the cell of a task in which it ended. */
static void put_end(const struct viz_frame *frame, int row, int col, unsigned seen)
{
	unsigned before = seen & ~(unsigned)END_BITS;
	bool has_room = col + 1 < frame->axis.cols;
	if (!has_room || !(before & (TRACE_SEEN_RUNNING | TRACE_SEEN_BLOCKED))) {
		put(frame, row, col, glyph_of(seen, PART));
		return;
	}
	put(frame, row, col, glyph_of(before, PART));
	put(frame, row, col + 1, end_glyph(seen));
}

static void put_cell(const struct viz_frame *frame, const struct trace_lane *lane, int row, int col,
                     unsigned seen, enum fill fill)
{
	if (lane->kind == TRACE_LANE_LOOP)
		put(frame, row, col, loop_glyph(seen, fill));
	else if (seen & END_BITS)
		put_end(frame, row, col, seen);
	else
		put(frame, row, col, glyph_of(seen, fill));
}

/* Return what the record in force at the playhead means for its lane. */
static unsigned meaning(const struct viz_frame *frame, const struct trace_lane *lane,
                        const struct trace_record *record)
{
	uint64_t lasted_ns = frame->play_ns > record->t_ns ? frame->play_ns - record->t_ns : 0;
	unsigned blocked = lasted_ns >= frame->model->blocked_ns ? TRACE_SEEN_BLOCKED : 0;
	if (lane->kind == TRACE_LANE_LOOP)
		return record->sub == TRACE_PHASE_BEGIN ? TRACE_SEEN_RUNNING : TRACE_SEEN_WAITING;
	if (lane->kind == TRACE_LANE_WORKER)
		return record->sub == TRACE_WORKER_BUSY      ? TRACE_SEEN_RUNNING
		       : record->sub == TRACE_WORKER_WAITING ? TRACE_SEEN_WAITING
		                                             : 0;
	if (record->sub == TRACE_STATE_RUNNING)
		return TRACE_SEEN_RUNNING | blocked;
	return record->sub == TRACE_STATE_READY     ? TRACE_SEEN_READY
	       : record->sub == TRACE_STATE_WAITING ? TRACE_SEEN_WAITING
	                                            : 0;
}

unsigned viz_frame_now_seen(const struct viz_frame *frame, uint32_t lane, size_t at)
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	if (at == SIZE_MAX || it->kind == TRACE_LANE_OBJECT)
		return 0;
	return meaning(frame, it, trace_model_event(frame->model, it->ordinals[at]));
}

/* Add what is in force at the playhead to the columns from its beginning to the playhead. The model knows it
 * only up to the last event, and how long it will last is not for the playhead to know. */
static void see_now(const struct viz_frame *frame, uint32_t lane, uint8_t seen[])
{
	const struct trace_lane *it = &frame->model->lanes[lane];
	size_t at = trace_lane_at(it, frame->ordinal);
	if (at == SIZE_MAX)
		return;
	unsigned now = viz_frame_now_seen(frame, lane, at);
	int first = viz_frame_col(frame, it->ordinals[at]);
	for (int col = first < 0 ? 0 : first; now != 0 && col < frame->end_col; col++)
		seen[col] |= (uint8_t)now;
}

/* What is seen of a lane in each column that is past. */
static void see(const struct viz_frame *frame, uint32_t lane, uint8_t seen[])
{
	viz_frame_seen(frame, lane, seen);
	see_now(frame, lane, seen);
}

/* Add what is seen of the tasks below a folded one: the worst of them shows. `full`: one of them ran through all of the
 * column. */
static void see_below(const struct viz_frame *frame, uint32_t lane, uint8_t seen[], bool full[])
{
	const struct trace_model *model = frame->model;
	size_t at = 0;
	while (at < model->n_lanes && model->order[at] != lane)
		at++;
	for (at++; at < model->n_lanes; at++) {
		uint8_t one[VIZ_TIMELINE_MAX_COLS + 1] = {0};
		const struct trace_lane *it = &model->lanes[model->order[at]];
		if (it->kind != TRACE_LANE_TASK || it->depth <= model->lanes[lane].depth)
			return;
		see(frame, model->order[at], one);
		for (int col = 0; col < frame->end_col; col++) {
			seen[col] |= one[col];
			full[col] |= fills_cell(frame, it, col, one[col]);
		}
	}
}

/* Whether a worker takes its next job in the column, right after the one before: the two must not look like one. */
static bool begins_again(const struct viz_frame *frame, const struct trace_lane *lane, int col)
{
	uint32_t begin, end;
	viz_frame_column(frame, col, &begin, &end);
	size_t at = begin < end ? trace_lane_at(lane, end - 1) : SIZE_MAX;
	return lane->kind == TRACE_LANE_WORKER && at != SIZE_MAX && at > 0 &&
	       lane->ordinals[at] >= begin;
}

void viz_paint_bar(const struct viz_frame *frame, uint32_t lane, int row)
{
	uint8_t seen[VIZ_TIMELINE_MAX_COLS + 1] = {0};
	bool full[VIZ_TIMELINE_MAX_COLS] = {false};
	const struct trace_lane *it = &frame->model->lanes[lane];
	bool is_folded = viz_rows_is_folded(frame->model, frame->view, lane);
	see(frame, lane, seen);
	for (int col = 0; col < frame->end_col; col++)
		full[col] = fills_cell(frame, it, col, seen[col]);
	if (is_folded)
		see_below(frame, lane, seen, full);
	/* from the right: whether a step goes on after its column is known before its own cell is put, and
	 * what stands in the column after the end of a task has nothing of its own */
	bool goes_on = false;
	for (int col = frame->end_col - 1; col >= 0; col--) {
		put_cell(frame, it, row, col, seen[col],
		         full[col] ? begins_again(frame, it, col) ? FROM_MIDDLE : ALL
		         : goes_on ? FROM_MIDDLE
		                   : PART);
		goes_on = full[col];
	}
	if (it->kind == TRACE_LANE_TASK && !is_folded)
		viz_paint_late(frame, lane, row, seen);
}
