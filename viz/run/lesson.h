/* What the user means by LESSON and by LESSON|FILE, and how the lesson is to be run. A program of the little language, FILE.gts, is
 * used like a lesson. */
#ifndef GANTTOP_VIZ_RUN_LESSON_H
#define GANTTOP_VIZ_RUN_LESSON_H

#include "scenarios/scenario.h"
#include "viz/options/options.h"
#include "viz/text/problem.h"

/* Return whether LESSON|FILE is a recording: it exists, ends in .gtt, or has a slash. Lessons and programs go first. */
bool viz_lesson_is_file(const char *target);

/* Find the lesson `name`, or load the program of that path. owns: `*out` is given back with viz_lesson_drop.
 * errors: VIZ_EXIT_USAGE, and `*problem` names the nearest ones; VIZ_EXIT_INPUT, a program that cannot be read. */
int viz_lesson_find(const char *name, const struct scenario **out, struct viz_problem *problem);
void viz_lesson_drop(const struct scenario *scenario);

/* Describe the run that the options ask for, under `clock` if they say none. The log is left to the caller.
 * errors: VIZ_EXIT_USAGE, a parameter or a clock that the lesson cannot take. */
int viz_lesson_run(const struct viz_options *options, const struct scenario *scenario,
                   unsigned clock, struct scn_run *run, struct viz_problem *problem);

/* Return whether a lesson belongs to the chapter that `word` names: "3", "3 Sharing", "sharing". */
bool viz_lesson_is_in(const struct scenario *scenario, const char *word);

/* Return the chapter that `word` names, NULL if none. owns: static. */
const char *viz_lesson_chapter(const char *word);

#endif
