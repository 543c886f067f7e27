/* What commands have in common that read LESSON|FILE to its end and write a page about it. */
#ifndef GANTTOP_VIZ_COMMAND_REPORT_H
#define GANTTOP_VIZ_COMMAND_REPORT_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/options/options.h"
#include "viz/text/problem.h"

/* Writes the page. Returns the exit status that what was read deserves, negative without memory. */
typedef int viz_report_writer(const struct viz_options *options, const struct trace_model *model,
                              FILE *out);

/* Open options->target, write the page to options->out (standard output if none, or "-"), and say on standard error what went
 * wrong. A recording is never replaced by a page about it. Returns the exit status of the command. */
int viz_report(const struct viz_options *options, viz_report_writer *write);

#endif
