/* What a lock of pool threads needs of the pools: who is asking, and how that one waits. */
#ifndef GANTTOP_RUNTIME_THREAD_LOCK_H
#define GANTTOP_RUNTIME_THREAD_LOCK_H

#include "runtime/job.h"

struct sim_thread;

/* ---- Simulated (sim_pool.c) ---- */

/* Return the thread whose work runs now, and its job; NULL when none does. */
struct sim_thread *gt__sim_self(const struct gt__sim_pool *pool, struct gt__job **job);

/* Let the running thread wait until somebody wakes it, which may be never. */
void gt__sim_wait(struct gt__loop *loop);

/* Let a thread that waits go on, at this instant, behind those that go on at this instant already. */
void gt__sim_wake(struct gt__loop *loop, struct sim_thread *thread);

/* Record that the thread waits for the object, or (0) is busy again. */
void gt__sim_record(struct gt__loop *loop, const struct sim_thread *thread, uint32_t object);

/* ---- Real (io.c) ---- */

/* Return the job whose work the calling thread does; NULL when it does none. */
struct gt__job *gt__io_worker_job(void);

/* Return the loop that it does it for; NULL when it does none. */
const struct gt__loop *gt__io_worker_loop(void);

/* Write a record in the name of the calling pool thread. The time is filled in, and the worker's id into records of its state. */
void gt__io_worker_record(struct trace_record record);

#endif
