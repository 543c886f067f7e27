/* Times as people read them: `412 ms`, `1.8 s`. The one place where nanoseconds become text. */
#ifndef GANTTOP_VIZ_TEXT_FORMAT_TIME_H
#define GANTTOP_VIZ_TEXT_FORMAT_TIME_H

#include <stddef.h>
#include <stdint.h>

#define VIZ_TIME_BYTES 40 /* room for any text of this header */

enum viz_time_unit { VIZ_TIME_NS, VIZ_TIME_US, VIZ_TIME_MS, VIZ_TIME_S };

/* Return the unit that suits a time of this size. Seconds begin at ten, because lessons think in ms. */
enum viz_time_unit viz_time_unit(uint64_t ns);

/* Return the unit's name ("ms") and its length in nanoseconds. */
const char *viz_time_unit_name(enum viz_time_unit unit);
uint64_t viz_time_unit_ns(enum viz_time_unit unit);

/* Write `ns` in `unit`, without its name, cut (not rounded, so that a clock never shows a moment that has not
 * come) to at most `decimals` (0 to 9) decimals, without zeros at the end. Returns `text`. */
char *viz_format_time_in(char text[VIZ_TIME_BYTES], uint64_t ns, enum viz_time_unit unit,
                         int decimals);

/* Write `ns` in the unit that suits it, with the unit's name and up to three decimals. Returns `text`. */
char *viz_format_time(char text[VIZ_TIME_BYTES], uint64_t ns);

#endif
