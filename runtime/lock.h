/* The lock, as conditions and barriers have it inside. */
#ifndef GANTTOP_RUNTIME_LOCK_H
#define GANTTOP_RUNTIME_LOCK_H

#include "runtime/line.h"

struct gt_lock {
	struct gt__object object; /* first */
	bool is_locked;
	bool is_hidden; /* a detail of an object whose level is something else: not recorded as held */
	struct gt__node line;
};

/* Make a lock that is part of an object of that kind. A barrier's is hidden: its level counts arrivals. */
void gt__lock_init(struct gt_lock *lock, uint8_t kind, const char *name, int64_t capacity,
                   void (*destroy_object)(struct gt__object *object));

#endif
