/* Lines of waiters. Waking settles a future and nothing else: the woken task runs in a later turn, and looks again. */
#include "runtime/line.h"

#include "runtime/future.h"

static struct gt__waiter *waiter_at(const struct gt__node *node)
{
	return GT__CONTAINER(node, struct gt__waiter, node);
}

size_t gt__line_wake(struct gt__node *line, size_t n)
{
	size_t woken = 0;
	for (struct gt__node *node = line->next; node != line && woken < n; node = node->next) {
		if (gt__future_is_done(&waiter_at(node)->future))
			continue;
		gt__future_settle(&waiter_at(node)->future, 0);
		woken++;
	}
	return woken;
}

void gt__line_pop_and_wake(struct gt__node *line)
{
	struct gt__node *node;
	while ((node = gt__list_pop(line))) {
		if (gt__future_is_done(&waiter_at(node)->future))
			continue;
		gt__future_settle(&waiter_at(node)->future, 0);
		return;
	}
}

bool gt__line_is_alive(const struct gt__node *line)
{
	for (const struct gt__node *node = line->next; node != line; node = node->next)
		if (waiter_at(node)->future.state != GT__CANCELLED)
			return true;
	return false;
}
