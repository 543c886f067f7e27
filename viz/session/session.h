/* A session: one recording on the screen, and what keys do to it and to the program behind it.
 *
 *  1. viz_session_init takes a model; the session owns it until viz_session_fini.
 *  2. viz_session_update reads what is new; viz_session_act does what a key means. Neither waits.
 *  3. A session has a program (its child), a live recording of somebody else's, or a finished file; the mode
 *     says which, and is worked out at every update.
 *
 * No terminal and no event loop are known here, so tests drive it with keys.
 */
#ifndef GANTTOP_VIZ_SESSION_SESSION_H
#define GANTTOP_VIZ_SESSION_SESSION_H

#include "viz/input/action.h"
#include "viz/run/child.h"
#include "viz/view/history.h"
#include "viz/explain/judgement.h"
#include "viz/painter/kept_rows.h"
#include "viz/input/key.h"
#include "viz/input/prompt.h"
#include "viz/view/source_text.h"
#include "viz/painter/scene.h"

/* What the mouse is dragging, from where its button went down. */
struct viz_drag {
	enum { VIZ_DRAG_NONE, VIZ_DRAG_PAN, VIZ_DRAG_MEASURE } kind;
	int col;                /* of the press */
	struct viz_view before; /* the view before it */
};

/* What was settled last, and for what; 0 rows: nothing. */
struct viz_settled {
	struct viz_view view;
	int rows, cols;
	size_t n_events;
};

struct viz_session {
	struct trace_model *model; /* owns */
	struct trace_gate
	        *gate; /* NULL: the program cannot be held. borrows from the model's reader */
	struct viz_child *child; /* NULL: a file. borrows */
	struct viz_view view;
	struct viz_settled settled;
	enum viz_mode mode;
	bool is_guest; /* it follows a presenter, who says whether the program is held */
	bool told_held;
	bool holds;         /* we shut the gate */
	uint32_t speed_ppm; /* wanted speed of a paced run; 0: not paced */
	bool stepping;      /* a step was allowed and has not been seen to end */
	uint32_t step_from; /* the last event when it was allowed; TRACE_NONE: none yet */
	unsigned n_slices; /* of a recording that is still being read; 0: all of it has been read */
	double converted; /* how much of the file is in the recording: 1, or less while it is read */
	bool is_judging;  /* all has been read, and not all judged */
	bool damaged;     /* the recording cannot be read further */
	bool reported;    /* the child's end has been put into `status` */
	const struct trace_model *shadow; /* of viz_scene */
	const uint32_t *shadow_of;
	const char *name; /* what it is called at the top, NULL: the run's name. borrows */
	char status[512]; /* one line that stays; "" none */
	char notice[600]; /* one line until the next key; "" none */
	struct viz_history history;
	struct viz_prompt prompt;       /* what is being typed */
	struct viz_view before_prompt;  /* the view that Esc goes back to */
	char search[VIZ_PATTERN_BYTES]; /* what n and N look for; "": nothing */
	struct viz_source_text source;
	struct viz_drag drag;
	struct viz_judgement judgement;
	struct viz_kept_rows *kept; /* NULL: without memory, all is painted anew. owns */
	struct viz_scroll_limits scroll_limits[VIZ_PANE_COUNT]; /* as the panes were painted last */
	int rows, cols;                                         /* of the screen */
};

/* Look at `model`. `speed_ppm` is that of a paced run that we started, 0 if we did not. owns: takes `model`; borrows `child`
 * (NULL: a file), which must outlive the session. */
void viz_session_init(struct viz_session *session, struct trace_model *model,
                      struct viz_child *child, uint32_t speed_ppm);
void viz_session_fini(struct viz_session *session);

/* Read what was published (a slice of it, if it is much), follow the mode, finish a pending step. Returns whether the picture may have changed. */
bool viz_session_update(struct viz_session *session);

/* Return whether a part of the recording is still to be read, although it is there, or to be judged: the next updates do that. */
bool viz_session_is_behind(const struct viz_session *session);

/* Return whether the recording has not ended, or is not read to its end. */
bool viz_session_has_more_to_come(const struct viz_session *session);

/* Return whether the picture moves by itself: it is to be painted again and again. */
bool viz_session_is_moving(const struct viz_session *session);

/* Do what `action` means; `key` says where the mouse was. Actions that are not about the timeline do nothing; for VIZ_ACTION_NONE a
 * notice says that the key means nothing here. */
void viz_session_act(struct viz_session *session, enum viz_action action,
                     const struct viz_key *key);

/* While a line is typed, take the key as text. Returns false when none is: the key is for viz_session_act. */
bool viz_session_type(struct viz_session *session, const struct viz_key *key);

/* Return the place whose keys apply now: the help page or the mode. */
unsigned viz_session_where(const struct viz_session *session);

/* Follow the live edge again if the playhead has come to the last transition. */
void viz_session_catch_up(struct viz_session *session);

/* Clamp the view to the model and the size of the screen. */
void viz_session_settle(struct viz_session *session);

/* Paint the screen, whose size becomes the session's. */
void viz_session_paint(struct viz_session *session, struct viz_grid *grid);

/* The same on `rows` rows of a larger screen, from `row` on; what is above and below them stays. Nothing is painted on less than one row. */
void viz_session_paint_rows(struct viz_session *session, struct viz_grid *grid, int row, int rows);

#endif
