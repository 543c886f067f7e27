/* One object a line. The first one says what was run; the others are facts. */
#include "trace/import/jsonl.h"

#include <stdlib.h>
#include <string.h>

#include "trace/import/fact.h"
#include "trace/import/pull.h"
#include "trace/vocabulary.h"

struct jsonl {
	struct trace_pull pull;
	struct trace_fact fact;
	struct trace_sink *sink;
	bool has_time, has_kind, is_known, has_begun;
};

static bool is_key(const struct trace_pull *pull, const char *key)
{
	return strcmp(pull->text, key) == 0;
}

static int set_time(struct jsonl *j, enum trace_pull_token token)
{
	if (token != TRACE_PULL_NUMBER || !trace_pull_unsigned(&j->pull, &j->fact.t_ns) ||
	    j->fact.t_ns > INT64_MAX)
		return trace_pull_fail(&j->pull, "expected nanoseconds as 't'");
	j->has_time = true;
	return TRACE_OK;
}

static int set_kind(struct jsonl *j, enum trace_pull_token token)
{
	if (token != TRACE_PULL_STRING)
		return trace_pull_fail(&j->pull, "expected a word as 'ev'");
	for (unsigned kind = TRACE_TASK; kind < TRACE_KIND_END; kind++)
		if (is_key(&j->pull, trace_kind_name(kind))) {
			j->fact.kind = kind;
			j->is_known = true;
		}
	j->has_kind = true;
	return TRACE_OK;
}

static int set_awaited(struct jsonl *j, enum trace_pull_token token, bool is_task)
{
	uint64_t id;
	if (token != TRACE_PULL_ARRAY)
		return trace_pull_fail(&j->pull, "expected a list as '%s'",
		                       is_task ? "awaited" : "awaited_objects");
	while ((token = trace_pull_next(&j->pull)) != TRACE_PULL_ARRAY_END) {
		if (token == TRACE_PULL_ERROR)
			return TRACE_EFORMAT;
		if (token != TRACE_PULL_NUMBER || !trace_pull_unsigned(&j->pull, &id) || id == 0 ||
		    id > TRACE_ID_MAX)
			return trace_pull_fail(&j->pull,
			                       is_task ? "expected a task" : "expected an object");
		if (trace_fact_await(&j->fact, is_task ? (uint32_t)id : 0,
		                     is_task ? 0 : (uint32_t)id))
			return trace_error_set(j->pull.error, TRACE_ESYSTEM, 0,
			                       "cannot read '%s': out of memory",
			                       j->pull.input->name);
	}
	return TRACE_OK;
}

static int set_field(struct jsonl *j, enum trace_fact_field field, enum trace_pull_token token)
{
	int64_t number;
	int rc;
	switch (token) {
	case TRACE_PULL_STRING:
		rc = trace_fact_text(&j->fact, field, j->pull.text, j->pull.n);
		break;
	case TRACE_PULL_NUMBER:
		if (!trace_pull_signed(&j->pull, &number))
			return trace_pull_fail(&j->pull, "expected an integer of 64 bits as '%s'",
			                       trace_fact_name(field));
		rc = trace_fact_number(&j->fact, field, number);
		break;
	case TRACE_PULL_TRUE:
	case TRACE_PULL_FALSE:
		rc = trace_fact_number(&j->fact, field, token == TRACE_PULL_TRUE);
		break;
	case TRACE_PULL_ERROR:
		return TRACE_EFORMAT;
	default:
		return trace_pull_fail(&j->pull, "expected a number, a text, true or false as '%s'",
		                       trace_fact_name(field));
	}
	if (rc != TRACE_OK)
		return trace_pull_fail(&j->pull, "expected '%s' once", trace_fact_name(field));
	return TRACE_OK;
}

/* ---- the first line */

/* "2026-11-21T21:45:55.000000001Z" to ns since 1970. Returns 0 when it is something else. */
static uint64_t parse_started(const char *text)
{
	unsigned part[6], at = 0;
	static const unsigned widths[] = {4, 2, 2, 2, 2, 2};
	static const char ends[] = "--T::";
	for (unsigned i = 0; i < 6; i++) {
		part[i] = 0;
		for (unsigned k = 0; k < widths[i]; k++, at++) {
			if (text[at] < '0' || text[at] > '9')
				return 0;
			part[i] = part[i] * 10 + (unsigned)(text[at] - '0');
		}
		if (i < 5 && text[at++] != ends[i])
			return 0;
	}
	/* days since 0000-03-01: the leap day is the last of its year */
	unsigned year = part[0] - (part[1] <= 2), month = (part[1] + 9) % 12;
	if (part[0] < 1970 || part[0] > 2500 || part[1] < 1 || part[1] > 12)
		return 0;
	uint64_t days = 365u * (uint64_t)year + year / 4 - year / 100 + year / 400 +
	                (153u * month + 2) / 5 + part[2] - 1 - 719468u;
	uint64_t ns = 0, unit = 100000000;
	if (text[at] == '.')
		for (at++; text[at] >= '0' && text[at] <= '9' && unit; at++, unit /= 10)
			ns += unit * (unsigned)(text[at] - '0');
	return (((days * 24 + part[3]) * 60 + part[4]) * 60 + part[5]) * 1000000000u + ns;
}

static int read_params(struct jsonl *j, enum trace_pull_token token)
{
	if (token != TRACE_PULL_OBJECT)
		return trace_pull_fail(&j->pull, "expected an object as 'params'");
	while ((token = trace_pull_next(&j->pull)) == TRACE_PULL_KEY) {
		uint32_t key = trace_sink_text(j->sink, j->pull.text, j->pull.n);
		token = trace_pull_next(&j->pull);
		if (token == TRACE_PULL_ERROR)
			return TRACE_EFORMAT;
		if (token != TRACE_PULL_STRING && token != TRACE_PULL_NUMBER)
			return trace_pull_fail(&j->pull, "expected a number or a text");
		trace_sink_meta(j->sink, TRACE_META_PARAM, key,
		                trace_sink_text(j->sink, j->pull.text, j->pull.n));
	}
	return token == TRACE_PULL_ERROR ? TRACE_EFORMAT : TRACE_OK;
}

static int set_clock(struct jsonl *j)
{
	for (unsigned i = 1; i < TRACE_CLOCK_END; i++)
		if (is_key(&j->pull, trace_clock_name(i))) {
			trace_writer_header(j->sink->writer)->clock = i;
			return TRACE_OK;
		}
	return trace_pull_fail(&j->pull, "expected a known 'clock'");
}

/* A field of the first line. */
static int read_meta(struct jsonl *j, const char *key)
{
	enum trace_pull_token token = trace_pull_next(&j->pull);
	uint64_t seed;
	if (strcmp(key, "params") == 0)
		return token == TRACE_PULL_ERROR ? TRACE_EFORMAT : read_params(j, token);
	for (unsigned meta = 1; meta < TRACE_META_END; meta++)
		if (meta != TRACE_META_PARAM && strcmp(key, trace_meta_name(meta)) == 0) {
			if (token == TRACE_PULL_ERROR)
				return TRACE_EFORMAT;
			bool is_right = meta == TRACE_META_SEED
			                        ? token == TRACE_PULL_NUMBER &&
			                                  trace_pull_unsigned(&j->pull, &seed)
			                        : token == TRACE_PULL_STRING;
			if (!is_right)
				return trace_pull_fail(&j->pull, "expected a %s as '%s'",
				                       meta == TRACE_META_SEED ? "number" : "text",
				                       key);
			trace_sink_meta(j->sink, (enum trace_meta)meta, 0,
			                trace_sink_text(j->sink, j->pull.text, j->pull.n));
			return TRACE_OK;
		}
	if (token == TRACE_PULL_STRING && strcmp(key, "clock") == 0)
		return set_clock(j);
	if (token == TRACE_PULL_STRING && strcmp(key, "started") == 0) {
		trace_writer_header(j->sink->writer)->started_unix_ns = parse_started(j->pull.text);
		return TRACE_OK;
	}
	if (strcmp(key, "version") == 0 && token == TRACE_PULL_NUMBER && !is_key(&j->pull, "1"))
		return trace_pull_fail(&j->pull, "expected version 1, found %.20s", j->pull.text);
	return trace_pull_skip(&j->pull, token);
}

/* ---- lines */

/* Read one field, whose key was read. */
static int read_field(struct jsonl *j)
{
	char key[16];
	size_t n = j->pull.n < sizeof key ? j->pull.n : sizeof key - 1;
	memcpy(key, j->pull.text, n);
	key[n] = '\0';
	if (!j->has_begun && strcmp(key, "ev") != 0 && strcmp(key, "t") != 0)
		return read_meta(j, key);
	enum trace_pull_token token = trace_pull_next(&j->pull);
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	if (strcmp(key, "t") == 0)
		return set_time(j, token);
	if (strcmp(key, "ev") == 0) {
		if (!j->has_begun && !(token == TRACE_PULL_STRING && is_key(&j->pull, "meta")))
			return trace_pull_fail(&j->pull, "expected the line 'meta' first");
		return set_kind(j, token);
	}
	if (strcmp(key, "awaited") == 0)
		return set_awaited(j, token, true);
	if (strcmp(key, "awaited_objects") == 0)
		return set_awaited(j, token, false);
	enum trace_fact_field field = trace_fact_find(key, n);
	return field == TRACE_FACT_END ? trace_pull_skip(&j->pull, token)
	                               : set_field(j, field, token);
}

/* Read a line, whose brace was read. */
static int read_line(struct jsonl *j)
{
	enum trace_pull_token token;
	uint64_t offset = j->pull.token_offset;
	trace_fact_clear(&j->fact);
	j->has_time = j->has_kind = j->is_known = false;
	while ((token = trace_pull_next(&j->pull)) == TRACE_PULL_KEY) {
		int rc = read_field(j);
		if (rc != TRACE_OK)
			return rc;
	}
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	j->pull.token_offset = offset;
	if (!j->has_kind || (j->has_begun && !j->has_time))
		return trace_pull_fail(&j->pull, "expected 't' and 'ev'");
	if (!j->has_begun || !j->is_known) {
		j->has_begun = true;
		return TRACE_OK;
	}
	int rc = trace_fact_put(&j->fact, j->sink);
	if (rc == TRACE_ESYSTEM)
		return trace_error_set(j->pull.error, rc, 0, "%s", j->sink->flaw);
	return rc == TRACE_OK ? rc : trace_pull_fail(&j->pull, "%s", j->sink->flaw);
}

static int read_lines(struct jsonl *j)
{
	enum trace_pull_token token;
	uint64_t line = 0;
	while ((token = trace_pull_next(&j->pull)) != TRACE_PULL_END) {
		if (token == TRACE_PULL_ERROR)
			return TRACE_EFORMAT;
		if (token != TRACE_PULL_OBJECT)
			return trace_pull_fail(&j->pull, "expected an object");
		if (j->pull.input->line == line)
			return trace_pull_fail(&j->pull, "expected a new line");
		line = j->pull.input->line;
		int rc = read_line(j);
		if (rc != TRACE_OK)
			return rc;
	}
	if (!j->has_begun)
		return trace_pull_fail(&j->pull, "expected the line 'meta'");
	return TRACE_OK;
}

int trace_import_jsonl(struct trace_input *input, struct trace_sink *sink,
                       struct trace_error *error)
{
	struct jsonl *j = calloc(1, sizeof *j);
	if (!j)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
		                       input->name);
	trace_pull_init(&j->pull, input, error);
	j->sink = sink;
	int rc = read_lines(j);
	trace_fact_fini(&j->fact);
	free(j);
	return rc;
}
