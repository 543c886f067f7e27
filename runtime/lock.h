/* The lock, as conditions and barriers have it inside. */
#ifndef GANTTOP_RUNTIME_LOCK_H
#define GANTTOP_RUNTIME_LOCK_H

#include "runtime/line.h"

struct gt_lock {
	struct gt__object object; /* first */
	bool is_locked;
	struct gt__node line;
};

/* Make a lock that is part of another object. */
void gt__lock_init(struct gt_lock *lock, uint8_t kind, const char *name,
                   void (*destroy_object)(struct gt__object *object));

#endif
