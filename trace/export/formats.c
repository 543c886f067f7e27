/* The table of formats, and how a stream is finished. */
#include <errno.h>
#include <string.h>

#include "trace/export/chrome.h"
#include "trace/export/csv.h"
#include "trace/export/ctf.h"
#include "trace/export/format.h"
#include "trace/export/jsonl.h"
#include "trace/export/mermaid.h"
#include "trace/export/otlp.h"
#include "trace/export/perfetto.h"
#include "trace/export/speedscope.h"
#include "trace/export/sqlite.h"

static const struct trace_format_ops formats[] = {
        {.name = "jsonl",
         .extension = "jsonl",
         .text = "one event a line, for scripts (docs/trace-format.md)",
         .write = trace_jsonl_write},
        {.name = "csv",
         .extension = "csv",
         .text = "one row an interval, for spreadsheets and data frames",
         .write = trace_csv_write},
        {.name = "chrome",
         .extension = "json",
         .text = "Chrome Trace Events, for Perfetto, Tracy and speedscope",
         .write = trace_chrome_write},
        {.name = "perfetto",
         .extension = "pftrace perfetto-trace",
         .text = "tracks, arrows, counters and a scheduler, for ui.perfetto.dev",
         .write = trace_perfetto_write},
        {.name = "speedscope",
         .extension = "speedscope.json",
         .text = "a profile a lane, for speedscope.app",
         .write = trace_speedscope_write},
        {.name = "ctf",
         .extension = "ctf",
         .text = "a folder in Common Trace Format 1.8, for babeltrace2, Trace Compass",
         .shape = TRACE_FORMAT_FOLDER,
         .write_path = trace_ctf_write},
        {.name = "sqlite",
         .extension = "sqlite db sqlite3",
         .text = "a database with tables and views, for sqlite3",
         .shape = TRACE_FORMAT_FILE,
         .write_path = trace_sqlite_write},
        {.name = "otlp",
         .extension = "otlp.json otlp.jsonl",
         .text = "a span a task in OpenTelemetry's JSON, for Jaeger and collectors",
         .write = trace_otlp_write},
        {.name = "mermaid",
         .extension = "mmd mermaid",
         .text = "a Gantt chart as text, for Markdown",
         .write = trace_mermaid_write},
};

const struct trace_format_ops *trace_formats(size_t *n)
{
	*n = sizeof formats / sizeof *formats;
	return formats;
}

int trace_format_finish(FILE *out, struct trace_error *error)
{
	/* A write that has failed left its reason; a flush that fails leaves its own. */
	if (!ferror(out))
		errno = 0;
	if (fflush(out) == 0 && !ferror(out))
		return TRACE_OK;
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot write the export: %s",
	                       errno ? strerror(errno) : "the output failed");
}
