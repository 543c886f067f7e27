/* What the files of the prediction share. */
#ifndef GANTTOP_VIZ_CLASSROOM_PREDICT_PRIVATE_H
#define GANTTOP_VIZ_CLASSROOM_PREDICT_PRIVATE_H

#include "viz/classroom/predict.h"

/* What is said in the place of a picture that another question of the moment keeps back. */
#define VIZ_PREDICT_WITHHELD "comes with the answer to the next question"
#define VIZ_PREDICT_SHOW     "; Right shows it now"

/* Return the end of the axis while the future from a question's moment on is hidden: a round length, of the past and a painted
 * answer alone. units: ns. */
uint64_t viz_predict_end_ns(const struct viz_question *question);

/* Return whether question `b`, a later one, hides what question `a` is about: it stands at the same moment of the same lesson. */
bool viz_predict_is_same_moment(const struct viz_predict *predict, size_t a, size_t b);

/* Return whether the answer is known and the picture is not: another question of this moment follows. */
bool viz_predict_is_withheld(const struct viz_predict *predict);

/* Of a program that runs: hold it if it has come to the moment of `question`, which is then the moment in its own recording. Returns
 * whether it has. */
bool viz_predict_arrive(struct viz_predict *predict, struct viz_question *question);

/* Let it go on, painted as it goes, on an axis that ends where the one of `next` does (NULL: its own end). */
void viz_predict_let_go(struct viz_predict *predict, const struct viz_question *next);

/* Let it be at `question` in a moment, however far away that is; viz_predict_arrive gives it back its speed. */
void viz_predict_hurry(struct viz_predict *predict, const struct viz_question *question);

/* Give the session back, at the live edge. A program that is held stays so. */
void viz_predict_give_back(struct viz_predict *predict);

#endif
