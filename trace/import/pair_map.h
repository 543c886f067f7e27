/* A map from pairs of small numbers to a number. */
#ifndef GANTTOP_TRACE_IMPORT_PAIR_MAP_H
#define GANTTOP_TRACE_IMPORT_PAIR_MAP_H

#include <stddef.h>
#include <stdint.h>

/* Open addressing, a power of two, at most half full. All zero is empty. */
struct trace_pair_map {
	struct trace_pair_entry *entries;
	size_t n, cap;
};

/* Return the value of the pair, 0 when it has none. cost: O(1). */
uint32_t trace_pair_map_get(const struct trace_pair_map *map, uint32_t a, uint32_t b);

/* Set the value (not 0) of a pair that has none. errors: TRACE_ESYSTEM without memory. */
int trace_pair_map_put(struct trace_pair_map *map, uint32_t a, uint32_t b, uint32_t value);
void trace_pair_map_fini(struct trace_pair_map *map);

#endif
