/* What the files of the app share. */
#ifndef GANTTOP_VIZ_APP_APP_PRIVATE_H
#define GANTTOP_VIZ_APP_APP_PRIVATE_H

#include "viz/app/app.h"

/* Open the recording behind a descriptor, which is closed, to be read to its end. errors: an exit status, and `*problem` says why. */
int viz_app_open_descriptor(struct trace_model **out, int fd, struct viz_problem *problem);

/* Return whether the learner picks who runs next. */
bool viz_app_is_game(const struct viz_app *app);

/* Look whether there is something to decide, and go on while there is not. Returns whether the picture may have changed. */
bool viz_app_play(struct viz_app *app);
void viz_app_pick(struct viz_app *app, const struct viz_key *key);
void viz_app_paint_game(struct viz_app *app, struct viz_grid *grid);

/* Paint a follower's screen with what the presenter asks above the timeline. */
void viz_app_paint_said(struct viz_app *app, struct viz_grid *grid);

/* Show what was printed into memory as a page over the screen; `out` NULL: there was no room. owns: takes both. */
void viz_app_open_page(struct viz_app *app, FILE *out, char **text);

/* Give up what is open, if it is. */
void viz_app_close_session(struct viz_app *app);
void viz_app_close_pair(struct viz_app *app);
void viz_app_close_whatif(struct viz_app *app);
void viz_app_close_predict(struct viz_app *app);

/* What a key means to a prediction, and the way into one from a timeline. */
void viz_app_predict(struct viz_app *app);
void viz_app_act_on_predict(struct viz_app *app, enum viz_action action, const struct viz_key *key);

#endif
