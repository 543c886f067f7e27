/* Which characters may be sent: what the locale can write, and the terminal show. */
#ifndef GANTTOP_VIZ_TEXT_CHARSET_H
#define GANTTOP_VIZ_TEXT_CHARSET_H

#include <stdbool.h>

/* Return whether a terminal of this type (the value of TERM, or NULL) has a character set of its own, without the blocks and lines that bars
 * are made of: real terminals of old, and the consoles of systems, whose fonts have 256 or 512 signs. */
bool viz_charset_is_limited(const char *term);

/* Return whether the locale writes UTF-8. */
bool viz_charset_is_utf8(void);

#endif
