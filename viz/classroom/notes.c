/* The notes pane. Most important first, so that a small pane loses the end of the notes and not the question. */
#include "viz/classroom/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include "viz/canvas/lay.h"
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

static void say_next(const struct viz_notes *notes, char *line, size_t line_size)
{
	const struct scn_point *point = next_point(notes);
	struct viz_text text = viz_text_begin(line, line_size);
	char time[VIZ_TIME_BYTES];
	if (point == NULL) {
		viz_text_add(&text, "no question is left");
		return;
	}
	viz_text_add(&text, "next, at %s: %s", viz_format_time(time, point->t_ns), point->ask);
	if (point->kind == SCN_CHOICE && point->options[point->right].text != NULL)
		viz_text_add(&text, " (%s)", point->options[point->right].text);
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
