/* Growing an array by doubling. The pointer is moved with memcpy, since a pointer to any type is not a `void **`.
 */
#include "trace/array.h"

#include <stdlib.h>
#include <string.h>

#include "trace/error.h"

int trace_array_reserve(void *elements, size_t n, size_t *cap, size_t bytes)
{
	void *old;
	if (n < *cap)
		return TRACE_OK;
	memcpy(&old, elements, sizeof old);
	size_t larger = *cap ? *cap * 2 : 8;
	void *moved = realloc(old, larger * bytes);
	if (!moved)
		return TRACE_ESYSTEM;
	memcpy(elements, &moved, sizeof moved);
	*cap = larger;
	/* cppcheck-suppress memleak ; `elements` owns it */
	return TRACE_OK;
}
