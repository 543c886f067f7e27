/* The menu of lessons: chapters with their lessons, and the question of the selected one. */
#ifndef GANTTOP_VIZ_MENU_H
#define GANTTOP_VIZ_MENU_H

#include "viz/action.h"
#include "viz/classroom/progress.h"
#include "viz/key.h"

struct viz_menu {
	size_t selected;                     /* index of a lesson in the registry */
	int top;                             /* first line of the list that is shown */
	int rows;                            /* lines of the list that fit, as last painted */
	const struct viz_progress *progress; /* NULL: not kept. borrows */
	char notice[512];                    /* one line on what went wrong; "" none */
};
#define VIZ_MENU_INIT                                                                              \
	{                                                                                          \
		.rows = 1                                                                          \
	}

/* Move the selection. Returns whether the selected lesson is to be opened (a second click on it). */
bool viz_menu_act(struct viz_menu *menu, enum viz_action action, const struct viz_key *key);

/* Paint the menu over the whole grid. Pure but for `menu->top`, which follows the selection. */
void viz_menu_paint(struct viz_menu *menu, struct viz_grid *grid, bool ascii);

#endif
