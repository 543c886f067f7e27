/* A circular doubly linked list of handles: what waits to be called, in order.
 *
 * A node is in one list or in none (`next` is NULL then, `prev` says nothing). Taking a node out of the middle is O(1), which is
 * what lets a handle live in the stack frame of the call that waits.
 */
#ifndef GANTTOP_RUNTIME_LIST_H
#define GANTTOP_RUNTIME_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct gt__node {
	struct gt__node *prev, *next;
};

#define GT__CONTAINER(pointer, type, member)                                                       \
	((type *)(void *)((char *)(pointer)-offsetof(type, member)))

static inline void gt__list_init(struct gt__node *head)
{
	head->prev = head->next = head;
}

static inline bool gt__list_is_empty(const struct gt__node *head)
{
	return head->next == head;
}

static inline bool gt__node_is_linked(const struct gt__node *node)
{
	return node->next != NULL;
}

static inline void gt__list_append(struct gt__node *head, struct gt__node *node)
{
	node->prev = head->prev;
	node->next = head;
	head->prev->next = node;
	head->prev = node;
}

static inline void gt__node_unlink(struct gt__node *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	node->next = NULL;
}

/* Take the first node out; NULL when the list is empty. */
static inline struct gt__node *gt__list_pop(struct gt__node *head)
{
	struct gt__node *node = head->next;
	if (node == head)
		return NULL;
	gt__node_unlink(node);
	return node;
}

/* Move all of `from`, which is not empty, to `to`, which is. */
static inline void gt__list_move(struct gt__node *to, struct gt__node *from)
{
	to->next = from->next;
	to->prev = from->prev;
	to->next->prev = to;
	to->prev->next = to;
	gt__list_init(from);
}

/* Move all of `from` to the end of `to`. */
static inline void gt__list_splice(struct gt__node *to, struct gt__node *from)
{
	if (gt__list_is_empty(from))
		return;
	from->next->prev = to->prev;
	to->prev->next = from->next;
	from->prev->next = to;
	to->prev = from->prev;
	gt__list_init(from);
}

#endif
