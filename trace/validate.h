/* The truth rules: what every recording of an asyncio-like runtime must keep to. */
#ifndef GANTTOP_TRACE_VALIDATE_H
#define GANTTOP_TRACE_VALIDATE_H

#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/model.h"

/* A rule that was broken, and where. */
struct trace_violation {
	uint32_t ordinal;
	uint64_t t_ns;
	uint64_t offset; /* byte in the file */
	char text
	        [384]; /* one line: "event 12 at 300000000 ns (byte 4512): task 'a' runs while task 'b' is running" */
};

/* Check every event of the model:
 *   1. A task becomes ready first, then moves ready -> running -> waiting, ready or done, waiting -> ready;
 *      nothing comes after done.
 *   2. At any instant at most one task is running.
 *   3. Times never decrease.
 *   4. What is ready has a reason, what waits has something to wait on, what is done has an outcome; the task that is waited
 *      for is known.
 *   5. Nothing is given back that is not held.
 *   6. Iterations of the loop begin and end in turn.
 *   7. Nothing follows the end.
 * Writes the first `max` violations, in order, and how many there are to `*n`.
 * errors: TRACE_ESYSTEM without memory. cost: one walk over the events. */
int trace_validate(const struct trace_model *model, struct trace_violation list[], size_t max,
                   size_t *n, struct trace_error *error);

#endif
