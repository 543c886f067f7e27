/* The sources of the lessons, inside the program: `explain` and the code pane show them without looking for
 * a file. The table is written at build time from scenarios/NAME.c and scenarios/python/NAME.py. */
#ifndef GANTTOP_SCENARIOS_EMBEDDED_H
#define GANTTOP_SCENARIOS_EMBEDDED_H

#include <stddef.h>

struct scn_embedded {
	const char *path; /* from the root of the repository: "scenarios/python/wait_for.py" */
	const char *text; /* the whole file */
};

extern const struct scn_embedded scn_embedded[];
extern const size_t scn_n_embedded;

#endif
