/* A coroutine: a stack of its own and the place where it stopped. Symmetric: gt__coro_switch goes from the one
 * that runs to any other. Tells ASan and TSan what it does.
 */
#ifndef GANTTOP_RUNTIME_CORO_H
#define GANTTOP_RUNTIME_CORO_H

#include "runtime/sanitizer.h"
#include "runtime/stack.h"
#include "runtime/switch.h"

struct gt__coro {
	void *sp;
	struct gt__stack *stack; /* NULL: the thread's own stack */
#if defined GT_ASAN
	void *fake_stack;
	const void *asan_low;
	size_t asan_bytes;
#endif
#if defined GT_TSAN
	void *fiber;
#endif
};

/* Make `coro` stand for the thread's own stack. */
void gt__coro_adopt_thread(struct gt__coro *coro);

/* Give `coro` a stack on which the first switch to it calls `entry`, which must never return; its first act is
 * gt__coro_entered. */
static inline void gt__coro_init(struct gt__coro *coro, struct gt__stack *stack,
                                 void (*entry)(void))
{
	*coro = (struct gt__coro){.stack = stack};
#if defined GT_ASAN
	coro->asan_low = stack->low;
	coro->asan_bytes = stack->bytes;
	__asan_unpoison_memory_region(stack->low, stack->bytes); /* what its last user left */
#endif
#if defined GT_TSAN
	coro->fiber = __tsan_create_fiber(0);
#endif
	coro->sp = gt__switch_prepare(stack->low, stack->bytes, entry);
}

/* The coroutine will not be switched to any more. The stack stays the pool's. where: not on its own stack. */
static inline void gt__coro_fini(struct gt__coro *coro)
{
#if defined GT_TSAN
	if (coro->fiber && coro->stack)
		__tsan_destroy_fiber(coro->fiber);
	coro->fiber = NULL;
#endif
	coro->stack = NULL;
}

/* To be called first by an entry function. */
static inline void gt__coro_entered(void)
{
#if defined GT_ASAN
	__sanitizer_finish_switch_fiber(NULL, NULL, NULL);
#endif
}

/* Go from the running coroutine `from`, noting in `*from_sp` where it stands, to `to`, which stands at `to_sp`; returns when somebody
 * switches to `*from_sp`. */
static inline __attribute__((always_inline)) void
gt__coro_hop(struct gt__coro *from, void **from_sp, struct gt__coro *to, void *to_sp)
{
#if defined GT_ASAN
	__sanitizer_start_switch_fiber(&from->fake_stack, to->asan_low, to->asan_bytes);
#endif
#if defined GT_TSAN
	__tsan_switch_to_fiber(to->fiber, 0);
#endif
	(void)from, (void)to;
	gt__switch(from_sp, to_sp);
#if defined GT_ASAN
	__sanitizer_finish_switch_fiber(from->fake_stack, NULL, NULL);
#endif
}

/* Go from the running coroutine `from` to `to`; returns when somebody switches to `from`. */
static inline __attribute__((always_inline)) void gt__coro_switch(struct gt__coro *from,
                                                                  struct gt__coro *to)
{
	gt__coro_hop(from, &from->sp, to, to->sp);
}

/* The same for a coroutine that will never run again; `to` stands at `to_sp`. */
static inline void gt__coro_leave(struct gt__coro *from, struct gt__coro *to, void *to_sp)
{
#if defined GT_ASAN
	__sanitizer_start_switch_fiber(NULL, to->asan_low, to->asan_bytes);
#endif
#if defined GT_TSAN
	__tsan_switch_to_fiber(to->fiber, 0);
#endif
	(void)to;
	gt__switch(&from->sp, to_sp);
}

#endif
