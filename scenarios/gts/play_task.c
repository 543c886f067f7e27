/* Operations on tasks: starting them, waiting for them, cancelling them. A handle that stands for no task makes them say `unbound`. */
#include <stdlib.h>

#include "scenarios/gts/machine.h"

/* Tasks that one operation is about, and the handles under which it found them. */
struct tasks {
	size_t n;
	struct gt_task *tasks[GTS_HANDLES_MAX];
	struct gts_actor *actors[GTS_HANDLES_MAX];
	size_t handles[GTS_HANDLES_MAX];
};

static struct gts_actor *actor_of(const struct gts_step *step, size_t arg)
{
	return step->actor->machine->slots[step->node->args[arg].index].actor;
}

static bool has_handle(const struct tasks *tasks, size_t handle)
{
	for (size_t i = 0; i < tasks->n; i++)
		if (tasks->handles[i] == handle)
			return true;
	return false;
}

/* Collect the tasks of the arguments from `from` on; handles that hold none are left out, and those that come again if they are not
 * to come `twice`. */
static void collect(const struct gts_step *step, size_t from, bool twice, struct tasks *tasks)
{
	tasks->n = 0;
	for (size_t i = from; i < step->node->n_args; i++) {
		struct gts_actor *actor = actor_of(step, i);
		size_t handle = step->node->args[i].index;
		if (!actor || (!twice && has_handle(tasks, handle)))
			continue;
		tasks->tasks[tasks->n] = actor->task;
		tasks->actors[tasks->n] = actor;
		tasks->handles[tasks->n++] = handle;
	}
}

/* ---- Starting ---- */

static int spawn(const struct gts_step *step, struct gt_group *group)
{
	size_t handle = step->node->args[0].index;
	struct gts_actor *actor =
	        gts_actor_create(step->actor->machine, handle, step->node->args[1].index);
	if (!actor)
		return GT_ENOMEM;
	struct gt_task *task;
	if (group)
		task = gt_group_spawn(group, gts_play, actor, "%s", actor->name);
	else
		task = gt_spawn(gts_play, actor, "%s", actor->name);
	if (!task) {
		gts_actor_destroy(actor);
		return group && gt_error_code(gt_error()) == GT_ESTATE ? GT_ESTATE : GT_ENOMEM;
	}
	gts_actor_enter(actor, handle, group ? gt_retain(task) : task);
	return 0;
}

static int gspawn(struct gts_step *step)
{
	if (step->group)
		return spawn(step, step->group);
	gts_text_add(gts_result(step), "nogroup");
	return 0;
}

/* ---- One task ---- */

static int wait_for_one(struct gts_step *step, const struct gts_actor *actor)
{
	int rc;
	switch (step->node->op->id) {
	case GTS_OP_AWAIT:
		rc = gt_await(actor->task);
		break;
	case GTS_OP_SHIELD:
		rc = gt_shield(actor->task, NULL);
		break;
	default:
		rc = gt_wait_for(actor->task, gts_ns(step, 1), NULL);
	}
	if (rc == 0)
		gts_text_add_end(gts_result(step), actor);
	return rc;
}

static int one_task(struct gts_step *step)
{
	struct gts_actor *actor = actor_of(step, 0);
	if (!actor) {
		gts_text_add(gts_result(step), "unbound");
		return 0;
	}
	if (step->node->op->id != GTS_OP_CANCEL)
		return wait_for_one(step, actor);
	bool taken = gt_cancel(actor->task);
	if (!taken && !gt_is_done(actor->task))
		return gt_error_code(gt_error());
	gts_result_bool(step, taken);
	return 0;
}

/* ---- Several ---- */

static int gather(struct gts_step *step)
{
	struct tasks tasks;
	struct gt_outcome outcomes[GTS_HANDLES_MAX];
	collect(step, 0, true, &tasks);
	int rc = step->node->op->id == GTS_OP_GATHER
	                 ? gt_gather(tasks.tasks, tasks.n, NULL)
	                 : gt_gather_all(tasks.tasks, tasks.n, outcomes);
	if (rc)
		return rc;
	struct gts_text *result = gts_result(step);
	gts_text_add(result, "[");
	for (size_t i = 0; i < tasks.n; i++) {
		gts_text_add(result, i ? "," : "");
		gts_text_add_end(result, tasks.actors[i]);
	}
	gts_text_add(result, "]");
	return 0;
}

/* A handle may stand for another task by now: that one is not done in the sense of this wait. */
static void say_done(struct gts_step *step, const struct tasks *tasks)
{
	const struct gts_slot *slots = step->actor->machine->slots;
	struct gts_text *result = gts_result(step);
	const char *between = "";
	gts_text_add(result, "done=");
	for (size_t i = 0; i < tasks->n; i++) {
		if (slots[tasks->handles[i]].actor != tasks->actors[i] ||
		    !gt_is_done(tasks->tasks[i]))
			continue;
		gts_text_add(result, between);
		gts_text_add(result, step->actor->machine->handle_names[tasks->handles[i]]);
		between = ",";
	}
}

static int wait(struct gts_step *step)
{
	enum gts_op_id id = step->node->op->id;
	enum gt_when when = GT_ALL_COMPLETED;
	struct tasks tasks;
	collect(step, 1, false, &tasks);
	if (!tasks.n) {
		gts_text_add(gts_result(step), "unbound");
		return 0;
	}
	if (id != GTS_OP_WAIT_ALL)
		when = id == GTS_OP_WAIT_FIRST ? GT_FIRST_COMPLETED : GT_FIRST_EXCEPTION;
	uint64_t ns = gts_arg(step, 0) < 0 ? GT_FOREVER : gts_ns(step, 0);
	int rc = gt_wait(tasks.tasks, tasks.n, when, ns);
	if (rc == 0)
		say_done(step, &tasks);
	return rc;
}

/* ---- as_completed ---- */

/* What a task that as_completed gave out ended with, as a code of this task. */
static int raise_end(struct gt_task *task)
{
	const struct gt_error *error = gt_task_error(task);
	if (gt_is_cancelled(task))
		return GT_ECANCELED;
	return error ? gt_reraise(error) : 0;
}

/* Wait for the next one and write its line. A failure ends the whole operation only when this task is being cancelled. */
static int complete_one(const struct gts_step *step, struct gt_completion *completion, size_t k)
{
	struct gts_text *text = &step->actor->machine->text;
	struct gt_task *task = NULL;
	int rc = gt_as_completed_next(completion, &task);
	if (rc == 0)
		rc = raise_end(task);
	if (rc && (rc == GT_ENOMEM || gt_cancelling(gt_self())))
		return rc;
	gts_text_clear(text);
	if (rc)
		gts_text_add_outcome(text, rc, gt_error());
	else
		gts_text_add(text, *gt_text(task) ? gt_text(task) : "None");
	gts_say(step->actor->machine, step->actor->name, "as_completed %zu %s", k, text->bytes);
	return 0;
}

static int as_completed(const struct gts_step *step)
{
	struct tasks tasks;
	int rc = 0;
	collect(step, 0, false, &tasks);
	struct gt_completion *completion = gt_as_completed(tasks.tasks, tasks.n);
	if (!completion)
		return GT_ENOMEM;
	for (size_t k = 1; rc == 0 && k <= tasks.n; k++) {
		gts_at(step);
		rc = complete_one(step, completion, k);
	}
	gt_as_completed_end(completion);
	return rc;
}

int gts_play_task(struct gts_step *step)
{
	switch (step->node->op->id) {
	case GTS_OP_SPAWN:
		return spawn(step, NULL);
	case GTS_OP_GSPAWN:
		return gspawn(step);
	case GTS_OP_GATHER:
	case GTS_OP_GATHER_EX:
		return gather(step);
	case GTS_OP_WAIT_FIRST:
	case GTS_OP_WAIT_ALL:
	case GTS_OP_WAIT_EXC:
		return wait(step);
	case GTS_OP_AS_COMPLETED:
		return as_completed(step);
	default:
		return one_task(step);
	}
}
