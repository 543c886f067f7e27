/* Somebody's events to what happens in rows. Names and ids are texts here; each gets a number when it is first seen.
 *
 * Events come in any order: complete ones when they end, threads one after the other. They are sorted before anything is written. Of a
 * pipe, what has come is written whenever nothing comes for a while; what comes later than that is moved and counted.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "trace/import/chrome_private.h"

/* What goes first at the same time. */
#define ORDER_END     0u
#define ORDER_FLOW_IN ((uint64_t)1 << 60)
#define ORDER_USUAL   ((uint64_t)2 << 60)
#define ORDER_BEGIN   (ORDER_USUAL + ((uint64_t)1 << 59)) /* minus the length: the outer one first */
#define ORDER_LAST    ((uint64_t)3 << 60)

#define BIAS_NS ((int64_t)1 << 62) /* added while sorting: times may be negative */

#define KEYS_MAX (1u << 20)

static uint32_t find(const struct trace_chrome *c, const char *key)
{
	return trace_intern_find(&c->keys, key, trace_intern_hash(key));
}

/* Returns 0 without memory: what is forgotten would come again as another. */
static uint32_t add(struct trace_chrome *c, const char *key, uint32_t number)
{
	if (number && c->keys.n < KEYS_MAX &&
	    !trace_intern_add(&c->keys, key, trace_intern_hash(key), number))
		return 0;
	return number;
}

static uint32_t process_of(struct trace_chrome *c)
{
	char key[TRACE_CHROME_ID_BYTES + 2];
	snprintf(key, sizeof key, "P%s", c->event.pid);
	uint32_t process = find(c, key);
	return process ? process : add(c, key, trace_rows_process(&c->rows));
}

static uint32_t thread_of(struct trace_chrome *c)
{
	char key[2 * TRACE_CHROME_ID_BYTES + 3], name[48];
	snprintf(key, sizeof key, "T%s\x1f%s", c->event.pid, c->event.tid);
	uint32_t thread = find(c, key);
	if (thread)
		return thread;
	uint32_t process = process_of(c);
	snprintf(name, sizeof name, c->event.tid[0] ? "thread %.30s" : "thread%s", c->event.tid);
	return process ? add(c, key, trace_rows_thread(&c->rows, process, name)) : 0;
}

static uint32_t span_of(struct trace_chrome *c, const char *name)
{
	char key[3 * TRACE_CHROME_ID_BYTES];
	snprintf(key, sizeof key, "S%s\x1f%s\x1f%.100s", c->event.cat, c->event.id, name);
	uint32_t span = find(c, key);
	return span ? span : add(c, key, trace_rows_span(&c->rows));
}

static uint32_t flow_of(struct trace_chrome *c)
{
	char key[3 * TRACE_CHROME_ID_BYTES];
	snprintf(key, sizeof key, "F%s\x1f%s\x1f%.100s", c->event.cat, c->event.id, c->event.name);
	uint32_t flow = find(c, key);
	return flow ? flow : add(c, key, ++c->n_flows);
}

static uint32_t name_of(struct trace_chrome *c)
{
	return c->event.n_name ? trace_sink_text(c->sink, c->event.name, c->event.n_name)
	                       : trace_sink_text(c->sink, "(no name)", 9);
}

/* ---- phases */

static int push(struct trace_chrome *c, uint64_t order, int64_t t_ns, struct trace_record r)
{
	if (c->sorter.n == 0 && c->sorter.n_runs == 0 && !c->has_begun)
		c->first_ns = c->last_ns = t_ns;
	if (t_ns < c->first_ns)
		c->first_ns = t_ns;
	if (t_ns > c->last_ns)
		c->last_ns = t_ns;
	r.t_ns = (uint64_t)(t_ns + BIAS_NS);
	return trace_sorter_push(&c->sorter, order, r);
}

static int take_complete(struct trace_chrome *c, uint32_t thread)
{
	const struct trace_chrome_event *e = &c->event;
	uint64_t dur_ns = (uint64_t)e->dur_ns, longest = ((uint64_t)1 << 59) - 1;
	uint32_t number = ++c->n_slices ? c->n_slices : ++c->n_slices;
	struct trace_record r = {
	        .kind = TRACE_ROW_BEGIN, .id = thread, .a = name_of(c), .c = number};
	int rc = push(c, ORDER_BEGIN - (dur_ns < longest ? dur_ns : longest), e->ts_ns, r);
	if (rc != TRACE_OK)
		return rc;
	r = (struct trace_record){.kind = TRACE_ROW_END, .id = thread, .a = number};
	return push(c, dur_ns ? ORDER_END : ORDER_LAST, e->ts_ns + e->dur_ns, r);
}

static int take_span(struct trace_chrome *c, uint32_t thread, enum trace_row_kind kind, bool is_old)
{
	uint32_t span = span_of(c, is_old ? c->event.name : "");
	if (!span)
		return TRACE_ESYSTEM;
	return push(c, ORDER_USUAL, c->event.ts_ns,
	            (struct trace_record){
	                    .kind = (uint8_t)kind, .id = thread, .a = name_of(c), .b = span});
}

static int take_counter(struct trace_chrome *c, uint32_t thread)
{
	const struct trace_chrome_event *e = &c->event;
	for (unsigned i = 0; i < e->n_args; i++) {
		const struct trace_chrome_arg *arg = &e->args[i];
		char key[3 * TRACE_CHROME_ID_BYTES], name[256];
		if (arg->is_text)
			continue;
		snprintf(key, sizeof key, "C%s\x1f%.100s\x1f%s\x1f%s", e->pid, e->name, e->id,
		         arg->key);
		snprintf(name, sizeof name, e->n_args > 1 ? "%.180s.%s" : "%.180s", e->name,
		         arg->key);
		uint32_t counter = find(c, key);
		if (!counter)
			counter = add(c, key, ++c->n_counters);
		if (!counter)
			return TRACE_ESYSTEM;
		int rc = push(c, ORDER_USUAL, e->ts_ns,
		              (struct trace_record){.kind = TRACE_ROW_COUNTER,
		                                    .id = thread,
		                                    .a = trace_sink_text(c->sink, name,
		                                                         strlen(name)),
		                                    .b = (uint32_t)(uint64_t)arg->integer,
		                                    .c = (uint32_t)((uint64_t)arg->integer >> 32),
		                                    .d = counter});
		if (rc != TRACE_OK)
			return rc;
	}
	return TRACE_OK;
}

/* A step of a flow ends one arrow and begins the next. */
static int take_flow(struct trace_chrome *c, uint32_t thread)
{
	struct trace_record r = {.id = thread, .a = flow_of(c)};
	if (!r.a)
		return TRACE_ESYSTEM;
	if (c->event.phase != 's') {
		r.kind = TRACE_ROW_FLOW_IN;
		return push(c, ORDER_FLOW_IN, c->event.ts_ns, r);
	}
	r.kind = TRACE_ROW_FLOW_OUT;
	return push(c, ORDER_LAST, c->event.ts_ns, r);
}

static int take_name(struct trace_chrome *c)
{
	const struct trace_chrome_event *e = &c->event;
	const struct trace_chrome_arg *arg = trace_chrome_arg(e, "name");
	if (!arg || !arg->is_text)
		return TRACE_OK;
	uint32_t name = trace_sink_text(c->sink, e->texts + arg->at, arg->n);
	if (strcmp(e->name, "process_name") == 0) {
		uint32_t process = process_of(c);
		if (!process)
			return TRACE_ESYSTEM;
		c->rows.process_names[process - 1] = name;
	} else if (strcmp(e->name, "thread_name") == 0) {
		uint32_t thread = thread_of(c);
		if (!thread)
			return TRACE_ESYSTEM;
		c->rows.threads[thread - 1].name = name;
	}
	return TRACE_OK;
}

static int take_point(struct trace_chrome *c, uint32_t thread)
{
	char scope = c->event.scope[0];
	struct trace_record r = {.id = thread, .a = name_of(c)};
	r.kind = scope == 'g' || scope == 'p' ? TRACE_ROW_MARK : TRACE_ROW_NOTE;
	return push(c, ORDER_LAST, c->event.ts_ns, r);
}

int trace_chrome_take(struct trace_chrome *c)
{
	char phase = c->event.phase;
	if (phase == 'M')
		return take_name(c);
	uint32_t thread = thread_of(c);
	if (!thread)
		return TRACE_ESYSTEM;
	switch (phase) {
	case 'X':
		return take_complete(c, thread);
	case 'B':
		return push(c, ORDER_USUAL, c->event.ts_ns,
		            (struct trace_record){
		                    .kind = TRACE_ROW_BEGIN, .id = thread, .a = name_of(c)});
	case 'E':
		return push(c, ORDER_USUAL, c->event.ts_ns,
		            (struct trace_record){.kind = TRACE_ROW_END, .id = thread});
	case 'b':
	case 'S':
		return take_span(c, thread, TRACE_ROW_SPAN_BEGIN, phase == 'S');
	case 'e':
	case 'F':
		return take_span(c, thread, TRACE_ROW_SPAN_END, phase == 'F');
	case 'n':
	case 'T':
	case 'p':
		return take_span(c, thread, TRACE_ROW_SPAN_NOTE, phase != 'n');
	case 'C':
		return take_counter(c, thread);
	case 's':
	case 't':
	case 'f':
		return take_flow(c, thread);
	case 'i':
	case 'I':
	case 'R':
		return take_point(c, thread);
	default:
		c->rows.n_left_out++;
		return TRACE_OK;
	}
}

/* ---- writing */

/* Say what this is, and what it cannot say. A clock that began long before the trace did would leave the picture empty: then time begins
 * with the first event. */
static void begin_recording(struct trace_chrome *c)
{
	static const char loss[] = "This trace does not say who was ready: waiting may be either.";
	const char *name = strrchr(c->pull.input->name, '/');
	name = name ? name + 1 : c->pull.input->name;
	trace_sink_meta(c->sink, TRACE_META_TITLE, 0, trace_sink_text(c->sink, name, strlen(name)));
	trace_sink_meta(c->sink, TRACE_META_ORIGIN, 0, trace_sink_text(c->sink, "chrome", 6));
	trace_sink_meta(c->sink, TRACE_META_QUESTION, 0,
	                trace_sink_text(c->sink, loss, sizeof loss - 1));
	if (c->first_ns < 0 || c->first_ns > c->last_ns - c->first_ns)
		c->base_ns = c->first_ns;
	c->has_begun = true;
}

static int put(void *arg, const struct trace_sorted *item)
{
	struct trace_chrome *c = arg;
	struct trace_record r = item->r;
	int64_t t_ns = (int64_t)r.t_ns - BIAS_NS - c->base_ns;
	uint64_t least_ns = c->sink->pen.t_ns;
	if (trace_chrome_count(c) != TRACE_OK)
		return TRACE_ESYSTEM;
	bool is_late = t_ns < 0 || (uint64_t)t_ns < least_ns;
	c->n_late += is_late;
	r.t_ns = is_late ? least_ns : (uint64_t)t_ns;
	return trace_rows_put(&c->rows, &r);
}

static int write_all(struct trace_chrome *c)
{
	if (!c->has_begun)
		begin_recording(c);
	int rc = trace_sorter_drain(&c->sorter, put, c);
	if (rc == TRACE_EFORMAT || c->sink->is_full)
		return trace_error_set(c->pull.error, rc, 0, "cannot read '%s': %s",
		                       c->pull.input->name, c->sink->flaw);
	return rc == TRACE_ESYSTEM ? trace_error_set(c->pull.error, rc, 0,
	                                             "cannot read '%s': out of memory or disk",
	                                             c->pull.input->name)
	                           : rc;
}

static void on_idle(void *arg)
{
	struct trace_chrome *c = arg;
	if (!c->is_ours && c->sorter.n > 0 && c->idle_rc == TRACE_OK)
		c->idle_rc = write_all(c);
}

int trace_chrome_begin(struct trace_chrome *c)
{
	trace_rows_init(&c->rows, c->sink);
	c->pull.input->on_idle = on_idle;
	c->pull.input->on_idle_arg = c;
	return TRACE_OK;
}

int trace_chrome_finish(struct trace_chrome *c)
{
	char text[96];
	int rc = c->idle_rc ? c->idle_rc : write_all(c);
	if (rc != TRACE_OK)
		return rc;
	if (c->n_late) {
		snprintf(text, sizeof text,
		         "%" PRIu64 " events came late and stand where they came", c->n_late);
		rc = trace_sink_put(c->sink,
		                    (struct trace_record){.t_ns = c->sink->pen.t_ns,
		                                          .kind = TRACE_MARK,
		                                          .a = trace_sink_text(c->sink, text,
		                                                               strlen(text))});
	}
	return rc ? rc : trace_rows_end(&c->rows);
}

void trace_chrome_fini(struct trace_chrome *c)
{
	trace_rows_fini(&c->rows);
	trace_intern_fini(&c->keys);
}
