/* A header in front of the memory, and a list of them in the loop. */
#include "runtime/owned.h"

#include <stdalign.h>
#include <stdlib.h>

#include "runtime/state.h"

struct owned {
	struct gt__node in_loop;
	void (*drop)(void *memory);
	alignas(max_align_t) char memory[];
};

void *gt__own(struct gt__loop *loop, size_t bytes, void (*drop)(void *memory))
{
	struct owned *owned = bytes < SIZE_MAX / 2 ? calloc(1, sizeof *owned + bytes) : NULL;
	if (!owned)
		return NULL;
	owned->drop = drop;
	gt__list_append(&loop->owned, &owned->in_loop);
	return owned->memory;
}

void gt__disown(void *memory)
{
	if (!memory)
		return;
	struct owned *owned = GT__CONTAINER(memory, struct owned, memory);
	gt__node_unlink(&owned->in_loop);
	free(owned);
}

void gt__owned_drop(struct gt__loop *loop)
{
	struct gt__node *node;
	while ((node = gt__list_pop(&loop->owned))) {
		struct owned *owned = GT__CONTAINER(node, struct owned, in_loop);
		if (owned->drop)
			owned->drop(owned->memory);
		free(owned);
	}
}
