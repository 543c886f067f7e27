/* Questions made on the spot, from any recording: who runs next, what wakes this task, when does it run again, when does it end, how long
 * does it all take. The wrong options are things of the same recording, so that they are plausible. */
#ifndef GANTTOP_VIZ_CLASSROOM_MADE_H
#define GANTTOP_VIZ_CLASSROOM_MADE_H

#include "viz/classroom/quiz.h"

#define VIZ_MADE_TEXT_BYTES 96

/* The texts that a made point refers to. */
struct viz_made {
	struct scn_point point;
	char ask[200], because[300];
	char options[SCN_OPTIONS_MAX][VIZ_MADE_TEXT_BYTES];
};

/* Make the questions about `lane` (a task) at event `ordinal` of a recording that has ended: those that it can answer, and that
 * have at least one wrong option. The same recording, lane and moment give the same questions. owns: the quiz keeps what they refer
 * to. errors: VIZ_EXIT_USAGE when there is nothing to ask there, VIZ_EXIT_FAILED out of memory; `*problem` says why. */
int viz_quiz_add_made(struct viz_quiz *quiz, const struct trace_model *model, uint32_t lane,
                      uint32_t ordinal, struct viz_problem *problem);

#endif
