/* What the parts of the painter ask about columns, on either axis. What lies after the playhead is nothing's: times
 * and events are cut there.
 */
#include "viz/painter/frame.h"

#include <string.h>

uint64_t viz_frame_edge_ns(const struct viz_frame *frame, int col)
{
	uint64_t edge_ns = viz_axis_edge(&frame->axis, col);
	return edge_ns > frame->play_ns ? frame->play_ns + 1 : edge_ns;
}

/* Return the event at which transition `place` is past and the next one has not come yet, up to the playhead's. */
static uint32_t last_event(const struct viz_frame *frame, uint64_t place)
{
	uint32_t next = place < UINT32_MAX - 1
	                        ? trace_model_transition(frame->model, (uint32_t)place + 1)
	                        : TRACE_NONE;
	return next == TRACE_NONE || next > frame->ordinal ? frame->ordinal : next - 1;
}

/* How many transitions, or groups of them, the columns that are past show. */
static int n_groups(const struct viz_frame *frame)
{
	int each = (int)frame->axis.each;
	return (frame->end_col + each - 1) / each;
}

static void find_order_edges(struct viz_frame *frame)
{
	for (int i = 0; i <= n_groups(frame); i++) {
		uint64_t place = viz_axis_edge(&frame->axis, i * (int)frame->axis.each);
		uint32_t event = trace_model_transition(frame->model, (uint32_t)place);
		if (event == TRACE_NONE)
			event = (uint32_t)frame->model->n_events;
		frame->order_edges[i] = event;
	}
}

static void find_order_column(struct viz_frame *frame, int col)
{
	uint64_t place = viz_axis_edge(&frame->axis, col);
	struct viz_column *column = &frame->columns[col];
	column->first = trace_model_transition(frame->model, (uint32_t)place);
	column->last = last_event(frame, viz_axis_end(&frame->axis, col) - 1);
	bool is_first_of_it = col % (int)frame->axis.each == 0;
	column->begin = is_first_of_it ? column->first : TRACE_NONE;
}

/* The event in force at a time, or before it: the one before `event`. */
static uint32_t before(uint32_t event)
{
	return event > 0 ? event - 1 : TRACE_NONE;
}

static void find_time_columns(struct viz_frame *frame)
{
	size_t n = (size_t)frame->end_col + 1;
	for (int col = 0; col <= frame->end_col; col++)
		frame->edges_ns[col] = viz_frame_edge_ns(frame, col);
	const struct trace_edge *edges = trace_model_edges(frame->model, frame->edges_ns, n);
	for (int col = 0; col < frame->end_col; col++) {
		frame->columns[col].begin = edges ? edges[col].first : 0;
		frame->columns[col].first = edges ? before(edges[col].after) : TRACE_NONE;
		frame->columns[col].last = edges ? before(edges[col + 1].first) : TRACE_NONE;
	}
}

void viz_frame_begin(struct viz_frame *frame)
{
	if (frame->axis.kind == VIZ_AXIS_TIME)
		find_time_columns(frame);
	else
		find_order_edges(frame);
	for (int col = 0; col < frame->end_col; col++) {
		struct viz_column *column = &frame->columns[col];
		if (frame->axis.kind == VIZ_AXIS_ORDER)
			find_order_column(frame, col);
		if (column->last != TRACE_NONE && column->last > frame->ordinal)
			column->last = frame->ordinal;
		if (column->first != TRACE_NONE && column->first > frame->ordinal)
			column->first = frame->ordinal;
	}
}

void viz_frame_events(const struct viz_frame *frame, int col, uint32_t *first, uint32_t *last)
{
	*first = frame->columns[col].first;
	*last = frame->columns[col].last;
}

void viz_frame_column(const struct viz_frame *frame, int col, uint32_t *begin, uint32_t *end)
{
	const struct viz_column *column = &frame->columns[col];
	*begin = column->begin;
	*end = column->last == TRACE_NONE ? 0 : column->last + 1;
}

uint64_t viz_frame_time_ns(const struct viz_frame *frame, int col)
{
	if (frame->axis.kind == VIZ_AXIS_TIME)
		return viz_axis_edge(&frame->axis, col);
	uint64_t place = viz_axis_edge(&frame->axis, col);
	uint32_t ordinal = trace_model_transition(frame->model, (uint32_t)place);
	return ordinal == TRACE_NONE ? frame->model->t_end_ns
	                             : trace_model_event(frame->model, ordinal)->t_ns;
}

int viz_frame_col(const struct viz_frame *frame, uint32_t ordinal)
{
	if (frame->axis.kind == VIZ_AXIS_TIME)
		return viz_axis_col(&frame->axis, trace_model_event(frame->model, ordinal)->t_ns);
	uint32_t rank = trace_model_rank(frame->model, ordinal);
	return viz_axis_col(&frame->axis, rank > 0 ? rank - 1 : 0);
}

int viz_frame_col_at(const struct viz_frame *frame, uint64_t t_ns)
{
	if (frame->axis.kind == VIZ_AXIS_TIME)
		return viz_axis_col(&frame->axis, t_ns);
	if (t_ns > frame->model->t_end_ns)
		return frame->axis.cols;
	uint32_t ordinal = trace_model_at_time(frame->model, t_ns);
	return ordinal == TRACE_NONE ? -1 : viz_frame_col(frame, ordinal);
}

/* Ask for each transition once, then spread the answers over its columns; an end stands in the first one. */
static void see_order(const struct viz_frame *frame, uint32_t lane, uint8_t seen[])
{
	const unsigned ends = TRACE_SEEN_DONE | TRACE_SEEN_CANCELLED | TRACE_SEEN_ERROR;
	uint8_t groups[VIZ_TIMELINE_MAX_COLS + 1];
	int each = (int)frame->axis.each;
	trace_lane_seen_order(frame->model, lane, frame->order_edges, (size_t)n_groups(frame),
	                      frame->ordinal, groups);
	for (int col = 0; col < frame->end_col; col++) {
		unsigned bits = groups[col / each];
		seen[col] = (uint8_t)(col % each == 0 ? bits : bits & ~ends);
	}
}

void viz_frame_seen(const struct viz_frame *frame, uint32_t lane, uint8_t seen[])
{
	if (frame->axis.kind == VIZ_AXIS_ORDER)
		see_order(frame, lane, seen);
	else
		trace_lane_seen_row(frame->model, lane, frame->edges_ns, (size_t)frame->end_col,
		                    frame->ordinal, seen);
}

void viz_frame_ranges(const struct viz_frame *frame, uint32_t lane, struct trace_range ranges[])
{
	if (frame->axis.kind == VIZ_AXIS_TIME) {
		trace_object_range_row(frame->model, lane, frame->edges_ns, (size_t)frame->end_col,
		                       frame->ordinal, ranges);
		return;
	}
	for (int col = 0; col < frame->end_col; col++) {
		const struct viz_column *column = &frame->columns[col];
		struct trace_range *range = &ranges[col];
		if (column->first == TRACE_NONE ||
		    !trace_object_range_order(frame->model, lane, column->first, column->last + 1,
		                              frame->ordinal, &range->low, &range->high))
			*range = TRACE_RANGE_NONE;
	}
}

int viz_frame_row(const struct viz_frame *frame, uint32_t lane)
{
	const struct viz_layout *at = &frame->at;
	for (int line = 0; line < at->lines; line++)
		if (viz_rows_lane(&frame->rows, frame->view, at->lines, line) == lane)
			return at->timeline.row + line * at->lane_rows;
	return -1;
}
