/* Binary searches that begin near a guess. In a long recording a probe is a line of memory that is in no cache, so few and near ones count,
 * not the order of growth.
 */
#include "trace/ordinals.h"

size_t trace_ordinals_until(const uint32_t *ordinals, size_t n, uint32_t ordinal)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ordinals[middle] <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Return how many of ordinals[low..high) are below `ordinal`, and those before `low`. */
static size_t search_between(const uint32_t *ordinals, size_t low, size_t high, uint32_t ordinal)
{
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ordinals[middle] < ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t trace_ordinals_below(const uint32_t *ordinals, size_t from, size_t n, uint32_t ordinal,
                            size_t guess)
{
	size_t low = guess < from ? from : guess < n ? guess : n, step = 1;
	if (low > from && ordinals[low - 1] >= ordinal) {
		/* too far: back in growing steps */
		size_t high = low - 1;
		while (high - from >= step && ordinals[high - step] >= ordinal) {
			high -= step;
			step *= 2;
		}
		return search_between(ordinals, high - from >= step ? high - step + 1 : from, high,
		                      ordinal);
	}
	while (low + step <= n && ordinals[low + step - 1] < ordinal) {
		low += step;
		step *= 2;
	}
	return search_between(ordinals, low, low + step < n ? low + step : n, ordinal);
}
