/* The formats of export: one row each, found by name. */
#ifndef GANTTOP_VIZ_FORMAT_H
#define GANTTOP_VIZ_FORMAT_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/cli.h"

struct viz_format {
	const char *name;
	/* Write the recording; errors of `out` are left to ferror(). Returns 0, or -1 when out of memory. */
	int (*write)(const struct trace_model *model, const struct viz_options *options, FILE *out);
};

/* Find the format `name`. errors: VIZ_EXIT_USAGE, and `*problem` lists the known ones. */
int viz_format_find(const char *name, const struct viz_format **out, struct viz_problem *problem);

#endif
