/* Keys from a terminal that is a stream of lines and not a screen: bytes to viz/input/key.h. */
#ifndef GANTTOP_VIZ_NARRATE_KEYS_H
#define GANTTOP_VIZ_NARRATE_KEYS_H

#include <stddef.h>

#include "viz/input/key.h"

/* Take the next key out of `n` bytes. Returns how many bytes it took; the code is VIZ_KEY_NONE for what is no key. An Esc is a key of
 * its own when nothing follows it. */
size_t viz_bytes_to_key(const char *bytes, size_t n, struct viz_key *key);

#endif
