/* Lines of waiters. Waking settles a future and nothing else: the woken task runs in a later turn, and looks again. */
#include "runtime/line.h"

int gt__line_wait(struct gt__node *line, struct gt__waiter *waiter, struct gt__object *object,
                  uint16_t on, uint16_t why)
{
	gt__future_init(&waiter->future, object->loop, why);
	gt__list_append(line, &waiter->node);
	object->n_waiters++;
	gt__object_record_level(object);
	int rc = gt__await(&waiter->future, &(struct gt__wait){
	                                            .on = on,
	                                            .object = object->id,
	                                            .thing = object,
	                                    });
	if (gt__node_is_linked(&waiter->node))
		gt__node_unlink(&waiter->node);
	object->n_waiters--;
	gt__future_fini(&waiter->future);
	return rc;
}

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
		gt__future_set(&waiter_at(node)->future, 0);
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
		gt__future_set(&waiter_at(node)->future, 0);
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
