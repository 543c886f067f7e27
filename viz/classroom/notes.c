/* The notes pane. Most important first, so that a small pane loses the end of the notes and not the question.
 *
 * The answer stands behind the question, since nobody but the teacher sees this; with other parameters than the defaults it is not known
 * here, and neither is the moment, so both are left out. */
#include "viz/classroom/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include "viz/canvas/lay.h"
#include "viz/classroom/answer.h"
#include "viz/text/format_time.h"
#include "viz/canvas/glyph.h"
#include "viz/text/text.h"

/* Return the first point that is still to come, NULL behind the last. */
static const struct scn_point *next_point(const struct viz_notes *notes)
{
	size_t n;
	const struct scn_point *points = scn_points(notes->scenario, &n);
	for (size_t i = 0; i < n; i++)
		if (points[i].t_ns >= notes->t_ns)
			return &points[i];
	return NULL;
}

static void paint_head(const struct viz_notes *notes, struct viz_grid *grid, int row)
{
	char line[200];
	struct viz_text text = viz_text_begin(line, sizeof line);
	for (int col = 0; col < grid->cols; col++)
		viz_glyph_put(grid, row, col, VIZ_GLYPH_RULE, false);
	viz_text_add(&text, " notes  %u:%02u ", notes->elapsed_s / 60, notes->elapsed_s % 60);
	if (notes->followers != UINT32_MAX)
		viz_text_add(&text, " %u %s ", notes->followers,
		             notes->followers == 1 ? "follows" : "follow");
	viz_grid_text(grid, row, 2, grid->cols - 4, VIZ_STYLE_TITLE, line);
}

static void add_option(struct viz_text *text, const struct viz_notes *notes,
                       const struct scn_option *option)
{
	char words[VIZ_ASK_BYTES];
	viz_text_add(text, "%s", scn_args_fill(words, sizeof words, option->text, notes->args));
}

/* The answer with the default parameters. */
static void add_answer(struct viz_text *text, const struct viz_notes *notes,
                       const struct scn_point *point)
{
	viz_text_add(text, " (");
	if (point->kind == SCN_CHOICE)
		add_option(text, notes, &point->options[point->right]);
	for (size_t i = 0; point->kind == SCN_ORDER && i < scn_point_n_options(point); i++) {
		viz_text_add(text, "%s", i > 0 ? ", then " : "");
		add_option(text, notes, &point->options[point->order[i]]);
	}
	if (point->kind == SCN_PAINT)
		viz_text_add(text, "%s", point->cells);
	viz_text_add(text, ")");
}

static void say_next(const struct viz_notes *notes, char *line, size_t line_size)
{
	const struct scn_point *point = next_point(notes);
	struct viz_text text = viz_text_begin(line, line_size);
	char time[VIZ_TIME_BYTES], ask[VIZ_ASK_BYTES];
	bool is_known = viz_answer_are_defaults(notes->args);
	if (point == NULL) {
		viz_text_add(&text, "no question is left");
		return;
	}
	scn_args_fill(ask, sizeof ask, point->ask, notes->args);
	viz_text_add(&text, "next");
	if (is_known)
		viz_text_add(&text, ", at %s", viz_format_time(time, point->t_ns));
	viz_text_add(&text, ": %s", ask);
	if (is_known)
		add_answer(&text, notes, point);
}

static int lay_out(const struct viz_notes *notes, struct viz_grid *grid, int row, int rows,
                   int cols)
{
	char line[600];
	int used = 1;
	if (grid != NULL)
		paint_head(notes, grid, row);
	say_next(notes, line, sizeof line);
	used += viz_lay_text(grid, row + used, 1, rows - used, cols - 2, VIZ_STYLE_QUESTION, line);
	used += viz_lay_text(grid, row + used, 1, rows - used, cols - 2, VIZ_STYLE_PLAIN,
	                     scn_notes(notes->scenario));
	return used;
}

int viz_notes_rows(const struct viz_notes *notes, int cols)
{
	return lay_out(notes, NULL, 0, 1000, cols);
}

void viz_notes_paint(const struct viz_notes *notes, struct viz_grid *grid, int row, int rows)
{
	if (rows > 0)
		lay_out(notes, grid, row, rows, grid->cols);
}
