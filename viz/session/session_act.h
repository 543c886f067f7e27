/* What session.c, session_act.c and session_lanes.c share. */
#ifndef GANTTOP_VIZ_SESSION_SESSION_ACT_H
#define GANTTOP_VIZ_SESSION_SESSION_ACT_H

#include "viz/painter/layout.h"
#include "viz/session/session.h"

/* Put the playhead on an event; TRACE_NONE: before the first. */
void viz_session_go_to(struct viz_session *session, uint32_t ordinal);

/* Return the place that zooming leaves in its column: the playhead's while it is in sight, else the middle's. */
uint64_t viz_session_anchor(const struct viz_session *session);

/* Say one line until the next key. */
void viz_session_say(struct viz_session *session, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* The deeds on rows, of session_rows.c. */
void viz_do_fold(struct viz_session *session, const struct viz_key *key);
void viz_do_fold_all(struct viz_session *session, const struct viz_key *key);
void viz_do_pin(struct viz_session *session, const struct viz_key *key);
void viz_do_hide(struct viz_session *session, const struct viz_key *key);
void viz_do_hide_done(struct viz_session *session, const struct viz_key *key);
void viz_do_sort(struct viz_session *session, const struct viz_key *key);
void viz_do_show_all(struct viz_session *session, const struct viz_key *key);

/* Panes, of session_panes.c. */
void viz_do_log(struct viz_session *session, const struct viz_key *key);
void viz_do_state(struct viz_session *session, const struct viz_key *key);
void viz_do_source(struct viz_session *session, const struct viz_key *key);
void viz_do_metrics(struct viz_session *session, const struct viz_key *key);
void viz_do_higher(struct viz_session *session, const struct viz_key *key);
void viz_do_lower(struct viz_session *session, const struct viz_key *key);
void viz_do_pane(struct viz_session *session, const struct viz_key *key);

/* Give the keys back to the lanes, and show every pane from its beginning. Returns false if the lanes have them already. */
bool viz_session_leave_pane(struct viz_session *session);

/* Scroll the pane that has the keys, down by `by` rows. Returns false if none has. */
bool viz_session_scroll(struct viz_session *session, int by);

/* Return the pane under the pointer, VIZ_PANE_COUNT if there is none; give one the keys and scroll it. */
enum viz_pane viz_session_pane_at(const struct viz_layout *layout, const struct viz_key *key);
void viz_session_scroll_pane(struct viz_session *session, enum viz_pane pane, int by);

/* Search, filter and times, of session_find.c. */
void viz_do_search(struct viz_session *session, const struct viz_key *key);
void viz_do_filter(struct viz_session *session, const struct viz_key *key);
void viz_do_go_to(struct viz_session *session, const struct viz_key *key);
void viz_do_next_match(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_match(struct viz_session *session, const struct viz_key *key);

/* Travelling, of session_travel.c. */
void viz_do_next_iteration(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_iteration(struct viz_session *session, const struct viz_key *key);
void viz_do_next_finding(struct viz_session *session, const struct viz_key *key);
void viz_do_path(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_finding(struct viz_session *session, const struct viz_key *key);
void viz_do_mark(struct viz_session *session, const struct viz_key *key);
void viz_do_unmark_all(struct viz_session *session, const struct viz_key *key);
void viz_do_next_mark(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_mark(struct viz_session *session, const struct viz_key *key);
void viz_do_undo(struct viz_session *session, const struct viz_key *key);
void viz_do_redo(struct viz_session *session, const struct viz_key *key);

/* The deeds on lanes, of session_lanes.c. */
void viz_do_up(struct viz_session *session, const struct viz_key *key);
void viz_do_down(struct viz_session *session, const struct viz_key *key);
void viz_do_page_up(struct viz_session *session, const struct viz_key *key);
void viz_do_page_down(struct viz_session *session, const struct viz_key *key);
void viz_do_first(struct viz_session *session, const struct viz_key *key);
void viz_do_last(struct viz_session *session, const struct viz_key *key);
void viz_do_why(struct viz_session *session, const struct viz_key *key);
void viz_do_next_event(struct viz_session *session, const struct viz_key *key);
void viz_do_previous_event(struct viz_session *session, const struct viz_key *key);
void viz_do_waker(struct viz_session *session, const struct viz_key *key);
void viz_do_wakee(struct viz_session *session, const struct viz_key *key);
void viz_do_click(struct viz_session *session, const struct viz_key *key);
void viz_do_drag(struct viz_session *session, const struct viz_key *key);
void viz_do_right_click(struct viz_session *session, const struct viz_key *key);
void viz_do_double_click(struct viz_session *session, const struct viz_key *key);
void viz_do_wheel_up(struct viz_session *session, const struct viz_key *key);
void viz_do_wheel_down(struct viz_session *session, const struct viz_key *key);

#endif
