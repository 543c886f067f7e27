/* A line that is typed: at the bottom of the screen a search, a filter, a time to go to; above a timeline the votes of a class. */
#ifndef GANTTOP_VIZ_INPUT_PROMPT_H
#define GANTTOP_VIZ_INPUT_PROMPT_H

#include "viz/canvas/grid.h"
#include "viz/input/key.h"
#include "viz/text/pattern.h"

struct viz_prompt {
	char sign;                    /* '/', '&' or ':'; 0: nothing is being typed */
	char text[VIZ_PATTERN_BYTES]; /* UTF-8 */
	size_t at;                    /* where the cursor stands in it. units: bytes */
};

enum viz_typed {
	VIZ_TYPED_NOTHING, /* the key means nothing here */
	VIZ_TYPED_TEXT,    /* the text, or the place in it, has changed */
	VIZ_TYPED_ENTER,   /* it is finished; the prompt is closed */
	VIZ_TYPED_CANCEL,  /* it is given up; the prompt is closed */
};

/* Open a prompt with a text to change; the cursor stands at its end. */
void viz_prompt_open(struct viz_prompt *prompt, char sign, const char *text);

/* A key was typed. Backspace in an empty line gives up. The text stays readable after the end. */
enum viz_typed viz_prompt_type(struct viz_prompt *prompt, const struct viz_key *key);

/* Paint the text and its cursor from a cell on, the part around the cursor where it does not fit. Returns the columns used. */
int viz_prompt_paint_text(const struct viz_prompt *prompt, struct viz_grid *grid, int row, int col,
                          int cols);

/* Paint it over a row of the grid, `hint` at its right end. */
void viz_prompt_paint(const struct viz_prompt *prompt, struct viz_grid *grid, int row,
                      const char *hint);

#endif
