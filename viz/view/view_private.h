/* The view on the event-order axis: what settling, panning, zooming and centring mean where a column stands for transitions
 * instead of time. Called by view.c while the view's axis is that one. */
#ifndef GANTTOP_VIZ_VIEW_VIEW_PRIVATE_H
#define GANTTOP_VIZ_VIEW_VIEW_PRIVATE_H

#include "viz/view/view.h"

/* Clamp the window to the model, and move it to the playhead if it goes with it. */
void viz_order_settle(struct viz_view *view, const struct trace_model *model, int cols);

/* Move the window by num/den of its width. */
void viz_order_pan(struct viz_view *view, const struct trace_model *model, int num, int den);

/* Show num/den of what is shown, transition `at` staying in its column. */
void viz_order_zoom(struct viz_view *view, uint64_t at, int num, int den);

/* Return how many transitions the window shows, at least 1. */
uint64_t viz_order_shown(const struct viz_view *view);

#endif
