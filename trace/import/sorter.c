/* A merge sort: stable, quick on what is nearly in order, and the same idea on disk as in memory. */
#include "trace/import/sorter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "trace/array.h"

#define SMALL      16u   /* runs that are sorted by insertion */
#define RUN_BUFFER 1024u /* items of a run that are read at a time */

void trace_sorter_fini(struct trace_sorter *sorter)
{
	free(sorter->items);
	free(sorter->run_lengths);
	if (sorter->spilled)
		fclose(sorter->spilled);
	*sorter = (struct trace_sorter){.n = 0};
}

static inline bool is_after(const struct trace_sorted *a, const struct trace_sorted *b)
{
	return a->r.t_ns != b->r.t_ns ? a->r.t_ns > b->r.t_ns : a->order > b->order;
}

static void sort_small(struct trace_sorted *items, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct trace_sorted item = items[i];
		size_t k = i;
		for (; k > 0 && is_after(&items[k - 1], &item); k--)
			items[k] = items[k - 1];
		items[k] = item;
	}
}

/* Merge the halves of `n` items that are split at `middle`; `aside` has room for the first half. */
static void merge(struct trace_sorted *items, size_t middle, size_t n, struct trace_sorted *aside)
{
	if (!is_after(&items[middle - 1], &items[middle]))
		return;
	memcpy(aside, items, middle * sizeof *items);
	size_t a = 0, b = middle, to = 0;
	while (a < middle && b < n)
		items[to++] = is_after(&aside[a], &items[b]) ? items[b++] : aside[a++];
	memcpy(items + to, aside + a, (middle - a) * sizeof *items);
}

static int sort(struct trace_sorted *items, size_t n)
{
	struct trace_sorted *aside = n > SMALL ? malloc(n * sizeof *aside) : NULL;
	if (n > SMALL && !aside)
		return TRACE_ESYSTEM;
	for (size_t i = 0; i < n; i += SMALL)
		sort_small(items + i, n - i < SMALL ? n - i : SMALL);
	for (size_t width = SMALL; width < n; width *= 2)
		for (size_t i = 0; i + width < n; i += 2 * width)
			merge(items + i, width, n - i < 2 * width ? n - i : 2 * width, aside);
	free(aside);
	return TRACE_OK;
}

/* Write what is in memory to the disk, as one sorted run. */
static int spill(struct trace_sorter *sorter)
{
	if (sort(sorter->items, sorter->n) != TRACE_OK ||
	    trace_array_reserve(&sorter->run_lengths, sorter->n_runs, &sorter->runs_cap,
	                        sizeof *sorter->run_lengths))
		return TRACE_ESYSTEM;
	if (!sorter->spilled)
		sorter->spilled = tmpfile();
	if (!sorter->spilled ||
	    fwrite(sorter->items, sizeof *sorter->items, sorter->n, sorter->spilled) != sorter->n)
		return TRACE_ESYSTEM;
	sorter->run_lengths[sorter->n_runs++] = sorter->n;
	sorter->n_spilled += sorter->n;
	sorter->n = 0;
	return TRACE_OK;
}

int trace_sorter_push(struct trace_sorter *sorter, uint64_t order, struct trace_record r)
{
	if (sorter->n == (sorter->max ? sorter->max : TRACE_SORTER_ITEMS) &&
	    spill(sorter) != TRACE_OK)
		return TRACE_ESYSTEM;
	if (trace_array_reserve(&sorter->items, sorter->n, &sorter->cap, sizeof *sorter->items))
		return TRACE_ESYSTEM;
	sorter->items[sorter->n++] = (struct trace_sorted){order, r};
	return TRACE_OK;
}

/* ---- runs on disk */

struct run {
	struct trace_sorted *items; /* RUN_BUFFER of them */
	size_t at, n;               /* in the buffer */
	size_t left;                /* on disk */
	long offset;
};

/* Have an item in the buffer, if there is one left. Returns 1, 0 or TRACE_ESYSTEM. */
static int fill(struct run *run, FILE *file)
{
	if (run->at < run->n)
		return 1;
	run->at = 0;
	run->n = run->left < RUN_BUFFER ? run->left : RUN_BUFFER;
	if (run->n == 0)
		return 0;
	if (fseek(file, run->offset, SEEK_SET) != 0 ||
	    fread(run->items, sizeof *run->items, run->n, file) != run->n)
		return TRACE_ESYSTEM;
	run->left -= run->n;
	run->offset += (long)(run->n * sizeof *run->items);
	return 1;
}

/* Hand out the least item of all runs, again and again. Of equals the earlier run goes first. */
static int merge_runs(struct run *runs, size_t n, FILE *file,
                      int (*take)(void *arg, const struct trace_sorted *item), void *arg)
{
	for (;;) {
		struct run *least = NULL;
		for (size_t i = 0; i < n; i++) {
			int rc = fill(&runs[i], file);
			if (rc < 0)
				return rc;
			if (rc > 0 && (!least || is_after(&least->items[least->at],
			                                  &runs[i].items[runs[i].at])))
				least = &runs[i];
		}
		if (!least)
			return TRACE_OK;
		int rc = take(arg, &least->items[least->at++]);
		if (rc != TRACE_OK)
			return rc;
	}
}

static int drain_runs(struct trace_sorter *sorter,
                      int (*take)(void *arg, const struct trace_sorted *item), void *arg)
{
	if (spill(sorter) != TRACE_OK || fflush(sorter->spilled) != 0)
		return TRACE_ESYSTEM;
	free(sorter->items);
	sorter->items = NULL;
	sorter->cap = 0;
	size_t n = sorter->n_runs;
	struct run *runs = calloc(n, sizeof *runs);
	struct trace_sorted *buffers = calloc(n, RUN_BUFFER * sizeof *buffers);
	int rc = runs && buffers ? TRACE_OK : TRACE_ESYSTEM;
	long offset = 0;
	for (size_t i = 0; rc == TRACE_OK && i < n; i++) {
		runs[i] = (struct run){.items = buffers + i * RUN_BUFFER,
		                       .left = sorter->run_lengths[i],
		                       .offset = offset};
		offset += (long)(sorter->run_lengths[i] * sizeof *buffers);
	}
	if (rc == TRACE_OK)
		rc = merge_runs(runs, n, sorter->spilled, take, arg);
	free(runs);
	free(buffers);
	return rc;
}

int trace_sorter_drain(struct trace_sorter *sorter,
                       int (*take)(void *arg, const struct trace_sorted *item), void *arg)
{
	int rc;
	if (sorter->n_runs > 0) {
		rc = drain_runs(sorter, take, arg);
		trace_sorter_fini(sorter);
		return rc;
	}
	rc = sort(sorter->items, sorter->n);
	for (size_t i = 0; rc == TRACE_OK && i < sorter->n; i++)
		rc = take(arg, &sorter->items[i]);
	sorter->n = 0;
	return rc;
}
