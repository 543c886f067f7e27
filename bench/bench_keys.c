/* What a key costs at every zoom and every place of a recording: bench_keys LABEL FILE KEYS [PASSES].
 *
 * Drives a session of 200x50 in process: at 12 zooms from the whole recording to a microsecond a cell and at random places each of KEYS is
 * pressed, and the screen painted. The terminal and the way to it are not in it (bench_latency has them); all times are the CPU's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "viz/session/session.h"

#define COLS   200
#define ROWS   50
#define ZOOMS  12
#define PLACES 10

static uint32_t next(void)
{
	static uint32_t random = 7;
	random = random * 1664525u + 1013904223u;
	return random >> 8;
}

static void open_session(struct viz_session *session, const char *path)
{
	struct trace_reader *reader;
	struct trace_error error;
	if (trace_reader_open(&reader, path, false, &error) != 0)
		measure_die("read", path, error.text);
	struct trace_model *model = trace_model_create(reader);
	if (!model)
		measure_die("read", path, "out of memory");
	viz_session_init(session, model, NULL, 0);
	while (viz_session_is_behind(session))
		viz_session_update(session);
}

/* Look at a window of a zoom (0: everything), somewhere, with the playhead within. */
static void go(struct viz_session *session, int zoom)
{
	struct viz_view *view = &session->view;
	uint64_t end_ns = session->model->t_end_ns + 1;
	view->fit = zoom == 0;
	view->follow = false;
	view->span_ns = end_ns;
	for (int i = 0; i < zoom && view->span_ns > 2000 * COLS; i++)
		view->span_ns /= 4;
	uint64_t room = end_ns - view->span_ns;
	view->t0_ns = (uint64_t)((double)room * ((double)next() / 16777216.0));
	view->seek_ns = 0;
	view->ordinal = trace_model_at_time(session->model, view->t0_ns + view->span_ns / 2);
	view->selected = session->model->order[next() % session->model->n_lanes];
}

static void press(struct viz_session *session, char typed)
{
	struct viz_key key = {.code = (unsigned char)typed};
	if (typed == '\r')
		key.code = VIZ_KEY_ENTER;
	else if (typed == '\177')
		key.code = VIZ_KEY_BACKSPACE;
	if (!viz_session_type(session, &key))
		viz_session_act(session, viz_action_find(viz_session_where(session), key.code),
		                &key);
}

int main(int argc, char **argv)
{
	struct viz_session session;
	struct samples us = {0};
	struct viz_grid grid;
	if (argc < 4)
		measure_die("measure", "nothing", "usage: bench_keys LABEL FILE KEYS [PASSES]");
	unsigned long passes = argc > 4 ? strtoul(argv[4], NULL, 10) : 1;
	if (viz_grid_init(&grid, ROWS, COLS) != 0)
		measure_die("make", "a screen", "out of memory");
	open_session(&session, argv[2]);
	for (unsigned long pass = 0; pass < passes; pass++)
		for (int place = 0; place < ZOOMS * PLACES; place++) {
			go(&session, place % ZOOMS);
			viz_session_paint(&session, &grid);
			for (const char *typed = argv[3]; *typed; typed++) {
				uint64_t start_ns = measure_cpu_ns();
				press(&session, *typed);
				viz_session_update(&session);
				viz_session_paint(&session, &grid);
				samples_add(&us, (double)(measure_cpu_ns() - start_ns) / 1000);
			}
		}
	measure_row(argv[1], samples_quantile(&us, 0.5), "us", "p99 %.0f, max %.0f us of CPU",
	            samples_quantile(&us, 0.99), samples_quantile(&us, 1));
	viz_session_fini(&session);
	viz_grid_fini(&grid);
	samples_fini(&us);
	return 0;
}
