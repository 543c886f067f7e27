/* The first line of a JSONL export, and what all lines have in common. */
#include <stdio.h>
#include <time.h>

#include "trace/export/jsonl_private.h"

const char *trace_jsonl_word(const char *name)
{
	return name ? name : "unknown"; /* the file has changed since it was checked */
}

void trace_jsonl_text(struct trace_jsonl_line *line, const char *name, uint32_t id)
{
	char bytes[TRACE_STRING_MAX_BYTES];
	if (!id)
		return;
	size_t n = trace_reader_bytes(line->model->reader, id, bytes, sizeof bytes);
	trace_json_bytes(&line->json, name, bytes, n);
}

struct trace_jsonl_line trace_jsonl_begin(const struct trace_model *model,
                                          const struct trace_record *r, FILE *out, uint64_t t_ns,
                                          const char *ev)
{
	struct trace_jsonl_line line = {.json = trace_json_open(out), .model = model, .r = r};
	trace_json_unsigned(&line.json, "t", t_ns);
	trace_json_string(&line.json, "ev", ev);
	return line;
}

void trace_jsonl_end(struct trace_jsonl_line *line)
{
	trace_json_close(&line->json);
	fputc('\n', line->json.out);
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

static void write_params(struct trace_jsonl_line *line)
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
static void write_started(struct trace_jsonl_line *line, uint64_t unix_ns)
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

void trace_jsonl_meta(const struct trace_model *model, FILE *out)
{
	const struct trace_header *h = trace_reader_header(model->reader);
	struct trace_jsonl_line line = trace_jsonl_begin(model, NULL, out, 0, "meta");
	trace_json_string(&line.json, "format", "ganttop");
	trace_json_unsigned(&line.json, "version", h->version);
	trace_jsonl_text(&line, "title", meta_value(model, TRACE_META_TITLE));
	trace_jsonl_text(&line, "source", meta_value(model, TRACE_META_SOURCE));
	trace_jsonl_text(&line, "lesson", meta_value(model, TRACE_META_LESSON));
	trace_jsonl_text(&line, "question", meta_value(model, TRACE_META_QUESTION));
	trace_json_string(&line.json, "clock", trace_jsonl_word(trace_clock_name(h->clock)));
	write_params(&line);
	trace_json_unsigned(&line.json, "seed", model->seed);
	trace_jsonl_text(&line, "policy", meta_value(model, TRACE_META_POLICY));
	trace_jsonl_text(&line, "origin", meta_value(model, TRACE_META_ORIGIN));
	write_started(&line, h->started_unix_ns);
	trace_jsonl_end(&line);
}
