/* Statistics as a page of text, 80 columns wide. */
#ifndef GANTTOP_VIZ_COMMAND_STATS_PAGE_H
#define GANTTOP_VIZ_COMMAND_STATS_PAGE_H

#include <stdio.h>

#include "trace/analysis/path.h"
#include "trace/analysis/stats.h"
#include "viz/options/options.h"

/* Print the page. Long tables are cut, and say so. */
void viz_stats_page(const struct viz_options *options, const struct trace_stats *stats,
                    const struct trace_path *path, const struct trace_model *model, FILE *out);

#endif
