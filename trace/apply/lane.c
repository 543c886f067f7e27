/* How lanes come into being, grow, and go; and what every kind of record may have to say that is wrong.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/apply/apply.h"
#include "trace/array.h"
#include "trace/members.h"

int trace_model_no_memory(struct trace_error *error)
{
	return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read the recording: out of memory");
}

int trace_apply_damaged(const struct trace_applied *a, size_t byte, const char *what, uint32_t id)
{
	if (a->model->gap_ns)
		return TRACE_OK;
	return trace_reader_damage(a->model->reader, trace_model_slot(a->model, a->ordinal), byte,
	                           a->error, "%s %lu", what, (unsigned long)id);
}

int trace_apply_check_task(const struct trace_applied *a, size_t byte, uint32_t id)
{
	if (!id || trace_id_map_get(&a->private->tasks, id) != TRACE_ID_UNKNOWN)
		return TRACE_OK;
	return trace_apply_damaged(a, byte, "unknown task", id);
}

int trace_apply_push(uint32_t **list, size_t *n, size_t *cap, uint32_t value)
{
	if (*n == *cap && trace_array_reserve(list, *n, cap, sizeof **list))
		return -1;
	(*list)[(*n)++] = value;
	return 0;
}

void trace_lane_fini(struct trace_lane *lane)
{
	trace_track_fini(&lane->own);
	trace_track_fini(&lane->notes);
	if (lane->levels)
		trace_ranges_fini(lane->levels);
	if (lane->holders)
		trace_members_fini(lane->holders);
	if (lane->waiters)
		trace_members_fini(lane->waiters);
	free(lane->levels);
	free(lane->holders);
	free(lane->waiters);
	free(lane->scopes);
	free(lane->name);
}

/* Make room for one more lane. They are aligned, which realloc does not keep. */
static int reserve_lane(struct trace_model *m)
{
	size_t *cap = &m->private->lanes_cap;
	if (m->n_lanes < *cap)
		return TRACE_OK;
	size_t larger = *cap ? *cap * 2 : 8;
	struct trace_lane *lanes = aligned_alloc(TRACE_LANE_ALIGN, larger * sizeof *lanes);
	if (!lanes)
		return TRACE_ESYSTEM;
	if (m->n_lanes)
		memcpy(lanes, m->lanes, m->n_lanes * sizeof *lanes);
	free(m->lanes);
	m->lanes = lanes;
	*cap = larger;
	return TRACE_OK;
}

struct trace_lane *trace_apply_add_lane(const struct trace_applied *a, enum trace_lane_kind kind,
                                        uint32_t id, struct trace_id_map *map, const char *name)
{
	struct trace_model *m = a->model;
	if (reserve_lane(m) != TRACE_OK)
		return NULL;
	struct trace_lane *lane = &m->lanes[m->n_lanes];
	*lane = (struct trace_lane){
	        .kind = kind,
	        .id = id,
	        .name = strdup(name),
	        .parent = TRACE_NONE,
	        .born = a->ordinal,
	        .waits_in = TRACE_NONE,
	};
	if (!lane->name || (map && trace_id_map_put(map, id, (uint32_t)m->n_lanes))) {
		free(lane->name);
		return NULL;
	}
	m->n_lanes++;
	return lane;
}

int trace_model_add_loop(struct trace_model *model, struct trace_error *error)
{
	struct trace_applied a = {.model = model, .private = model->private, .error = error};
	if (!trace_apply_add_lane(&a, TRACE_LANE_LOOP, 0, NULL, "loop"))
		return trace_model_no_memory(error);
	return TRACE_OK;
}
