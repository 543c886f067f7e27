/* Records into the order of time, however many: what does not fit into memory goes to a temporary file, in sorted runs. */
#ifndef GANTTOP_TRACE_IMPORT_SORTER_H
#define GANTTOP_TRACE_IMPORT_SORTER_H

#include <stddef.h>
#include <stdio.h>

#include "trace/error.h"
#include "trace/record.h"

#define TRACE_SORTER_ITEMS (1u << 19) /* in memory: 20 MiB, and as much again to sort them */

/* Sorted by r.t_ns, then order, then as they came. The kind of the record may be one of the importer's own. */
struct trace_sorted {
	uint64_t order;
	struct trace_record r;
};

/* All zero is empty. */
struct trace_sorter {
	struct trace_sorted *items;
	size_t n, cap;
	FILE *spilled; /* runs, one behind the other; NULL: none */
	size_t n_runs, *run_lengths, runs_cap;
	uint64_t n_spilled; /* items in them */
	size_t max;         /* items in memory; 0: TRACE_SORTER_ITEMS */
};

void trace_sorter_fini(struct trace_sorter *sorter);

/* errors: TRACE_ESYSTEM, without memory or disk. */
int trace_sorter_push(struct trace_sorter *sorter, uint64_t order, struct trace_record r);

/* Return how many there are. */
static inline uint64_t trace_sorter_count(const struct trace_sorter *sorter)
{
	return sorter->n_spilled + sorter->n;
}

/* Hand all out in order, and be empty. errors: those of `take`, which end it; TRACE_ESYSTEM. */
int trace_sorter_drain(struct trace_sorter *sorter,
                       int (*take)(void *arg, const struct trace_sorted *item), void *arg);

#endif
