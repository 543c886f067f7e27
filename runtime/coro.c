/* Making and ending coroutines. */
#include "runtime/coro.h"

#include <pthread.h>

void gt__coro_adopt_thread(struct gt__coro *coro)
{
	*coro = (struct gt__coro){0};
#if defined GT_ASAN
	pthread_attr_t attr;
	void *low = NULL;
	size_t bytes = 0;
	if (!pthread_getattr_np(pthread_self(), &attr)) {
		pthread_attr_getstack(&attr, &low, &bytes);
		pthread_attr_destroy(&attr);
	}
	coro->asan_low = low;
	coro->asan_bytes = bytes;
#endif
#if defined GT_TSAN
	coro->fiber = __tsan_get_current_fiber();
#endif
}

void gt__coro_init(struct gt__coro *coro, struct gt__stack *stack, void (*entry)(void))
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

void gt__coro_fini(struct gt__coro *coro)
{
#if defined GT_TSAN
	if (coro->fiber && coro->stack)
		__tsan_destroy_fiber(coro->fiber);
	coro->fiber = NULL;
#endif
	coro->stack = NULL;
}
