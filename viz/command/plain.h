/* A recording as text, for people without a screen: the picture, the log, how it ended. */
#ifndef GANTTOP_VIZ_COMMAND_PLAIN_H
#define GANTTOP_VIZ_COMMAND_PLAIN_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/options/options.h"

/* Print the recording to `out`. Returns 0, or -1 when out of memory. */
int viz_plain_print(const struct trace_model *model, const struct viz_options *options, FILE *out);

#endif
