/* From fields to a record: the inverse of the JSON lines export, a function a kind. */
#include "trace/import/fact.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/vocabulary.h"

#define FIELD_NAME(name, text) [TRACE_FACT_##name] = text,
static const char *const names[TRACE_FACT_END] = {TRACE_FACT_FIELDS(FIELD_NAME)};
#undef FIELD_NAME

void trace_fact_clear(struct trace_fact *fact)
{
	memset(fact->values, 0, sizeof fact->values);
	fact->t_ns = 0;
	fact->kind = 0;
	fact->n_bytes = 0;
	fact->n_awaited = 0;
}

void trace_fact_fini(struct trace_fact *fact)
{
	free(fact->awaited);
	fact->awaited = NULL;
}

enum trace_fact_field trace_fact_find(const char *name, size_t n)
{
	for (unsigned i = 0; i < TRACE_FACT_END; i++)
		if (names[i][0] == name[0] && strlen(names[i]) == n &&
		    memcmp(names[i], name, n) == 0)
			return (enum trace_fact_field)i;
	return TRACE_FACT_END;
}

const char *trace_fact_name(enum trace_fact_field field)
{
	return names[field];
}

int trace_fact_number(struct trace_fact *fact, enum trace_fact_field field, int64_t number)
{
	struct trace_fact_value *value = &fact->values[field];
	if (value->is_there)
		return TRACE_EFORMAT;
	*value = (struct trace_fact_value){.is_there = true, .number = number};
	return TRACE_OK;
}

int trace_fact_text(struct trace_fact *fact, enum trace_fact_field field, const char *bytes,
                    size_t n)
{
	struct trace_fact_value *value = &fact->values[field];
	if (value->is_there || n >= TRACE_FACT_TEXT_BYTES - fact->n_bytes)
		return TRACE_EFORMAT;
	*value = (struct trace_fact_value){
	        .is_there = true, .is_text = true, .at = fact->n_bytes, .n = (uint32_t)n};
	memcpy(fact->bytes + fact->n_bytes, bytes, n);
	fact->bytes[fact->n_bytes + n] = '\0';
	fact->n_bytes += (uint32_t)n + 1;
	return TRACE_OK;
}

int trace_fact_await(struct trace_fact *fact, uint32_t task, uint32_t object)
{
	if (trace_array_reserve(&fact->awaited, fact->n_awaited, &fact->awaited_cap,
	                        sizeof *fact->awaited))
		return TRACE_ESYSTEM;
	fact->awaited[fact->n_awaited++] = (struct trace_fact_awaited){task, object};
	return TRACE_OK;
}

/* ---- from fields to fields of a record; the first flaw is kept */

struct made {
	const struct trace_fact *fact;
	struct trace_sink *sink;
	struct trace_record r;
	int rc;
};

static bool has(const struct made *m, enum trace_fact_field field)
{
	return m->fact->values[field].is_there;
}

static int64_t number(struct made *m, enum trace_fact_field field)
{
	const struct trace_fact_value *value = &m->fact->values[field];
	if (value->is_text && m->rc == TRACE_OK)
		m->rc = trace_sink_flaw(m->sink, "expected a number as '%s'", names[field]);
	return value->is_text ? 0 : value->number;
}

static uint64_t natural(struct made *m, enum trace_fact_field field, uint64_t max)
{
	int64_t value = number(m, field);
	if ((value < 0 || (uint64_t)value > max) && m->rc == TRACE_OK)
		m->rc = trace_sink_flaw(m->sink, "expected a '%s' from 0 to %llu, found %lld",
		                        names[field], (unsigned long long)max, (long long)value);
	return m->rc == TRACE_OK ? (uint64_t)value : 0;
}

/* An id; `low` is the least. */
static uint32_t id(struct made *m, enum trace_fact_field field, uint32_t low)
{
	uint32_t value = (uint32_t)natural(m, field, TRACE_ID_MAX);
	if (value < low && m->rc == TRACE_OK)
		m->rc = trace_sink_flaw(m->sink, "expected a '%s' from %u on", names[field],
		                        (unsigned)low);
	return value;
}

static uint32_t text(struct made *m, enum trace_fact_field field)
{
	const struct trace_fact_value *value = &m->fact->values[field];
	if (!value->is_there)
		return 0;
	if (!value->is_text) {
		if (m->rc == TRACE_OK)
			m->rc = trace_sink_flaw(m->sink, "expected a text as '%s'", names[field]);
		return 0;
	}
	return trace_sink_text(m->sink, m->fact->bytes + value->at, value->n);
}

/* The number of a word; 0 where the field may be left out and is. Numbers are taken too: CTF has them. */
static unsigned word(struct made *m, enum trace_fact_field field, const char *(*name)(unsigned),
                     bool may_lack)
{
	const struct trace_fact_value *value = &m->fact->values[field];
	if (!value->is_there && may_lack)
		return 0;
	if (value->is_there && !value->is_text) {
		if (value->number == 0 && may_lack)
			return 0;
		if (value->number > 0 && value->number < 64 && name((unsigned)value->number))
			return (unsigned)value->number;
	}
	if (value->is_text)
		for (unsigned i = 1; i < 64; i++) {
			const char *known = name(i);
			if (known && strcmp(known, m->fact->bytes + value->at) == 0)
				return i;
		}
	if (m->rc == TRACE_OK)
		m->rc = trace_sink_flaw(m->sink, "expected a known '%s', found '%.40s'",
		                        names[field],
		                        value->is_text ? m->fact->bytes + value->at : "");
	return 0;
}

static void where(struct made *m)
{
	if (has(m, TRACE_FACT_FILE))
		m->r.d = trace_sink_where(m->sink, text(m, TRACE_FACT_FILE),
		                          natural(m, TRACE_FACT_LINE, UINT32_MAX));
}

static void join(struct made *m, uint64_t value)
{
	m->r.b = (uint32_t)value;
	m->r.c = (uint32_t)(value >> 32);
}

/* ---- a function a kind */

static void make_task(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.a = text(m, TRACE_FACT_NAME);
	m->r.b = id(m, TRACE_FACT_PARENT, 0);
	where(m);
}

/* Return the object or the task that is waited for. */
static uint32_t awaited_thing(struct made *m)
{
	return id(m, has(m, TRACE_FACT_AWAITS) ? TRACE_FACT_AWAITS : TRACE_FACT_OBJECT, 0);
}

/* CTF has a field for "is timed", the others leave the time out. */
static bool is_timed(struct made *m, enum trace_fact_field field)
{
	return has(m, TRACE_FACT_TIMED) ? number(m, TRACE_FACT_TIMED) != 0 : has(m, field);
}

static void make_state(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_STATE, trace_state_name, false);
	if (m->r.sub == TRACE_STATE_WAITING) {
		m->r.arg = (uint16_t)word(m, TRACE_FACT_ON, trace_on_name, true);
		m->r.a = awaited_thing(m);
		if (is_timed(m, TRACE_FACT_UNTIL)) {
			m->r.arg |= TRACE_TIMED;
			join(m, natural(m, TRACE_FACT_UNTIL, INT64_MAX));
		}
	} else if (m->r.sub == TRACE_STATE_READY) {
		m->r.arg = (uint16_t)word(m, TRACE_FACT_WHY, trace_why_name, true);
		m->r.a = awaited_thing(m);
		m->r.b = id(m, TRACE_FACT_BY, 0);
	} else if (m->r.sub == TRACE_STATE_RUNNING) {
		m->r.arg = number(m, TRACE_FACT_STILLBORN) ? TRACE_STILLBORN : 0;
	} else {
		m->r.arg = (uint16_t)word(m, TRACE_FACT_OUTCOME, trace_outcome_name, true);
		m->r.a = text(m, TRACE_FACT_VALUE);
	}
	where(m);
}

static void make_cancel(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.a = id(m, TRACE_FACT_BY, 0);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_PHASE, trace_cancel_phase_name, false);
	where(m);
}

static void make_object(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_OBJECT, 1);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_KIND, trace_object_kind_name, false);
	m->r.a = text(m, TRACE_FACT_NAME);
	join(m, (uint64_t)number(m, TRACE_FACT_CAPACITY));
	where(m);
}

static int32_t item(struct made *m)
{
	int64_t value = number(m, TRACE_FACT_ITEM);
	if (value == (int32_t)value)
		return (int32_t)value;
	if (m->rc == TRACE_OK)
		m->rc = trace_sink_flaw(m->sink, "expected an 'item' of 32 bits, found %lld",
		                        (long long)value);
	return 0;
}

static void make_level(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_OBJECT, 1);
	m->r.a = (uint32_t)natural(m, TRACE_FACT_WAITERS, UINT32_MAX);
	join(m, (uint64_t)number(m, TRACE_FACT_VALUE));
	m->r.sub = (uint8_t)word(m, TRACE_FACT_OP, trace_item_op_name, true);
	if (m->r.sub != 0)
		m->r.d = (uint32_t)item(m);
}

static void make_hold(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_OBJECT, 1);
	m->r.a = id(m, TRACE_FACT_TASK, 0);
	m->r.sub = number(m, TRACE_FACT_HELD) != 0;
	where(m);
}

static void make_scope(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 0);
	m->r.a = id(m, TRACE_FACT_SCOPE, 0);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_KIND, trace_scope_kind_name, false);
	m->r.arg = number(m, TRACE_FACT_OPEN) != 0;
	if (is_timed(m, TRACE_FACT_DEADLINE)) {
		m->r.arg |= TRACE_TIMED;
		join(m, natural(m, TRACE_FACT_DEADLINE, INT64_MAX));
	}
	where(m);
}

static void make_call(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_CALL, 0);
	m->r.a = text(m, TRACE_FACT_NAME);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_PHASE, trace_phase_name, false);
	where(m);
}

static void make_tick(struct made *m)
{
	m->r.sub = (uint8_t)word(m, TRACE_FACT_PHASE, trace_phase_name, false);
	m->r.a = (uint32_t)natural(m, TRACE_FACT_READY, UINT32_MAX);
}

static void make_worker(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_WORKER, 0);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_STATE, trace_worker_state_name, false);
	m->r.a = id(m, TRACE_FACT_TASK, 0);
	m->r.b = text(m, TRACE_FACT_NAME);
	m->r.c = id(m, TRACE_FACT_OBJECT, 0);
}

static void make_var(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 0);
	m->r.a = text(m, TRACE_FACT_NAME);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_OP, trace_var_op_name, false);
	join(m, (uint64_t)number(m, TRACE_FACT_VALUE));
	where(m);
}

static void make_log(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 0);
	m->r.a = text(m, TRACE_FACT_TEXT);
	where(m);
}

static void make_mark(struct made *m)
{
	m->r.a = text(m, TRACE_FACT_NAME);
	m->r.b = text(m, TRACE_FACT_TEXT);
}

static void make_lost(struct made *m)
{
	join(m, natural(m, TRACE_FACT_COUNT, INT64_MAX));
	if (is_timed(m, TRACE_FACT_UNTIL)) {
		uint64_t until_ns = natural(m, TRACE_FACT_UNTIL, INT64_MAX);
		m->r.arg = TRACE_TIMED;
		m->r.id = (uint32_t)until_ns;
		m->r.a = (uint32_t)(until_ns >> 32);
	}
}

static void make_end(struct made *m)
{
	m->r.sub = (uint8_t)word(m, TRACE_FACT_STATUS, trace_status_name, false);
}

static void make_coro(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_OBJECT, 1);
	m->r.a = id(m, TRACE_FACT_TASK, 0);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_PHASE, trace_coro_phase_name, false);
	where(m);
}

static void make_error(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.sub = (uint8_t)word(m, TRACE_FACT_PHASE, trace_error_phase_name, false);
}

static void make_await(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.a = id(m, TRACE_FACT_AWAITS, 0);
}

static void make_name(struct made *m)
{
	m->r.id = id(m, TRACE_FACT_TASK, 1);
	m->r.a = text(m, TRACE_FACT_NAME);
}

static void (*const makers[TRACE_KIND_END])(struct made *m) = {
        [TRACE_TASK] = make_task,     [TRACE_STATE] = make_state, [TRACE_CANCEL] = make_cancel,
        [TRACE_OBJECT] = make_object, [TRACE_LEVEL] = make_level, [TRACE_HOLD] = make_hold,
        [TRACE_SCOPE] = make_scope,   [TRACE_CALL] = make_call,   [TRACE_TICK] = make_tick,
        [TRACE_WORKER] = make_worker, [TRACE_VAR] = make_var,     [TRACE_LOG] = make_log,
        [TRACE_MARK] = make_mark,     [TRACE_LOST] = make_lost,   [TRACE_END] = make_end,
        [TRACE_CORO] = make_coro,     [TRACE_ERROR] = make_error, [TRACE_AWAIT] = make_await,
        [TRACE_NAME] = make_name,
};

int trace_fact_record(const struct trace_fact *fact, struct trace_sink *sink,
                      struct trace_record *out)
{
	struct made m = {.fact = fact, .sink = sink};
	if (fact->kind >= TRACE_KIND_END || !makers[fact->kind])
		return trace_sink_flaw(sink, "expected an event");
	m.r.t_ns = fact->t_ns;
	m.r.kind = (uint8_t)fact->kind;
	makers[fact->kind](&m);
	if (m.rc == TRACE_OK)
		*out = m.r;
	return m.rc;
}

int trace_fact_put(const struct trace_fact *fact, struct trace_sink *sink)
{
	struct trace_record r;
	int rc = trace_fact_record(fact, sink, &r);
	for (size_t i = 0; rc == TRACE_OK && i < fact->n_awaited; i++)
		rc = trace_sink_put(sink, (struct trace_record){.t_ns = fact->t_ns,
		                                                .kind = TRACE_AWAIT,
		                                                .id = r.id,
		                                                .a = fact->awaited[i].task,
		                                                .b = fact->awaited[i].object});
	return rc == TRACE_OK ? trace_sink_put(sink, r) : rc;
}
