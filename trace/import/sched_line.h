/* One line of a scheduler's trace, taken apart. */
#ifndef GANTTOP_TRACE_IMPORT_SCHED_LINE_H
#define GANTTOP_TRACE_IMPORT_SCHED_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trace_sched_event {
	TRACE_SCHED_OTHER, /* a line that is no event of ours */
	TRACE_SCHED_SWITCH,
	TRACE_SCHED_WAKEUP,
	TRACE_SCHED_NEW, /* a wakeup of a task that has never run */
	TRACE_SCHED_WAKING,
	TRACE_SCHED_MIGRATE,
	TRACE_SCHED_EXIT,
	TRACE_SCHED_BAD /* one of ours that cannot be understood */
};

/* A task in a line; pid 0 is the idle task of a CPU. */
struct trace_sched_task {
	char comm[32];
	uint32_t pid;
};

struct trace_sched_line {
	enum trace_sched_event event;
	uint64_t t_ns;
	uint32_t cpu;
	struct trace_sched_task current; /* on the CPU when it happened */
	struct trace_sched_task one;     /* that is switched from, woken, moved */
	struct trace_sched_task other;   /* that is switched to */
	char prev_state;                 /* first letter; R: it could go on */
	uint32_t target_cpu;
};

/* Take a line apart; `line` is ended by a zero. */
struct trace_sched_line trace_sched_line_read(const char *line);

#endif
