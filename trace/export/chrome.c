/* The Chrome Trace Event export, in the part of the format that all its readers agree on: one thread row a task,
 * states as complete events (X) that never overlap within a row, wakes as flow arrows (s, f), cancellations and
 * logs as instants (i), levels as counters (C), names and order as metadata (M).
 *
 * Rejected: async events (b, e), which speedscope ignores, and B/E pairs, which a recording without an end leaves
 * open.
 */
#include "trace/export/chrome.h"

#include <inttypes.h>

#include "trace/export/chrome_private.h"
#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"

#define WORKER_TIDS 100000u /* tids of workers begin here; those of tasks are their ids */

uint32_t trace_chrome_tid(uint32_t task)
{
	return task < WORKER_TIDS ? task : task + WORKER_TIDS;
}

static uint32_t lane_tid(const struct trace_lane *lane)
{
	if (lane->kind == TRACE_LANE_WORKER)
		return WORKER_TIDS + lane->id % WORKER_TIDS;
	return trace_chrome_tid(lane->id);
}

struct trace_json trace_chrome_begin_event(struct trace_chrome_writer *c, const char *phase,
                                           uint32_t tid, const char *name)
{
	fputs(c->has_events ? ",\n" : "\n", c->out);
	c->has_events = true;
	struct trace_json json = trace_json_open(c->out);
	trace_json_string(&json, "ph", phase);
	trace_json_unsigned(&json, "pid", 1);
	trace_json_unsigned(&json, "tid", tid);
	trace_json_string(&json, "name", name);
	return json;
}

void trace_chrome_time(struct trace_json *json, const char *name, uint64_t ns)
{
	trace_json_key(json, name);
	fprintf(json->out, "%" PRIu64 ".%03u", ns / 1000u, (unsigned)(ns % 1000u));
}

struct trace_json trace_chrome_begin_args(struct trace_json *json)
{
	trace_json_key(json, "args");
	return trace_json_open(json->out);
}

void trace_chrome_end_args(struct trace_json *json, struct trace_json *args)
{
	trace_json_close(args);
	trace_json_close(json);
}

/* The fields, and the place in the root of the event, where Tracy looks for it. */
static void put_args(struct trace_json *json, const struct trace_fields *fields)
{
	const struct trace_field *file = trace_field_find(fields, TRACE_FIELD_FILE);
	const struct trace_field *line = trace_field_find(fields, TRACE_FIELD_LINE);
	if (file && line) {
		char loc[1100];
		snprintf(loc, sizeof loc, "%s:%" PRIu64, file->text, line->number);
		trace_json_string(json, "loc", loc);
	}
	struct trace_json args = trace_chrome_begin_args(json);
	for (size_t i = 0; i < fields->n; i++) {
		const struct trace_field *field = &fields->list[i];
		if (field->text)
			trace_json_string(&args, field->key, field->text);
		else
			trace_json_unsigned(&args, field->key, field->number);
	}
	trace_chrome_end_args(json, &args);
}

/* ---- rows */

/* What importing the trace again needs of a task, and others do not mind. */
static void write_origin(struct trace_chrome_writer *c, const struct trace_lane *lane,
                         struct trace_json *args)
{
	char file[1024];
	uint32_t line = trace_model_where(c->model, lane->where, file, sizeof file);
	if (lane->kind != TRACE_LANE_TASK)
		return;
	if (lane->parent != TRACE_NONE)
		trace_json_unsigned(args, "parent", c->model->lanes[lane->parent].id);
	if (*file) {
		trace_json_string(args, "file", file);
		trace_json_unsigned(args, "line", line);
	}
}

static void write_row(struct trace_chrome_writer *c, const struct trace_lane *lane, size_t position)
{
	char name[1088];
	const char *kind = lane->kind == TRACE_LANE_WORKER ? "worker " : "";
	snprintf(name, sizeof name, "%s%s", kind, lane->name);
	struct trace_json json = trace_chrome_begin_event(c, "M", lane_tid(lane), "thread_name");
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_string(&args, "name", name);
	write_origin(c, lane, &args);
	trace_chrome_end_args(&json, &args);
	json = trace_chrome_begin_event(c, "M", lane_tid(lane), "thread_sort_index");
	args = trace_chrome_begin_args(&json);
	trace_json_unsigned(&args, "sort_index", position);
	trace_chrome_end_args(&json, &args);
}

static void write_rows(struct trace_chrome_writer *c)
{
	const struct trace_model *m = c->model;
	struct trace_json json = trace_chrome_begin_event(c, "M", 0, "process_name");
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_string(&args, "name", *m->title ? m->title : "ganttop");
	trace_chrome_end_args(&json, &args);
	for (size_t i = 0; i < m->n_lanes; i++)
		if (m->lanes[m->order[i]].kind != TRACE_LANE_OBJECT &&
		    trace_export_has_lane(c->export, m->order[i]))
			write_row(c, &m->lanes[m->order[i]], i);
}

/* ---- slices */

static void write_slices(struct trace_chrome_writer *c)
{
	struct trace_slices slices = trace_slices_begin(c->export);
	struct trace_slice slice;
	struct trace_fields fields;
	while (!ferror(c->out) && trace_slices_next(&slices, &slice)) {
		if (slice.r->kind == TRACE_STATE && slice.r->sub == TRACE_STATE_DONE)
			continue;
		struct trace_json json =
		        trace_chrome_begin_event(c, "X", lane_tid(slice.lane), slice.name);
		trace_json_string(&json, "cat", trace_kind_name(slice.r->kind));
		trace_chrome_time(&json, "ts", slice.begin_ns);
		trace_chrome_time(&json, "dur", slice.end_ns - slice.begin_ns);
		trace_json_unsigned(&json, "seq", slice.ordinal);
		trace_fields_of(c->model, slice.r, &fields);
		if (slice.is_open && fields.n < TRACE_FIELDS_MAX)
			fields.list[fields.n++] = (struct trace_field){.key = "open", .number = 1};
		put_args(&json, &fields);
	}
}

/* ---- what has no length */

static struct trace_json begin_at(struct trace_chrome_writer *c, const char *phase, uint32_t tid,
                                  const char *name, const char *category, uint64_t t_ns)
{
	struct trace_json json = trace_chrome_begin_event(c, phase, tid, name);
	trace_json_string(&json, "cat", category);
	trace_chrome_time(&json, "ts", t_ns);
	return json;
}

struct trace_json trace_chrome_begin_instant(struct trace_chrome_writer *c, uint32_t task,
                                             const struct trace_record *r, uint64_t t_ns,
                                             const char *name)
{
	struct trace_json json =
	        begin_at(c, "i", trace_chrome_tid(task), name, trace_kind_name(r->kind), t_ns);
	trace_json_unsigned(&json, "seq", c->ordinal);
	trace_json_string(&json, "s", r->kind == TRACE_MARK ? "p" : "t");
	return json;
}

static struct trace_json begin_instant(struct trace_chrome_writer *c, const struct trace_record *r,
                                       const char *name)
{
	return trace_chrome_begin_instant(c, r->id, r, r->t_ns, name);
}

static void write_done(struct trace_chrome_writer *c, const struct trace_record *r)
{
	struct trace_fields fields;
	const char *outcome = trace_outcome_name(r->arg);
	struct trace_json json = begin_instant(c, r, outcome ? outcome : "done");
	trace_fields_of(c->model, r, &fields);
	put_args(&json, &fields);
}

static void write_cancel(struct trace_chrome_writer *c, const struct trace_record *r)
{
	char name[64];
	snprintf(name, sizeof name, "cancel %s", trace_cancel_phase_name(r->sub));
	struct trace_json json = begin_instant(c, r, name);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_unsigned(&args, TRACE_FIELD_BY_ID, r->a);
	trace_chrome_end_args(&json, &args);
}

static void write_error(struct trace_chrome_writer *c, const struct trace_record *r)
{
	char name[64];
	snprintf(name, sizeof name, "error %s", trace_error_phase_name(r->sub));
	struct trace_json json = begin_instant(c, r, name);
	trace_json_close(&json);
}

/* A log line or a mark: the text is the name, so that it is read without a click. */
static void write_note(struct trace_chrome_writer *c, const struct trace_record *r)
{
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	trace_model_string(c->model, r->a, text, sizeof text);
	struct trace_json json = begin_instant(c, r, text);
	struct trace_json args = trace_chrome_begin_args(&json);
	if (r->kind == TRACE_MARK && r->b) {
		trace_model_string(c->model, r->b, text, sizeof text);
		trace_json_string(&args, "text", text);
	}
	trace_chrome_end_args(&json, &args);
}

/* An arrow from the task that wakes to the task that is woken. */
static void write_wake(struct trace_chrome_writer *c, const struct trace_record *r,
                       uint32_t ordinal)
{
	const char *why = trace_why_name(r->arg);
	uint32_t waker = r->b ? trace_model_lane(c->model, TRACE_LANE_TASK, r->b) : TRACE_NONE;
	if (r->b == r->id || !why || r->t_ns < c->export->from_ns ||
	    !trace_export_has_lane(c->export, waker))
		return;
	struct trace_json json = begin_at(c, "s", trace_chrome_tid(r->b), why, "wake", r->t_ns);
	trace_json_unsigned(&json, "id", ordinal);
	trace_json_close(&json);
	json = begin_at(c, "f", trace_chrome_tid(r->id), why, "wake", r->t_ns);
	trace_json_string(&json, "bp", "e");
	trace_json_unsigned(&json, "id", ordinal);
	trace_json_close(&json);
}

static void write_counter(struct trace_chrome_writer *c, const struct trace_record *r,
                          uint64_t t_ns)
{
	uint32_t lane = trace_model_lane(c->model, TRACE_LANE_OBJECT, r->id);
	if (lane == TRACE_NONE)
		return;
	struct trace_json json = trace_chrome_begin_event(c, "C", 0, c->model->lanes[lane].name);
	const char *kind = trace_object_kind_name(c->model->lanes[lane].object_kind);
	trace_json_string(&json, "cat", kind ? kind : "level");
	trace_json_unsigned(&json, "seq", c->ordinal);
	trace_json_unsigned(&json, "id", r->id); /* objects of one name stay apart */
	trace_chrome_time(&json, "ts", t_ns);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_signed(&args, "value", (int64_t)trace_join(r->b, r->c));
	trace_json_unsigned(&args, "waiters", r->a);
	trace_chrome_end_args(&json, &args);
}

static void write_queue_length(struct trace_chrome_writer *c, const struct trace_record *r,
                               uint64_t t_ns)
{
	struct trace_json json = trace_chrome_begin_event(c, "C", 0, "ready queue");
	trace_json_unsigned(&json, "seq", c->ordinal);
	trace_chrome_time(&json, "ts", t_ns);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_unsigned(&args, "tasks", r->a);
	trace_chrome_end_args(&json, &args);
}

static void write_point(struct trace_chrome_writer *c, uint32_t ordinal, uint64_t t_ns)
{
	const struct trace_record *r = trace_model_event(c->model, ordinal);
	c->ordinal = ordinal;
	switch (r->kind) {
	case TRACE_STATE:
		if (r->sub == TRACE_STATE_READY)
			write_wake(c, r, ordinal);
		else if (r->sub == TRACE_STATE_DONE)
			write_done(c, r);
		break;
	case TRACE_CANCEL:
		write_cancel(c, r);
		break;
	case TRACE_ERROR:
		write_error(c, r);
		break;
	case TRACE_LEVEL:
		write_counter(c, r, t_ns);
		break;
	case TRACE_TICK:
		if (r->sub == TRACE_PHASE_BEGIN)
			write_queue_length(c, r, t_ns);
		break;
	case TRACE_LOG:
	case TRACE_MARK:
		write_note(c, r);
		break;
	default:
		trace_chrome_write_deed(c, r, t_ns);
		break;
	}
}

int trace_chrome_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	const struct trace_model *model = export->model;
	struct trace_chrome_writer c = {.export = export, .model = model, .out = out};
	struct trace_walk walk = trace_walk_begin(export);
	uint32_t ordinal;
	uint64_t t_ns;
	fputs("{\"displayTimeUnit\":\"ns\",\"otherData\":", out);
	struct trace_json other = trace_json_open(out);
	trace_json_string(&other, "title", model->title);
	trace_json_string(&other, "source", model->source);
	const char *clock = trace_clock_name(trace_reader_header(model->reader)->clock);
	const char *status = trace_status_name(model->status);
	trace_json_string(&other, "generator", "ganttop");
	trace_json_string(&other, "clock", clock ? clock : "");
	trace_json_string(&other, "status", status ? status : "");
	trace_json_unsigned(&other, "end_ns", export->end_ns);
	trace_json_close(&other);
	fputs(",\"traceEvents\":[", out);
	write_rows(&c);
	write_slices(&c);
	while (!ferror(out) && trace_walk_next(&walk, &ordinal, &t_ns))
		write_point(&c, ordinal, t_ns);
	fputs("\n]}\n", out);
	return trace_format_finish(out, error);
}
