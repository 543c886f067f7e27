/* Arrays that grow. */
#ifndef GANTTOP_TRACE_ARRAY_H
#define GANTTOP_TRACE_ARRAY_H

#include <stddef.h>

/* Make room for one more element in an array of `n` elements of `bytes` bytes each; `elements` points to the pointer to the first.
 * errors: TRACE_ESYSTEM without memory, the array is as it was. cost: amortised O(1). */
int trace_array_reserve(void *elements, size_t n, size_t *cap, size_t bytes);

#endif
