/* Where the sources of a lesson stand in the repository. */
#ifndef GANTTOP_SCENARIOS_SOURCES_H
#define GANTTOP_SCENARIOS_SOURCES_H

#include <stddef.h>

#include "scenarios/scenario.h"

enum scn_source {
	SCN_SOURCE_C,
	SCN_SOURCE_PYTHON,
	SCN_SOURCE_PYTHON_RENAMED, /* the twin of a lesson whose name Python's library has too */
};

/* Write the path of a source, from the root of the repository, into `path`, cut if it does not fit. */
void scn_source_path(char *path, size_t path_bytes, const struct scenario *scenario,
                     enum scn_source source);

#endif
