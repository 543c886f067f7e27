/* The state of a loop: handles, futures, tasks, objects, and the loop that has them all. Nothing outside runtime/ includes this.
 *
 * The schedule is asyncio's, by construction: a FIFO of handles, a heap of timers; an iteration polls, moves the due
 * timers to the FIFO, and runs exactly the handles that were ready when it began (the batch). A future wakes those who wait
 * for it through callbacks that take a turn in the FIFO of their own, so every chain of wakes has as many hops as in CPython.
 */
#ifndef GANTTOP_RUNTIME_STATE_H
#define GANTTOP_RUNTIME_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/clock.h"
#include "runtime/coro.h"
#include "runtime/error.h"
#include "runtime/ganttop.h"
#include "runtime/list.h"
#include "runtime/timer_heap.h"
#include "trace/writer.h"

struct gt__gather;
struct gt__io;
struct gt__knocker;
struct gt__loop;
struct gt__name;
struct gt__policy_ops;
struct gt__sim_pool;

/* ---- Handles ---- */

/* A viewer wants it to go first in the next iteration. */
#define GT__PICKED 4u

/* Something the loop will call: in the ready queue, among the callbacks of a future, or nowhere. */
struct gt__handle {
	void (*run)(struct gt__loop *loop, struct gt__handle *handle);
	struct gt__node node;
	uint32_t by;  /* task on whose behalf it became ready, 0 the loop */
	uint16_t why; /* enum trace_why that a task woken by it is given */
	bool is_task; /* the step of a task */
	uint8_t queued; /* 0: not in the ready queue; else gt__loop.turn when it came there, and GT__PICKED */
};

/* A handle that becomes ready at a time. Lives in the frame of the call that waits, or on the heap. */
struct gt__alarm {
	struct gt__timer timer;
	struct gt__handle handle;
};

/* ---- Futures ---- */

enum gt__future_state { GT__PENDING, GT__RESULT, GT__FAILED, GT__CANCELLED };

struct gt_future {
	int code;              /* when failed: the negative code */
	uint8_t state;         /* enum gt__future_state */
	uint8_t why;           /* enum trace_why for those who wake by it */
	bool retrieved : 1;    /* somebody has asked how it ended */
	bool self_awaited : 1; /* its task awaited itself: no further await is taken */
	bool has_rest : 1;     /* of a task's: something is written in its rest */
	struct gt__loop *loop;
	/* Replaces gt__future_cancel for tasks and gathers; NULL: cancel at once. */
	bool (*cancel)(struct gt_future *future);
	struct gt__node callbacks; /* of struct gt__handle */
	intptr_t value;
	struct gt_error *error; /* when failed; may be NULL for a bare code. owns */
};

void gt__future_init(struct gt_future *future, struct gt__loop *loop, enum trace_why why);

/* Drop what the future holds; callbacks that never ran are forgotten. */
void gt__future_fini(struct gt_future *future);

/* Settle a pending future and put its callbacks into the ready queue. `error`: takes. */
void gt__future_resolve(struct gt_future *future, enum gt__future_state state, intptr_t value,
                        int code, struct gt_error *error);
void gt__future_set(struct gt_future *future, intptr_t value);

/* Cancel the way this kind of future is cancelled. Returns whether the request was taken. */
bool gt__future_cancel(struct gt_future *future);

/* Call `handle` in the loop once the future is done: in the next iteration if it is done already. */
void gt__future_add_callback(struct gt_future *future, struct gt__handle *handle);

/* Settle `to` as `from` is settled. */
void gt__future_copy(struct gt_future *to, struct gt_future *from);

static inline bool gt__future_is_done(const struct gt_future *future)
{
	return future->state != GT__PENDING;
}

/* ---- Tasks ---- */

/* A place in the line of an object (line.h). The future is of no one else: who settles it makes the task ready, without a callback. */
struct gt__waiter {
	struct gt__node node;
	struct gt_future future;
};

/* What a waiting task tells the recording and the deadlock report. */
struct gt__wait {
	uint16_t on;     /* enum trace_on */
	bool timed;      /* until_ns counts */
	uint32_t object; /* object id, or task id for TRACE_ON_TASK and its kin; 0: none */
	struct gt__object
	        *thing; /* the object, NULL: none. borrows. What follows is meaningless then */
	uint64_t until_ns;
	union {
		struct gt_task *task;              /* the task waited for, NULL: none. borrows */
		const struct gt__several *several; /* gt__waits_for_several: those waited for */
	};
};

/* The tasks and futures that a group, a gather and their kin wait for, for the deadlock report. Stands in the frame of the call that
 * waits. */
struct gt__several {
	/* Return the one behind `*place`, done or not, and move `*place`, which is NULL at first, there; NULL behind the last one.
	 * owns: borrows. */
	struct gt_future *(*next)(const struct gt__several *several, const void **place);
	const void *of; /* what `next` looks into */
	bool any;       /* one of them is enough */
};

/* Return whether a wait of this kind is for several tasks. */
static inline bool gt__waits_for_several(uint16_t on)
{
	return on == TRACE_ON_GATHER || on == TRACE_ON_GROUP || on == TRACE_ON_WAIT;
}

#define GT__NAME_BYTES 40u

/* What few tasks ever have. All zero until somebody writes, who comes through gt__rest: a task that is spawned, waits and ends does not touch it. */
struct gt__rest {
	uint32_t cancelled_by; /* task that asked for the last cancellation, 0 the loop */
	int priority;
	unsigned n_cancels;   /* Task.cancelling() */
	unsigned n_delivered; /* cancellations that arrived, minus those answered by an end */
	bool in_cancel;       /* a request to cancel is on its way through it */
	bool begins_cancelled; /* its body runs, and looks at resume_code, even when it was cancelled before its first step */
	bool has_value;
	bool error_is_old;      /* a call has returned a code without an error since */
	struct gt_error *error; /* of the last call that returned one. owns */
	char *text;             /* value as text, NULL: none. owns */
	char *long_name;        /* NULL: it fits into own_name, or is not its own. owns */
};

/* In lines of the cache: what ends a task, what every step of it touches, what waiting in a line touches, its beginning, and the rest. A
 * thousand tasks that take turns have no more than a line or two each in the cache. */
struct gt_task {
	struct gt_future future; /* first: a task is a future */
	struct gt__handle step;  /* its place in a queue: the first step, a yield, or a wake */
	void *sp;                /* where it stopped, on whatever stack that is */
	uint32_t id;
	uint32_t n_resumed;
	/* Any of these: the next step is not the usual one. They stand together, to be asked for at once. */
	bool must_cancel;
	bool cancel_woke; /* the next wake is due to gt_cancel */
	bool woke_badly;  /* what it waits for has failed or was cancelled */
	bool started;
	int resume_code; /* what the wait returns: 0, GT_ECANCELED, or the waited-for code */
	struct gt_future *waiter; /* the future that it waits for, NULL: none. borrows */
	uint32_t where;           /* TRACE_WHERE of its last wait */
	uint32_t parent;

	struct gt__wait wait;      /* meaningful while it waits */
	struct gt__waiter in_line; /* its place in the line that it waits in, or waited in last */
	struct gt__coro
	        *on; /* where it stands: its own stack, or that of a generator that it runs */
	struct gt_gen *gen;      /* that generator, NULL: none */
	const void *gathered_by; /* the gather or its kin that is being made of it */

	struct gt__coro coro;
	gt_body *body;
	void *arg;
	struct gt__node in_loop; /* all tasks of the loop, in the order of creation */
	unsigned refs;           /* all of them */
	unsigned n_handles;      /* those that the program may give back */
	const char *name;        /* long_name, own_name, or one that is the loop's */

	struct gt__rest rest;
	/* what follows is not cleared when the memory is used again */
	bool is_on_stack; /* the memory is the top of a stack of the pool, not of malloc */
	char own_name[GT__NAME_BYTES];
};
#if UINTPTR_MAX == UINT64_MAX && !defined GT_ASAN && !defined GT_TSAN
_Static_assert(offsetof(struct gt_task, step) == 56, "its node begins a line");
_Static_assert(offsetof(struct gt_task, wait) == 128, "a step touches one line, a wait the next");
_Static_assert(offsetof(struct gt_task, coro) == 256, "what a beginning touches");
_Static_assert(offsetof(struct gt_task, rest) == 320, "the rest");
#endif

/* Return the rest of the task, to write into. owns: borrows. */
static inline struct gt__rest *gt__rest(struct gt_task *task)
{
	task->future.has_rest = true;
	return &task->rest;
}

static inline const char *gt__task_name(const struct gt_task *task)
{
	return task->name;
}

/* gt_text. */
const char *gt__task_text(const struct gt_task *task);

static inline bool gt__task_is_done(const struct gt_task *task)
{
	return gt__future_is_done(&task->future);
}

/* Take a reference of the runtime's own, which gt__task_unref gives back; the program's are counted apart, by gt_retain. */
static inline struct gt_task *gt__task_ref(struct gt_task *task)
{
	task->refs++;
	return task;
}

/* Wait for `future`. Returns 0 with its value in `future`, GT_ECANCELED when the task was cancelled, or the
 * future's own code with the task's error set. A future that is done does not suspend. */
int gt__await(struct gt_future *future, const struct gt__wait *wait);

/* Give the others a turn: asyncio's bare yield. Returns 0 or GT_ECANCELED. */
int gt__yield(struct gt__loop *loop);

/* Return what awaiting the settled `future` gives the running task. */
int gt__take(struct gt__loop *loop, struct gt_future *future);

/* The task that owns a future, NULL when it is not a task's. */
struct gt_task *gt__task_of(struct gt_future *future);

/* Set the running task's error. */
int gt__raise(int code, const char *name, const char *format, ...) GT_PRINTF(3, 4);

/* Return the error that stands behind `code`, which a call gave `task`, or a new one that says as much as the code does.
 * owns: returns a reference. errors: NULL when out of memory. */
struct gt_error *gt__own_error(const struct gt_task *task, int code);

/* Make `error` the running task's, and return its code. owns: takes; NULL gives GT_ENOMEM. */
int gt__raise_error(struct gt_error *error);

struct gt_task *gt__task_create(struct gt__loop *loop, gt_body *body, void *arg, const char *name,
                                size_t n_bytes);

/* The same with a name as gt_spawn takes it. */
__attribute__((format(printf, 4, 0))) struct gt_task *
gt__task_create_named(struct gt__loop *loop, gt_body *body, void *arg, const char *format,
                      va_list args);

/* Free the memory of tasks that are gone. */
void gt__tasks_free(struct gt__loop *loop);

/* Return the task of that id, NULL when its handle is gone. owns: borrows. cost: O(tasks). */
struct gt_task *gt__task_find(struct gt__loop *loop, uint32_t id);

/* Its last reference is gone. */
void gt__task_free(struct gt_task *task);

static inline void gt__task_unref(struct gt_task *task)
{
	if (!--task->refs)
		gt__task_free(task);
}

/* Record that nobody has asked for the error of a task that failed, if nobody has; once. source: Future.__del__, which logs
 * "exception was never retrieved". */
void gt__task_record_lost_error(struct gt_task *task);

/* ---- Objects ---- */

/* What every semaphore, queue and future of a program has in common. */
struct gt__object {
	struct gt__node in_loop; /* all objects of the loop */
	void (*destroy)(struct gt__object *object);
	struct gt__loop *loop;
	uint32_t id;
	uint8_t kind;     /* enum trace_object_kind */
	int64_t level;    /* permits left, items in the queue, ...: what LEVEL records say */
	size_t n_waiters; /* tasks that wait for it */
	char name[GT__NAME_BYTES];
	/* tasks that hold it, as often as they hold it; for the deadlock report and HOLD records */
	uint32_t *holders;
	size_t n_holders, holders_cap;
};

/* Register an object and record it. */
void gt__object_init(struct gt__object *object, uint8_t kind, const char *name, int64_t capacity,
                     void (*destroy)(struct gt__object *object));
void gt__object_fini(struct gt__object *object);

/* Destroy it for the program, which said so in `call`. errors: GT_EBUSY when tasks wait for it, and those of gt__check_object; nothing has
 * happened then. */
int gt__object_destroy(struct gt__object *object, const char *call);

/* Make room for more holders. errors: false when out of memory. */
bool gt__object_more_holders(struct gt__object *object);

/* gt__object_unhold of what several hold. */
void gt__object_unhold_any(struct gt__object *object, uint32_t id);

/* ---- The loop ---- */

#define GT__NAME_SLOTS 16u

/* Names that tasks have had again and again, by the address at which the program has them: see task_name.h. */
struct gt__names {
	struct gt__name *slots[GT__NAME_SLOTS];
	struct gt__name *all;
	unsigned n;
};

struct gt__loop {
	struct gt__clock clock;
	struct gt__node
	        ready; /* handles that run: the batch, which is what is left of this iteration's, and those of the next one */
	uint32_t n_batch;  /* of the batch: so many at the front */
	uint32_t n_later;  /* behind them */
	uint32_t n_picked; /* between two iterations: so many at the front are to go first */
	uint8_t turn; /* 1 or 2, changes with each iteration: who came in this one is not of its batch */
	struct gt__timer_heap timers;
	struct gt__coro coro; /* the loop's own stack */
	struct gt_task *current;
	struct gt_task *ended; /* has run its last step, its stack is still to be put back */
	const struct gt__policy_ops *policy; /* NULL: FIFO */
	uint64_t random;                     /* state of the random policy */
	uint32_t n_quick;                    /* iterations since the system was polled */
	uint32_t acting; /* task on whose behalf things happen now, 0 the loop */
	bool stopping;
	bool is_plain; /* fifo, no I/O, no threads */
	bool may_turn; /* is_plain, and not stopping: the next iteration begins without asking anybody */
	bool deadlock;
	bool cancels_in_circle; /* the last request to cancel came back to where it had been */
	unsigned n_cancelling;  /* requests inside of which we are */
	bool ending;            /* no task runs any more: what happens outside wakes nobody */
	/* recording */
	bool recording;
	bool stamping; /* recording, under the real clock */
	struct trace_pen pen;
	struct trace_writer *writer;
	struct trace_header *header; /* NULL without a recording */
	const char *site_file; /* of the last call site, and its TRACE_WHERE without the line */
	uint32_t site_base;
	/* pacing and the gate */
	enum gt_clock kind;
	uint32_t speed_ppm;
	uint64_t pace_t_ns,
	        pace_mono_ns;        /* this virtual time was, or is to be, at that wall time */
	uint32_t knock_seen;         /* of the gate: the last wish that was looked at */
	bool holding;                /* the gate is shut: a step needs leave */
	bool cannot_listen;          /* a thread that hears the knock was made, or could not be */
	struct gt__knocker *knocker; /* that thread, NULL: none */
	/* threads */
	struct gt__sim_pool *sim; /* NULL until the first thread job under a simulated clock */
	struct gt__io *io;        /* libuv's loop under the real clock, else NULL */
	uint32_t n_threads;
	struct gt__object *pool_object; /* jobs in front of the pool, once there are any */
	/* ids, memory */
	uint32_t n_tasks_made, n_tasks_unnamed, n_objects, n_scopes;
	struct gt__node tasks;
	struct gt__node objects;
	struct gt__node owned; /* memory that dies with the loop at the latest: owned.h */
	struct gt_task *free_tasks;
	struct gt__names names;
	struct gt__stack_pool stacks;
	const struct gt_options *options;
};

extern _Thread_local struct gt__loop *gt__loop;

/* Return `code`, with which no error comes: gt_error is NULL then, and not what an older call left. What the task ends with may
 * still be that older one: a body cleans up, and returns the code that it had before. */
static inline int gt__bare(int code)
{
	if (gt__loop && gt__loop->current)
		gt__rest(gt__loop->current)->error_is_old = true;
	return code;
}

/* The loop for which a simulated thread runs right now. gt__loop is NULL then, as it is on a real thread of the pool. */
extern _Thread_local struct gt__loop *gt__thread_loop;

/* Free the callbacks of call_soon and call_later that never ran. The ready queue and the timers are not used after that. */
void gt__callbacks_drop(struct gt__loop *loop);

/* Drop the coroutine objects that were never awaited. */
void gt__coros_drop(struct gt__loop *loop);

/* Let a task close each generator that has begun, has not ended, and was not let go of; store up to `max` of them into `tasks`. Without
 * `tasks` nothing happens. Returns how many there are. owns: borrows: a generator holds its task. */
size_t gt__gens_close(struct gt__loop *loop, struct gt_task *tasks[], size_t max);

/* Return the task that closes the first generator that has not ended even now, NULL: none, or no memory. owns: returns a reference. */
struct gt_task *gt__gen_close_late(struct gt__loop *loop);

/* ---- Recording ---- */

static inline uint32_t gt__low(uint64_t value)
{
	return (uint32_t)value;
}

static inline uint32_t gt__high(uint64_t value)
{
	return (uint32_t)(value >> 32);
}

/* Whether a recording is being made: the one question that every transition asks. It has the same answer during a whole run, so the calls that
 * are made most ask once, and what is inlined into them is told (`is_recorded`). GT_UNRECORDED leaves it out, to measure what it costs
 * (FLAVOUR=bare). */
static inline bool gt__is_recording(const struct gt__loop *loop)
{
#if defined GT_UNRECORDED
	(void)loop;
	return false;
#else
	return __builtin_expect(loop->recording,
	                        0); /* those who do not record fall through everywhere */
#endif
}

/* Whether a stamp has to be read: a recording is being made under the real clock. */
static inline bool gt__is_stamping(const struct gt__loop *loop)
{
#if defined GT_UNRECORDED
	(void)loop;
	return false;
#else
	return __builtin_expect(loop->stamping, 0);
#endif
}

/* Record it, where it is known that a recording is being made. */
static inline void gt__emit(struct gt__loop *loop, struct trace_record record)
{
	record.t_ns = gt__clock_now(&loop->clock);
	trace_emit(&loop->pen, record);
}

static inline void gt__record(struct gt__loop *loop, struct trace_record record)
{
	if (gt__is_recording(loop))
		gt__emit(loop, record);
}

/* The same for a record that belongs to the instant of the one before it: no code of the program has run in between, so the
 * clock is not read again. */
static inline void gt__record_same_instant(struct gt__loop *loop, struct trace_record record)
{
	if (!gt__is_recording(loop))
		return;
	record.t_ns = loop->clock.real ? loop->pen.t_ns : loop->clock.now_ns;
	trace_emit(&loop->pen, record);
}

/* All that is recorded from here on is of this instant, with one reading of the clock, until gt__instant_end: it happens in one call of the
 * program's, or between a call that gives the thread up and one that has it back. Who gets the thread (gt__suspend, the first frame of
 * a task, the loop) lets the clock run again by himself. */
static inline void gt__instant_begin(struct gt__loop *loop)
{
	if (gt__is_stamping(loop))
		gt__clock_hold(&loop->clock);
}

/* The running task has the thread back and is still inside its call: it is the instant in which it became RUNNING. */
static inline void gt__instant_go_on(struct gt__loop *loop)
{
	if (gt__is_stamping(loop))
		gt__clock_hold_at(&loop->clock, loop->pen.t_ns);
}

static inline void gt__instant_end(struct gt__loop *loop)
{
	if (gt__is_stamping(loop))
		gt__clock_run(&loop->clock);
}

/* Record that the running task is about to wait for a task, or else an object, among others. */
static inline void gt__record_await(struct gt__loop *loop, uint32_t task, uint32_t object)
{
	gt__record_same_instant(loop, (struct trace_record){.kind = TRACE_AWAIT,
	                                                    .id = loop->current->id,
	                                                    .a = task,
	                                                    .b = object});
}

/* Record the level of an object and the number of its waiters. */
static inline void gt__object_emit_level(struct gt__object *object)
{
	gt__emit(object->loop, (struct trace_record){.kind = TRACE_LEVEL,
	                                             .id = object->id,
	                                             .a = (uint32_t)object->n_waiters,
	                                             .b = gt__low((uint64_t)object->level),
	                                             .c = gt__high((uint64_t)object->level)});
}

static inline void gt__object_record_level(struct gt__object *object)
{
	if (gt__is_recording(object->loop))
		gt__object_emit_level(object);
}

static inline void gt__object_record_hold(struct gt__object *object, uint32_t task, bool held)
{
	gt__record(object->loop,
	           (struct trace_record){
	                   .kind = TRACE_HOLD, .id = object->id, .a = task, .sub = held});
}

/* `is_recorded`: gt__is_recording. The task `id` holds the object once more; the task, or else the one that has held it longest, gives it back. */
static inline void gt__object_hold(struct gt__object *object, uint32_t id, bool is_recorded)
{
	if (object->n_holders == object->holders_cap && !gt__object_more_holders(object))
		return; /* only the report would have named it */
	object->holders[object->n_holders++] = id;
	if (is_recorded)
		gt__object_record_hold(object, id, true);
}

static inline void gt__object_unhold(struct gt__object *object, uint32_t id, bool is_recorded)
{
	if (object->n_holders != 1 || object->holders[0] != id) {
		gt__object_unhold_any(object, id);
		return;
	}
	object->n_holders = 0;
	if (is_recorded)
		gt__object_record_hold(object, id, false);
}

/* The file of the last call site has changed: find its index. */
void gt__where_refresh(struct gt__loop *loop);

/* The call site that the running task noted last, as a `where`; 0 in the loop itself. */
static inline uint32_t gt__where(struct gt__loop *loop)
{
	if (!gt__is_recording(loop) || !loop->current)
		return 0;
	if (__builtin_expect(gt_site.file != loop->site_file, 0))
		gt__where_refresh(loop);
	return loop->site_base ? loop->site_base | ((uint32_t)gt_site.line & 0xfffffu) : 0;
}

#endif
