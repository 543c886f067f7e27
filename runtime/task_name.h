/* Names of tasks. A program gives the same few words again and again, and nearly always from the same places: those are kept by the
 * loop, and a new task borrows them.
 */
#ifndef GANTTOP_RUNTIME_TASK_NAME_H
#define GANTTOP_RUNTIME_TASK_NAME_H

#include <string.h>

#include "runtime/state.h"

struct gt__name {
	struct gt__name *next;
	const char *place; /* where the program has it */
	uint32_t string;   /* its id in the recording, 0: not written yet */
	char text[GT__NAME_BYTES];
};

static inline size_t gt__name_slot(const char *place)
{
	uintptr_t p = (uintptr_t)place;
	return (size_t)(p ^ p >> 4 ^ p >> 8) % GT__NAME_SLOTS;
}

/* Return the name that has been seen at `place` if the same text stands there now, else NULL. owns: the loop's, as long as it runs. */
static inline struct gt__name *gt__name_known(struct gt__loop *loop, const char *place)
{
	struct gt__name *name = loop->names.slots[gt__name_slot(place)];
	return name && name->place == place && !strcmp(name->text, place) ? name : NULL;
}

/* Remember it, if it is short and there are not many yet. Returns NULL otherwise. */
struct gt__name *gt__name_learn(struct gt__loop *loop, const char *place, size_t n_bytes);

/* Free all names. where: no task is left. */
void gt__names_free(struct gt__loop *loop);

/* Write "Task-N" into the end of `text`, which is large enough; returns where it begins. */
const char *gt__name_counted(char *text, size_t bytes, uint32_t number);

/* Give a new task its name. owns: copies. */
void gt__task_set_name(struct gt_task *task, const char *name, size_t n_bytes);

#endif
