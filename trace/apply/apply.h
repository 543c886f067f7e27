/* Building the model, a function a kind of record: what these files share. */
#ifndef GANTTOP_TRACE_APPLY_APPLY_H
#define GANTTOP_TRACE_APPLY_APPLY_H

#include "trace/model_private.h"

#define TRACE_NAME_BYTES 1024u /* of a task, an object or a variable; what is longer is cut */

/* The record that is applied: all that the functions below need. */
struct trace_applied {
	struct trace_model *model;
	struct trace_model_private *private;
	const struct trace_record *r;
	uint32_t ordinal;
	struct trace_error *error;
};

/* Report a record that names what does not exist; `byte` is where. In a recording that lost its beginning it may have existed: the record
 * is left out then. Returns TRACE_EFORMAT or TRACE_OK. */
int trace_apply_damaged(const struct trace_applied *a, size_t byte, const char *what, uint32_t id);

/* Check that task `id` (0: the loop) was created. `byte` is where the record names it. */
int trace_apply_check_task(const struct trace_applied *a, size_t byte, uint32_t id);

/* Append to a list that doubles. errors: -1 without memory. */
int trace_apply_push(uint32_t **list, size_t *n, size_t *cap, uint32_t value);

/* Append a lane; NULL without memory. `map` (may be NULL) learns its index. */
struct trace_lane *trace_apply_add_lane(const struct trace_applied *a, enum trace_lane_kind kind,
                                        uint32_t id, struct trace_id_map *map, const char *name);

/* Apply a record of one kind. errors: TRACE_EFORMAT, TRACE_ESYSTEM. */
int trace_apply_task(const struct trace_applied *a);
int trace_apply_name(const struct trace_applied *a);
int trace_apply_cancel(const struct trace_applied *a);
int trace_apply_error(const struct trace_applied *a);
int trace_apply_await(const struct trace_applied *a);
int trace_apply_object(const struct trace_applied *a);
int trace_apply_hold(const struct trace_applied *a);
int trace_apply_coro(const struct trace_applied *a);
int trace_apply_scope(const struct trace_applied *a);
int trace_apply_var(const struct trace_applied *a);

/* Let the task leave the waiters that it was among, and enter those of the object that it waits for now. */
int trace_apply_waiter(const struct trace_applied *a, uint32_t task);

#endif
