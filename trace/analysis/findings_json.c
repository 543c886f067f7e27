/* Findings as JSON. Times and amounts are integers, names of fields never change their meaning; fields that do not apply are left
 * out. */
#include "trace/analysis/findings_json.h"

#include "trace/json.h"

#define TEXT_BYTES 2048u

static void write_where(struct trace_json *json, const struct trace_model *m, uint32_t where)
{
	char file[TEXT_BYTES];
	uint32_t line = trace_model_where(m, where, file, sizeof file);
	if (line == 0)
		return;
	trace_json_string(json, "file", file);
	trace_json_unsigned(json, "line", line);
}

/* A lane as its kind, its id and its name. */
static void write_lane(struct trace_json *json, const struct trace_model *m, const char *field,
                       uint32_t lane)
{
	static const char *const kinds[] = {
	        [TRACE_LANE_LOOP] = "loop",
	        [TRACE_LANE_TASK] = "task",
	        [TRACE_LANE_WORKER] = "worker",
	        [TRACE_LANE_OBJECT] = "object",
	};
	if (lane >= m->n_lanes)
		return;
	const struct trace_lane *l = &m->lanes[lane];
	trace_json_key(json, field);
	struct trace_json inner = trace_json_open(json->out);
	trace_json_string(&inner, "kind", kinds[l->kind]);
	trace_json_unsigned(&inner, "id", l->id);
	trace_json_string(&inner, "name", l->name);
	trace_json_close(&inner);
}

static void write_finding(const struct trace_findings *findings, const struct trace_model *m,
                          const struct trace_finding *f, FILE *out)
{
	const struct trace_finding_rule *rule = trace_finding_rule(f->kind);
	char text[TEXT_BYTES];
	trace_finding_text(findings, f, text, sizeof text);
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "kind", rule->name);
	trace_json_unsigned(&json, "t", f->t_ns);
	trace_json_unsigned(&json, "end", f->end_ns);
	trace_json_unsigned(&json, "ordinal", f->ordinal);
	trace_json_bool(&json, "open", f->is_open);
	write_lane(&json, m, "lane", f->lane);
	if (f->object != f->lane)
		write_lane(&json, m, "object", f->object);
	write_lane(&json, m, "culprit", f->culprit);
	write_where(&json, m, f->where);
	if (rule->unit != TRACE_FINDING_UNIT_NONE) {
		trace_json_string(&json, "unit",
		                  rule->unit == TRACE_FINDING_UNIT_NS ? "ns" : "count");
		trace_json_unsigned(&json, "amount", f->amount);
		trace_json_unsigned(&json, "limit", f->limit);
	} else if (f->amount) {
		trace_json_unsigned(&json, "amount", f->amount);
	}
	if (f->n_others)
		trace_json_unsigned(&json, "others", f->n_others);
	trace_json_string(&json, "evidence", text);
	trace_json_string(&json, "rule", rule->rule);
	trace_json_string(&json, "advice", rule->advice);
	trace_json_close(&json);
}

static void write_counts(const struct trace_findings *findings, uint64_t kinds, FILE *out)
{
	struct trace_json json = trace_json_open(out);
	for (unsigned i = 0; i < TRACE_FINDING_KINDS; i++) {
		uint64_t n = trace_findings_of_kind(findings, (enum trace_finding_kind)i);
		if (n > 0 && (kinds >> i & 1))
			trace_json_unsigned(&json,
			                    trace_finding_rule((enum trace_finding_kind)i)->name,
			                    n);
	}
	trace_json_close(&json);
}

void trace_findings_write_json(const struct trace_findings *findings, const struct trace_model *m,
                               const char *target, uint64_t kinds, FILE *out)
{
	size_t written = 0;
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "target", target);
	trace_json_string(&json, "title", m->title);
	if (m->lesson[0])
		trace_json_string(&json, "lesson", m->lesson);
	const char *status = trace_status_name(m->status);
	trace_json_string(&json, "status", status ? status : "unfinished");
	trace_json_unsigned(&json, "end", m->t_end_ns);
	trace_json_key(&json, "counts");
	write_counts(findings, kinds, out);
	trace_json_key(&json, "findings");
	fputc('[', out);
	for (size_t i = 0; i < trace_findings_count(findings); i++) {
		const struct trace_finding *f = trace_findings_at(findings, i);
		if (!(kinds >> f->kind & 1))
			continue;
		fputs(written++ ? ",\n" : "\n", out);
		write_finding(findings, m, f, out);
	}
	fputs(written ? "\n]" : "]", out);
	trace_json_close(&json);
	fputc('\n', out);
}
