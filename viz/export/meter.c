/* Progress on standard error. */
#include "viz/export/meter.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_NS 500000000u /* shorter work says nothing */
#define INTERVAL_NS 100000000u

static uint64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void show(void *arg, uint64_t done, uint64_t all)
{
	struct viz_meter *meter = arg;
	uint64_t now = now_ns();
	if (now - meter->started_ns < PATIENCE_NS || now - meter->shown_ns < INTERVAL_NS)
		return;
	meter->shown_ns = now;
	fprintf(stderr, "\rexporting: %u %%\033[K", all ? (unsigned)(done * 100 / all) : 100);
	fflush(stderr);
}

void viz_meter_start(struct viz_meter *meter, struct trace_export *export)
{
	*meter = (struct viz_meter){.started_ns = now_ns()};
	if (!isatty(STDERR_FILENO))
		return;
	export->progress = show;
	export->progress_arg = meter;
}

void viz_meter_stop(struct viz_meter *meter)
{
	if (meter->shown_ns > 0)
		fputs("\r\033[K", stderr);
}
