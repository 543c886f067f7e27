/* The task group.
 *
 * source: asyncio.TaskGroup of Lib/asyncio/taskgroups.py (3.11). Children are cancelled in the order of their creation, where
 * CPython iterates a set.
 */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/awaitable.h"
#include "runtime/handle.h"
#include "runtime/owned.h"
#include "runtime/run_queue.h"
#include "runtime/scope.h"
#include "runtime/text.h"

#undef gt_group_enter
#undef gt_group_spawn
#undef gt_group_exit
#undef gt_cancel

struct child {
	struct gt__node node;  /* among the group's living children, in the order of creation */
	struct gt__node owned; /* among all its children */
	struct gt__handle done;
	struct gt_group *group;
	struct gt_task *task; /* owns a reference */
};

struct gt_group {
	struct gt_task *parent;      /* borrows: it cannot end inside the scope */
	struct gt__node living, all; /* of struct child */
	struct gt_future *all_done;  /* of the exit that waits, NULL: none */
	struct gt_error **errors;
	size_t n_errors, errors_cap;
	struct gt_error
	        *own; /* that the code in the scope failed with, NULL: none. owns a reference */
	uint32_t scope;
	bool exiting, aborting, parent_cancel_requested;
	bool lost_error; /* there was no memory to keep it */
};

static void drop(void *memory)
{
	struct gt_group *group = memory;
	for (size_t i = 0; i < group->n_errors; i++)
		gt__error_release(group->errors[i]);
	free(group->errors);
	gt__error_release(group->own);
}

struct gt_group *gt_group_enter(void)
{
	struct gt__loop *loop = gt__loop;
	struct gt_group *group = loop && loop->current ? gt__own(loop, sizeof *group, drop) : NULL;
	if (!group)
		return NULL;
	group->parent = loop->current;
	gt__list_init(&group->living);
	gt__list_init(&group->all);
	group->scope = gt__scope_open(loop, TRACE_SCOPE_GROUP, UINT64_MAX);
	return group;
}

static void abort_group(struct gt_group *group)
{
	group->aborting = true;
	for (struct gt__node *n = group->living.next; n != &group->living; n = n->next) {
		struct gt_task *task = GT__CONTAINER(n, struct child, node)->task;
		if (!gt__task_is_done(task))
			gt_cancel(task);
	}
}

/* owns: takes `error`; NULL is one that there was no memory to make. Without memory to keep it the group still fails, by its others or
 * by that. */
static void add_error(struct gt_group *group, struct gt_error *error)
{
	if (!error) {
		group->lost_error = true;
		return;
	}
	if (group->n_errors == group->errors_cap) {
		size_t cap = group->errors_cap ? group->errors_cap * 2 : 4;
		struct gt_error **errors = realloc(group->errors, cap * sizeof *errors);
		if (!errors) {
			gt__error_release(error);
			group->lost_error = true;
			return;
		}
		group->errors = errors;
		group->errors_cap = cap;
	}
	group->errors[group->n_errors++] = error;
}

static void child_done(struct gt__loop *loop, struct gt__handle *handle)
{
	(void)loop;
	struct child *child = GT__CONTAINER(handle, struct child, done);
	struct gt_group *group = child->group;
	gt__node_unlink(&child->node);
	if (group->all_done && gt__list_is_empty(&group->living) &&
	    !gt__future_is_done(group->all_done))
		gt__future_set(group->all_done, 0);
	child->task->future.retrieved = true;
	if (child->task->future.state != GT__FAILED)
		return;
	add_error(group, gt__error_retain(child->task->future.error));
	if (group->aborting || group->parent_cancel_requested)
		return;
	/* the parent is taken out of whatever it waits for in the scope; exit takes the request back */
	abort_group(group);
	group->parent_cancel_requested = true;
	gt_cancel(group->parent);
}

struct gt_task *gt_group_spawn(struct gt_group *group, gt_body *body, void *arg, const char *format,
                               ...)
{
	const char *why = NULL;
	if (gt__check_owned(group, __func__))
		return NULL;
	if (!body && gt__refuse_value(__func__, "there is no body"))
		return NULL;
	if (group->exiting && gt__list_is_empty(&group->living))
		why = "the group is finished";
	else if (group->aborting)
		why = "the group is shutting down";
	if (why) {
		(void)gt__raise(GT_ESTATE, "RuntimeError", "%s", why);
		return NULL;
	}
	struct child *child = gt__own(gt__loop, sizeof *child, NULL);
	if (!child)
		return NULL;
	va_list args;
	va_start(args, format);
	child->task = gt__task_create_named(gt__loop, body, arg, format, args);
	va_end(args);
	if (!child->task) {
		gt__disown(child);
		return NULL;
	}
	child->task->n_handles = 0; /* its reference is the group's */
	child->group = group;
	child->done.run = child_done;
	gt__list_append(&group->living, &child->node);
	gt__list_append(&group->all, &child->owned);
	gt__future_add_callback(&child->task->future, &child->done);
	return child->task;
}

static struct gt_future *next_child(const struct gt__several *several, const void **place)
{
	const struct gt_group *group = several->of;
	const struct gt__node *node = *place ? *place : &group->living;
	node = node->next;
	*place = node;
	return node == &group->living ? NULL
	                              : &GT__CONTAINER(node, struct child, node)->task->future;
}

/* Wait until no child lives. Returns whether the wait itself was cancelled for a reason of the parent's own. */
static bool wait_for_children(struct gt__loop *loop, struct gt_group *group)
{
	bool cancelled = false;
	struct gt__several children = {.next = next_child, .of = group};
	while (!gt__list_is_empty(&group->living)) {
		struct gt_future all_done;
		gt__future_init(&all_done, loop, TRACE_WHY_DONE);
		group->all_done = &all_done;
		for (struct gt__node *n = group->living.next; n != &group->living; n = n->next)
			gt__awaitable_record(loop,
			                     &GT__CONTAINER(n, struct child, node)->task->future);
		int rc = gt__await(&all_done,
		                   &(struct gt__wait){.on = TRACE_ON_GROUP, .several = &children});
		group->all_done = NULL;
		gt__future_fini(&all_done);
		if (rc == GT_ECANCELED && group->parent_cancel_requested &&
		    loop->current->rest.n_delivered)
			loop->current->rest.n_delivered--; /* the group's own, and what it is for */
		if (rc == GT_ECANCELED && !group->aborting) {
			cancelled = true;
			abort_group(group);
		}
	}
	return cancelled;
}

static void free_group(struct gt_group *group)
{
	struct gt__node *node;
	while ((node = gt__list_pop(&group->all))) {
		struct child *child = GT__CONTAINER(node, struct child, owned);
		gt__handle_cancel(gt__loop, &child->done);
		gt__task_unref(child->task);
		gt__disown(child);
	}
	drop(group);
	gt__disown(group);
}

/* What the scope ends with, once all children have. */
static int verdict(struct gt_group *group, int rc, bool cancelled)
{
	if (cancelled && !group->n_errors && !group->lost_error)
		return gt__bare(GT_ECANCELED);
	if (rc && rc != GT_ECANCELED)
		add_error(group, gt__error_retain(group->own));
	if (!group->n_errors)
		return group->lost_error ? gt__bare(GT_ENOMEM) : 0;
	struct gt_error *all = gt__error_group(group->errors, group->n_errors);
	group->errors = NULL;
	group->n_errors = 0;
	return gt__raise_error(all);
}

int gt_group_exit(struct gt_group *group, int rc)
{
	if (!group)
		return gt__loop ? GT_ENOMEM : GT_ENOLOOP;
	int refused = gt__check_owned(group, __func__);
	if (refused)
		return refused;
	struct gt__loop *loop = gt__loop;
	if (loop->current != group->parent || group->exiting)
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "only the task that entered the group leaves it, once");
	if (rc && rc != GT_ECANCELED)
		group->own = gt__own_error(loop->current, rc);
	group->exiting = true;
	bool cancelled = rc == GT_ECANCELED;
	if (group->parent_cancel_requested && !gt_uncancel(group->parent))
		cancelled = false;
	if (rc && !group->aborting)
		abort_group(group);
	if (wait_for_children(loop, group))
		cancelled = true;
	rc = verdict(group, rc, cancelled);
	gt__scope_close(loop, TRACE_SCOPE_GROUP, group->scope);
	free_group(group);
	return rc;
}
