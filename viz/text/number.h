/* Numbers on the command line, read strictly: what is not wholly understood is refused. */
#ifndef GANTTOP_VIZ_TEXT_NUMBER_H
#define GANTTOP_VIZ_TEXT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Read a whole number. Returns false, and `*out` is unchanged, when `text` is anything else. */
bool viz_number(const char *text, uint64_t *out);

/* Read a decimal number in millionths: "0.5" is 500,000. At most six decimals count. Returns false as above, or beyond `max`. */
bool viz_number_millionths(const char *text, uint64_t max, uint64_t *out);

#endif
