/* Slices: the intervals of a lane, clipped to the part that is exported. */
#ifndef GANTTOP_TRACE_EXPORT_SLICE_H
#define GANTTOP_TRACE_EXPORT_SLICE_H

#include "trace/export/export.h"

struct trace_slice {
	const struct trace_lane *lane;
	const struct trace_record *r; /* that begins it. borrows */
	const char *name; /* the state; "iteration" of the loop, "busy" (or so) of a worker */
	uint32_t ordinal; /* of that record */
	uint64_t begin_ns, end_ns;
	bool is_open; /* it was not over when the recording, or the part, ended */
};

/* Write slice `i` of the lane. Returns false when record `i` begins none within the part: the end of an iteration, an object's
 * level, what lies outside. DONE is a slice of no length at its instant. */
bool trace_slice_at(const struct trace_export *export, const struct trace_lane *lane, size_t i,
                    struct trace_slice *out);

/* Return the index of the first record of the lane that may have a slice in the part. */
size_t trace_slice_first(const struct trace_export *export, const struct trace_lane *lane);

/* A walk over all slices of the part: lanes in drawing order, each in the order of time. */
struct trace_slices {
	const struct trace_export *export;
	size_t position; /* in model->order */
	size_t i;        /* within the lane; SIZE_MAX: the lane has not begun */
	uint64_t walked; /* records, for progress */
};
struct trace_slices trace_slices_begin(const struct trace_export *export);
bool trace_slices_next(struct trace_slices *slices, struct trace_slice *out);

#endif
