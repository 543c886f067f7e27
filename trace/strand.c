/* Strands: blocks sorted by writer, and a cursor for each.
 *
 * A writer claims blocks one after the other and fills each from its beginning, so its blocks are in order in
 * the file, and once its next block is published everything in the block before is final: a slot of that one
 * that is still unpublished will stay so, and the cursor goes on to the next block. Whether there is a next
 * block is therefore settled (attribute) before slots are probed (fill).
 */
#include "trace/strand.h"

#include <stdlib.h>

#include "trace/array.h"

#define FIELD(name) offsetof(struct trace_record, name)

void trace_strands_fini(struct trace_strands *strands)
{
	trace_id_map_fini(&strands->by_writer);
	free(strands->all);
	free(strands->next_block);
	free(strands->pending);
	*strands = (struct trace_strands){0};
}

/* Return the strand of a writer, made when it is new; NULL when there are too many. */
static struct trace_strand *strand_of(struct trace_strands *s, uint32_t writer, int *rc)
{
	uint32_t known = trace_id_map_get(&s->by_writer, writer);
	*rc = TRACE_ESYSTEM;
	if (known != TRACE_ID_UNKNOWN)
		return &s->all[known];
	if (s->n == TRACE_WRITERS_MAX) {
		*rc = TRACE_EFORMAT;
		return NULL;
	}
	if (trace_array_reserve(&s->all, s->n, &s->cap, sizeof *s->all) ||
	    trace_id_map_put(&s->by_writer, writer, (uint32_t)s->n))
		return NULL;
	s->all[s->n] = (struct trace_strand){.writer = writer};
	return &s->all[s->n++];
}

/* What became of a block that was looked at. */
enum verdict { TAKEN = 0, NOT_YET = 1 }; /* or a negative code */

static int attribute_block(struct trace_strands *s, const struct trace_mapping *m, uint32_t block,
                           bool may_wait, struct trace_flaw *flaw)
{
	uint64_t slot = (uint64_t)block * TRACE_BLOCK_SLOTS;
	if (!trace_mapping_readable(m, slot, 1))
		return NOT_YET;
	const struct trace_record *r = trace_mapping_at(m, slot);
	unsigned kind = trace_mapping_kind(m, slot);
	if (kind != TRACE_BLOCK)
		return trace_flaw_set(flaw, FIELD(kind), "kind %u where a block begins", kind);
	uint32_t writer = r->id;
	if (writer == 0 || writer > TRACE_ID_MAX)
		return trace_flaw_set(flaw, FIELD(id), "writer %lu", (unsigned long)writer);
	int rc;
	struct trace_strand *strand = strand_of(s, writer, &rc);
	if (!strand && rc == TRACE_EFORMAT)
		return trace_flaw_set(flaw, FIELD(id), "more than %u writers", TRACE_WRITERS_MAX);
	if (!strand)
		return TRACE_ESYSTEM;
	uint64_t sequence = trace_join(r->b, r->c);
	if (sequence != strand->n_blocks) {
		/* the writer's block before was published after we looked at it */
		if (may_wait && sequence > strand->n_blocks)
			return NOT_YET;
		return trace_flaw_set(flaw, FIELD(b), "block %llu of its writer is out of order",
		                      (unsigned long long)sequence);
	}
	if (strand->n_blocks++ > 0)
		s->next_block[strand->last] = block;
	else
		strand->block = block;
	strand->last = block;
	return TAKEN;
}

static int retry_pending(struct trace_strands *s, const struct trace_mapping *m, bool live,
                         struct trace_flaw *flaw, uint32_t *slot)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->n_pending; i++) {
		uint32_t block = s->pending[i];
		int rc = attribute_block(s, m, block, live && kept, flaw);
		*slot = block * TRACE_BLOCK_SLOTS;
		if (rc < 0)
			return rc;
		if (rc == NOT_YET)
			s->pending[kept++] = block;
	}
	s->n_pending = kept;
	return TRACE_OK;
}

int trace_strands_attribute(struct trace_strands *strands, const struct trace_mapping *mapping,
                            uint64_t end, bool live, struct trace_flaw *flaw, uint32_t *slot)
{
	struct trace_strands *s = strands;
	if (end > mapping->n_blocks)
		end = mapping->n_blocks;
	for (size_t i = 0; i < s->n; i++)
		s->all[i].is_dry = false;
	int rc = retry_pending(s, mapping, live, flaw, slot);
	while (rc >= 0 && s->n_next < end) {
		uint32_t block = (uint32_t)s->n_next;
		if (trace_array_reserve(&s->next_block, s->n_next, &s->next_cap,
		                        sizeof(uint32_t)) ||
		    trace_array_reserve(&s->pending, s->n_pending, &s->pending_cap,
		                        sizeof(uint32_t)))
			return TRACE_ESYSTEM;
		s->next_block[s->n_next++] = TRACE_ID_UNKNOWN;
		*slot = block * TRACE_BLOCK_SLOTS;
		rc = attribute_block(s, mapping, block, live && s->n_pending, flaw);
		if (rc == NOT_YET)
			s->pending[s->n_pending++] = block;
	}
	return rc < 0 ? rc : TRACE_OK;
}

/* Go on to the writer's next block. Returns false when it has none yet. */
static bool advance(struct trace_strands *s, struct trace_strand *strand)
{
	uint32_t next = s->next_block[strand->block];
	if (next == TRACE_ID_UNKNOWN)
		return false;
	s->n_read++;
	strand->block = next;
	strand->pos = 0;
	strand->readable = 0;
	return true;
}

/* Return whether `n` slots from the cursor on may be read. Of the last block all are asked for at once, which is a system call. */
static bool can_read(struct trace_strand *strand, const struct trace_mapping *m, uint32_t n)
{
	if (strand->pos + n <= strand->readable)
		return true;
	uint64_t first = (uint64_t)strand->block * TRACE_BLOCK_SLOTS + strand->pos;
	uint32_t rest = TRACE_BLOCK_SLOTS - strand->pos;
	if (trace_mapping_is_settled(m, strand->block))
		rest = n < rest ? n : rest;
	strand->readable = strand->pos + trace_mapping_readable(m, first, rest);
	return strand->pos + n <= strand->readable;
}

static uint32_t cont_slots(uint32_t bytes)
{
	if (bytes <= TRACE_STRING_FIRST_BYTES)
		return 0;
	return (bytes - TRACE_STRING_FIRST_BYTES + TRACE_STRING_CONT_BYTES - 1) /
	       TRACE_STRING_CONT_BYTES;
}

/* Check the slots of a string. Returns 1, 0 when they are not all published, or TRACE_EFORMAT. */
static int check_string(struct trace_strand *strand, const struct trace_mapping *m,
                        const struct trace_record *r, struct trace_flaw *flaw)
{
	uint64_t first = (uint64_t)strand->block * TRACE_BLOCK_SLOTS + strand->pos;
	uint32_t bytes = r->a;
	uint32_t n = cont_slots(bytes);
	if (bytes > TRACE_STRING_MAX_BYTES || strand->pos + 1 + n > TRACE_BLOCK_SLOTS)
		return trace_flaw_set(flaw, FIELD(a), "a string of %lu bytes does not fit",
		                      (unsigned long)bytes);
	if (!can_read(strand, m, 1 + n)) {
		if (!m->closed)
			return 0;
		return trace_flaw_set(flaw, FIELD(a), "truncated, a string of %lu bytes is cut off",
		                      (unsigned long)bytes);
	}
	for (uint32_t i = 1; i <= n; i++)
		if (trace_mapping_kind(m, first + i) != TRACE_CONT)
			return trace_flaw_set(flaw, FIELD(a),
			                      "a string of %lu bytes lacks its text",
			                      (unsigned long)bytes);
	strand->head_slots = 1 + n;
	return 1;
}

/* Look at the slot under the cursor, which may be read. Returns 1 when it is the head, 0 when its string is not whole yet, or
 * TRACE_EFORMAT. */
static int set_head(struct trace_strand *strand, const struct trace_mapping *m,
                    struct trace_flaw *flaw)
{
	uint64_t slot = (uint64_t)strand->block * TRACE_BLOCK_SLOTS + strand->pos;
	const struct trace_record *r = trace_mapping_at(m, slot);
	unsigned kind = trace_mapping_kind(m, slot);
	uint64_t t_ns = r->t_ns;
	if (kind == TRACE_BLOCK || kind == TRACE_CONT)
		return trace_flaw_set(flaw, FIELD(kind), "unexpected kind %u", kind);
	if (t_ns < strand->t_ns)
		return trace_flaw_set(flaw, FIELD(t_ns), "time runs backwards to %llu ns",
		                      (unsigned long long)t_ns);
	strand->head_slots = 1;
	int rc = kind == TRACE_STRING ? check_string(strand, m, r, flaw) : 1;
	if (rc <= 0)
		return rc;
	strand->t_ns = t_ns;
	strand->head = (uint32_t)slot;
	strand->has_head = true;
	return 1;
}

int trace_strand_fill(struct trace_strands *strands, struct trace_strand *strand,
                      const struct trace_mapping *mapping, struct trace_flaw *flaw, uint32_t *slot)
{
	while (!strand->has_head && !strand->is_dry) {
		if (!can_read(strand, mapping, 1)) {
			strand->is_dry = !advance(strands, strand);
			continue;
		}
		*slot = strand->block * TRACE_BLOCK_SLOTS + strand->pos;
		if (strand->pos == 0 || trace_mapping_kind(mapping, *slot) == TRACE_PAD) {
			strand->pos++; /* the BLOCK record was checked when the block was attributed */
			continue;
		}
		int rc = set_head(strand, mapping, flaw);
		if (rc < 0)
			return rc;
		strand->is_dry = rc == 0;
	}
	return strand->has_head;
}

void trace_strand_take(struct trace_strand *strand)
{
	strand->pos += strand->head_slots;
	strand->has_head = false;
}

uint32_t trace_strand_take_run(struct trace_strand *strand, const struct trace_mapping *mapping,
                               const struct trace_names *names, uint64_t end_ns, uint32_t max)
{
	uint32_t end = strand->readable;
	if (trace_mapping_is_settled(mapping, strand->block))
		end = TRACE_BLOCK_SLOTS; /* all of it is there to be looked at, published or not */
	if (strand->has_head || strand->pos >= end)
		return 0;
	uint32_t n = end - strand->pos;
	uint64_t first = (uint64_t)strand->block * TRACE_BLOCK_SLOTS + strand->pos;
	n = trace_names_pass(names, trace_mapping_at(mapping, first), n < max ? n : max,
	                     &strand->t_ns, end_ns);
	strand->pos += n;
	return n;
}
