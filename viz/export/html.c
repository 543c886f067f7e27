/* The HTML export: the page's own parts, and between them the recording as JSON.
 *
 * The JSON stands inside a script element, so `<` is escaped in it: no name can close the element. The page may load
 * nothing, which its policy tells the browser too.
 */
#include "viz/export/html.h"

#include <inttypes.h>
#include <string.h>

#include "scenarios/scenario.h"
#include "trace/analysis/path.h"
#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"

/* Numbers of the states in the page, see page.js. */
enum html_state { HTML_READY, HTML_RUNNING, HTML_WAITING, HTML_DONE, HTML_ITERATION, HTML_BUSY };

static void put_markup(FILE *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '&')
			fputs("&amp;", out);
		else
			fputc(*text, out);
}

/* A JSON string for a script element. Text is clean already, but for the line ends of the lesson's text. */
static void put_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < 0x20 || strchr("<>&", c) != NULL)
			fprintf(out, "\\u%04x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void put_key_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, ",\"%s\":", key);
	put_text(out, text);
}

/* ---- slices: [begin, end, state, on | why | outcome, object | value | task, until, waker, open, place] */

static enum html_state state_of(const struct trace_slice *slice)
{
	if (slice->lane->kind == TRACE_LANE_LOOP)
		return HTML_ITERATION;
	if (slice->lane->kind == TRACE_LANE_WORKER)
		return slice->r->sub == TRACE_WORKER_WAITING ? HTML_WAITING : HTML_BUSY;
	switch (slice->r->sub) {
	case TRACE_STATE_READY:
		return HTML_READY;
	case TRACE_STATE_RUNNING:
		return HTML_RUNNING;
	case TRACE_STATE_WAITING:
		return HTML_WAITING;
	default:
		return HTML_DONE;
	}
}

static const char *text_of(const struct trace_fields *fields, const char *const keys[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct trace_field *field = trace_field_find(fields, keys[i]);
		if (field != NULL && field->text != NULL)
			return field->text;
	}
	return "";
}

static void put_place(FILE *out, const struct trace_fields *fields)
{
	const struct trace_field *file = trace_field_find(fields, TRACE_FIELD_FILE);
	const struct trace_field *line = trace_field_find(fields, TRACE_FIELD_LINE);
	if (file == NULL || line == NULL)
		return;
	char place[1100];
	snprintf(place, sizeof place, "%s:%" PRIu64, file->text, line->number);
	fputc(',', out);
	put_text(out, place);
}

static void put_waker(const struct trace_model *m, const struct trace_slice *slice, FILE *out)
{
	bool is_ready = slice->r->kind == TRACE_STATE && slice->r->sub == TRACE_STATE_READY;
	uint32_t lane = !is_ready     ? TRACE_NONE
	                : slice->r->b ? trace_model_lane(m, TRACE_LANE_TASK, slice->r->b)
	                              : 0;
	if (lane == TRACE_NONE)
		fputs("null", out);
	else
		fprintf(out, "%" PRIu32, lane);
}

static void put_slice(const struct trace_model *m, const struct trace_slice *slice, FILE *out)
{
	static const char *const words[] = {TRACE_FIELD_ON, TRACE_FIELD_WHY, TRACE_FIELD_OUTCOME};
	static const char *const things[] = {TRACE_FIELD_OBJECT, TRACE_FIELD_VALUE, TRACE_FIELD_BY};
	struct trace_fields fields;
	trace_fields_of(m, slice->r, &fields);
	const struct trace_field *until = trace_field_find(&fields, TRACE_FIELD_UNTIL);
	enum html_state state = state_of(slice);
	fprintf(out, "[%" PRIu64 ",%" PRIu64 ",%d,", slice->begin_ns, slice->end_ns, (int)state);
	put_text(out, text_of(&fields, words, 3));
	fputc(',', out);
	put_text(out, text_of(&fields, things, state == HTML_READY ? 2 : 3));
	if (until != NULL)
		fprintf(out, ",%" PRIu64 ",", until->number);
	else
		fputs(",null,", out);
	put_waker(m, slice, out);
	fprintf(out, ",%d", slice->is_open);
	put_place(out, &fields);
	fputc(']', out);
}

static void put_slices(const struct trace_export *export, const struct trace_lane *lane, FILE *out)
{
	struct trace_slice slice;
	const char *separator = "";
	for (size_t i = trace_slice_first(export, lane); i < lane->n && !ferror(out); i++) {
		if (!trace_slice_at(export, lane, i, &slice))
			continue;
		fputs(separator, out);
		separator = ",";
		put_slice(export->model, &slice, out);
	}
}

static void put_levels(const struct trace_export *export, const struct trace_lane *lane, FILE *out)
{
	const char *separator = "";
	for (size_t i = trace_slice_first(export, lane); i < lane->n && !ferror(out); i++) {
		const struct trace_record *r = trace_model_event(export->model, lane->ordinals[i]);
		if (r->t_ns >= export->to_ns)
			break;
		fprintf(out, "%s[%" PRIu64 ",%" PRId64 ",%" PRIu32 "]", separator,
		        trace_export_time(export, r->t_ns), (int64_t)trace_join(r->b, r->c), r->a);
		separator = ",";
	}
}

static void put_cancels(const struct trace_export *export, const struct trace_lane *lane, FILE *out)
{
	const char *separator = "";
	fputs("],\"c\":[", out);
	for (size_t i = 0; i < lane->n_others && !ferror(out); i++) {
		const struct trace_record *r = trace_model_event(export->model, lane->others[i]);
		if (r->kind != TRACE_CANCEL || r->sub != TRACE_CANCEL_DELIVERED ||
		    r->t_ns < export->from_ns || r->t_ns >= export->to_ns)
			continue;
		fprintf(out, "%s[%" PRIu64 "]", separator, r->t_ns);
		separator = ",";
	}
}

/* ---- lanes */

static const char *kind_name(enum trace_lane_kind kind)
{
	static const char *const names[] = {[TRACE_LANE_LOOP] = "loop",
	                                    [TRACE_LANE_TASK] = "task",
	                                    [TRACE_LANE_WORKER] = "worker",
	                                    [TRACE_LANE_OBJECT] = "object"};
	return names[kind];
}

static void put_lane(const struct trace_export *export, uint32_t index, FILE *out)
{
	const struct trace_model *m = export->model;
	const struct trace_lane *lane = &m->lanes[index];
	bool is_object = lane->kind == TRACE_LANE_OBJECT;
	fprintf(out, "{\"x\":%" PRIu32 ",\"k\":\"%s\",\"id\":%" PRIu32 ",\"d\":%" PRIu32, index,
	        kind_name(lane->kind), lane->id, lane->depth);
	put_key_text(out, "n", lane->name);
	if (lane->parent != TRACE_NONE)
		put_key_text(out, "p", m->lanes[lane->parent].name);
	if (is_object) {
		const char *kind = trace_object_kind_name(lane->object_kind);
		put_key_text(out, "kind", kind != NULL ? kind : "thing");
		fprintf(out, ",\"cap\":%" PRId64 ",\"max\":%" PRId64, lane->capacity,
		        lane->level_max);
	}
	fputs(",\"s\":[", out);
	if (is_object)
		put_levels(export, lane, out);
	else
		put_slices(export, lane, out);
	if (lane->kind == TRACE_LANE_TASK)
		put_cancels(export, lane, out);
	fputs("]}", out);
}

static void put_lanes(const struct trace_export *export, FILE *out)
{
	const struct trace_model *m = export->model;
	const char *separator = "\n";
	fputs(",\"lanes\":[", out);
	for (size_t i = 0; i < m->n_lanes && !ferror(out); i++) {
		const struct trace_lane *lane = &m->lanes[m->order[i]];
		/* An object that never had a level has no line to draw. */
		if (!trace_export_has_lane(export, m->order[i]) ||
		    (lane->kind == TRACE_LANE_OBJECT && lane->n == 0))
			continue;
		fputs(separator, out);
		separator = ",\n";
		put_lane(export, m->order[i], out);
	}
	fputs("\n]", out);
}

/* ---- the rest */

static void put_notes(const struct trace_export *export, enum trace_kind kind, const char *key,
                      FILE *out)
{
	const struct trace_model *m = export->model;
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	const char *separator = "";
	fprintf(out, ",\"%s\":[", key);
	for (size_t i = 0; i < m->n_logs && !ferror(out); i++) {
		const struct trace_record *r = trace_model_event(m, m->logs[i]);
		uint32_t lane = trace_export_lane_of(export, r);
		if (r->kind != kind || r->t_ns < export->from_ns || r->t_ns >= export->to_ns ||
		    (kind == TRACE_LOG && !trace_export_has_lane(export, lane)))
			continue;
		fprintf(out, "%s[%" PRIu64 ",", separator, r->t_ns);
		separator = ",\n";
		if (kind == TRACE_LOG) {
			fprintf(out, "%" PRIu32 ",", lane);
		} else {
			trace_model_string(m, r->a, text, sizeof text);
			put_text(out, text);
			fputc(',', out);
		}
		trace_model_string(m, kind == TRACE_LOG ? r->a : r->b, text, sizeof text);
		put_text(out, text);
		fputc(']', out);
	}
	fputc(']', out);
}

static void put_lesson(const struct trace_model *m, FILE *out)
{
	const struct scenario *scenario = m->lesson[0] != '\0' ? scn_find(m->lesson) : NULL;
	const char *python = scenario != NULL ? scn_source_python(scenario) : NULL;
	const char *c = scenario != NULL ? scn_source_c(scenario) : NULL;
	put_key_text(out, "text", scenario != NULL ? scenario->text : "");
	fputs(",\"sources\":[", out);
	if (python != NULL) {
		fputs("[\"In Python (asyncio)\",", out);
		put_text(out, python);
		fputc(']', out);
	}
	if (c != NULL) {
		fprintf(out, "%s[\"In C\",", python != NULL ? "," : "");
		put_text(out, c);
		fputc(']', out);
	}
	fputs("],\"params\":[", out);
	for (size_t i = 0; i < m->n_params; i++) {
		fputs(i > 0 ? ",[" : "[", out);
		put_text(out, m->params[i].name);
		fputc(',', out);
		put_text(out, m->params[i].value);
		fputc(']', out);
	}
	fputc(']', out);
}

/* ---- the critical path: [begin, end, lane, kind] */

static int put_path(const struct trace_export *export, FILE *out)
{
	struct trace_path path;
	const char *separator = "";
	if (trace_path_find(&path, export->model) != TRACE_OK)
		return TRACE_ESYSTEM;
	fputs(",\"path\":[", out);
	for (size_t i = 0; i < path.n && !ferror(out); i++) {
		const struct trace_path_part *part = &path.parts[i];
		if (part->t1_ns <= export->from_ns || part->t0_ns >= export->to_ns)
			continue;
		fprintf(out, "%s[%" PRIu64 ",%" PRIu64 ",%" PRIu32 ",\"%s\"]", separator,
		        part->t0_ns, part->t1_ns, part->lane, trace_path_kind_name(part->kind));
		separator = ",";
	}
	fputc(']', out);
	trace_path_fini(&path);
	return TRACE_OK;
}

/* errors: TRACE_ESYSTEM without memory. */
static int put_data(const struct trace_export *export, FILE *out)
{
	const struct trace_model *m = export->model;
	const char *status = trace_status_name(m->status);
	fprintf(out, "{\"from\":%" PRIu64 ",\"end\":%" PRIu64 ",\"blocked\":%" PRIu64,
	        export->from_ns, export->end_ns, m->blocked_ns);
	fprintf(out, ",\"lost\":%" PRIu64, m->lost);
	put_key_text(out, "title", m->title);
	put_key_text(out, "lesson", m->lesson);
	put_key_text(out, "question", m->question);
	put_key_text(out, "status", status != NULL ? status : "killed");
	put_lesson(m, out);
	put_lanes(export, out);
	if (put_path(export, out) != TRACE_OK)
		return TRACE_ESYSTEM;
	put_notes(export, TRACE_LOG, "log", out);
	put_notes(export, TRACE_MARK, "marks", out);
	fputc('}', out);
	return TRACE_OK;
}

static size_t count_slices(const struct trace_export *export)
{
	size_t n = 0;
	for (uint32_t i = 0; i < export->model->n_lanes; i++)
		if (trace_export_has_lane(export, i))
			n += export->model->lanes[i].n;
	return n;
}

int viz_html_write(const struct trace_export *export, enum viz_html_theme theme, FILE *out,
                   struct trace_error *error)
{
	static const char *const themes[] = {"", " data-theme=\"dark\"", " data-theme=\"light\""};
	const struct trace_model *m = export->model;
	if (export->from_ns == 0 && export->to_ns == UINT64_MAX &&
	    count_slices(export) > VIZ_HTML_SLICES_MAX)
		return trace_error_set(
		        error, TRACE_EFORMAT, 0,
		        "cannot export as html: more than %u states are too much for "
		        "a browser; cut a part with --from, --to or --tasks",
		        VIZ_HTML_SLICES_MAX);
	fprintf(out,
	        "<!DOCTYPE html>\n<html lang=\"en\"%s>\n<head>\n<meta charset=\"utf-8\">\n"
	        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
	        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
	        themes[theme]);
	put_markup(out, m->title[0] != '\0' ? m->title : "ganttop");
	fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n%s", viz_html_css,
	        viz_html_html);
	fputs("<script type=\"application/json\" id=\"data\">", out);
	if (put_data(export, out) != TRACE_OK)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot export: out of memory");
	fprintf(out, "</script>\n<script>\n%s</script>\n</body>\n</html>\n", viz_html_js);
	return trace_format_finish(out, error);
}
