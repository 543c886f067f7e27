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

struct span {
	int32_t low, high;
};

struct trace_ranges_upper {
	struct {
		struct span *nodes;
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

static void widen(struct span *span, int32_t low, int32_t high)
{
	span->low = low < span->low ? low : span->low;
	span->high = high > span->high ? high : span->high;
}

static void add_leaves(struct span *sum, const int32_t *leaves, size_t n)
{
	for (size_t i = 0; i < n; i++)
		widen(sum, leaves[i], leaves[i]);
}

static void add_spans(struct span *sum, const struct span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++)
		widen(sum, spans[i].low, spans[i].high);
}

static int fold_ranges(struct trace_ranges *ranges)
{
	size_t n = ranges->n;
	if (!ranges->upper)
		ranges->upper = calloc(1, sizeof *ranges->upper);
	if (!ranges->upper)
		return TRACE_ESYSTEM;
	for (int i = 0; i < UPPERS && n % FOLD == 0; i++) {
		struct span sum = {INT32_MAX, INT32_MIN};
		if (trace_array_reserve(&ranges->upper->levels[i].nodes, ranges->upper->levels[i].n,
		                        &ranges->upper->levels[i].cap, sizeof sum))
			return TRACE_ESYSTEM;
		if (i == 0)
			add_leaves(&sum, ranges->leaves + n - FOLD, FOLD);
		else
			add_spans(&sum, ranges->upper->levels[i - 1].nodes + n - FOLD, FOLD);
		ranges->upper->levels[i].nodes[ranges->upper->levels[i].n++] = sum;
		n = ranges->upper->levels[i].n;
	}
	return TRACE_OK;
}

int trace_ranges_push_slow(struct trace_ranges *ranges, int64_t value)
{
	int64_t kept = value < INT32_MIN ? INT32_MIN : value > INT32_MAX ? INT32_MAX : value;
	ranges->is_wide |= kept != value;
	if (ranges->n == ranges->cap &&
	    trace_array_reserve(&ranges->leaves, ranges->n, &ranges->cap, sizeof *ranges->leaves))
		return TRACE_ESYSTEM;
	ranges->leaves[ranges->n++] = (int32_t)kept;
	return ranges->n % FOLD == 0 ? fold_ranges(ranges) : TRACE_OK;
}

struct trace_range trace_ranges_sum(const struct trace_ranges *ranges, size_t first, size_t end)
{
	struct span sum = {INT32_MAX, INT32_MIN};
	const struct span *nodes = NULL;
	for (int level = 0; first < end; level++) {
		size_t inner = (first + FOLD - 1) / FOLD, outer = end / FOLD;
		bool is_top = !ranges->upper || level == UPPERS || inner >= outer;
		size_t left = is_top ? end : inner * FOLD, right = is_top ? end : outer * FOLD;
		if (nodes) {
			add_spans(&sum, nodes + first, left - first);
			add_spans(&sum, nodes + right, end - right);
		} else {
			add_leaves(&sum, ranges->leaves + first, left - first);
			add_leaves(&sum, ranges->leaves + right, end - right);
		}
		if (is_top)
			break;
		nodes = ranges->upper->levels[level].nodes;
		first = inner;
		end = outer;
	}
	if (sum.low > sum.high)
		return TRACE_RANGE_NONE;
	return (struct trace_range){sum.low, sum.high};
}
