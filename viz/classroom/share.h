/* Sharing: a presenter's view, told to everybody who follows on the same machine over a local socket.
 *
 *  1. viz_share_open makes the socket: mode 0600, and only processes of the same user are let in. A socket that nobody
 *     answers on any more is replaced; a file, or a socket in use, never is.
 *  2. viz_share_tell is called after every painting; what has not changed is not sent again.
 *  3. A follower that does not read is told later, never waited for; one that has left is forgotten.
 *  4. viz_share_close removes the socket.
 */
#ifndef GANTTOP_VIZ_CLASSROOM_SHARE_H
#define GANTTOP_VIZ_CLASSROOM_SHARE_H

#include "viz/classroom/message.h"
#include "viz/text/problem.h"

struct viz_share;

/* Listen on `path`. owns: returns in `*out`. errors: VIZ_EXIT_USAGE (the name is taken, or too long), VIZ_EXIT_FAILED, and
 * `*problem` says why. */
int viz_share_open(struct viz_share **out, const char *path, struct viz_problem *problem);
void viz_share_close(struct viz_share *share);

/* Return the descriptor that is readable when somebody wants to follow. */
int viz_share_fd(const struct viz_share *share);

/* Let in who is waiting. */
void viz_share_accept(struct viz_share *share);

/* Tell everybody: the view of `model`, the presenter's recording number `recording`, as `message` has it with what is said above it; with
 * `model` NULL, that the presenter is away from the timeline. Returns whether somebody could not be told yet: call again in a
 * while. */
bool viz_share_tell(struct viz_share *share, unsigned recording, const struct trace_model *model,
                    const struct viz_message *message);

/* Return how many follow. */
size_t viz_share_followers(const struct viz_share *share);

#endif
