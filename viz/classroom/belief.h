/* What a wrong answer tells about its owner, of a choice, an order or a painting. */
#ifndef GANTTOP_VIZ_CLASSROOM_BELIEF_H
#define GANTTOP_VIZ_CLASSROOM_BELIEF_H

#include "viz/classroom/quiz.h"

/* Return the belief behind the answer to a question; SCN_NO_BELIEF when it is right, not given, or tells nothing. */
enum scn_belief viz_question_belief(const struct viz_question *question);

/* Return how many cells of a painting, or places of an order, are right. */
size_t viz_question_n_right(const struct viz_question *question);

#endif
