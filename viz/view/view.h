/* The view: everything that decides what is painted and is not in the recording. Plain data.
 *
 * The viewer's keys change a view; the painter reads it. Nothing here points into the model, so a view can be
 * copied (undo), saved and compared.
 */
#ifndef GANTTOP_VIZ_VIEW_VIEW_H
#define GANTTOP_VIZ_VIEW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/model.h"
#include "viz/view/axis.h"
#include "viz/view/lane_set.h"
#include "viz/view/marks.h"
#include "viz/view/panes.h"
#include "viz/text/pattern.h"

enum viz_sort {
	VIZ_SORT_TREE,    /* by creation: tasks below the task that started them */
	VIZ_SORT_START,   /* by the first step */
	VIZ_SORT_WAITING, /* who has waited longest comes first */
	VIZ_SORT_RUNNING, /* who has run longest comes first */
	VIZ_SORT_COUNT
};

/* What is wished of the lanes; all zero: every lane, as the model orders them. */
struct viz_wishes {
	enum viz_sort sort;
	bool hide_done;                 /* tasks that are done at the playhead are left out */
	bool fold_all;                  /* every task is folded, save those in `folds` */
	char filter[VIZ_PATTERN_BYTES]; /* only lanes whose name matches; "": all */
	struct viz_lane_set folds;      /* tasks that are folded (with fold_all: unfolded) */
	struct viz_lane_set pins;       /* lanes that stay at the top */
	struct viz_lane_set hidden;     /* lanes that were put away */
	const uint8_t
	        *only; /* of an export: one byte a lane, 0 leaves it out; NULL: all. borrows */
};

struct viz_view {
	enum viz_axis_kind axis;
	/* time window */
	uint64_t t0_ns;   /* time at the left edge of the timeline */
	uint64_t span_ns; /* time that the timeline's width shows; at least 1 */
	bool fit; /* the window follows the recording: from 0 to its end (to now while live) */
	uint64_t until_ns; /* the axis goes at least this far: two pictures on one */
	bool track; /* the window moves when the playhead leaves it; panning away lets go of this */
	/* event-order window */
	uint64_t order_from;    /* transition at the left edge */
	uint32_t per_col, each; /* transitions a column, columns a transition; 0: one of one */
	int cols;               /* of the timeline, when that window was settled */
	bool other_fit;         /* `fit` of the axis that is not shown */
	/* playhead */
	uint64_t
	        said_from_ns; /* the log leaves out what was said before: of a part that is exported. 0: nothing */
	bool mask; /* nothing tells how it goes on: the axis ends at until_ns, the clock at the playhead */
	bool follow;      /* the playhead is the live edge */
	uint32_t ordinal; /* else: the event that has just happened; TRACE_NONE: before the first */
	uint64_t
	        seek_ns; /* else: a moment after that event, and the next has not happened; counts only if it is that */
	/* marks and measures */
	struct viz_marks marks;
	bool measures; /* a stretch of the ruler is measured */
	uint64_t measure_from_ns, measure_to_ns;
	/* rows */
	uint32_t selected; /* lane index; TRACE_NONE: none */
	uint32_t
	        var; /* index of the shared variable that is selected instead of a lane, and 1; 0: none */
	uint32_t n_strips; /* shared variables that have a row on the screen, when it was settled */
	uint32_t top;      /* rows that are scrolled out above (viz/view/rows.h) */
	struct viz_wishes wishes;
	/* panes */
	struct viz_panes panes;
	bool legend, help;
	bool path;    /* the critical path is drawn, once the recording has ended */
	bool present; /* large, for a class: lanes of several rows, nothing that distracts */
	bool page;    /* a page to keep instead of a screen: no keys, nothing on a selected lane */
	bool beside;  /* one of several pictures: without the question and the keys */
	bool guest;   /* a follower's picture: without the keys, which are the presenter's */
	bool focus;   /* of several pictures the one that keys act on: its name stands out */
	int names_cols; /* the names have at least so many columns, to be in line with a picture beside */
	int help_top; /* first line of the help overlay */
	/* looks */
	bool ascii; /* only characters below U+0080 */
};
#define VIZ_VIEW_INIT                                                                              \
	{                                                                                          \
		.span_ns = 1, .fit = true, .track = true, .follow = true, .ordinal = TRACE_NONE,   \
		.panes = {.n = 1, .open = {VIZ_PANE_LOG}}, .legend = true,                         \
	}

/* Clamp the view to the model: the window, the selection, the top row. Call after every update and key. `timeline_cols` is
 * the width of the timeline in columns, lane_rows the rows for lanes. */
void viz_view_settle(struct viz_view *view, const struct trace_model *model, int timeline_cols,
                     int lane_rows);

/* Return the ordinal that the playhead stands on (the last event while following). */
uint32_t viz_view_ordinal(const struct viz_view *view, const struct trace_model *model);

/* Return the time of the playhead: now while following, else that of its event, or of seek_ns. units: ns. */
uint64_t viz_view_time_ns(const struct viz_view *view, const struct trace_model *model);

/* Return the place of the playhead on the axis that is shown: its time, or the transition that it stands on. */
uint64_t viz_view_place(const struct viz_view *view, const struct trace_model *model);

/* Return the event of a place on the axis that is shown. */
uint32_t viz_view_event_at(const struct viz_view *view, const struct trace_model *model,
                           uint64_t place);

/* Return the axis that is shown, `cols` columns wide. */
struct viz_axis viz_view_axis(const struct viz_view *view, int cols);

/* Show the other axis. Event order begins with a column a transition, around the playhead; time as it was left. */
void viz_view_switch_axis(struct viz_view *view);

/* Put the playhead into the middle of the window; in the middle already, or all in sight, closer or farther, as `f` does. */
void viz_view_centre(struct viz_view *view, const struct trace_model *model);

/* Move the window by a part of its span (num/den, negative: to the left); lets go of fit. */
void viz_view_pan(struct viz_view *view, const struct trace_model *model, int num, int den);

/* Make the span num/den of what it is, with the place `at` (see viz_view_place) staying in its column; lets go of fit. */
void viz_view_zoom(struct viz_view *view, const struct trace_model *model, uint64_t at, int num,
                   int den);

/* Step the playhead by transitions (1 or -1); lets go of follow. Returns false at either end. Moves the window if the playhead would
 * leave it. */
bool viz_view_step(struct viz_view *view, const struct trace_model *model, int step);

/* Put the playhead at a time, between two events too; lets go of follow. */
void viz_view_seek(struct viz_view *view, const struct trace_model *model, uint64_t t_ns);

/* Select the next (1) or previous (-1) lane in drawing order; scrolling is left to viz_view_settle. */
void viz_view_select(struct viz_view *view, const struct trace_model *model, int by);

/* Return `ns` times num/den, at most a quarter of what fits. units: ns. */
uint64_t viz_scale_ns(uint64_t ns, uint64_t num, uint64_t den);

/* Return whether both look at the same: window, playhead, selection and wishes. Panes and looks do not count. */
bool viz_view_is_same(const struct viz_view *a, const struct viz_view *b);

#endif
