/* Pyramids: what is seen in each record of a lane, or its level; over them summaries of 64 records, of 64 of those, and so on. Any
 * stretch of a lane is summed up without looking into the file. */
#ifndef GANTTOP_TRACE_PYRAMID_H
#define GANTTOP_TRACE_PYRAMID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_PYRAMID_LEVELS 6 /* 64 to the sixth is more than there are ordinals */
#define TRACE_PYRAMID_FOLD   64u

/* Sets of bits: a byte a record, summed up by "or". All zero is empty. */
struct trace_sets {
	uint8_t *leaves; /* of each record */
	size_t n, cap;
	struct trace_sets_upper *upper; /* NULL: fewer than 64 records */
};

/* Numbers: four bytes a record, summed up as lowest and highest. A number that has no room in them is kept as INT32_MIN or INT32_MAX, and
 * the pyramid is `wide`: a sum that reaches those must then be asked from the file. All zero is empty. */
struct trace_ranges {
	int32_t *leaves;
	size_t n, cap;
	struct trace_ranges_upper *upper;
	bool is_wide;
};

struct trace_range {
	int64_t low, high; /* low > high: of nothing */
};
#define TRACE_RANGE_NONE                                                                           \
	(struct trace_range)                                                                       \
	{                                                                                          \
		.low = INT64_MAX, .high = INT64_MIN                                                \
	}

void trace_sets_fini(struct trace_sets *sets);
void trace_ranges_fini(struct trace_ranges *ranges);

/* Append a record. errors: TRACE_ESYSTEM without memory. cost: amortised O(1). */
int trace_sets_push_slow(struct trace_sets *sets, uint8_t set);
static inline int trace_sets_push(struct trace_sets *sets, uint8_t set)
{
	if (sets->n == sets->cap || sets->n % TRACE_PYRAMID_FOLD == 0)
		return trace_sets_push_slow(sets, set);
	sets->leaves[sets->n++] = set;
	return 0;
}
int trace_ranges_push(struct trace_ranges *ranges, int64_t value);

/* Add bits to the newest record; there is one. */
static inline void trace_sets_add(struct trace_sets *sets, uint8_t bits)
{
	sets->leaves[sets->n - 1] |= bits;
}

/* Return the sum of records [first, end), end at most n. cost: O(log n). */
uint8_t trace_sets_sum(const struct trace_sets *sets, size_t first, size_t end);
struct trace_range trace_ranges_sum(const struct trace_ranges *ranges, size_t first, size_t end);

#endif
