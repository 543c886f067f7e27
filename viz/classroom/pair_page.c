/* A pair on a page of text: both timelines, what differs first, and the numbers side by side. */
#include "viz/classroom/pair.h"

#include <inttypes.h>

#include "trace/analysis/stats.h"
#include "viz/canvas/canvas.h"
#include "viz/text/format_time.h"

enum { PAGE_LANES = 200, SIDE_MIN_ROWS = 10, LINE_BYTES = 700 };

static void print_side(struct viz_pair *pair, int side, int cols, FILE *out)
{
	struct viz_session *it = &pair->sides[side];
	struct viz_grid grid;
	int lanes = it->model->n_drawn < PAGE_LANES ? (int)it->model->n_drawn : PAGE_LANES;
	int rows = lanes + 3; /* the head, the ruler, the rule */
	if (viz_grid_init(&grid, rows < SIDE_MIN_ROWS ? SIDE_MIN_ROWS : rows, cols) != 0)
		return;
	it->view.page = true;
	it->name = pair->names[side];
	viz_session_paint(it, &grid);
	it->view.page = false;
	if (it->model->n_drawn <= PAGE_LANES)
		grid.rows = lanes + 2; /* without the rule, which has no lanes to speak of */
	viz_canvas_text(&grid, out);
	viz_grid_fini(&grid);
}

static uint64_t running_ns(const struct trace_stats *stats)
{
	return stats->running_ns + stats->calls_ns;
}

static uint64_t ready_ns(const struct trace_stats *stats)
{
	uint64_t sum_ns = 0;
	for (size_t i = 0; i < stats->n_tasks; i++)
		sum_ns += stats->tasks[i].ready_ns + stats->tasks[i].late_ns;
	return sum_ns;
}

static uint64_t waiting_ns(const struct trace_stats *stats)
{
	uint64_t sum_ns = 0;
	for (size_t i = 0; i < stats->n_tasks; i++)
		sum_ns += stats->tasks[i].waiting_ns - stats->tasks[i].late_ns;
	return sum_ns;
}

static uint64_t makespan_ns(const struct trace_stats *stats)
{
	return stats->end_ns - stats->begin_ns;
}

static uint64_t n_tasks(const struct trace_stats *stats)
{
	return stats->n_tasks;
}

static uint64_t n_steps(const struct trace_stats *stats)
{
	return stats->n_steps;
}

static uint64_t n_ticks(const struct trace_stats *stats)
{
	return stats->n_ticks;
}

/* The rows of the table: what is compared, and where it stands. */
static const struct {
	const char *name;
	uint64_t (*value)(const struct trace_stats *stats);
	bool is_time;
} rows[] = {
        {"makespan", makespan_ns, true}, {"running", running_ns, true}, {"ready", ready_ns, true},
        {"waiting", waiting_ns, true},   {"tasks", n_tasks, false},     {"steps", n_steps, false},
        {"iterations", n_ticks, false},
};

static void put_value(char text[VIZ_TIME_BYTES], uint64_t value, bool is_time)
{
	if (is_time)
		viz_format_time(text, value);
	else
		snprintf(text, VIZ_TIME_BYTES, "%" PRIu64, value);
}

static void print_row(FILE *out, size_t row, const struct trace_stats stats[2])
{
	uint64_t a = rows[row].value(&stats[0]), b = rows[row].value(&stats[1]);
	char texts[3][VIZ_TIME_BYTES];
	put_value(texts[0], a, rows[row].is_time);
	put_value(texts[1], b, rows[row].is_time);
	put_value(texts[2], a > b ? a - b : b - a, rows[row].is_time);
	fprintf(out, "%-12s %14s %14s %15s%s\n", rows[row].name, texts[0], texts[1],
	        a == b ? "" : texts[2],
	        a == b  ? "the same"
	        : a > b ? " less"
	                : " more");
}

/* Return -1 when out of memory. */
static int print_numbers(const struct viz_pair *pair, FILE *out)
{
	struct trace_stats stats[2];
	if (trace_stats_make(&stats[0], pair->sides[0].model) != 0)
		return -1;
	if (trace_stats_make(&stats[1], pair->sides[1].model) != 0) {
		trace_stats_fini(&stats[0]);
		return -1;
	}
	fprintf(out, "%-12s %14s %14s %15s\n", "", "A", "B", "B has");
	for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++)
		print_row(out, row, stats);
	trace_stats_fini(&stats[0]);
	trace_stats_fini(&stats[1]);
	return 0;
}

static void print_first(const struct viz_pair *pair, FILE *out)
{
	char line[LINE_BYTES], time[VIZ_TIME_BYTES];
	if (!pair->compare.differs) {
		fputs("nothing differs\n", out);
		return;
	}
	fprintf(out, "first difference at %s\n", viz_format_time(time, pair->compare.first_ns));
	for (int i = 0; i < 2; i++) {
		struct viz_text text = viz_text_begin(line, sizeof line);
		viz_pair_add_first(pair, i, &text);
		fprintf(out, "  %c  %s\n", i == 0 ? 'A' : 'B', line);
	}
}

int viz_pair_print(struct viz_pair *pair, int cols, FILE *out)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_pair_settle_axis(pair);
	print_side(pair, 0, cols, out);
	fputc('\n', out);
	print_side(pair, 1, cols, out);
	viz_pair_add_summary(pair, &text);
	fprintf(out, "\n%s\n", line);
	print_first(pair, out);
	fputc('\n', out);
	return print_numbers(pair, out);
}
