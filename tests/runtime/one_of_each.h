/* One handle of each kind, and how its life ends. */
#ifndef GANTTOP_TESTS_RUNTIME_ONE_OF_EACH_H
#define GANTTOP_TESTS_RUNTIME_ONE_OF_EACH_H

#include "runtime/ganttop.h"

enum kind {
	TASK,
	LOCK,
	SEM,
	EVENT,
	COND,
	BARRIER,
	QUEUE,
	FUTURE,
	GEN,
	CORO,
	TIMER,
	TIMEOUT,
	GROUP,
	COMPLETION,
	TLOCK,
	FILE_,
	LISTENER,
	STREAM,
	PROCESS,
	N_KINDS
};

/* Make one; under the real clock only for files, listeners, streams and processes. A test that cannot is over. */
void *one_make(enum kind kind);
void one_of_each_make(void *handles[N_KINDS]);

/* End its life. Returns what the call for that says. */
int one_end(enum kind kind, void *handle);
void one_of_each_end(void *handles[N_KINDS]);

#endif
