/* Undo as editors have it: a line of views, and a place in it. The present view joins the line when it is left by an
 * undo, so that a redo finds it.
 */
#include "viz/view/history.h"

#include <string.h>

/* Take the oldest one away when the line is full. */
static void make_room(struct viz_history *history)
{
	if (history->n < VIZ_HISTORY_MAX)
		return;
	history->n--;
	history->at -= history->at > 0;
	memmove(&history->views[0], &history->views[1], history->n * sizeof history->views[0]);
}

void viz_history_push(struct viz_history *history, const struct viz_view *before)
{
	history->n = history->at;
	make_room(history);
	history->views[history->n++] = *before;
	history->at = history->n;
}

static void restore(struct viz_view *view, const struct viz_view *from)
{
	struct viz_view now = *view;
	*view = *from;
	view->panes = now.panes;
	view->legend = now.legend;
	view->help = now.help;
	view->help_top = now.help_top;
	view->page = now.page;
	view->present = now.present;
	view->ascii = now.ascii;
}

bool viz_history_go(struct viz_history *history, struct viz_view *view, int by)
{
	if (by < 0 ? history->at == 0 : history->at + 1 >= history->n)
		return false;
	if (by < 0 && history->at == history->n) {
		make_room(history);
		if (history->at == 0)
			return false;
		history->views[history->n++] = *view;
	} else {
		history->views[history->at] = *view;
	}
	history->at = by < 0 ? history->at - 1 : history->at + 1;
	restore(view, &history->views[history->at]);
	return true;
}
