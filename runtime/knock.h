/* Hearing a viewer's knock while the loop waits for the system: a thread waits on the gate's futex and wakes libuv. It is made when a
 * recorded run under the real clock waits for the system for the first time, and costs nothing while nobody knocks.
 */
#ifndef GANTTOP_RUNTIME_KNOCK_H
#define GANTTOP_RUNTIME_KNOCK_H

struct gt__knocker;
struct gt__loop;

/* Listen, if the loop does not yet. Without memory or a thread, wishes are heard when something else has happened. */
void gt__knock_listen(struct gt__loop *loop);

/* Stop listening. To be called before libuv's loop and the recording are closed. */
void gt__knock_stop(struct gt__loop *loop);

#endif
