/* The timer heap at a moment: who waits until when.
 *
 * It is worked out from the lanes' states at the moment, not by a replay, so any moment of a long recording costs the same.
 */
#ifndef GANTTOP_TRACE_TIMERS_H
#define GANTTOP_TRACE_TIMERS_H

#include "trace/model.h"

struct trace_timer {
	uint64_t deadline_ns;
	uint32_t lane; /* of the task that sleeps, or that opened the scope */
	uint32_t set;  /* ordinal of the record that set it: the order of equal deadlines */
	bool is_scope; /* the deadline of a timeout scope, not a wait */
};

/* Write what is in the timer heap at event `ordinal`, the next one first: timed waits, and timeout scopes whose time has not
 * come; at most `max`. Returns how many there are. errors: 0 without memory. */
size_t trace_timers_at(const struct trace_model *model, uint32_t ordinal,
                       struct trace_timer timers[], size_t max);

#endif
