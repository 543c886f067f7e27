/* The stacks of threads, and what opening and closing a slice means for the tasks around it.
 *
 * Rejected: a task for each slice (a profile has millions of them), and one task a thread with the slices as its log (nobody can see
 * anything in that).
 */
#include "trace/import/rows.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"

struct trace_row_frame {
	uint32_t task;   /* 0: it has none of its own */
	uint32_t number; /* as in TRACE_ROW_BEGIN */
	bool is_closed;  /* one within it is still open */
};

struct trace_row_span {
	uint32_t task, depth;
};

void trace_rows_init(struct trace_rows *rows, struct trace_sink *sink)
{
	*rows = (struct trace_rows){.sink = sink};
}

void trace_rows_fini(struct trace_rows *rows)
{
	for (size_t i = 0; i < rows->n_threads; i++)
		free(rows->threads[i].frames);
	free(rows->threads);
	free(rows->spans);
	free(rows->process_names);
	free(rows->process_tasks);
	trace_pair_map_fini(&rows->nodes);
	trace_pair_map_fini(&rows->flows);
	*rows = (struct trace_rows){.sink = NULL};
}

uint32_t trace_rows_thread(struct trace_rows *rows, uint32_t process, const char *fallback)
{
	if (trace_array_reserve(&rows->threads, rows->n_threads, &rows->threads_cap,
	                        sizeof *rows->threads))
		return 0;
	struct trace_row_thread *thread = &rows->threads[rows->n_threads];
	*thread = (struct trace_row_thread){.process = process};
	size_t n = strnlen(fallback, sizeof thread->fallback - 1);
	memcpy(thread->fallback, fallback, n);
	return (uint32_t)++rows->n_threads;
}

uint32_t trace_rows_process(struct trace_rows *rows)
{
	if (trace_array_reserve(&rows->process_names, rows->n_processes, &rows->processes_cap,
	                        sizeof *rows->process_names) ||
	    trace_array_reserve(&rows->process_tasks, rows->n_processes, &rows->tasks_cap,
	                        sizeof *rows->process_tasks))
		return 0;
	rows->process_names[rows->n_processes] = 0;
	rows->process_tasks[rows->n_processes] = 0;
	return (uint32_t)++rows->n_processes;
}

uint32_t trace_rows_span(struct trace_rows *rows)
{
	if (trace_array_reserve(&rows->spans, rows->n_spans, &rows->spans_cap, sizeof *rows->spans))
		return 0;
	rows->spans[rows->n_spans] = (struct trace_row_span){0, 0};
	return (uint32_t)++rows->n_spans;
}

/* ---- tasks */

static int put_task(struct trace_rows *rows, uint64_t t_ns, uint32_t name, uint32_t parent,
                    uint32_t *task)
{
	*task = ++rows->n_tasks;
	return trace_sink_put(rows->sink, (struct trace_record){.t_ns = t_ns,
	                                                        .kind = TRACE_TASK,
	                                                        .id = *task,
	                                                        .a = name,
	                                                        .b = parent});
}

static int put_state(struct trace_rows *rows, uint64_t t_ns, uint32_t task, enum trace_state state,
                     uint32_t awaits, uint32_t where)
{
	return trace_sink_put(rows->sink, (struct trace_record){.t_ns = t_ns,
	                                                        .kind = TRACE_STATE,
	                                                        .id = task,
	                                                        .sub = (uint8_t)state,
	                                                        .arg = awaits ? TRACE_ON_TASK : 0,
	                                                        .a = awaits,
	                                                        .d = where});
}

/* A process has a task of its own only if it has a name. */
static int process_task(struct trace_rows *rows, uint64_t t_ns, uint32_t process, uint32_t *task)
{
	*task = 0;
	if (!process || !rows->process_names[process - 1])
		return TRACE_OK;
	uint32_t *own = &rows->process_tasks[process - 1];
	int rc = *own ? TRACE_OK : put_task(rows, t_ns, rows->process_names[process - 1], 0, own);
	*task = *own;
	return rc;
}

static int thread_task(struct trace_rows *rows, uint64_t t_ns, struct trace_row_thread *thread)
{
	uint32_t parent;
	if (thread->task)
		return TRACE_OK;
	int rc = process_task(rows, t_ns, thread->process, &parent);
	if (!thread->name)
		thread->name =
		        trace_sink_text(rows->sink, thread->fallback, strlen(thread->fallback));
	return rc ? rc : put_task(rows, t_ns, thread->name, parent, &thread->task);
}

/* Return the task of the innermost slice, of the thread itself if there is none. */
static uint32_t innermost(const struct trace_row_thread *thread)
{
	for (size_t i = thread->n; i-- > 0;)
		if (thread->frames[i].task)
			return thread->frames[i].task;
	return thread->task;
}

/* ---- slices */

/* Find the task of a slice, or make it. `*task` 0: there are too many. */
static int slice_task(struct trace_rows *rows, uint64_t t_ns, uint32_t around, uint32_t name,
                      uint32_t *task)
{
	*task = trace_pair_map_get(&rows->nodes, around, name);
	if (*task)
		return TRACE_OK;
	if (rows->n_tasks >= TRACE_ROWS_MAX) {
		rows->n_left_out++;
		return TRACE_OK;
	}
	int rc = put_task(rows, t_ns, name, around, task);
	if (rc != TRACE_OK)
		return rc;
	return trace_pair_map_put(&rows->nodes, around, name, *task);
}

static int begin(struct trace_rows *rows, struct trace_row_thread *thread,
                 const struct trace_record *event)
{
	uint32_t around = innermost(thread), task;
	if (thread->n == TRACE_ROWS_DEPTH) {
		thread->n_beyond += event->c == 0;
		rows->n_left_out++;
		return TRACE_OK;
	}
	if (trace_array_reserve(&thread->frames, thread->n, &thread->cap, sizeof *thread->frames))
		return TRACE_ESYSTEM;
	int rc = slice_task(rows, event->t_ns, around, event->a, &task);
	if (rc != TRACE_OK)
		return rc;
	thread->frames[thread->n++] = (struct trace_row_frame){.task = task, .number = event->c};
	if (!task)
		return TRACE_OK;
	rc = put_state(rows, event->t_ns, around, TRACE_STATE_WAITING, task, 0);
	if (rc == TRACE_OK && thread->woken_by && thread->woken_ns == event->t_ns)
		rc = trace_sink_put(rows->sink, (struct trace_record){.t_ns = event->t_ns,
		                                                      .kind = TRACE_STATE,
		                                                      .id = task,
		                                                      .sub = TRACE_STATE_READY,
		                                                      .arg = TRACE_WHY_NOTIFY,
		                                                      .b = thread->woken_by});
	thread->woken_by = 0;
	return rc ? rc : put_state(rows, event->t_ns, task, TRACE_STATE_RUNNING, 0, event->d);
}

/* Return the frame that an end is for; SIZE_MAX: none. */
static size_t find_frame(const struct trace_row_thread *thread, uint32_t number)
{
	for (size_t i = thread->n; i-- > 0;)
		if (thread->frames[i].number == number && !thread->frames[i].is_closed)
			return i;
	return SIZE_MAX;
}

/* A slice that ends before one within it does (the format forbids that) ends with it. */
static int end(struct trace_rows *rows, struct trace_row_thread *thread,
               const struct trace_record *event)
{
	if (event->a == 0 && thread->n_beyond) {
		thread->n_beyond--;
		return TRACE_OK;
	}
	size_t at = find_frame(thread, event->a);
	if (at == SIZE_MAX) {
		rows->n_left_out += event->a == 0;
		return TRACE_OK;
	}
	thread->frames[at].is_closed = true;
	int rc = TRACE_OK;
	bool has_changed = false;
	while (rc == TRACE_OK && thread->n && thread->frames[thread->n - 1].is_closed) {
		uint32_t task = thread->frames[--thread->n].task;
		if (!task)
			continue;
		has_changed = true;
		rc = put_state(rows, event->t_ns, task, TRACE_STATE_WAITING, 0, 0);
	}
	if (rc != TRACE_OK || !has_changed)
		return rc;
	return put_state(rows, event->t_ns, innermost(thread),
	                 thread->n ? TRACE_STATE_RUNNING : TRACE_STATE_WAITING, 0, 0);
}

/* ---- what is not nested */

static int note(struct trace_rows *rows, uint64_t t_ns, uint32_t task, uint32_t text)
{
	return trace_sink_put(
	        rows->sink,
	        (struct trace_record){.t_ns = t_ns, .kind = TRACE_LOG, .id = task, .a = text});
}

/* A span is under way: nobody knows whether somebody works at it. So it waits. */
static int put_span(struct trace_rows *rows, struct trace_row_thread *thread,
                    const struct trace_record *event)
{
	struct trace_row_span *span = &rows->spans[event->b - 1];
	uint64_t t_ns = event->t_ns;
	bool is_inside = span->depth > 0;
	if (event->kind == TRACE_ROW_SPAN_BEGIN && !is_inside && rows->n_tasks < TRACE_ROWS_MAX) {
		span->depth++;
		int rc = put_task(rows, t_ns, event->a, thread->task, &span->task);
		return rc ? rc : put_state(rows, t_ns, span->task, TRACE_STATE_WAITING, 0, 0);
	}
	if (!is_inside) {
		rows->n_left_out++;
		return TRACE_OK;
	}
	if (event->kind == TRACE_ROW_SPAN_BEGIN)
		span->depth++;
	if (event->kind != TRACE_ROW_SPAN_END)
		return note(rows, t_ns, span->task, event->a);
	if (--span->depth > 0)
		return TRACE_OK;
	return trace_sink_put(rows->sink, (struct trace_record){.t_ns = t_ns,
	                                                        .kind = TRACE_STATE,
	                                                        .id = span->task,
	                                                        .sub = TRACE_STATE_DONE,
	                                                        .arg = TRACE_OUTCOME_RESULT});
}

static int put_counter(struct trace_rows *rows, const struct trace_record *event)
{
	int rc = TRACE_OK;
	if (!trace_sink_has_object(rows->sink, event->d))
		rc = trace_sink_put(rows->sink, (struct trace_record){.t_ns = event->t_ns,
		                                                      .kind = TRACE_OBJECT,
		                                                      .id = event->d,
		                                                      .a = event->a,
		                                                      .sub = TRACE_OBJECT_LEVEL});
	if (rc != TRACE_OK)
		return rc;
	return trace_sink_put(rows->sink, (struct trace_record){.t_ns = event->t_ns,
	                                                        .kind = TRACE_LEVEL,
	                                                        .id = event->d,
	                                                        .b = event->b,
	                                                        .c = event->c});
}

static int put_mark(struct trace_rows *rows, const struct trace_record *event)
{
	return trace_sink_put(rows->sink, (struct trace_record){.t_ns = event->t_ns,
	                                                        .kind = TRACE_MARK,
	                                                        .a = event->a});
}

int trace_rows_end(struct trace_rows *rows)
{
	uint64_t t_ns = rows->sink->pen.t_ns, n = rows->n_left_out;
	int rc = TRACE_OK;
	if (n && !rows->sink->is_part)
		rc = trace_sink_put(rows->sink, (struct trace_record){.t_ns = t_ns,
		                                                      .kind = TRACE_LOST,
		                                                      .b = (uint32_t)n,
		                                                      .c = (uint32_t)(n >> 32)});
	return rc ? rc
	          : trace_sink_put(rows->sink, (struct trace_record){.t_ns = t_ns,
	                                                             .kind = TRACE_END,
	                                                             .sub = TRACE_STATUS_FINISHED});
}

int trace_rows_put(struct trace_rows *rows, const struct trace_record *event)
{
	struct trace_row_thread *thread = &rows->threads[event->id - 1];
	if (event->kind == TRACE_ROW_COUNTER)
		return put_counter(rows, event);
	if (event->kind == TRACE_ROW_MARK)
		return put_mark(rows, event);
	int rc = thread_task(rows, event->t_ns, thread);
	if (rc != TRACE_OK)
		return rc;
	switch (event->kind) {
	case TRACE_ROW_BEGIN:
		return begin(rows, thread, event);
	case TRACE_ROW_END:
		return end(rows, thread, event);
	case TRACE_ROW_FLOW_IN:
		thread->woken_by = trace_pair_map_get(&rows->flows, event->a, 0);
		thread->woken_ns = event->t_ns;
		return TRACE_OK;
	case TRACE_ROW_FLOW_OUT:
		if (trace_pair_map_get(&rows->flows, event->a, 0))
			return TRACE_OK;
		return trace_pair_map_put(&rows->flows, event->a, 0, innermost(thread));
	case TRACE_ROW_NOTE:
		return note(rows, event->t_ns, innermost(thread), event->a);
	default:
		return put_span(rows, thread, event);
	}
}
