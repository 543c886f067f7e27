/* Formats that a recording can be exported to and that need nothing but the model. The painter's are in viz/export/format.c, in the same
 * table as far as users see. */
#ifndef GANTTOP_TRACE_EXPORT_FORMAT_H
#define GANTTOP_TRACE_EXPORT_FORMAT_H

#include <stddef.h>
#include <stdio.h>

#include "trace/export/export.h"

/* What a format leaves behind. */
enum trace_format_shape {
	TRACE_FORMAT_STREAM, /* bytes, in order: a file or a pipe */
	TRACE_FORMAT_FILE,   /* a file that is written here and there */
	TRACE_FORMAT_FOLDER  /* a folder of files */
};

struct trace_format_ops {
	const char *name;      /* on the command line */
	const char *extension; /* of a file, without the dot; more of them are parted by blanks */
	const char *text;      /* one line for the help: what it is, and who opens it */
	enum trace_format_shape shape;
	/* STREAM: write and flush. errors: TRACE_ESYSTEM when the stream failed, and `*error` says why. */
	int (*write)(const struct trace_export *export, FILE *out, struct trace_error *error);
	/* FILE, FOLDER: write into `path`, which is there and empty. errors: as above. */
	int (*write_path)(const struct trace_export *export, const char *path,
	                  struct trace_error *error);
};

/* Return the formats of trace/, `*n` of them. owns: returns a static table. */
const struct trace_format_ops *trace_formats(size_t *n);

/* Flush the stream and report whether everything was written: what a write function ends with.
 * errors: TRACE_ESYSTEM. */
int trace_format_finish(FILE *out, struct trace_error *error);

#endif
