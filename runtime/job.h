/* A job of the thread pool, real or simulated. */
#ifndef GANTTOP_RUNTIME_JOB_H
#define GANTTOP_RUNTIME_JOB_H

#include "runtime/state.h"

struct gt__job {
	struct gt_future future; /* what the waiting task waits for */
	struct gt__handle done;  /* tells the future, from the loop: call_soon_threadsafe's turn */
	gt_body *work;
	void *arg;
	void (*drop)(struct gt__job *job); /* gives back what the job holds besides. May be NULL */
	int code;                          /* what the work returned */
	uint32_t task;                     /* that asked for it */
	uint32_t name;                     /* string id */
	unsigned refs;                     /* the waiting call's and the pool's */
	struct gt__job *next;              /* in line, simulated */
	void *request;                     /* io.c's, real; NULL once the work has been reported */
};

/* Hand the job, which has its `work`, `arg` and `drop` and is all zeros otherwise, to a thread and wait until it has been done. `why`:
 * of the wake. The caller keeps one reference, to look at what the work has left, also after an error.
 * errors: what the work returned, GT_ECANCELED, GT_ENOMEM, a code of libuv. */
int gt__job_do(struct gt__job *job, const char *name, const struct gt__wait *wait, uint16_t why);

/* Give a reference back; frees with the last. where: the loop's thread. */
void gt__job_unref(struct gt__job *job);

/* The work has ended: let the loop know. where: the loop's thread. */
void gt__job_post(struct gt__loop *loop, struct gt__job *job);

/* Record how many jobs stand in line; makes the pool's object when the first one has to. */
void gt__job_line(struct gt__loop *loop, size_t n_waiting);

#endif
