/* What session.c, session_act.c and session_lanes.c share. */
#ifndef GANTTOP_VIZ_SESSION_ACT_H
#define GANTTOP_VIZ_SESSION_ACT_H

#include "viz/session.h"

/* Follow the live edge again if the playhead has come to the last transition. */
void viz_session_catch_up(struct viz_session *session);

/* Clamp the view to the model and the size of the screen. */
void viz_session_settle(struct viz_session *session);

/* Put the playhead on an event; TRACE_NONE: before the first. */
void viz_session_go_to(struct viz_session *session, uint32_t ordinal);

/* Return the place that zooming leaves in its column: the playhead's while it is in sight, else the middle's. */
uint64_t viz_session_anchor(const struct viz_session *session);

/* The deeds on lanes, of session_lanes.c. */
void viz_do_up(struct viz_session *session, const struct viz_key *key);
void viz_do_down(struct viz_session *session, const struct viz_key *key);
void viz_do_page_up(struct viz_session *session, const struct viz_key *key);
void viz_do_page_down(struct viz_session *session, const struct viz_key *key);
void viz_do_first(struct viz_session *session, const struct viz_key *key);
void viz_do_last(struct viz_session *session, const struct viz_key *key);
void viz_do_next_event(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_event(struct viz_session *session, const struct viz_key *key);
void viz_do_waker(struct viz_session *session, const struct viz_key *key);
void viz_do_wakee(struct viz_session *session, const struct viz_key *key);
void viz_do_click(struct viz_session *session, const struct viz_key *key);
void viz_do_wheel_up(struct viz_session *session, const struct viz_key *key);
void viz_do_wheel_down(struct viz_session *session, const struct viz_key *key);

#endif
