/* What gather, wait, as_completed and their kin take: tasks, and futures of the program. A task is a future; a future of the program is
 * one inside of an object. Here stands what is different between the two.
 */
#ifndef GANTTOP_RUNTIME_AWAITABLE_H
#define GANTTOP_RUNTIME_AWAITABLE_H

#include "runtime/state.h"

/* The arguments of such a call: an array of tasks, or else one of futures. borrows */
struct gt__crowd {
	struct gt_task *const *tasks;
	struct gt_future *const *futures;
	size_t n;
};

static inline struct gt_future *gt__crowd_at(const struct gt__crowd *crowd, size_t index)
{
	return crowd->tasks ? &crowd->tasks[index]->future : crowd->futures[index];
}

/* Return the place where a call marks what it has seen among its arguments, to find what stands there twice; NULL but for that time. */
const void **gt__awaitable_mark(struct gt_future *future);

/* Take the marks away. */
void gt__crowd_unmark(const struct gt__crowd *crowd);

/* Keep a future from going while something of ours stands on it: a task gets one more reference, a future of the program is not
 * destroyed. */
void gt__awaitable_hold(struct gt_future *future);
void gt__awaitable_unhold(struct gt_future *future);

/* Return the name of a future of the program. owns: borrows. */
const char *gt__awaitable_name(struct gt_future *future);

/* Return what waiting for this one alone is called: for a task `on`, which names it; for a future of the program, that. */
struct gt__wait gt__awaitable_wait(struct gt_future *future, uint16_t on);

/* Count the running task among those that wait for a future of the program, and no more; nothing for a task. */
void gt__awaitable_enter(struct gt_future *future);
void gt__awaitable_leave(struct gt_future *future);

/* Record that the running task is about to wait for it among others, unless it is done. */
void gt__awaitable_record(struct gt__loop *loop, struct gt_future *future);

/* Return 0 when `call` may use the future, which may be a task's, else what gt__refuse says. */
int gt__check_future(struct gt_future *future, const char *call);

/* The same for all of several; `futures` may be NULL when there are none. */
int gt__check_futures(struct gt_future *const futures[], size_t n_futures, const char *call);

#endif
