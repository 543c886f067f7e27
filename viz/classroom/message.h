/* What a presenter tells its followers: the view, as a message of fixed size with explicit integers.
 *
 * Both ends are the same program on the same machine, but not surely the same version, and a socket may be anybody's:
 * a message is taken apart field by field, every number is checked, and one that does not fit is refused whole.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_MESSAGE_H
#define GANTTOP_VIZ_CLASSROOM_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "viz/view/view.h"

#define VIZ_MESSAGE_VERSION 2u
#define VIZ_MESSAGE_BYTES   3072u /* of every message */
#define VIZ_MESSAGE_SAID    1600u /* of the text in it, its ending zero included */

struct viz_message {
	bool has_recording; /* a recording's file descriptor comes with it; the view is of that one from now on */
	bool is_held; /* the program waits at the gate */
	bool is_away; /* the presenter looks at something else than the timeline */
	struct viz_view view;
	/* what stands above the timeline, in lines: the question to the class; "": nothing. It comes as it is: grids paint no control
	 * characters. */
	char said[VIZ_MESSAGE_SAID];
};

/* Write a message. shape: VIZ_MESSAGE_BYTES bytes. */
void viz_message_write(const struct viz_message *message, unsigned char bytes[VIZ_MESSAGE_BYTES]);

/* Read a message of `n` bytes. Returns false, with `*message` unchanged, for one that is none. What the follower's own screen decides
 * (its size, ASCII) is left as in VIZ_VIEW_INIT. */
bool viz_message_read(struct viz_message *message, const unsigned char *bytes, size_t n);

#endif
