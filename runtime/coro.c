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
