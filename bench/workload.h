/* The workloads on which runtimes are compared: what bench/peers/ does in other languages, here on our runtime. */
#ifndef GANTTOP_BENCH_WORKLOAD_H
#define GANTTOP_BENCH_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One run of a workload. */
struct workload_run {
	const char *name;
	int (*body)(struct workload_run *run); /* runs in a task; 0 or a code */
	size_t n;                              /* operations; what a time is divided by */
	size_t n_tasks, capacity;
	bool is_cpu;           /* CPU and wall time count, not ns an operation */
	bool needs_real_clock; /* it is about timers */
	/* what the body leaves behind */
	uint64_t start_ns; /* when the operations began; a body may move it beyond its warm-up */
	double resident_bytes; /* a task, 0: not asked */
	double *late_us;       /* lateness of timers, sorted */
	size_t n_late;
};

/* Fill `*run` with the workload of that name. Returns whether there is one. */
bool workload_find(const char *name, struct workload_run *run);

#endif
