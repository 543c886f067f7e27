/* The painter's formats, as `export -f` knows them: pages with the defaults. */
#include "viz/export.h"

typedef int export_fn(const struct trace_model *model, const struct viz_export_options *options,
                      FILE *out);

static int write_with(export_fn *write, const struct trace_model *model, FILE *out,
                      struct trace_error *error)
{
	struct viz_export_options options = VIZ_EXPORT_OPTIONS_INIT;
	if (write(model, &options, out) != 0) {
		*error = (struct trace_error){.code = TRACE_ESYSTEM, .text = "out of memory"};
		return TRACE_ESYSTEM;
	}
	return trace_format_finish(out, error);
}

static int write_text(const struct trace_model *model, FILE *out, struct trace_error *error)
{
	return write_with(viz_export_text, model, out, error);
}

static int write_ansi(const struct trace_model *model, FILE *out, struct trace_error *error)
{
	return write_with(viz_export_ansi, model, out, error);
}

static int write_svg(const struct trace_model *model, FILE *out, struct trace_error *error)
{
	return write_with(viz_export_svg, model, out, error);
}

static const struct trace_format_ops formats[] = {
        {"text", "txt", "the timeline as plain text", write_text},
        {"ansi", "ans", "the timeline as text with terminal colours", write_ansi},
        {"svg", "svg", "the timeline as a picture", write_svg},
};

const struct trace_format_ops *viz_export_formats(size_t *n)
{
	*n = sizeof formats / sizeof formats[0];
	return formats;
}
