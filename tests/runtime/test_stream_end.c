/* What ends a wait in a stream before its time: cancelling, closing, the end of the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>
#include <cmocka.h>

#include "tests/runtime/connection.h"
#include "tests/runtime/recording.h"

/* ---- Cancelling, closing ---- */

static int cancelled_read(void *arg)
{
	struct connection p;
	char b[4];
	(void)arg;
	connection_open(&p);
	for (int i = 0; i < 3; i++) {
		struct gt_task *reader = gt_spawn(connection_read, &p, "reader");
		gt_sleep(0);
		gt_cancel(reader);
		assert_int_equal(gt_join(reader), GT_ECANCELED);
	}
	connection_put(p.client, "kept");
	assert_int_equal(gt_stream_read_exactly(p.server, b, 4), 0);
	assert_memory_equal(b, "kept", 4);
	connection_close(&p);
	return 0;
}

static void read__cancelled__nothing_is_lost(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_read, NULL), 0);
}

static int exactly_eight(void *arg)
{
	char b[8];
	return gt_stream_read_exactly(arg, b, sizeof b);
}

static int cancelled_half_way(void *arg)
{
	struct connection p;
	char b[8];
	(void)arg;
	connection_open(&p);
	connection_put(p.client, "1234");
	struct gt_task *reader = gt_spawn(exactly_eight, p.server, "reader");
	gt_sleep(GT_MS(5));
	gt_cancel(reader);
	assert_int_equal(gt_join(reader), GT_ECANCELED);
	connection_put(p.client, "5678");
	assert_int_equal(gt_stream_read_exactly(p.server, b, 8), 0);
	assert_memory_equal(b, "12345678", 8);
	connection_close(&p);
	return 0;
}

static void read_exactly__cancelled_half_way__the_first_half_is_kept(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_half_way, NULL), 0);
}

static int accept_one(void *arg)
{
	struct gt_stream *stream;
	int rc = gt_tcp_accept(arg, NULL, &stream);
	if (!rc)
		gt_stream_close(stream);
	return rc;
}

static int cancelled_accept(void *arg)
{
	struct gt_listener *listener;
	struct gt_stream *client;
	(void)arg;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, 0, &listener), 0);
	struct gt_task *first = gt_spawn(accept_one, listener, "first");
	struct gt_task *second = gt_spawn(accept_one, listener, "second");
	gt_sleep(0);
	gt_cancel(first);
	assert_int_equal(gt_join(first), GT_ECANCELED);
	assert_int_equal(gt_tcp_connect(NULL, CONNECTION_HOST, gt_listener_port(listener), &client),
	                 0);
	assert_int_equal(gt_join(second), 0);
	struct gt_task *third = gt_spawn(accept_one, listener, "third");
	gt_sleep(0);
	gt_listener_close(listener);
	assert_int_equal(gt_join(third), UV_ECANCELED);
	gt_stream_close(client);
	return 0;
}

static void accept__cancelled_and_closed__the_next_in_line_goes_on(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_accept, NULL), 0);
}

static void nothing(void *arg)
{
	(void)arg;
}

/* Connect without the loop's knowing. Returns the socket. */
static int connect_behind_its_back(uint16_t port)
{
	struct sockaddr_in address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(uv_ip4_addr(CONNECTION_HOST, port, &address), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)(void *)&address, sizeof address), 0);
	return fd;
}

static int cancelled_once_woken(void *arg)
{
	struct gt_listener *listener;
	(void)arg;
	assert_int_equal(gt_tcp_listen(NULL, CONNECTION_HOST, 0, &listener), 0);
	struct gt_task *first = gt_spawn(accept_one, listener, "first");
	struct gt_task *second = gt_spawn(accept_one, listener, "second");
	gt_sleep(0);
	int fd = connect_behind_its_back(gt_listener_port(listener));
	/* a timer that is due lets the loop look at its sockets: `first` is woken, and stands behind us in the queue */
	assert_non_null(gt_call_later(0, nothing, NULL, "due"));
	gt_sleep(0);
	gt_cancel(first);
	assert_int_equal(gt_join(first), GT_ECANCELED);
	assert_int_equal(gt_join(second), 0);
	close(fd);
	return 0;
}

static void accept__cancelled_once_woken__hands_the_connection_on(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_once_woken, NULL), 0);
}

static int connect_somewhere(void *arg)
{
	struct gt_stream *stream;
	return gt_tcp_connect(NULL, arg, 9, &stream);
}

static int cancelled_connect(void *arg)
{
	(void)arg;
	/* addresses that nobody answers, and a name that has to be looked up */
	static char *const hosts[] = {"192.0.2.1", "localhost"};
	for (size_t i = 0; i < 2; i++) {
		struct gt_task *task = gt_spawn(connect_somewhere, hosts[i], "connect");
		gt_sleep(0);
		gt_cancel(task);
		int rc = gt_join(task);
		assert_true(rc == GT_ECANCELED || rc == UV_ENETUNREACH || rc == UV_ECONNREFUSED);
	}
	return 0;
}

static void connect__cancelled__leaves_at_once(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_connect, NULL), 0);
}

static int cancelled_write(void *arg)
{
	struct connection p;
	(void)arg;
	connection_open(&p);
	struct gt_task *sender = gt_spawn(connection_send_big, &p, "sender");
	gt_sleep(0);
	gt_cancel(sender);
	assert_int_equal(gt_join(sender), GT_ECANCELED);
	char *data = malloc(CONNECTION_BIG_BYTES), *expected = connection_big();
	assert_non_null(data);
	assert_int_equal(gt_stream_read_exactly(p.server, data, CONNECTION_BIG_BYTES), 0);
	assert_memory_equal(data, expected, CONNECTION_BIG_BYTES); /* it is not taken back */
	free(expected);
	free(data);
	connection_close(&p);
	return 0;
}

static void write__cancelled__is_sent_all_the_same(void **state)
{
	(void)state;
	assert_int_equal(connection_run(cancelled_write, NULL), 0);
}

static int close_under_others(void *arg)
{
	struct connection p;
	(void)arg;
	connection_open(&p);
	struct gt_task *reader = gt_spawn(connection_read, &p, "reader");
	gt_sleep(0);
	gt_stream_close(p.server);
	assert_int_equal(gt_join(reader), UV_ECANCELED);
	connection_open(&p);
	struct gt_task *sender = gt_spawn(connection_send_big, &p, "sender");
	gt_sleep(0);
	gt_stream_close(p.client);
	assert_int_equal(gt_join(sender), UV_ECANCELED);
	return 0;
}

static void close__while_others_wait__they_are_told(void **state)
{
	(void)state;
	assert_int_equal(connection_run(close_under_others, NULL), 0);
}

/* ---- The end of the loop ---- */

static int accept_all(void *arg)
{
	struct gt_stream *stream;
	int rc;
	while (!(rc = gt_tcp_accept(arg, NULL, &stream)))
		;
	return rc;
}

static int leave_all_open(void *arg)
{
	static struct connection p; /* the sender outlives this function */
	(void)arg;
	connection_open(&p);
	gt_release(gt_spawn(connection_send_big, &p, "sender"));
	gt_release(gt_spawn(accept_all, p.listener, "server"));
	gt_sleep(0);
	return 0;
}

static void end__reads_and_writes_under_way__all_is_closed(void **state)
{
	(void)state;
	assert_int_equal(connection_run(leave_all_open, NULL), 0);
}

/* Never ends, so it owns nothing. */
static int send_zeros(void *arg)
{
	static const char zeros[CONNECTION_BIG_BYTES];
	return gt_stream_write(arg, zeros, sizeof zeros);
}

/* When it is told to end, it starts two tasks that wait for I/O, which nobody waits for. */
static int start_late_ones(void *arg)
{
	struct connection *pairs = arg;
	int rc = gt_sleep(GT_S(1000));
	gt_release(gt_spawn(connection_read, &pairs[0], "late reader"));
	gt_release(gt_spawn(send_zeros, pairs[1].client, "late sender"));
	for (int i = 0; i < 5; i++)
		gt_sleep(0);
	return rc;
}

static int end_with_late_ones(void *arg)
{
	static struct connection pairs[2]; /* they outlive this function */
	(void)arg;
	connection_open(&pairs[0]);
	connection_open(&pairs[1]);
	gt_release(gt_spawn(start_late_ones, pairs, "starter"));
	return gt_sleep(0);
}

static void end__tasks_wait_for_what_is_closed__nobody_is_woken(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	int code;
	(void)state;
	o.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(o, end_with_late_ones, NULL, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	size_t n_waits = 0;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		bool is_late = r->kind == TRACE_STATE && (r->id == 3 || r->id == 4);
		n_waits += is_late && r->sub == TRACE_STATE_WAITING;
		if (is_late && r->sub == TRACE_STATE_READY)
			assert_int_equal(r->arg, TRACE_WHY_START);
	}
	assert_int_equal(n_waits, 2);
	trace_model_destroy(model);
}

static int open_and_stuck(void *arg)
{
	struct connection p;
	intptr_t value;
	(void)arg;
	connection_open(&p);
	return gt_future_await(gt_future_create("never"), &value);
}

static void deadlock__open_streams__is_one_all_the_same(void **state)
{
	(void)state;
	assert_int_equal(connection_run(open_and_stuck, NULL), GT_EDEADLOCK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(read__cancelled__nothing_is_lost),
	        cmocka_unit_test(read_exactly__cancelled_half_way__the_first_half_is_kept),
	        cmocka_unit_test(accept__cancelled_and_closed__the_next_in_line_goes_on),
	        cmocka_unit_test(accept__cancelled_once_woken__hands_the_connection_on),
	        cmocka_unit_test(connect__cancelled__leaves_at_once),
	        cmocka_unit_test(write__cancelled__is_sent_all_the_same),
	        cmocka_unit_test(close__while_others_wait__they_are_told),
	        cmocka_unit_test(end__reads_and_writes_under_way__all_is_closed),
	        cmocka_unit_test(end__tasks_wait_for_what_is_closed__nobody_is_woken),
	        cmocka_unit_test(deadlock__open_streams__is_one_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
