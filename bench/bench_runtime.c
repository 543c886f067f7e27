/* One workload on our own runtime: bench_runtime WORKLOAD [LOG [CLOCK]].
 *
 * Prints `result NAME METRIC VALUE` lines, as the programs of bench/peers/ do for the same work; bench/compare.py runs all of them in turn.
 * LOG names a file to record into ("-": not recorded), CLOCK is virtual or real. Timers are real in every case.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/workload.h"
#include "runtime/ganttop.h"

static struct workload_run run;

static void result(const char *metric, double value)
{
	printf("result\t%s\t%s\t%.3f\n", run.name, metric, value);
}

static int run_main(void *arg)
{
	(void)arg;
	uint64_t start_ns = measure_now_ns(), start_cpu_ns = measure_cpu_ns();
	run.start_ns = start_ns;
	int rc = run.body(&run);
	if (rc)
		return rc;
	double ns = (double)(measure_now_ns() - run.start_ns);
	if (run.is_cpu) {
		result("cpu_ms", (double)(measure_cpu_ns() - start_cpu_ns) / 1e6);
		result("wall_ms", (double)(measure_now_ns() - start_ns) / 1e6);
	} else if (run.n_late) {
		result("late_us", run.late_us[run.n_late / 2]);
		result("late_p99_us", run.late_us[run.n_late * 99 / 100]);
		result("earliest_us", run.late_us[0]);
	} else {
		result("ns", ns / (double)run.n);
	}
	if (run.resident_bytes > 0)
		result("resident_bytes", run.resident_bytes);
	return 0;
}

int main(int argc, char **argv)
{
	struct gt_options options = GT_OPTIONS_INIT;
	bool is_real = argc > 3 && !strcmp(argv[3], "real");

	if (argc < 2 || !workload_find(argv[1], &run))
		measure_die("run", argc < 2 ? "nothing" : argv[1], "no such workload");
	options.clock = is_real || run.needs_real_clock ? GT_CLOCK_REAL : GT_CLOCK_VIRTUAL;
	options.log = argc > 2 && strcmp(argv[2], "-") ? argv[2] : NULL;
	int rc = gt_run(&options, run_main, NULL);
	if (rc)
		measure_die("run", argv[1], gt_strerror(rc));
	return 0;
}
