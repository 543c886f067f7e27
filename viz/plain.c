/* The picture as a page of text, and a line on how it ended. */
#include "viz/plain.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "viz/export.h"
#include "viz/format_time.h"
#include "viz/narrate/narrator.h"
#include "viz/term/screen.h"

#define PLAIN_COLS 100

bool viz_plain_is_ascii(const struct viz_options *options)
{
	return options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

bool viz_plain_is_colored(const struct viz_options *options, FILE *out)
{
	const char *no_color = getenv("NO_COLOR");
	if (options->color != VIZ_COLOR_AUTO)
		return options->color == VIZ_COLOR_ALWAYS;
	if (no_color != NULL && no_color[0] != '\0')
		return false;
	return isatty(fileno(out)) && viz_screen_is_possible();
}

int viz_plain_width(const struct viz_options *options, FILE *out)
{
	struct winsize size;
	if (options->width > 0)
		return options->width;
	if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		return size.ws_col;
	return PLAIN_COLS;
}

static void print_end(const struct trace_model *model, FILE *out)
{
	char time[VIZ_TIME_BYTES];
	const char *status = trace_status_name(model->status);
	if (status == NULL)
		status = trace_reader_is_live(model->reader) ? "still running" : "killed";
	fprintf(out, "\n%s at %s\n", status, viz_format_time(time, model->t_end_ns));
}

/* A narration is no picture: it has no width and no colours. */
static int print_narration(const struct trace_model *model, FILE *out)
{
	viz_narrate_all(model, out);
	print_end(model, out);
	return 0;
}

int viz_plain_print(const struct trace_model *model, const struct viz_options *options, FILE *out)
{
	if (options->narrate)
		return print_narration(model, out);
	struct viz_export_options picture = VIZ_EXPORT_OPTIONS_INIT;
	picture.cols = viz_plain_width(options, out);
	picture.order = options->order;
	picture.ascii = viz_plain_is_ascii(options);
	int rc = viz_plain_is_colored(options, out) ? viz_export_ansi(model, &picture, out)
	                                            : viz_export_text(model, &picture, out);
	if (rc == 0)
		print_end(model, out);
	return rc;
}
