/* A grid of cells: what the painter paints on and what every canvas (ncurses, text, ANSI, SVG) copies from.
 *
 * A cell is one terminal column: a code point and a style. A wide character occupies its cell and a
 * following one with ch 0. Styles are meanings, not colours; each canvas maps them.
 */
#ifndef GANTTOP_VIZ_CANVAS_GRID_H
#define GANTTOP_VIZ_CANVAS_GRID_H

#include <stdbool.h>
#include <stdint.h>

/* Every style: what it stands for. The lane states come first and keep this order (worst last wins). */
#define VIZ_STYLES(X)                                                                              \
	X(PLAIN)    /* text */                                                                     \
	X(DIM)      /* text that may be overlooked: units, guides */                               \
	X(TITLE)    /* the lesson's title */                                                       \
	X(QUESTION) /* the lesson's question */                                                    \
	X(KEY)      /* a key in the footer and in help */                                          \
	X(SELECTED) /* name of the selected lane */                                                \
	X(RULER)    /* time axis */                                                                \
	X(PLAYHEAD) /* the playhead's line */                                                      \
	X(FRAME)    /* lines between panes */                                                      \
	X(ALERT)    /* blocked, deadlock, lost records, errors: must be seen */                    \
	X(WAITING)                                                                                 \
	X(READY)                                                                                   \
	X(RUNNING)                                                                                 \
	X(BLOCKED)                                                                                 \
	X(CANCELLED)                                                                               \
	X(DONE)                                                                                    \
	X(ERROR)                                                                                   \
	X(LEVEL)   /* an object's level */                                                         \
	X(LOOP)    /* an iteration of the loop */                                                  \
	X(OVERDUE) /* waiting, although the time that it waits for has come: the loop is late */

#define VIZ_STYLE_ENUM(name) VIZ_STYLE_##name,
enum viz_style { VIZ_STYLES(VIZ_STYLE_ENUM) VIZ_STYLE_COUNT };
#undef VIZ_STYLE_ENUM

struct viz_cell {
	uint32_t ch;   /* code point; 0: right half of the wide character before it */
	uint8_t style; /* enum viz_style */
	bool marked; /* lies under the playhead or in the selected row: canvases underline or tint it */
};

struct viz_grid {
	int rows, cols;
	struct viz_cell *cells; /* rows * cols, row by row */
};

/* Make a grid of blanks. owns: caller's struct, the cells are the grid's. errors: -1 out of memory, nothing is held then. */
int viz_grid_init(struct viz_grid *grid, int rows, int cols);
void viz_grid_fini(struct viz_grid *grid);

/* Fill with blanks of VIZ_STYLE_PLAIN. */
void viz_grid_clear(struct viz_grid *grid);

/* Return the cell at row, col, or NULL outside the grid. */
struct viz_cell *viz_grid_cell(struct viz_grid *grid, int row, int col);

/* Put one code point; outside the grid nothing happens. */
void viz_grid_put(struct viz_grid *grid, int row, int col, uint32_t ch, enum viz_style style);

/* Write UTF-8 text from `col` on, at most `width` columns and never beyond the grid; text that does not fit ends in
 * an ellipsis. Invalid bytes and control characters become U+FFFD. Returns the columns used. */
int viz_grid_text(struct viz_grid *grid, int row, int col, int width, enum viz_style style,
                  const char *utf8);

#endif
