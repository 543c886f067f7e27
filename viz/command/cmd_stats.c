/* `stats LESSON|FILE`: what the picture says, in numbers. */
#include "viz/command/commands.h"

#include "trace/analysis/stats_json.h"
#include "viz/command/report.h"
#include "viz/command/stats_page.h"

static int write_page(const struct viz_options *options, const struct trace_model *model, FILE *out)
{
	struct trace_stats stats;
	struct trace_path path;
	if (trace_stats_make(&stats, model) != TRACE_OK)
		return -1;
	if (trace_path_find(&path, model) != TRACE_OK) {
		trace_stats_fini(&stats);
		return -1;
	}
	if (options->json)
		trace_stats_write_json(&stats, &path, model, options->target, out);
	else
		viz_stats_page(options, &stats, &path, model, out);
	trace_path_fini(&path);
	trace_stats_fini(&stats);
	return VIZ_EXIT_OK;
}

int viz_cmd_stats(const struct viz_options *options)
{
	return viz_report(options, write_page);
}
