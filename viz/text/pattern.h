/* Patterns of search and filter: part of a name, in any case; with a capital in the pattern, in exactly that case. */
#ifndef GANTTOP_VIZ_TEXT_PATTERN_H
#define GANTTOP_VIZ_TEXT_PATTERN_H

#include <stdbool.h>

#include "trace/model.h"

#define VIZ_PATTERN_BYTES 64 /* of a pattern, its ending zero included */

/* Return whether `text` contains `pattern`; an empty pattern is in everything. */
bool viz_pattern_is_in(const char *pattern, const char *text);

/* The same for the name of a lane as people see it: "loop", "worker 1", a task's or an object's name. */
bool viz_pattern_is_in_lane(const char *pattern, const struct trace_lane *lane);

#endif
