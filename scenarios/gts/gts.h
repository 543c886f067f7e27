/* Programs of the little language (docs/language.md): loading one gives a scenario that is run like any lesson. */
#ifndef GANTTOP_SCENARIOS_GTS_GTS_H
#define GANTTOP_SCENARIOS_GTS_GTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "scenarios/scenario.h"

/* Return whether `target`, a word of the command line, means a program: it ends in .gts. */
bool gts_is_program(const char *target);

/* Read, parse and check a program; the path "-" is standard input. Its scenario has the path as its name, and its `param` lines as parameters; scn_run runs it.
 * owns: `*out` is given back with gts_unload. errors: -1, and `why` has one line: the system's reason, or
 * `FILE:LINE:COL: expected X, found Y`. */
int gts_load(const struct scenario **out, const char *path, char *why, size_t why_bytes);

/* Free what gts_load gave. gts_unload(NULL) does nothing; so does unloading a lesson. */
void gts_unload(const struct scenario *scenario);

/* Run the program of run->args in this process and write one line a step, `TIME TASK TEXT`, to `out` (NULL: nothing). Returns the exit
 * status: 0 well, 1 the run failed or deadlocked. */
int gts_run(const struct scn_run *run, FILE *out);

#endif
