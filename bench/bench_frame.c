/* What a picture of a long recording costs: bench_frame LABEL FILE [ROWS [COLS]].
 *
 * Asks for all cells of a screen of 200x50 (48 lanes), at 12 zooms from the whole recording to a microsecond a cell and at random places, as the painter does, and
 * paints whole frames there. Also what the model holds in memory, and the time to a first picture. All times are the CPU's: what else runs on the
 * machine is not measured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/measure.h"
#include "trace/model.h"
#include "viz/painter/painter.h"

#define CELLS  190
#define LANES  48
#define ZOOMS  12
#define PLACES 40

struct bench {
	const char *label;
	struct trace_model *model;
	struct viz_grid grid;
	uint32_t random;
};

/* Return the CPU time of this program: what else runs on the machine is not in it. units: ns. */
static uint64_t cpu_ns(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint32_t next(struct bench *bench)
{
	bench->random = bench->random * 1664525u + 1013904223u;
	return bench->random >> 8;
}

static void row(const struct bench *bench, const char *what, struct samples *samples,
                const char *note)
{
	char name[200];
	snprintf(name, sizeof name, "%s, %s", bench->label, what);
	measure_row(name, samples_quantile(samples, 0.5), "us", "p99 %.0f, max %.0f us of CPU%s",
	            samples_quantile(samples, 0.99), samples_quantile(samples, 1), note);
}

/* Memory of our own, without what is mapped from files. units: bytes. */
static double anonymous_bytes(void)
{
	char line[256];
	double kib = 0;
	FILE *status = fopen("/proc/self/status", "r");
	while (status && fgets(line, sizeof line, status))
		if (strncmp(line, "RssAnon:", 8) == 0)
			kib = (double)strtoul(line + 8, NULL, 10);
	if (status)
		fclose(status);
	return kib * 1024;
}

static struct trace_model *open_model(const char *path)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open(&reader, path, false, &error) != 0)
		measure_die("read", path, error.text);
	struct trace_model *model = trace_model_create(reader);
	if (!model)
		measure_die("read", path, "out of memory");
	return model;
}

static void paint(struct bench *bench, struct viz_view *view)
{
	struct viz_layout layout;
	struct viz_scene scene = {.mode = VIZ_MODE_FILE,
	                          .now_ns = trace_model_now_ns(bench->model)};
	viz_layout(&layout, bench->grid.rows, bench->grid.cols, view, bench->model);
	viz_view_settle(view, bench->model, layout.timeline.cols, layout.timeline.rows);
	viz_paint(&bench->grid, bench->model, view, &scene);
}

/* From nothing to the first picture, and to all of the recording. */
static void bench_open(struct bench *bench, const char *path)
{
	struct trace_error error;
	char name[200];
	double before = anonymous_bytes();
	uint64_t start_ns = cpu_ns();
	bench->model = open_model(path);
	int rc = trace_model_update_some(bench->model, 100000, &error);
	struct viz_view view = VIZ_VIEW_INIT;
	if (rc >= 0)
		paint(bench, &view);
	uint64_t first_ns = cpu_ns() - start_ns;
	while (rc > 0)
		rc = trace_model_update_some(bench->model, 100000, &error);
	if (rc < 0)
		measure_die("read", path, error.text);
	double all_ns = (double)(cpu_ns() - start_ns), n = (double)bench->model->n_events;
	snprintf(name, sizeof name, "%s, first picture", bench->label);
	measure_row(name, (double)first_ns / 1e6, "ms", "of CPU, %s", "a slice read and painted");
	snprintf(name, sizeof name, "%s, all of it read", bench->label);
	measure_row(name, n / all_ns * 1000, "M/s", "of CPU, at least 50; %.1f M events, %.2f s",
	            n / 1e6, all_ns / 1e9);
	snprintf(name, sizeof name, "%s, memory beyond the file", bench->label);
	measure_row(name, (anonymous_bytes() - before) / n, "bytes", "an event; at most 8");
}

/* A window of a zoom (0: everything), somewhere. */
static void place_window(struct bench *bench, int zoom, uint64_t *t0_ns, uint64_t *span_ns)
{
	uint64_t end_ns = bench->model->t_end_ns + 1;
	*span_ns = end_ns;
	for (int i = 0; i<zoom && * span_ns> 2000 * CELLS; i++)
		*span_ns /= 4;
	uint64_t room = end_ns - *span_ns;
	*t0_ns = room ? (uint64_t)((double)room * ((double)next(bench) / 16777216.0)) : 0;
}

static void ask(const struct trace_model *model, uint32_t lane, const uint64_t edges_ns[])
{
	static struct trace_range ranges[CELLS];
	static uint8_t seen[CELLS];
	struct trace_state_now now;
	if (model->lanes[lane].kind == TRACE_LANE_OBJECT)
		trace_object_range_row(model, lane, edges_ns, CELLS, TRACE_NONE, ranges);
	else
		trace_lane_seen_row(model, lane, edges_ns, CELLS, TRACE_NONE, seen);
	trace_lane_state(model, lane, trace_model_at_time(model, edges_ns[CELLS]), edges_ns[CELLS],
	                 &now);
}

static void bench_query(struct bench *bench)
{
	struct samples us = {0};
	const struct trace_model *model = bench->model;
	for (int zoom = 0; zoom < ZOOMS; zoom++)
		for (int place = 0; place < PLACES; place++) {
			uint64_t t0_ns, span_ns, edges_ns[CELLS + 1];
			place_window(bench, zoom, &t0_ns, &span_ns);
			size_t top = next(bench) % model->n_lanes;
			uint64_t start_ns = cpu_ns();
			for (uint64_t i = 0; i <= CELLS; i++)
				edges_ns[i] =
				        t0_ns + span_ns / CELLS * i + span_ns % CELLS * i / CELLS;
			for (size_t i = 0; i < LANES; i++)
				ask(model, model->order[(top + i) % model->n_lanes], edges_ns);
			samples_add(&us, (double)(cpu_ns() - start_ns) / 1000);
		}
	row(bench, "query of a frame, any zoom and place", &us, "; p99 at most 1000");
	samples_fini(&us);
}

static void bench_paint(struct bench *bench)
{
	struct samples us = {0};
	for (int zoom = 0; zoom < ZOOMS; zoom++)
		for (int place = 0; place < PLACES; place++) {
			struct viz_view view = VIZ_VIEW_INIT;
			view.fit = view.follow = view.track = false;
			place_window(bench, zoom, &view.t0_ns, &view.span_ns);
			view.ordinal = trace_model_at_time(bench->model, view.t0_ns + view.span_ns);
			view.selected = bench->model->order[next(bench) % bench->model->n_lanes];
			uint64_t start_ns = cpu_ns();
			paint(bench, &view);
			samples_add(&us, (double)(cpu_ns() - start_ns) / 1000);
		}
	row(bench, "a frame painted, any zoom and place", &us, "");
	samples_fini(&us);
}

int main(int argc, char **argv)
{
	struct bench bench = {.random = 7};
	if (argc < 3)
		measure_die("measure", "nothing", "usage: bench_frame LABEL FILE [ROWS [COLS]]");
	int rows = argc > 3 ? (int)strtoul(argv[3], NULL, 10) : 50;
	int cols = argc > 4 ? (int)strtoul(argv[4], NULL, 10) : 200;
	bench.label = argv[1];
	if (viz_grid_init(&bench.grid, rows, cols) != 0)
		measure_die("make", "a screen", "out of memory");
	bench_open(&bench, argv[2]);
	bench_query(&bench);
	bench_paint(&bench);
	trace_model_destroy(bench.model);
	viz_grid_fini(&bench.grid);
	return 0;
}
