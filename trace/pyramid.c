/* Two pyramids of one shape: bytes that are or-ed, numbers of which the lowest and the highest count.
 *
 * A node is made when the group below it is complete, so nothing is touched twice. Rejected: summaries without leaves, which
 * ask the file at the edges of every cell (less than a byte a record is saved, and a picture costs ten times as
 * much).
 */
#include "trace/pyramid.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/error.h"

#define FOLD   TRACE_PYRAMID_FOLD
#define UPPERS (TRACE_PYRAMID_LEVELS - 1)

struct trace_sets_upper {
	struct {
		uint8_t *nodes;
		size_t n, cap;
	} levels[UPPERS];
};

/* A node is two numbers, the lowest and the highest, of as many bytes as the leaves have. */
struct trace_ranges_upper {
	struct {
		void *nodes;
		size_t n, cap;
	} levels[UPPERS];
};

/* ---- Sets of bits ---- */

void trace_sets_upper_destroy(struct trace_sets_upper *upper)
{
	for (int i = 0; upper && i < UPPERS; i++)
		free(upper->levels[i].nodes);
	free(upper);
}

static uint8_t or_of(const uint8_t *bytes, size_t n)
{
	uint64_t sum = 0, word;
	size_t i = 0;
	for (; i + sizeof word <= n; i += sizeof word) {
		memcpy(&word, bytes + i, sizeof word);
		sum |= word;
	}
	for (; i < n; i++)
		sum |= bytes[i];
	sum |= sum >> 32;
	sum |= sum >> 16;
	return (uint8_t)(sum | sum >> 8);
}

int trace_sets_fold(struct trace_sets_upper **upper, const uint8_t *sets, size_t n)
{
	const uint8_t *below = sets;
	if (!*upper)
		*upper = calloc(1, sizeof **upper);
	if (!*upper)
		return TRACE_ESYSTEM;
	for (int i = 0; i < UPPERS && n % FOLD == 0 && (*upper)->levels[i].n * FOLD < n; i++) {
		size_t *n_nodes = &(*upper)->levels[i].n;
		if (trace_array_reserve(&(*upper)->levels[i].nodes, *n_nodes,
		                        &(*upper)->levels[i].cap, sizeof *below)) {
			while (i-- > 0)
				(*upper)->levels[i].n--; /* all of them or none */
			return TRACE_ESYSTEM;
		}
		uint8_t *nodes = (*upper)->levels[i].nodes;
		nodes[(*n_nodes)++] = or_of(below + n - FOLD, FOLD);
		below = nodes;
		n = *n_nodes;
	}
	return TRACE_OK;
}

uint8_t trace_sets_sum(const uint8_t *sets, const struct trace_sets_upper *upper, size_t first,
                       size_t end)
{
	const uint8_t *nodes = sets;
	unsigned sum = 0;
	/* go up while the stretch is longer than a group, take the edges off */
	for (int level = 0; first < end; level++) {
		size_t inner = (first + FOLD - 1) / FOLD, outer = end / FOLD;
		if (level == 0 && upper && outer > upper->levels[0].n)
			outer = upper->levels[0].n;
		bool is_top = !upper || level == UPPERS || inner >= outer;
		if (is_top)
			return (uint8_t)(sum | or_of(nodes + first, end - first));
		sum |= or_of(nodes + first, inner * FOLD - first);
		sum |= or_of(nodes + outer * FOLD, end - outer * FOLD);
		nodes = upper->levels[level].nodes;
		first = inner;
		end = outer;
	}
	return (uint8_t)sum;
}

/* ---- Numbers ---- */

void trace_ranges_fini(struct trace_ranges *ranges)
{
	for (int i = 0; ranges->upper && i < UPPERS; i++)
		free(ranges->upper->levels[i].nodes);
	free(ranges->upper);
	free(ranges->leaves);
	*ranges = (struct trace_ranges){0};
}

static uint8_t bytes_of(int64_t value)
{
	if (value == (int8_t)value)
		return 1;
	if (value == (int16_t)value)
		return 2;
	return value == (int32_t)value ? 4 : 8;
}

static inline int64_t number_at(const void *numbers, uint8_t bytes, size_t i)
{
	switch (bytes) {
	case 1:
		return ((const int8_t *)numbers)[i];
	case 2:
		return ((const int16_t *)numbers)[i];
	case 4:
		return ((const int32_t *)numbers)[i];
	default:
		return ((const int64_t *)numbers)[i];
	}
}

static void put_number(void *numbers, uint8_t bytes, size_t i, int64_t value)
{
	switch (bytes) {
	case 1:
		((int8_t *)numbers)[i] = (int8_t)value;
		break;
	case 2:
		((int16_t *)numbers)[i] = (int16_t)value;
		break;
	case 4:
		((int32_t *)numbers)[i] = (int32_t)value;
		break;
	default:
		((int64_t *)numbers)[i] = value;
	}
}

static inline void add_these(struct trace_range *sum, const void *numbers, uint8_t bytes,
                             size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		int64_t value = number_at(numbers, bytes, i);
		sum->low = value < sum->low ? value : sum->low;
		sum->high = value > sum->high ? value : sum->high;
	}
}

/* Add numbers [first, end); a node counts as two. One loop a size, which the compiler makes of the same function. */
static void add_numbers(struct trace_range *sum, const void *numbers, uint8_t bytes, size_t first,
                        size_t end)
{
	switch (bytes) {
	case 1:
		add_these(sum, numbers, 1, first, end);
		break;
	case 2:
		add_these(sum, numbers, 2, first, end);
		break;
	case 4:
		add_these(sum, numbers, 4, first, end);
		break;
	default:
		add_these(sum, numbers, 8, first, end);
	}
}

/* Return a copy of numbers that gives each more bytes, with room for `cap`; NULL without memory. */
static void *copy_wider(const void *numbers, size_t n, size_t cap, uint8_t bytes, uint8_t wider)
{
	void *copy = malloc(cap * wider);
	for (size_t i = 0; copy && i < n; i++)
		put_number(copy, wider, i, number_at(numbers, bytes, i));
	return copy;
}

/* Give all numbers as many bytes as `value` needs. That happens three times at most. */
static int widen(struct trace_ranges *ranges, uint8_t bytes)
{
	void *copies[UPPERS + 1] = {NULL};
	bool is_done = true;
	for (int i = 0; i <= UPPERS && ranges->bytes > 0; i++) {
		bool is_leaf = i == UPPERS;
		if (!is_leaf && (!ranges->upper || ranges->upper->levels[i].cap == 0))
			continue;
		size_t n = is_leaf ? ranges->n : ranges->upper->levels[i].n * 2;
		size_t cap = is_leaf ? ranges->cap : ranges->upper->levels[i].cap * 2;
		const void *old = is_leaf ? ranges->leaves : ranges->upper->levels[i].nodes;
		copies[i] = cap ? copy_wider(old, n, cap, ranges->bytes, bytes) : NULL;
		is_done = is_done && (copies[i] || cap == 0);
	}
	for (int i = 0; i <= UPPERS; i++) {
		void **numbers = i == UPPERS     ? &ranges->leaves
		                 : ranges->upper ? &ranges->upper->levels[i].nodes
		                                 : NULL;
		if (is_done && copies[i])
			free(*numbers);
		if (is_done && copies[i])
			*numbers = copies[i];
		else
			free(copies[i]);
	}
	if (!is_done)
		return TRACE_ESYSTEM;
	ranges->bytes = bytes;
	return TRACE_OK;
}

/* The newest group of leaves is complete: make its node, and those above that this completes. */
static int fold_ranges(struct trace_ranges *ranges)
{
	const void *below = ranges->leaves;
	size_t n = ranges->n, each = 1;
	if (!ranges->upper)
		ranges->upper = calloc(1, sizeof *ranges->upper);
	if (!ranges->upper)
		return TRACE_ESYSTEM;
	for (int i = 0; i < UPPERS && n % FOLD == 0; i++, each = 2) {
		struct trace_range sum = TRACE_RANGE_NONE;
		size_t *n_nodes = &ranges->upper->levels[i].n;
		if (trace_array_reserve(&ranges->upper->levels[i].nodes, *n_nodes,
		                        &ranges->upper->levels[i].cap, (size_t)ranges->bytes * 2)) {
			while (i-- > 0)
				ranges->upper->levels[i].n--; /* all of them or none */
			return TRACE_ESYSTEM;
		}
		add_numbers(&sum, below, ranges->bytes, (n - FOLD) * each, n * each);
		below = ranges->upper->levels[i].nodes;
		put_number(ranges->upper->levels[i].nodes, ranges->bytes, *n_nodes * 2, sum.low);
		put_number(ranges->upper->levels[i].nodes, ranges->bytes, *n_nodes * 2 + 1,
		           sum.high);
		n = ++*n_nodes;
	}
	return TRACE_OK;
}

int trace_ranges_push_slow(struct trace_ranges *ranges, int64_t value)
{
	uint8_t bytes = bytes_of(value);
	if (bytes > ranges->bytes && widen(ranges, bytes) != TRACE_OK)
		return TRACE_ESYSTEM;
	if (ranges->n == ranges->cap &&
	    trace_array_reserve(&ranges->leaves, ranges->n, &ranges->cap, ranges->bytes))
		return TRACE_ESYSTEM;
	put_number(ranges->leaves, ranges->bytes, ranges->n++, value);
	if (ranges->n % FOLD != 0 || fold_ranges(ranges) == TRACE_OK)
		return TRACE_OK;
	ranges->n--;
	return TRACE_ESYSTEM;
}

struct trace_range trace_ranges_sum(const struct trace_ranges *ranges, size_t first, size_t end)
{
	struct trace_range sum = TRACE_RANGE_NONE;
	const void *numbers = ranges->leaves;
	for (int level = 0; first < end; level++) {
		size_t each = level ? 2 : 1;
		size_t inner = (first + FOLD - 1) / FOLD, outer = end / FOLD;
		bool is_top = !ranges->upper || level == UPPERS || inner >= outer;
		size_t left = is_top ? end : inner * FOLD, right = is_top ? end : outer * FOLD;
		add_numbers(&sum, numbers, ranges->bytes, first * each, left * each);
		add_numbers(&sum, numbers, ranges->bytes, right * each, end * each);
		if (is_top)
			break;
		numbers = ranges->upper->levels[level].nodes;
		first = inner;
		end = outer;
	}
	return sum;
}
