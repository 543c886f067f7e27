/* The map from ids to numbers.
 *
 * Ids are nearly always 1, 2, 3, ..., and an array serves them in a nanosecond; but a damaged file may say 2,000,000,000,
 * and an array would then be the size that the file asks for. So the array reaches at most twice as far as there
 * are ids, and what lies beyond goes to a table, which costs what is in it.
 */
#include "trace/id_map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "trace/error.h"

#define DENSE_MIN 64u

struct trace_id_entry {
	uint32_t id;
	uint32_t value;
	bool used;
};

/* Return the entry of `id`, or the free one where it would go. The table has a free entry. */
static struct trace_id_entry *entry_of(const struct trace_id_map *map, uint32_t id)
{
	uint32_t h = id;
	h = (h ^ h >> 16) * 0x7feb352du;
	h = (h ^ h >> 15) * 0x846ca68bu;
	size_t i = (h ^ h >> 16) & (map->cap - 1);
	while (map->entries[i].used && map->entries[i].id != id)
		i = (i + 1) & (map->cap - 1);
	return &map->entries[i];
}

uint32_t trace_id_map_find(const struct trace_id_map *map, uint32_t id)
{
	const struct trace_id_entry *e = entry_of(map, id);
	return e->used ? e->value : TRACE_ID_UNKNOWN;
}

static int grow_table(struct trace_id_map *map)
{
	struct trace_id_map larger = {.cap = map->cap ? map->cap * 2 : 64};
	larger.entries = calloc(larger.cap, sizeof *larger.entries);
	if (!larger.entries)
		return TRACE_ESYSTEM;
	for (size_t i = 0; i < map->cap; i++)
		if (map->entries[i].used)
			*entry_of(&larger, map->entries[i].id) = map->entries[i];
	free(map->entries);
	map->entries = larger.entries;
	map->cap = larger.cap;
	return TRACE_OK;
}

/* Let the array reach `id`, if there are ids enough to deserve it. Without memory the table is left to take it. */
static bool reach(struct trace_id_map *map, uint32_t id)
{
	if (id < map->n_dense)
		return true;
	if (id >= DENSE_MIN && id > 2 * map->n)
		return false;
	size_t wanted = map->n_dense ? map->n_dense * 2 : DENSE_MIN;
	while (wanted <= id)
		wanted *= 2;
	uint32_t *dense = realloc(map->dense, wanted * sizeof *dense);
	if (!dense)
		return false;
	memset(dense + map->n_dense, 0xff, (wanted - map->n_dense) * sizeof *dense);
	map->dense = dense;
	map->n_dense = wanted;
	return true;
}

int trace_id_map_put(struct trace_id_map *map, uint32_t id, uint32_t value)
{
	struct trace_id_entry *e = map->n_entries ? entry_of(map, id) : NULL;
	if (e && e->used) {
		e->value = value;
		return TRACE_OK;
	}
	if (reach(map, id)) {
		map->n += map->dense[id] == TRACE_ID_UNKNOWN;
		map->dense[id] = value;
		return TRACE_OK;
	}
	if (map->n_entries * 2 >= map->cap && grow_table(map) != TRACE_OK)
		return TRACE_ESYSTEM;
	*entry_of(map, id) = (struct trace_id_entry){.id = id, .value = value, .used = true};
	map->n_entries++;
	map->n++;
	return TRACE_OK;
}

void trace_id_map_fini(struct trace_id_map *map)
{
	free(map->dense);
	free(map->entries);
	*map = (struct trace_id_map){0};
}
