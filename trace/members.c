/* Memberships are stretches of ordinals [enter, leave), sorted by enter. Those that contain a moment are found
 * through nodes over groups of 64 that know when the last of their memberships ended and how many are open, so
 * that whole groups are passed over. Whose membership it is, the event at its beginning says. Rejected: replaying enters and
 * leaves from the beginning (stepping through a long recording would become slower and slower), and snapshots
 * (they cost memory where sets are large).
 *
 * A lane that is in several times leaves its newest membership first. So a membership that began while an older one of the same
 * lane was open lies inside that one, and the older one alone tells that the lane is in.
 */
#include "trace/members.h"

#include <stdbool.h>
#include <stdlib.h>

#include "trace/array.h"
#include "trace/error.h"

#define FOLD 64u
#define NONE UINT32_MAX
#define OUT  (UINT32_MAX - 1) /* in `open`: TRACE_ID_UNKNOWN cannot be put */

struct trace_membership {
	uint32_t enter;
	uint32_t leave; /* NONE while it lasts */
};

struct trace_members_node {
	uint32_t last_leave; /* of those that have ended */
	uint32_t n_open;
};

void trace_members_fini(struct trace_members *members)
{
	for (int i = 0; i < TRACE_MEMBERS_LEVELS; i++)
		free(members->levels[i].nodes);
	free(members->all);
	trace_id_map_fini(&members->open);
	trace_id_map_fini(&members->nested);
	*members = (struct trace_members){0};
}

/* Make node `index` of a level exist. */
static int reach(struct trace_members *m, int level, size_t index)
{
	if (index < m->levels[level].n)
		return TRACE_OK;
	if (trace_array_reserve(&m->levels[level].nodes, index, &m->levels[level].cap,
	                        sizeof *m->levels[level].nodes))
		return TRACE_ESYSTEM;
	m->levels[level].nodes[index] = (struct trace_members_node){0};
	m->levels[level].n = index + 1;
	return TRACE_OK;
}

/* Make the nodes above membership `index` exist; a level that has got a second node gets one above it. */
static int reach_all(struct trace_members *m, size_t index)
{
	if (m->n_levels == 0)
		m->n_levels = 1;
	for (int i = 0; i < m->n_levels; i++)
		if (reach(m, i, index /= FOLD) != TRACE_OK)
			return TRACE_ESYSTEM;
	if (index == 0 || m->n_levels == TRACE_MEMBERS_LEVELS)
		return TRACE_OK;
	int top = m->n_levels;
	if (reach(m, top, 0) != TRACE_OK)
		return TRACE_ESYSTEM;
	struct trace_members_node *node = &m->levels[top].nodes[0];
	for (size_t i = 0; i < m->levels[top - 1].n; i++) {
		const struct trace_members_node *below = &m->levels[top - 1].nodes[i];
		node->n_open += below->n_open;
		if (below->last_leave > node->last_leave)
			node->last_leave = below->last_leave;
	}
	m->n_levels++;
	return TRACE_OK;
}

int trace_members_enter(struct trace_members *members, uint32_t lane, uint32_t ordinal)
{
	struct trace_members *m = members;
	size_t index = m->n;
	if (trace_array_reserve(&m->all, m->n, &m->cap, sizeof *m->all) ||
	    reach_all(m, index) != TRACE_OK)
		return TRACE_ESYSTEM;
	uint32_t older = trace_id_map_get(&m->open, lane);
	bool is_nested = older != TRACE_ID_UNKNOWN && older != OUT;
	if ((is_nested && trace_id_map_put(&m->nested, (uint32_t)index, older) != TRACE_OK) ||
	    trace_id_map_put(&m->open, lane, (uint32_t)index) != TRACE_OK)
		return TRACE_ESYSTEM;
	m->all[m->n++] = (struct trace_membership){ordinal, NONE};
	for (int i = 0; i < m->n_levels; i++)
		m->levels[i].nodes[index /= FOLD].n_open++;
	return TRACE_OK;
}

void trace_members_leave(struct trace_members *members, uint32_t lane, uint32_t ordinal)
{
	struct trace_members *m = members;
	uint32_t newest = trace_id_map_get(&m->open, lane);
	if (newest == TRACE_ID_UNKNOWN || newest == OUT)
		return;
	uint32_t older = trace_id_map_get(&m->nested, newest);
	m->all[newest].leave = ordinal;
	/* it is in: nothing to allocate */
	(void)trace_id_map_put(&m->open, lane, older == TRACE_ID_UNKNOWN ? OUT : older);
	size_t index = newest;
	for (int i = 0; i < m->n_levels; i++) {
		struct trace_members_node *node = &m->levels[i].nodes[index /= FOLD];
		node->n_open--;
		node->last_leave = ordinal;
	}
}

/* A question while it is being answered. */
struct search {
	const struct trace_members *members;
	uint32_t ordinal;
	size_t end; /* memberships before this one have begun */
	uint32_t *entered;
	size_t n, max;
};

static void collect(struct search *s, int level, size_t index)
{
	const struct trace_members *m = s->members;
	if (level < 0) {
		const struct trace_membership *found = &m->all[index];
		if (found->leave <= s->ordinal ||
		    trace_id_map_get(&m->nested, (uint32_t)index) != TRACE_ID_UNKNOWN)
			return;
		if (s->n < s->max)
			s->entered[s->n] = found->enter;
		s->n++;
		return;
	}
	const struct trace_members_node *node = &m->levels[level].nodes[index];
	if (node->n_open == 0 && node->last_leave <= s->ordinal)
		return;
	size_t below = level ? m->levels[level - 1].n : m->n;
	size_t last = (index + 1) * FOLD < below ? (index + 1) * FOLD : below;
	size_t span = 1; /* memberships under one child */
	for (int i = 0; i < level; i++)
		span *= FOLD;
	for (size_t child = index * FOLD; child < last && child * span < s->end; child++)
		collect(s, level - 1, child);
}

size_t trace_members_at(const struct trace_members *members, uint32_t ordinal, uint32_t entered[],
                        size_t max)
{
	size_t low = 0, high = members->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (members->all[middle].enter <= ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	struct search s = {members, ordinal, low, entered, 0, max};
	int top = members->n_levels - 1;
	for (size_t i = 0; top >= 0 && i < members->levels[top].n; i++)
		collect(&s, top, i);
	return s.n;
}
