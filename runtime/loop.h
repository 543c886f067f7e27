/* The loop: iterations. */
#ifndef GANTTOP_RUNTIME_LOOP_H
#define GANTTOP_RUNTIME_LOOP_H

#include "runtime/state.h"

/* Run iterations until loop->stopping or a deadlock. */
void gt__loop_run(struct gt__loop *loop);

/* Move the virtual or paced time to `t_ns`, running what simulated threads do on the way. */
void gt__loop_advance(struct gt__loop *loop, uint64_t t_ns);

#endif
