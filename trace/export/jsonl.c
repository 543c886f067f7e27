/* The JSONL export: records to lines, in the order in which they happened. What a record does not say is left out,
 * so that a reader can tell "none" from zero; 0 is written where it means the loop.
 */
#include "trace/export/jsonl.h"

#include <inttypes.h>
#include <stdlib.h>

#include "trace/awaited.h"
#include "trace/export/format.h"
#include "trace/export/jsonl_private.h"
#include "trace/items.h"

static void where_fields(struct trace_jsonl_line *line)
{
	uint32_t file = trace_reader_file(line->model->reader, TRACE_WHERE_FILE(line->r->d));
	if (!file)
		return;
	trace_jsonl_text(line, "file", file);
	trace_json_unsigned(&line->json, "line", TRACE_WHERE_LINE(line->r->d));
}

static void name_field(struct trace_jsonl_line *line, enum trace_lane_kind kind)
{
	uint32_t lane = trace_model_lane(line->model, kind, line->r->id);
	if (line->r->a)
		trace_jsonl_text(line, "name", line->r->a);
	else if (lane != TRACE_NONE)
		trace_json_string(&line->json, "name", line->model->lanes[lane].name);
}

static int64_t joined(const struct trace_record *r)
{
	return (int64_t)trace_join(r->b, r->c);
}

typedef size_t find_lanes(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          uint32_t lanes[], size_t max);

/* The tasks of a gather, wait or group, and the futures, which have records of their own, stand in the line of the wait that they belong
 * to. */
static void awaited_field(struct trace_jsonl_line *line, const char *key, find_lanes *find)
{
	const struct trace_model *model = line->model;
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, line->r->id);
	size_t n = lane != TRACE_NONE ? find(model, lane, line->ordinal, NULL, 0) : 0;
	uint32_t *lanes = n > 0 ? malloc(n * sizeof *lanes) : NULL;
	if (n > 0 && lanes == NULL)
		line->is_short = true;
	if (lanes == NULL)
		return;
	find(model, lane, line->ordinal, lanes, n);
	trace_json_key(&line->json, key);
	for (size_t i = 0; i < n; i++)
		fprintf(line->json.out, "%c%" PRIu32, i == 0 ? '[' : ',',
		        model->lanes[lanes[i]].id);
	putc(']', line->json.out);
	free(lanes);
}

static void waiting_fields(struct trace_jsonl_line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	unsigned on = r->arg & ~TRACE_TIMED;
	if (on)
		trace_json_string(json, "on", trace_jsonl_word(trace_on_name(on)));
	if (r->a)
		trace_json_unsigned(json, trace_on_is_task(on) ? "awaits" : "object", r->a);
	if (!trace_on_is_task(on)) {
		awaited_field(line, "awaited", trace_lane_awaited);
		awaited_field(line, "awaited_objects", trace_lane_awaited_objects);
	}
	if (r->arg & TRACE_TIMED)
		trace_json_unsigned(json, "until", trace_join(r->b, r->c));
}

/* Return whether the task that is ready now has waited for another task: its `object` is that task then. */
static bool has_awaited_task(const struct trace_jsonl_line *line)
{
	uint32_t task = trace_model_lane(line->model, TRACE_LANE_TASK, line->r->id);
	if (task == TRACE_NONE)
		return false;
	const struct trace_lane *lane = &line->model->lanes[task];
	size_t at = trace_lane_at(lane, line->ordinal);
	if (at == SIZE_MAX || at == 0)
		return false;
	const struct trace_record *before = trace_model_event(line->model, lane->ordinals[at - 1]);
	return before->sub == TRACE_STATE_WAITING && trace_on_is_task(before->arg & ~TRACE_TIMED);
}

static void ready_fields(struct trace_jsonl_line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	trace_json_unsigned(json, "by", r->b);
	if (r->arg)
		trace_json_string(json, "why", trace_jsonl_word(trace_why_name(r->arg)));
	if (r->a)
		trace_json_unsigned(json, has_awaited_task(line) ? "awaits" : "object", r->a);
}

static void write_state(struct trace_jsonl_line *line)
{
	struct trace_json *json = &line->json;
	const struct trace_record *r = line->r;
	trace_json_unsigned(json, "task", r->id);
	trace_json_string(json, "state", trace_jsonl_word(trace_state_name(r->sub)));
	if (r->sub == TRACE_STATE_WAITING) {
		waiting_fields(line);
	} else if (r->sub == TRACE_STATE_READY) {
		ready_fields(line);
	} else if (r->sub == TRACE_STATE_RUNNING) {
		if (r->arg & TRACE_STILLBORN)
			trace_json_bool(json, "stillborn", true);
	} else if (r->sub == TRACE_STATE_DONE) {
		if (r->arg)
			trace_json_string(json, "outcome",
			                  trace_jsonl_word(trace_outcome_name(r->arg)));
		trace_jsonl_text(line, "value", r->a);
	}
	where_fields(line);
}

static void write_task(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	name_field(line, TRACE_LANE_TASK);
	trace_json_unsigned(&line->json, "parent", line->r->b);
	where_fields(line);
}

static void write_cancel(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_json_unsigned(&line->json, "by", line->r->a);
	trace_json_string(&line->json, "phase",
	                  trace_jsonl_word(trace_cancel_phase_name(line->r->sub)));
	where_fields(line);
}

static void write_object(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_string(&line->json, "kind",
	                  trace_jsonl_word(trace_object_kind_name(line->r->sub)));
	name_field(line, TRACE_LANE_OBJECT);
	trace_json_signed(&line->json, "capacity", joined(line->r));
	where_fields(line);
}

static void write_level(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_signed(&line->json, "value", joined(line->r));
	trace_json_unsigned(&line->json, "waiters", line->r->a);
	int32_t item;
	if (!trace_item_of(line->r, &item))
		return;
	trace_json_string(&line->json, "op", trace_jsonl_word(trace_item_op_name(line->r->sub)));
	trace_json_signed(&line->json, "item", item);
}

static void write_hold(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_unsigned(&line->json, "task", line->r->a);
	trace_json_bool(&line->json, "held", line->r->sub);
	where_fields(line);
}

static void write_scope(struct trace_jsonl_line *line)
{
	const struct trace_record *r = line->r;
	trace_json_unsigned(&line->json, "task", r->id);
	trace_json_unsigned(&line->json, "scope", r->a);
	trace_json_string(&line->json, "kind", trace_jsonl_word(trace_scope_kind_name(r->sub)));
	trace_json_bool(&line->json, "open", r->arg & 1);
	if (r->arg & TRACE_TIMED)
		trace_json_unsigned(&line->json, "deadline", trace_join(r->b, r->c));
	where_fields(line);
}

static void write_call(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "call", line->r->id);
	trace_jsonl_text(line, "name", line->r->a);
	trace_json_string(&line->json, "phase", trace_jsonl_word(trace_phase_name(line->r->sub)));
	where_fields(line);
}

static void write_tick(struct trace_jsonl_line *line)
{
	trace_json_string(&line->json, "phase", trace_jsonl_word(trace_phase_name(line->r->sub)));
	trace_json_unsigned(&line->json, "ready", line->r->a);
}

static void write_worker(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "worker", line->r->id);
	trace_json_string(&line->json, "state",
	                  trace_jsonl_word(trace_worker_state_name(line->r->sub)));
	trace_json_unsigned(&line->json, "task", line->r->a);
	trace_jsonl_text(line, "name", line->r->b);
	if (line->r->sub == TRACE_WORKER_WAITING)
		trace_json_unsigned(&line->json, "object", line->r->c);
}

static void write_var(struct trace_jsonl_line *line)
{
	trace_jsonl_text(line, "name", line->r->a);
	trace_json_signed(&line->json, "value", joined(line->r));
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_json_string(&line->json, "op", trace_jsonl_word(trace_var_op_name(line->r->sub)));
	where_fields(line);
}

static void write_log(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_jsonl_text(line, "text", line->r->a);
	where_fields(line);
}

static void write_mark(struct trace_jsonl_line *line)
{
	trace_jsonl_text(line, "name", line->r->a);
	trace_jsonl_text(line, "text", line->r->b);
}

static void write_lost(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "count", trace_join(line->r->b, line->r->c));
	if (line->r->arg & TRACE_TIMED)
		trace_json_unsigned(&line->json, "until", trace_join(line->r->id, line->r->a));
}

static void write_end(struct trace_jsonl_line *line)
{
	trace_json_string(&line->json, "status", trace_jsonl_word(trace_status_name(line->r->sub)));
}

static void write_coro(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "object", line->r->id);
	trace_json_unsigned(&line->json, "task", line->r->a);
	trace_json_string(&line->json, "phase",
	                  trace_jsonl_word(trace_coro_phase_name(line->r->sub)));
	where_fields(line);
}

static void write_error(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_json_string(&line->json, "phase",
	                  trace_jsonl_word(trace_error_phase_name(line->r->sub)));
}

static void write_name(struct trace_jsonl_line *line)
{
	trace_json_unsigned(&line->json, "task", line->r->id);
	trace_jsonl_text(line, "name", line->r->a);
}

static void (*const writers[TRACE_KIND_END])(struct trace_jsonl_line *line) = {
        [TRACE_NAME] = write_name,     [TRACE_TASK] = write_task,     [TRACE_STATE] = write_state,
        [TRACE_CANCEL] = write_cancel, [TRACE_OBJECT] = write_object, [TRACE_LEVEL] = write_level,
        [TRACE_HOLD] = write_hold,     [TRACE_SCOPE] = write_scope,   [TRACE_CALL] = write_call,
        [TRACE_TICK] = write_tick,     [TRACE_WORKER] = write_worker, [TRACE_VAR] = write_var,
        [TRACE_LOG] = write_log,       [TRACE_MARK] = write_mark,     [TRACE_LOST] = write_lost,
        [TRACE_END] = write_end,       [TRACE_CORO] = write_coro,     [TRACE_ERROR] = write_error,
};

/* errors: TRACE_ESYSTEM without memory. */
static int write_event(const struct trace_model *model, uint32_t ordinal, uint64_t t_ns, FILE *out)
{
	const struct trace_record *r = trace_model_event(model, ordinal);
	unsigned kind = r->kind < TRACE_KIND_END ? r->kind : 0;
	struct trace_jsonl_line line =
	        trace_jsonl_begin(model, r, out, t_ns, trace_jsonl_word(trace_kind_name(kind)));
	line.ordinal = ordinal;
	if (writers[kind])
		writers[kind](&line);
	trace_jsonl_end(&line);
	return line.is_short ? TRACE_ESYSTEM : TRACE_OK;
}

int trace_jsonl_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	const struct trace_model *model = export->model;
	struct trace_walk walk = trace_walk_begin(export);
	uint64_t said_lost = 0, t_ns;
	uint32_t ordinal;
	trace_jsonl_meta(model, out);
	while (!ferror(out) && trace_walk_next(&walk, &ordinal, &t_ns)) {
		const struct trace_record *r = trace_model_event(model, ordinal);
		if (r->kind != TRACE_AWAIT && write_event(model, ordinal, t_ns, out) != TRACE_OK)
			return trace_error_set(error, TRACE_ESYSTEM, 0,
			                       "cannot export: out of memory");
		if (r->kind == TRACE_LOST)
			said_lost += trace_join(r->b, r->c);
	}
	if (model->lost > said_lost) {
		struct trace_jsonl_line line =
		        trace_jsonl_begin(model, NULL, out, export->end_ns, "lost");
		trace_json_unsigned(&line.json, "count", model->lost - said_lost);
		trace_jsonl_end(&line);
	}
	return trace_format_finish(out, error);
}
