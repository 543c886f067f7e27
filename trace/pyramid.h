/* The pyramid: summaries of groups of 64 records, of 64 groups, and so on, so that any stretch of a lane can be summed up in the
 * same short time. */
#ifndef GANTTOP_TRACE_PYRAMID_H
#define GANTTOP_TRACE_PYRAMID_H

#include <stddef.h>
#include <stdint.h>

#define TRACE_PYRAMID_LEVELS 6 /* 64 to the sixth is more than there are ordinals */
#define TRACE_PYRAMID_FOLD   64u

/* What can be said of several records at once. */
struct trace_summary {
	unsigned seen;     /* enum trace_seen */
	int64_t low, high; /* of a level; low > high: none */
};
#define TRACE_SUMMARY_NONE                                                                         \
	(struct trace_summary)                                                                     \
	{                                                                                          \
		.seen = 0, .low = INT64_MAX, .high = INT64_MIN                                     \
	}

/* All zero is empty. */
struct trace_pyramid {
	struct {
		struct trace_summary *nodes;
		size_t n, cap;
	} levels[TRACE_PYRAMID_LEVELS];
};

/* Return the summary of one record. */
typedef struct trace_summary trace_pyramid_leaf(const void *context, size_t index);

void trace_pyramid_fini(struct trace_pyramid *pyramid);

/* Join `b` to `a`. */
struct trace_summary trace_summary_join(struct trace_summary a, struct trace_summary b);

/* Add record `index`; they are added in order, each once. errors: TRACE_ESYSTEM without memory. */
int trace_pyramid_add(struct trace_pyramid *pyramid, size_t index, struct trace_summary summary);

/* Return the summary of records [first, end), which have all been added; `leaf` is asked at the edges.
 * cost: O(log n), at most 126 leaves. */
struct trace_summary trace_pyramid_query(const struct trace_pyramid *pyramid, size_t first,
                                         size_t end, trace_pyramid_leaf *leaf, const void *context);

#endif
