/* The way onto the screen and back: opening the terminal, running the loop, giving everything back. */
#ifndef GANTTOP_VIZ_APP_INTERACTIVE_H
#define GANTTOP_VIZ_APP_INTERACTIVE_H

#include "viz/app/app.h"

/* Return whether there is a terminal to show things on; if TERM is what is missing, says so on standard error. */
bool viz_interactive_is_possible(const struct viz_options *options);

/* Run the app on the terminal until it quits. Returns the exit status; a signal that ends it is died of. */
int viz_interactive_run(struct viz_app *app);

#endif
