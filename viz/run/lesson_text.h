/* A lesson in words: its question, text and parameters, and its source in C and in Python. */
#ifndef GANTTOP_VIZ_RUN_LESSON_TEXT_H
#define GANTTOP_VIZ_RUN_LESSON_TEXT_H

#include <stdio.h>

#include "scenarios/scenario.h"

/* Print all of it. borrows. */
void viz_lesson_text(FILE *out, const struct scenario *scenario);

/* Return a lesson's program in Python, without the comment at its top, which gives answers away; NULL if there is none.
 * owns: returns static text. */
const char *viz_lesson_program(const struct scenario *scenario);

#endif
