/* What the files of the app share. */
#ifndef GANTTOP_VIZ_APP_PRIVATE_H
#define GANTTOP_VIZ_APP_PRIVATE_H

#include "viz/app.h"

/* Give up what is open, if it is. */
void viz_app_close_session(struct viz_app *app);
void viz_app_close_pair(struct viz_app *app);
void viz_app_close_whatif(struct viz_app *app);

#endif
