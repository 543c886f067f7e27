/* A map from the small ids of a recording to 32-bit numbers. */
#ifndef GANTTOP_TRACE_ID_MAP_H
#define GANTTOP_TRACE_ID_MAP_H

#include <stddef.h>
#include <stdint.h>

#define TRACE_ID_UNKNOWN UINT32_MAX

/* An array for ids that come as 1, 2, 3, ..., and a table (open addressing, a power of two, at most half full) for the
 * others. All zero is an empty map. */
struct trace_id_map {
	uint32_t *dense; /* by id; TRACE_ID_UNKNOWN where none was put */
	size_t n_dense;
	struct trace_id_entry *entries;
	size_t n_entries, cap;
	size_t n; /* ids that are in */
};

/* Return what `id` was put with in the table. */
uint32_t trace_id_map_find(const struct trace_id_map *map, uint32_t id);

/* Return what `id` was put with, TRACE_ID_UNKNOWN when it was not. cost: O(1). */
static inline uint32_t trace_id_map_get(const struct trace_id_map *map, uint32_t id)
{
	if (id < map->n_dense && (map->dense[id] != TRACE_ID_UNKNOWN || !map->n_entries))
		return map->dense[id];
	return map->n_entries ? trace_id_map_find(map, id) : TRACE_ID_UNKNOWN;
}

/* Put `value` (not TRACE_ID_UNKNOWN) for `id`, in the place of an earlier one. errors: TRACE_ESYSTEM without memory,
 * never for an id that is in. */
int trace_id_map_put(struct trace_id_map *map, uint32_t id, uint32_t value);
void trace_id_map_fini(struct trace_id_map *map);

#endif
