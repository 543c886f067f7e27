/* Following: the other end of a shared view. It only ever reads. */
#ifndef GANTTOP_VIZ_CLASSROOM_FOLLOWER_H
#define GANTTOP_VIZ_CLASSROOM_FOLLOWER_H

#include "viz/classroom/message.h"
#include "viz/text/problem.h"

struct viz_follower {
	int fd; /* of the socket; -1: the presenter has ended */
};
#define VIZ_FOLLOWER_INIT                                                                          \
	{                                                                                          \
		.fd = -1                                                                           \
	}

/* Return whether there is a socket at `path`. */
bool viz_follower_is_socket(const char *path);

/* Connect to the presenter on `path`. errors: VIZ_EXIT_INPUT, and `*problem` says why. */
int viz_follower_open(struct viz_follower *follower, const char *path, struct viz_problem *problem);
void viz_follower_close(struct viz_follower *follower);

/* Take the next message; with `wait_ms`, wait so long for one. Returns 1 with `*message`, and in `*recording` the descriptor that came
 * with it or -1 (owns: the caller closes); 0 when there is none now; -1 when the presenter has ended, or speaks another language. */
int viz_follower_next(struct viz_follower *follower, int wait_ms, struct viz_message *message,
                      int *recording);

#endif
