/* A track's ordinals and sets grow together, so they share a block: half as many allocations for a lane, and one pointer less in the line
 * of the cache that reading a record touches. A group of 64 is summed up when the next record comes, since the last one may still get bits
 * until then.
 */
#include "trace/track.h"

#include <stdlib.h>
#include <string.h>

#include "trace/error.h"

#define CAP_MIN 8u

void trace_track_fini(struct trace_track *track)
{
	trace_sets_upper_destroy(track->upper);
	free(track->ordinals);
	*track = (struct trace_track){0};
}

/* Small ones grow by half, in sizes that an allocator of 16 bytes and a word has; larger ones, of which there are many in a long recording,
 * by a quarter: what was reserved and is not needed is the larger part of the memory that a recording takes otherwise. */
static size_t larger_cap(size_t cap, size_t each_bytes)
{
	if (cap >= CAP_MIN * 8)
		return cap + cap / 4;
	size_t bytes = (cap ? cap + cap / 2 : CAP_MIN) * each_bytes;
	return ((bytes + 7) / 16 * 16 + 8) / each_bytes;
}

static int grow(struct trace_track *track, bool has_sets)
{
	size_t each_bytes = sizeof *track->ordinals + (has_sets ? 1 : 0);
	size_t wanted = larger_cap(track->cap, each_bytes);
	uint32_t larger = wanted < UINT32_MAX ? (uint32_t)wanted : UINT32_MAX;
	if (larger == track->cap)
		return TRACE_ESYSTEM;
	size_t bytes = larger * each_bytes;
	uint32_t *block = realloc(track->ordinals, bytes);
	if (!block)
		return TRACE_ESYSTEM;
	if (has_sets)
		memmove(block + larger, block + track->cap, track->n);
	track->ordinals = block;
	track->cap = larger;
	return TRACE_OK;
}

int trace_track_reserve(struct trace_track *track, bool has_sets)
{
	bool is_full = track->n > 0 && track->n % TRACE_PYRAMID_FOLD == 0;
	if (has_sets && is_full &&
	    trace_sets_fold(&track->upper, trace_track_sets(track), track->n) != TRACE_OK)
		return TRACE_ESYSTEM;
	return track->n == track->cap ? grow(track, has_sets) : TRACE_OK;
}

uint8_t trace_track_sum(const struct trace_track *track, size_t first, size_t end)
{
	if (first >= end)
		return 0;
	return trace_sets_sum(trace_track_sets(track), track->upper, first, end);
}
