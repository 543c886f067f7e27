/* A recording as text, for people without a screen: the picture, the log, how it ended. */
#ifndef GANTTOP_VIZ_PLAIN_H
#define GANTTOP_VIZ_PLAIN_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/options.h"

/* Return whether characters beyond ASCII must not be printed: --ascii, or a locale without them. */
bool viz_plain_is_ascii(const struct viz_options *options);

/* Return the columns of a page on `out`: --width, the terminal's, or 100. */
int viz_plain_width(const struct viz_options *options, FILE *out);

/* Return whether to print in colour to `out`: as --color says, else on a terminal without NO_COLOR. */
bool viz_plain_is_colored(const struct viz_options *options, FILE *out);

/* Print the recording to `out`. Returns 0, or -1 when out of memory. */
int viz_plain_print(const struct trace_model *model, const struct viz_options *options, FILE *out);

#endif
