/* The terminal: cells out, keys in. The only part of the program that knows curses. */
#ifndef GANTTOP_VIZ_TERM_SCREEN_H
#define GANTTOP_VIZ_TERM_SCREEN_H

#include <stdbool.h>

#include "viz/options/options.h"
#include "viz/text/problem.h"
#include "viz/canvas/grid.h"
#include "viz/input/key.h"

struct viz_screen;

/* Return whether the terminal that TERM names can show a screen at all: it can place the cursor. */
bool viz_screen_is_possible(void);

/* Take over the terminal on standard input and output; with `ascii` no other character is ever sent. owns: returns in `*out`. errors: VIZ_EXIT_FAILED, and `*problem`
 * says why; the terminal is as it was. */
int viz_screen_open(struct viz_screen **out, enum viz_color color, bool ascii,
                    struct viz_problem *problem);

/* Give the terminal back. viz_screen_close(NULL) does nothing. */
void viz_screen_close(struct viz_screen *screen);

/* Ask the terminal for its size. */
void viz_screen_size(struct viz_screen *screen, int *rows, int *cols);

/* Show `grid`: what differs from what was shown is sent, at once. */
void viz_screen_show(struct viz_screen *screen, const struct viz_grid *grid);

/* Send everything at the next viz_screen_show: something else wrote on the terminal. */
void viz_screen_forget(struct viz_screen *screen);

/* Take the next key that was pressed. Returns false when there is none; never waits. */
bool viz_screen_key(struct viz_screen *screen, struct viz_key *key);

/* Give the terminal back for a while (the program is to be stopped), and take it again. */
void viz_screen_suspend(struct viz_screen *screen);
void viz_screen_resume(struct viz_screen *screen);

/* Show the cells in this theme from the next time on. */
void viz_screen_theme(struct viz_screen *screen, enum viz_theme theme);

#endif
