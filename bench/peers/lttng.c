/* What recording an event costs with LTTng-UST: lttng N PASSES. bench/recording.py compiles it where LTTng is installed, and
 * starts and ends the session that it is recorded by. Prints the nanoseconds of CPU time that each pass took of the thread, an event.
 */
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/peers/lttng_events.h"

static double cpu_ns(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	uint32_t n = (uint32_t)strtoul(argv[1], NULL, 10);
	int passes = (int)strtol(argv[2], NULL, 10);
	for (int pass = 0; pass < passes; pass++) {
		double start_ns = cpu_ns();
		for (uint32_t i = 0; i < n; i++)
			lttng_ust_tracepoint(ganttop_bench, state, i, (uint16_t)(i & 7), 0, i,
			                     i ^ 1u);
		printf("%.2f\n", (cpu_ns() - start_ns) / n);
	}
	return 0;
}
