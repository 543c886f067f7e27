/* The metrics pane: what the recording says in numbers up to the playhead, and of the selected task.
 *
 * Of a recording that is too long to be counted for every key they are made behind the picture; until then older ones stand there, and the
 * title says up to where they go. While the future is hidden there are none.
 */
#include <inttypes.h>
#include <stdio.h>

#include "trace/analysis/stats.h"
#include "viz/explain/explain.h"
#include "viz/text/format_time.h"
#include "viz/canvas/lay.h"
#include "viz/pane/pane.h"

enum { LABEL_COLS = 11, LINE_BYTES = 200, GRAPH_MIN_COLS = 10 };

struct pen {
	const struct viz_frame *frame;
	const struct trace_stats *stats;
	struct viz_rect left;
};

static void write_line(struct pen *pen, const char *label, const char *text)
{
	struct viz_rect *left = &pen->left;
	if (left->rows <= 0)
		return;
	viz_grid_text(pen->frame->grid, left->row, left->col, LABEL_COLS, VIZ_STYLE_DIM, label);
	int col = left->col + LABEL_COLS + 1, cols = left->cols - LABEL_COLS - 1;
	int used = cols > 0 ? viz_lay_text(pen->frame->grid, left->row, col, left->rows, cols,
	                                   VIZ_STYLE_PLAIN, text)
	                    : 1;
	left->row += used > 0 ? used : 1;
	left->rows -= used > 0 ? used : 1;
}

static void add_percent(struct viz_text *text, uint64_t part, uint64_t whole)
{
	viz_text_add(text, "%.1f %%", whole > 0 ? 100.0 * (double)part / (double)whole : 0.0);
}

static void write_loop(struct pen *pen)
{
	const struct trace_stats *stats = pen->stats;
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	add_percent(&text, trace_stats_busy_ppm(stats), 1000000);
	viz_text_add(&text, ", at most ");
	viz_text_add_duration(&text, stats->longest_tick_ns);
	write_line(pen, "loop busy", line);
	text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, "%" PRIu64 " in %" PRIu64 " iterations", stats->n_steps,
	             stats->n_ticks);
	if (stats->n_calls > 0)
		viz_text_add(&text, ", %" PRIu64 " callbacks", stats->n_calls);
	write_line(pen, "steps", line);
	text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, stats->lag_max_ns > 0 ? "median " : "none: each step began in time");
	if (stats->lag_max_ns > 0) {
		viz_text_add_duration(&text, stats->lag_p50_ns);
		viz_text_add(&text, ", 99 %% ");
		viz_text_add_duration(&text, stats->lag_p99_ns);
		viz_text_add(&text, ", worst ");
		viz_text_add_duration(&text, stats->lag_max_ns);
	}
	write_line(pen, "delay", line);
}

static void write_tasks(struct pen *pen)
{
	const struct trace_stats *stats = pen->stats;
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, "%zu, at most %" PRIu32 " at once", stats->n_tasks, stats->alive_max);
	write_line(pen, "tasks", line);
	text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, "%.2f, against one after the other",
	             (double)trace_stats_speedup_ppm(stats) / 1e6);
	if (stats->end_ns > stats->begin_ns)
		write_line(pen, "speed-up", line);
	text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, "%.2f (1: all served alike)", (double)stats->fairness_ppm / 1e6);
	write_line(pen, "fairness", line);
}

/* How much was done at once, as a graph over the whole time. */
static void write_concurrency(struct pen *pen)
{
	const struct trace_stats *stats = pen->stats;
	struct viz_rect *left = &pen->left;
	int cols = left->cols - LABEL_COLS - 1;
	uint64_t most = 1, part_ns = (stats->end_ns - stats->begin_ns) / TRACE_STATS_BUCKETS;
	char line[LINE_BYTES];
	if (left->rows <= 0 || part_ns == 0)
		return;
	for (unsigned i = 0; i < TRACE_STATS_BUCKETS; i++)
		most = stats->overlap_ns[i] > most ? stats->overlap_ns[i] : most;
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_text_add(&text, " at most %.1f", (double)most / (double)part_ns);
	int label = cols - (int)text.len < GRAPH_MIN_COLS ? 0 : (int)text.len;
	cols = cols - label < (int)TRACE_STATS_BUCKETS ? cols - label : (int)TRACE_STATS_BUCKETS;
	viz_grid_text(pen->frame->grid, left->row, left->col, LABEL_COLS, VIZ_STYLE_DIM, "at once");
	for (int col = 0; col < cols; col++) {
		unsigned from = (unsigned)col * TRACE_STATS_BUCKETS / (unsigned)cols;
		uint64_t value = stats->overlap_ns[from];
		viz_grid_put(pen->frame->grid, left->row, left->col + LABEL_COLS + 1 + col,
		             viz_glyph_level((int64_t)value, (int64_t)most,
		                             pen->frame->view->ascii),
		             value > 0 ? VIZ_STYLE_LEVEL : VIZ_STYLE_DIM);
	}
	viz_grid_text(pen->frame->grid, left->row, left->col + LABEL_COLS + 1 + cols, label,
	              VIZ_STYLE_PLAIN, line);
	left->row++;
	left->rows--;
}

static void write_part(struct pen *pen, const char *label, uint64_t ns, uint64_t whole_ns)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_text_add_duration(&text, ns);
	viz_text_add(&text, ", ");
	add_percent(&text, ns, whole_ns);
	write_line(pen, label, line);
}

static void write_selected(struct pen *pen)
{
	const struct trace_stats *stats = pen->stats;
	for (size_t i = 0; i < stats->n_tasks; i++) {
		const struct trace_task_stats *task = &stats->tasks[i];
		char line[LINE_BYTES];
		if (task->lane != pen->frame->view->selected)
			continue;
		struct viz_text text = viz_text_begin(line, sizeof line);
		viz_text_add_lane(&text, pen->frame->model, task->lane);
		viz_text_add(&text, ": %" PRIu64 " steps", task->n_steps);
		write_line(pen, "selected", line);
		uint64_t life_ns = task->running_ns + task->ready_ns + task->waiting_ns;
		write_part(pen, " running", task->running_ns, life_ns);
		write_part(pen, " ready", task->ready_ns, life_ns);
		write_part(pen, " waiting", task->waiting_ns, life_ns);
	}
}

static void title(const struct viz_frame *frame, struct viz_text *text)
{
	const struct trace_stats *stats = frame->scene->stats;
	if (stats == NULL) {
		viz_text_add(text, frame->view->mask ? "" : "being counted");
		return;
	}
	bool is_all = stats->end_ns >= frame->scene->now_ns;
	viz_text_add(text, is_all ? "of all " : "of the first ");
	viz_text_add_duration(text, stats->end_ns - stats->begin_ns);
	if (frame->scene->is_counting)
		viz_text_add(text, ", counting");
}

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	struct pen pen = {frame, frame->scene->stats, *rect};
	if (pen.stats == NULL)
		return;
	write_loop(&pen);
	write_tasks(&pen);
	write_concurrency(&pen);
	write_selected(&pen);
}

const struct viz_pane_ops viz_pane_metrics = {.title = title, .paint = paint};
