/* A pane: one of the views below the lanes, as a struct of operations. */
#ifndef GANTTOP_VIZ_PANE_PANE_H
#define GANTTOP_VIZ_PANE_PANE_H

#include "viz/painter/frame.h"
#include "viz/text/text.h"

struct viz_pane_ops {
	/* Append what the title says beside the pane's name; NULL: nothing. */
	void (*title)(const struct viz_frame *frame, struct viz_text *text);
	/* Paint the pane's rows within `rect`. */
	void (*paint)(const struct viz_frame *frame, const struct viz_rect *rect);
	/* Say how far the pane can be scrolled in so many rows: it scrolls by itself. NULL: it paints all that it has from the top, and
	 * the dock shows a part of that. */
	void (*limits)(const struct viz_frame *frame, int rows, struct viz_scroll_limits *limits);
};

extern const struct viz_pane_ops viz_pane_log, viz_pane_state, viz_pane_source, viz_pane_metrics;

/* Return how far a pane is scrolled, within its limits. */
int viz_pane_scroll(const struct viz_frame *frame, enum viz_pane pane,
                    const struct viz_scroll_limits *limits);

#endif
