/* What ctf.c and ctf_metadata.c share: the numbers of the events. */
#ifndef GANTTOP_TRACE_EXPORT_CTF_PRIVATE_H
#define GANTTOP_TRACE_EXPORT_CTF_PRIVATE_H

#include <stdio.h>

#include "trace/export/export.h"

/* Events: constant, number in event.header.id, name, fields in TSDL. */
#define TRACE_CTF_EVENTS(X)                                                                        \
	X(TASK, 0, "task", "uint32_t task; string name; uint32_t parent; PLACE")                   \
	X(READY, 1, "ready",                                                                       \
	  "uint32_t task; enum gt_why why; uint32_t by; uint32_t object; PLACE")                   \
	X(RUNNING, 2, "running", "uint32_t task; uint8_t stillborn; PLACE")                        \
	X(WAITING, 3, "waiting",                                                                   \
	  "uint32_t task; enum gt_on on; uint32_t object; uint8_t timed; uint64_t until; PLACE")   \
	X(DONE, 4, "done", "uint32_t task; enum gt_outcome outcome; string value; PLACE")          \
	X(CANCEL, 5, "cancel", "uint32_t task; uint32_t by; enum gt_cancel_phase phase; PLACE")    \
	X(OBJECT, 6, "object",                                                                     \
	  "uint32_t object; enum gt_object_kind kind; string name; int64_t capacity; PLACE")       \
	X(LEVEL, 7, "level",                                                                       \
	  "uint32_t object; int64_t value; uint32_t waiters; enum gt_item_op op; int64_t item;")   \
	X(HOLD, 8, "hold", "uint32_t object; uint32_t task; uint8_t held; PLACE")                  \
	X(SCOPE, 9, "scope",                                                                       \
	  "uint32_t task; uint32_t scope; enum gt_scope_kind kind; uint8_t open; uint8_t timed; "  \
	  "uint64_t deadline; PLACE")                                                              \
	X(CALL, 10, "call", "uint32_t call; string name; enum gt_phase phase; PLACE")              \
	X(TICK, 11, "tick", "enum gt_phase phase; uint32_t ready;")                                \
	X(WORKER, 12, "worker",                                                                    \
	  "uint32_t worker; enum gt_worker_state state; uint32_t task; string name; "              \
	  "uint32_t object;")                                                                      \
	X(VAR, 13, "var", "uint32_t task; string name; int64_t value; enum gt_var_op op; PLACE")   \
	X(LOG, 14, "log", "uint32_t task; string text; PLACE")                                     \
	X(MARK, 15, "mark", "string name; string text;")                                           \
	X(LOST, 16, "lost", "uint64_t count; uint8_t timed; uint64_t until;")                      \
	X(END, 17, "end", "enum gt_status status;")                                                \
	X(CORO, 18, "coro", "uint32_t object; uint32_t task; enum gt_coro_phase phase; PLACE")     \
	X(ERROR, 19, "error", "uint32_t task; enum gt_error_phase phase;")                         \
	X(AWAIT, 20, "await", "uint32_t task; uint32_t awaits;")                                   \
	X(NAME, 21, "name", "uint32_t task; string name;")

#define TRACE_CTF_ENUM(name, number, text, fields) TRACE_CTF_##name = number,
enum trace_ctf_event { TRACE_CTF_EVENTS(TRACE_CTF_ENUM) TRACE_CTF_EVENT_COUNT };
#undef TRACE_CTF_ENUM

/* Write the text of `metadata`. */
void trace_ctf_metadata(const struct trace_export *export, FILE *out);

#endif
