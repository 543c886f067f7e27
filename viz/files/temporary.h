/* Files that are made on the way: the log of a run that nobody asked to keep, the place of one that is kept. */
#ifndef GANTTOP_VIZ_FILES_TEMPORARY_H
#define GANTTOP_VIZ_FILES_TEMPORARY_H

#include <stddef.h>

#include "viz/text/problem.h"

/* Create an empty file in $XDG_RUNTIME_DIR, /dev/shm, $TMPDIR or /tmp, the first that takes one; rescue.h removes it if we
 * die. errors: -1, and `*problem` says why. */
int viz_temporary_create(char *path, size_t path_bytes, struct viz_problem *problem);

/* Make `path` an empty regular file, unlinking what is there: who still looks at the old recording keeps it.
 * errors: -1, and `*problem` says why. */
int viz_temporary_replace(const char *path, struct viz_problem *problem);

#endif
