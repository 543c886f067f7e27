/* The check of a single record: one row a kind says what its fields mean, so that a new kind is one row.
 *
 * Fields that a kind does not name are not looked at: a later writer of version 1 may have put something there.
 * Whether tasks and objects are known is not checked here but in the model, which has them.
 */
#include "trace/names.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What a field holds. */
enum role { ANY, ID, ID_FROM_1, TEXT, FILE_INDEX, BYTES, BIT };

struct shape {
	enum role id, a, b, sub;
	bool where;                    /* d is a TRACE_WHERE */
	const char *(*name)(unsigned); /* vocabulary of sub */
};

static const struct shape shapes[TRACE_KIND_END] = {
        [TRACE_STRING] = {.id = ID_FROM_1, .a = BYTES},
        [TRACE_FILE] = {.id = FILE_INDEX, .a = TEXT},
        [TRACE_META] = {.a = TEXT, .b = TEXT, .name = trace_meta_name},
        [TRACE_TASK] = {.id = ID_FROM_1, .a = TEXT, .b = ID, .where = true},
        [TRACE_STATE] = {.id = ID_FROM_1, .where = true, .name = trace_state_name},
        [TRACE_CANCEL] = {.id = ID_FROM_1, .a = ID, .where = true, .name = trace_cancel_phase_name},
        [TRACE_OBJECT] = {.id = ID_FROM_1,
                          .a = TEXT,
                          .where = true,
                          .name = trace_object_kind_name},
        [TRACE_LEVEL] = {.id = ID_FROM_1},
        [TRACE_HOLD] = {.id = ID_FROM_1, .a = ID, .sub = BIT, .where = true},
        [TRACE_SCOPE] = {.id = ID, .a = ID, .where = true, .name = trace_scope_kind_name},
        [TRACE_CALL] = {.id = ID, .a = TEXT, .where = true, .name = trace_phase_name},
        [TRACE_TICK] = {.name = trace_phase_name},
        [TRACE_WORKER] = {.id = ID, .a = ID, .b = TEXT, .name = trace_worker_state_name},
        [TRACE_VAR] = {.id = ID, .a = TEXT, .where = true, .name = trace_var_op_name},
        [TRACE_LOG] = {.id = ID, .a = TEXT, .where = true},
        [TRACE_MARK] = {.a = TEXT, .b = TEXT},
        [TRACE_LOST] = {.id = ANY},
        [TRACE_END] = {.name = trace_status_name},
        [TRACE_CORO] = {.id = ID_FROM_1, .a = ID, .where = true, .name = trace_coro_phase_name},
        [TRACE_ERROR] = {.id = ID_FROM_1, .name = trace_error_phase_name},
        [TRACE_AWAIT] = {.id = ID_FROM_1, .a = ID, .b = ID},
        [TRACE_NAME] = {.id = ID_FROM_1, .a = TEXT},
};

/* The row of a record; that of a STATE record depends on the state. */
static struct shape shape_of(const struct trace_record *r)
{
	struct shape s = shapes[r->kind];
	if (r->kind != TRACE_STATE)
		return s;
	if (r->sub == TRACE_STATE_DONE) {
		s.a = TEXT;
	} else if (r->sub == TRACE_STATE_READY) {
		s.a = ID;
		s.b = ID;
	} else if (r->sub == TRACE_STATE_WAITING) {
		s.a = ID;
	}
	return s;
}

int trace_flaw_set(struct trace_flaw *flaw, size_t byte, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	flaw->byte = byte;
	vsnprintf(flaw->text, sizeof flaw->text, format, args);
	va_end(args);
	return TRACE_EFORMAT;
}

static bool is_defined(const struct trace_names *names, uint32_t string)
{
	return string == 0 || trace_id_map_get(&names->strings, string) != TRACE_ID_UNKNOWN;
}

static int check_field(const struct trace_names *names, enum role role, uint32_t value, size_t byte,
                       struct trace_flaw *flaw)
{
	if (role == ANY)
		return 0;
	if (role == TEXT && !is_defined(names, value))
		return trace_flaw_set(flaw, byte, "string %lu is not defined",
		                      (unsigned long)value);
	if (role == BYTES && value > TRACE_STRING_MAX_BYTES)
		return trace_flaw_set(flaw, byte, "a string of %lu bytes", (unsigned long)value);
	if (role == FILE_INDEX && (value == 0 || value > TRACE_FILE_INDEX_MAX))
		return trace_flaw_set(flaw, byte, "file index %lu", (unsigned long)value);
	if (role == BIT && value > 1)
		return trace_flaw_set(flaw, byte, "%lu where 0 or 1 belongs", (unsigned long)value);
	if (value > TRACE_ID_MAX || (role == ID_FROM_1 && value == 0))
		return trace_flaw_set(flaw, byte, "id %lu", (unsigned long)value);
	return 0;
}

/* `arg` of a STATE record; 0 says nothing, which the validator finds, not the reader. */
static int check_arg(const struct trace_record *r, struct trace_flaw *flaw)
{
	const char *known = "";
	unsigned arg = r->arg;
	if (r->kind != TRACE_STATE)
		return 0;
	if (r->sub == TRACE_STATE_WAITING) {
		arg &= ~TRACE_TIMED;
		known = trace_on_name(arg);
	} else if (r->sub == TRACE_STATE_READY) {
		known = trace_why_name(arg);
	} else if (r->sub == TRACE_STATE_DONE) {
		known = trace_outcome_name(arg);
	}
	if (arg && !known)
		return trace_flaw_set(flaw, offsetof(struct trace_record, arg), "unknown reason %u",
		                      arg);
	return 0;
}

static int check_where(const struct trace_names *names, uint32_t where, struct trace_flaw *flaw)
{
	uint32_t file = TRACE_WHERE_FILE(where);
	if (file && !names->has_file[file])
		return trace_flaw_set(flaw, offsetof(struct trace_record, d),
		                      "file %lu is not defined", (unsigned long)file);
	return 0;
}

int trace_names_check(const struct trace_names *names, const struct trace_record *record,
                      struct trace_flaw *flaw)
{
	if (record->kind < TRACE_STRING || record->kind == TRACE_CONT ||
	    record->kind >= TRACE_KIND_END)
		return trace_flaw_set(flaw, offsetof(struct trace_record, kind),
		                      "unexpected kind %u", record->kind);
	struct shape s = shape_of(record);
	if (s.name && !s.name(record->sub))
		return trace_flaw_set(flaw, offsetof(struct trace_record, sub), "unknown %s %u",
		                      trace_kind_name(record->kind), record->sub);
	if (check_field(names, s.id, record->id, offsetof(struct trace_record, id), flaw) ||
	    check_field(names, s.a, record->a, offsetof(struct trace_record, a), flaw) ||
	    check_field(names, s.b, record->b, offsetof(struct trace_record, b), flaw) ||
	    check_field(names, s.sub, record->sub, offsetof(struct trace_record, sub), flaw) ||
	    check_arg(record, flaw))
		return TRACE_EFORMAT;
	return s.where ? check_where(names, record->d, flaw) : 0;
}

/* ---- The same as rules, for the many records that are in order --------------------------------------- */

/* Set of the values below 64 that a vocabulary knows. */
static uint64_t known_set(const char *(*name)(unsigned))
{
	uint64_t set = 0;
	for (unsigned i = 0; i < 64; i++)
		if (!name || name(i))
			set |= UINT64_C(1) << i;
	return set;
}

/* Bits that a field of that role must not have. */
static uint32_t bad_bits(enum role role)
{
	return role == ANY ? 0 : ~TRACE_ID_MAX;
}

/* A record behind its time. The last word is published at once. */
struct words {
	uint64_t of[3];
};
struct tail {
	uint32_t d;
	uint16_t arg;
	uint16_t what; /* sub and kind */
};
_Static_assert(offsetof(struct trace_record, id) == 8 && offsetof(struct trace_record, d) == 24 &&
                       sizeof(struct tail) == 8,
               "words of a record");

static inline struct words words_of(const struct trace_record *r)
{
	struct words words;
	words.of[2] = atomic_load_explicit((const _Atomic uint64_t *)(const void *)&r->d,
	                                   memory_order_acquire);
	memcpy(&words.of[0], &r->id, sizeof words.of[0]);
	memcpy(&words.of[1], &r->b, sizeof words.of[1]);
	return words;
}

static inline struct tail tail_of(const struct words *words)
{
	struct tail tail;
	memcpy(&tail, &words->of[2], sizeof tail);
	return tail;
}

static struct trace_rule rule_of(const struct trace_record *r)
{
	struct shape s = shape_of(r);
	struct trace_record bad = {.id = ~TRACE_ID_MAX, .a = bad_bits(s.a), .b = bad_bits(s.b)};
	struct trace_record least = {.id = s.id == ID_FROM_1};
	struct trace_rule rule = {
	        .args = UINT64_MAX,
	        .file_bits = s.where ? TRACE_FILE_INDEX_MAX : 0,
	        .a_text = s.a == TEXT,
	        .b_text = s.b == TEXT,
	        .has_text = s.a == TEXT || s.b == TEXT,
	};
	if (r->kind == TRACE_STATE && r->sub != TRACE_STATE_RUNNING) {
		bad.arg = (uint16_t)~63u;
		rule.args = known_set(r->sub == TRACE_STATE_WAITING ? trace_on_name
		                      : r->sub == TRACE_STATE_READY ? trace_why_name
		                                                    : trace_outcome_name) |
		            1;
	}
	if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING)
		bad.arg &= (uint16_t)~TRACE_TIMED;
	memcpy(rule.bad, words_of(&bad).of, sizeof rule.bad);
	rule.least = words_of(&least).of[0];
	return rule;
}

/* Let the records of a kind, with those subs, keep to a rule. */
static void set_rule(struct trace_names *names, uint8_t rule, uint8_t kind, uint64_t subs)
{
	for (uint8_t sub = 0; sub < 64; sub++) {
		struct words words = words_of(&(struct trace_record){.sub = sub, .kind = kind});
		if (subs >> sub & 1)
			names->rule_of[tail_of(&words).what] = rule;
	}
}

void trace_names_init(struct trace_names *names)
{
	struct trace_record r = {0};
	names->has_file[0] = 1;
	/* META is no event, and a state's rule is that of the state */
	for (r.kind = TRACE_META + 1; r.kind < TRACE_KIND_END; r.kind++) {
		const struct shape *s = &shapes[r.kind];
		if (r.kind == TRACE_STATE || !(s->id == ID || s->id == ID_FROM_1 || s->id == ANY))
			continue;
		names->rules[r.kind] = rule_of(&r);
		set_rule(names, r.kind, r.kind, s->sub == BIT ? 3 : known_set(s->name));
	}
	r.kind = TRACE_STATE;
	for (r.sub = TRACE_STATE_READY; r.sub < TRACE_STATE_END; r.sub++) {
		uint8_t rule = (uint8_t)(TRACE_KIND_END + r.sub);
		names->rules[rule] = rule_of(&r);
		set_rule(names, rule, TRACE_STATE, UINT64_C(1) << r.sub);
	}
}

/* Return whether a record is in order, its time aside. Nearly all are, so everything is worked out and asked once. */
static inline bool passes(const struct trace_names *names, const struct trace_record *r)
{
	struct words words = words_of(r);
	struct tail tail = tail_of(&words);
	const struct trace_rule *rule = &names->rules[names->rule_of[tail.what]];
	uint32_t file = TRACE_WHERE_FILE(tail.d) & rule->file_bits;
	/* an id below the lowest one, 0 below 1, turns into one that is too high */
	uint64_t bad = ((words.of[0] | (words.of[0] - rule->least)) & rule->bad[0]) |
	               (words.of[1] & rule->bad[1]) | (words.of[2] & rule->bad[2]);
	if (bad || !(rule->args >> (tail.arg & 63) & 1) || !names->has_file[file])
		return false;
	return !rule->has_text || ((!rule->a_text || is_defined(names, r->a)) &&
	                           (!rule->b_text || is_defined(names, r->b)));
}

/* How far ahead a record is fetched: what the processor itself fetches ahead ends with the page. */
#define PREFETCH_BYTES 2048u

uint32_t trace_names_pass(const struct trace_names *names, const struct trace_record *first,
                          uint32_t n, uint64_t *t_ns, uint64_t end_ns)
{
	uint64_t last_ns = *t_ns;
	uint32_t i;
	for (i = 0; i < n; i++) {
		const struct trace_record *r = &first[i];
		__builtin_prefetch((const void *)((uintptr_t)r + PREFETCH_BYTES));
		/* the kind is looked at first: a record that is not published may still change */
		if (!passes(names, r) || r->t_ns < last_ns || r->t_ns >= end_ns)
			break;
		last_ns = r->t_ns;
	}
	*t_ns = last_ns;
	return i;
}

int trace_names_know(const struct trace_names *names, const struct trace_record *record)
{
	if (record->kind >= TRACE_KIND_END)
		return 0;
	struct shape s = shape_of(record);
	uint32_t file = s.where ? TRACE_WHERE_FILE(record->d) : 0;
	return (s.a != TEXT || is_defined(names, record->a)) &&
	       (s.b != TEXT || is_defined(names, record->b)) && (!file || names->has_file[file]);
}

size_t trace_names_texts(const struct trace_record *record, uint32_t texts[2])
{
	struct shape s = shape_of(record);
	size_t n = 0;
	if (s.a == TEXT)
		texts[n++] = record->a;
	if (s.b == TEXT)
		texts[n++] = record->b;
	return n;
}
