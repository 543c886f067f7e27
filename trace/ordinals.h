/* Ordinals in a list that grows: how many of them lie before an event. */
#ifndef GANTTOP_TRACE_ORDINALS_H
#define GANTTOP_TRACE_ORDINALS_H

#include <stddef.h>
#include <stdint.h>

/* Return how many of ordinals[0..n) are at most `ordinal`. */
size_t trace_ordinals_until(const uint32_t *ordinals, size_t n, uint32_t ordinal);

/* Return how many of ordinals[0..n) are below `ordinal`, at least `from` of them: searched for in growing steps from `guess`, because mostly
 * it is near. */
size_t trace_ordinals_below(const uint32_t *ordinals, size_t from, size_t n, uint32_t ordinal,
                            size_t guess);

#endif
