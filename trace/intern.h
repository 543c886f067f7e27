/* What the writer has written already: names by their text, source files by their address. */
#ifndef GANTTOP_TRACE_INTERN_H
#define GANTTOP_TRACE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hash table from text to string id: open addressing, a power of two, at most three quarters full. */
struct trace_intern {
	struct trace_intern_entry *entries;
	size_t n, cap;
};

void trace_intern_fini(struct trace_intern *table);

uint32_t trace_intern_hash(const char *text);

/* Return the id of `text`, 0 when it is not in the table. */
uint32_t trace_intern_find(const struct trace_intern *table, const char *text, uint32_t hash);

/* Remember `text` (copied). Returns false without memory: nothing is remembered then, and who only saves room by it writes the text again
 * next time. */
bool trace_intern_add(struct trace_intern *table, const char *text, uint32_t hash, uint32_t id);

/* Walk over the table: entry `i` of trace_intern_slots() has this id, 0 for one that is free. */
size_t trace_intern_slots(const struct trace_intern *table);
uint32_t trace_intern_at(const struct trace_intern *table, size_t i);

/* Source files, by the address of their name (__FILE__). The last one is found in one step, another by search: programs
 * have few files, and the answer must not depend on where the program was loaded. */
#define TRACE_FILES_MAX 4095u
struct trace_file_index {
	uint32_t n, last;
	const char *files[TRACE_FILES_MAX]; /* index 1 is files[0] */
};

/* Return the index of `file`, 1 to TRACE_FILES_MAX, or 0 when there are too many. `*added`: it is new. */
uint32_t trace_file_index_get(struct trace_file_index *files, const char *file, bool *added);

#endif
