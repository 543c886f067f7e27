/* A frame in the making: what every part of the painter reads, worked out once, and the parts themselves. */
#ifndef GANTTOP_VIZ_PAINTER_FRAME_H
#define GANTTOP_VIZ_PAINTER_FRAME_H

#include "viz/view/axis.h"
#include "viz/canvas/glyph.h"
#include "viz/painter/layout.h"
#include "viz/view/rows.h"
#include "viz/painter/scene.h"

#define VIZ_TIMELINE_MAX_COLS 1024 /* columns of a timeline that are painted; wider ones are cut */

struct viz_frame {
	struct viz_grid *grid;
	const struct trace_model *model;
	const struct viz_view *view;
	const struct viz_scene *scene;
	struct viz_layout at;
	struct viz_rows rows; /* the lanes that are drawn */
	struct viz_axis axis; /* of the timeline */
	uint32_t ordinal;     /* of the playhead; TRACE_NONE: before the first event */
	uint64_t play_ns;     /* time of the playhead */
	int play_col;         /* its column of the timeline, -1 and `cols` as viz_axis_col */
	int end_col;          /* columns of the timeline that are past, from the left: 0 to cols */
	/* of the columns that are past, and one more */
	uint64_t edges_ns[VIZ_TIMELINE_MAX_COLS + 1]; /* time axis: viz_frame_edge_ns */
	struct viz_column {
		uint32_t first, last; /* viz_frame_events */
		uint32_t begin;       /* the first that happens within it; TRACE_NONE: none does */
	} columns[VIZ_TIMELINE_MAX_COLS + 1];
	uint32_t order_edges[VIZ_TIMELINE_MAX_COLS +
	                     2]; /* event order: of each transition, or group of them */
	/* parts of the critical path in each column that is past, at most a few; none without a path */
	struct viz_stretch {
		size_t first, n;
	} on_path[VIZ_TIMELINE_MAX_COLS + 1];
};

/* Work out what lies in each column that is past; `axis`, `ordinal`, `play_ns` and `end_col` are set. */
void viz_frame_begin(struct viz_frame *frame);

/* Return the time at the left edge of a column that is past, but never more than the playhead and a nanosecond:
 * what happened in the instant of the playhead is decided by its ordinal. Time axis only. */
uint64_t viz_frame_edge_ns(const struct viz_frame *frame, int col);

/* Find the event in force at the left edge of a column that is past, and the last one within it; TRACE_NONE: before the first. */
void viz_frame_events(const struct viz_frame *frame, int col, uint32_t *first, uint32_t *last);

/* Find the events that happen within a column that is past: from `*begin` to the one before `*end`. */
void viz_frame_column(const struct viz_frame *frame, int col, uint32_t *begin, uint32_t *end);

/* Return the time at the left edge of a column, on either axis. */
uint64_t viz_frame_time_ns(const struct viz_frame *frame, int col);

/* Return the column of an event, or of a time: -1 left of the window, `cols` right of it. */
int viz_frame_col(const struct viz_frame *frame, uint32_t ordinal);
int viz_frame_col_at(const struct viz_frame *frame, uint64_t t_ns);

/* Write the TRACE_SEEN_ bits of a task, worker or loop lane for each column that is past. shape: end_col bytes. */
void viz_frame_seen(const struct viz_frame *frame, uint32_t lane, uint8_t seen[]);

/* The lowest and highest level of an object within each column that is past; low > high where it has none yet. shape: end_col ranges. */
void viz_frame_ranges(const struct viz_frame *frame, uint32_t lane, struct trace_range ranges[]);

/* Return the TRACE_SEEN_ bits that record `at` of a task, worker or loop lane, which is in force, means at the playhead; 0 for SIZE_MAX and for
 * objects. */
unsigned viz_frame_now_seen(const struct viz_frame *frame, uint32_t lane, size_t at);

/* Return the row of the grid that a lane is drawn on, -1 if it is out of sight. */
int viz_frame_row(const struct viz_frame *frame, uint32_t lane);

/* The parts, one pane each. */
void viz_paint_head(const struct viz_frame *frame);
void viz_paint_question(const struct viz_frame *frame);
void viz_paint_ruler(const struct viz_frame *frame);
void viz_paint_marks(const struct viz_frame *frame);
void viz_paint_lanes(const struct viz_frame *frame);
void viz_paint_detail(const struct viz_frame *frame);
void viz_paint_panes(const struct viz_frame *frame);
void viz_paint_legend(const struct viz_frame *frame);
void viz_paint_footer(const struct viz_frame *frame);

/* Return whether the answer to the last key is too long for the footer: then it stands where the sentence on the lane does. */
bool viz_notice_is_long(const struct viz_frame *frame);

void viz_paint_help(const struct viz_frame *frame);

/* The bar of a task, worker or loop lane, and of an object lane, on a row of the grid. */
void viz_paint_bar(const struct viz_frame *frame, uint32_t lane, int row);
void viz_paint_level(const struct viz_frame *frame, uint32_t lane, int row);

/* What happens to a lane besides its states, over the bar just painted. */
void viz_paint_notable(const struct viz_frame *frame, uint32_t lane, int row);

/* The scopes of a task along its bar, with their deadlines. */
void viz_paint_scopes(const struct viz_frame *frame, uint32_t lane, int row);

/* The scene's other timeline, faintly, where the bar just painted shows nothing or a wait. */
void viz_paint_shadow(const struct viz_frame *frame, uint32_t lane, int row);

/* The holes of the recording, over everything else of a row. */
void viz_paint_losses(const struct viz_frame *frame, int row);

/* The brackets of groups around their lanes; the arrow of the selected lane, or the circle of a deadlock. After all lanes. */
void viz_paint_brackets(const struct viz_frame *frame);
void viz_paint_arrows(const struct viz_frame *frame);

/* Find the parts of the critical path in each column; then draw it on the bar of a lane, and from lane to lane after all lanes. */
void viz_frame_find_path(struct viz_frame *frame);
void viz_paint_path(const struct viz_frame *frame, uint32_t lane, int row);
void viz_paint_crossings(const struct viz_frame *frame);

/* Return how many findings have come to pass at the playhead; 0 when none were asked for. Paint their signs after all lanes. */
size_t viz_frame_findings(const struct viz_frame *frame);
void viz_paint_finding_signs(const struct viz_frame *frame);

/* The strips of the shared variables. */
void viz_paint_vars(const struct viz_frame *frame);

/* Draw the playhead's line in a row of the timeline where it shows nothing or a wait; mark the cell where it shows more. */
void viz_paint_playhead_row(const struct viz_frame *frame, int row);

/* The part of each wait that is past its time; `seen` are the bar's TRACE_SEEN_ bits. */
void viz_paint_late(const struct viz_frame *frame, uint32_t lane, int row, const uint8_t seen[]);

/* The words inside the bar just painted, after everything else of the lane. */
void viz_paint_bar_labels(const struct viz_frame *frame, uint32_t lane, int row);

#endif
