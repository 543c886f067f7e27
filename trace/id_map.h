/* A map from the small ids of a recording to 32-bit numbers. */
#ifndef GANTTOP_TRACE_ID_MAP_H
#define GANTTOP_TRACE_ID_MAP_H

#include <stddef.h>
#include <stdint.h>

/* Open addressing, a power of two, at most half full. All zero is an empty map. */
struct trace_id_map {
	struct trace_id_entry *entries;
	size_t n, cap;
};

#define TRACE_ID_UNKNOWN UINT32_MAX

/* Return what `id` was put with, TRACE_ID_UNKNOWN when it was not. cost: O(1). */
uint32_t trace_id_map_get(const struct trace_id_map *map, uint32_t id);

/* Put `value` (not TRACE_ID_UNKNOWN) for `id`, in the place of an earlier one. errors: TRACE_ESYSTEM without memory,
 * never for an id that is in. */
int trace_id_map_put(struct trace_id_map *map, uint32_t id, uint32_t value);

/* Forget everything and free the memory. */
void trace_id_map_fini(struct trace_id_map *map);

#endif
