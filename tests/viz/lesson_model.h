/* A lesson that was run, as the model that the viewer would see. Any failure ends the test. */
#ifndef GANTTOP_TESTS_VIZ_LESSON_MODEL_H
#define GANTTOP_TESTS_VIZ_LESSON_MODEL_H

#include "scenarios/scenario.h"
#include "trace/model.h"

/* Run a lesson under the virtual clock, or the real one if it needs that, with one setting ("name=value") or none (NULL). Returns its model. owns: the caller
 * destroys it. */
struct trace_model *lesson_model(const struct scenario *lesson, const char *setting);

#endif
