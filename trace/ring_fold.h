/* What of a recording's beginning is still in force at a cut: the slots that a recording without its beginning keeps.
 *
 *  1. A task that is not done keeps its creation, its name, and the records of its state: ready, running, waiting.
 *  2. A task that is done keeps them when something that stays names it, when it holds something, or when it ended with an error.
 *  3. An object keeps its creation and its level; who holds it is kept; so are open scopes, an open callback, an open
 *     iteration, each worker's state, the last use of each variable.
 *  4. META and FILE records, what the writer may name again, and each string that is named.
 *
 * What is kept was recorded, at its time; nothing is made up.
 */
#ifndef GANTTOP_TRACE_RING_FOLD_H
#define GANTTOP_TRACE_RING_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/intern.h"
#include "trace/record.h"

/* Where a recording is cut. Of writer 1 the slots from `slot` on stay, of the others what is not earlier than `t_ns`. */
struct trace_cut {
	const struct trace_record
	        *slots; /* of the file, up to the block that is written now. borrows */
	uint64_t n_blocks;
	uint64_t slot;
	uint64_t t_ns;
	const struct trace_intern *names; /* strings that the writer may name again. borrows */
	bool spare; /* objects that nothing names, and the parents of what is done, go too */
};

/* Return whether a slot belongs to the part that stays. */
bool trace_cut_stays(const struct trace_cut *cut, uint64_t slot);

/* Set `kept[slot]` to 1 for each slot before the cut that is in force, with the CONT slots of strings; the others are untouched.
 * `*n_lost` is how many events go. shape: kept has a byte a slot, all 0. errors: TRACE_ESYSTEM without memory. */
int trace_ring_fold(const struct trace_cut *cut, uint8_t *kept, uint64_t *n_lost);

#endif
