/* What the parts of the painter ask about columns, on either axis. What lies after the playhead is nothing's: times
 * and events are cut there.
 */
#include "viz/frame.h"

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

void viz_frame_events(const struct viz_frame *frame, int col, uint32_t *first, uint32_t *last)
{
	if (frame->axis.kind == VIZ_AXIS_ORDER) {
		uint64_t place = viz_axis_edge(&frame->axis, col);
		*first = trace_model_transition(frame->model, (uint32_t)place);
		*last = last_event(frame, viz_axis_end(&frame->axis, col) - 1);
	} else {
		*first = trace_model_at_time(frame->model, viz_axis_edge(&frame->axis, col));
		*last = trace_model_at_time(frame->model, viz_frame_edge_ns(frame, col + 1) - 1);
	}
	if (*last != TRACE_NONE && *last > frame->ordinal)
		*last = frame->ordinal;
	if (*first != TRACE_NONE && *first > frame->ordinal)
		*first = frame->ordinal;
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
	uint32_t edges[VIZ_TIMELINE_MAX_COLS + 2];
	uint8_t groups[VIZ_TIMELINE_MAX_COLS + 1];
	int each = (int)frame->axis.each, n = (frame->end_col + each - 1) / each;
	for (int i = 0; i <= n; i++) {
		uint64_t place = viz_axis_edge(&frame->axis, i * each);
		uint32_t event = trace_model_transition(frame->model, (uint32_t)place);
		edges[i] = event == TRACE_NONE ? (uint32_t)frame->model->n_events : event;
	}
	trace_lane_seen_order(frame->model, lane, edges, (size_t)n, frame->ordinal, groups);
	for (int col = 0; col < frame->end_col; col++) {
		unsigned bits = groups[col / each];
		seen[col] = (uint8_t)(col % each == 0 ? bits : bits & ~ends);
	}
}

void viz_frame_seen(const struct viz_frame *frame, uint32_t lane, uint8_t seen[])
{
	uint64_t edges_ns[VIZ_TIMELINE_MAX_COLS + 1];
	if (frame->axis.kind == VIZ_AXIS_ORDER) {
		see_order(frame, lane, seen);
		return;
	}
	edges_ns[0] = frame->axis.from;
	for (int col = 0; col < frame->end_col; col++)
		edges_ns[col + 1] = viz_frame_edge_ns(frame, col + 1);
	trace_lane_seen_row(frame->model, lane, edges_ns, (size_t)frame->end_col, frame->ordinal,
	                    seen);
}

bool viz_frame_range(const struct viz_frame *frame, uint32_t lane, int col, int64_t *low,
                     int64_t *high)
{
	uint32_t first, last;
	if (frame->axis.kind == VIZ_AXIS_TIME)
		return trace_object_range(frame->model, lane, viz_axis_edge(&frame->axis, col),
		                          viz_frame_edge_ns(frame, col + 1), frame->ordinal, low,
		                          high);
	viz_frame_events(frame, col, &first, &last);
	return first != TRACE_NONE && trace_object_range_order(frame->model, lane, first, last + 1,
	                                                       frame->ordinal, low, high);
}

int viz_frame_row(const struct viz_frame *frame, uint32_t lane)
{
	const struct viz_layout *at = &frame->at;
	for (int line = 0; line < at->lines; line++)
		if (viz_rows_lane(&frame->rows, frame->view, at->lines, line) == lane)
			return at->timeline.row + line * at->lane_rows;
	return -1;
}
