/* The words of a recording: every enumeration that is stored in a record, with its number and its name.
 *
 * One X-macro a vocabulary yields the enum, the names of the JSONL export and the limits that the reader
 * checks. The numbers are part of the file format (docs/trace-format.md): append, never renumber.
 * The name tables live in vocabulary.c.
 */
#ifndef GANTTOP_TRACE_VOCABULARY_H
#define GANTTOP_TRACE_VOCABULARY_H

/* What a slot of the log holds. Zero is a slot that was never published. */
#define TRACE_KINDS(X)                                                                             \
	X(BLOCK, 1, "block")   /* first slot of a block: names its writer */                       \
	X(PAD, 2, "pad")       /* unused slot at the end of a block */                             \
	X(STRING, 3, "string") /* first slot of a string */                                        \
	X(CONT, 4, "cont")     /* 31 more bytes of the string before it */                         \
	X(FILE, 5, "file")     /* gives a source file its index */                                 \
	X(META, 6, "meta")     /* one key of the first line */                                     \
	X(TASK, 7, "task")                                                                         \
	X(STATE, 8, "state")                                                                       \
	X(CANCEL, 9, "cancel")                                                                     \
	X(OBJECT, 10, "object")                                                                    \
	X(LEVEL, 11, "level")                                                                      \
	X(HOLD, 12, "hold")                                                                        \
	X(SCOPE, 13, "scope")                                                                      \
	X(CALL, 14, "call")                                                                        \
	X(TICK, 15, "tick")                                                                        \
	X(WORKER, 16, "worker")                                                                    \
	X(VAR, 17, "var")                                                                          \
	X(LOG, 18, "log")                                                                          \
	X(MARK, 19, "mark")                                                                        \
	X(LOST, 20, "lost")                                                                        \
	X(END, 21, "end")                                                                          \
	X(CORO, 22, "coro")                                                                        \
	X(ERROR, 23, "error")                                                                      \
	X(AWAIT, 24, "await") /* one of several that the wait which follows is for */              \
	X(NAME, 25, "name")   /* a task has another name from here on */

#define TRACE_STATES(X)                                                                            \
	X(READY, 1, "ready")                                                                       \
	X(RUNNING, 2, "running")                                                                   \
	X(WAITING, 3, "waiting")                                                                   \
	X(DONE, 4, "done")

/* What a waiting task waits on. `object` is the object's id, for TASK the awaited task's id. */
#define TRACE_ONS(X)                                                                               \
	X(SLEEP, 1, "sleep")                                                                       \
	X(TASK, 2, "task")                                                                         \
	X(FUTURE, 3, "future")                                                                     \
	X(GATHER, 4, "gather")                                                                     \
	X(LOCK, 5, "lock")                                                                         \
	X(SEMAPHORE, 6, "semaphore")                                                               \
	X(EVENT, 7, "event")                                                                       \
	X(CONDITION, 8, "condition")                                                               \
	X(QUEUE_GET, 9, "queue-get")                                                               \
	X(QUEUE_PUT, 10, "queue-put")                                                              \
	X(QUEUE_JOIN, 11, "queue-join")                                                            \
	X(BARRIER, 12, "barrier")                                                                  \
	X(THREAD, 13, "thread")                                                                    \
	X(READ, 14, "read")                                                                        \
	X(WRITE, 15, "write")                                                                      \
	X(SHIELD, 16, "shield")                                                                    \
	X(WAIT_FOR, 17, "wait-for")                                                                \
	X(WAIT, 18, "wait")                                                                        \
	X(GROUP, 19, "group")                                                                      \
	X(CONNECT, 20, "connect")                                                                  \
	X(ACCEPT, 21, "accept")                                                                    \
	X(PROCESS, 22, "process")                                                                  \
	X(GENERATOR, 23, "generator")

/* Why a task became ready. */
#define TRACE_WHYS(X)                                                                              \
	X(START, 1, "start")                                                                       \
	X(YIELD, 2, "yield")                                                                       \
	X(TIMER, 3, "timer")                                                                       \
	X(RELEASE, 4, "release")                                                                   \
	X(SET, 5, "set")                                                                           \
	X(PUT, 6, "put")                                                                           \
	X(GET, 7, "get")                                                                           \
	X(DONE, 8, "done")                                                                         \
	X(CANCEL, 9, "cancel")                                                                     \
	X(IO, 10, "io")                                                                            \
	X(THREAD, 11, "thread")                                                                    \
	X(NOTIFY, 12, "notify")                                                                    \
	X(ERROR, 13, "error")

#define TRACE_OUTCOMES(X)                                                                          \
	X(RESULT, 1, "result")                                                                     \
	X(ERROR, 2, "error")                                                                       \
	X(CANCELLED, 3, "cancelled")

#define TRACE_CANCEL_PHASES(X)                                                                     \
	X(REQUESTED, 1, "requested")                                                               \
	X(DELIVERED, 2, "delivered")                                                               \
	X(SWALLOWED, 3, "swallowed")                                                               \
	X(SHIELDED, 4, "shielded")

#define TRACE_OBJECT_KINDS(X)                                                                      \
	X(FUTURE, 1, "future")                                                                     \
	X(LOCK, 2, "lock")                                                                         \
	X(SEMAPHORE, 3, "semaphore")                                                               \
	X(BOUNDED_SEMAPHORE, 4, "bounded-semaphore")                                               \
	X(EVENT, 5, "event")                                                                       \
	X(CONDITION, 6, "condition")                                                               \
	X(QUEUE, 7, "queue")                                                                       \
	X(LIFO_QUEUE, 8, "lifo-queue")                                                             \
	X(PRIORITY_QUEUE, 9, "priority-queue")                                                     \
	X(BARRIER, 10, "barrier")                                                                  \
	X(POOL, 11, "pool")                                                                        \
	X(LEVEL, 12, "level")                                                                      \
	X(STREAM, 13, "stream")                                                                    \
	X(GENERATOR, 14, "generator")                                                              \
	X(COROUTINE, 15, "coroutine")                                                              \
	X(PROCESS, 16, "process")                                                                  \
	X(FILE, 17, "file")

/* What a LEVEL record of a queue says of its item, a signed number of 32 bits; 0: nothing. */
#define TRACE_ITEM_OPS(X)                                                                          \
	X(PUT, 1, "put")                                                                           \
	X(TAKEN, 2, "take")

#define TRACE_SCOPE_KINDS(X)                                                                       \
	X(GROUP, 1, "group")                                                                       \
	X(TIMEOUT, 2, "timeout")                                                                   \
	X(SHIELD, 3, "shield")

#define TRACE_PHASES(X)                                                                            \
	X(BEGIN, 1, "begin")                                                                       \
	X(END, 2, "end")

#define TRACE_WORKER_STATES(X)                                                                     \
	X(BUSY, 1, "busy")                                                                         \
	X(IDLE, 2, "idle")                                                                         \
	X(WAITING, 3, "waiting")

#define TRACE_VAR_OPS(X)                                                                           \
	X(READ, 1, "read")                                                                         \
	X(WRITE, 2, "write")

/* The life of a coroutine object: made by its OBJECT record, then one of these. */
#define TRACE_CORO_PHASES(X)                                                                       \
	X(AWAITED, 1, "awaited")                                                                   \
	X(DROPPED, 2, "never-awaited")

/* What became of the error of a task that failed. */
#define TRACE_ERROR_PHASES(X) X(NEVER_RETRIEVED, 1, "never-retrieved")

#define TRACE_STATUSES(X)                                                                          \
	X(FINISHED, 1, "finished")                                                                 \
	X(DEADLOCK, 2, "deadlock")                                                                 \
	X(FAILED, 3, "failed")                                                                     \
	X(KILLED, 4, "killed")

/* The parts of the first line. PARAM records carry the parameter's name in `a` and its value in `b`. */
#define TRACE_METAS(X)                                                                             \
	X(TITLE, 1, "title")                                                                       \
	X(SOURCE, 2, "source")                                                                     \
	X(SEED, 3, "seed")                                                                         \
	X(POLICY, 4, "policy")                                                                     \
	X(PARAM, 5, "param")                                                                       \
	X(QUESTION, 6, "question")                                                                 \
	X(LESSON, 7, "lesson")                                                                     \
	X(ORIGIN, 8, "origin") /* what it was made of: a trace of another program's */

#define TRACE_CLOCKS(X)                                                                            \
	X(VIRTUAL, 1, "virtual")                                                                   \
	X(PACED, 2, "paced")                                                                       \
	X(REAL, 3, "real")

#define TRACE_ENUM_KIND(name, number, text) TRACE_##name = number,
enum trace_kind { TRACE_EMPTY = 0, TRACE_KINDS(TRACE_ENUM_KIND) TRACE_KIND_END };
#undef TRACE_ENUM_KIND

#define TRACE_VOCABULARY(X)                                                                        \
	X(state, STATE, TRACE_STATES)                                                              \
	X(on, ON, TRACE_ONS)                                                                       \
	X(why, WHY, TRACE_WHYS)                                                                    \
	X(outcome, OUTCOME, TRACE_OUTCOMES)                                                        \
	X(cancel_phase, CANCEL, TRACE_CANCEL_PHASES)                                               \
	X(object_kind, OBJECT, TRACE_OBJECT_KINDS)                                                 \
	X(item_op, ITEM, TRACE_ITEM_OPS)                                                           \
	X(scope_kind, SCOPE, TRACE_SCOPE_KINDS)                                                    \
	X(phase, PHASE, TRACE_PHASES)                                                              \
	X(worker_state, WORKER, TRACE_WORKER_STATES)                                               \
	X(var_op, VAR, TRACE_VAR_OPS)                                                              \
	X(coro_phase, CORO, TRACE_CORO_PHASES)                                                     \
	X(error_phase, ERROR, TRACE_ERROR_PHASES)                                                  \
	X(status, STATUS, TRACE_STATUSES)                                                          \
	X(meta, META, TRACE_METAS)                                                                 \
	X(clock, CLOCK, TRACE_CLOCKS)

#define TRACE_E(name, number, text) TRACE_STATE_##name = number,
enum trace_state { TRACE_STATES(TRACE_E) TRACE_STATE_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_ON_##name = number,
enum trace_on { TRACE_ONS(TRACE_E) TRACE_ON_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_WHY_##name = number,
enum trace_why { TRACE_WHYS(TRACE_E) TRACE_WHY_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_OUTCOME_##name = number,
enum trace_outcome { TRACE_OUTCOMES(TRACE_E) TRACE_OUTCOME_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_CANCEL_##name = number,
enum trace_cancel_phase { TRACE_CANCEL_PHASES(TRACE_E) TRACE_CANCEL_PHASE_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_OBJECT_##name = number,
enum trace_object_kind { TRACE_OBJECT_KINDS(TRACE_E) TRACE_OBJECT_KIND_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_ITEM_##name = number,
enum trace_item_op { TRACE_ITEM_OPS(TRACE_E) TRACE_ITEM_OP_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_SCOPE_##name = number,
enum trace_scope_kind { TRACE_SCOPE_KINDS(TRACE_E) TRACE_SCOPE_KIND_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_PHASE_##name = number,
enum trace_phase { TRACE_PHASES(TRACE_E) TRACE_PHASE_STOP };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_WORKER_##name = number,
enum trace_worker_state { TRACE_WORKER_STATES(TRACE_E) TRACE_WORKER_STATE_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_VAR_##name = number,
enum trace_var_op { TRACE_VAR_OPS(TRACE_E) TRACE_VAR_OP_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_CORO_##name = number,
enum trace_coro_phase { TRACE_CORO_PHASES(TRACE_E) TRACE_CORO_PHASE_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_ERROR_##name = number,
enum trace_error_phase { TRACE_ERROR_PHASES(TRACE_E) TRACE_ERROR_PHASE_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_STATUS_##name = number,
enum trace_status { TRACE_STATUSES(TRACE_E) TRACE_STATUS_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_META_##name = number,
enum trace_meta { TRACE_METAS(TRACE_E) TRACE_META_END };
#undef TRACE_E
#define TRACE_E(name, number, text) TRACE_CLOCK_##name = number,
enum trace_clock { TRACE_CLOCKS(TRACE_E) TRACE_CLOCK_END };
#undef TRACE_E

/* Return the name of a stored number, as JSONL spells it; NULL when the number is not of the vocabulary.
 * One function a vocabulary: trace_kind_name, trace_state_name, trace_on_name, ...
 * owns: returns a static string. cost: one table look-up. */
const char *trace_kind_name(unsigned number);
/* The name of the mark of a future that failed, and whose error nobody asked for; its text says which and why. */
#define TRACE_MARK_NEVER_RETRIEVED "never-retrieved"

#define TRACE_DECLARE(lower, UPPER, list) const char *trace_##lower##_name(unsigned number);
TRACE_VOCABULARY(TRACE_DECLARE)
#undef TRACE_DECLARE

#endif
