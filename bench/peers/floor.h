/* The floor's scheduler: the least that stackful tasks on one thread can cost. For bench/peers/floor.c alone, on x86-64.
 *
 * It does nothing but switch. One run queue, first in, first out; a task and the top of its stack share a page; an item goes to whoever
 * waits for it, a permit to the first in line, without a turn of the loop between. There is no cancellation, no I/O, no clock, no name,
 * no error, no guard below a stack, and asyncio's order is not kept: it is a measure, and nothing to teach with.
 *
 * Recorded, each transition becomes 32 bytes without a stamp in a ring of 1 MiB.
 */
#ifndef GANTTOP_BENCH_PEERS_FLOOR_H
#define GANTTOP_BENCH_PEERS_FLOOR_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench/measure.h"

#define STACK_BYTES 65536u
#define N_SLAB      1024u /* stacks of one mapping */
#define N_COLOURS                                                                                  \
	32u /* so many lines are the tops of stacks apart, lest they share a set of the cache */
#define N_RING  32768u /* 1 MiB */
#define N_ALIVE 100000u
#define N_WARM  4000u
#define ALWAYS  static inline __attribute__((always_inline))
#define NEVER   static __attribute__((noinline)) /* as a library's: a call */

/* ---- Records ---- */

enum kind { MADE = 1, READY, RUNNING, WAITING, DONE, HELD, LET_GO, LEVEL };

struct record {
	uint64_t when_ns, task, what;
	_Atomic uint64_t kind; /* stored last: it publishes the rest */
};

static struct record *ring; /* NULL: not recorded */
static uint64_t n_records, now_ns;

ALWAYS void record(enum kind kind, uint64_t task, uint64_t what)
{
	if (!ring)
		return;
	struct record *r = &ring[n_records++ % N_RING];
	r->when_ns = now_ns;
	r->task = task;
	r->what = what;
	atomic_store_explicit(&r->kind, (uint64_t)kind, memory_order_release);
}

/* Record from now on. The pages of the ring are there, and its lines in a cache. */
static void record_start(void)
{
	ring = aligned_alloc(64, N_RING * sizeof *ring);
	if (!ring)
		measure_die("make", "a ring", "out of memory");
	memset(ring, 1, N_RING * sizeof *ring);
}

/* ---- Tasks ---- */

struct task {
	void *stack, *frame, *resume; /* where it goes on; switch_to knows them by their places */
	struct task *next;            /* in the one line that it stands in */
	struct task *joiner;          /* who waits for its end */
	void (*body)(intptr_t arg);
	intptr_t item; /* what its body is given; later, what it is handed or has to hand over */
	uint32_t id;
	bool is_done;
};

_Static_assert(sizeof(struct task) == 64, "a task is one line of the cache");

struct line {
	struct task *first, **last;
};

static struct task main_task, *running = &main_task, *unused;
static struct line ready = {NULL, &ready.first};

ALWAYS void line_add(struct line *line, struct task *task)
{
	task->next = NULL;
	*line->last = task;
	line->last = &task->next;
}

ALWAYS struct task *line_take(struct line *line)
{
	struct task *task = line->first;
	if (task && !(line->first = task->next))
		line->last = &line->first;
	return task;
}

/* Nothing is pushed, so the red zone below either stack stays as it is. */
ALWAYS void switch_to(struct task *from, struct task *to)
{
	__asm__ volatile("movq %%rsp, (%%rdi)\n\t"
	                 "movq %%rbp, 8(%%rdi)\n\t"
	                 "leaq 1f(%%rip), %%rax\n\t"
	                 "movq %%rax, 16(%%rdi)\n\t"
	                 "movq (%%rsi), %%rsp\n\t"
	                 "movq 8(%%rsi), %%rbp\n\t"
	                 "jmpq *16(%%rsi)\n\t"
	                 ".balign 16\n"
	                 "1:"
	                 : "+D"(from), "+S"(to)
	                 :
	                 : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13",
	                   "r14", "r15", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
	                   "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
	                   "xmm15", "memory", "cc");
}

/* Let the first in line go on. Comes back when somebody has made the caller ready, and it is its turn. */
ALWAYS void run_next(void)
{
	struct task *me = running, *task = line_take(&ready);
	if (__builtin_expect(!task, 0))
		measure_die("go on with", "the floor", "nobody is ready");
	running = task;
	record(RUNNING, task->id, me->id);
	switch_to(me, task);
}

ALWAYS void wake(struct task *task)
{
	record(READY, task->id, running->id);
	line_add(&ready, task);
}

ALWAYS void wait_in(struct line *line)
{
	record(WAITING, running->id, 0);
	line_add(line, running);
	run_next();
}

NEVER void task_yield(void)
{
	wake(running);
	run_next();
}

__attribute__((noreturn)) NEVER void task_main(void)
{
	struct task *me = running;
	me->body(me->item);
	me->is_done = true;
	record(DONE, me->id, 0);
	if (me->joiner)
		wake(me->joiner);
	run_next();
	abort();
}

/* Return a place for a task, which is the top of a stack that nobody has touched. */
static struct task *carve(void)
{
	static char *slab;
	static size_t n_left;
	if (!n_left) {
		slab = mmap(NULL, (size_t)N_SLAB * STACK_BYTES, PROT_READ | PROT_WRITE,
		            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (slab == MAP_FAILED)
			measure_die("make", "stacks", "out of memory");
		madvise(slab, (size_t)N_SLAB * STACK_BYTES, MADV_NOHUGEPAGE);
		n_left = N_SLAB;
	}
	slab += STACK_BYTES;
	return (struct task *)(void *)(slab - (1 + --n_left % N_COLOURS) * sizeof(struct task));
}

NEVER struct task *task_spawn(void (*body)(intptr_t), intptr_t arg)
{
	static uint32_t last_id;
	struct task *task = unused;
	if (task)
		unused = task->next;
	else
		task = carve();
	*task = (struct task){.stack = (char *)task - 8, /* as behind a call */
	                      .resume = (void *)(uintptr_t)task_main,
	                      .body = body,
	                      .item = arg,
	                      .id = ++last_id};
	record(MADE, task->id, running->id);
	wake(task);
	return task;
}

/* Wait until it is done, and take its stack back. */
NEVER void task_join(struct task *task)
{
	if (!task->is_done) {
		task->joiner = running;
		record(WAITING, running->id, task->id);
		run_next();
	}
	task->next = unused;
	unused = task;
}

/* ---- Permits and channels ---- */

static struct permits {
	size_t n_left;
	struct line waiters;
} permits = {0, {NULL, &permits.waiters.first}};

NEVER void permits_acquire(struct permits *p)
{
	if (p->n_left)
		p->n_left--;
	else
		wait_in(&p->waiters); /* it comes back with the permit of whoever let go */
	record(HELD, running->id, 1);
	record(LEVEL, 1, p->n_left);
}

NEVER void permits_release(struct permits *p)
{
	struct task *task = line_take(&p->waiters);
	record(LET_GO, running->id, 1);
	record(LEVEL, 1, p->n_left);
	if (task)
		wake(task);
	else
		p->n_left++;
}

static struct channel {
	intptr_t items[100];
	size_t first, n, capacity;
	struct line putters, getters;
} channel = {.putters = {NULL, &channel.putters.first}, .getters = {NULL, &channel.getters.first}};

ALWAYS void append(struct channel *c, intptr_t item)
{
	size_t place = c->first + c->n++;
	c->items[place < c->capacity ? place : place - c->capacity] = item;
	record(LEVEL, 2, c->n);
}

NEVER void channel_put(struct channel *c, intptr_t item)
{
	struct task *getter = line_take(&c->getters);
	if (getter) {
		getter->item = item;
		wake(getter);
	} else if (c->n < c->capacity) {
		append(c, item);
	} else {
		running->item = item;
		wait_in(&c->putters);
	}
}

NEVER intptr_t channel_get(struct channel *c)
{
	if (!c->n) {
		wait_in(&c->getters);
		return running->item;
	}
	intptr_t item = c->items[c->first];
	c->first = c->first + 1 < c->capacity ? c->first + 1 : 0;
	c->n--;
	record(LEVEL, 2, c->n);
	struct task *putter = line_take(&c->putters);
	if (putter) {
		append(c, putter->item);
		wake(putter);
	}
	return item;
}

#endif
