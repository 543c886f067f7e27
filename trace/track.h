/* Tracks: records of a lane in order, the ordinal of each and a set of bits, summed up by a pyramid. */
#ifndef GANTTOP_TRACE_TRACK_H
#define GANTTOP_TRACE_TRACK_H

#include <stddef.h>
#include <stdint.h>

#include "trace/pyramid.h"

/* One block of memory: `cap` ordinals, then as many sets, if the track has sets. All zero is empty. */
struct trace_track {
	uint32_t *ordinals;
	struct trace_sets_upper *upper; /* NULL: fewer than 64 records, or a track without sets */
	uint32_t n, cap;
};

void trace_track_fini(struct trace_track *track);

/* Return the sets of a track that has them, n of them. */
static inline uint8_t *trace_track_sets(const struct trace_track *track)
{
	return (uint8_t *)(track->ordinals + track->cap);
}

/* Make room for one more record; with sets, make the nodes of the pyramid that are complete. errors: TRACE_ESYSTEM without memory. */
int trace_track_reserve(struct trace_track *track, bool has_sets);

/* Append a record, to a track with sets or to one without. errors: -1 without memory. cost: amortised O(1). */
static inline int trace_track_push(struct trace_track *track, uint32_t ordinal, uint8_t set)
{
	uint32_t n = track->n;
	if ((n == track->cap || n % TRACE_PYRAMID_FOLD == 0) && trace_track_reserve(track, true))
		return -1;
	track->ordinals[n] = ordinal;
	trace_track_sets(track)[n] = set;
	track->n = n + 1;
	return 0;
}
static inline int trace_track_push_bare(struct trace_track *track, uint32_t ordinal)
{
	if (track->n == track->cap && trace_track_reserve(track, false))
		return -1;
	track->ordinals[track->n++] = ordinal;
	return 0;
}

/* Return the sum of the sets of records [first, end), end at most n. cost: O(log n). */
uint8_t trace_track_sum(const struct trace_track *track, size_t first, size_t end);

#endif
