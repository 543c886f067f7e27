/* A pair on a screen: the words on both at the top, where the last row of a classroom reads them, then the
 * two timelines, each painted by the one painter into a grid of its own.
 */
#include "viz/classroom/pair.h"

#include "viz/text/format_time.h"
#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"

enum { HEAD_ROWS = 2, FOOT_ROWS = 1, SIDE_MIN_ROWS = 10, LINE_BYTES = 700 };

/* ---- The screen ---- */

/* Paint one side on `rows` rows from `row` on. */
static void paint_side(struct viz_pair *pair, int side, struct viz_grid *grid, int row, int rows)
{
	/* set here and not once: a pair may be moved after it was made */
	pair->sides[side].name = pair->names[side];
	pair->sides[side].view.focus = side == pair->focus;
	viz_session_paint_rows(&pair->sides[side], grid, row, rows);
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

void viz_pair_settle_axis(struct viz_pair *pair)
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
	viz_pair_settle_axis(pair);
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
