/* All keys in words, the menu's included: the page behind the menu's `?`. */
#ifndef GANTTOP_VIZ_INPUT_KEYS_TEXT_H
#define GANTTOP_VIZ_INPUT_KEYS_TEXT_H

#include <stdio.h>

/* Print them, a heading a group. */
void viz_keys_text(FILE *out);

#endif
