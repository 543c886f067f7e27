/* Runs a program of the little language on the runtime. What it prints goes to gt_log, `NAME op -> RESULT` being
 * the LOG records of task NAME, and to a text of its own, which is there without a recording too.
 */
#ifndef GANTTOP_TESTS_RUNTIME_EXECUTOR_H
#define GANTTOP_TESTS_RUNTIME_EXECUTOR_H

#include "runtime/ganttop.h"

/* Run the program `source`, with gt_run's options. Returns what gt_run returned. `*lines` (may be NULL): what was
 * printed, `TIME NAME TEXT` a line, to be freed. */
int executor_run(const char *source, const struct gt_options *options, char **lines);

#endif
