/* A quiz without a screen: questions and pictures as text, answers as lines. */
#ifndef GANTTOP_VIZ_CLASSROOM_QUIZ_PLAIN_H
#define GANTTOP_VIZ_CLASSROOM_QUIZ_PLAIN_H

#include "viz/classroom/quiz.h"

/* Ask every question on `out` and read the answers from `in`: the number of an option; for an order the numbers in order; for cells
 * their letters. An empty line skips; a line that is none of it is said to be, and asked for again; at the end of `in` the rest stays
 * unanswered. */
void viz_quiz_ask(struct viz_quiz *quiz, FILE *in, FILE *out);

#endif
