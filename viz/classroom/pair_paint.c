/* A pair on a screen and on a page: the words on both at the top, where the last row of a classroom reads them, then the
 * two timelines, each painted by the one painter into a grid of its own.
 */
#include "viz/classroom/pair.h"

#include <string.h>

#include "viz/canvas.h"
#include "viz/format_time.h"
#include "viz/glyph.h"
#include "viz/hints.h"

enum { HEAD_ROWS = 2, FOOT_ROWS = 1, SIDE_MIN_ROWS = 10, LINE_BYTES = 700, PAGE_LANES = 200 };

/* ---- The screen ---- */

static void copy_rows(struct viz_grid *to, const struct viz_grid *from, int row)
{
	memcpy(to->cells + (size_t)row * (size_t)to->cols, from->cells,
	       (size_t)from->rows * (size_t)from->cols * sizeof *from->cells);
}

/* Paint one side on `rows` rows from `row` on. Nothing is painted when there is no memory for it. */
static void paint_side(struct viz_pair *pair, int side, struct viz_grid *grid, int row, int rows)
{
	struct viz_grid part;
	if (viz_grid_init(&part, rows, grid->cols) != 0)
		return;
	/* set here and not once: a pair may be moved after it was made */
	pair->sides[side].name = pair->names[side];
	pair->sides[side].view.focus = side == pair->focus;
	viz_session_paint(&pair->sides[side], &part);
	copy_rows(grid, &part, row);
	viz_grid_fini(&part);
	pair->tops[side] = row;
}

static void paint_first(const struct viz_pair *pair, struct viz_grid *grid, int row)
{
	char line[LINE_BYTES], time[VIZ_TIME_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	if (!pair->compare.differs) {
		viz_text_add(&text, "nothing differs");
	} else {
		viz_text_add(&text, "differ from %s: A ",
		             viz_format_time(time, pair->compare.first_ns));
		viz_pair_add_first(pair, 0, &text);
		viz_text_add(&text, " | B ");
		viz_pair_add_first(pair, 1, &text);
	}
	viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_QUESTION, line);
}

static void paint_head(const struct viz_pair *pair, struct viz_grid *grid)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_pair_add_summary(pair, &text);
	viz_grid_text(grid, 0, 1, grid->cols - 2, VIZ_STYLE_TITLE, line);
	paint_first(pair, grid, 1);
}

static void settle_axis(struct viz_pair *pair)
{
	uint64_t end_ns = 0;
	for (int i = 0; i < 2; i++) {
		uint64_t now_ns = trace_model_now_ns(pair->sides[i].model);
		end_ns = now_ns > end_ns ? now_ns : end_ns;
	}
	pair->sides[0].view.until_ns = pair->sides[1].view.until_ns = end_ns;
}

void viz_pair_paint(struct viz_pair *pair, struct viz_grid *grid)
{
	viz_grid_clear(grid);
	settle_axis(pair);
	pair->tops[0] = pair->tops[1] = -1;
	int room = grid->rows - HEAD_ROWS - FOOT_ROWS;
	if (room < SIDE_MIN_ROWS) {
		paint_side(pair, pair->focus, grid, 0, grid->rows);
		return;
	}
	paint_head(pair, grid);
	if (room < 2 * SIDE_MIN_ROWS) {
		paint_side(pair, pair->focus, grid, HEAD_ROWS, room);
	} else {
		paint_side(pair, 0, grid, HEAD_ROWS, room / 2);
		paint_side(pair, 1, grid, HEAD_ROWS + room / 2, room - room / 2);
	}
	viz_hints_paint(grid, VIZ_IN_PAIR | VIZ_IN_FILE);
	if (pair->ascii)
		viz_glyph_fold_ascii(grid);
}

/* ---- The page ---- */

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

struct numbers {
	size_t n_tasks, n_steps, n_iterations;
};

static struct numbers count(const struct trace_model *model)
{
	struct numbers numbers = {0};
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *record = trace_model_event(model, i);
		numbers.n_tasks += record->kind == TRACE_TASK;
		numbers.n_steps +=
		        record->kind == TRACE_STATE && record->sub == TRACE_STATE_RUNNING;
		numbers.n_iterations +=
		        record->kind == TRACE_TICK && record->sub == TRACE_PHASE_BEGIN;
	}
	return numbers;
}

static void print_row(FILE *out, const char *name, size_t a, size_t b)
{
	fprintf(out, "%-12s %14zu %14zu\n", name, a, b);
}

static void print_numbers(const struct viz_pair *pair, FILE *out)
{
	struct numbers a = count(pair->sides[0].model), b = count(pair->sides[1].model);
	char times[2][VIZ_TIME_BYTES];
	for (int i = 0; i < 2; i++)
		viz_format_time(times[i], pair->sides[i].model->t_end_ns);
	fprintf(out, "%-12s %14s %14s\n", "", "A", "B");
	fprintf(out, "%-12s %14s %14s\n", "makespan", times[0], times[1]);
	print_row(out, "tasks", a.n_tasks, b.n_tasks);
	print_row(out, "steps", a.n_steps, b.n_steps);
	print_row(out, "iterations", a.n_iterations, b.n_iterations);
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
	settle_axis(pair);
	print_side(pair, 0, cols, out);
	fputc('\n', out);
	print_side(pair, 1, cols, out);
	viz_pair_add_summary(pair, &text);
	fprintf(out, "\n%s\n", line);
	print_first(pair, out);
	fputc('\n', out);
	print_numbers(pair, out);
	return 0;
}
