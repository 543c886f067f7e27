/* Formats that a recording can be exported to. The ones that need nothing but the model are here; the painter's are in viz/. */
#ifndef GANTTOP_TRACE_FORMAT_H
#define GANTTOP_TRACE_FORMAT_H

#include <stddef.h>
#include <stdio.h>

#include "trace/error.h"
#include "trace/model.h"

struct trace_format_ops {
	const char *name;      /* on the command line */
	const char *extension; /* of a file, without the dot */
	const char *text;      /* one line for the help */
	/* Write the whole recording. errors: TRACE_ESYSTEM when the stream failed, and `*error` says why. */
	int (*write)(const struct trace_model *model, FILE *out, struct trace_error *error);
};

/* Return the formats of trace/, `*n` of them. owns: returns a static table. */
const struct trace_format_ops *trace_formats(size_t *n);

/* Return the format `name` of the table, NULL when it has none. */
const struct trace_format_ops *trace_format_find(const struct trace_format_ops *table, size_t n,
                                                 const char *name);

/* Flush the stream and report whether everything was written: what a write function ends with.
 * errors: TRACE_ESYSTEM. */
int trace_format_finish(FILE *out, struct trace_error *error);

#endif
