/* The what-if on the screen: the timeline, and below it what it makes of the makespan and the parameters with their values of
 * before and now.
 */
#include "viz/classroom/whatif.h"

#include <inttypes.h>
#include <stdio.h>

#include "viz/text/format_time.h"
#include "viz/canvas/glyph.h"
#include "viz/input/hints.h"
#include "viz/text/text.h"
#include "viz/text/utf8.h"

enum { TIMELINE_MIN_ROWS = 10, LINE_BYTES = 600, NAME_COL = 3, VALUE_COLS = 9 };

/* How the makespan has changed: "900 ms -> 600 ms, 300 ms less", or a notice. */
static void paint_outcome(const struct viz_whatif *whatif, struct viz_grid *grid, int row)
{
	char line[LINE_BYTES], now[VIZ_TIME_BYTES], before[VIZ_TIME_BYTES], by[VIZ_TIME_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	uint64_t now_ns = whatif->session.model->t_end_ns;
	viz_format_time(now, now_ns);
	if (whatif->notice[0] != '\0') {
		viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_ALERT, whatif->notice);
		return;
	}
	if (whatif->shadow == NULL) {
		viz_text_add(&text, "makespan %s; change a value and see what becomes of it", now);
	} else {
		uint64_t before_ns = whatif->shadow->t_end_ns;
		uint64_t by_ns = now_ns > before_ns ? now_ns - before_ns : before_ns - now_ns;
		viz_text_add(&text, "makespan %s, before %s", now,
		             viz_format_time(before, before_ns));
		if (by_ns == 0)
			viz_text_add(&text, ": the same");
		else
			viz_text_add(&text, ": %s %s", viz_format_time(by, by_ns),
			             now_ns > before_ns ? "more" : "less");
		viz_text_add(&text, whatif->ascii ? "   ~' is before" : "   ╌╎ is before");
	}
	viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_TITLE, line);
}

/* Which findings there are more or fewer of than before; without a shadow, which there are. */
static void paint_findings(const struct viz_whatif *whatif, struct viz_grid *grid, int row)
{
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	for (int kind = 0; kind < TRACE_FINDING_KINDS; kind++) {
		uint64_t now = whatif->found[kind],
		         before = whatif->shadow != NULL ? whatif->found_before[kind] : now;
		const char *name = trace_finding_rule((enum trace_finding_kind)kind)->name;
		if (now == 0 && before == 0)
			continue;
		viz_text_add(&text, "%s%s", text.len > 0 ? ", " : "findings: ", name);
		if (now == 0)
			viz_text_add(&text, " gone");
		else if (before == 0)
			viz_text_add(&text, " new");
		if (now > 1)
			viz_text_add(&text, " x%" PRIu64, now);
	}
	if (text.len == 0)
		viz_text_add(&text, "no findings");
	viz_grid_text(grid, row, 1, grid->cols - 2, VIZ_STYLE_PLAIN, line);
}

static void paint_value(struct viz_grid *grid, int row, int col, enum viz_style style,
                        const char *text)
{
	int cols = viz_utf8_cols(text);
	viz_grid_text(grid, row, col + (cols < VALUE_COLS ? VALUE_COLS - cols : 0), VALUE_COLS,
	              style, text);
}

/* The width of the longest name. */
static int name_cols(const struct scenario *scenario)
{
	int cols = 0;
	for (size_t i = 0; i < scenario->n_params; i++)
		if (viz_utf8_cols(scenario->params[i].name) > cols)
			cols = viz_utf8_cols(scenario->params[i].name);
	return cols;
}

static void paint_param(const struct viz_whatif *whatif, struct viz_grid *grid, int row, size_t i)
{
	const struct scn_param *param = &whatif->run.args.scenario->params[i];
	int64_t before = whatif->before.values[i], now = whatif->run.args.values[i];
	bool is_selected = i == whatif->selected,
	     is_typed = is_selected && whatif->typed[0] != '\0';
	char number[40], range[200];
	int values_col = NAME_COL + name_cols(whatif->run.args.scenario);
	if (is_selected)
		viz_grid_text(grid, row, NAME_COL - 2, 1, VIZ_STYLE_SELECTED, "▸");
	viz_grid_text(grid, row, NAME_COL, values_col - NAME_COL,
	              is_selected ? VIZ_STYLE_SELECTED : VIZ_STYLE_PLAIN, param->name);
	snprintf(number, sizeof number, "%" PRId64, before);
	if (before != now)
		paint_value(grid, row, values_col, VIZ_STYLE_DIM, number);
	snprintf(number, sizeof number, "%" PRId64, now);
	if (is_typed)
		snprintf(number, sizeof number, "%s_", whatif->typed);
	paint_value(grid, row, values_col + VALUE_COLS, is_typed ? VIZ_STYLE_KEY : VIZ_STYLE_TITLE,
	            number);
	snprintf(range, sizeof range, "%s%s%" PRId64 " to %" PRId64 "   %s", param->unit,
	         param->unit[0] != '\0' ? ", " : "", param->min, param->max, param->text);
	int col = values_col + 2 * VALUE_COLS + 2;
	viz_grid_text(grid, row, col, grid->cols - col - 1, VIZ_STYLE_DIM, range);
}

static void paint_timeline(struct viz_whatif *whatif, struct viz_grid *grid, int rows)
{
	whatif->session.shadow = whatif->shadow;
	whatif->session.shadow_of = whatif->shadow != NULL ? whatif->compare.a_of_b : NULL;
	viz_session_paint_rows(&whatif->session, grid, 0, rows);
}

void viz_whatif_paint(struct viz_whatif *whatif, struct viz_grid *grid)
{
	size_t n = whatif->run.args.scenario->n_params;
	int room = grid->rows - TIMELINE_MIN_ROWS -
	           3; /* for parameters, under the outcome and over the keys */
	int shown = room < 1 ? 1 : room < (int)n ? room : (int)n;
	int row = grid->rows - shown - 3;
	/* a window of the list that has the selected one in it */
	size_t first =
	        whatif->selected + 1 > (size_t)shown ? whatif->selected + 1 - (size_t)shown : 0;
	viz_grid_clear(grid);
	if (row > 0)
		paint_timeline(whatif, grid, row);
	paint_outcome(whatif, grid, row);
	paint_findings(whatif, grid, row + 1);
	for (int i = 0; i < shown; i++)
		paint_param(whatif, grid, row + 2 + i, first + (size_t)i);
	viz_hints_paint(grid, VIZ_IN_WHATIF);
	if (whatif->ascii)
		viz_glyph_fold_ascii(grid);
}
