/* Predicting on the screen: the question above a timeline whose future is hidden, the class's votes, then what was predicted, what
 * happened, and why.
 *
 *  1. viz_predict_init takes a quiz, and with a model the recording that its questions are about (made questions); else each question
 *     brings its own run, which is made again when it is asked. viz_predict_init_live asks the questions of a program that runs on the
 *     screen: it is held at each of them, and let go when the answer is there.
 *  2. A question is asked, perhaps voted on in two rounds, answered, and stays revealed until the next one is wanted. Until then
 *     nothing behind its moment is painted; afterwards nothing behind the moment of the next. Where that is the same moment, the
 *     picture comes with the last answer of it, beside all that was predicted; or at once, if the class wants to see it.
 *  3. After the last one the score stays until it is left.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_PREDICT_H
#define GANTTOP_VIZ_CLASSROOM_PREDICT_H

#include "viz/classroom/quiz.h"
#include "viz/input/prompt.h"
#include "viz/session/session.h"

enum viz_predict_stage {
	VIZ_PREDICT_RUN, /* the program is on its way to the question */
	VIZ_PREDICT_ASK,
	VIZ_PREDICT_VOTE,
	VIZ_PREDICT_REVEAL,
	VIZ_PREDICT_SCORE
};

struct viz_predict {
	const struct viz_options *options; /* borrows */
	struct viz_quiz quiz;              /* owns */
	size_t at;                         /* the question */
	enum viz_predict_stage stage;
	int cursor;              /* the option under the hand */
	int round;               /* of the votes that are typed */
	struct viz_prompt votes; /* under construction */
	char notice[300];
	struct viz_session *session; /* the timeline: `own`, or of the program that runs. borrows */
	struct viz_session own;
	bool has_own;
	unsigned n_own;  /* the timelines of its own until now */
	bool is_live;    /* the program runs */
	bool is_at_next; /* it has come to the question after this one */
	bool is_ahead;   /* the class wanted to see it before the other questions of the moment */
	struct viz_view before; /* the view that its timeline is given back with */
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

/* Begin with the first question, asked of the program behind `session`, which has not begun and whose lesson `quiz` is about. owns: takes
 * `quiz`; borrows `session`, and gives it back with the view that it had. */
void viz_predict_init_live(struct viz_predict *predict, const struct viz_options *options,
                           struct viz_quiz *quiz, struct viz_session *session, bool ascii);

/* The session has been updated: hold its program if it has come to a question. Returns whether the picture may have changed. */
bool viz_predict_update(struct viz_predict *predict);

/* Take a key that is part of an answer or of votes. Returns whether it was. */
bool viz_predict_type(struct viz_predict *predict, const struct viz_key *key);

/* Do what `action` means. Returns false when it was the last step: there is nothing more to show. */
bool viz_predict_act(struct viz_predict *predict, enum viz_action action,
                     const struct viz_key *key);

/* Append what a class is to read, in lines: the question and its options; then what happened, and why. The votes are the teacher's. */
void viz_predict_say(const struct viz_predict *predict, struct viz_text *text);

/* Append what is read aloud of it, in lines: the question and how to answer it, how it turned out, the score. */
void viz_predict_read(const struct viz_predict *predict, struct viz_text *text);

/* Append what is typed of an answer or of votes, and what is wrong with it; nothing when there is none. */
void viz_predict_read_typed(const struct viz_predict *predict, struct viz_text *text);

void viz_predict_paint(struct viz_predict *predict, struct viz_grid *grid);

#endif
