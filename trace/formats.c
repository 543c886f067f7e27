/* The table of formats, and how a stream is finished. */
#include <errno.h>
#include <string.h>

#include "trace/chrome.h"
#include "trace/format.h"
#include "trace/jsonl.h"

static const struct trace_format_ops formats[] = {
        {"jsonl", "jsonl", "one event a line, for scripts (docs/trace-format.md)",
         trace_jsonl_write},
        {"chrome", "json", "Chrome Trace Events, for Perfetto, Tracy and speedscope",
         trace_chrome_write},
};

const struct trace_format_ops *trace_formats(size_t *n)
{
	*n = sizeof formats / sizeof *formats;
	return formats;
}

const struct trace_format_ops *trace_format_find(const struct trace_format_ops *table, size_t n,
                                                 const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

int trace_format_finish(FILE *out, struct trace_error *error)
{
	errno = 0;
	if (fflush(out) == 0 && !ferror(out))
		return TRACE_OK;
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write the export: %s",
	                       errno ? strerror(errno) : "the output failed");
}
