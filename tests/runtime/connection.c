/* Connections that the tests of streams use. */
#include "tests/runtime/connection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

int connection_run(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	int code;
	struct trace_model *model = recording_of(o, body, arg, &code);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
	return code;
}

void connection_open(struct connection *pair)
{
	assert_int_equal(gt_tcp_listen("listener", CONNECTION_HOST, 0, &pair->listener), 0);
	uint16_t port = gt_listener_port(pair->listener);
	assert_int_not_equal(port, 0);
	assert_int_equal(gt_tcp_connect("client", CONNECTION_HOST, port, &pair->client), 0);
	assert_int_equal(gt_tcp_accept(pair->listener, "server", &pair->server), 0);
}

void connection_close(struct connection *pair)
{
	gt_stream_close(pair->client);
	gt_stream_close(pair->server);
	gt_listener_close(pair->listener);
}

void connection_put(struct gt_stream *stream, const char *text)
{
	assert_int_equal(gt_stream_write(stream, text, strlen(text)), 0);
}

char *connection_big(void)
{
	char *data = malloc(CONNECTION_BIG_BYTES);
	assert_non_null(data);
	for (size_t i = 0; i < CONNECTION_BIG_BYTES; i++)
		data[i] = i < 65521 ? (char)(i * 2654435761u >> 13) : data[i - 65521];
	return data;
}

int connection_send_big(void *arg)
{
	struct connection *p = arg;
	char *data = connection_big();
	int rc = gt_stream_write(p->client, data, CONNECTION_BIG_BYTES);
	free(data);
	if (!rc)
		rc = gt_stream_shutdown(p->client);
	return rc;
}

int connection_read(void *arg)
{
	struct connection *p = arg;
	char b[4];
	size_t n;
	return gt_stream_read(p->server, b, sizeof b, &n);
}
