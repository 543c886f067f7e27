/* The future behind gather: done when all children are, or at the first failure. */
#ifndef GANTTOP_RUNTIME_GATHER_H
#define GANTTOP_RUNTIME_GATHER_H

#include "runtime/awaitable.h"

struct gt__gather;

/* Gather a crowd of at least one; what stands there twice counts once, but for requests to cancel it. With `keep_errors` failures are results.
 * owns: returns a reference, holds the crowd. errors: NULL when out of memory. */
struct gt__gather *gt__gather_create(struct gt__loop *loop, const struct gt__crowd *crowd,
                                     bool keep_errors);
void gt__gather_unref(struct gt__gather *gather);

/* The future to wait for. owns: borrows. */
struct gt_future *gt__gather_future(struct gt__gather *gather);

#endif
