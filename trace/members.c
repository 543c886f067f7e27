/* Memberships are stretches of ordinals [enter, leave), sorted by enter. Those that contain a moment are found
 * through nodes over groups of 64 that know when the last of their memberships ended and how many are open, so
 * that whole groups are passed over. Rejected: replaying enters and leaves from the beginning (stepping through
 * a long recording would become slower and slower), and snapshots (they cost memory where sets are large).
 *
 * A lane that is in several times leaves its newest membership first. So a membership that began while an older one of the same
 * lane was open lies inside that one, and the older one alone tells that the lane is in.
 */
#include "trace/members.h"

#include <stdlib.h>

#include "trace/array.h"
#include "trace/error.h"

#define FOLD 64u
#define NONE UINT32_MAX
#define OUT  (UINT32_MAX - 1) /* in `open`: TRACE_ID_UNKNOWN cannot be put */

struct trace_membership {
	uint32_t lane;
	uint32_t enter;
	uint32_t leave; /* NONE while it lasts */
	uint32_t older; /* membership of the same lane that was open at `enter`, OUT: none */
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

int trace_members_enter(struct trace_members *members, uint32_t lane, uint32_t ordinal)
{
	struct trace_members *m = members;
	size_t index = m->n;
	if (trace_array_reserve(&m->all, m->n, &m->cap, sizeof *m->all))
		return TRACE_ESYSTEM;
	for (int i = 0; i < TRACE_MEMBERS_LEVELS; i++)
		if (reach(m, i, index /= FOLD) != TRACE_OK)
			return TRACE_ESYSTEM;
	uint32_t older = trace_id_map_get(&m->open, lane);
	if (older == TRACE_ID_UNKNOWN)
		older = OUT;
	if (trace_id_map_put(&m->open, lane, (uint32_t)m->n) != TRACE_OK)
		return TRACE_ESYSTEM;
	m->all[m->n] = (struct trace_membership){lane, ordinal, NONE, older};
	index = m->n++;
	for (int i = 0; i < TRACE_MEMBERS_LEVELS; i++)
		m->levels[i].nodes[index /= FOLD].n_open++;
	return TRACE_OK;
}

void trace_members_leave(struct trace_members *members, uint32_t lane, uint32_t ordinal)
{
	uint32_t newest = trace_id_map_get(&members->open, lane);
	if (newest == TRACE_ID_UNKNOWN || newest == OUT)
		return;
	struct trace_membership *m = &members->all[newest];
	m->leave = ordinal;
	(void)trace_id_map_put(&members->open, lane, m->older); /* it is in: nothing to allocate */
	size_t index = newest;
	for (int i = 0; i < TRACE_MEMBERS_LEVELS; i++) {
		struct trace_members_node *node = &members->levels[i].nodes[index /= FOLD];
		node->n_open--;
		node->last_leave = ordinal;
	}
}

/* A question while it is being answered. */
struct search {
	const struct trace_members *members;
	uint32_t ordinal;
	size_t end; /* memberships before this one have begun */
	uint32_t *lanes;
	size_t n, max;
};

static void collect(struct search *s, int level, size_t index)
{
	const struct trace_members *m = s->members;
	if (level < 0) {
		const struct trace_membership *found = &m->all[index];
		if (found->leave <= s->ordinal || found->older != OUT)
			return;
		if (s->n < s->max)
			s->lanes[s->n] = found->lane;
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

size_t trace_members_at(const struct trace_members *members, uint32_t ordinal, uint32_t lanes[],
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
	struct search s = {members, ordinal, low, lanes, 0, max};
	for (size_t i = 0; i < members->levels[TRACE_MEMBERS_LEVELS - 1].n; i++)
		collect(&s, TRACE_MEMBERS_LEVELS - 1, i);
	return s.n;
}
