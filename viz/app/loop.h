/* The event loop of the interactive program: the terminal's input, signals, and a timer while something moves. */
#ifndef GANTTOP_VIZ_APP_LOOP_H
#define GANTTOP_VIZ_APP_LOOP_H

#include "viz/app/app.h"
#include "viz/term/screen.h"

/* Run until the app quits. Returns 0, or the signal that ended it, which the caller dies of once everything is given
 * back; -1 when the loop cannot be made, and `*problem` says why. */
int viz_loop_run(struct viz_app *app, struct viz_screen *screen, struct viz_problem *problem);

#endif
