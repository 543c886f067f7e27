/* Pairing by name and count, then one walk through both recordings in step.
 *
 * Lanes are paired with two sorted lists, since a recording may have a hundred thousand tasks of one name; ids would not do,
 * because one more task early in one run would shift all that follow.
 */
#include "trace/analysis/compare.h"

#include <stdlib.h>
#include <string.h>

/* ---- Which lanes are partners ---- */

struct entry {
	const char *name;
	uint32_t kind, lane;
	uint32_t nth; /* among the lanes of that kind and name */
};

static int compare_names(const struct entry *x, const struct entry *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int compare_entries(const void *x, const void *y)
{
	const struct entry *p = x, *q = y;
	int by_name = compare_names(p, q);
	if (by_name != 0)
		return by_name;
	return p->lane < q->lane ? -1 : p->lane > q->lane;
}

/* Return the lanes sorted by kind, name and age, or NULL when out of memory. */
static struct entry *sorted_lanes(const struct trace_model *model)
{
	struct entry *entries = malloc((model->n_lanes + 1) * sizeof *entries);
	if (entries == NULL)
		return NULL;
	for (uint32_t i = 0; i < model->n_lanes; i++)
		entries[i] = (struct entry){.name = model->lanes[i].name,
		                            .kind = model->lanes[i].kind,
		                            .lane = i};
	qsort(entries, model->n_lanes, sizeof *entries, compare_entries);
	for (size_t i = 1; i < model->n_lanes; i++) {
		bool is_same = compare_names(&entries[i - 1], &entries[i]) == 0;
		entries[i].nth = is_same ? entries[i - 1].nth + 1 : 0;
	}
	return entries;
}

static void pair(struct trace_compare *compare, const struct entry *of_a, const struct entry *of_b)
{
	size_t i = 0, k = 0;
	while (i < compare->a->n_lanes && k < compare->b->n_lanes) {
		int order = compare_names(&of_a[i], &of_b[k]);
		if (order == 0 && of_a[i].nth != of_b[k].nth)
			order = of_a[i].nth < of_b[k].nth ? -1 : 1;
		if (order == 0) {
			compare->b_of_a[of_a[i].lane] = of_b[k].lane;
			compare->a_of_b[of_b[k].lane] = of_a[i].lane;
			compare->n_paired++;
		}
		i += order <= 0;
		k += order >= 0;
	}
}

static uint32_t *no_partners(size_t n)
{
	uint32_t *partners = malloc((n + 1) * sizeof *partners);
	for (size_t i = 0; partners != NULL && i < n; i++)
		partners[i] = TRACE_NONE;
	return partners;
}

static int pair_lanes(struct trace_compare *compare)
{
	struct entry *of_a = sorted_lanes(compare->a), *of_b = sorted_lanes(compare->b);
	compare->b_of_a = no_partners(compare->a->n_lanes);
	compare->a_of_b = no_partners(compare->b->n_lanes);
	bool has_all =
	        of_a != NULL && of_b != NULL && compare->b_of_a != NULL && compare->a_of_b != NULL;
	if (has_all)
		pair(compare, of_a, of_b);
	free(of_a);
	free(of_b);
	return has_all ? 0 : -1;
}

/* ---- Whether two events are the same ---- */

static bool counts(const struct trace_record *record)
{
	return record->kind == TRACE_TASK || record->kind == TRACE_STATE ||
	       record->kind == TRACE_CANCEL || record->kind == TRACE_LEVEL ||
	       record->kind == TRACE_VAR || record->kind == TRACE_LOG || record->kind == TRACE_END;
}

/* Return the next ordinal from `from` on that counts, TRACE_NONE behind the last. */
static uint32_t next_that_counts(const struct trace_model *model, uint32_t from)
{
	while (from < model->n_events && !counts(trace_model_event(model, from)))
		from++;
	return from < model->n_events ? from : TRACE_NONE;
}

static bool is_partner(const struct trace_compare *compare, enum trace_lane_kind kind, uint32_t a,
                       uint32_t b)
{
	if (a == 0 || b == 0)
		return a == b;
	uint32_t lane = trace_model_lane(compare->a, kind, a);
	uint32_t partner = trace_model_lane(compare->b, kind, b);
	return lane != TRACE_NONE && partner != TRACE_NONE && compare->b_of_a[lane] == partner;
}

static bool is_same_text(const struct trace_compare *compare, uint32_t a, uint32_t b)
{
	char of_a[TRACE_STRING_MAX_BYTES + 1], of_b[TRACE_STRING_MAX_BYTES + 1];
	if (a == 0 || b == 0)
		return a == b;
	trace_model_string(compare->a, a, of_a, sizeof of_a);
	trace_model_string(compare->b, b, of_b, sizeof of_b);
	return strcmp(of_a, of_b) == 0;
}

static bool is_same_state(const struct trace_compare *compare, const struct trace_record *a,
                          const struct trace_record *b)
{
	if (a->sub != b->sub || a->arg != b->arg ||
	    !is_partner(compare, TRACE_LANE_TASK, a->id, b->id))
		return false;
	if (a->sub == TRACE_STATE_READY)
		return is_partner(compare, TRACE_LANE_TASK, a->b, b->b);
	if (a->sub == TRACE_STATE_DONE)
		return is_same_text(compare, a->a, b->a);
	if (a->sub != TRACE_STATE_WAITING)
		return true;
	bool on_task = trace_on_is_task(a->arg & ~TRACE_TIMED);
	if (!is_partner(compare, on_task ? TRACE_LANE_TASK : TRACE_LANE_OBJECT, a->a, b->a))
		return false;
	return !compare->is_timed || (a->b == b->b && a->c == b->c);
}

static bool is_same(const struct trace_compare *compare, const struct trace_record *a,
                    const struct trace_record *b)
{
	if (a->kind != b->kind || (compare->is_timed && a->t_ns != b->t_ns))
		return false;
	switch (a->kind) {
	case TRACE_STATE:
		return is_same_state(compare, a, b);
	case TRACE_LEVEL:
		return is_partner(compare, TRACE_LANE_OBJECT, a->id, b->id) && a->a == b->a &&
		       a->b == b->b && a->c == b->c;
	case TRACE_LOG:
		return is_partner(compare, TRACE_LANE_TASK, a->id, b->id) &&
		       is_same_text(compare, a->a, b->a);
	case TRACE_VAR:
		return is_partner(compare, TRACE_LANE_TASK, a->id, b->id) && a->sub == b->sub &&
		       a->b == b->b && a->c == b->c && is_same_text(compare, a->a, b->a);
	case TRACE_END:
		return a->sub == b->sub;
	default: /* TASK, CANCEL */
		return a->sub == b->sub && is_partner(compare, TRACE_LANE_TASK, a->id, b->id);
	}
}

/* ---- The walk ---- */

static uint64_t earlier_ns(const struct trace_compare *compare)
{
	uint64_t a_ns = UINT64_MAX, b_ns = UINT64_MAX;
	if (compare->first_a != TRACE_NONE)
		a_ns = trace_model_event(compare->a, compare->first_a)->t_ns;
	if (compare->first_b != TRACE_NONE)
		b_ns = trace_model_event(compare->b, compare->first_b)->t_ns;
	return a_ns < b_ns ? a_ns : b_ns;
}

static void find_first_difference(struct trace_compare *compare)
{
	uint32_t at_a = next_that_counts(compare->a, 0), at_b = next_that_counts(compare->b, 0);
	while (at_a != TRACE_NONE && at_b != TRACE_NONE &&
	       is_same(compare, trace_model_event(compare->a, at_a),
	               trace_model_event(compare->b, at_b))) {
		at_a = next_that_counts(compare->a, at_a + 1);
		at_b = next_that_counts(compare->b, at_b + 1);
	}
	compare->differs = at_a != TRACE_NONE || at_b != TRACE_NONE;
	compare->first_a = at_a;
	compare->first_b = at_b;
	compare->first_ns = compare->differs ? earlier_ns(compare) : compare->a->t_end_ns;
}

int trace_compare_init(struct trace_compare *compare, const struct trace_model *a,
                       const struct trace_model *b)
{
	*compare = (struct trace_compare){.a = a, .b = b};
	compare->is_timed = trace_reader_header(a->reader)->clock != TRACE_CLOCK_REAL &&
	                    trace_reader_header(b->reader)->clock != TRACE_CLOCK_REAL;
	if (pair_lanes(compare) != 0) {
		trace_compare_fini(compare);
		return -1;
	}
	find_first_difference(compare);
	return 0;
}

void trace_compare_fini(struct trace_compare *compare)
{
	free(compare->b_of_a);
	free(compare->a_of_b);
	*compare = (struct trace_compare){.first_a = TRACE_NONE, .first_b = TRACE_NONE};
}
