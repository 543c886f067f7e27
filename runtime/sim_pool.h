/* Simulated threads: the pool under the virtual and the paced clock. A job is a coroutine on the loop's own thread whose only
 * way to take time is gt_block; it runs at exactly the times at which a thread would.
 */
#ifndef GANTTOP_RUNTIME_SIM_POOL_H
#define GANTTOP_RUNTIME_SIM_POOL_H

#include <stdbool.h>
#include <stdint.h>

struct gt__loop;
struct gt__job;
struct gt__sim_pool;

/* errors: NULL when out of memory. */
struct gt__sim_pool *gt__sim_create(struct gt__loop *loop, uint32_t n_threads);

/* Frees the pool; jobs that have not ended are dropped. gt__sim_destroy(NULL) does nothing. */
void gt__sim_destroy(struct gt__sim_pool *pool);

/* Start the job now when a thread is idle, else put it in line. errors: GT_ENOMEM. */
int gt__sim_submit(struct gt__loop *loop, struct gt__job *job);

/* Take a job out of the line; false when it has begun. */
bool gt__sim_withdraw(struct gt__sim_pool *pool, struct gt__job *job);

/* The time at which the next thread goes on; false when none is busy. `pool` may be NULL. */
bool gt__sim_next(const struct gt__sim_pool *pool, uint64_t *t_ns);

/* Let that thread go on until it blocks again or its job ends. */
void gt__sim_run_next(struct gt__loop *loop);

/* Whether a simulated thread is what runs right now. `pool` may be NULL. */
bool gt__sim_is_running(const struct gt__sim_pool *pool);

/* gt_block of the running simulated thread. */
void gt__sim_block(struct gt__loop *loop, uint64_t ns);

#endif
