/* The asciicast export: a film of the timeline, for asciinema and for web pages. */
#ifndef GANTTOP_VIZ_EXPORT_ASCIICAST_H
#define GANTTOP_VIZ_EXPORT_ASCIICAST_H

#include "trace/export/export.h"
#include "viz/export/export.h"

/* Write an asciicast of version 2: twenty frames a second, of which what changes is written, a marker at every MARK. Time is the
 * recording's, divided by the speed.
 * Errors of `out` are left to ferror(). errors: -1 when out of memory. source: docs.asciinema.org, asciicast v2. */
int viz_asciicast_write(const struct trace_export *export, const struct viz_export_options *options,
                        uint32_t speed_ppm, FILE *out);

#endif
