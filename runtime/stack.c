/* The pool of stacks. Tops are coloured: shifted by a multiple of a cache line that differs from stack to stack,
 * because a thousand tops at one offset fall into the same few cache sets.
 */
#include "runtime/stack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/sanitizer.h"

#define SLAB_STACKS    32u
#define GUARD_MAPS_MAX 8192u /* of mprotect guards: leaves most of the 65,530 mappings to others */
#define COLOUR_BYTES   1536u
#define LINE_BYTES     64u

#if defined GT_ASAN || defined GT_TSAN
#define DEFAULT_BYTES (256u * 1024)
#else
#define DEFAULT_BYTES (64u * 1024)
#endif
#define LEAST_BYTES (DEFAULT_BYTES / 4)
#define MOST_BYTES                                                                                 \
	(SIZE_MAX / SLAB_STACKS / 4) /* no system has that much, and sizes of slabs are in range */

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

struct gt__stack_slab {
	struct gt__stack_slab *next;
	char *base;
	struct gt__stack stacks[SLAB_STACKS];
};

void gt__stack_pool_init(struct gt__stack_pool *pool, size_t stack_bytes, size_t top_bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	if (!stack_bytes)
		stack_bytes = DEFAULT_BYTES - page;
	if (stack_bytes < LEAST_BYTES)
		stack_bytes = LEAST_BYTES;
	if (stack_bytes > MOST_BYTES)
		stack_bytes = MOST_BYTES;
#if defined GT_ASAN || defined GT_TSAN
	top_bytes = 0;
#endif
	*pool = (struct gt__stack_pool){
	        .top_bytes = (top_bytes + LINE_BYTES - 1) & ~(size_t)(LINE_BYTES - 1),
	        .guard_bytes = page,
	        .stride = ((stack_bytes + page - 1) & ~(page - 1)) + page,
	};
}

static void forget(struct gt__stack *stack)
{
#if defined GT_VALGRIND
	if (stack->low)
		VALGRIND_STACK_DEREGISTER(stack->valgrind_id);
#else
	(void)stack;
#endif
}

void gt__stack_pool_fini(struct gt__stack_pool *pool)
{
	while (pool->slabs) {
		struct gt__stack_slab *slab = pool->slabs;
		pool->slabs = slab->next;
		for (size_t i = 0; i < SLAB_STACKS; i++)
			forget(&slab->stacks[i]);
#if defined GT_ASAN
		/* the addresses may be mapped again by others: leave no poison behind */
		__asan_unpoison_memory_region(slab->base, pool->stride * SLAB_STACKS);
#endif
		munmap(slab->base, pool->stride * SLAB_STACKS);
		free(slab);
	}
	pool->free = NULL;
	pool->tops = NULL;
	pool->n_fresh = 0;
}

static struct gt__stack_slab *add_slab(struct gt__stack_pool *pool)
{
	struct gt__stack_slab *slab = calloc(1, sizeof *slab);
	if (!slab)
		return NULL;
	slab->base = mmap(NULL, pool->stride * SLAB_STACKS, PROT_READ | PROT_WRITE,
	                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	if (slab->base == MAP_FAILED) {
		free(slab);
		return NULL;
	}
#ifdef MADV_NOHUGEPAGE
	/* a huge page behind the first touch would make every stack resident as a whole */
	(void)madvise(slab->base, pool->stride * SLAB_STACKS, MADV_NOHUGEPAGE);
#endif
	slab->next = pool->slabs;
	pool->slabs = slab;
	pool->n_fresh = SLAB_STACKS;
	return slab;
}

static void guard(struct gt__stack_pool *pool, char *low)
{
	if (!pool->no_guard_install) {
		if (!madvise(low, pool->guard_bytes, MADV_GUARD_INSTALL))
			return;
		pool->no_guard_install = true;
	}
	if (pool->n_guard_maps < GUARD_MAPS_MAX && !mprotect(low, pool->guard_bytes, PROT_NONE))
		pool->n_guard_maps++;
	else
		pool->n_unguarded++;
}

static void put_top(struct gt__stack_pool *pool, void *top)
{
	memcpy(top, &pool->tops, sizeof pool->tops);
	pool->tops = top;
}

struct gt__stack *gt__stack_get_fresh(struct gt__stack_pool *pool)
{
	if (!pool->n_fresh && !add_slab(pool))
		return NULL;
	size_t i = SLAB_STACKS - pool->n_fresh--;
	char *base = pool->slabs->base + i * pool->stride;
	guard(pool, base);
	struct gt__stack *stack = &pool->slabs->stacks[i];
	stack->low = base + pool->guard_bytes;
	stack->bytes = pool->stride - pool->guard_bytes - pool->top_bytes -
	               (i * LINE_BYTES * 5) % COLOUR_BYTES;
	if (pool->top_bytes)
		put_top(pool, stack->low + stack->bytes);
#if defined GT_VALGRIND
	stack->valgrind_id = VALGRIND_STACK_REGISTER(stack->low, stack->low + stack->bytes);
#endif
	return stack;
}
