/* The Chrome Trace Event export, in the part of the format that all its readers agree on: one thread row a task,
 * states as complete events (X) that never overlap within a row, wakes as flow arrows (s, f), cancellations and
 * logs as instants (i), levels as counters (C), names and order as metadata (M).
 *
 * Rejected: async events (b, e), which speedscope ignores, and B/E pairs, which a recording without an end leaves
 * open.
 */
#include "trace/chrome.h"

#include <inttypes.h>

#include "trace/format.h"
#include "trace/json.h"

#define WORKER_TIDS 100000u /* tids of workers begin here; those of tasks are their ids */

struct chrome {
	const struct trace_model *model;
	FILE *out;
	bool has_events;
	uint64_t now_ns; /* where open states end */
};

static uint32_t task_tid(uint32_t task)
{
	return task < WORKER_TIDS ? task : task + WORKER_TIDS;
}

static uint32_t lane_tid(const struct trace_lane *lane)
{
	if (lane->kind == TRACE_LANE_WORKER)
		return WORKER_TIDS + lane->id % WORKER_TIDS;
	return task_tid(lane->id);
}

/* Begin an event; the caller closes it. */
static struct trace_json begin(struct chrome *c, const char *phase, uint32_t tid, const char *name)
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

/* Times are microseconds with three decimals: nanoseconds survive. */
static void time_field(struct trace_json *json, const char *name, uint64_t ns)
{
	trace_json_key(json, name);
	fprintf(json->out, "%" PRIu64 ".%03u", ns / 1000u, (unsigned)(ns % 1000u));
}

static struct trace_json begin_args(struct trace_json *json)
{
	trace_json_key(json, "args");
	return trace_json_open(json->out);
}

static void end_args(struct trace_json *json, struct trace_json *args)
{
	trace_json_close(args);
	trace_json_close(json);
}

static void loc_field(const struct chrome *c, struct trace_json *json, uint32_t where)
{
	char file[512], loc[576];
	uint32_t line = trace_model_where(c->model, where, file, sizeof file);
	if (!*file)
		return;
	snprintf(loc, sizeof loc, "%s:%lu", file, (unsigned long)line);
	trace_json_string(json, "loc", loc);
}

static void string_arg(const struct chrome *c, struct trace_json *args, const char *name,
                       uint32_t string)
{
	char text[TRACE_STRING_MAX_BYTES + 1];
	if (!string)
		return;
	trace_model_string(c->model, string, text, sizeof text);
	trace_json_string(args, name, text);
}

static void lane_arg(const struct chrome *c, struct trace_json *args, const char *name,
                     enum trace_lane_kind kind, uint32_t id)
{
	uint32_t lane = id ? trace_model_lane(c->model, kind, id) : TRACE_NONE;
	if (lane != TRACE_NONE)
		trace_json_string(args, name, c->model->lanes[lane].name);
}

/* ---- rows */

static void write_row(struct chrome *c, const struct trace_lane *lane, size_t position)
{
	char name[1088];
	const char *kind = lane->kind == TRACE_LANE_WORKER ? "worker " : "";
	snprintf(name, sizeof name, "%s%s", kind, lane->name);
	struct trace_json json = begin(c, "M", lane_tid(lane), "thread_name");
	struct trace_json args = begin_args(&json);
	trace_json_string(&args, "name", name);
	end_args(&json, &args);
	json = begin(c, "M", lane_tid(lane), "thread_sort_index");
	args = begin_args(&json);
	trace_json_unsigned(&args, "sort_index", position);
	end_args(&json, &args);
}

static void write_rows(struct chrome *c)
{
	const struct trace_model *m = c->model;
	struct trace_json json = begin(c, "M", 0, "process_name");
	struct trace_json args = begin_args(&json);
	trace_json_string(&args, "name", *m->title ? m->title : "ganttop");
	end_args(&json, &args);
	for (size_t i = 0; i < m->n_lanes; i++)
		if (m->lanes[m->order[i]].kind != TRACE_LANE_OBJECT)
			write_row(c, &m->lanes[m->order[i]], i);
}

/* ---- slices */

static void state_args(const struct chrome *c, struct trace_json *args,
                       const struct trace_record *r)
{
	if (r->sub == TRACE_STATE_READY) {
		const char *why = trace_why_name(r->arg);
		if (why)
			trace_json_string(args, "why", why);
		lane_arg(c, args, "by", TRACE_LANE_TASK, r->b);
	} else if (r->sub == TRACE_STATE_WAITING) {
		unsigned kind = r->arg & ~TRACE_TIMED;
		const char *on = trace_on_name(kind);
		if (on)
			trace_json_string(args, "on", on);
		lane_arg(c, args, "object",
		         trace_on_is_task(kind) ? TRACE_LANE_TASK : TRACE_LANE_OBJECT, r->a);
		if (r->arg & TRACE_TIMED)
			time_field(args, "until_us", trace_join(r->b, r->c));
	}
}

/* The name of the slice that a state record begins; NULL when it begins none. */
static const char *slice_name(const struct trace_lane *lane, const struct trace_record *r)
{
	switch (lane->kind) {
	case TRACE_LANE_TASK:
		return r->sub == TRACE_STATE_DONE ? NULL : trace_state_name(r->sub);
	case TRACE_LANE_LOOP:
		return r->sub == TRACE_PHASE_BEGIN ? "iteration" : NULL;
	case TRACE_LANE_WORKER:
		return r->sub == TRACE_WORKER_IDLE ? NULL : trace_worker_state_name(r->sub);
	default:
		return NULL;
	}
}

static void write_slice(struct chrome *c, const struct trace_lane *lane, size_t i)
{
	const struct trace_record *r = trace_model_event(c->model, lane->ordinals[i]);
	const char *name = slice_name(lane, r);
	uint64_t end_ns = c->now_ns;
	if (i + 1 < lane->n)
		end_ns = trace_model_event(c->model, lane->ordinals[i + 1])->t_ns;
	if (!name)
		return;
	struct trace_json json = begin(c, "X", lane_tid(lane), name);
	trace_json_string(&json, "cat", trace_kind_name(r->kind));
	time_field(&json, "ts", r->t_ns);
	time_field(&json, "dur", end_ns - r->t_ns);
	if (lane->kind == TRACE_LANE_TASK)
		loc_field(c, &json, r->d);
	struct trace_json args = begin_args(&json);
	if (lane->kind == TRACE_LANE_TASK)
		state_args(c, &args, r);
	else if (lane->kind == TRACE_LANE_WORKER)
		lane_arg(c, &args, "task", TRACE_LANE_TASK, r->a);
	end_args(&json, &args);
}

/* ---- what has no length */

static struct trace_json begin_at(struct chrome *c, const char *phase, uint32_t tid,
                                  const char *name, const char *category, uint64_t t_ns)
{
	struct trace_json json = begin(c, phase, tid, name);
	trace_json_string(&json, "cat", category);
	time_field(&json, "ts", t_ns);
	return json;
}

static void write_instant(struct chrome *c, const struct trace_record *r, const char *name,
                          uint32_t text)
{
	struct trace_json json =
	        begin_at(c, "i", task_tid(r->id), name, trace_kind_name(r->kind), r->t_ns);
	trace_json_string(&json, "s", r->kind == TRACE_MARK ? "p" : "t");
	struct trace_json args = begin_args(&json);
	string_arg(c, &args, "text", text);
	end_args(&json, &args);
}

/* An arrow from the task that wakes to the task that is woken. */
static void write_wake(struct chrome *c, const struct trace_record *r, uint32_t ordinal)
{
	const char *why = trace_why_name(r->arg);
	if (!r->b || r->b == r->id || !why ||
	    trace_model_lane(c->model, TRACE_LANE_TASK, r->b) == TRACE_NONE)
		return;
	struct trace_json json = begin_at(c, "s", task_tid(r->b), why, "wake", r->t_ns);
	trace_json_unsigned(&json, "id", ordinal);
	trace_json_close(&json);
	json = begin_at(c, "f", task_tid(r->id), why, "wake", r->t_ns);
	trace_json_string(&json, "bp", "e");
	trace_json_unsigned(&json, "id", ordinal);
	trace_json_close(&json);
}

static void write_counter(struct chrome *c, const struct trace_record *r)
{
	uint32_t lane = trace_model_lane(c->model, TRACE_LANE_OBJECT, r->id);
	if (lane == TRACE_NONE)
		return;
	struct trace_json json = begin(c, "C", 0, c->model->lanes[lane].name);
	trace_json_unsigned(&json, "id", r->id); /* objects of one name stay apart */
	time_field(&json, "ts", r->t_ns);
	struct trace_json args = begin_args(&json);
	trace_json_signed(&args, "value", (int64_t)trace_join(r->b, r->c));
	trace_json_unsigned(&args, "waiters", r->a);
	end_args(&json, &args);
}

static void write_queue_length(struct chrome *c, const struct trace_record *r)
{
	struct trace_json json = begin(c, "C", 0, "ready queue");
	time_field(&json, "ts", r->t_ns);
	struct trace_json args = begin_args(&json);
	trace_json_unsigned(&args, "tasks", r->a);
	end_args(&json, &args);
}

static void write_point(struct chrome *c, const struct trace_record *r, uint32_t ordinal)
{
	char text[TRACE_STRING_MAX_BYTES + 1];
	switch (r->kind) {
	case TRACE_STATE:
		if (r->sub == TRACE_STATE_READY)
			write_wake(c, r, ordinal);
		else if (r->sub == TRACE_STATE_DONE && trace_outcome_name(r->arg))
			write_instant(c, r, trace_outcome_name(r->arg), r->a);
		break;
	case TRACE_CANCEL:
		snprintf(text, sizeof text, "cancel %s", trace_cancel_phase_name(r->sub));
		write_instant(c, r, text, 0);
		break;
	case TRACE_LEVEL:
		write_counter(c, r);
		break;
	case TRACE_TICK:
		if (r->sub == TRACE_PHASE_BEGIN)
			write_queue_length(c, r);
		break;
	case TRACE_LOG:
		trace_model_string(c->model, r->a, text, sizeof text);
		write_instant(c, r, text, 0);
		break;
	case TRACE_MARK:
		trace_model_string(c->model, r->a, text, sizeof text);
		write_instant(c, r, text, r->b);
		break;
	default:
		break;
	}
}

int trace_chrome_write(const struct trace_model *model, FILE *out, struct trace_error *error)
{
	struct chrome c = {.model = model, .out = out, .now_ns = trace_model_now_ns(model)};
	fputs("{\"displayTimeUnit\":\"ns\",\"otherData\":", out);
	struct trace_json other = trace_json_open(out);
	trace_json_string(&other, "title", model->title);
	trace_json_string(&other, "source", model->source);
	trace_json_close(&other);
	fputs(",\"traceEvents\":[", out);
	write_rows(&c);
	for (size_t i = 0; i < model->n_lanes; i++)
		for (size_t k = 0; k < model->lanes[i].n && !ferror(out); k++)
			write_slice(&c, &model->lanes[i], k);
	for (size_t i = 0; i < model->n_events && !ferror(out); i++)
		write_point(&c, trace_model_event(model, (uint32_t)i), (uint32_t)i);
	fputs("\n]}\n", out);
	return trace_format_finish(out, error);
}
