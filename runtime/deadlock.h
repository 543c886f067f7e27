/* Naming a deadlock. */
#ifndef GANTTOP_RUNTIME_DEADLOCK_H
#define GANTTOP_RUNTIME_DEADLOCK_H

#include "runtime/state.h"

/* Mark the recording with the cycle of tasks that wait for each other, or, when there is none, with what every unfinished task
 * waits for. */
void gt__deadlock_report(struct gt__loop *loop);

#endif
