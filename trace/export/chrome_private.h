/* What the files of the Chrome export share. */
#ifndef GANTTOP_TRACE_EXPORT_CHROME_PRIVATE_H
#define GANTTOP_TRACE_EXPORT_CHROME_PRIVATE_H

#include "trace/export/export.h"
#include "trace/json.h"

struct trace_chrome_writer {
	const struct trace_export *export;
	const struct trace_model *model;
	FILE *out;
	bool has_events;
	uint32_t
	        ordinal; /* of the record that is written: `seq`, the order where times are equal */
};

/* Return the row of a task. */
uint32_t trace_chrome_tid(uint32_t task);

/* Begin an event; the caller closes it. */
struct trace_json trace_chrome_begin_event(struct trace_chrome_writer *c, const char *phase,
                                           uint32_t tid, const char *name);

/* Begin an event of no length in the row of the record's task, at `t_ns`. */
struct trace_json trace_chrome_begin_instant(struct trace_chrome_writer *c, uint32_t task,
                                             const struct trace_record *r, uint64_t t_ns,
                                             const char *name);

/* Write a time in microseconds with three decimals: nanoseconds survive. */
void trace_chrome_time(struct trace_json *json, const char *name, uint64_t ns);

/* Begin `args`, and end them with their event. */
struct trace_json trace_chrome_begin_args(struct trace_json *json);
void trace_chrome_end_args(struct trace_json *json, struct trace_json *args);

/* Write what a task does beside its states: a hold, a scope, a variable. Does nothing for other records. */
void trace_chrome_write_deed(struct trace_chrome_writer *c, const struct trace_record *r,
                             uint64_t t_ns);

#endif
