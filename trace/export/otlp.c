/* The OpenTelemetry export. A task is a span, its parent task the parent span; its states are the span's events, and
 * who woke it is a link. Ids are hex, 64-bit integers are strings, enumerations are numbers: OTLP's JSON is
 * protobuf's with those three rules.
 *
 * A span's time is wall time. A recording under the virtual clock has none, so that it repeats; its spans begin with
 * the year 2000.
 */
#include "trace/export/otlp.h"

#include <inttypes.h>
#include <string.h>

#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"
#include "trace/json.h"

#define YEAR_2000_NS UINT64_C(946684800000000000)
enum { KIND_INTERNAL = 1, STATUS_OK = 1, STATUS_ERROR = 2 };

struct otlp {
	const struct trace_export *export;
	FILE *out;
	uint64_t base_ns;
	char trace_id[33];
};

/* One id for one recording: its words, hashed (FNV-1a). Never zero, which would be no id. */
static void make_trace_id(struct otlp *o)
{
	const struct trace_model *m = o->export->model;
	const char *const words[] = {m->lesson, m->title, m->source, m->policy};
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (const char *c = words[i]; *c; c++)
			hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	snprintf(o->trace_id, sizeof o->trace_id, "%016" PRIx64 "%016" PRIx64, hash | 1,
	         m->seed ^ trace_reader_header(m->reader)->started_unix_ns);
}

static void put_id(struct trace_json *json, const char *key, uint32_t task)
{
	char text[17];
	snprintf(text, sizeof text, "%016" PRIx32, task);
	trace_json_string(json, key, text);
}

static void put_u64(struct trace_json *json, const char *key, uint64_t value)
{
	trace_json_key(json, key);
	fprintf(json->out, "\"%" PRIu64 "\"", value);
}

static void put_time(const struct otlp *o, struct trace_json *json, const char *key, uint64_t t_ns)
{
	put_u64(json, key, o->base_ns + t_ns);
}

/* Attributes: an array of keys and values. */
static struct trace_json open_attribute(struct trace_json *list, const char *key)
{
	if (list->has_fields)
		fputc(',', list->out);
	list->has_fields = true;
	struct trace_json json = trace_json_open(list->out);
	trace_json_string(&json, "key", key);
	trace_json_key(&json, "value");
	return json;
}

static void put_attribute_text(struct trace_json *list, const char *key, const char *text)
{
	struct trace_json json = open_attribute(list, key);
	struct trace_json value = trace_json_open(list->out);
	trace_json_string(&value, "stringValue", text);
	trace_json_close(&value);
	trace_json_close(&json);
}

static void put_attribute_number(struct trace_json *list, const char *key, uint64_t number)
{
	struct trace_json json = open_attribute(list, key);
	struct trace_json value = trace_json_open(list->out);
	put_u64(&value, "intValue", number);
	trace_json_close(&value);
	trace_json_close(&json);
}

static struct trace_json open_list(struct trace_json *json, const char *key)
{
	trace_json_key(json, key);
	fputc('[', json->out);
	return (struct trace_json){.out = json->out};
}

static void close_list(struct trace_json *list)
{
	fputc(']', list->out);
}

static void put_fields(struct trace_json *json, const struct trace_fields *fields)
{
	struct trace_json list = open_list(json, "attributes");
	for (size_t i = 0; i < fields->n; i++)
		if (fields->list[i].text)
			put_attribute_text(&list, fields->list[i].key, fields->list[i].text);
		else
			put_attribute_number(&list, fields->list[i].key, fields->list[i].number);
	close_list(&list);
}

/* ---- a span */

static void put_event(const struct otlp *o, struct trace_json *list,
                      const struct trace_slice *slice)
{
	struct trace_fields fields;
	if (list->has_fields)
		fputc(',', list->out);
	list->has_fields = true;
	struct trace_json json = trace_json_open(list->out);
	put_time(o, &json, "timeUnixNano", slice->begin_ns);
	trace_json_string(&json, "name", slice->name);
	trace_fields_of(o->export->model, slice->r, &fields);
	put_fields(&json, &fields);
	trace_json_close(&json);
}

static void put_events(const struct otlp *o, struct trace_json *span, const struct trace_lane *lane)
{
	struct trace_slice slice;
	struct trace_json list = open_list(span, "events");
	for (size_t i = trace_slice_first(o->export, lane); i < lane->n && !ferror(o->out); i++)
		if (trace_slice_at(o->export, lane, i, &slice))
			put_event(o, &list, &slice);
	close_list(&list);
}

static void put_links(const struct otlp *o, struct trace_json *span, const struct trace_lane *lane)
{
	struct trace_slice slice;
	struct trace_json list = open_list(span, "links");
	for (size_t i = trace_slice_first(o->export, lane); i < lane->n && !ferror(o->out); i++) {
		if (!trace_slice_at(o->export, lane, i, &slice) ||
		    slice.r->sub != TRACE_STATE_READY || !slice.r->b || slice.r->b == lane->id)
			continue;
		if (list.has_fields)
			fputc(',', o->out);
		list.has_fields = true;
		struct trace_json json = trace_json_open(o->out);
		trace_json_string(&json, "traceId", o->trace_id);
		put_id(&json, "spanId", slice.r->b);
		struct trace_json attributes = open_list(&json, "attributes");
		const char *why = trace_why_name(slice.r->arg);
		put_attribute_text(&attributes, TRACE_FIELD_WHY, why ? why : "unknown");
		put_attribute_number(&attributes, "t_ns", slice.begin_ns);
		close_list(&attributes);
		trace_json_close(&json);
	}
	close_list(&list);
}

/* Cancelled and failed are errors; what is not over has no status. */
static void put_status(const struct otlp *o, struct trace_json *span, const struct trace_record *r)
{
	char value[TRACE_STRING_MAX_BYTES * 3 + 1];
	trace_json_key(span, "status");
	struct trace_json json = trace_json_open(o->out);
	if (r->sub == TRACE_STATE_DONE && r->t_ns < o->export->to_ns) {
		bool is_well = r->arg == TRACE_OUTCOME_RESULT;
		trace_json_unsigned(&json, "code", is_well ? STATUS_OK : STATUS_ERROR);
		trace_model_string(o->export->model, r->a, value, sizeof value);
		if (r->arg == TRACE_OUTCOME_CANCELLED)
			trace_json_string(&json, "message", "cancelled");
		else if (!is_well)
			trace_json_string(&json, "message", value);
	}
	trace_json_close(&json);
}

static void put_span(const struct otlp *o, const struct trace_lane *lane)
{
	const struct trace_model *m = o->export->model;
	uint64_t born_ns = trace_export_time(o->export, trace_model_event(m, lane->born)->t_ns);
	const struct trace_record *last =
	        trace_model_event(m, lane->n ? lane->ordinals[lane->n - 1] : lane->born);
	uint64_t end_ns = o->export->end_ns;
	if (last->kind == TRACE_STATE && last->sub == TRACE_STATE_DONE && last->t_ns < end_ns)
		end_ns = last->t_ns;
	struct trace_json span = trace_json_open(o->out);
	trace_json_string(&span, "traceId", o->trace_id);
	put_id(&span, "spanId", lane->id);
	if (lane->parent != TRACE_NONE)
		put_id(&span, "parentSpanId", m->lanes[lane->parent].id);
	trace_json_string(&span, "name", lane->name);
	trace_json_unsigned(&span, "kind", KIND_INTERNAL);
	put_time(o, &span, "startTimeUnixNano", born_ns);
	put_time(o, &span, "endTimeUnixNano", end_ns);
	struct trace_json attributes = open_list(&span, "attributes");
	put_attribute_number(&attributes, "task", lane->id);
	close_list(&attributes);
	put_events(o, &span, lane);
	put_links(o, &span, lane);
	put_status(o, &span, last);
	trace_json_close(&span);
}

static void put_resource(const struct otlp *o)
{
	const struct trace_model *m = o->export->model;
	fputs("{\"attributes\":[", o->out);
	struct trace_json list = {.out = o->out};
	put_attribute_text(&list, "service.name", *m->lesson ? m->lesson : "ganttop");
	put_attribute_text(&list, "ganttop.title", m->title);
	const char *clock = trace_clock_name(trace_reader_header(m->reader)->clock);
	put_attribute_text(&list, "ganttop.clock", clock ? clock : "unknown");
	fputs("]}", o->out);
}

int trace_otlp_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	const struct trace_model *m = export->model;
	uint64_t started_ns = trace_reader_header(m->reader)->started_unix_ns;
	struct otlp o = {.export = export,
	                 .out = out,
	                 .base_ns = started_ns ? started_ns : YEAR_2000_NS};
	const char *separator = "";
	make_trace_id(&o);
	fputs("{\"resourceSpans\":[{\"resource\":", out);
	put_resource(&o);
	fputs(",\"scopeSpans\":[{\"scope\":{\"name\":\"ganttop\",\"version\":\"" GANTTOP_VERSION
	      "\"},\"spans\":[",
	      out);
	for (size_t i = 0; i < m->n_lanes; i++) {
		if (m->lanes[m->order[i]].kind != TRACE_LANE_TASK ||
		    !trace_export_has_lane(export, m->order[i]))
			continue;
		fputs(separator, out);
		separator = ",";
		put_span(&o, &m->lanes[m->order[i]]);
	}
	fputs("]}]}]}\n", out);
	return trace_format_finish(out, error);
}
