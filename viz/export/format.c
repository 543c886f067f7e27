/* The table of formats as users see it: what trace/export writes from records, then what the painter draws. */
#include "viz/export/format.h"

#include <string.h>
#include <strings.h>

#include "viz/export/asciicast.h"
#include "viz/export/export.h"
#include "viz/export/html.h"
#include "viz/export/paper.h"

static struct viz_export_options picture_of(const struct trace_export *export,
                                            const struct viz_options *options)
{
	struct viz_export_options picture = VIZ_EXPORT_OPTIONS_INIT;
	if (options->width > 0)
		picture.cols = options->width;
	if (options->cols > 0)
		picture.cols = options->cols;
	picture.rows = options->rows;
	picture.lanes = export->lanes;
	picture.from_ns = export->from_ns;
	picture.to_ns = export->to_ns == UINT64_MAX ? 0 : export->end_ns;
	picture.has_at = options->has_at;
	picture.at_ns = options->at_ns;
	picture.order = options->order;
	picture.path = options->path;
	picture.ascii = options->ascii;
	picture.theme = options->theme;
	picture.present = options->present;
	if (options->has_panes)
		picture.panes = options->panes;
	return picture;
}

static int checked(int rc, struct trace_error *error)
{
	return rc == 0 ? 0
	               : trace_error_set(error, TRACE_ESYSTEM, 0, "cannot export: out of memory");
}

static int write_text(const struct trace_export *export, const struct viz_options *options,
                      FILE *out, struct trace_error *error)
{
	struct viz_export_options picture = picture_of(export, options);
	picture.ascii = viz_paper_is_ascii(options);
	return checked(viz_export_text(export->model, &picture, out), error);
}

static int write_ansi(const struct trace_export *export, const struct viz_options *options,
                      FILE *out, struct trace_error *error)
{
	struct viz_export_options picture = picture_of(export, options);
	picture.ascii = viz_paper_is_ascii(options);
	if (options->color == VIZ_COLOR_NEVER)
		picture.depth = VIZ_DEPTH_MONO;
	return checked(viz_export_ansi(export->model, &picture, out), error);
}

static int write_svg(const struct trace_export *export, const struct viz_options *options,
                     FILE *out, struct trace_error *error)
{
	struct viz_export_options picture = picture_of(export, options);
	return checked(viz_export_svg(export->model, &picture, out), error);
}

static int write_asciicast(const struct trace_export *export, const struct viz_options *options,
                           FILE *out, struct trace_error *error)
{
	struct viz_export_options picture = picture_of(export, options);
	picture.cols = options->cols > 0 ? options->cols : options->width > 0 ? options->width : 80;
	if (options->color == VIZ_COLOR_NEVER)
		picture.depth = VIZ_DEPTH_MONO;
	return checked(viz_asciicast_write(export, &picture, options->speed_ppm, out), error);
}

static int write_html(const struct trace_export *export, const struct viz_options *options,
                      FILE *out, struct trace_error *error)
{
	enum viz_html_theme theme = !options->has_theme                 ? VIZ_HTML_SYSTEM
	                            : options->theme == VIZ_THEME_LIGHT ? VIZ_HTML_LIGHT
	                                                                : VIZ_HTML_DARK;
	return viz_html_write(export, theme, out, error);
}

static const struct viz_format painted[] = {
        {"html", "html htm", "one page that is a viewer, with the lesson's text, for a browser",
         NULL, write_html},
        {"text", "txt", "the timeline as text", NULL, write_text},
        {"ansi", "ansi ans", "the timeline as text with colours, for a terminal", NULL, write_ansi},
        {"svg", "svg", "the timeline, or a whole screen, as a picture", NULL, write_svg},
        {"asciicast", "cast", "a film of the timeline with a marker at every mark, for asciinema",
         NULL, write_asciicast},
};

bool viz_format_at(size_t index, struct viz_format *out)
{
	size_t n;
	const struct trace_format_ops *ops = trace_formats(&n);
	if (index < n) {
		ops += index;
		*out = (struct viz_format){.name = ops->name,
		                           .extension = ops->extension,
		                           .text = ops->text,
		                           .ops = ops};
		return true;
	}
	if (index - n >= sizeof painted / sizeof *painted)
		return false;
	*out = painted[index - n];
	return true;
}

/* Return how many bytes of `name` an extension of the blank-separated list matches at its end; 0: none. */
static size_t matched(const char *name, const char *extensions)
{
	size_t n_name = strlen(name), best = 0;
	while (*extensions != '\0') {
		size_t n = strcspn(extensions, " ");
		if (n_name > n + 1 && n > best && name[n_name - n - 1] == '.' &&
		    strncasecmp(name + n_name - n, extensions, n) == 0)
			best = n;
		extensions += n;
		extensions += strspn(extensions, " ");
	}
	return best;
}

struct known {
	char names[256];
};

static struct known known_formats(void)
{
	struct viz_format format;
	struct known known = {""};
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		size_t n = strlen(known.names);
		snprintf(known.names + n, sizeof known.names - n, "%s%s", i > 0 ? ", " : "",
		         format.name);
	}
	return known;
}

/* The longest extension wins: x.speedscope.json is no Chrome trace. */
static bool find_by_extension(const char *path, struct viz_format *out)
{
	struct viz_format format;
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	size_t best = 0;
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		size_t n = matched(name, format.extension);
		if (n <= best)
			continue;
		best = n;
		*out = format;
	}
	return best > 0;
}

int viz_format_find(const struct viz_options *options, struct viz_format *out,
                    struct viz_problem *problem)
{
	struct viz_format format;
	const char *name = options->format;
	if (name == NULL && options->out == NULL)
		return viz_problem_set(
		        problem, "export needs -f FORMAT, or -o FILE with an extension; known: %s",
		        known_formats().names);
	if (name == NULL && find_by_extension(options->out, out))
		return 0;
	if (name == NULL)
		return viz_problem_set(
		        problem, "no format has the extension of '%s': say -f FORMAT; known: %s",
		        options->out, known_formats().names);
	for (size_t i = 0; viz_format_at(i, &format); i++)
		if (strcmp(name, format.name) == 0) {
			*out = format;
			return 0;
		}
	return viz_problem_set(problem, "unknown format '%s'; known: %s", name,
	                       known_formats().names);
}
