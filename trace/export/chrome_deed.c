/* Holds, scopes and variables. They overlap, so they are no slices: a hold and a scope are an instant at either end, a variable is a counter
 * that changes where it is written, and an instant where it is read.
 *
 * Rejected: async events (b, e) for what is held, which one reader passes over and another puts into the row as slices.
 */
#include "trace/export/chrome_private.h"

#include "trace/export/field.h"

static void write_hold(struct trace_chrome_writer *c, const struct trace_record *r, uint64_t t_ns)
{
	uint32_t index = trace_model_lane(c->model, TRACE_LANE_OBJECT, r->id);
	const struct trace_lane *object = index != TRACE_NONE ? &c->model->lanes[index] : NULL;
	const char *kind = object ? trace_object_kind_name(object->object_kind) : NULL;
	const char *name = object && object->name[0] ? object->name : kind ? kind : "object";
	char text[1100];
	snprintf(text, sizeof text, "%s %s", r->sub ? "takes" : "gives back", name);
	struct trace_json json = trace_chrome_begin_instant(c, r->a, r, t_ns, text);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_string(&args, TRACE_FIELD_OBJECT, object ? object->name : "");
	trace_json_unsigned(&args, TRACE_FIELD_OBJECT_ID, r->id);
	trace_json_string(&args, "kind", kind ? kind : "");
	trace_json_unsigned(&args, "held", r->sub);
	trace_chrome_end_args(&json, &args);
}

static void write_scope(struct trace_chrome_writer *c, const struct trace_record *r, uint64_t t_ns)
{
	const char *kind = trace_scope_kind_name(r->sub);
	bool is_open = r->arg & 1;
	char text[64];
	snprintf(text, sizeof text, "%s %s", kind ? kind : "scope", is_open ? "opens" : "closes");
	struct trace_json json = trace_chrome_begin_instant(c, r->id, r, t_ns, text);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_unsigned(&args, "scope", r->a);
	trace_json_string(&args, "kind", kind ? kind : "");
	trace_json_unsigned(&args, "open", is_open);
	if (r->arg & TRACE_TIMED)
		trace_json_unsigned(&args, "deadline_ns", trace_join(r->b, r->c));
	trace_chrome_end_args(&json, &args);
}

/* A counter belongs to the process, so its row is free to say who wrote. */
static void write_written(struct trace_chrome_writer *c, const struct trace_record *r,
                          uint64_t t_ns, const char *name)
{
	struct trace_json json = trace_chrome_begin_event(c, "C", trace_chrome_tid(r->id), name);
	trace_json_string(&json, "cat", "var");
	trace_json_unsigned(&json, "seq", c->ordinal);
	trace_chrome_time(&json, "ts", t_ns);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_signed(&args, "value", (int64_t)trace_join(r->b, r->c));
	trace_chrome_end_args(&json, &args);
}

static void write_var(struct trace_chrome_writer *c, const struct trace_record *r, uint64_t t_ns)
{
	char name[TRACE_STRING_MAX_BYTES * 3 + 1], text[sizeof name + 16];
	trace_model_string(c->model, r->a, name, sizeof name);
	if (r->sub == TRACE_VAR_WRITE) {
		write_written(c, r, t_ns, name);
		return;
	}
	snprintf(text, sizeof text, "reads %s", name);
	struct trace_json json = trace_chrome_begin_instant(c, r->id, r, t_ns, text);
	struct trace_json args = trace_chrome_begin_args(&json);
	trace_json_string(&args, "name", name);
	trace_json_signed(&args, "value", (int64_t)trace_join(r->b, r->c));
	trace_chrome_end_args(&json, &args);
}

void trace_chrome_write_deed(struct trace_chrome_writer *c, const struct trace_record *r,
                             uint64_t t_ns)
{
	if (r->kind == TRACE_HOLD)
		write_hold(c, r, t_ns);
	else if (r->kind == TRACE_SCOPE)
		write_scope(c, r, t_ns);
	else if (r->kind == TRACE_VAR)
		write_var(c, r, t_ns);
}
