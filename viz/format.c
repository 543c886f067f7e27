/* The table of formats: what trace/ writes from records, and what the painter draws. */
#include "viz/format.h"

#include <string.h>

#include "trace/chrome.h"
#include "trace/jsonl.h"
#include "viz/export.h"
#include "viz/plain.h"

static struct viz_export_options picture_of(const struct viz_options *options)
{
	struct viz_export_options picture = VIZ_EXPORT_OPTIONS_INIT;
	if (options->width > 0)
		picture.cols = options->width;
	if (options->cols > 0)
		picture.cols = options->cols;
	picture.rows = options->rows;
	picture.has_at = options->has_at;
	picture.at_ns = options->at_ns;
	picture.order = options->order;
	picture.ascii = options->ascii;
	picture.light = options->light;
	return picture;
}

static int write_jsonl(const struct trace_model *model, const struct viz_options *options,
                       FILE *out)
{
	struct trace_error error;
	(void)options;
	trace_jsonl_write(model, out, &error);
	return 0;
}

static int write_chrome(const struct trace_model *model, const struct viz_options *options,
                        FILE *out)
{
	struct trace_error error;
	(void)options;
	trace_chrome_write(model, out, &error);
	return 0;
}

static int write_text(const struct trace_model *model, const struct viz_options *options, FILE *out)
{
	struct viz_export_options picture = picture_of(options);
	picture.ascii = viz_plain_is_ascii(options);
	return viz_export_text(model, &picture, out);
}

static int write_ansi(const struct trace_model *model, const struct viz_options *options, FILE *out)
{
	struct viz_export_options picture = picture_of(options);
	picture.ascii = viz_plain_is_ascii(options);
	if (options->color == VIZ_COLOR_NEVER)
		picture.depth = VIZ_DEPTH_MONO;
	return viz_export_ansi(model, &picture, out);
}

static int write_svg(const struct trace_model *model, const struct viz_options *options, FILE *out)
{
	struct viz_export_options picture = picture_of(options);
	return viz_export_svg(model, &picture, out);
}

static const struct viz_format formats[] = {
        {"jsonl", write_jsonl},   {"text", write_text}, {"ansi", write_ansi},
        {"chrome", write_chrome}, {"svg", write_svg},
};
#define KNOWN "jsonl, text, ansi, chrome, svg"

int viz_format_find(const char *name, const struct viz_format **out, struct viz_problem *problem)
{
	if (name == NULL)
		return viz_problem_set(problem, "export needs -f FORMAT; known: " KNOWN);
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(name, formats[i].name) == 0) {
			*out = &formats[i];
			return 0;
		}
	return viz_problem_set(problem, "unknown format '%s'; known: " KNOWN, name);
}
