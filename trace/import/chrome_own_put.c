/* Our own Chrome traces, written: in the order of the recording, each task and object named before it is used. */
#include "trace/import/chrome_own.h"

/* Write the task if it is not there yet, those above it first. A circle of parents is cut. */
static int need_task(struct trace_chrome *c, uint64_t t_ns, uint32_t id)
{
	struct trace_chrome_things *tasks = &c->own->tasks;
	while (id && !trace_sink_has_task(c->sink, id)) {
		uint32_t top = id, left = 0;
		struct trace_chrome_thing *task;
		for (;;) {
			task = trace_chrome_thing(tasks, top);
			if (!task)
				return TRACE_ESYSTEM;
			if (!task->parent || trace_sink_has_task(c->sink, task->parent))
				break;
			if (++left > tasks->n) { /* a circle */
				task->parent = 0;
				break;
			}
			top = task->parent;
		}
		int rc = trace_sink_put(c->sink, (struct trace_record){.t_ns = t_ns,
		                                                       .kind = TRACE_TASK,
		                                                       .id = task->id,
		                                                       .a = task->name,
		                                                       .b = task->parent,
		                                                       .d = task->where});
		if (rc != TRACE_OK)
			return rc;
	}
	return TRACE_OK;
}

static int need_object(struct trace_chrome *c, uint64_t t_ns, uint32_t id)
{
	if (trace_sink_has_object(c->sink, id) ||
	    trace_id_map_get(&c->own->objects.index, id) == TRACE_ID_UNKNOWN)
		return TRACE_OK;
	const struct trace_chrome_thing *object = trace_chrome_thing(&c->own->objects, id);
	return trace_sink_put(c->sink, (struct trace_record){.t_ns = t_ns,
	                                                     .kind = TRACE_OBJECT,
	                                                     .id = id,
	                                                     .a = object->name,
	                                                     .sub = object->kind});
}

static int end_iteration(struct trace_chrome *c)
{
	struct trace_chrome_own *own = c->own;
	uint64_t t_ns = own->iteration_ends;
	if (!own->is_open)
		return TRACE_OK;
	own->is_open = false;
	if (t_ns < c->sink->pen.t_ns)
		t_ns = c->sink->pen.t_ns;
	return trace_sink_put(c->sink, (struct trace_record){.t_ns = t_ns,
	                                                     .kind = TRACE_TICK,
	                                                     .sub = TRACE_PHASE_END});
}

static int begin_iteration(struct trace_chrome *c, const struct trace_record *r)
{
	c->own->is_open = !r->a;
	c->own->iteration_ends = trace_join(r->b, r->c);
	return trace_sink_put(c->sink, (struct trace_record){.t_ns = r->t_ns,
	                                                     .kind = TRACE_TICK,
	                                                     .sub = TRACE_PHASE_BEGIN,
	                                                     .a = c->own->queue_length});
}

/* Write what the record names, if it is not known yet. */
static int need(struct trace_chrome *c, const struct trace_record *r)
{
	int rc = TRACE_OK;
	bool is_waiting = r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING;
	if (r->kind == TRACE_LEVEL)
		return need_object(c, r->t_ns, r->id);
	if (r->kind == TRACE_HOLD) {
		rc = need_object(c, r->t_ns, r->id);
		return rc ? rc : need_task(c, r->t_ns, r->a);
	}
	if (r->kind == TRACE_WORKER || r->kind == TRACE_MARK)
		return TRACE_OK;
	if (r->kind == TRACE_CANCEL)
		rc = need_task(c, r->t_ns, r->a);
	else if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_READY)
		rc = need_task(c, r->t_ns, r->b);
	else if (is_waiting && r->a && !trace_on_is_task(r->arg & ~TRACE_TIMED))
		rc = need_object(c, r->t_ns, r->a);
	return rc ? rc : need_task(c, r->t_ns, r->id);
}

static int put(void *arg, const struct trace_sorted *item)
{
	struct trace_chrome *c = arg;
	const struct trace_record *r = &item->r;
	int rc = trace_chrome_count(c);
	if (rc != TRACE_OK)
		return rc;
	if (r->kind == TRACE_CHROME_QUEUE_LENGTH) {
		c->own->queue_length = r->a;
		return TRACE_OK;
	}
	if (c->own->is_open &&
	    (r->t_ns > c->own->iteration_ends || r->kind == TRACE_CHROME_ITERATION))
		rc = end_iteration(c);
	if (rc == TRACE_OK && r->kind == TRACE_CHROME_ITERATION)
		return begin_iteration(c, r);
	if (rc == TRACE_OK)
		rc = need(c, r);
	return rc ? rc : trace_sink_put(c->sink, *r);
}

int trace_chrome_finish_own(struct trace_chrome *c)
{
	if (!c->own)
		return TRACE_OK; /* a recording without events */
	int rc = trace_sorter_drain(&c->sorter, put, c);
	if (rc == TRACE_OK)
		rc = end_iteration(c);
	uint64_t t_ns = c->end_ns > c->sink->pen.t_ns ? c->end_ns : c->sink->pen.t_ns;
	if (rc == TRACE_OK && c->status)
		rc = trace_sink_put(c->sink, (struct trace_record){.t_ns = t_ns,
		                                                   .kind = TRACE_END,
		                                                   .sub = c->status});
	if (rc == TRACE_OK)
		return TRACE_OK;
	return trace_error_set(c->pull.error, rc, 0, "cannot read '%s': %s", c->pull.input->name,
	                       c->sink->flaw[0] ? c->sink->flaw : "out of memory");
}
