/* Who goes next among those that are ready. FIFO is asyncio's, and the loop's own fast path; the other policies choose one task an
 * iteration, out of all that are ready.
 */
#ifndef GANTTOP_RUNTIME_POLICY_H
#define GANTTOP_RUNTIME_POLICY_H

#include "runtime/state.h"

struct gt__policy_ops {
	const char *name;
	/* Return the step of the task that goes next; `ready` holds at least one task's step. */
	struct gt__handle *(*choose)(struct gt__loop *loop, struct gt__node *ready);
};

/* Find the policy that `text` names ("lifo", "random:7"); a NULL text and "fifo" give FIFO, for which `*out` is NULL.
 * `*seed` is set when the text gives one. errors: GT_EVALUE. */
int gt__policy_find(const char *text, const struct gt__policy_ops **out, uint64_t *seed);

#endif
