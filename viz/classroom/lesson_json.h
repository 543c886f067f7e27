/* A lesson as one JSON object: everything that it is made of but its sources. */
#ifndef GANTTOP_VIZ_CLASSROOM_LESSON_JSON_H
#define GANTTOP_VIZ_CLASSROOM_LESSON_JSON_H

#include <stdio.h>

#include "scenarios/scenario.h"

/* Write the lesson. Times are in ms, `null` and empty arrays stand where there is nothing. Errors of `out` are left to ferror(). */
void viz_lesson_json(FILE *out, const struct scenario *scenario);

#endif
