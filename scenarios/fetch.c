/* A small HTTP server on this machine, and requests to it: one after the other, then together.
 *
 * On the screen: real sockets. While the requests go one by one, a single lane waits to read; then twenty lanes
 * do, and the server has a lane for each of them. Times are the machine's own and differ from run to run.
 */
#include "scenarios/lesson.h"

#include <stdio.h>
#include <string.h>

#define HOST         "127.0.0.1"
#define REQUESTS_MAX 100

struct web;

struct connection {
	const struct web *web;
	struct gt_stream *stream;
};

/* What server and clients share. */
struct web {
	const struct scn_args *args;
	struct gt_listener *listener;
	int64_t n_bytes; /* of all answers */
	size_t n_connections;
	struct connection connections[2 * REQUESTS_MAX];
};

/* One request: read its lines up to the empty one, take some time, answer. */
static int serve(void *arg)
{
	const struct connection *connection = arg;
	struct gt_stream *stream = connection->stream;
	static const char answer[] = "HTTP/1.0 200 OK\r\n\r\nhello, world\n";
	char line[256];
	size_t n;
	int code;

	GT_RELEASE_AT_EXIT(stream);
	do
		code = gt_stream_read_line(stream, line, sizeof line, &n);
	while (!code && n && strcmp(line, "\r\n") != 0);
	if (!code)
		code = gt_sleep(scn_get_ns(connection->web->args, "work"));
	return code ? code : gt_stream_write(stream, answer, strlen(answer));
}

/* Accept, with a task for every connection, until it is cancelled. */
static int server(void *arg)
{
	struct web *web = arg;
	while (web->n_connections < LESSON_COUNT(web->connections)) {
		struct connection *connection = &web->connections[web->n_connections++];
		char name[32];
		int code;

		snprintf(name, sizeof name, "caller %zu", web->n_connections);
		code = gt_tcp_accept(web->listener, name, &connection->stream);

		if (code)
			return code;
		connection->web = web;
		gt_release(gt_spawn(serve, connection, "serve"));
	}
	return 0;
}

static int fetch_one(void *arg)
{
	struct web *web = arg;
	struct gt_stream *stream;
	char line[256];
	size_t n;
	int code = gt_tcp_connect("to server", HOST, gt_listener_port(web->listener), &stream);

	if (code)
		return code;
	GT_RELEASE_AT_EXIT(stream);
	code = gt_stream_write(stream, "GET / HTTP/1.0\r\n\r\n", 18);
	while (!code && !(code = gt_stream_read_line(stream, line, sizeof line, &n)) && n)
		web->n_bytes += (int64_t)n;
	return code;
}

static int one_by_one(struct web *web, size_t n_requests)
{
	int code = 0;

	for (size_t i = 0; !code && i < n_requests; i++)
		code = fetch_one(web);
	if (!code)
		gt_log("%d bytes, one request after the other", (int)web->n_bytes);
	return code;
}

static int together(struct web *web, size_t n_requests)
{
	struct gt_task *tasks[REQUESTS_MAX];
	int code;

	web->n_bytes = 0;
	for (size_t i = 0; i < n_requests; i++)
		tasks[i] = gt_spawn(fetch_one, web, "request %d", (int)i + 1);
	code = lesson_gather(tasks, n_requests);
	if (!code)
		gt_log("%d bytes, all requests together", (int)web->n_bytes);
	return code;
}

static int fetch(void *arg)
{
	static struct web web; /* outlives main, for the server */
	const struct scn_args *args = arg;
	size_t n_requests = (size_t)scn_get(args, "requests");
	struct gt_task *task;
	int code;

	web = (struct web){.args = args};
	code = gt_tcp_listen("server", HOST, 0, &web.listener);
	if (code)
		return code;
	task = gt_spawn(server, &web, "server");
	code = one_by_one(&web, n_requests);
	if (!code)
		code = together(&web, n_requests);
	gt_cancel(task); /* it would wait for the next one for ever */
	gt_release(task);
	return code;
}

static const struct scn_param params[] = {
        {"requests", "requests", 20, 1, REQUESTS_MAX, "how often the page is fetched, each way"},
        {"work", "ms", 20, 0, 100, "how long the server takes to answer"},
};

const struct scenario scn_fetch = {
        .name = "fetch",
        .chapter = "7 Patterns",
        .title = "twenty requests over real sockets, in a row and together",
        .question = "One thread is client and server at once. How long do twenty requests take?",
        .text = "Look at the first half: main waits to read, the server works for 20, main\n"
                "goes on: twenty times that. Then twenty lanes wait to read at the same time,\n"
                "and all answers are there after little more than 20.\n"
                "\n"
                "Tempting: \"client and server are one thread, so they cannot overlap.\" Both\n"
                "only wait: for bytes, and for a timer. The system carries the bytes\n"
                "meanwhile, and tells the loop on which sockets something has come.\n"
                "\n"
                "The sockets are real, and so is the clock: no two runs are the same. The\n"
                "lesson takes the real clock by itself and is refused under another one. It\n"
                "talks to itself only, on 127.0.0.1.\n",
        .params = params,
        .n_params = LESSON_COUNT(params),
        .teaching = &scn_fetch_teaching,
        .needs_real_clock = true,
        .body = fetch,
};
