/* Reading the container and the events. Keys may come in any order, so an event is read whole, and judged afterwards.
 *
 * Nothing is kept of what has no place in a picture; a string, an object or a list of any size is passed over in the memory of one
 * buffer.
 */
#include "trace/import/chrome.h"

#include <stdlib.h>
#include <string.h>

#include "trace/import/chrome_private.h"
#include "trace/import/decimal.h"
#include "trace/import/stranger.h"

static bool is_key(const struct trace_pull *pull, const char *key)
{
	return strcmp(pull->text, key) == 0;
}

static int no_memory(const struct trace_chrome *c)
{
	return trace_error_set(c->pull.error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
	                       c->pull.input->name);
}

const struct trace_chrome_arg *trace_chrome_arg(const struct trace_chrome_event *event,
                                                const char *key)
{
	for (unsigned i = 0; i < event->n_args; i++)
		if (strcmp(event->args[i].key, key) == 0)
			return &event->args[i];
	return NULL;
}

/* ---- one event */

/* Copy the last text, cut; it may be a number too. */
static int set_text(struct trace_chrome *c, enum trace_pull_token token, char *text, size_t bytes,
                    const char *key)
{
	size_t n = c->pull.n < bytes - 1 ? c->pull.n : bytes - 1;
	if (token != TRACE_PULL_STRING && token != TRACE_PULL_NUMBER)
		return trace_pull_fail(&c->pull, "expected a text or a number as '%s'", key);
	memcpy(text, c->pull.text, n);
	text[n] = '\0';
	return TRACE_OK;
}

static int set_time(struct trace_chrome *c, enum trace_pull_token token, int64_t *ns, bool *has)
{
	bool is_number = token == TRACE_PULL_NUMBER || token == TRACE_PULL_STRING;
	if (!is_number || !trace_pull_us(&c->pull, ns) || *ns > INT64_MAX / 4 ||
	    *ns < -INT64_MAX / 4)
		return trace_pull_fail(&c->pull, "expected a time in microseconds");
	*has = true;
	return TRACE_OK;
}

static void add_arg(struct trace_chrome_event *event, const char *key, size_t n_key,
                    const struct trace_pull *pull, bool is_text)
{
	struct trace_chrome_arg *arg = &event->args[event->n_args];
	size_t room = sizeof event->texts - event->n_texts;
	if (event->n_args == TRACE_CHROME_ARGS_MAX || n_key >= sizeof arg->key || room < 2)
		return;
	*arg = (struct trace_chrome_arg){.is_text = is_text, .at = event->n_texts};
	memcpy(arg->key, key, n_key);
	arg->n = (uint32_t)(pull->n < room - 1 ? pull->n : room - 1);
	memcpy(event->texts + arg->at, pull->text, arg->n);
	event->texts[arg->at + arg->n] = '\0';
	event->n_texts += arg->n + 1;
	/* levels of others may have fractions */
	if (!is_text && !trace_decimal_scaled(pull->text, pull->n, 0, &arg->integer))
		arg->integer = 0;
	event->n_args++;
}

static int read_args(struct trace_chrome *c, enum trace_pull_token token)
{
	if (token != TRACE_PULL_OBJECT)
		return trace_pull_skip(&c->pull, token);
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_KEY) {
		char key[sizeof c->event.args->key];
		size_t n_key = c->pull.n;
		memcpy(key, c->pull.text, n_key < sizeof key ? n_key : sizeof key);
		token = trace_pull_next(&c->pull);
		if (token == TRACE_PULL_STRING || token == TRACE_PULL_NUMBER)
			add_arg(&c->event, key, n_key, &c->pull, token == TRACE_PULL_STRING);
		else if (trace_pull_skip(&c->pull, token) != TRACE_OK)
			return TRACE_EFORMAT;
	}
	return token == TRACE_PULL_ERROR ? TRACE_EFORMAT : TRACE_OK;
}

/* `id2` is an object with one of two keys in it. */
static int read_id2(struct trace_chrome *c, enum trace_pull_token token)
{
	if (token != TRACE_PULL_OBJECT)
		return trace_pull_skip(&c->pull, token);
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_KEY) {
		token = trace_pull_next(&c->pull);
		if (token == TRACE_PULL_STRING || token == TRACE_PULL_NUMBER)
			set_text(c, token, c->event.id, sizeof c->event.id, "id2");
		else if (trace_pull_skip(&c->pull, token) != TRACE_OK)
			return TRACE_EFORMAT;
	}
	return token == TRACE_PULL_ERROR ? TRACE_EFORMAT : TRACE_OK;
}

enum key { PH, PID, TID, TS, DUR, NAME, CAT, ID, ID2, SCOPE, SEQ, ARGS, OTHER };

static enum key find_key(const struct trace_pull *pull)
{
	static const char *const keys[OTHER] = {"ph",  "pid", "tid", "ts", "dur", "name",
	                                        "cat", "id",  "id2", "s",  "seq", "args"};
	for (unsigned i = 0; i < OTHER; i++)
		if (keys[i][0] == pull->text[0] && is_key(pull, keys[i]))
			return (enum key)i;
	return OTHER;
}

/* Read the value of a field. */
static int read_field(struct trace_chrome *c, enum key key)
{
	struct trace_chrome_event *e = &c->event;
	enum trace_pull_token token = trace_pull_next(&c->pull);
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	if (token == TRACE_PULL_NULL && key != PH && key != TS)
		return TRACE_OK; /* as if it were not there */
	switch (key) {
	case PH:
		if (token != TRACE_PULL_STRING || c->pull.n != 1)
			return trace_pull_fail(&c->pull, "expected one letter as 'ph'");
		e->phase = c->pull.text[0];
		return TRACE_OK;
	case PID:
		return set_text(c, token, e->pid, sizeof e->pid, "pid");
	case TID:
		return set_text(c, token, e->tid, sizeof e->tid, "tid");
	case TS:
		return set_time(c, token, &e->ts_ns, &e->has_ts);
	case DUR:
		return set_time(c, token, &e->dur_ns, &e->has_dur);
	case NAME:
		e->n_name = (uint32_t)(c->pull.n < TRACE_STRING_MAX_BYTES ? c->pull.n
		                                                          : TRACE_STRING_MAX_BYTES);
		return set_text(c, token, e->name, sizeof e->name, "name");
	case CAT:
		return set_text(c, token, e->cat, sizeof e->cat, "cat");
	case ID:
		return set_text(c, token, e->id, sizeof e->id, "id");
	case ID2:
		return read_id2(c, token);
	case SCOPE:
		return token == TRACE_PULL_STRING
		               ? set_text(c, token, e->scope, sizeof e->scope, "s")
		               : trace_pull_skip(&c->pull, token);
	case SEQ:
		e->has_seq = token == TRACE_PULL_NUMBER && trace_pull_unsigned(&c->pull, &e->seq);
		return trace_pull_skip(&c->pull, token);
	case ARGS:
		return read_args(c, token);
	default:
		return trace_pull_skip(&c->pull, token);
	}
}

static void clear_event(struct trace_chrome_event *e)
{
	e->phase = '\0';
	e->has_ts = e->has_dur = e->has_seq = false;
	e->ts_ns = e->dur_ns = 0;
	e->pid[0] = e->tid[0] = e->id[0] = e->cat[0] = e->scope[0] = e->name[0] = '\0';
	e->n_name = e->n_texts = e->n_args = 0;
}

/* Read an event, whose brace was read, and take it. */
static int read_event(struct trace_chrome *c)
{
	struct trace_chrome_event *e = &c->event;
	enum trace_pull_token token;
	uint64_t offset = c->pull.token_offset;
	clear_event(e);
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_KEY) {
		int rc = read_field(c, find_key(&c->pull));
		if (rc != TRACE_OK)
			return rc;
	}
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	c->pull.token_offset = offset;
	if (e->phase == '\0')
		return trace_pull_fail(&c->pull, "expected 'ph' in an event");
	if (e->phase != 'M' && !e->has_ts)
		return trace_pull_fail(&c->pull, "expected 'ts' in an event");
	if (e->dur_ns < 0)
		return trace_pull_fail(&c->pull, "expected a 'dur' from 0 on");
	c->n_events++;
	int rc = c->is_ours ? trace_chrome_take_own(c) : trace_chrome_take(c);
	return rc == TRACE_ESYSTEM ? no_memory(c) : rc;
}

/* ---- the container */

static int read_events(struct trace_chrome *c)
{
	enum trace_pull_token token;
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_OBJECT) {
		int rc = read_event(c);
		if (rc != TRACE_OK)
			return rc;
	}
	if (token == TRACE_PULL_ARRAY_END || token == TRACE_PULL_END)
		return TRACE_OK;
	return token == TRACE_PULL_ERROR ? TRACE_EFORMAT
	                                 : trace_pull_fail(&c->pull, "expected an event");
}

static void set_status(struct trace_chrome *c)
{
	for (unsigned i = 1; i < TRACE_STATUS_END; i++)
		if (is_key(&c->pull, trace_status_name(i)))
			c->status = (uint8_t)i;
}

static void set_clock(struct trace_chrome *c)
{
	for (unsigned i = 1; i < TRACE_CLOCK_END; i++)
		if (is_key(&c->pull, trace_clock_name(i)))
			trace_writer_header(c->sink->writer)->clock = i;
}

static void set_other(struct trace_chrome *c, const char *key, enum trace_pull_token token)
{
	if (token == TRACE_PULL_NUMBER && strcmp(key, "end_ns") == 0) {
		if (!trace_pull_unsigned(&c->pull, &c->end_ns) || c->end_ns > INT64_MAX)
			c->end_ns = 0;
	}
	if (token != TRACE_PULL_STRING)
		return;
	if (strcmp(key, "generator") == 0)
		c->is_ours = c->n_events == 0 && is_key(&c->pull, "ganttop");
	else if (strcmp(key, "status") == 0)
		set_status(c);
	else if (strcmp(key, "clock") == 0)
		set_clock(c);
	else if (strcmp(key, "title") == 0 || strcmp(key, "source") == 0)
		trace_sink_meta(c->sink, *key == 't' ? TRACE_META_TITLE : TRACE_META_SOURCE, 0,
		                trace_sink_text(c->sink, c->pull.text, c->pull.n));
}

static int read_other_data(struct trace_chrome *c, enum trace_pull_token token)
{
	if (token != TRACE_PULL_OBJECT)
		return trace_pull_skip(&c->pull, token);
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_KEY) {
		char key[16];
		strncpy(key, c->pull.text, sizeof key - 1);
		key[sizeof key - 1] = '\0';
		token = trace_pull_next(&c->pull);
		set_other(c, key, token);
		if (trace_pull_skip(&c->pull, token) != TRACE_OK)
			return TRACE_EFORMAT;
	}
	return token == TRACE_PULL_ERROR ? TRACE_EFORMAT : TRACE_OK;
}

static int read_object(struct trace_chrome *c)
{
	enum trace_pull_token token;
	bool has_events = false;
	const char *stranger = NULL;
	while ((token = trace_pull_next(&c->pull)) == TRACE_PULL_KEY) {
		bool is_events = is_key(&c->pull, "traceEvents");
		bool is_other = is_key(&c->pull, "otherData");
		if (!stranger)
			stranger = trace_stranger_of_key(c->pull.text);
		token = trace_pull_next(&c->pull);
		if (is_events && token != TRACE_PULL_ARRAY && token != TRACE_PULL_ERROR)
			return trace_pull_fail(&c->pull, "expected a list as 'traceEvents'");
		int rc = is_events  ? token == TRACE_PULL_ERROR ? TRACE_EFORMAT : read_events(c)
		          : is_other ? read_other_data(c, token)
		                    : trace_pull_skip(&c->pull, token);
		if (rc != TRACE_OK)
			return rc;
		has_events |= is_events;
	}
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	if (has_events)
		return TRACE_OK;
	return trace_pull_fail(&c->pull, "expected 'traceEvents'%s%s", stranger ? ", found " : "",
	                       stranger ? stranger : "");
}

static int read_trace(struct trace_chrome *c)
{
	enum trace_pull_token token = trace_pull_next(&c->pull);
	int rc;
	if (token == TRACE_PULL_ARRAY) {
		c->pull.may_break_off = true; /* the format allows it: the writer may have died */
		rc = read_events(c);
	} else if (token == TRACE_PULL_OBJECT) {
		rc = read_object(c);
	} else {
		return token == TRACE_PULL_ERROR
		               ? TRACE_EFORMAT
		               : trace_pull_fail(&c->pull, "expected a list or an object");
	}
	if (rc == TRACE_OK && (token = trace_pull_next(&c->pull)) != TRACE_PULL_END)
		return token == TRACE_PULL_ERROR ? TRACE_EFORMAT
		                                 : trace_pull_fail(&c->pull, "expected the end");
	return rc;
}

int trace_import_chrome(struct trace_input *input, struct trace_sink *sink,
                        struct trace_error *error)
{
	struct trace_chrome *c = calloc(1, sizeof *c);
	if (!c)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
		                       input->name);
	trace_pull_init(&c->pull, input, error);
	c->sink = sink;
	int rc = trace_chrome_begin(c);
	if (rc == TRACE_OK)
		rc = read_trace(c);
	if (rc == TRACE_EFORMAT && input->is_cut)
		rc = TRACE_OK; /* the rest was not to be read */
	if (rc == TRACE_EFORMAT && input->failed)
		rc = TRACE_ESYSTEM;
	if (rc == TRACE_OK && input->progress)
		atomic_store(&input->progress->to_write, trace_sorter_count(&c->sorter));
	if (rc == TRACE_OK)
		rc = c->is_ours ? trace_chrome_finish_own(c) : trace_chrome_finish(c);
	trace_chrome_fini(c);
	trace_chrome_own_fini(c);
	trace_sorter_fini(&c->sorter);
	trace_fact_fini(&c->fact);
	free(c);
	return rc;
}
