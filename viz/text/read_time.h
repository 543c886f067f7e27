/* Times as people write them: `1.5s`, `250 us`, `412` (ms). */
#ifndef GANTTOP_VIZ_TEXT_READ_TIME_H
#define GANTTOP_VIZ_TEXT_READ_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Read a decimal number with a unit (ns, us, ms, s, min; ms if there is none), exactly. Returns false, and leaves `*ns`, for anything
 * else, for parts of a nanosecond, and for more than 64 bits of them. */
bool viz_read_time(const char *text, uint64_t *ns);

#endif
