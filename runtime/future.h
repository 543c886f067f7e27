/* Futures, the part that every wait goes through: inline, because a wait in a line of an object is little more than this. */
#ifndef GANTTOP_RUNTIME_FUTURE_H
#define GANTTOP_RUNTIME_FUTURE_H

#include "runtime/run_queue.h"

/* gt__future_init of a future whose memory nobody has read yet. */
static inline void gt__future_begin(struct gt_future *future, struct gt__loop *loop,
                                    enum trace_why why)
{
	*future = (struct gt_future){.loop = loop, .why = (uint8_t)why};
	gt__list_init(&future->callbacks);
}

/* Settle a pending future with a result, and put its callbacks into the ready queue. */
static inline void gt__future_settle(struct gt_future *future, intptr_t value)
{
	struct gt__node *line = &future->callbacks, *node = line->next;
	future->state = GT__RESULT;
	future->value = value;
	if (node == line)
		return;
	do {
		struct gt__node *next = node->next;
		gt__ready(future->loop, GT__CONTAINER(node, struct gt__handle, node), future->why);
		node = next;
	} while (node != line);
	gt__list_init(line);
}

/* gt__future_fini. */
static inline void gt__future_end(struct gt_future *future)
{
	if (!gt__list_is_empty(&future->callbacks) || future->error)
		gt__future_fini(future);
}

/* Mark the futures of the program that have failed, and whose errors nobody has asked for: the run is at its end. */
void gt__public_futures_mark_lost(struct gt__loop *loop);

#endif
