/* The condition, as barriers have it inside. */
#ifndef GANTTOP_RUNTIME_COND_H
#define GANTTOP_RUNTIME_COND_H

#include "runtime/lock.h"

struct gt_cond {
	struct gt_lock lock; /* first; its object is the condition's */
	struct gt_lock
	        *shared; /* that it was created on, in place of its own; NULL: none. borrows */
	struct gt__node line;
	uint16_t on; /* what waiting for it is called: TRACE_ON_CONDITION, TRACE_ON_BARRIER */
};

#endif
