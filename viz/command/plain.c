/* The picture as a page of text, and a line on how it ended. */
#include "viz/command/plain.h"

#include <stdlib.h>
#include <string.h>

#include "viz/export/export.h"
#include "viz/text/format_time.h"
#include "viz/narrate/narrator.h"
#include "viz/export/paper.h"

static void print_end(const struct trace_model *model, FILE *out)
{
	char time[VIZ_TIME_BYTES];
	const char *status = trace_status_name(model->status);
	if (status == NULL)
		status = trace_reader_is_live(model->reader) ? "still running" : "killed";
	fprintf(out, "\n%s at %s\n", status, viz_format_time(time, model->t_end_ns));
}

/* A narration is no picture: it has no width and no colours. */
static int print_narration(const struct trace_model *model, const struct viz_options *options,
                           FILE *out)
{
	viz_narrate_all(model, out);
	if (options->path)
		viz_narrate_path(model, out);
	print_end(model, out);
	return 0;
}

int viz_plain_print(const struct trace_model *model, const struct viz_options *options, FILE *out)
{
	if (options->narrate)
		return print_narration(model, options, out);
	struct viz_export_options picture = VIZ_EXPORT_OPTIONS_INIT;
	picture.cols = viz_paper_width(options, out);
	picture.order = options->order;
	picture.path = options->path;
	picture.ascii = viz_paper_is_ascii(options);
	int rc = viz_paper_is_colored(options, out) ? viz_export_ansi(model, &picture, out)
	                                            : viz_export_text(model, &picture, out);
	if (rc == 0)
		print_end(model, out);
	return rc;
}
