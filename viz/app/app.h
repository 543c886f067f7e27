/* The interactive program: which screen is up (the menu, a session, a page over one of them), and what leads from one to
 * the other. It knows neither the terminal nor the event loop; loop.h drives it.
 */
#ifndef GANTTOP_VIZ_APP_APP_H
#define GANTTOP_VIZ_APP_APP_H

#include <time.h>

#include "viz/classroom/follower.h"
#include "viz/classroom/loop_game.h"
#include "viz/classroom/notes.h"
#include "viz/classroom/pair.h"
#include "viz/classroom/predict.h"
#include "viz/classroom/share.h"
#include "viz/classroom/whatif.h"
#include "viz/app/menu.h"
#include "viz/app/page.h"
#include "viz/run/pipe.h"
#include "viz/session/session.h"

enum viz_app_screen {
	VIZ_APP_MENU,
	VIZ_APP_SESSION,
	VIZ_APP_PAGE,
	VIZ_APP_PAIR,
	VIZ_APP_WHATIF,
	VIZ_APP_PREDICT
};

struct viz_app {
	const struct viz_options *options; /* borrows */
	bool ascii;
	enum viz_theme theme;
	struct viz_panes panes;            /* that the next session opens */
	bool legend, present;              /* and how it looks */
	enum viz_app_screen screen, below; /* `below`: what the page lies over */
	bool has_menu;                     /* q leads back to it */
	struct viz_menu menu;
	struct viz_progress progress;
	struct viz_page page;
	bool has_session;
	struct viz_session session;
	bool has_pair; /* lies over the session, if there is one */
	struct viz_pair pair;
	bool has_whatif; /* lies over the session */
	struct viz_whatif whatif;
	struct viz_loop_game game; /* while the policy is manual */
	bool has_predict;          /* lies over the session, if there is one */
	struct viz_predict predict;
	enum trace_fate fate;         /* of the file that is looked at, as far as it was said */
	unsigned n_sessions;          /* that were opened so far: the number of this one */
	struct viz_share *share;      /* NULL: not shared */
	struct viz_follower follower; /* of somebody else's view */
	char said[VIZ_MESSAGE_SAID];  /* what the presenter asks, "" nothing */
	unsigned n_predicts;          /* that were opened so far */
	bool has_notes;               /* the teacher's notes are shown below the timeline */
	time_t opened;                /* the session, by the wall's clock */
	bool has_ended;               /* what was followed is over */
	const struct viz_pipe
	        *pipe; /* that the recording comes by; NULL: it is whole, or a program's. borrows */
	struct viz_child child;
	size_t lesson;                   /* its place in the registry, SIZE_MAX if it has none */
	const struct scenario *scenario; /* of the session's child; NULL: a file */
	struct scn_run run;
	struct viz_strokes strokes;
	bool quit, redraw; /* wishes to the loop; it takes `redraw` back */
	int status;        /* the exit status, when it quits */
};

/* Start with the menu. */
void viz_app_init(struct viz_app *app, const struct viz_options *options, bool ascii);
void viz_app_fini(struct viz_app *app);

/* Run a lesson and look at it, instead of what was looked at. `out`: the recording to keep, or NULL. errors: an exit status,
 * and `*problem` says why; there is no session then. */
int viz_app_open_lesson(struct viz_app *app, const struct scn_run *run, const char *out,
                        struct viz_problem *problem);

/* Look at a recording. owns: takes `model`. */
void viz_app_open_model(struct viz_app *app, struct trace_model *model);

/* Look at two recordings. owns: takes what `pair` holds. */
void viz_app_open_pair(struct viz_app *app, const struct viz_pair *pair);

/* Ask the questions of a quiz. owns: takes `quiz`, and `model` (NULL: the questions bring their own runs), also on failure.
 * errors: an exit status, and `*problem` says why. */
int viz_app_open_quiz(struct viz_app *app, struct viz_quiz *quiz, struct trace_model *model,
                      struct viz_problem *problem);

/* Share the view on a socket from now on. errors: as viz_share_open. */
int viz_app_share(struct viz_app *app, const char *path, struct viz_problem *problem);

/* Follow the view that is shared on a socket: look at what the presenter looks at. errors: VIZ_EXIT_INPUT, and `*problem`
 * says why. */
int viz_app_follow(struct viz_app *app, const char *path, struct viz_problem *problem);

/* Return the path of the recording that is looked at, whose changes are worth an update; NULL for none. owns: borrows. */
const char *viz_app_file(const struct viz_app *app);

/* Return the descriptor that viz_app_ready is to be called for when it is readable, -1 for none; it may go, but never
 * comes or changes while the loop runs. */
int viz_app_fd(const struct viz_app *app);
void viz_app_ready(struct viz_app *app);
bool viz_app_is_following(const struct viz_app *app);

/* Tell followers what has just been painted. Returns whether it is to be tried again in a while. */
bool viz_app_tell(struct viz_app *app);

/* A key was pressed. */
void viz_app_key(struct viz_app *app, const struct viz_key *key);

/* Time has passed, or the child may have ended. Returns whether the picture may have changed. */
bool viz_app_update(struct viz_app *app);

/* Return how long the loop may sleep before the next update; 0: until something happens. units: ms. */
unsigned viz_app_period_ms(const struct viz_app *app);

void viz_app_paint(struct viz_app *app, struct viz_grid *grid);

#endif
