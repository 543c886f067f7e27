/* The JSONL export: records to lines, in the order in which they happened. What a record does not say is left out,
 * so that a reader can tell "none" from zero; 0 is written where it means the loop.
 */
#include "trace/jsonl.h"

#include <string.h>
#include <time.h>

#include "trace/format.h"
#include "trace/json.h"

/* A line, and the model that its strings come from. */
struct line {
	struct trace_json json;
	const struct trace_model *model;
	const struct trace_record *r;
	uint32_t ordinal;
};

static const char *or_unknown(const char *name)
{
	return name ? name : "unknown"; /* the file has changed since it was checked */
}

/* Write string `id` as it stands in the file, nothing when there is none. */
static void text_field(struct line *line, const char *name, uint32_t id)
{
	char bytes[TRACE_STRING_MAX_BYTES];
	if (!id)
		return;
	size_t n = trace_reader_bytes(line->model->reader, id, bytes, sizeof bytes);
	trace_json_bytes(&line->json, name, bytes, n);
}

static void where_fields(struct line *line)
{
	uint32_t file = trace_reader_file(line->model->reader, TRACE_WHERE_FILE(line->r->d));
	if (!file)
		return;
	text_field(line, "file", file);
	trace_json_unsigned(&line->json, "line", TRACE_WHERE_LINE(line->r->d));
}

static void name_field(struct line *line, enum trace_lane_kind kind)
{
	uint32_t lane = trace_model_lane(line->model, kind, line->r->id);
	if (line->r->a)
		text_field(line, "name", line->r->a);
	else if (lane != TRACE_NONE)
		trace_json_string(&line->json, "name", line->model->lanes[lane].name);
}

static int64_t joined(const struct trace_record *r)
{
	return (int64_t)trace_join(r->b, r->c);
}

static void waiting_fields(struct line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	unsigned on = r->arg & ~TRACE_TIMED;
	if (on)
		trace_json_string(json, "on", or_unknown(trace_on_name(on)));
	if (r->a)
		trace_json_unsigned(json, on == TRACE_ON_TASK ? "awaits" : "object", r->a);
	if (r->arg & TRACE_TIMED)
		trace_json_unsigned(json, "until", trace_join(r->b, r->c));
}

/* Return whether the task that is ready now has waited for another task: its `object` is that task then. */
static bool has_awaited_task(const struct line *line)
{
	uint32_t task = trace_model_lane(line->model, TRACE_LANE_TASK, line->r->id);
	if (task == TRACE_NONE)
		return false;
	const struct trace_lane *lane = &line->model->lanes[task];
	size_t at = trace_lane_at(lane, line->ordinal);
	if (at == SIZE_MAX || at == 0)
		return false;
	const struct trace_record *before = trace_model_event(line->model, lane->ordinals[at - 1]);
	return before->sub == TRACE_STATE_WAITING && (before->arg & ~TRACE_TIMED) == TRACE_ON_TASK;
}

static void ready_fields(struct line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	trace_json_unsigned(json, "by", r->b);
	if (r->arg)
		trace_json_string(json, "why", or_unknown(trace_why_name(r->arg)));
	if (r->a)
		trace_json_unsigned(json, has_awaited_task(line) ? "awaits" : "object", r->a);
}

static void write_state(struct line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	trace_json_unsigned(json, "task", r->id);
	trace_json_string(json, "state", or_unknown(trace_state_name(r->sub)));
	if (r->sub == TRACE_STATE_WAITING) {
		waiting_fields(line);
	} else if (r->sub == TRACE_STATE_READY) {
		ready_fields(line);
	} else if (r->sub == TRACE_STATE_RUNNING) {
		if (r->arg & TRACE_STILLBORN)
			trace_json_bool(json, "stillborn", true);
	} else if (r->sub == TRACE_STATE_DONE) {
		if (r->arg)
			trace_json_string(json, "outcome", or_unknown(trace_outcome_name(r->arg)));
		text_field(line, "value", r->a);
	}
	where_fields(line);
}

static void write_task(struct line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	name_field(line, TRACE_LANE_TASK);
	trace_json_unsigned(&line->json, "parent", line->r->b);
	where_fields(line);
}

static void write_cancel(struct line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_json_unsigned(&line->json, "by", line->r->a);
	trace_json_string(&line->json, "phase", or_unknown(trace_cancel_phase_name(line->r->sub)));
	where_fields(line);
}

static void write_object(struct line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_string(&line->json, "kind", or_unknown(trace_object_kind_name(line->r->sub)));
	name_field(line, TRACE_LANE_OBJECT);
	trace_json_signed(&line->json, "capacity", joined(line->r));
	where_fields(line);
}

static void write_level(struct line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_signed(&line->json, "value", joined(line->r));
	trace_json_unsigned(&line->json, "waiters", line->r->a);
}

static void write_hold(struct line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_unsigned(&line->json, "task", line->r->a);
	trace_json_bool(&line->json, "held", line->r->sub);
	where_fields(line);
}

static void write_scope(struct line *line)
{
	const struct trace_record *r = line->r;
	trace_json_unsigned(&line->json, "task", r->id);
	trace_json_unsigned(&line->json, "scope", r->a);
	trace_json_string(&line->json, "kind", or_unknown(trace_scope_kind_name(r->sub)));
	trace_json_bool(&line->json, "open", r->arg & 1);
	if (r->arg & TRACE_TIMED)
		trace_json_unsigned(&line->json, "deadline", trace_join(r->b, r->c));
	where_fields(line);
}

static void write_call(struct line *line)
{
	trace_json_unsigned(&line->json, "call", line->r->id);
	text_field(line, "name", line->r->a);
	trace_json_string(&line->json, "phase", or_unknown(trace_phase_name(line->r->sub)));
	where_fields(line);
}

static void write_tick(struct line *line)
{
	trace_json_string(&line->json, "phase", or_unknown(trace_phase_name(line->r->sub)));
	trace_json_unsigned(&line->json, "ready", line->r->a);
}

static void write_worker(struct line *line)
{
	trace_json_unsigned(&line->json, "worker", line->r->id);
	trace_json_string(&line->json, "state", or_unknown(trace_worker_state_name(line->r->sub)));
	trace_json_unsigned(&line->json, "task", line->r->a);
	text_field(line, "name", line->r->b);
}

static void write_var(struct line *line)
{
	text_field(line, "name", line->r->a);
	trace_json_signed(&line->json, "value", joined(line->r));
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_json_string(&line->json, "op", or_unknown(trace_var_op_name(line->r->sub)));
	where_fields(line);
}

static void write_log(struct line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	text_field(line, "text", line->r->a);
	where_fields(line);
}

static void write_mark(struct line *line)
{
	text_field(line, "name", line->r->a);
	text_field(line, "text", line->r->b);
}

static void write_lost(struct line *line)
{
	trace_json_unsigned(&line->json, "count", trace_join(line->r->b, line->r->c));
}

static void write_end(struct line *line)
{
	trace_json_string(&line->json, "status", or_unknown(trace_status_name(line->r->sub)));
}

static void write_coro(struct line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_unsigned(&line->json, "task", line->r->a);
	trace_json_string(&line->json, "phase", or_unknown(trace_coro_phase_name(line->r->sub)));
	where_fields(line);
}

static void (*const writers[TRACE_KIND_END])(struct line *line) = {
        [TRACE_TASK] = write_task,     [TRACE_STATE] = write_state, [TRACE_CANCEL] = write_cancel,
        [TRACE_OBJECT] = write_object, [TRACE_LEVEL] = write_level, [TRACE_HOLD] = write_hold,
        [TRACE_SCOPE] = write_scope,   [TRACE_CALL] = write_call,   [TRACE_TICK] = write_tick,
        [TRACE_WORKER] = write_worker, [TRACE_VAR] = write_var,     [TRACE_LOG] = write_log,
        [TRACE_MARK] = write_mark,     [TRACE_LOST] = write_lost,   [TRACE_END] = write_end,
        [TRACE_CORO] = write_coro,
};

static struct line begin_line(const struct trace_model *model, const struct trace_record *r,
                              FILE *out, uint64_t t_ns, const char *ev)
{
	struct line line = {.json = trace_json_open(out), .model = model, .r = r};
	trace_json_unsigned(&line.json, "t", t_ns);
	trace_json_string(&line.json, "ev", ev);
	return line;
}

static void end_line(struct line *line)
{
	trace_json_close(&line->json);
	fputc('\n', line->json.out);
}

static void write_event(const struct trace_model *model, uint32_t ordinal, FILE *out)
{
	const struct trace_record *r = trace_model_event(model, ordinal);
	unsigned kind = r->kind < TRACE_KIND_END ? r->kind : 0;
	struct line line = begin_line(model, r, out, r->t_ns, or_unknown(trace_kind_name(kind)));
	line.ordinal = ordinal;
	if (writers[kind])
		writers[kind](&line);
	end_line(&line);
}

/* Return the value of a key of the first line, the last one if there are several; 0: none. */
static uint32_t meta_value(const struct trace_model *model, enum trace_meta meta)
{
	for (size_t i = model->n_metas; i-- > 0;) {
		const struct trace_record *r = trace_reader_at(model->reader, model->metas[i]);
		if (r->sub == meta)
			return r->b;
	}
	return 0;
}

/* Return whether text is an integer as JSON writes it, small enough for every reader. */
static bool is_integer(const char *bytes, size_t n)
{
	size_t i = n && bytes[0] == '-' ? 1 : 0;
	if (i == n || n - i > 15 || (bytes[i] == '0' && (n - i > 1 || i)))
		return false;
	for (; i < n; i++)
		if (bytes[i] < '0' || bytes[i] > '9')
			return false;
	return true;
}

static void write_params(struct line *line)
{
	char bytes[TRACE_STRING_MAX_BYTES];
	const struct trace_reader *reader = line->model->reader;
	FILE *out = line->json.out;
	bool has_any = false;
	trace_json_key(&line->json, "params");
	fputc('{', out);
	for (size_t i = 0; i < line->model->n_metas; i++) {
		const struct trace_record *r = trace_reader_at(reader, line->model->metas[i]);
		if (r->sub != TRACE_META_PARAM)
			continue;
		if (has_any)
			fputc(',', out);
		has_any = true;
		trace_json_text(out, bytes, trace_reader_bytes(reader, r->a, bytes, sizeof bytes));
		fputc(':', out);
		size_t n = trace_reader_bytes(reader, r->b, bytes, sizeof bytes);
		if (is_integer(bytes, n))
			fwrite(bytes, 1, n, out);
		else
			trace_json_text(out, bytes, n);
	}
	fputc('}', out);
}

/* "2026-11-21T21:45:55.000000001Z" */
static void write_started(struct line *line, uint64_t unix_ns)
{
	time_t seconds = (time_t)(unix_ns / 1000000000u);
	char day[64], text[96];
	struct tm tm;
	if (!unix_ns || !gmtime_r(&seconds, &tm) ||
	    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return;
	snprintf(text, sizeof text, "%s.%09luZ", day, (unsigned long)(unix_ns % 1000000000u));
	trace_json_string(&line->json, "started", text);
}

static void write_meta(const struct trace_model *model, FILE *out)
{
	const struct trace_header *h = trace_reader_header(model->reader);
	struct line line = begin_line(model, NULL, out, 0, "meta");
	trace_json_string(&line.json, "format", "ganttop");
	trace_json_unsigned(&line.json, "version", h->version);
	text_field(&line, "title", meta_value(model, TRACE_META_TITLE));
	text_field(&line, "source", meta_value(model, TRACE_META_SOURCE));
	text_field(&line, "lesson", meta_value(model, TRACE_META_LESSON));
	text_field(&line, "question", meta_value(model, TRACE_META_QUESTION));
	trace_json_string(&line.json, "clock", or_unknown(trace_clock_name(h->clock)));
	write_params(&line);
	trace_json_unsigned(&line.json, "seed", model->seed);
	text_field(&line, "policy", meta_value(model, TRACE_META_POLICY));
	write_started(&line, h->started_unix_ns);
	end_line(&line);
}

int trace_jsonl_write(const struct trace_model *model, FILE *out, struct trace_error *error)
{
	uint64_t said_lost = 0;
	write_meta(model, out);
	for (size_t i = 0; i < model->n_events && !ferror(out); i++) {
		const struct trace_record *r = trace_model_event(model, (uint32_t)i);
		write_event(model, (uint32_t)i, out);
		if (r->kind == TRACE_LOST)
			said_lost += trace_join(r->b, r->c);
	}
	if (model->lost > said_lost) {
		struct line line = begin_line(model, NULL, out, model->t_end_ns, "lost");
		trace_json_unsigned(&line.json, "count", model->lost - said_lost);
		end_line(&line);
	}
	return trace_format_finish(out, error);
}
