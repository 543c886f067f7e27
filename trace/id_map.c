/* The map from ids to numbers.
 *
 * Ids are nearly always 1, 2, 3, ..., and an array would do; but a damaged file may say 2,000,000,000, and an
 * array would then be the size that the file asks for. A table costs what is in it.
 */
#include "trace/id_map.h"

#include <stdbool.h>
#include <stdlib.h>

#include "trace/error.h"

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

uint32_t trace_id_map_get(const struct trace_id_map *map, uint32_t id)
{
	if (!map->n)
		return TRACE_ID_UNKNOWN;
	const struct trace_id_entry *e = entry_of(map, id);
	return e->used ? e->value : TRACE_ID_UNKNOWN;
}

static int grow(struct trace_id_map *map)
{
	struct trace_id_map larger = {.n = map->n, .cap = map->cap ? map->cap * 2 : 64};
	larger.entries = calloc(larger.cap, sizeof *larger.entries);
	if (!larger.entries)
		return TRACE_ESYSTEM;
	for (size_t i = 0; i < map->cap; i++)
		if (map->entries[i].used)
			*entry_of(&larger, map->entries[i].id) = map->entries[i];
	free(map->entries);
	*map = larger;
	return TRACE_OK;
}

int trace_id_map_put(struct trace_id_map *map, uint32_t id, uint32_t value)
{
	struct trace_id_entry *e = map->n ? entry_of(map, id) : NULL;
	if (!e || !e->used) {
		if (map->n * 2 >= map->cap && grow(map) != TRACE_OK)
			return TRACE_ESYSTEM;
		e = entry_of(map, id);
		map->n++;
	}
	*e = (struct trace_id_entry){.id = id, .value = value, .used = true};
	return TRACE_OK;
}

void trace_id_map_fini(struct trace_id_map *map)
{
	free(map->entries);
	*map = (struct trace_id_map){0};
}
