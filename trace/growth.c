/* Growing, in steps. Invariant: a block that has been handed out is allocated on the disk and mapped, so that a store into it cannot
 * fail; should somebody cut the file, the guard catches the store, and the run goes on. Steps grow from 256 KiB to 8 MiB: small lessons
 * stay small, and the thread, which needs about as long for a page as the loop for the records in it, is never far behind. Rejected:
 * one mapping of the largest size over a sparse file (a full disk is a SIGBUS then).
 */
#include "trace/growth.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "trace/guard.h"
#include "trace/record.h"

/* In blocks. */
#define FIRST_STEP_BLOCKS 16u
#define LAST_STEP_BLOCKS  512u
#define STEP_PART         16u /* a step is this part of what is there, within these limits */
#define EXTENTS_MAX       4096u
#define GUARDED           8u

/* From the third on extents are whole large pages. */
static uint64_t step_blocks(uint64_t first_block)
{
	uint64_t n = first_block / STEP_PART / TRACE_LARGE_PAGE_BLOCKS * TRACE_LARGE_PAGE_BLOCKS;
	if (!first_block)
		return FIRST_STEP_BLOCKS;
	if (first_block < TRACE_LARGE_PAGE_BLOCKS)
		return TRACE_LARGE_PAGE_BLOCKS - first_block;
	if (n < TRACE_LARGE_PAGE_BLOCKS)
		return TRACE_LARGE_PAGE_BLOCKS;
	return n > LAST_STEP_BLOCKS ? LAST_STEP_BLOCKS : n;
}

/* Make the extent that begins at `first_block`. Returns an errno. where: any thread, no lock needed. */
static int make_extent(const struct trace_growth *g, uint64_t first_block, struct trace_extent *out)
{
	uint64_t n = step_blocks(first_block);
	if (n > g->max_blocks - first_block)
		n = g->max_blocks - first_block;
	return trace_extent_make(g->fd, first_block, n, out);
}

/* Only the newest extents are written into; a guard for each of a long recording's would be too many. */
static void guard_fewer(struct trace_growth *g)
{
	if (g->n_extents < GUARDED)
		return;
	struct trace_extent *old = &g->extents[g->n_extents - GUARDED];
	trace_guard_release(old->guard);
	old->guard = TRACE_GUARD_NONE;
}

static void adopt(struct trace_growth *g, struct trace_extent extent)
{
	guard_fewer(g);
	g->extents[g->n_extents++] = extent;
	g->n_blocks += extent.n_blocks;
}

/* The first block behind all that is mapped or ready. */
static uint64_t end_block(const struct trace_growth *g)
{
	if (!g->n_ready)
		return g->n_blocks;
	const struct trace_extent *last = &g->ready[g->n_ready - 1];
	return last->first_block + last->n_blocks;
}

/* The thread that makes extents ahead: a page that is touched for the first time costs as much as fifty records. */
static void *make_ahead(void *arg)
{
	struct trace_growth *g = arg;
	pthread_mutex_lock(g->lock);
	while (!g->quits) {
		if (g->ahead_error || g->n_ready == TRACE_AHEAD_MAX ||
		    end_block(g) == g->max_blocks) {
			pthread_cond_wait(&g->turned, g->lock);
			continue;
		}
		uint64_t first_block = end_block(g);
		struct trace_extent extent;
		pthread_mutex_unlock(g->lock);
		int rc = make_extent(g, first_block, &extent);
		pthread_mutex_lock(g->lock);
		if (rc)
			g->ahead_error = rc;
		else
			g->ready[g->n_ready++] = extent;
		pthread_cond_broadcast(&g->turned);
	}
	pthread_mutex_unlock(g->lock);
	return NULL;
}

/* Without the thread every extent is made when it is needed. */
static void start_thread(struct trace_growth *g)
{
	sigset_t all, before;
	sigfillset(&all); /* the program's signals are the program's */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	g->has_thread = !pthread_create(&g->thread, NULL, make_ahead, g);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void quit_thread(struct trace_growth *g)
{
	if (!g->has_thread)
		return;
	pthread_mutex_lock(g->lock);
	g->quits = true;
	pthread_cond_broadcast(&g->turned);
	pthread_mutex_unlock(g->lock);
	pthread_join(g->thread, NULL);
	for (size_t i = 0; i < g->n_ready; i++)
		trace_extent_unmap(&g->ready[i]);
}

void trace_growth_fini(struct trace_growth *g)
{
	quit_thread(g);
	for (size_t i = 0; i < g->n_extents; i++)
		trace_extent_unmap(&g->extents[i]);
	free(g->extents);
	pthread_cond_destroy(&g->turned);
}

int trace_growth_init(struct trace_growth *g, int fd, pthread_mutex_t *lock, uint64_t max_blocks)
{
	*g = (struct trace_growth){.fd = fd, .lock = lock};
	g->max_blocks = max_blocks ? max_blocks : UINT64_MAX;
	g->extents = calloc(EXTENTS_MAX, sizeof *g->extents);
	pthread_cond_init(&g->turned, NULL);
	return g->extents ? 0 : ENOMEM;
}

/* Take the first extent that the thread has made, waiting for it. Returns an errno. */
static int take_ready(struct trace_growth *g)
{
	uint64_t before = g->n_blocks;
	while (!g->n_ready && !g->ahead_error) {
		pthread_cond_wait(&g->turned, g->lock);
		if (g->n_blocks != before)
			return 0; /* the lock was free meanwhile, and another pen was faster */
	}
	if (!g->n_ready)
		return g->ahead_error;
	adopt(g, g->ready[0]);
	g->n_ready--;
	memmove(&g->ready[0], &g->ready[1], g->n_ready * sizeof g->ready[0]);
	pthread_cond_broadcast(&g->turned);
	return 0;
}

int trace_growth_add(struct trace_growth *g)
{
	if (g->n_extents == EXTENTS_MAX || g->n_blocks == g->max_blocks)
		return EFBIG;
	if (g->has_thread)
		return take_ready(g);
	struct trace_extent extent;
	int rc = make_extent(g, g->n_blocks, &extent);
	if (rc)
		return rc;
	adopt(g, extent);
	if (g->n_extents > 1)
		start_thread(g);
	return 0;
}

void *trace_growth_block(const struct trace_growth *g, uint64_t block)
{
	const struct trace_extent *e = &g->extents[g->n_extents - 1];
	return e->blocks + (block - e->first_block) * TRACE_BLOCK_BYTES;
}
