/* Memory that is freed all at once: everything a program is made of. */
#ifndef GANTTOP_SCENARIOS_GTS_ARENA_H
#define GANTTOP_SCENARIOS_GTS_ARENA_H

#include <stddef.h>

struct gts_chunk;
struct gts_arena {
	struct gts_chunk *chunks; /* the newest first */
};

/* Return `bytes` of zeroes, aligned for anything. owns: the arena does. errors: NULL when out of memory. */
void *gts_arena_take(struct gts_arena *arena, size_t bytes);

/* Return a copy of `n` bytes of text with an end. owns: the arena does. errors: NULL when out of memory. */
char *gts_arena_text(struct gts_arena *arena, const char *text, size_t n);

void gts_arena_fini(struct gts_arena *arena);

#endif
