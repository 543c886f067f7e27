/* Connections on loopback that the tests of streams use. */
#ifndef GANTTOP_TESTS_RUNTIME_CONNECTION_H
#define GANTTOP_TESTS_RUNTIME_CONNECTION_H

#include "runtime/ganttop.h"

#define CONNECTION_HOST      "127.0.0.1"
#define CONNECTION_BIG_BYTES ((size_t)24 * 1024 * 1024) /* more than a system takes for both ends */

/* Both ends of a connection. */
struct connection {
	struct gt_listener *listener;
	struct gt_stream *client, *server;
};

/* Run under the real clock, recorded; the recording must keep to the rules. Returns what gt_run returned. */
int connection_run(gt_body *body, void *arg);

void connection_open(struct connection *pair);
void connection_close(struct connection *pair);

/* Write a text, which must succeed. */
void connection_put(struct gt_stream *stream, const char *text);

/* Return CONNECTION_BIG_BYTES bytes, always the same. owns: returns; free(). */
char *connection_big(void);

/* Bodies of tasks, whose argument is a struct connection *: the client sends all that and shuts down; the server reads
 * once. */
int connection_send_big(void *arg);
int connection_read(void *arg);

#endif
