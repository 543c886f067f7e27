/* Where in its source a lane stands at a moment. */
#ifndef GANTTOP_VIZ_VIEW_SOURCE_LINE_H
#define GANTTOP_VIZ_VIEW_SOURCE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/model.h"

struct viz_source_line {
	char path[300];   /* as the recording names it */
	const char *file; /* its last part. borrows from path */
	uint32_t line;
};

/* Find the line at which a task stands at `ordinal`, or at which an object was made; of the loop, or of no lane, the line
 * of the task that runs, else ran last. Returns false when the recording does not say. */
bool viz_source_line_find(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                          struct viz_source_line *where);

#endif
