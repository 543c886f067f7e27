/* Predicting on the screen: the question above a timeline whose future is hidden, the class's votes, then what was predicted, what
 * happened, and why.
 *
 *  1. viz_predict_init takes a quiz, and with a model the recording that its questions are about (made questions); else each question
 *     brings its own run, which is made again when it is asked.
 *  2. A question is asked, perhaps voted on in two rounds, answered, and stays revealed until the next one is wanted.
 *  3. After the last one the score stays until it is left.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_PREDICT_H
#define GANTTOP_VIZ_CLASSROOM_PREDICT_H

#include "viz/classroom/quiz.h"
#include "viz/prompt.h"
#include "viz/session.h"

enum viz_predict_stage { VIZ_PREDICT_ASK, VIZ_PREDICT_VOTE, VIZ_PREDICT_REVEAL, VIZ_PREDICT_SCORE };

struct viz_predict {
	const struct viz_options *options; /* borrows */
	struct viz_quiz quiz;              /* owns */
	size_t at;                         /* the question */
	enum viz_predict_stage stage;
	int cursor;              /* the option under the hand */
	int round;               /* of the votes that are typed */
	struct viz_prompt votes; /* under construction */
	char notice[300];
	struct viz_session session; /* the timeline */
	bool has_session;
	const struct scenario
	        *shown; /* that the timeline is of; NULL: the recording that was given */
	bool ascii;
};

/* Begin with the first question. owns: takes `quiz`, which must have questions, and `model` (NULL: none), also on failure. errors: an
 * exit status, and `*problem` says why. */
int viz_predict_init(struct viz_predict *predict, const struct viz_options *options,
                     struct viz_quiz *quiz, struct trace_model *model, bool ascii,
                     struct viz_problem *problem);
void viz_predict_fini(struct viz_predict *predict);

/* Take a key that is part of an answer or of votes. Returns whether it was. */
bool viz_predict_type(struct viz_predict *predict, const struct viz_key *key);

/* Do what `action` means. Returns false when it was the last step: there is nothing more to show. */
bool viz_predict_act(struct viz_predict *predict, enum viz_action action,
                     const struct viz_key *key);

void viz_predict_paint(struct viz_predict *predict, struct viz_grid *grid);

#endif
