/* Interning: the writer's memory of what stands in the file already. */
#include "trace/intern.h"

#include <stdlib.h>
#include <string.h>

struct trace_intern_entry {
	char *text; /* NULL: free */
	uint32_t hash, id;
};

void trace_intern_fini(struct trace_intern *table)
{
	for (size_t i = 0; i < table->cap; i++)
		free(table->entries[i].text);
	free(table->entries);
	*table = (struct trace_intern){0};
}

/* FNV-1a. */
uint32_t trace_intern_hash(const char *text)
{
	uint32_t hash = 2166136261u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

uint32_t trace_intern_find(const struct trace_intern *table, const char *text, uint32_t hash)
{
	if (!table->cap)
		return 0;
	size_t mask = table->cap - 1;
	for (size_t i = hash & mask; table->entries[i].text; i = (i + 1) & mask)
		if (table->entries[i].hash == hash && !strcmp(table->entries[i].text, text))
			return table->entries[i].id;
	return 0;
}

static void place(struct trace_intern_entry *entries, size_t mask, struct trace_intern_entry entry)
{
	size_t i = entry.hash & mask;
	while (entries[i].text)
		i = (i + 1) & mask;
	entries[i] = entry;
}

static bool make_room(struct trace_intern *table)
{
	if (table->n + 1 <= table->cap / 4 * 3)
		return true;
	size_t cap = table->cap ? table->cap * 2 : 64;
	struct trace_intern_entry *entries = calloc(cap, sizeof *entries);
	if (!entries)
		return false;
	for (size_t i = 0; i < table->cap; i++)
		if (table->entries[i].text)
			place(entries, cap - 1, table->entries[i]);
	free(table->entries);
	table->entries = entries;
	table->cap = cap;
	return true;
}

bool trace_intern_add(struct trace_intern *table, const char *text, uint32_t hash, uint32_t id)
{
	char *copy = make_room(table) ? strdup(text) : NULL;
	if (!copy)
		return false;
	place(table->entries, table->cap - 1,
	      (struct trace_intern_entry){.text = copy, .hash = hash, .id = id});
	table->n++;
	return true;
}

size_t trace_intern_slots(const struct trace_intern *table)
{
	return table->cap;
}

uint32_t trace_intern_at(const struct trace_intern *table, size_t i)
{
	return table->entries[i].text ? table->entries[i].id : 0;
}

uint32_t trace_file_index_get(struct trace_file_index *files, const char *file, bool *added)
{
	*added = false;
	if (files->last && files->files[files->last - 1] == file)
		return files->last;
	for (uint32_t i = 0; i < files->n; i++)
		if (files->files[i] == file)
			return files->last = i + 1;
	if (files->n == TRACE_FILES_MAX)
		return 0;
	files->files[files->n++] = file;
	*added = true;
	return files->last = files->n;
}
