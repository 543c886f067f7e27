/* A page of text to scroll through: what `explain` says, on the screen. */
#ifndef GANTTOP_VIZ_APP_PAGE_H
#define GANTTOP_VIZ_APP_PAGE_H

#include "viz/input/action.h"
#include "viz/canvas/grid.h"

struct viz_page {
	char *text; /* lines with their newlines. owns */
	char *laid; /* the same, broken into lines of `cols` columns; NULL: `text` as it is. owns */
	int cols;
	size_t n_lines; /* of what is shown */
	size_t top;     /* first line shown */
	int rows;       /* lines that fit, as last painted */
};

/* owns: takes `text`, which free() releases. */
void viz_page_init(struct viz_page *page, char *text);
void viz_page_fini(struct viz_page *page);

/* Scroll; other actions do nothing. */
void viz_page_act(struct viz_page *page, enum viz_action action);

/* Paint the page and its hints over the whole grid. */
void viz_page_paint(struct viz_page *page, struct viz_grid *grid, bool ascii);

#endif
