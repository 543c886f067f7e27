/* Files of other formats, as recordings. */
#ifndef GANTTOP_VIZ_IMPORT_H
#define GANTTOP_VIZ_IMPORT_H

#include "trace/model.h"
#include "viz/cli.h"

/* Return whether `path` has to be converted: it is neither a recording nor something that cannot be read. */
bool viz_import_is_due(const char *path);

/* Convert the file into a temporary recording, and open that; nothing is left behind. owns: returns in `*out`. errors: VIZ_EXIT_INPUT, and
 * `*problem` says where the file is wrong. */
int viz_import_open(struct trace_model **out, const char *path, struct viz_problem *problem);

#endif
