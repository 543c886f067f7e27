/* The critical path: why the run took as long as it did. From the end back along whoever woke whom, to the start. */
#ifndef GANTTOP_TRACE_ANALYSIS_PATH_H
#define GANTTOP_TRACE_ANALYSIS_PATH_H

#include <stddef.h>
#include <stdint.h>

#include "trace/model.h"

enum trace_path_kind {
	TRACE_PATH_RUNNING, /* a step of the task */
	TRACE_PATH_READY,   /* the task was ready, and others had the thread */
	TRACE_PATH_WAITING, /* for time, a thread or the system: nobody of ours could have ended it sooner */
	TRACE_PATH_LATE, /* its time had come, and the loop had not got round to it */
	TRACE_PATH_LOOP, /* the loop itself, between one task and the next */
};

struct trace_path_part {
	enum trace_path_kind kind;
	uint32_t lane;   /* of the task; 0 the loop */
	uint16_t on;     /* waiting: enum trace_on */
	uint32_t object; /* waiting: lane of the object, TRACE_NONE */
	uint32_t
	        by; /* ready, late: lane of the task that had the thread when the part began, TRACE_NONE */
	uint64_t t0_ns, t1_ns;
	uint32_t ordinal; /* of the record with which the part begins */
};

struct trace_path {
	struct trace_path_part *
	        parts; /* in the order of time; each begins where the one before ends, none is empty */
	size_t n, cap;
};

/* Find the path that ends where the last task ends (of tasks that have not ended: now). The parts stand end to end from the first event of the
 * recording to that end. owns: fills `*path`, to be ended with trace_path_fini. errors: TRACE_ESYSTEM without memory,
 * nothing is left to be freed. cost: O(k log n) for k transitions on the path. */
int trace_path_find(struct trace_path *path, const struct trace_model *model);
void trace_path_fini(struct trace_path *path);

/* Return the name of a kind: "running", "ready", ... owns: returns a static string. */
const char *trace_path_kind_name(enum trace_path_kind kind);

#endif
