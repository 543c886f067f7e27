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
	model->names_cols = calloc(1, sizeof *model->names_cols);
	model->title = strdup("");
	model->source = strdup("");
	model->question = strdup("");
	model->policy = strdup("");
	model->lesson = strdup("");
	model->blocked_ns = BLOCKED_NS;
	if (model->private) {
		model->private->blocked_ns = BLOCKED_NS;
		model->private->running = TRACE_NONE;
		model->private->end_slots = UINT64_MAX;
	}
	if (!model->private || !model->names_cols || !model->title || !model->source ||
	    !model->question || !model->policy || !model->lesson ||
	    trace_model_add_loop(model, &error) || trace_model_arrange(model, &error)) {
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
	trace_id_map_fini(&p->vars);
	trace_id_map_fini(&p->var_names);
	for (size_t i = 0; i < model->n_vars; i++) {
		free(model->vars[i].name);
		trace_track_fini(&model->vars[i].uses);
		trace_id_map_fini(&model->vars[i].last_use);
	}
	model->n_vars = model->n_losses = 0;
	model->n_lanes = model->n_scopes = model->n_logs = 0;
	model->status = 0;
	p->n_ordered = p->n_moves = 0;
	p->running = TRACE_NONE;
	trace_moment_fini(&p->moment);
	if (model->names_cols)
		*model->names_cols = (struct trace_memo){0};
	trace_transitions_clear(&p->transitions);
	p->counted_lost = 0;
	model->gap_ns = 0;
}

void trace_model_destroy(struct trace_model *model)
{
	if (!model)
		return;
	if (model->private) {
		reset(model);
		free(model->private->moves);
		trace_events_fini(&model->private->events);
		trace_edges_fini(&model->private->edges);
		trace_edges_fini(&model->private->few_edges);
		trace_seen_rows_fini(model->private);
		trace_transitions_fini(&model->private->transitions);
	}
	trace_model_forget_meta(model);
	trace_reader_close(model->reader);
	free(model->params);
	free(model->metas);
	free(model->title);
	free(model->source);
	free(model->question);
	free(model->policy);
	free(model->lesson);
	free(model->lanes);
	free(model->order);
	free(model->scopes);
	free(model->logs);
	free(model->vars);
	free(model->losses);
	free(model->names_cols);
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

/* ---- Reading ---- */

/* What an update has done so far. */
struct update {
	struct trace_model *model;
	struct trace_error *error; /* the failure that ends it */
	size_t max_events;         /* that are still to be read */
	bool again;                /* what the events made is to be made anew */
};

/* Apply events from `first` on. What cannot be applied, and all that follows, is dropped. */
static int apply_from(struct trace_model *model, size_t first, struct trace_error *error)
{
	struct trace_events *events = &model->private->events;
	for (size_t i = first; i < model->n_events;) {
		uint32_t n = trace_events_run(events, (uint32_t)i), n_applied;
		int rc = trace_model_apply(model, trace_model_event(model, (uint32_t)i), n,
		                           (uint32_t)i, &n_applied, error);
		i += n_applied;
		if (rc == TRACE_OK)
			continue;
		model->n_events = i;
		trace_events_cut(events, i);
		return rc;
	}
	return TRACE_OK;
}

/* Put a slot where it belongs among the events, which is before the last one. */
static int insert(struct trace_model *model, uint32_t slot)
{
	struct trace_events *events = &model->private->events;
	size_t at = events->n;
	while (at > 0 && is_before(model, slot, trace_events_slot(events, (uint32_t)at - 1)))
		at--;
	size_t n_later = events->n - at;
	uint32_t *later = malloc(n_later * sizeof *later);
	for (size_t i = 0; later && i < n_later; i++)
		later[i] = trace_events_slot(events, (uint32_t)(at + i));
	int rc = later ? TRACE_OK : TRACE_ESYSTEM;
	if (rc == TRACE_OK) {
		trace_events_cut(events, at);
		rc = trace_events_push(events, slot, trace_reader_at(model->reader, slot)->t_ns);
	}
	for (size_t i = 0; i < n_later && rc == TRACE_OK; i++)
		rc = trace_events_push(events, later[i],
		                       trace_reader_at(model->reader, later[i])->t_ns);
	free(later);
	return rc;
}

/* Take in slots that the reader has handed out. */
static int take(struct update *u, uint32_t slot, uint32_t n)
{
	struct trace_model *model = u->model;
	struct trace_events *events = &model->private->events;
	const struct trace_record *r = trace_reader_at(model->reader, slot);
	size_t first = events->n;
	int rc = TRACE_OK;
	if (r->kind == TRACE_STRING || r->kind == TRACE_FILE)
		return TRACE_OK;
	if (r->kind == TRACE_META)
		return trace_model_apply_meta(model, slot, u->error);
	if (first + n >= TRACE_NONE)
		return trace_error_set(u->error, TRACE_ESYSTEM, trace_slot_offset(slot),
		                       "cannot read the recording further than %lu events",
		                       (unsigned long)first);
	u->max_events -= n < u->max_events ? n : u->max_events;
	if (first > 0 && is_before(model, slot, events->last_slot)) {
		u->again = true;
		for (uint32_t i = 0; i < n && rc == TRACE_OK; i++)
			rc = is_before(model, slot + i, events->last_slot)
			             ? insert(model, slot + i)
			             : trace_events_push(events, slot + i, r[i].t_ns);
	} else {
		rc = trace_events_push_run(events, slot, r, n);
	}
	if (rc != TRACE_OK)
		trace_events_cut(events, model->n_events);
	if (rc != TRACE_OK)
		return trace_model_no_memory(u->error);
	if (u->again)
		return TRACE_OK;
	model->n_events = events->n;
	return apply_from(model, first, u->error);
}

/* Read what is published, as much as is asked for. */
static int gather(struct update *u)
{
	uint32_t slot, n;
	int rc = TRACE_OK;
	u->model->private->is_behind = false;
	while (u->max_events > 0 &&
	       (rc = trace_reader_run(u->model->reader, &slot, &n, u->error)) == 1) {
		rc = take(u, slot, n);
		if (rc != TRACE_OK)
			return rc;
		u->model->private->is_behind = u->max_events == 0;
	}
	return rc < 0 ? rc : TRACE_OK;
}

/* Forget the events that stood behind the place where the file was cut off. */
static void cut(struct update *u)
{
	struct trace_model *model = u->model;
	uint64_t left = trace_reader_left(model->reader);
	size_t n = 0, n_metas = 0;
	if (left == model->private->end_slots)
		return;
	model->private->end_slots = left;
	while (n < model->private->events.n &&
	       trace_events_slot(&model->private->events, (uint32_t)n) < left)
		n++;
	trace_events_cut(&model->private->events, n);
	while (n_metas < model->n_metas && model->metas[n_metas] < left)
		n_metas++;
	model->n_metas = n_metas;
	u->again = true;
}

/* Make anew what the events make. */
static int rebuild(struct update *u)
{
	struct trace_model *model = u->model;
	reset(model);
	model->n_events = model->private->events.n;
	model->private->blocked_ns = model->blocked_ns;
	int rc = trace_model_add_loop(model, u->error);
	return rc == TRACE_OK ? apply_from(model, 0, u->error) : rc;
}

/* Go on with the file that has taken the place of this one. Returns whether there is one. */
static bool follow(struct update *u)
{
	struct trace_model *model = u->model;
	struct trace_reader *next;
	struct trace_error error;
	if (!trace_reader_is_replaced(model->reader) || model->private->is_lost_track)
		return false;
	if (trace_reader_follow(&next, model->reader, &error) != TRACE_OK) {
		model->private->is_lost_track = true;
		return false;
	}
	trace_reader_close(model->reader);
	model->reader = next;
	model->n_turns++;
	model->private->end_slots = UINT64_MAX;
	trace_events_cut(&model->private->events, 0);
	model->n_events = 0;
	trace_model_forget_meta(model);
	u->again = true;
	return true;
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
	model->private->last_ns =
	        model->private->is_behind ? trace_reader_last_ns(model->reader) : 0;
}

int trace_model_update_some(struct trace_model *model, size_t max_events, struct trace_error *error)
{
	struct trace_model_private *p = model->private;
	struct update u = {model, &p->failure, max_events, model->blocked_ns != p->blocked_ns};
	size_t n_before = model->n_events;
	if (p->failure.code != TRACE_OK) {
		*error = p->failure;
		return error->code;
	}
	int rc = gather(&u);
	if (rc == TRACE_OK && !p->is_behind &&
	    follow(&u)) /* once: the program may turn as fast as we read */
		rc = gather(&u);
	cut(&u);
	if (u.again) {
		int rebuilt = rebuild(&u);
		rc = rebuilt == TRACE_OK ? rc : rebuilt;
	}
	if (u.again || model->n_events != n_before)
		p->edges.n = p->few_edges.n = 0;
	int arranged = model->n_lanes ? trace_model_arrange(model, &p->failure) : TRACE_OK;
	settle(model);
	if (arranged != TRACE_OK)
		rc = arranged;
	if (rc < 0) {
		*error = p->failure;
		return rc;
	}
	if (u.again && n_before > 0)
		return TRACE_REBUILT;
	return model->n_events > n_before || p->is_behind;
}

int trace_model_update(struct trace_model *model, struct trace_error *error)
{
	return trace_model_update_some(model, SIZE_MAX, error);
}

bool trace_model_is_behind(const struct trace_model *model, double *done)
{
	uint64_t all, read;
	*done = 1;
	if (!model->private->is_behind)
		return false;
	read = trace_reader_progress(model->reader, &all);
	*done = all ? (double)read / (double)all : 1;
	return true;
}

uint64_t trace_model_now_ns(const struct trace_model *model)
{
	uint64_t now_ns = model->status ? 0 : trace_reader_now_ns(model->reader);
	return now_ns > model->t_end_ns ? now_ns : model->t_end_ns;
}

uint64_t trace_model_extent_ns(const struct trace_model *model)
{
	uint64_t now_ns = trace_model_now_ns(model), last_ns = model->private->last_ns;
	return last_ns > now_ns ? last_ns : now_ns;
}

const struct trace_record *trace_model_event(const struct trace_model *model, uint32_t ordinal)
{
	return trace_reader_at(model->reader, trace_events_slot(&model->private->events, ordinal));
}

uint32_t trace_model_slot(const struct trace_model *model, uint32_t ordinal)
{
	return trace_events_slot(&model->private->events, ordinal);
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
	if (ordinal == TRACE_NONE || model->n_events == 0)
		return TRACE_NONE;
	if (ordinal >= model->n_events)
		ordinal = (uint32_t)(model->n_events - 1);
	uint32_t first = ordinal - ordinal % TRACE_EVENT_GROUP;
	uint32_t running = p->events.groups[first / TRACE_EVENT_GROUP].running;
	for (uint32_t i = first; i <= ordinal; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind != TRACE_STATE)
			continue;
		uint32_t task = trace_id_map_get(&p->tasks, r->id);
		if (r->sub == TRACE_STATE_RUNNING)
			running = task;
		else if (running == task)
			running = TRACE_NONE;
	}
	return running;
}
