/* Our own Chrome traces, exactly: the fields in `args` are those of trace/export/field.h, `seq` is the order of the recording. What stands there
 * once for several records (the end of an iteration, the names of tasks and objects) is told apart again.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/export/field.h"
#include "trace/import/chrome_own.h"
#include "trace/import/decimal.h"

#define WORKER_TIDS 100000u /* as trace/export/chrome.c numbers rows */

struct trace_chrome_thing *trace_chrome_thing(struct trace_chrome_things *things, uint32_t id)
{
	uint32_t at = trace_id_map_get(&things->index, id);
	if (at != TRACE_ID_UNKNOWN)
		return &things->list[at];
	if (trace_array_reserve(&things->list, things->n, &things->cap, sizeof *things->list) ||
	    trace_id_map_put(&things->index, id, (uint32_t)things->n))
		return NULL;
	things->list[things->n] = (struct trace_chrome_thing){.id = id};
	return &things->list[things->n++];
}

void trace_chrome_own_fini(struct trace_chrome *c)
{
	if (!c->own)
		return;
	free(c->own->tasks.list);
	free(c->own->objects.list);
	trace_id_map_fini(&c->own->tasks.index);
	trace_id_map_fini(&c->own->objects.index);
	free(c->own);
	c->own = NULL;
}

static bool is(const char *text, const char *word)
{
	return strcmp(text, word) == 0;
}

/* The arg as an id or number; 0 when there is none. */
static int64_t arg_number(const struct trace_chrome_event *e, const char *key)
{
	const struct trace_chrome_arg *arg = trace_chrome_arg(e, key);
	return arg && !arg->is_text && arg->integer > 0 ? arg->integer : 0;
}

static uint32_t arg_id(const struct trace_chrome_event *e, const char *key)
{
	int64_t number = arg_number(e, key);
	return number <= TRACE_ID_MAX ? (uint32_t)number : 0;
}

static uint32_t arg_text(struct trace_chrome *c, const char *key)
{
	const struct trace_chrome_arg *arg = trace_chrome_arg(&c->event, key);
	return arg && arg->is_text ? trace_sink_text(c->sink, c->event.texts + arg->at, arg->n) : 0;
}

/* Take apart what the row of an event is. Returns false for what cannot be ours. */
static bool read_tid(const struct trace_chrome_event *e, uint32_t *id, bool *is_worker)
{
	uint64_t tid = 0;
	for (const char *c = e->tid; *c; c++) {
		if (*c < '0' || *c > '9' || tid > 2u * (uint64_t)TRACE_ID_MAX)
			return false;
		tid = tid * 10 + (unsigned)(*c - '0');
	}
	*is_worker = tid >= WORKER_TIDS && tid < 2 * WORKER_TIDS;
	if (tid >= WORKER_TIDS)
		tid -= WORKER_TIDS;
	*id = (uint32_t)tid;
	return tid <= TRACE_ID_MAX;
}

/* The args of a state to the fields of a fact. */
static int copy_fields(struct trace_chrome *c)
{
	static const struct {
		const char *key;
		enum trace_fact_field field;
	} fields[] = {
	        {TRACE_FIELD_WHY, TRACE_FACT_WHY},
	        {TRACE_FIELD_BY_ID, TRACE_FACT_BY},
	        {TRACE_FIELD_ON, TRACE_FACT_ON},
	        {TRACE_FIELD_OBJECT_ID, TRACE_FACT_OBJECT},
	        {TRACE_FIELD_UNTIL, TRACE_FACT_UNTIL},
	        {TRACE_FIELD_STILLBORN, TRACE_FACT_STILLBORN},
	        {TRACE_FIELD_OUTCOME, TRACE_FACT_OUTCOME},
	        {TRACE_FIELD_VALUE, TRACE_FACT_VALUE},
	        {TRACE_FIELD_FILE, TRACE_FACT_FILE},
	        {TRACE_FIELD_LINE, TRACE_FACT_LINE},
	};
	const struct trace_chrome_event *e = &c->event;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		const struct trace_chrome_arg *arg = trace_chrome_arg(e, fields[i].key);
		if (!arg)
			continue;
		int rc = arg->is_text ? trace_fact_text(&c->fact, fields[i].field,
		                                        e->texts + arg->at, arg->n)
		                      : trace_fact_number(&c->fact, fields[i].field, arg->integer);
		if (rc != TRACE_OK)
			return trace_pull_fail(&c->pull, "expected shorter texts");
	}
	return TRACE_OK;
}

/* The object that a task waits for is known by what kind of waiting it is. */
static uint8_t object_kind(unsigned on)
{
	static const uint8_t kinds[TRACE_ON_END] = {
	        [TRACE_ON_FUTURE] = TRACE_OBJECT_FUTURE,
	        [TRACE_ON_LOCK] = TRACE_OBJECT_LOCK,
	        [TRACE_ON_SEMAPHORE] = TRACE_OBJECT_SEMAPHORE,
	        [TRACE_ON_EVENT] = TRACE_OBJECT_EVENT,
	        [TRACE_ON_CONDITION] = TRACE_OBJECT_CONDITION,
	        [TRACE_ON_QUEUE_GET] = TRACE_OBJECT_QUEUE,
	        [TRACE_ON_QUEUE_PUT] = TRACE_OBJECT_QUEUE,
	        [TRACE_ON_QUEUE_JOIN] = TRACE_OBJECT_QUEUE,
	        [TRACE_ON_BARRIER] = TRACE_OBJECT_BARRIER,
	        [TRACE_ON_THREAD] = TRACE_OBJECT_POOL,
	        [TRACE_ON_PROCESS] = TRACE_OBJECT_PROCESS,
	        [TRACE_ON_GENERATOR] = TRACE_OBJECT_GENERATOR,
	};
	return on < TRACE_ON_END && kinds[on] ? kinds[on] : TRACE_OBJECT_STREAM;
}

/* Learn the name of the object that a waiting task waits for. Only objects with names have lanes. */
static int learn_object(struct trace_chrome *c, const struct trace_record *r)
{
	unsigned on = r->arg & ~TRACE_TIMED;
	uint32_t name = arg_text(c, TRACE_FIELD_OBJECT);
	if (r->sub != TRACE_STATE_WAITING || !r->a || trace_on_is_task(on) || !name)
		return TRACE_OK;
	struct trace_chrome_thing *object = trace_chrome_thing(&c->own->objects, r->a);
	if (!object)
		return TRACE_ESYSTEM;
	if (!object->kind)
		*object = (struct trace_chrome_thing){.id = r->a,
		                                      .name = name,
		                                      .kind = object_kind(on)};
	return TRACE_OK;
}

static uint64_t order_of(const struct trace_chrome_event *e)
{
	return e->has_seq ? e->seq * 2 + 1 : UINT64_MAX;
}

static int push(struct trace_chrome *c, struct trace_record r)
{
	return trace_sorter_push(&c->sorter, order_of(&c->event), r);
}

static int take_state(struct trace_chrome *c, uint32_t id, const char *state)
{
	struct trace_record r;
	trace_fact_clear(&c->fact);
	c->fact.kind = TRACE_STATE;
	c->fact.t_ns = (uint64_t)c->event.ts_ns;
	trace_fact_number(&c->fact, TRACE_FACT_TASK, id);
	trace_fact_text(&c->fact, TRACE_FACT_STATE, state, strlen(state));
	int rc = copy_fields(c);
	if (rc != TRACE_OK)
		return rc;
	rc = trace_fact_record(&c->fact, c->sink, &r);
	if (rc != TRACE_OK)
		return trace_pull_fail(&c->pull, "%s", c->sink->flaw);
	rc = learn_object(c, &r);
	return rc ? rc : push(c, r);
}

static int take_worker(struct trace_chrome *c, uint32_t id)
{
	const struct trace_chrome_event *e = &c->event;
	struct trace_record r = {.t_ns = (uint64_t)e->ts_ns,
	                         .kind = TRACE_WORKER,
	                         .id = id,
	                         .a = arg_id(e, "by_id")};
	r.sub = is(e->name, "waiting") ? TRACE_WORKER_WAITING : TRACE_WORKER_BUSY;
	int rc = push(c, r);
	if (rc != TRACE_OK || trace_chrome_arg(e, "open"))
		return rc;
	r.t_ns += (uint64_t)e->dur_ns;
	r.sub = TRACE_WORKER_IDLE;
	r.a = 0;
	return push(c, r);
}

static int take_slice(struct trace_chrome *c, uint32_t id, bool is_worker)
{
	const struct trace_chrome_event *e = &c->event;
	if (is_worker)
		return take_worker(c, id);
	if (is(e->cat, "state") && id)
		return take_state(c, id, e->name);
	if (!is(e->cat, "tick"))
		return trace_pull_fail(&c->pull, "expected a state, an iteration or a thread");
	uint64_t ends_ns = (uint64_t)(e->ts_ns + e->dur_ns);
	bool is_open = trace_chrome_arg(e, "open") != NULL;
	return push(c, (struct trace_record){.t_ns = (uint64_t)e->ts_ns,
	                                     .kind = TRACE_CHROME_ITERATION,
	                                     .a = is_open,
	                                     .b = (uint32_t)ends_ns,
	                                     .c = (uint32_t)(ends_ns >> 32)});
}

static uint8_t word_of(const struct trace_chrome_event *e, const char *key, unsigned end,
                       const char *(*word)(unsigned))
{
	const struct trace_chrome_arg *arg = trace_chrome_arg(e, key);
	for (unsigned i = 1; arg && arg->is_text && i < end; i++)
		if (is(e->texts + arg->at, word(i)))
			return (uint8_t)i;
	return 0;
}

static void set_value(const struct trace_chrome_event *e, struct trace_record *r)
{
	const struct trace_chrome_arg *value = trace_chrome_arg(e, "value");
	uint64_t number = value ? (uint64_t)value->integer : 0;
	r->b = (uint32_t)number;
	r->c = (uint32_t)(number >> 32);
}

static int take_hold(struct trace_chrome *c, uint32_t id)
{
	const struct trace_chrome_event *e = &c->event;
	struct trace_record r = {.t_ns = (uint64_t)e->ts_ns,
	                         .kind = TRACE_HOLD,
	                         .id = arg_id(e, TRACE_FIELD_OBJECT_ID),
	                         .a = id,
	                         .sub = arg_number(e, "held") != 0};
	if (!r.id)
		return trace_pull_fail(&c->pull, "expected the object that is held");
	struct trace_chrome_thing *object = trace_chrome_thing(&c->own->objects, r.id);
	if (!object)
		return TRACE_ESYSTEM;
	uint8_t kind = word_of(e, "kind", TRACE_OBJECT_KIND_END, trace_object_kind_name);
	*object = (struct trace_chrome_thing){.id = r.id,
	                                      .name = arg_text(c, TRACE_FIELD_OBJECT),
	                                      .kind = kind ? kind : TRACE_OBJECT_LOCK};
	return push(c, r);
}

static int take_scope(struct trace_chrome *c, uint32_t id)
{
	const struct trace_chrome_event *e = &c->event;
	const struct trace_chrome_arg *deadline = trace_chrome_arg(e, "deadline_ns");
	uint64_t deadline_ns = (uint64_t)arg_number(e, "deadline_ns");
	struct trace_record r = {
	        .t_ns = (uint64_t)e->ts_ns,
	        .kind = TRACE_SCOPE,
	        .id = id,
	        .a = arg_id(e, "scope"),
	        .b = (uint32_t)deadline_ns,
	        .c = (uint32_t)(deadline_ns >> 32),
	        .arg = (uint16_t)((arg_number(e, "open") != 0) | (deadline ? TRACE_TIMED : 0u)),
	        .sub = word_of(e, "kind", TRACE_SCOPE_KIND_END, trace_scope_kind_name)};
	return r.sub ? push(c, r) : trace_pull_fail(&c->pull, "expected a known scope");
}

/* `name`: of the variable, which is the event's own where it was written. */
static int take_var(struct trace_chrome *c, uint32_t id, uint32_t name, enum trace_var_op op)
{
	struct trace_record r = {.t_ns = (uint64_t)c->event.ts_ns,
	                         .kind = TRACE_VAR,
	                         .id = id,
	                         .a = name,
	                         .sub = (uint8_t)op};
	set_value(&c->event, &r);
	return push(c, r);
}

/* The word behind the first blank of the name, as a number. */
static uint8_t second_word(const char *name, const char *(*word)(unsigned))
{
	const char *blank = strchr(name, ' ');
	for (unsigned i = 1; blank && i < 8; i++)
		if (word(i) && is(blank + 1, word(i)))
			return (uint8_t)i;
	return 0;
}

static int take_instant(struct trace_chrome *c, uint32_t id)
{
	const struct trace_chrome_event *e = &c->event;
	struct trace_record r = {.t_ns = (uint64_t)e->ts_ns, .id = id};
	if (is(e->cat, "state") && id)
		return take_state(c, id, "done");
	if (is(e->cat, "hold"))
		return take_hold(c, id);
	if (is(e->cat, "scope"))
		return take_scope(c, id);
	if (is(e->cat, "var"))
		return take_var(c, id, arg_text(c, "name"), TRACE_VAR_READ);
	uint32_t text = trace_sink_text(c->sink, e->name, e->n_name);
	if (is(e->cat, "cancel") && id) {
		r.kind = TRACE_CANCEL;
		r.sub = second_word(e->name, trace_cancel_phase_name);
		r.a = arg_id(e, "by_id");
	} else if (is(e->cat, "error") && id) {
		r.kind = TRACE_ERROR;
		r.sub = second_word(e->name, trace_error_phase_name);
	} else if (is(e->cat, "log")) {
		r.kind = TRACE_LOG;
		r.a = text;
	} else {
		r = (struct trace_record){
		        .t_ns = r.t_ns, .kind = TRACE_MARK, .a = text, .b = arg_text(c, "text")};
	}
	if ((r.kind == TRACE_CANCEL || r.kind == TRACE_ERROR) && !r.sub)
		return trace_pull_fail(&c->pull, "expected a known phase");
	return push(c, r);
}

static int take_level(struct trace_chrome *c)
{
	const struct trace_chrome_event *e = &c->event;
	const struct trace_chrome_arg *value = trace_chrome_arg(e, "value");
	uint64_t level = value ? (uint64_t)value->integer : 0;
	if (!value)
		return trace_sorter_push(&c->sorter, e->seq * 2,
		                         (struct trace_record){.t_ns = (uint64_t)e->ts_ns,
		                                               .kind = TRACE_CHROME_QUEUE_LENGTH,
		                                               .a = arg_id(e, "tasks")});
	uint64_t id;
	if (!trace_decimal_unsigned(e->id, strlen(e->id), &id) || id == 0 || id > TRACE_ID_MAX)
		return trace_pull_fail(&c->pull, "expected the 'id' of an object");
	struct trace_chrome_thing *object = trace_chrome_thing(&c->own->objects, (uint32_t)id);
	if (!object)
		return TRACE_ESYSTEM;
	object->name = trace_sink_text(c->sink, e->name, e->n_name);
	for (unsigned i = 1; i < TRACE_OBJECT_KIND_END; i++)
		if (is(e->cat, trace_object_kind_name(i)))
			object->kind = (uint8_t)i;
	if (!object->kind)
		object->kind = TRACE_OBJECT_LEVEL;
	return push(c, (struct trace_record){.t_ns = (uint64_t)e->ts_ns,
	                                     .kind = TRACE_LEVEL,
	                                     .id = (uint32_t)id,
	                                     .a = arg_id(e, "waiters"),
	                                     .b = (uint32_t)level,
	                                     .c = (uint32_t)(level >> 32)});
}

static int take_row(struct trace_chrome *c, uint32_t id, bool is_worker)
{
	if (!is(c->event.name, "thread_name") || is_worker || id == 0)
		return TRACE_OK;
	struct trace_chrome_thing *task = trace_chrome_thing(&c->own->tasks, id);
	if (!task)
		return TRACE_ESYSTEM;
	task->name = arg_text(c, "name");
	task->parent = arg_id(&c->event, "parent");
	task->where = trace_sink_where(c->sink, arg_text(c, "file"),
	                               (uint64_t)arg_number(&c->event, "line"));
	return TRACE_OK;
}

int trace_chrome_take_own(struct trace_chrome *c)
{
	uint32_t id;
	bool is_worker;
	if (!c->own && !(c->own = calloc(1, sizeof *c->own)))
		return TRACE_ESYSTEM;
	if (!read_tid(&c->event, &id, &is_worker))
		return trace_pull_fail(&c->pull, "expected the number of a row as 'tid'");
	if (c->event.ts_ns < 0)
		return trace_pull_fail(&c->pull, "expected a 'ts' from 0 on");
	switch (c->event.phase) {
	case 'M':
		return take_row(c, id, is_worker);
	case 'X':
		return take_slice(c, id, is_worker);
	case 'i':
		return take_instant(c, id);
	case 'C':
		if (is(c->event.cat, "var"))
			return take_var(c, id,
			                trace_sink_text(c->sink, c->event.name, c->event.n_name),
			                TRACE_VAR_WRITE);
		return take_level(c);
	default:
		return TRACE_OK; /* arrows say what the states say too */
	}
}
