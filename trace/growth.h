/* A file that grows in mapped steps (extents), the next ones made ahead of their need by a thread.
 *
 * Not locked by itself: the owner's lock guards it, and is given up while the thread works.
 */
#ifndef GANTTOP_TRACE_GROWTH_H
#define GANTTOP_TRACE_GROWTH_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/extent.h"

/* Extents that are made ahead of their need, at most. */
#define TRACE_AHEAD_MAX 4u

struct trace_growth {
	int fd;                /* borrows */
	pthread_mutex_t *lock; /* of the owner. borrows */
	struct trace_extent *extents;
	size_t n_extents;
	uint64_t n_blocks;   /* mapped */
	uint64_t max_blocks; /* it never grows beyond */
	/* made ahead by the thread, in order; once making one has failed no more are made */
	struct trace_extent ready[TRACE_AHEAD_MAX];
	size_t n_ready;
	int ahead_error; /* an errno, 0: none */
	bool has_thread, quits;
	pthread_t thread;
	pthread_cond_t turned; /* any of these has changed */
};

/* Begin a file of at most `max_blocks` blocks, 0: any number. errors: ENOMEM. */
int trace_growth_init(struct trace_growth *growth, int fd, pthread_mutex_t *lock,
                      uint64_t max_blocks);

/* End the thread and unmap everything. */
void trace_growth_fini(struct trace_growth *growth);

/* Add one more extent. Called with the lock held, which is given up while the thread is waited for: look at n_blocks again
 * afterwards. errors: an errno (ENOSPC, EFBIG: also at its largest, ENOMEM); nothing has changed then. */
int trace_growth_add(struct trace_growth *growth);

/* Return the memory of a mapped block of the newest extent. */
void *trace_growth_block(const struct trace_growth *growth, uint64_t block);

#endif
