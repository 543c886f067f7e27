/* The deadlock report: follow from each unfinished task whom it waits for, until a task comes again.
 *
 * A task waits for another one directly, for the first of those that it gathers, or for the task that holds the object that it
 * waits for (the one that has held it longest, when there are several).
 */
#include "runtime/deadlock.h"

#include <stdio.h>
#include <stdlib.h>

#include "runtime/gather.h"

/* The one among those who hold the object, and have not ended with it, that has held it longest. */
static struct gt_task *holder(struct gt__loop *loop, const struct gt__object *thing)
{
	for (size_t i = 0; i < thing->n_holders; i++) {
		struct gt_task *task = gt__task_find(loop, thing->holders[i]);
		if (task && !gt__task_is_done(task))
			return task;
	}
	return NULL;
}

static struct gt_task *waits_for(struct gt__loop *loop, const struct gt_task *task)
{
	struct gt_task *next = task->wait.task;
	if (task->wait.thing)
		next = holder(loop, task->wait.thing);
	else if (task->wait.on == TRACE_ON_GATHER && task->waiter)
		next = gt__gather_first_left(task->waiter);
	return next && !gt__task_is_done(next) ? next : NULL;
}

/* Return a task on a cycle that can be reached from `from`, NULL if there is none. Two walkers, one twice as fast. */
static struct gt_task *on_cycle(struct gt__loop *loop, struct gt_task *from)
{
	struct gt_task *slow = from, *fast = from;
	while (fast) {
		fast = waits_for(loop, fast);
		if (!fast)
			return NULL;
		fast = waits_for(loop, fast);
		slow = waits_for(loop, slow);
		if (slow == fast)
			return slow;
	}
	return NULL;
}

static void say(FILE *out, struct gt__loop *loop, const struct gt_task *task)
{
	const struct gt_task *next = waits_for(loop, task);
	fprintf(out, "%s waits for ", gt__task_name(task));
	if (task->wait.thing && next)
		fprintf(out, "%s, held by %s", task->wait.thing->name, gt__task_name(next));
	else if (task->wait.thing)
		fprintf(out, "%s (%s)", task->wait.thing->name, trace_on_name(task->wait.on));
	else if (next)
		fprintf(out, "%s", gt__task_name(next));
	else
		fprintf(out, "%s", trace_on_name(task->wait.on));
}

/* Return the task of a cycle that was created first. */
static struct gt_task *eldest_of(struct gt__loop *loop, struct gt_task *member)
{
	struct gt_task *eldest = member;
	for (struct gt_task *t = waits_for(loop, member); t != member; t = waits_for(loop, t))
		if (t->id < eldest->id)
			eldest = t;
	return eldest;
}

static void say_cycle(FILE *out, struct gt__loop *loop, struct gt_task *member)
{
	struct gt_task *first = eldest_of(loop, member), *task = first;
	do {
		fputs(task == first ? "" : "; ", out);
		say(out, loop, task);
		task = waits_for(loop, task);
	} while (task != first);
}

static void say_all(FILE *out, struct gt__loop *loop)
{
	const char *between = "";
	for (struct gt__node *n = loop->tasks.next; n != &loop->tasks; n = n->next) {
		const struct gt_task *task = GT__CONTAINER(n, struct gt_task, in_loop);
		if (gt__task_is_done(task))
			continue;
		fputs(between, out);
		say(out, loop, task);
		between = "; ";
	}
}

void gt__deadlock_report(struct gt__loop *loop)
{
	char *text = NULL;
	size_t n_bytes;
	FILE *out = open_memstream(&text, &n_bytes);
	if (!out)
		return;
	struct gt_task *first = NULL;
	for (struct gt__node *n = loop->tasks.next; n != &loop->tasks && !first; n = n->next) {
		struct gt_task *task = GT__CONTAINER(n, struct gt_task, in_loop);
		if (!gt__task_is_done(task))
			first = on_cycle(loop, task);
	}
	if (first)
		say_cycle(out, loop, first);
	else
		say_all(out, loop);
	if (!fclose(out))
		gt_mark("deadlock", text);
	free(text);
}
