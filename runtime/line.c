/* Lines of waiters. Waking settles a future and nothing else: the woken task runs in a later turn, and looks again. */
#include "runtime/line.h"

/* What gt_cancel does to the future: its callback is the step of the task, as if it stood among them. */
static bool cancel_in_line(struct gt_future *future)
{
	struct gt__waiter *waiter = GT__CONTAINER(future, struct gt__waiter, future);
	struct gt_task *task = GT__CONTAINER(waiter, struct gt_task, in_line);
	if (gt__future_is_done(future))
		return false;
	future->state = GT__CANCELLED;
	task->woke_badly = true;
	gt__ready(future->loop, &task->step, future->why);
	return true;
}

void gt__waiter_init(struct gt__waiter *waiter, struct gt__loop *loop)
{
	waiter->future.loop = loop;
	waiter->future.cancel = cancel_in_line;
	waiter->future.code = GT_ECANCELED; /* should it ever be asked for */
	gt__list_init(&waiter->future.callbacks);
}

size_t gt__line_wake(struct gt__node *line, size_t n)
{
	size_t woken = 0;
	for (struct gt__node *node = line->next; node != line && woken < n; node = node->next) {
		if (!gt__waiter_waits(gt__waiter_at(node)))
			continue;
		struct gt__waiter *waiter = gt__waiter_at(node);
		gt__waiter_wake(waiter, gt__is_recording(waiter->future.loop));
		woken++;
	}
	return woken;
}

bool gt__line_is_alive(const struct gt__node *line)
{
	for (const struct gt__node *node = line->next; node != line; node = node->next)
		if (gt__waiter_at(node)->future.state != GT__CANCELLED)
			return true;
	return false;
}
