/* The formats of export, as users see them: those of trace/export that need only the model, then the painter's. */
#ifndef GANTTOP_VIZ_EXPORT_FORMAT_H
#define GANTTOP_VIZ_EXPORT_FORMAT_H

#include <stdio.h>

#include "trace/export/format.h"
#include "viz/options/options.h"
#include "viz/text/problem.h"

struct viz_format {
	const char *name;
	const char *extension; /* of files, without the dot; more of them are parted by blanks */
	const char *text;      /* one line for the help */
	const struct trace_format_ops *ops; /* the format of trace/export; NULL: the painter's */
	/* Paint the recording; errors of `out` are left to ferror(). errors: a negative code, and `*error` says why. */
	int (*paint)(const struct trace_export *export, const struct viz_options *options,
	             FILE *out, struct trace_error *error);
};

/* Return the format at `index`; false when there are not so many. */
bool viz_format_at(size_t index, struct viz_format *out);

/* Find the format that the options ask for: by its name, else by the extension of the output's name.
 * errors: VIZ_EXIT_USAGE, and `*problem` lists the known ones. */
int viz_format_find(const struct viz_options *options, struct viz_format *out,
                    struct viz_problem *problem);

#endif
