/* The views that were looked at, to undo and redo what a key has done to one. */
#ifndef GANTTOP_VIZ_VIEW_HISTORY_H
#define GANTTOP_VIZ_VIEW_HISTORY_H

#include "viz/view/view.h"

#define VIZ_HISTORY_MAX 50u

struct viz_history {
	size_t n;  /* views that are kept, the oldest first */
	size_t at; /* how many of them lie before the present one */
	struct viz_view views[VIZ_HISTORY_MAX];
};

/* Keep `before`, the view that is being left; what could have been redone is forgotten. */
void viz_history_push(struct viz_history *history, const struct viz_view *before);

/* Go to the view before (-1) or after (1). Panes and looks stay as they are in `view`. Returns false when there is none. */
bool viz_history_go(struct viz_history *history, struct viz_view *view, int by);

#endif
