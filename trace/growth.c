/* Growing: posix_fallocate, map, touch. Invariant: a block that has been handed out is allocated on the disk and
 * mapped, so that a store into it cannot fail. Steps double up to 16 MiB: small lessons stay small, large ones
 * pay seldom. Rejected: one mapping of the largest size over a sparse file (a full disk is a SIGBUS then).
 */
#include "trace/growth.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "trace/record.h"

/* In blocks. */
#define FIRST_STEP_BLOCKS 16u
#define LAST_STEP_BLOCKS  1024u
#define EXTENTS_MAX       4096u

int trace_growth_allocate(int fd, off_t offset, off_t bytes)
{
	sigset_t limit, before, pending;
	sigemptyset(&limit);
	sigaddset(&limit, SIGXFSZ);
	pthread_sigmask(SIG_BLOCK, &limit, &before);
	int rc;
	do {
		rc = posix_fallocate(fd, offset, bytes);
	} while (rc == EINTR);
	if (rc == EFBIG && !sigismember(&before, SIGXFSZ) && sigpending(&pending) == 0 &&
	    sigismember(&pending, SIGXFSZ))
		sigtimedwait(&limit, NULL, &(struct timespec){0, 0});
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

off_t trace_growth_offset(uint64_t block)
{
	return (off_t)(TRACE_HEADER_BYTES + block * TRACE_BLOCK_BYTES);
}

/* Allocate, map and touch the extent that begins at `first_block`. Returns an errno. where: any thread, no lock needed. */
static int make_extent(int fd, uint64_t first_block, struct trace_extent *out)
{
	uint64_t n = first_block ? first_block : FIRST_STEP_BLOCKS;
	if (n > LAST_STEP_BLOCKS)
		n = LAST_STEP_BLOCKS;
	off_t from = trace_growth_offset(first_block);
	off_t bytes = (off_t)(n * TRACE_BLOCK_BYTES);
	int rc = trace_growth_allocate(fd, from, bytes);
	if (rc)
		return rc;
	off_t page = (off_t)sysconf(_SC_PAGESIZE);
	off_t slack = from % page; /* pages may be larger than our header page */
	size_t map_bytes = (size_t)(bytes + slack);
	char *base = mmap(NULL, map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, from - slack);
	if (base == MAP_FAILED)
		return errno;
#ifdef MADV_POPULATE_WRITE
	(void)madvise(base, map_bytes, MADV_POPULATE_WRITE); /* faster, never needed */
#endif
	*out = (struct trace_extent){
	        .base = base,
	        .bytes = map_bytes,
	        .first_block = first_block,
	        .n_blocks = n,
	        .blocks = base + slack,
	};
	return 0;
}

static void adopt(struct trace_growth *g, struct trace_extent extent)
{
	g->extents[g->n_extents++] = extent;
	g->n_blocks += extent.n_blocks;
}

/* The thread that makes extents ahead: a page that is touched for the first time costs as much as fifty records. */
static void *make_ahead(void *arg)
{
	struct trace_growth *g = arg;
	pthread_mutex_lock(g->lock);
	while (g->ahead != TRACE_AHEAD_QUIT) {
		if (g->ahead != TRACE_AHEAD_WANTED) {
			pthread_cond_wait(&g->turned, g->lock);
			continue;
		}
		uint64_t first_block = g->n_blocks;
		struct trace_extent extent = {0};
		pthread_mutex_unlock(g->lock);
		int rc = make_extent(g->fd, first_block, &extent);
		pthread_mutex_lock(g->lock);
		g->next = extent;
		g->next_error = rc;
		if (g->ahead == TRACE_AHEAD_WANTED)
			g->ahead = TRACE_AHEAD_READY;
		pthread_cond_broadcast(&g->turned);
	}
	pthread_mutex_unlock(g->lock);
	return NULL;
}

static void want_next(struct trace_growth *g)
{
	if (!g->has_thread) {
		sigset_t all, before;
		sigfillset(&all); /* the program's signals are the program's */
		pthread_sigmask(SIG_SETMASK, &all, &before);
		g->has_thread = !pthread_create(&g->thread, NULL, make_ahead, g);
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	if (!g->has_thread)
		return;
	g->ahead = TRACE_AHEAD_WANTED;
	pthread_cond_broadcast(&g->turned);
}

static void quit_thread(struct trace_growth *g)
{
	if (!g->has_thread)
		return;
	pthread_mutex_lock(g->lock);
	g->ahead = TRACE_AHEAD_QUIT;
	pthread_cond_broadcast(&g->turned);
	pthread_mutex_unlock(g->lock);
	pthread_join(g->thread, NULL);
	if (g->next.base)
		munmap(g->next.base, g->next.bytes);
}

void trace_growth_fini(struct trace_growth *g)
{
	quit_thread(g);
	for (size_t i = 0; i < g->n_extents; i++)
		munmap(g->extents[i].base, g->extents[i].bytes);
	free(g->extents);
	pthread_cond_destroy(&g->turned);
}

int trace_growth_init(struct trace_growth *g, int fd, pthread_mutex_t *lock)
{
	*g = (struct trace_growth){.fd = fd, .lock = lock};
	g->extents = calloc(EXTENTS_MAX, sizeof *g->extents);
	pthread_cond_init(&g->turned, NULL);
	return g->extents ? 0 : ENOMEM;
}

int trace_growth_add(struct trace_growth *g)
{
	struct trace_extent extent;
	uint64_t before = g->n_blocks;
	if (g->n_extents == EXTENTS_MAX)
		return EFBIG;
	while (g->ahead == TRACE_AHEAD_WANTED) {
		pthread_cond_wait(&g->turned, g->lock);
		if (g->n_blocks != before)
			return 0; /* the lock was free meanwhile, and another pen was faster */
	}
	int rc;
	if (g->ahead == TRACE_AHEAD_READY) {
		rc = g->next_error;
		extent = g->next;
		g->next = (struct trace_extent){0};
		g->ahead = TRACE_AHEAD_NOT;
	} else {
		rc = make_extent(g->fd, g->n_blocks, &extent);
	}
	if (rc)
		return rc;
	adopt(g, extent);
	if (g->n_extents > 1)
		want_next(g);
	return 0;
}

void *trace_growth_block(const struct trace_growth *g, uint64_t block)
{
	const struct trace_extent *e = &g->extents[g->n_extents - 1];
	return e->blocks + (block - e->first_block) * TRACE_BLOCK_BYTES;
}
