/* The narrator: a session as linear text, one sentence an event, for those who listen instead of looking, and for handouts.
 *
 *  1. viz_narrator_open says what is looked at.
 *  2. After every update and every key viz_narrator_tell says what has changed since: events, the selected lane, answers.
 *
 * No terminal is known here; whoever holds the narrator prints its text wherever it is to be read.
 */
#ifndef GANTTOP_VIZ_NARRATE_NARRATOR_H
#define GANTTOP_VIZ_NARRATE_NARRATOR_H

#include <stdio.h>

#include "viz/session/session.h"

struct viz_narrator {
	FILE *out;                       /* borrows */
	const struct viz_session *about; /* the session that was told of last, to know a new one */
	const struct trace_model *model; /* its model */
	uint32_t at;                     /* the event that was said last; TRACE_NONE: none */
	uint32_t told;                   /* events before this one have been said once */
	uint32_t selected;
	bool path; /* the critical path has been told */
	enum viz_mode mode;
	char notice[600], status[512];
};

/* Begin to tell of a session: its title, its question, and how many tasks there are. */
void viz_narrator_open(struct viz_narrator *narrator, const struct viz_session *session, FILE *out);

/* A key is about to be pressed: an answer to it is said, even if it is the last one again. */
void viz_narrator_hear(struct viz_narrator *narrator);

/* Say what has changed. */
void viz_narrator_tell(struct viz_narrator *narrator, const struct viz_session *session);

/* Print the critical path: how long it is and of what, then its parts. */
void viz_narrate_path(const struct trace_model *model, FILE *out);

/* Print the events of a whole recording, and its end. */
void viz_narrate_all(const struct trace_model *model, FILE *out);

#endif
