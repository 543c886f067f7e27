/* Keys and the mouse, from curses' codes to viz/input/key.h. */
#ifndef GANTTOP_VIZ_TERM_INPUT_H
#define GANTTOP_VIZ_TERM_INPUT_H

#include <stdbool.h>

#include "viz/input/key.h"

/* Ask the terminal to report the mouse, and no more. */
void viz_input_start(void);
void viz_input_stop(void);

/* Take the next key; what means nothing to us is skipped. Returns false when there is none. */
bool viz_input_key(struct viz_key *key);

#endif
