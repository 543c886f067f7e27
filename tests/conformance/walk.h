/* A walk: random bytes that call the API. Each byte is asked for when it is needed, by whichever task or callback runs then, so a single
 * step out of order changes everything that follows. walk.py reads the same bytes and calls CPython's asyncio.
 *
 * A walk may wait for what never comes, so a callback at 40 ms settles what is left open, and one at 80 ms cancels everybody.
 */
#ifndef GANTTOP_TESTS_CONFORMANCE_WALK_H
#define GANTTOP_TESTS_CONFORMANCE_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/ganttop.h"

#define WALK_SLOTS  40u /* tasks and futures */
#define WALK_OTHERS 64u /* of each other kind */
#define WALK_DEPTH  3u  /* of scopes in scopes */

/* Whoever is at work: a task, a coroutine that a task awaits, or a callback. */
struct walker {
	char who[16];
	unsigned slot;  /* of its task; it seldom waits for those before that */
	unsigned depth; /* scopes it stands in */
	bool ended;     /* nothing more is to be done, in any of them */
	bool is_callback;
};

/* A thing that is not there any more once it is over. */
struct walk_thing {
	union {
		struct gt_timer *timer;
		struct gt_timeout *timeout;
		struct gt_group *group;
		struct gt_coro *coro;
		struct gt_gen *gen;
	};
	unsigned number;
	unsigned n_busy; /* a generator: calls under way */
	bool was_closed; /* a generator: it has been asked to end */
	bool is_over;
};

struct walk_things {
	unsigned n;
	struct walk_thing all[WALK_OTHERS];
};

struct walk_world {
	const unsigned char *tape, *end;
	unsigned n_slots, n_callbacks;
	struct gt_future *slots[WALK_SLOTS];
	struct gt_task *tasks[WALK_SLOTS]; /* NULL: a future */
	struct walk_things timers, timeouts, groups, coros, gens;
	struct gt_lock *locks[2];
	struct gt_sem *sems[3];
	struct gt_event *events[2];
	struct gt_cond *conds[2];
	struct gt_barrier *barriers[2];
	struct gt_queue *queues[4];
};
extern struct walk_world walk_world;

/* What a byte can mean. Return 0 to go on, or the code that the walker ends with. */
struct walk_op {
	int (*run)(struct walker *walker);
	bool waits; /* not for callbacks */
};
extern const struct walk_op walk_ops[];
extern const size_t walk_n_ops;

/* Do what the next `n` bytes say, unless one of them is the end. Returns as an operation does. */
int walk(struct walker *walker, unsigned n);

/* Return the next byte, 0 when there is none. */
unsigned walk_take(void);

/* Write a line: the time in ms, who, what. */
void walk_say(const struct walker *walker, const char *format, ...) GT_PRINTF(2, 3);

/* Say what a call that may wait has ended with, and decide what its walker makes of that: an error is let through or forgotten.
 * Returns 0 or `rc`. */
int walk_fate(const struct walker *walker, const char *what, int rc);

/* Write a code in a word; the error behind it, NULL for none, is asked for its name. */
const char *walk_word(int rc, const struct gt_error *error);

/* Return the number of a future or a task to wait for, and of any. */
unsigned walk_pick_later(const struct walker *walker);
unsigned walk_pick(void);

/* Return one of them that was picked at random, NULL when there is none. */
struct walk_thing *walk_pick_thing(struct walk_things *things);

/* Return a place for a new one, NULL when there are too many. */
struct walk_thing *walk_new_thing(struct walk_things *things);

/* The body of every task; `arg` is its slot. */
int walk_body(void *arg);

/* Give the new task or future a slot. */
void walk_add(struct gt_task *task, struct gt_future *future);

/* The first and the last lines of a walk. */
void walk_begin(void);
void walk_say_slots(const char *when);

#define WALK_DECLARE(name, waits) int walk_##name(struct walker *walker);
#define OP(name, waits)           WALK_DECLARE(name, waits)
#include "tests/conformance/walk_ops.def"
#undef OP

#endif
