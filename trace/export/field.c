/* From a state record to named fields: the mapping that all exports share. */
#include "trace/export/field.h"

#include <string.h>

static void add_text(struct trace_fields *fields, const char *key, const char *text)
{
	if (text && fields->n < TRACE_FIELDS_MAX)
		fields->list[fields->n++] = (struct trace_field){.key = key, .text = text};
}

static void add_number(struct trace_fields *fields, const char *key, uint64_t number)
{
	if (fields->n < TRACE_FIELDS_MAX)
		fields->list[fields->n++] = (struct trace_field){.key = key, .number = number};
}

static void add_lane(const struct trace_model *model, struct trace_fields *fields, const char *key,
                     const char *id_key, enum trace_lane_kind kind, uint32_t id)
{
	uint32_t lane = id ? trace_model_lane(model, kind, id) : TRACE_NONE;
	if (lane != TRACE_NONE)
		add_text(fields, key, model->lanes[lane].name);
	add_number(fields, id_key, id);
}

static void add_waiting(const struct trace_model *model, const struct trace_record *r,
                        struct trace_fields *fields)
{
	unsigned on = r->arg & ~TRACE_TIMED;
	add_text(fields, TRACE_FIELD_ON, trace_on_name(on));
	if (r->a)
		add_lane(model, fields, TRACE_FIELD_OBJECT, TRACE_FIELD_OBJECT_ID,
		         trace_on_is_task(on) ? TRACE_LANE_TASK : TRACE_LANE_OBJECT, r->a);
	if (r->arg & TRACE_TIMED)
		add_number(fields, TRACE_FIELD_UNTIL, trace_join(r->b, r->c));
}

/* The object of a ready task may be a task or an object, which only the state before it says: its id is enough. */
static void add_ready(const struct trace_model *model, const struct trace_record *r,
                      struct trace_fields *fields)
{
	add_text(fields, TRACE_FIELD_WHY, trace_why_name(r->arg));
	add_lane(model, fields, TRACE_FIELD_BY, TRACE_FIELD_BY_ID, TRACE_LANE_TASK, r->b);
	if (r->a)
		add_number(fields, TRACE_FIELD_OBJECT_ID, r->a);
}

static void add_done(const struct trace_model *model, const struct trace_record *r,
                     struct trace_fields *fields)
{
	add_text(fields, TRACE_FIELD_OUTCOME, trace_outcome_name(r->arg));
	if (!r->a)
		return;
	trace_model_string(model, r->a, fields->value, sizeof fields->value);
	add_text(fields, TRACE_FIELD_VALUE, fields->value);
}

static void add_where(const struct trace_model *model, uint32_t where, struct trace_fields *fields)
{
	uint32_t line = trace_model_where(model, where, fields->file, sizeof fields->file);
	if (!*fields->file)
		return;
	add_text(fields, TRACE_FIELD_FILE, fields->file);
	add_number(fields, TRACE_FIELD_LINE, line);
}

void trace_fields_of(const struct trace_model *model, const struct trace_record *r,
                     struct trace_fields *fields)
{
	fields->n = 0;
	if (r->kind == TRACE_WORKER && r->a)
		add_lane(model, fields, TRACE_FIELD_BY, TRACE_FIELD_BY_ID, TRACE_LANE_TASK, r->a);
	if (r->kind != TRACE_STATE)
		return;
	if (r->sub == TRACE_STATE_WAITING)
		add_waiting(model, r, fields);
	else if (r->sub == TRACE_STATE_READY)
		add_ready(model, r, fields);
	else if (r->sub == TRACE_STATE_DONE)
		add_done(model, r, fields);
	else if (r->arg & TRACE_STILLBORN)
		add_number(fields, TRACE_FIELD_STILLBORN, 1);
	add_where(model, r->d, fields);
}

const struct trace_field *trace_field_find(const struct trace_fields *fields, const char *key)
{
	for (size_t i = 0; i < fields->n; i++)
		if (strcmp(fields->list[i].key, key) == 0)
			return &fields->list[i];
	return NULL;
}
