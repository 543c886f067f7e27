/* What the beginning of a task needs of its middle. */
#ifndef GANTTOP_RUNTIME_TASK_LIFE_H
#define GANTTOP_RUNTIME_TASK_LIFE_H

#include "runtime/state.h"

/* A task's turn, given by the loop: what its handle runs. */
void gt__task_step(struct gt__loop *loop, struct gt__handle *handle);

/* The first frame of every task. */
void gt__task_entry(void);

/* gt_future.cancel of a task. */
bool gt__task_cancel(struct gt_future *future);

/* Make a task that has no name yet, nor a place in the queue. owns: returns a reference. errors: NULL, and gt_error. */
struct gt_task *gt__task_make(struct gt__loop *loop, gt_body *body, void *arg);

/* Record its birth and make it ready. `name` may be NULL: it is the task's own then. Returns `task`. */
struct gt_task *gt__task_start(struct gt_task *task, struct gt__name *name);

/* gt_release, of a task that has been looked at. `call`: who asks. */
void gt__task_give_back(struct gt_task *task, const char *call);

#endif
