/* A fact: one event of a recording, as named fields whose values are words, texts and numbers. JSON lines, CTF and our own Chrome traces are all
 * read into facts, and one place makes records of them. */
#ifndef GANTTOP_TRACE_IMPORT_FACT_H
#define GANTTOP_TRACE_IMPORT_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/import/sink.h"

#define TRACE_FACT_FIELDS(X)                                                                       \
	X(TASK, "task")                                                                            \
	X(NAME, "name")                                                                            \
	X(PARENT, "parent")                                                                        \
	X(FILE, "file")                                                                            \
	X(LINE, "line")                                                                            \
	X(STATE, "state")                                                                          \
	X(ON, "on")                                                                                \
	X(OBJECT, "object")                                                                        \
	X(AWAITS, "awaits")                                                                        \
	X(UNTIL, "until")                                                                          \
	X(BY, "by")                                                                                \
	X(WHY, "why")                                                                              \
	X(STILLBORN, "stillborn")                                                                  \
	X(OUTCOME, "outcome")                                                                      \
	X(VALUE, "value")                                                                          \
	X(PHASE, "phase")                                                                          \
	X(KIND, "kind")                                                                            \
	X(CAPACITY, "capacity")                                                                    \
	X(WAITERS, "waiters")                                                                      \
	X(HELD, "held")                                                                            \
	X(SCOPE, "scope")                                                                          \
	X(OPEN, "open")                                                                            \
	X(TIMED, "timed")                                                                          \
	X(DEADLINE, "deadline")                                                                    \
	X(CALL, "call")                                                                            \
	X(READY, "ready")                                                                          \
	X(WORKER, "worker")                                                                        \
	X(OP, "op")                                                                                \
	X(TEXT, "text")                                                                            \
	X(COUNT, "count")                                                                          \
	X(STATUS, "status")                                                                        \
	X(ITEM, "item")

#define TRACE_FACT_ENUM(name, text) TRACE_FACT_##name,
enum trace_fact_field { TRACE_FACT_FIELDS(TRACE_FACT_ENUM) TRACE_FACT_END };
#undef TRACE_FACT_ENUM

#define TRACE_FACT_TEXT_BYTES (32u * 1024u)

struct trace_fact_value {
	bool is_there, is_text;
	int64_t number; /* of a bool: 0, 1 */
	uint32_t at, n; /* of a text, in `bytes` */
};

struct trace_fact {
	uint64_t t_ns;
	unsigned kind; /* enum trace_kind */
	struct trace_fact_value values[TRACE_FACT_END];
	uint32_t n_bytes;
	struct trace_fact_awaited { /* those of a wait for several: a task or else an object */
		uint32_t task, object;
	} * awaited;
	size_t n_awaited, awaited_cap;
	char bytes[TRACE_FACT_TEXT_BYTES];
};

/* Make it empty. It must have been all zero, or used before. fini frees what it holds. */
void trace_fact_clear(struct trace_fact *fact);
void trace_fact_fini(struct trace_fact *fact);

/* Return the field of that name, TRACE_FACT_END when there is none. */
enum trace_fact_field trace_fact_find(const char *name, size_t n);
const char *trace_fact_name(enum trace_fact_field field);

/* Set a field. errors: TRACE_EFORMAT when it is set already, or text finds no room. */
int trace_fact_number(struct trace_fact *fact, enum trace_fact_field field, int64_t number);
int trace_fact_text(struct trace_fact *fact, enum trace_fact_field field, const char *bytes,
                    size_t n);

/* Append a task, or else an object, to `awaited`. errors: TRACE_ESYSTEM without memory. */
int trace_fact_await(struct trace_fact *fact, uint32_t task, uint32_t object);

/* Make the record of the fact. Texts are written to the sink. errors: TRACE_EFORMAT, and sink->flaw says what was expected. */
int trace_fact_record(const struct trace_fact *fact, struct trace_sink *sink,
                      struct trace_record *out);

/* Make its records and put them. errors: as trace_sink_put too. */
int trace_fact_put(const struct trace_fact *fact, struct trace_sink *sink);

#endif
