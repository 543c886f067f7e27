/* The pyramid keeps nothing about single records: those are asked again at the edges of a query, which costs
 * less than a byte a record would in memory. Zoomed out over a million records, a cell asks some hundred nodes.
 */
#include "trace/pyramid.h"

#include <stdlib.h>

#include "trace/array.h"
#include "trace/error.h"

void trace_pyramid_fini(struct trace_pyramid *pyramid)
{
	for (int i = 0; i < TRACE_PYRAMID_LEVELS; i++)
		free(pyramid->levels[i].nodes);
	*pyramid = (struct trace_pyramid){0};
}

struct trace_summary trace_summary_join(struct trace_summary a, struct trace_summary b)
{
	return (struct trace_summary){
	        .seen = a.seen | b.seen,
	        .low = a.low < b.low ? a.low : b.low,
	        .high = a.high > b.high ? a.high : b.high,
	};
}

/* Make node `index` of a level exist. */
static int reach(struct trace_pyramid *p, int level, size_t index)
{
	if (index < p->levels[level].n)
		return TRACE_OK;
	if (trace_array_reserve(&p->levels[level].nodes, index, &p->levels[level].cap,
	                        sizeof *p->levels[level].nodes))
		return TRACE_ESYSTEM;
	p->levels[level].nodes[index] = TRACE_SUMMARY_NONE;
	p->levels[level].n = index + 1;
	return TRACE_OK;
}

int trace_pyramid_add(struct trace_pyramid *pyramid, size_t index, struct trace_summary summary)
{
	for (int i = 0; i < TRACE_PYRAMID_LEVELS; i++) {
		index /= TRACE_PYRAMID_FOLD;
		if (i > 0 && index == 0 && pyramid->levels[i].n == 0 &&
		    pyramid->levels[i - 1].n < 2)
			break; /* one node below: this level would say nothing new */
		size_t known = pyramid->levels[i].n;
		if (reach(pyramid, i, index) != TRACE_OK)
			return TRACE_ESYSTEM;
		struct trace_summary *node = &pyramid->levels[i].nodes[index];
		if (i > 0 && known == 0)
			*node = trace_summary_join(*node, pyramid->levels[i - 1].nodes[0]);
		*node = trace_summary_join(*node, summary);
	}
	return TRACE_OK;
}

struct trace_summary trace_pyramid_query(const struct trace_pyramid *pyramid, size_t first,
                                         size_t end, trace_pyramid_leaf *leaf, const void *context)
{
	struct trace_summary sum = TRACE_SUMMARY_NONE;
	/* level -1 are the records; go up while the stretch is longer than a group, take the edges off */
	for (int level = -1; first < end; level++) {
		const struct trace_summary *nodes = level < 0 ? NULL : pyramid->levels[level].nodes;
		int is_top = level + 1 == TRACE_PYRAMID_LEVELS || pyramid->levels[level + 1].n == 0;
		while (first < end && (is_top || first % TRACE_PYRAMID_FOLD)) {
			sum = trace_summary_join(sum, nodes ? nodes[first] : leaf(context, first));
			first++;
		}
		while (first < end && end % TRACE_PYRAMID_FOLD) {
			end--;
			sum = trace_summary_join(sum, nodes ? nodes[end] : leaf(context, end));
		}
		first /= TRACE_PYRAMID_FOLD;
		end /= TRACE_PYRAMID_FOLD;
	}
	return sum;
}
