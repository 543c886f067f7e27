/* What follows the end of main. */
#ifndef GANTTOP_RUNTIME_SHUTDOWN_H
#define GANTTOP_RUNTIME_SHUTDOWN_H

#include "runtime/state.h"

/* Run the loop until `future` is done, and one turn more; or until nothing can ever happen. */
void gt__run_until_complete(struct gt__loop *loop, struct gt_future *future);

/* Cancel the tasks that main has left behind and let them end, close the generators, wait for the threads. Stops short at a deadlock. */
void gt__shut_down(struct gt__loop *loop);

/* Call gt_options.on_phase. */
void gt__tell_phase(struct gt__loop *loop, enum gt_phase phase);

#endif
