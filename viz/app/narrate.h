/* The interactive narration: the app with its keys, as lines of text instead of a screen. */
#ifndef GANTTOP_VIZ_APP_NARRATE_H
#define GANTTOP_VIZ_APP_NARRATE_H

#include "viz/app/app.h"

/* Return whether there is somebody at a terminal who can answer; otherwise the narration is a plain stream. */
bool viz_narrate_is_interactive(const struct viz_options *options);

/* Run the app until it quits. Returns the exit status. */
int viz_narrate_run(struct viz_app *app);

#endif
