/* Events as sentences: what happened at one record, for people who read or listen instead of looking. */
#ifndef GANTTOP_VIZ_EXPLAIN_SENTENCE_H
#define GANTTOP_VIZ_EXPLAIN_SENTENCE_H

#include <stdbool.h>

#include "trace/model.h"

/* Write one sentence on event `ordinal`, which must be below n_events: "Task 2 becomes ready: Task 0 released permits",
 * "main waits for gather", without a time and without a full stop. Returns its length before cutting.
 * owns: `text` is the caller's. */
size_t viz_sentence(const struct trace_model *model, uint32_t ordinal, char *text,
                    size_t text_bytes);

/* Return the lane that event `ordinal` is about: the task's, the object's, the worker's, else the loop's; TRACE_NONE for an event
 * that is about the recording itself (its title, its end). */
uint32_t viz_sentence_lane(const struct trace_model *model, uint32_t ordinal);

#endif
