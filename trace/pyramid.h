/* Pyramids: what is seen in each record of a lane, or its level; over them summaries of 64 records, of 64 of those, and so on. Any
 * stretch of a lane is summed up without looking into the file. */
#ifndef GANTTOP_TRACE_PYRAMID_H
#define GANTTOP_TRACE_PYRAMID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_PYRAMID_LEVELS 6 /* 64 to the sixth is more than there are ordinals */
#define TRACE_PYRAMID_FOLD   64u

/* Sums of sets of bits, a byte a record, by "or"; the sets themselves are the caller's. NULL: of fewer than 64. */
struct trace_sets_upper;

/* Numbers, summed up as the lowest and the highest: as many bytes a record as the largest of them all needs, which is mostly one. All zero is
 * empty. */
struct trace_ranges {
	void *leaves; /* numbers of `bytes` bytes */
	size_t n, cap;
	struct trace_ranges_upper *upper; /* NULL: fewer than 64 records */
	uint8_t bytes;                    /* 1, 2, 4 or 8; 0 before the first */
};

struct trace_range {
	int64_t low, high; /* low > high: of nothing */
};
#define TRACE_RANGE_NONE                                                                           \
	(struct trace_range)                                                                       \
	{                                                                                          \
		.low = INT64_MAX, .high = INT64_MIN                                                \
	}

void trace_sets_upper_destroy(struct trace_sets_upper *upper);
void trace_ranges_fini(struct trace_ranges *ranges);

/* There are `n` sets now, which no more bits are added to, and `n` can be divided by 64: make the nodes that this completes, if they are not
 * made yet. errors: TRACE_ESYSTEM without memory. */
int trace_sets_fold(struct trace_sets_upper **upper, const uint8_t *sets, size_t n);

/* Append a number. errors: TRACE_ESYSTEM without memory. cost: amortised O(1). */
int trace_ranges_push_slow(struct trace_ranges *ranges, int64_t value);
static inline int trace_ranges_push(struct trace_ranges *ranges, int64_t value)
{
	bool is_plain = ranges->bytes == 1 && value == (int8_t)value && ranges->n < ranges->cap;
	if (!is_plain || ranges->n % TRACE_PYRAMID_FOLD == TRACE_PYRAMID_FOLD - 1)
		return trace_ranges_push_slow(ranges, value);
	((int8_t *)ranges->leaves)[ranges->n++] = (int8_t)value;
	return 0;
}

/* Return the sum of records [first, end), end at most n. cost: O(log n). */
uint8_t trace_sets_sum(const uint8_t *sets, const struct trace_sets_upper *upper, size_t first,
                       size_t end);
struct trace_range trace_ranges_sum(const struct trace_ranges *ranges, size_t first, size_t end);

#endif
