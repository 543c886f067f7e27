/* A paced run that is watched: bench_paced FOLDER [GANTTOP], without GANTTOP nobody watches.
 *
 * Five seconds of paced time, a hundred tasks that sleep 1 to 10 ms over and over, recorded into a file that a viewer
 * in a pseudo-terminal of 200x50 follows. A ticker compares, every 100 ms of the run's own time, how much wall time has
 * gone by. Its lateness at one moment is how late the system woke us; what it gains from one second to the next is
 * drift, for which the least late tick of the first and of the last second are compared.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/pty.h"
#include "runtime/ganttop.h"
#include "trace/model.h"

#define N_TASKS        100
#define N_TICKS        50
#define TICK_NS        GT_MS(100)
#define PER_S          10 /* ticks a second */
#define RUN_NS         (N_TICKS * TICK_NS)
#define PATH_MAX_BYTES 4096

static double late_us[N_TICKS];
static uint64_t started_ns;

static int ticker(void *arg)
{
	(void)arg;
	for (int i = 0; i < N_TICKS; i++) {
		int rc = gt_sleep(TICK_NS);
		if (rc != 0)
			return rc;
		late_us[i] = ((double)(measure_now_ns() - started_ns) - (double)gt_now()) / 1000;
	}
	return 0;
}

static int sleeper(void *arg)
{
	uint64_t ns = GT_MS(1) + (uint64_t)(uintptr_t)arg * GT_US(90);
	while (gt_now() + ns < RUN_NS) {
		int rc = gt_sleep(ns);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int load(void *arg)
{
	struct gt_task *tick;

	(void)arg;
	started_ns = measure_now_ns() - gt_now();
	for (uintptr_t i = 0; i < N_TASKS; i++) {
		struct gt_task *task = gt_spawn(sleeper, (void *)i, "sleeper-%u", (unsigned)i);
		gt_release(task);
	}
	tick = gt_spawn(ticker, NULL, "ticker");
	return tick ? gt_join(tick) : GT_ENOMEM;
}

/* ---- The watcher -------------------------------------------------------------------------------- */

struct watcher {
	struct pty pty;
	pthread_t thread;
	_Atomic int stop;
	size_t n_bytes;
};

static void *read_screen(void *arg)
{
	struct watcher *watcher = arg;
	while (!atomic_load(&watcher->stop))
		watcher->n_bytes += pty_drain(&watcher->pty, 50, 0);
	return NULL;
}

/* ---- The run ------------------------------------------------------------------------------------ */

static double least(const double *values, int n)
{
	double low = values[0];
	for (int i = 1; i < n; i++)
		low = values[i] < low ? values[i] : low;
	return low;
}

static void look_at(const char *path, const char *label)
{
	struct trace_reader *reader;
	struct trace_error error;
	char what[128];
	uint32_t slot;
	size_t n = 0;
	int rc;

	if (trace_reader_open(&reader, path, false, &error) != 0)
		measure_die("read", path, error.text);
	while ((rc = trace_reader_next(reader, &slot, &error)) > 0)
		n++;
	if (rc < 0)
		measure_die("read", path, error.text);
	snprintf(what, sizeof what, "records lost, %s", label);
	measure_row(what, (double)trace_reader_header(reader)->lost, "", "of %zu; must be 0", n);
	trace_reader_close(reader);
}

static void run(const char *path)
{
	struct gt_options options = GT_OPTIONS_INIT;

	options.clock = GT_CLOCK_PACED;
	options.log = path;
	options.title = "a load to be watched";
	int rc = gt_run(&options, load, NULL);
	if (rc != 0)
		measure_die("run", "the load", gt_strerror(rc));
}

static void report(const char *path, const char *label)
{
	char what[128];
	double first = least(late_us, PER_S), last = least(late_us + N_TICKS - PER_S, PER_S);
	double seconds = (double)(N_TICKS - PER_S) / PER_S;
	struct samples late = {0};

	for (int i = 0; i < N_TICKS; i++)
		samples_add(&late, late_us[i]);
	look_at(path, label);
	snprintf(what, sizeof what, "drift from wall time, %s", label);
	measure_row(what, (last - first) / seconds, "us/s", "at most 1000");
	snprintf(what, sizeof what, "lateness of a tick, %s", label);
	measure_row(what, samples_quantile(&late, 0.5), "us", "p99 %.0f, max %.0f us",
	            samples_quantile(&late, 0.99), samples_quantile(&late, 1));
	samples_fini(&late);
}

int main(int argc, char **argv)
{
	static struct watcher watcher;
	char path[PATH_MAX_BYTES];

	snprintf(path, sizeof path, "%s/paced.gtt", argc > 1 ? argv[1] : ".");
	unlink(path);
	if (argc <= 2) {
		run(path);
		report(path, "nobody watching");
	} else {
		/* The viewer must find a file: a shell waits for the first page to be there. */
		char *program[] = {
		        "sh",
		        "-c",
		        "until [ -s \"$1\" ]; do sleep 0.01; done; exec \"$0\" view \"$1\"",
		        argv[2],
		        path,
		        NULL};
		pty_start(&watcher.pty, 50, 200, program, NULL);
		if (pthread_create(&watcher.thread, NULL, read_screen, &watcher) != 0)
			measure_die("start", "a thread", strerror(errno));
		run(path);
		atomic_store(&watcher.stop, 1);
		pthread_join(watcher.thread, NULL);
		pty_stop(&watcher.pty);
		report(path, "watched");
		measure_row("bytes painted while watched", (double)watcher.n_bytes, "bytes", "%s",
		            "0 would mean that nobody watched");
	}
	unlink(path);
	return 0;
}
