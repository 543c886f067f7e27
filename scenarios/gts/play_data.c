/* Operations on queues, futures and variables. */
#include "scenarios/gts/machine.h"

/* ---- Queues ---- */

static int take(struct gts_step *step, struct gt_queue *queue)
{
	intptr_t item;
	int rc = step->node->op->id == GTS_OP_GET ? gt_queue_get(queue, &item)
	                                          : gt_queue_get_nowait(queue, &item);
	if (rc == 0)
		gts_text_add_number(gts_result(step), item);
	return rc;
}

/* ---- Futures: their values are words of the program ---- */

static int set_future(const struct gts_step *step, struct gt_future *future)
{
	return gt_future_set(future, (intptr_t)step->node->words[2].text);
}

static int wait_for_future(struct gts_step *step, struct gt_future *future)
{
	intptr_t value = 0;
	int rc = gt_future_await(future, &value);
	if (rc == 0)
		gts_text_add(gts_result(step), (const char *)value);
	return rc;
}

/* ---- Variables: what a task writes may build on what it read last, however old that is by then ---- */

static int read_var(struct gts_step *step, struct gts_thing *thing)
{
	step->actor->last_read = thing->value;
	gt_var_read(thing->object->name, thing->value);
	gts_text_add_number(gts_result(step), thing->value);
	return 0;
}

static int write_var(struct gts_step *step, struct gts_thing *thing)
{
	int64_t value = gts_arg(step, 1);
	if (step->node->args[1].is_relative)
		value += step->actor->last_read;
	thing->value = value;
	gt_var_write(thing->object->name, value);
	gts_text_add_number(gts_result(step), value);
	return 0;
}

int gts_play_data(struct gts_step *step)
{
	struct gts_thing *thing = gts_thing(step);
	switch (step->node->op->id) {
	case GTS_OP_PUT:
		return gt_queue_put(thing->is.queue, (intptr_t)gts_arg(step, 1));
	case GTS_OP_PUT_NOWAIT:
		return gt_queue_put_nowait(thing->is.queue, (intptr_t)gts_arg(step, 1));
	case GTS_OP_GET:
	case GTS_OP_GET_NOWAIT:
		return take(step, thing->is.queue);
	case GTS_OP_TASK_DONE:
		return gt_queue_task_done(thing->is.queue);
	case GTS_OP_JOIN:
		return gt_queue_join(thing->is.queue);
	case GTS_OP_FSET:
		return set_future(step, thing->is.future);
	case GTS_OP_FRAISE:
		return gt_future_fail(thing->is.future, step->node->words[2].text, "");
	case GTS_OP_FCANCEL:
		gts_result_bool(step, gt_future_cancel(thing->is.future));
		return 0;
	case GTS_OP_FWAIT:
		return wait_for_future(step, thing->is.future);
	case GTS_OP_READ:
		return read_var(step, thing);
	default:
		return write_var(step, thing);
	}
}
