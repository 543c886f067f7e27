/* TCP streams on loopback: what arrives, what ends a wait, and what the recording says of it. Nothing depends on how long
 * anything takes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>
#include <cmocka.h>

#include "tests/runtime/connection.h"
#include "tests/runtime/recording.h"
#include "trace/vocabulary.h"

/* ---- An echo server and its clients ---- */

#define N_CLIENTS 50

static int echo(void *arg)
{
	struct gt_stream *stream = arg;
	char buffer[64];
	size_t n;
	int rc;
	while (!(rc = gt_stream_read(stream, buffer, sizeof buffer, &n)) && n)
		if ((rc = gt_stream_write(stream, buffer, n)))
			break;
	gt_stream_close(stream);
	return rc;
}

static int serve(void *arg)
{
	struct gt_stream *stream;
	int rc;
	while (!(rc = gt_tcp_accept(arg, NULL, &stream)))
		gt_release(gt_spawn(echo, stream, "echo"));
	return rc;
}

static int ask(void *arg)
{
	struct gt_stream *stream;
	char question[32], answer[32];
	size_t n;
	assert_int_equal(
	        gt_tcp_connect(gt_name(gt_self()), CONNECTION_HOST, *(uint16_t *)arg, &stream), 0);
	for (int i = 0; i < 3; i++) {
		snprintf(question, sizeof question, "%s asks %d\n", gt_name(gt_self()), i);
		connection_put(stream, question);
		assert_int_equal(gt_stream_read_line(stream, answer, sizeof answer, &n), 0);
		assert_string_equal(answer, question);
		assert_int_equal(n, strlen(question));
	}
	gt_stream_close(stream);
	return 0;
}

static int many_clients(void *arg)
{
	struct gt_listener *listener;
	struct gt_task *tasks[N_CLIENTS];
	(void)arg;
	assert_int_equal(gt_tcp_listen("echo", CONNECTION_HOST, 0, &listener), 0);
	uint16_t port = gt_listener_port(listener);
	struct gt_task *server = gt_spawn(serve, listener, "server");
	for (int i = 0; i < N_CLIENTS; i++)
		tasks[i] = gt_spawn(ask, &port, "client %d", i);
	assert_int_equal(gt_gather(tasks, N_CLIENTS, NULL), 0);
	for (int i = 0; i < N_CLIENTS; i++)
		gt_release(tasks[i]);
	gt_cancel(server);
	assert_int_equal(gt_join(server), GT_ECANCELED);
	gt_listener_close(listener);
	return 0;
}

static void echo__fifty_clients__each_gets_its_own_lines_back(void **state)
{
	(void)state;
	assert_int_equal(connection_run(many_clients, NULL), 0);
}

/* ---- Reading ---- */

static int read_everything(void *arg)
{
	struct connection p;
	char b[16];
	size_t n;
	(void)arg;
	connection_open(&p);
	connection_put(p.client, "abcdefgh");
	assert_int_equal(gt_stream_read_exactly(p.server, b, 2), 0);
	assert_memory_equal(b, "ab", 2);
	assert_int_equal(gt_stream_read(p.server, b, 3, &n), 0);
	assert_int_equal(n, 3);
	assert_memory_equal(b, "cde", 3);
	assert_int_equal(gt_stream_read(p.server, b, 0, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(gt_stream_shutdown(p.client), 0);
	assert_int_equal(gt_stream_read_exactly(p.server, b, 9), UV_EOF);
	assert_string_equal(gt_error_name(gt_error()), "IncompleteReadError");
	assert_string_equal(gt_error_message(gt_error()),
	                    "3 bytes read on a total of 9 expected bytes");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(gt_stream_read(p.server, b, sizeof b, &n), 0);
		assert_int_equal(n, 0);
	}
	connection_close(&p);
	return 0;
}

static void read__up_to_n_exactly_n_and_at_the_end__as_asyncio(void **state)
{
	(void)state;
	assert_int_equal(connection_run(read_everything, NULL), 0);
}

static int half_close(void *arg)
{
	struct connection p;
	char b[16];
	size_t n;
	(void)arg;
	connection_open(&p);
	assert_int_equal(gt_stream_shutdown(p.client), 0);
	assert_int_equal(gt_stream_read(p.server, b, sizeof b, &n), 0);
	assert_int_equal(n, 0);
	connection_put(p.server, "still here\n");
	assert_int_equal(gt_stream_read_line(p.client, b, sizeof b, NULL), 0);
	assert_string_equal(b, "still here\n");
	assert_int_equal(gt_stream_write(p.client, "x", 1), UV_EPIPE);
	assert_string_equal(gt_error_name(gt_error()), "BrokenPipeError");
	connection_close(&p);
	return 0;
}

static void shutdown__one_side__the_other_still_speaks(void **state)
{
	(void)state;
	assert_int_equal(connection_run(half_close, NULL), 0);
}

static int read_lines(void *arg)
{
	struct connection p;
	char line[8];
	size_t n;
	(void)arg;
	connection_open(&p);
	connection_put(p.client, "1234567\n12345678\n\nthis never ends");
	/* seven bytes and a NUL are the room: the newline is one too many */
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), GT_EVALUE);
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), GT_EVALUE);
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), 0);
	assert_string_equal(line, "\n");
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), GT_EVALUE);
	connection_put(p.client, "123456\nlast");
	assert_int_equal(gt_stream_shutdown(p.client), 0);
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), 0);
	assert_string_equal(line, "123456\n");
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), 0);
	assert_string_equal(line, "last");
	assert_int_equal(n, 4);
	assert_int_equal(gt_stream_read_line(p.server, line, sizeof line, &n), 0);
	assert_int_equal(n, 0);
	assert_string_equal(line, "");
	assert_int_equal(gt_stream_read_line(p.server, line, 0, &n), GT_EVALUE);
	connection_close(&p);
	return 0;
}

static void read_line__longer_than_its_room__refused_and_skipped(void **state)
{
	(void)state;
	assert_int_equal(connection_run(read_lines, NULL), 0);
}

/* ---- Backpressure ---- */

static int big_transfer(void *arg)
{
	struct connection p;
	(void)arg;
	connection_open(&p);
	struct gt_task *sender = gt_spawn(connection_send_big, &p, "sender");
	for (int i = 0; i < 20; i++)
		gt_sleep(0);
	assert_false(gt_is_done(sender)); /* nobody reads: the sender waits */
	char *data = malloc(CONNECTION_BIG_BYTES), *expected = connection_big(), more;
	size_t n;
	assert_non_null(data);
	assert_int_equal(gt_stream_read_exactly(p.server, data, CONNECTION_BIG_BYTES), 0);
	assert_memory_equal(data, expected, CONNECTION_BIG_BYTES);
	assert_int_equal(gt_stream_read(p.server, &more, 1, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(gt_join(sender), 0);
	free(expected);
	free(data);
	connection_close(&p);
	return 0;
}

static void write__more_than_the_other_side_reads__waits_and_arrives_whole(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	(void)state;
	o.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(o, big_transfer, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	uint64_t most = 0;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == TRACE_LEVEL && trace_join(r->b, r->c) > most)
			most = trace_join(r->b, r->c);
	}
	assert_true(most > 0 && most < CONNECTION_BIG_BYTES); /* bytes on their way */
	trace_model_destroy(model);
}

/* ---- What goes wrong ---- */

static int refused(void *arg)
{
	struct gt_listener *listener;
	struct gt_stream *stream;
	char expected[80];
	(void)arg;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, 0, &listener), 0);
	uint16_t port = gt_listener_port(listener);
	struct gt_listener *second;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, port, &second), UV_EADDRINUSE);
	gt_listener_close(listener);
	gt_sleep(0);
	assert_int_equal(gt_tcp_connect("client", CONNECTION_HOST, port, &stream), UV_ECONNREFUSED);
	assert_string_equal(gt_error_name(gt_error()), "ConnectionRefusedError");
	snprintf(expected, sizeof expected, "cannot connect to 127.0.0.1:%u: connection refused",
	         (unsigned)port);
	assert_string_equal(gt_error_message(gt_error()), expected);
	return gt_tcp_connect("client", CONNECTION_HOST, port, &stream);
}

static void connect__nobody_listens__refused(void **state)
{
	(void)state;
	assert_int_equal(connection_run(refused, NULL), UV_ECONNREFUSED);
}

static int by_name(void *arg)
{
	struct gt_listener *listener;
	struct gt_stream *client, *server;
	(void)arg;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, 0, &listener), 0);
	assert_int_equal(gt_tcp_connect(NULL, "localhost", gt_listener_port(listener), &client), 0);
	assert_int_equal(gt_tcp_accept(listener, NULL, &server), 0);
	return 0; /* nothing is closed: the loop does that */
}

static void connect__by_name__tries_what_it_finds(void **state)
{
	(void)state;
	assert_int_equal(connection_run(by_name, NULL), 0);
}

static int second_reader(void *arg)
{
	struct connection p;
	(void)arg;
	connection_open(&p);
	struct gt_task *first = gt_spawn(connection_read, &p, "first");
	gt_sleep(0);
	assert_int_equal(connection_read(&p), GT_ESTATE);
	connection_put(p.client, "x");
	assert_int_equal(gt_join(first), 0);
	connection_close(&p);
	return 0;
}

static void read__another_task_reads_already__refused(void **state)
{
	(void)state;
	assert_int_equal(connection_run(second_reader, NULL), 0);
}

static int wrong_clock(void *arg)
{
	struct gt_listener *listener;
	struct gt_stream *stream;
	(void)arg;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, 0, &listener), GT_ECLOCK);
	assert_string_equal(gt_error_message(gt_error()),
	                    "gt_tcp_listen needs the real clock; this run has another one");
	assert_int_equal(gt_tcp_connect(NULL, CONNECTION_HOST, 1, &stream), GT_ECLOCK);
	return 0;
}

static void streams__virtual_clock__refused(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	struct gt_stream *stream;
	(void)state;
	assert_int_equal(gt_run(&o, wrong_clock, NULL), 0);
	assert_int_equal(gt_tcp_connect(NULL, CONNECTION_HOST, 1, &stream), GT_ENOLOOP);
}

/* ---- The recording ---- */

static int one_exchange(void *arg)
{
	struct connection p;
	struct gt_task *reader;
	(void)arg;
	connection_open(&p);
	reader = gt_spawn(connection_read, &p, "reader");
	gt_sleep(0);
	connection_put(p.client, "x");
	assert_int_equal(gt_join(reader), 0);
	connection_close(&p);
	return 0;
}

static void recording__of_an_exchange__names_the_stream_and_why(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	bool connects = false, reads = false, wakes = false;
	(void)state;
	o.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(o, one_exchange, NULL, &code);
	assert_int_equal(code, 0);
	/* listener, client, server, in this order */
	assert_int_equal(recording_count(model, TRACE_OBJECT, TRACE_OBJECT_STREAM), 3);
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind != TRACE_STATE)
			continue;
		if (r->sub == TRACE_STATE_WAITING)
			connects |= r->arg == TRACE_ON_CONNECT && r->a == 2;
		if (r->sub == TRACE_STATE_WAITING)
			reads |= r->arg == TRACE_ON_READ && r->a == 3;
		if (r->sub == TRACE_STATE_READY && reads)
			wakes |= r->arg == TRACE_WHY_IO && r->a == 3 && r->b == 0;
	}
	assert_true(connects && reads && wakes);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(echo__fifty_clients__each_gets_its_own_lines_back),
	        cmocka_unit_test(read__up_to_n_exactly_n_and_at_the_end__as_asyncio),
	        cmocka_unit_test(shutdown__one_side__the_other_still_speaks),
	        cmocka_unit_test(read_line__longer_than_its_room__refused_and_skipped),
	        cmocka_unit_test(write__more_than_the_other_side_reads__waits_and_arrives_whole),
	        cmocka_unit_test(connect__nobody_listens__refused),
	        cmocka_unit_test(connect__by_name__tries_what_it_finds),
	        cmocka_unit_test(read__another_task_reads_already__refused),
	        cmocka_unit_test(streams__virtual_clock__refused),
	        cmocka_unit_test(recording__of_an_exchange__names_the_stream_and_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
