/* Files of other formats, as recordings. */
#ifndef GANTTOP_VIZ_RUN_IMPORT_H
#define GANTTOP_VIZ_RUN_IMPORT_H

#include <stdbool.h>

#include "viz/files/temporary.h"
#include "viz/text/problem.h"

/* Return whether `path` has to be converted: it is neither a recording nor something that cannot be read. */
bool viz_import_is_due(const char *path);

/* Convert the file into a temporary recording. owns: the caller drops it once it has it open. errors: VIZ_EXIT_INPUT, and `*problem` says
 * where the file is wrong; nothing is left then. */
int viz_import_convert(const char *path, struct viz_temporary *log, struct viz_problem *problem);

#endif
