/* The model: reading what is new, keeping events in order, and the questions about the whole.
 *
 * Invariant: events are sorted by (t_ns, writer, slot), and lanes, objects and scopes are what the events up to
 * n_events made them. A record that comes late (from a thread that published it after others had been read) is
 * put where it belongs and everything is built anew: that is rare, and nothing that depends on the order can
 * then be wrong.
 */
#include "trace/model.h"

#include <stdlib.h>
#include <string.h>

#include "trace/array.h"
#include "trace/model_private.h"

#define BLOCKED_NS 100000000u

struct trace_model *trace_model_create(struct trace_reader *reader)
{
	struct trace_model *model = calloc(1, sizeof *model);
	struct trace_error error;
	if (!model)
		return NULL;
	model->private = calloc(1, sizeof *model->private);
	model->title = strdup("");
	model->source = strdup("");
	model->question = strdup("");
	model->policy = strdup("");
	model->lesson = strdup("");
	model->blocked_ns = BLOCKED_NS;
	if (model->private)
		model->private->blocked_ns = BLOCKED_NS;
	if (!model->private || !model->title || !model->source || !model->question ||
	    !model->policy || !model->lesson || trace_model_add_loop(model, &error) ||
	    trace_model_arrange(model, &error)) {
		trace_model_destroy(model);
		return NULL;
	}
	model->reader = reader;
	return model;
}

/* Forget what the events made, but not the events. */
static void reset(struct trace_model *model)
{
	struct trace_model_private *p = model->private;
	for (size_t i = 0; i < model->n_lanes; i++)
		trace_lane_fini(&model->lanes[i]);
	trace_id_map_fini(&p->tasks);
	trace_id_map_fini(&p->objects);
	trace_id_map_fini(&p->workers);
	trace_id_map_fini(&p->scopes);
	model->n_lanes = model->n_scopes = model->n_logs = 0;
	model->status = 0;
	p->n_runs = p->n_ordered = p->n_moves = 0;
	trace_transitions_clear(&p->transitions);
	p->counted_lost = 0;
}

void trace_model_destroy(struct trace_model *model)
{
	if (!model)
		return;
	if (model->private) {
		reset(model);
		free(model->private->runs);
		free(model->private->moves);
		trace_transitions_fini(&model->private->transitions);
	}
	for (size_t i = 0; i < model->n_params; i++) {
		free(model->params[i].name);
		free(model->params[i].value);
	}
	trace_reader_close(model->reader);
	free(model->params);
	free(model->metas);
	free(model->title);
	free(model->source);
	free(model->question);
	free(model->policy);
	free(model->lesson);
	free(model->events);
	free(model->lanes);
	free(model->order);
	free(model->scopes);
	free(model->logs);
	free(model->private);
	free(model);
}

/* Return whether the record in slot `a` belongs before the one in slot `b`. */
static bool is_before(const struct trace_model *model, uint32_t a, uint32_t b)
{
	uint64_t ta = trace_reader_at(model->reader, a)->t_ns;
	uint64_t tb = trace_reader_at(model->reader, b)->t_ns;
	if (ta != tb)
		return ta < tb;
	uint32_t wa = trace_reader_writer(model->reader, a);
	uint32_t wb = trace_reader_writer(model->reader, b);
	return wa != wb ? wa < wb : a < b;
}

/* Put a slot among the events. Returns the ordinal that it got, TRACE_NONE without memory. */
static uint32_t insert(struct trace_model *model, uint32_t slot)
{
	size_t at = model->n_events;
	if (at == TRACE_NONE - 1 ||
	    trace_array_reserve(&model->events, at, &model->private->events_cap,
	                        sizeof *model->events))
		return TRACE_NONE;
	while (at > 0 && is_before(model, slot, model->events[at - 1]))
		at--;
	memmove(&model->events[at + 1], &model->events[at],
	        (model->n_events - at) * sizeof *model->events);
	model->events[at] = slot;
	model->n_events++;
	return (uint32_t)at;
}

/* Read all that is published. Sets `*first_new` to the lowest ordinal that has changed. A failure is kept for
 * later: what came before it is still to be applied. */
static int gather(struct trace_model *model, size_t *first_new, struct trace_error *error)
{
	uint32_t slot;
	int rc;
	while ((rc = trace_reader_next(model->reader, &slot, error)) == 1) {
		const struct trace_record *r = trace_reader_at(model->reader, slot);
		if (r->kind == TRACE_STRING || r->kind == TRACE_FILE)
			continue;
		if (r->kind == TRACE_META) {
			rc = trace_model_apply_meta(model, slot, error);
			if (rc != TRACE_OK)
				return rc;
			continue;
		}
		uint32_t ordinal = insert(model, slot);
		if (ordinal == TRACE_NONE)
			return trace_model_no_memory(error);
		if (ordinal < *first_new)
			*first_new = ordinal;
	}
	return rc;
}

static bool is_transition(const struct trace_record *r)
{
	return r->kind == TRACE_STATE || r->kind == TRACE_CANCEL || r->kind == TRACE_LEVEL ||
	       r->kind == TRACE_WORKER || (r->kind == TRACE_CALL && r->sub == TRACE_PHASE_BEGIN);
}

/* Apply events from `first` on. What cannot be applied, and all that follows, is dropped. */
static int apply_from(struct trace_model *model, size_t first, struct trace_error *error)
{
	for (size_t i = first; i < model->n_events; i++) {
		int rc = trace_model_apply(model, (uint32_t)i, error);
		bool steps = is_transition(trace_model_event(model, (uint32_t)i));
		if (rc == TRACE_OK &&
		    trace_transitions_add(&model->private->transitions, steps) != TRACE_OK)
			rc = trace_model_no_memory(error);
		if (rc == TRACE_OK)
			continue;
		model->n_events = i;
		return rc;
	}
	return TRACE_OK;
}

static void settle(struct trace_model *model)
{
	model->t_end_ns = 0;
	if (model->n_events)
		model->t_end_ns = trace_model_event(model, (uint32_t)(model->n_events - 1))->t_ns;
	model->lost = atomic_load_explicit(&trace_reader_header(model->reader)->lost,
	                                   memory_order_relaxed);
	if (model->lost < model->private->counted_lost)
		model->lost = model->private->counted_lost;
	model->private->now_ns = trace_model_now_ns(model);
}

int trace_model_update(struct trace_model *model, struct trace_error *error)
{
	struct trace_model_private *p = model->private;
	size_t n_before = model->n_events;
	size_t first_new = n_before;
	if (p->failure.code != TRACE_OK) {
		*error = p->failure;
		return error->code;
	}
	int rc = gather(model, &first_new, &p->failure);
	bool again = first_new < n_before || model->blocked_ns != p->blocked_ns;
	if (again) {
		reset(model);
		p->blocked_ns = model->blocked_ns;
		int added = trace_model_add_loop(model, &p->failure);
		rc = added == TRACE_OK ? rc : added;
		first_new = 0;
	}
	int applied = model->n_lanes ? apply_from(model, first_new, &p->failure) : TRACE_OK;
	int arranged = model->n_lanes ? trace_model_arrange(model, &p->failure) : TRACE_OK;
	settle(model);
	if (applied != TRACE_OK)
		rc = applied;
	if (arranged != TRACE_OK)
		rc = arranged;
	if (rc < 0) {
		*error = p->failure;
		return rc;
	}
	if (again && n_before > 0)
		return TRACE_REBUILT;
	return model->n_events > n_before;
}

uint64_t trace_model_now_ns(const struct trace_model *model)
{
	uint64_t now_ns = model->status ? 0 : trace_reader_now_ns(model->reader);
	return now_ns > model->t_end_ns ? now_ns : model->t_end_ns;
}

const struct trace_record *trace_model_event(const struct trace_model *model, uint32_t ordinal)
{
	return trace_reader_at(model->reader, model->events[ordinal]);
}

uint32_t trace_model_at_time(const struct trace_model *model, uint64_t t_ns)
{
	size_t low = 0, high = model->n_events;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (trace_model_event(model, (uint32_t)middle)->t_ns <= t_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? (uint32_t)(low - 1) : TRACE_NONE;
}

uint32_t trace_model_step(const struct trace_model *model, uint32_t ordinal, int step)
{
	uint32_t after = trace_model_rank(model, ordinal);
	if (step > 0)
		return trace_model_transition(model, after);
	uint32_t before = after;
	if (after > 0 && trace_model_transition(model, after - 1) == ordinal)
		before--;
	return before > 0 ? trace_model_transition(model, before - 1) : TRACE_NONE;
}

uint32_t trace_model_rank(const struct trace_model *model, uint32_t ordinal)
{
	return ordinal == TRACE_NONE ? 0
	                             : trace_transitions_before(&model->private->transitions,
	                                                        (size_t)ordinal + 1);
}

uint32_t trace_model_transition(const struct trace_model *model, uint32_t index)
{
	return trace_transitions_at(&model->private->transitions, index);
}

uint32_t trace_model_lane(const struct trace_model *model, enum trace_lane_kind kind, uint32_t id)
{
	const struct trace_model_private *p = model->private;
	switch (kind) {
	case TRACE_LANE_LOOP:
		return 0;
	case TRACE_LANE_TASK:
		return trace_id_map_get(&p->tasks, id);
	case TRACE_LANE_WORKER:
		return trace_id_map_get(&p->workers, id);
	case TRACE_LANE_OBJECT:
		return trace_id_map_get(&p->objects, id);
	default:
		return TRACE_NONE;
	}
}

size_t trace_model_string(const struct trace_model *model, uint32_t id, char *text,
                          size_t text_bytes)
{
	return trace_reader_string(model->reader, id, text, text_bytes);
}

uint32_t trace_model_where(const struct trace_model *model, uint32_t where, char *file,
                           size_t file_bytes)
{
	uint32_t name = trace_reader_file(model->reader, TRACE_WHERE_FILE(where));
	if (!name && file_bytes)
		file[0] = '\0';
	if (!name)
		return 0;
	trace_model_string(model, name, file, file_bytes);
	return TRACE_WHERE_LINE(where);
}

uint32_t trace_model_running(const struct trace_model *model, uint32_t ordinal)
{
	const struct trace_model_private *p = model->private;
	if (ordinal == TRACE_NONE)
		return TRACE_NONE;
	size_t n = trace_ordinals_until(p->runs, p->n_runs, ordinal);
	if (n == 0)
		return TRACE_NONE;
	uint32_t began = p->runs[n - 1];
	uint32_t task = trace_id_map_get(&p->tasks, trace_model_event(model, began)->id);
	const struct trace_lane *lane = &model->lanes[task];
	return lane->ordinals[trace_lane_at(lane, ordinal)] == began ? task : TRACE_NONE;
}
