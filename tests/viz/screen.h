/* A painted screen in a test: from a tape's model and a view to a grid, and from there to text that can be compared
 * with a golden file. */
#ifndef GANTTOP_TESTS_VIZ_SCREEN_H
#define GANTTOP_TESTS_VIZ_SCREEN_H

#include "viz/painter/painter.h"

/* What a test sets before painting; the rest is settled by viz_view_settle as the program does. */
struct screen {
	struct viz_grid grid;
	struct viz_view view;
	struct viz_scene scene;
	struct viz_layout layout;
};

/* Begin a screen of cols x rows that follows the model to its end, without a selected lane. */
void screen_begin(struct screen *screen, const struct trace_model *model, int cols, int rows);

/* Settle the view and paint. May be called again after the view was changed. */
void screen_paint(struct screen *screen, const struct trace_model *model);
void screen_free(struct screen *screen);

/* Copy one row as UTF-8 without blanks at its end; returns `text`. */
char *screen_row(const struct screen *screen, int row, char *text, size_t text_bytes);

/* Return whether some row contains `text`. */
bool screen_has(const struct screen *screen, const char *text);

/* Compare characters and styles with tests/viz/golden/NAME.txt, or write that file when GOLDEN is "write". On a
 * difference prints the rows that differ and returns false. */
bool screen_is_golden(const struct screen *screen, const char *name);

/* The same for any text. */
bool screen_text_is_golden(const char *text, const char *name);

#endif
