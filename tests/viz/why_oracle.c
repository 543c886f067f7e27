/* The records, played back: one function a kind, lists that are searched from the front.
 */
#include "tests/viz/why_oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void why_begin(struct why *why, const struct trace_model *model)
{
	*why = (struct why){.model = model};
	why->is_fifo = model->policy[0] == '\0' || strcmp(model->policy, "fifo") == 0;
	why->tasks = calloc(WHY_MAX, sizeof *why->tasks);
	why->objects = calloc(WHY_MAX, sizeof *why->objects);
	if (why->tasks == NULL || why->objects == NULL)
		abort();
}

void why_end(struct why *why)
{
	free(why->tasks);
	free(why->objects);
}

struct why_task *why_task(struct why *why, uint32_t id)
{
	for (size_t i = 0; i < why->n_tasks; i++)
		if (why->tasks[i].id == id)
			return &why->tasks[i];
	return NULL;
}

struct why_object *why_object(struct why *why, uint32_t id)
{
	for (size_t i = 0; i < why->n_objects; i++)
		if (why->objects[i].id == id)
			return &why->objects[i];
	return NULL;
}

static void name_it(struct why *why, char *name, uint32_t string, const char *kind, uint32_t id)
{
	if (trace_model_string(why->model, string, name, WHY_NAME_BYTES) == 0)
		snprintf(name, WHY_NAME_BYTES, "%s-%u", kind, (unsigned)id);
}

static void play_task(struct why *why, const struct trace_record *r)
{
	struct why_task *task = &why->tasks[why->n_tasks++];
	task->id = r->id;
	name_it(why, task->name, r->a, "Task", r->id);
}

static void play_object(struct why *why, const struct trace_record *r)
{
	struct why_object *object = &why->objects[why->n_objects++];
	object->id = r->id;
	object->capacity = (int64_t)trace_join(r->b, r->c);
	name_it(why, object->name, r->a, trace_object_kind_name(r->sub), r->id);
}

static void play_state(struct why *why, const struct trace_record *r)
{
	struct why_task *task = why_task(why, r->id);
	task->before = task->state;
	task->state = *r;
	task->since = why->n_seen;
	if (r->sub == TRACE_STATE_RUNNING)
		task->stillborn = r->arg & TRACE_STILLBORN;
	if (r->sub == TRACE_STATE_RUNNING)
		task->n_awaited = 0; /* what it waits for next is still to be said */
}

static void play_hold(struct why *why, const struct trace_record *r)
{
	struct why_object *object = why_object(why, r->id);
	if (r->sub) {
		object->holders[object->n_holders++] = r->a;
		return;
	}
	for (size_t i = object->n_holders; i > 0; i--) {
		if (object->holders[i - 1] != r->a)
			continue;
		memmove(&object->holders[i - 1], &object->holders[i],
		        (object->n_holders - i) * sizeof object->holders[0]);
		object->n_holders--;
		return;
	}
}

static void play_scope(struct why *why, const struct trace_record *r)
{
	struct why_task *task = why_task(why, r->id);
	size_t i = 0;
	if (task == NULL)
		return;
	while (i < task->n_scopes && task->scopes[i].id != r->a)
		i++;
	if (!(r->arg & 1)) { /* closed, whatever was left open in it too */
		task->n_scopes = i < task->n_scopes ? i : task->n_scopes;
		return;
	}
	task->scopes[i] =
	        (struct why_scope){r->a, r->sub,
	                           r->arg & TRACE_TIMED ? trace_join(r->b, r->c) : UINT64_MAX};
	if (i == task->n_scopes)
		task->n_scopes++;
}

/* The loop asks for an end when a timeout is over, or when the first task is. */
static void note_canceller(struct why *why, struct why_task *task, const struct trace_record *r)
{
	const struct why_task *by = why_task(why, r->a);
	const char *who = "the loop";
	if (why->tasks[0].state.sub == TRACE_STATE_DONE)
		who = NULL;
	for (size_t i = 0; i < task->n_scopes; i++)
		if (task->scopes[i].kind == TRACE_SCOPE_TIMEOUT &&
		    task->scopes[i].deadline_ns <= r->t_ns)
			who = "its timeout";
	if (by != NULL)
		who = by->name;
	if (who != NULL)
		snprintf(task->canceller, sizeof task->canceller, "%s", who);
	else
		snprintf(task->canceller, sizeof task->canceller, "the end of %s",
		         why->tasks[0].name);
}

static void play_cancel(struct why *why, const struct trace_record *r)
{
	struct why_task *task = why_task(why, r->id);
	task->cancel = *r;
	if (r->sub != TRACE_CANCEL_REQUESTED)
		return;
	task->request = *r;
	note_canceller(why, task, r);
}

static void play_worker(struct why *why, const struct trace_record *r)
{
	size_t i = 0;
	while (i < why->n_workers && why->workers[i].id != r->id)
		i++;
	why->workers[i].id = r->id;
	why->workers[i].task = r->sub == TRACE_WORKER_IDLE ? 0 : r->a;
	if (i == why->n_workers)
		why->n_workers++;
}

static void play(struct why *why, const struct trace_record *r)
{
	struct why_task *task = why_task(why, r->id);
	struct why_object *object = why_object(why, r->id);
	if (r->kind == TRACE_TASK)
		play_task(why, r);
	else if (r->kind == TRACE_OBJECT)
		play_object(why, r);
	else if (r->kind == TRACE_STATE)
		play_state(why, r);
	else if (r->kind == TRACE_AWAIT)
		task->awaited[task->n_awaited++] = r->a;
	else if (r->kind == TRACE_HOLD)
		play_hold(why, r);
	else if (r->kind == TRACE_SCOPE)
		play_scope(why, r);
	else if (r->kind == TRACE_CANCEL)
		play_cancel(why, r);
	else if (r->kind == TRACE_WORKER)
		play_worker(why, r);
	else if (r->kind == TRACE_ERROR)
		task->never_retrieved = true;
	if (r->kind == TRACE_LEVEL) {
		object->level = (int64_t)trace_join(r->b, r->c);
		object->has_level = true;
	}
}

bool why_next(struct why *why)
{
	if (why->n_seen >= why->model->n_events || why->n_tasks + 1 >= WHY_MAX ||
	    why->n_objects + 1 >= WHY_MAX)
		return false;
	const struct trace_record r = *trace_model_event(why->model, why->n_seen);
	play(why, &r);
	why->n_seen++;
	return true;
}
