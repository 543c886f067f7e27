/* A quiz: the prediction points of lessons, one after the other, with what was predicted, what happened, and why.
 *
 *  1. viz_quiz_add_lesson runs a lesson once under the virtual clock, to see which points are to be asked of such a run. One that needs
 *     the real clock is asked for what holds of every run.
 *  2. Each question is asked, answered once, and then known; votes of a class may be counted before.
 *  3. The quiz borrows the scenarios; it owns the rest until viz_quiz_fini.
 *
 * No screen is known here: the interactive form is predict.h, the one of plain text is quiz_plain.h.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_QUIZ_H
#define GANTTOP_VIZ_CLASSROOM_QUIZ_H

#include <stdio.h>

#include "viz/classroom/answer.h"
#include "viz/options/options.h"
#include "viz/text/problem.h"
#include "viz/text/text.h"

#define VIZ_VOTE_ROUNDS 2 /* before and after the discussion */

struct viz_question {
	const struct scenario *scenario;
	const struct scn_point *point;
	struct scn_run run; /* that shows it */
	struct viz_stop moment;
	struct viz_answer answer; /* the right one */
	/* what was predicted: an option (SCN_CHOICE, -1: none yet), options in order, letters */
	int choice;
	uint8_t order[SCN_OPTIONS_MAX];
	size_t n_order;
	char cells[SCN_CELLS_MAX + 1];
	bool is_answered;
	/* counted hands, for each round and option */
	unsigned votes[VIZ_VOTE_ROUNDS][SCN_OPTIONS_MAX];
	bool has_votes[VIZ_VOTE_ROUNDS];
};

struct viz_quiz {
	struct viz_question *questions;
	size_t n, n_room;
	struct viz_made *made; /* of a question that no lesson declares; NULL. owns */
};

/* Collect the questions of a lesson in the run that `run` describes. errors: an exit status, and `*problem` says why. */
int viz_quiz_add_lesson(struct viz_quiz *quiz, const struct viz_options *options,
                        const struct scn_run *run, struct viz_problem *problem);
void viz_quiz_fini(struct viz_quiz *quiz);

/* Write what is asked, an option, the reason, as they are to be shown for this run. Returns `text`. */
const char *viz_question_ask(const struct viz_question *question, char *text, size_t text_bytes);
const char *viz_question_option(const struct viz_question *question, size_t index, char *text,
                                size_t text_bytes);

/* Return whether all that the answer needs is there; whether it is right. */
bool viz_question_is_full(const struct viz_question *question);
bool viz_question_is_right(const struct viz_question *question);

/* Return how many of the answered questions are right. */
size_t viz_quiz_score(const struct viz_quiz *quiz);

/* Return the belief behind the answer to a question (belief.c); SCN_NO_BELIEF when it is right, not given, or tells nothing. */
enum scn_belief viz_question_belief(const struct viz_question *question);

/* Return how many cells of a painting, or places of an order, are right. */
size_t viz_question_n_right(const struct viz_question *question);

/* Append what was predicted, what happened, and the reason: the point's, and before it, of a wrong option, why that one is
 * wrong and the belief behind it. */
void viz_question_add_predicted(const struct viz_question *question, struct viz_text *text);
void viz_question_add_happened(const struct viz_question *question, struct viz_text *text);
void viz_question_add_because(const struct viz_question *question, struct viz_text *text);

/* Append the point's own reason alone, which does not tell what was predicted. */
void viz_question_add_reason(const struct viz_question *question, struct viz_text *text);

/* Read the counted hands of one round: as many numbers as there are options, between spaces or commas. errors: a status, and `*problem`
 * says what is wrong; nothing is changed then. */
int viz_question_vote(struct viz_question *question, int round, const char *line,
                      struct viz_problem *problem);

/* Write the answers as CSV, a row a question, with a head. Errors are left to ferror(). */
void viz_quiz_csv(const struct viz_quiz *quiz, FILE *out);

#endif
