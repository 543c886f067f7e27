/* The HTML export: one page that is a viewer of its own, for a browser without a network. */
#ifndef GANTTOP_VIZ_EXPORT_HTML_H
#define GANTTOP_VIZ_EXPORT_HTML_H

#include <stdio.h>

#include "trace/export/export.h"

/* What a page may hold before a browser gives up. */
#define VIZ_HTML_SLICES_MAX 1000000u

enum viz_html_theme { VIZ_HTML_SYSTEM, VIZ_HTML_DARK, VIZ_HTML_LIGHT };

/* Write the page: the timeline, the log, and of a lesson its text and sources. Flushes.
 * errors: TRACE_ESYSTEM when the stream failed; TRACE_EFORMAT when the part has more than VIZ_HTML_SLICES_MAX states. */
int viz_html_write(const struct trace_export *export, enum viz_html_theme theme, FILE *out,
                   struct trace_error *error);

/* The parts of the page, embedded at build time from viz/html/. */
extern const char viz_html_css[], viz_html_html[], viz_html_js[];

#endif
