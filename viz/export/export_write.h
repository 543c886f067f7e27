/* From an export and a format to a file, a folder, or standard output. */
#ifndef GANTTOP_VIZ_EXPORT_EXPORT_WRITE_H
#define GANTTOP_VIZ_EXPORT_EXPORT_WRITE_H

#include "viz/export/format.h"

/* Write the export where the options say. What was there stays until the new one is complete.
 * errors: an exit status, and `*problem` says why; nothing is left of the new one then. */
int viz_export_write(const struct trace_export *export, const struct viz_options *options,
                     const struct viz_format *format, struct viz_problem *problem);

#endif
