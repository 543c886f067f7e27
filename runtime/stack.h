/* Stacks: cut from slabs, guarded at their low end, used again last in first out.
 *
 * A guard costs no mapping where the kernel knows MADV_GUARD_INSTALL (Linux 6.13); elsewhere guards are pages
 * without access, as long as the budget of mappings lasts (65,530 by default, and a process that runs out of them
 * cannot even allocate memory), and the stacks beyond it are counted as unguarded.
 */
#ifndef GANTTOP_RUNTIME_STACK_H
#define GANTTOP_RUNTIME_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct gt__stack {
	char *low;    /* first usable byte, above the guard */
	size_t bytes; /* usable */
	struct gt__stack *next_free;
	unsigned valgrind_id;
};

struct gt__stack_slab;

struct gt__stack_pool {
	size_t stride; /* bytes from one stack to the next, guard included */
	size_t guard_bytes;
	size_t top_bytes; /* kept free above each stack, for whoever takes it */
	void *tops; /* those that nobody has taken; each begins with the address of the next */
	struct gt__stack *free;
	struct gt__stack_slab *slabs;
	size_t n_fresh;      /* stacks of the newest slab that were never handed out */
	size_t n_guard_maps; /* mappings spent on guards */
	size_t n_unguarded;  /* stacks without a guard */
	bool no_guard_install;
};

/* stack_bytes 0: the default. What is too small to run anything is raised to a quarter of the default.
 * top_bytes: kept free above each stack, in the page that its first frames touch anyway; less than a quarter of a page. */
void gt__stack_pool_init(struct gt__stack_pool *pool, size_t stack_bytes, size_t top_bytes);
void gt__stack_pool_fini(struct gt__stack_pool *pool);

/* gt__stack_get of one that was never used. */
struct gt__stack *gt__stack_get_fresh(struct gt__stack_pool *pool);

/* Hand out a stack. owns: the pool's. errors: NULL when out of memory. */
static inline struct gt__stack *gt__stack_get(struct gt__stack_pool *pool)
{
	struct gt__stack *stack = pool->free;
	if (!stack)
		return gt__stack_get_fresh(pool);
	pool->free = stack->next_free;
	return stack;
}

static inline void gt__stack_put(struct gt__stack_pool *pool, struct gt__stack *stack)
{
	stack->next_free = pool->free;
	pool->free = stack;
}

/* Take the free bytes above some stack, for as long as the pool lives; they are not cleared. NULL: there are none left. Under
 * sanitizers there never are, so that what is used too late is found. */
static inline void *gt__stack_take_top(struct gt__stack_pool *pool)
{
	void *top = pool->tops;
	if (top)
		memcpy(&pool->tops, top, sizeof pool->tops);
	return top;
}

#endif
