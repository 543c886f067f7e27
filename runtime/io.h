/* Under the real clock: libuv's loop, waited for with a precision of nanoseconds, and its pool of threads. */
#ifndef GANTTOP_RUNTIME_IO_H
#define GANTTOP_RUNTIME_IO_H

#include <stdbool.h>
#include <stdint.h>

struct gt__io;
struct gt__job;
struct gt__loop;
struct uv_loop_s;

/* errors: NULL when out of memory or of descriptors. */
struct gt__io *gt__io_create(struct gt__loop *loop);

/* Waits for the jobs that are still running. gt__io_destroy(NULL) does nothing. */
void gt__io_destroy(struct gt__io *io);

/* libuv's own loop, for those who make handles and requests on it. */
struct uv_loop_s *gt__io_uv(struct gt__io *io);

/* Whether something is under way that can wake the loop. */
bool gt__io_is_alive(const struct gt__io *io);

/* Wait for at most `wait_ns` (UINT64_MAX: without limit) and make ready what has happened. */
void gt__io_poll(struct gt__io *io, uint64_t wait_ns);

/* Give the job to a thread of the pool. errors: a code of libuv, GT_ENOMEM. */
int gt__io_submit(struct gt__io *io, struct gt__job *job);

/* Take a job back that no thread has begun; false when one has. */
bool gt__io_withdraw(struct gt__io *io, struct gt__job *job);

/* Block the calling thread. */
void gt__io_sleep(uint64_t ns);

/* The time of the run that the calling pool thread works for; 0 outside one. */
uint64_t gt__io_worker_now(void);

#endif
