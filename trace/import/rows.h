/* Rows of somebody else's trace: threads with nested slices, asynchronous spans, counters and arrows, as tasks of a recording.
 *
 * A slice becomes a task below the one that it is nested in, named by the slice; slices of one name in one place share one task. The innermost
 * slice is running, those around it wait for it, and between two slices a task waits, for what nobody knows. So at any
 * instant at most one task of a thread is running, and no time is counted twice. */
#ifndef GANTTOP_TRACE_IMPORT_ROWS_H
#define GANTTOP_TRACE_IMPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/import/pair_map.h"
#include "trace/import/sink.h"
#include "trace/import/sorter.h"

#define TRACE_ROWS_MAX   65536u /* tasks: what is beyond stays in the task around it */
#define TRACE_ROWS_DEPTH 250u   /* nested slices of a thread */

/* What happens in a trace, as kinds of records of our own. id: the thread. */
enum trace_row_kind {
	TRACE_ROW_END =
	        128,       /* a: 0 the innermost one that was begun so, else the `c` of its begin */
	TRACE_ROW_FLOW_IN, /* a: flow */
	TRACE_ROW_BEGIN,   /* a: name, c: 0 or a number, d: where */
	TRACE_ROW_FLOW_OUT,   /* a: flow */
	TRACE_ROW_SPAN_BEGIN, /* a: name, b: span */
	TRACE_ROW_SPAN_NOTE,  /* a: name, b: span */
	TRACE_ROW_SPAN_END,   /* b: span */
	TRACE_ROW_NOTE,       /* a: name */
	TRACE_ROW_MARK,       /* a: name */
	TRACE_ROW_COUNTER     /* a: name, b, c: value, d: counter */
};

struct trace_row_thread {
	uint32_t name, process; /* string id; number of the process */
	char fallback[48];      /* its name if it has none */
	uint32_t task;          /* 0: not yet */
	struct trace_row_frame *frames;
	size_t n, cap;
	uint64_t n_beyond; /* slices that are open, and nested too deeply */
	uint64_t woken_ns; /* when an arrow has come, and whom from */
	uint32_t woken_by;
};

struct trace_rows {
	struct trace_sink *sink; /* borrows */
	struct trace_row_thread *threads;
	size_t n_threads, threads_cap; /* thread 0 is none */
	struct trace_row_span *spans;
	size_t n_spans, spans_cap;
	struct trace_pair_map nodes; /* task, name -> task */
	struct trace_pair_map flows; /* flow, 0 -> the task that it leaves */
	uint32_t *process_names, *process_tasks;
	size_t n_processes, processes_cap, tasks_cap;
	uint32_t n_tasks;
	uint64_t n_left_out; /* events that have no place in the picture */
};

/* owns: borrows the sink. */
void trace_rows_init(struct trace_rows *rows, struct trace_sink *sink);
void trace_rows_fini(struct trace_rows *rows);

/* Add a thread of a process, or a process. They are numbered from 1. Returns the number, 0 without memory. */
uint32_t trace_rows_thread(struct trace_rows *rows, uint32_t process, const char *fallback);
uint32_t trace_rows_process(struct trace_rows *rows);
uint32_t trace_rows_span(struct trace_rows *rows);

/* Write what an event means; its time is that of the recording already. Events come in order. errors: TRACE_ESYSTEM, TRACE_EFORMAT with
 * the sink's flaw. */
int trace_rows_put(struct trace_rows *rows, const struct trace_record *event);

/* Write the end: how many events had no place, and that nothing comes any more. errors: as above. */
int trace_rows_end(struct trace_rows *rows);

#endif
