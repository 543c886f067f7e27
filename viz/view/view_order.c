/* Zoom on this axis goes by whole numbers: a transition has 1 to EACH_MAX columns, or a column has 1, 2, 3, ... transitions. So all
 * columns mean the same, and stepping moves the playhead by the same distance each time.
 */
#include "viz/view/view_private.h"

#define EACH_MAX 8u /* columns a transition */

/* A view that was never settled on this axis: a screen that is too small settles none. */
static void make_whole(struct viz_view *view)
{
	if (view->each == 0 || view->per_col == 0)
		view->each = view->per_col = 1;
}

uint64_t viz_order_shown(const struct viz_view *view)
{
	uint64_t each = view->each > 0 ? view->each : 1;
	uint64_t shown = (uint64_t)view->cols * view->per_col / each;
	return shown > 0 ? shown : 1;
}

static void fit(struct viz_view *view, uint64_t n)
{
	uint64_t cols = (uint64_t)view->cols;
	view->order_from = 0;
	view->each = 1;
	view->per_col = n > cols ? (uint32_t)((n + cols - 1) / cols) : 1;
}

/* Return where a window around the playhead begins; near the end it shows what there is, and no blank half. */
static uint64_t around(uint64_t play, uint64_t shown, uint64_t n)
{
	uint64_t middle = play > shown / 2 ? play - shown / 2 : 0, last = n > shown ? n - shown : 0;
	return middle < last ? middle : last;
}

void viz_order_settle(struct viz_view *view, const struct trace_model *model, int cols)
{
	uint64_t n = trace_model_rank(model, TRACE_NONE - 1), play = viz_view_place(view, model);
	view->cols = cols;
	make_whole(view);
	if (view->fit)
		fit(view, n);
	uint64_t most = n / (uint64_t)cols + 1; /* zoomed out further there is nothing to see */
	if (view->per_col > most)
		view->per_col = (uint32_t)most;
	uint64_t shown = viz_order_shown(view);
	bool inside = play >= view->order_from && play - view->order_from < shown;
	if (view->track && !inside)
		view->order_from = around(play, shown, n);
	uint64_t keep = shown / 4 < n ? shown / 4 : n;
	if (view->order_from > n - keep)
		view->order_from = n - keep;
}

void viz_order_pan(struct viz_view *view, const struct trace_model *model, int num, int den)
{
	bool left = (num < 0) != (den < 0);
	uint64_t shown = viz_order_shown(view), play = viz_view_place(view, model);
	uint64_t by = shown * (uint64_t)(num < 0 ? -num : num) / (uint64_t)(den < 0 ? -den : den);
	by = by > 0 ? by : 1;
	if (left)
		view->order_from -= by < view->order_from ? by : view->order_from;
	else
		view->order_from += by;
	view->fit = false;
	view->track = play >= view->order_from && play - view->order_from < shown;
}

static void zoom_in(struct viz_view *view, uint32_t num, uint32_t den)
{
	uint64_t wanted = (uint64_t)view->per_col * num / den;
	if (view->per_col == 1 && view->each < EACH_MAX)
		view->each++;
	view->per_col = wanted > 0 ? (uint32_t)wanted : 1;
}

static void zoom_out(struct viz_view *view, uint32_t num, uint32_t den)
{
	if (view->each > 1) {
		view->each--;
		return;
	}
	uint64_t wanted = (uint64_t)view->per_col * num / den;
	if (wanted == view->per_col)
		wanted++;
	view->per_col = wanted < UINT32_MAX ? (uint32_t)wanted : UINT32_MAX;
}

void viz_order_zoom(struct viz_view *view, uint64_t at, int num, int den)
{
	make_whole(view);
	uint64_t col =
	        at > view->order_from ? (at - view->order_from) / view->per_col * view->each : 0;
	if (num < den)
		zoom_in(view, (uint32_t)num, (uint32_t)den);
	else
		zoom_out(view, (uint32_t)num, (uint32_t)den);
	uint64_t left = col / view->each * view->per_col;
	view->order_from = at > left ? at - left : 0;
	view->fit = false;
}
