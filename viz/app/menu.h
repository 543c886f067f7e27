/* The menu of lessons: chapters with their lessons, and the question of the selected one. */
#ifndef GANTTOP_VIZ_APP_MENU_H
#define GANTTOP_VIZ_APP_MENU_H

#include "viz/input/action.h"
#include "viz/classroom/progress.h"
#include "viz/input/key.h"
#include "viz/input/prompt.h"

struct viz_menu {
	size_t selected;                     /* index of a lesson in the registry */
	int top;                             /* first line of the list that is shown */
	int rows;                            /* lines of the list that fit, as last painted */
	const struct viz_progress *progress; /* NULL: not kept. borrows */
	struct viz_prompt prompt;            /* what is searched for, while it is typed */
	char search[VIZ_PATTERN_BYTES];      /* what n and N look for; "": nothing */
	size_t before_prompt;                /* the lesson that Esc goes back to */
	char notice[512];                    /* one line on what went wrong; "" none */
};
#define VIZ_MENU_INIT                                                                              \
	{                                                                                          \
		.rows = 1                                                                          \
	}

/* Move the selection. Returns whether the selected lesson is to be opened (a second click on it). */
bool viz_menu_act(struct viz_menu *menu, enum viz_action action, const struct viz_key *key);

/* While a line is typed, take the key as text. Returns false when none is. */
bool viz_menu_type(struct viz_menu *menu, const struct viz_key *key);

/* Paint the menu over the whole grid. Pure but for `menu->top`, which follows the selection. */
void viz_menu_paint(struct viz_menu *menu, struct viz_grid *grid, bool ascii);

#endif
