/* What a page of text may hold: its characters, columns and colours. */
#ifndef GANTTOP_VIZ_EXPORT_PAPER_H
#define GANTTOP_VIZ_EXPORT_PAPER_H

#include <stdbool.h>
#include <stdio.h>

#include "viz/options/options.h"

/* Return whether characters beyond ASCII must not be printed: --ascii, a locale without them, or a terminal without them, unless the settings
 * say `ascii = no`. */
bool viz_paper_is_ascii(const struct viz_options *options);

/* Return the columns of a page on `out`: --width, the terminal's, or 100. */
int viz_paper_width(const struct viz_options *options, FILE *out);

/* Return whether to print in colour to `out`: as --color says, else on a terminal without NO_COLOR. */
bool viz_paper_is_colored(const struct viz_options *options, FILE *out);

#endif
