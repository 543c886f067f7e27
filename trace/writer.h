/* The writer of recordings: one trace_writer a file, one trace_pen a thread that writes.
 *
 * Recording never fails where it happens: when the file cannot grow (disk full), the writer says so once
 * through its callback, later records go to a scratch area and are counted as lost, and the program runs on.
 */
#ifndef GANTTOP_TRACE_WRITER_H
#define GANTTOP_TRACE_WRITER_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/record.h"

struct trace_writer;

#define TRACE_SCRATCH_SLOTS 64u

/* A thread's place in the log. `next` and `end` are words, four a slot. */
struct trace_pen {
	uint64_t *next, *end;
	struct trace_writer *writer;
	uint32_t number;           /* of the writer in BLOCK records: 1 is the loop's thread */
	uint64_t n_blocks;         /* blocks that this pen has begun */
	uint64_t block;            /* index of the block that it writes now */
	uint64_t t_ns;             /* time of its last record, for BLOCK and PAD records */
	struct trace_pen *sibling; /* the writer's next pen */
	uint64_t scratch[TRACE_SCRATCH_SLOTS * 4];
};

#define TRACE_RING_MIN_BYTES 65536u /* the header and three blocks */

struct trace_writer_options {
	enum trace_clock clock;
	uint64_t started_unix_ns; /* 0 under the virtual clock */
	uint64_t started_mono_ns; /* 0 under the virtual clock */
	uint32_t pid;             /* 0 under the virtual clock */
	/* Not 0: the file never grows beyond this size; its oldest part goes, and what is in force stays. At least TRACE_RING_MIN_BYTES. */
	uint64_t ring_bytes;
	/* Called at most once, from the thread that could not write: one sentence. May be NULL. */
	void (*on_error)(const char *sentence, void *arg);
	void *on_error_arg;
};

/* Create the recording `path`; an existing file is replaced (whoever has it open keeps the old one), but not one that another writer has
 * locked (flock), which it does until it is closed or dies.
 * owns: returns in `*out`. errors: TRACE_ESYSTEM with `*error`, and no file is left; what is not a regular file stays as it is. */
int trace_writer_open(struct trace_writer **out, const char *path,
                      const struct trace_writer_options *options, struct trace_error *error);

/* Cut the file to what was written, mark it closed, free the writer. Every pen must have been put down.
 * trace_writer_close(NULL) does nothing. */
void trace_writer_close(struct trace_writer *writer);

/* Return the header page. owns: borrows, as long as the writer. where: any thread (atomics). */
struct trace_header *trace_writer_header(struct trace_writer *writer);

/* Take a pen for the calling thread. owns: caller's struct. where: any thread. */
void trace_pen_init(struct trace_pen *pen, struct trace_writer *writer);

/* Put the pen down; what it wrote stays. */
void trace_pen_fini(struct trace_pen *pen);

/* Get the next block, or the scratch area when there is none: the slow path of trace_emit. */
void trace_pen_refill(struct trace_pen *pen);

/* Write between these two calls from any thread but the loop's: a ring is turned by the loop's thread, which must not find
 * others writing. And once the recording has failed nothing is written there any more: it could name what the loop has lost. Without a ring
 * they cost a load. */
void trace_pen_enter(struct trace_pen *pen);
void trace_pen_leave(struct trace_pen *pen);

/* Write `n_bytes` of text as a new string; longer text is cut to TRACE_STRING_MAX_BYTES on a code point.
 * Returns its id. where: of a ring, the loop's thread only: what another thread writes may find no room, and a record would name nothing.
 * cost: one slot and one more for each 31 bytes beyond 12. */
uint32_t trace_pen_string(struct trace_pen *pen, const char *text, size_t n_bytes);

/* Return the id of a string that is used again and again (a name); writes it the first time only. "" and NULL give 0.
 * where: the loop's thread only. */
uint32_t trace_pen_intern(struct trace_pen *pen, const char *text);

/* Return the id of a name that is written into the next record and not kept by the caller: as trace_pen_intern, but in a ring a new
 * string each time, which goes with the record. where: the loop's thread only. */
uint32_t trace_pen_name(struct trace_pen *pen, const char *text);

/* Return TRACE_WHERE of a place in the source; writes a FILE record the first time. `file` must live as long as the
 * program (__FILE__). where: the loop's thread only. */
uint32_t trace_pen_where(struct trace_pen *pen, const char *file, int line);

/* How far ahead of itself a pen asks for the lines that it will store into. They are in nobody's cache, or in that of the processor that cleared
 * them, a microsecond away; that is farther than the processor looks ahead by itself. */
#define TRACE_AHEAD_BYTES 2048u

/* Ask for the line at `at`, to store into it. What is not mapped is not asked for. */
static inline void trace_want(const char *at)
{
#if defined __x86_64__
	/* the built-in one asks for a line to read unless the compiler may assume a certain processor; older ones ignore this */
	__asm__ volatile("prefetchw %0" : : "m"(*at));
#else
	__builtin_prefetch(at, 1);
#endif
}

/* Write one record. The last word holds the kind and is stored with release order.
 * cost: four stores. where: the pen's thread. */
static inline void trace_emit(struct trace_pen *pen, struct trace_record r)
{
	if (__builtin_expect(pen->next == pen->end, 0))
		trace_pen_refill(pen);
	uint64_t *slot = pen->next;
	pen->next = slot + 4;
	trace_want((const char *)slot + TRACE_AHEAD_BYTES);
	pen->t_ns = r.t_ns;
	slot[0] = r.t_ns;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	slot[1] = (uint64_t)r.a << 32 | r.id;
	slot[2] = (uint64_t)r.c << 32 | r.b;
	uint64_t last =
	        (uint64_t)r.kind << 56 | (uint64_t)r.sub << 48 | (uint64_t)r.arg << 32 | r.d;
#else
	slot[1] = (uint64_t)r.id << 32 | r.a;
	slot[2] = (uint64_t)r.b << 32 | r.c;
	uint64_t last = (uint64_t)r.d << 32 | (uint64_t)r.arg << 16 | (uint64_t)r.sub << 8 | r.kind;
#endif
	atomic_store_explicit((_Atomic uint64_t *)&slot[3], last, memory_order_release);
}

#endif
