/* A list of chunks, filled from the front. A program is small and lives as one, so nothing in it is freed by itself. */
#include "scenarios/gts/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES 16384u

struct gts_chunk {
	struct gts_chunk *next;
	size_t used, bytes;
	alignas(max_align_t) char memory[];
};

static struct gts_chunk *add_chunk(struct gts_arena *arena, size_t at_least)
{
	size_t bytes = at_least > CHUNK_BYTES ? at_least : CHUNK_BYTES;
	struct gts_chunk *chunk = calloc(1, sizeof *chunk + bytes);
	if (!chunk)
		return NULL;
	chunk->bytes = bytes;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *gts_arena_take(struct gts_arena *arena, size_t bytes)
{
	size_t rounded =
	        (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	struct gts_chunk *chunk = arena->chunks;
	if (!chunk || chunk->bytes - chunk->used < rounded)
		chunk = add_chunk(arena, rounded);
	if (!chunk)
		return NULL;
	void *memory = chunk->memory + chunk->used;
	chunk->used += rounded;
	return memory;
}

char *gts_arena_text(struct gts_arena *arena, const char *text, size_t n)
{
	char *copy = gts_arena_take(arena, n + 1);
	if (copy)
		memcpy(copy, text, n);
	return copy;
}

void gts_arena_fini(struct gts_arena *arena)
{
	while (arena->chunks) {
		struct gts_chunk *chunk = arena->chunks;
		arena->chunks = chunk->next;
		free(chunk);
	}
}
