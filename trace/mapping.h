/* The file of a recording in memory. */
#ifndef GANTTOP_TRACE_MAPPING_H
#define GANTTOP_TRACE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/fate.h"
#include "trace/record.h"

struct trace_mapping {
	int fd;
	char *path;                  /* as it was given */
	char *name;                  /* what messages call it */
	struct trace_header *header; /* a mapping of its own, so that it never moves */
	bool has_gate;               /* the header is mapped for writing */
	const unsigned char *bytes;  /* the file, read-only; NULL while there is nothing to map */
	size_t mapped_bytes;
	int header_guard, bytes_guard; /* tickets */
	bool closed;                   /* by its writer */
	uint64_t closed_sum; /* of what was there when it was first seen closed; 0: it was not */
	uint64_t n_blocks;   /* that are claimed and inside the file; the last may be cut short */
	uint64_t n_slots;    /* that are inside the file, and inside n_blocks */
};

/* Open the file and check its header. errors: as trace_reader_open; nothing is kept then. */
int trace_mapping_open(struct trace_mapping *mapping, const char *path, const char *name,
                       bool control, struct trace_error *error);
void trace_mapping_close(struct trace_mapping *mapping);

/* Return whether somebody has cut the file off before what was read of it: before slot `end`, or within the header. Sets `*slots`
 * to how many are left then. */
bool trace_mapping_is_cut(const struct trace_mapping *mapping, uint64_t end, uint64_t *slots);

/* Return what has become of it. That it was cut short, trace_mapping_is_cut says. */
enum trace_fate trace_mapping_fate(const struct trace_mapping *mapping);

/* Look at the file again: its state, its size, and map what it has grown by.
 * errors: TRACE_EFORMAT when it was closed and is shorter than it says. */
int trace_mapping_refresh(struct trace_mapping *mapping, struct trace_error *error);

/* Return whether the file goes on behind a block, so that all of its slots may be touched; whether they are published, their kinds say. */
static inline bool trace_mapping_is_settled(const struct trace_mapping *mapping, uint32_t block)
{
	return (uint64_t)block + 1 < mapping->n_blocks;
}

/* Return how many slots from `slot` on, at most `n`, may be read through the mapping. Slots that are not published yet do not
 * count. */
uint32_t trace_mapping_readable(const struct trace_mapping *mapping, uint64_t slot, uint32_t n);

/* Return the record in a slot that may be read. */
const struct trace_record *trace_mapping_at(const struct trace_mapping *mapping, uint64_t slot);

/* Return the kind of a slot that may be read; the rest of the record is there when the kind is. */
unsigned trace_mapping_kind(const struct trace_mapping *mapping, uint64_t slot);

#endif
