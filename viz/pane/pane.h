/* A pane: one of the views below the lanes, as a struct of operations. */
#ifndef GANTTOP_VIZ_PANE_PANE_H
#define GANTTOP_VIZ_PANE_PANE_H

#include "viz/frame.h"
#include "viz/text.h"

struct viz_pane_ops {
	/* Append what the title says beside the pane's name; NULL: nothing. */
	void (*title)(const struct viz_frame *frame, struct viz_text *text);
	/* Paint the pane's rows within `rect`. */
	void (*paint)(const struct viz_frame *frame, const struct viz_rect *rect);
};

extern const struct viz_pane_ops viz_pane_log, viz_pane_state, viz_pane_source, viz_pane_metrics;

#endif
