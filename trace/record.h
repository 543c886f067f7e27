/* The record and the header page of a recording (NAME.gtt), version 1, as they stand in the file.
 *
 * A recording is a header page of 4,096 bytes, then slots of 32 bytes. Slots come in blocks of
 * TRACE_BLOCK_SLOTS; a thread that writes claims whole blocks by one atomic add on `n_blocks`, so threads
 * never share a cache line. The last byte of every slot is its kind, stored last with release order: a slot
 * whose kind is zero has not been published. docs/trace-format.md is the specification.
 */
#ifndef GANTTOP_TRACE_RECORD_H
#define GANTTOP_TRACE_RECORD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/vocabulary.h"

#define TRACE_MAGIC        "\x89GTT\r\n\x1a\n" /* eight bytes; a transfer in text mode damages them */
#define TRACE_VERSION      1u
#define TRACE_BYTE_ORDER   0x01020304u
#define TRACE_HEADER_BYTES 4096u
#define TRACE_RECORD_BYTES 32u
#define TRACE_BLOCK_SLOTS  512u /* the first one is the BLOCK record */
#define TRACE_BLOCK_BYTES  (TRACE_BLOCK_SLOTS * TRACE_RECORD_BYTES)

#define TRACE_STRING_MAX_BYTES   4096u /* longer text is cut by the writer, on a code point */
#define TRACE_STRING_FIRST_BYTES 12u   /* bytes of a string in its first slot (fields b, c, d) */
#define TRACE_STRING_CONT_BYTES  31u   /* bytes in each CONT slot */

/* One slot. Fields mean, by kind (what a kind does not name is zero):
 *
 *  kind    id      a        b         c         d      arg       sub
 *  BLOCK   writer  sequence number of the block among the writer's blocks (b: low, c: high half)
 *  STRING  string  bytes    first 12 bytes of text ...........   -         -
 *  FILE    file    name     -         -         -      -         -       (file: index 1..4095, for `where`)
 *  META    -       key      value     -         -      -         meta   title, source, param, ...
 *  TASK    task    name     parent    -         where  -         -
 *  STATE   task    object   until low until hi  where  on        waiting, arg | TRACE_TIMED if `until` counts
 *  STATE   task    object   by        -         where  why       ready
 *  STATE   task    -        -         -         where  -         running, arg TRACE_STILLBORN if its body never begins
 *  STATE   task    value    -         -         where  outcome   done
 *  CANCEL  task    by       -         -         where  -         phase
 *  OBJECT  object  name     capacity low, high  where  -         kind
 *  LEVEL   object  waiters  value low, high     item   -         item   (of a queue: what was put in, or taken)
 *  HOLD    object  task     -         -         where  -         1 held, 0 given back
 *  SCOPE   task    scope    deadline low, high  where  1 open    kind (arg | TRACE_TIMED if it has a deadline)
 *  CALL    call    name     -         -         where  -         phase
 *  TICK    -       ready    -         -         -      -         phase  (ready: length of the queue)
 *  WORKER  worker  task     name      object    -      -         state  (object: that a waiting one waits for)
 *  VAR     task    name     value low, high     where  -         op
 *  NAME    task    name     -         -         -      -         -       (from here on)
 *  LOG     task    text     -         -         where  -         -
 *  MARK    -       name     text      -         -      -         -
 *  LOST    until low, hi    count low, high     -      -         -       (arg TRACE_TIMED if `until` counts: from here to there)
 *  END     -       -        -         -         -      -         status
 *  CORO    object  task     -         -         where  -         phase  (the object is the coroutine)
 *  ERROR   task    -        -         -         -      -         phase  (of the error that the task ended with)
 *  AWAIT   task    awaited  object    -         -      -         -      (a task, or an object, that is not done; before the STATE waiting)
 *
 * object: of a waiting task the awaited task's id where trace_on_is_task. name, text, key, value: string ids, 0 is
 * none. task 0 is the loop. where: TRACE_WHERE(file, line), 0 none. Ids are at most TRACE_ID_MAX. */
struct trace_record {
	uint64_t t_ns; /* since the start of the recording */
	uint32_t id;
	uint32_t a;
	uint32_t b;
	uint32_t c;
	uint32_t d;
	uint16_t arg;
	uint8_t sub;
	uint8_t kind; /* enum trace_kind; published last */
};
_Static_assert(sizeof(struct trace_record) == TRACE_RECORD_BYTES, "a record is 32 bytes");
_Static_assert(offsetof(struct trace_record, kind) == 31, "the kind is the last byte");

#define TRACE_ID_MAX            0x7fffffffu
#define TRACE_TIMED             0x8000u /* flag in arg: the 64-bit time in b and c counts */
#define TRACE_STILLBORN         1u      /* in arg: cancelled before its first step */
#define TRACE_WHERE(file, line) ((uint32_t)(file) << 20 | ((uint32_t)(line)&0xfffffu))
#define TRACE_WHERE_FILE(where) ((where) >> 20)
#define TRACE_WHERE_LINE(where) ((where)&0xfffffu)

static inline uint64_t trace_join(uint32_t low, uint32_t high)
{
	return (uint64_t)high << 32 | low;
}

/* Return whether `object` of a task that waits on `on` is the id of the task that it waits for. */
static inline bool trace_on_is_task(unsigned on)
{
	return on == TRACE_ON_TASK || on == TRACE_ON_SHIELD || on == TRACE_ON_WAIT_FOR;
}

/* Return the byte offset of a slot in the file. */
static inline uint64_t trace_slot_offset(uint64_t slot)
{
	return TRACE_HEADER_BYTES + slot * TRACE_RECORD_BYTES;
}

/* REPLACED: the recording goes on in another file of this name (a ring that was turned). */
enum trace_live { TRACE_LIVE = 1, TRACE_CLOSED = 2, TRACE_REPLACED = 3 };

/* How a viewer computes "now" between records: while `speed_ppm` is not 0,
 *   now = t_ns + (CLOCK_MONOTONIC - mono_ns) * speed_ppm / 1,000,000.
 * Under the virtual clock speed_ppm stays 0 and now is the time of the last record. A sequence lock: odd while it is being
 * written. */
struct trace_pacing {
	_Atomic uint32_t sequence;
	_Atomic uint32_t speed_ppm; /* 1,000,000 is real time; 0: time stands still */
	_Atomic uint64_t t_ns;
	_Atomic uint64_t mono_ns;
};

/* The step gate. The viewer writes `hold`, `steps`, `pick`, `cancel`, `speed_ppm`, then adds one to `knock`
 * and wakes the futex on it; the runtime writes `held` and counts `steps` down. */
struct trace_gate {
	_Atomic uint32_t hold;      /* 1: stop before the next task step */
	_Atomic uint32_t steps;     /* task steps allowed in spite of `hold` */
	_Atomic uint32_t pick;      /* task to run next, 0: the policy's choice */
	_Atomic uint32_t cancel;    /* task to cancel before the next step, 0: none */
	_Atomic uint32_t speed_ppm; /* wanted speed of a paced run, 0: unchanged */
	_Atomic uint32_t knock;     /* futex word: changes with every wish */
	_Atomic uint32_t held;      /* 1 while the runtime waits at the gate */
	_Atomic uint32_t watched;   /* 1 once a viewer has opened the gate for writing */
};

/* The header page. Integers are in the writer's byte order, which `byte_order` tells. */
struct trace_header {
	char magic[8];
	uint32_t version;
	uint32_t byte_order;
	uint32_t header_bytes;
	uint32_t record_bytes;
	uint32_t block_slots;
	uint32_t clock;                /* enum trace_clock */
	uint64_t started_unix_ns;      /* wall time of the start; 0 under the virtual clock */
	uint64_t started_mono_ns;      /* CLOCK_MONOTONIC of the start; 0 under the virtual clock */
	uint32_t writer_pid;           /* 0 under the virtual clock, so that a recording repeats */
	_Atomic uint32_t live;         /* enum trace_live */
	_Atomic uint64_t n_blocks;     /* blocks claimed so far */
	_Atomic uint64_t lost;         /* records that could not be written */
	_Atomic uint64_t closed_bytes; /* size of the file once it is closed; 0 before */
	uint8_t reserved0[128 - 80];
	struct trace_pacing pacing; /* at byte 128 */
	uint8_t reserved1[192 - 128 - sizeof(struct trace_pacing)];
	struct trace_gate gate; /* at byte 192 */
	uint8_t reserved2[TRACE_HEADER_BYTES - 192 - sizeof(struct trace_gate)];
};
_Static_assert(offsetof(struct trace_header, n_blocks) == 56, "header layout");
_Static_assert(offsetof(struct trace_header, closed_bytes) == 72, "header layout");
_Static_assert(offsetof(struct trace_header, pacing) == 128, "header layout");
_Static_assert(offsetof(struct trace_header, gate) == 192, "header layout");
_Static_assert(sizeof(struct trace_header) == TRACE_HEADER_BYTES, "the header is one page");

#endif
