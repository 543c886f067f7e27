/* A header in front of the memory, and a list of them in the loop. */
#include "runtime/owned.h"

#include <stdalign.h>
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/state.h"

struct owned {
	struct gt__node in_loop;
	struct gt__loop *loop;
	void (*drop)(void *memory);
	alignas(max_align_t) char memory[];
};

void *gt__own(struct gt__loop *loop, size_t bytes, void (*drop)(void *memory))
{
	struct owned *owned = bytes < SIZE_MAX / 2 ? calloc(1, sizeof *owned + bytes) : NULL;
	if (!owned)
		return NULL;
	owned->drop = drop;
	owned->loop = loop;
	gt__list_append(&loop->owned, &owned->in_loop);
	gt__handle_begin(owned->memory);
	return owned->memory;
}

static const struct gt__loop *owner(const void *memory)
{
	return ((const struct owned *)(const void *)((const char *)memory -
	                                             offsetof(struct owned, memory)))
	        ->loop;
}

int gt__check_owned(const void *memory, const char *call)
{
	if (memory && gt__loop && gt__handle_lives(memory) && owner(memory) == gt__loop)
		return 0;
	return gt__refuse(memory, call);
}

void gt__disown(void *memory)
{
	if (!memory)
		return;
	struct owned *owned = GT__CONTAINER(memory, struct owned, memory);
	gt__node_unlink(&owned->in_loop);
	gt__handle_end(memory);
	free(owned);
}

void gt__owned_drop(struct gt__loop *loop)
{
	struct gt__node *node;
	while ((node = gt__list_pop(&loop->owned))) {
		struct owned *owned = GT__CONTAINER(node, struct owned, in_loop);
		if (owned->drop)
			owned->drop(owned->memory);
		gt__handle_end(owned->memory);
		free(owned);
	}
}
