/* Pairs are hashed by a multiplication; what is looked up is mostly what was looked up before, so a table is quick enough. */
#include "trace/import/pair_map.h"

#include <stdlib.h>

#include "trace/error.h"

struct trace_pair_entry {
	uint32_t a, b, value; /* 0: free */
};

static size_t place(const struct trace_pair_map *map, uint32_t a, uint32_t b)
{
	uint64_t hash = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)(hash >> 20) & (map->cap - 1);
	while (map->entries[i].value && (map->entries[i].a != a || map->entries[i].b != b))
		i = (i + 1) & (map->cap - 1);
	return i;
}

uint32_t trace_pair_map_get(const struct trace_pair_map *map, uint32_t a, uint32_t b)
{
	return map->cap ? map->entries[place(map, a, b)].value : 0;
}

static int grow(struct trace_pair_map *map)
{
	struct trace_pair_map larger = {.n = map->n, .cap = map->cap ? map->cap * 2 : 64};
	larger.entries = calloc(larger.cap, sizeof *larger.entries);
	if (!larger.entries)
		return TRACE_ESYSTEM;
	for (size_t i = 0; i < map->cap; i++) {
		struct trace_pair_entry *entry = &map->entries[i];
		if (entry->value)
			larger.entries[place(&larger, entry->a, entry->b)] = *entry;
	}
	free(map->entries);
	*map = larger;
	return TRACE_OK;
}

int trace_pair_map_put(struct trace_pair_map *map, uint32_t a, uint32_t b, uint32_t value)
{
	if (2 * (map->n + 1) > map->cap && grow(map) != TRACE_OK)
		return TRACE_ESYSTEM;
	map->entries[place(map, a, b)] = (struct trace_pair_entry){a, b, value};
	map->n++;
	return TRACE_OK;
}

void trace_pair_map_fini(struct trace_pair_map *map)
{
	free(map->entries);
	*map = (struct trace_pair_map){.n = 0};
}
