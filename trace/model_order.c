/* The order in which lanes are drawn: the loop, the tasks as a tree (each parent before its children, siblings
 * by creation), workers, objects. Made anew when lanes were added; a walk without recursion, since a damaged
 * file may nest tasks a million deep.
 */
#include <stdlib.h>

#include "trace/model_private.h"

struct family {
	uint32_t first_child, last_child, next_sibling;
};

/* Chain every task to its parent; tasks without a parent lane are children of the loop, lane 0. */
static void link_families(const struct trace_model *model, struct family *families)
{
	for (size_t i = 0; i < model->n_lanes; i++)
		families[i] = (struct family){TRACE_NONE, TRACE_NONE, TRACE_NONE};
	for (uint32_t i = 1; i < model->n_lanes; i++) {
		const struct trace_lane *lane = &model->lanes[i];
		if (lane->kind != TRACE_LANE_TASK)
			continue;
		struct family *parent = &families[lane->parent == TRACE_NONE ? 0 : lane->parent];
		if (parent->first_child == TRACE_NONE)
			parent->first_child = i;
		else
			families[parent->last_child].next_sibling = i;
		parent->last_child = i;
	}
}

static uint32_t parent_of(const struct trace_model *model, uint32_t lane)
{
	uint32_t parent = model->lanes[lane].parent;
	return parent == TRACE_NONE ? 0 : parent;
}

/* Write the loop and all tasks. Returns how many. */
static size_t walk_tasks(const struct trace_model *model, const struct family *families,
                         uint32_t *order)
{
	size_t n = 0;
	uint32_t at = 0;
	order[n++] = 0;
	for (;;) {
		uint32_t next = families[at].first_child;
		while (next == TRACE_NONE && at != 0) {
			next = families[at].next_sibling;
			at = parent_of(model, at);
		}
		if (next == TRACE_NONE)
			return n;
		order[n++] = at = next;
	}
}

/* Append the objects that are coroutines that were awaited, or those that are not. Returns the new length. */
static size_t put_objects(struct trace_model *model, size_t n, bool awaited)
{
	for (uint32_t i = 0; i < model->n_lanes; i++)
		if (model->lanes[i].kind == TRACE_LANE_OBJECT && model->lanes[i].awaited == awaited)
			model->order[n++] = i;
	return n;
}

int trace_model_arrange(struct trace_model *model, struct trace_error *error)
{
	struct trace_model_private *p = model->private;
	if (p->n_ordered == model->n_lanes)
		return TRACE_OK;
	struct family *families = malloc(model->n_lanes * sizeof *families);
	if (p->order_cap < model->n_lanes) {
		uint32_t *order = realloc(model->order, p->lanes_cap * sizeof *order);
		if (order) {
			model->order = order;
			p->order_cap = p->lanes_cap;
		}
	}
	if (!families || p->order_cap < model->n_lanes) {
		free(families);
		return trace_model_no_memory(error);
	}
	link_families(model, families);
	size_t n = walk_tasks(model, families, model->order);
	free(families);
	for (uint32_t i = 0; i < model->n_lanes; i++)
		if (model->lanes[i].kind == TRACE_LANE_WORKER)
			model->order[n++] = i;
	n = put_objects(model, n, false);
	model->n_drawn = n;
	put_objects(model, n, true);
	p->n_ordered = model->n_lanes;
	return TRACE_OK;
}
