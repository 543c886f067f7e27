/* Strands: the records of one writer each, in the order in which it wrote them. */
#ifndef GANTTOP_TRACE_STRAND_H
#define GANTTOP_TRACE_STRAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/id_map.h"
#include "trace/mapping.h"
#include "trace/names.h"

#define TRACE_WRITERS_MAX 4096u

struct trace_strand {
	uint32_t writer;
	uint32_t block;    /* that is read now */
	uint32_t last;     /* the newest block known */
	uint64_t n_blocks; /* known so far: the sequence number that the next one must have */
	uint32_t pos;      /* next slot in the block */
	uint32_t readable; /* slots of the block that may be read */
	uint64_t t_ns;     /* time of the record before, times never decrease */
	bool is_dry;       /* nothing more was published when the file was last looked at */
	bool has_head;
	uint32_t head;       /* slot of the next record */
	uint32_t head_slots; /* one, and the CONT slots of a string */
};

/* All strands of a file, and which block belongs to which. All zero is empty. */
struct trace_strands {
	struct trace_strand *all;
	size_t n, cap;
	struct trace_id_map by_writer; /* writer number -> index in `all` */
	uint32_t *next_block;    /* of the same writer, by block; TRACE_ID_UNKNOWN: none yet */
	size_t n_next, next_cap; /* blocks that have been looked at */
	uint32_t *pending;       /* blocks that are claimed, and nothing published yet */
	size_t n_pending, pending_cap;
	uint64_t n_read; /* blocks that were read to their end */
};

void trace_strands_fini(struct trace_strands *strands);

/* Find the writers of the blocks that are new in `mapping`, those below `end`, and let every strand look for records again. Of a live
 * recording, blocks may still come out of order.
 * errors: TRACE_ESYSTEM without memory, TRACE_EFORMAT with the flaw and its slot. */
int trace_strands_attribute(struct trace_strands *strands, const struct trace_mapping *mapping,
                            uint64_t end, bool live, struct trace_flaw *flaw, uint32_t *slot);

/* Make the strand's next record its head, if it has none. Returns 1 when there is a head, 0 when nothing more is published, TRACE_EFORMAT
 * with the flaw and its slot. */
int trace_strand_fill(struct trace_strands *strands, struct trace_strand *strand,
                      const struct trace_mapping *mapping, struct trace_flaw *flaw, uint32_t *slot);

/* Go on behind the head. */
void trace_strand_take(struct trace_strand *strand);

/* Take more records of the strand, which has no head, as long as they follow in the file, are in order (trace_names_pass) and
 * before `end_ns`; at most `max`. Returns how many; the first one is at the cursor. */
uint32_t trace_strand_take_run(struct trace_strand *strand, const struct trace_mapping *mapping,
                               const struct trace_names *names, uint64_t end_ns, uint32_t max);

#endif
