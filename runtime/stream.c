/* Reading from a stream, and its life.
 *
 * source: StreamReader of Lib/asyncio/streams.py. Unlike there, the system is asked for bytes only while a task waits for them:
 * what nobody reads stays with the system and slows the sender down, and there is no limit to tune. What has arrived is kept in
 * the stream, so a cancelled call loses nothing.
 */
#include "runtime/stream.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/handle.h"
#include "runtime/io.h"
#include "runtime/os_error.h"

#undef gt_stream_read
#undef gt_stream_read_exactly
#undef gt_stream_read_line

#define BUFFER_BYTES 65536u

static struct gt_stream *stream_of(struct gt__endpoint *endpoint)
{
	return (struct gt_stream *)(void *)endpoint;
}

static void fini(struct gt__endpoint *endpoint)
{
	free(stream_of(endpoint)->data);
}

static const struct gt__endpoint_ops ops = {.close = gt__endpoint_drop, .fini = fini};

/* A write to a connection that the other side has closed is an error code, and must not end the program, as in CPython. */
static void ignore_sigpipe(void)
{
	struct sigaction now;
	if (!sigaction(SIGPIPE, NULL, &now) && now.sa_handler == SIG_DFL)
		signal(SIGPIPE, SIG_IGN);
}

int gt__stream_create(struct gt__loop *loop, bool is_pipe, const char *name,
                      struct gt_stream **stream)
{
	struct gt_stream *s = calloc(1, sizeof *s);
	if (!s)
		return gt__bare(GT_ENOMEM);
	uv_loop_t *uv = gt__io_uv(loop->io);
	int rc = is_pipe ? uv_pipe_init(uv, &s->endpoint.uv.pipe, 0)
	                 : uv_tcp_init(uv, &s->endpoint.uv.tcp);
	if (rc) {
		free(s);
		return rc;
	}
	ignore_sigpipe();
	gt__endpoint_init(&s->endpoint, TRACE_OBJECT_STREAM, name, &ops);
	*stream = s;
	return 0;
}

void gt_stream_close(struct gt_stream *stream)
{
	if (!stream || gt__check_object(stream, __func__))
		return;
	gt__handle_end(stream);
	gt__endpoint_close(&stream->endpoint);
}

/* ---- Filling the buffer ---- */

static size_t available(const struct gt_stream *s)
{
	return s->end - s->begin;
}

/* Make room for `wanted` bytes in all, and for one more than there are. */
static int reserve(struct gt_stream *s, size_t wanted)
{
	if (s->begin) {
		memmove(s->data, s->data + s->begin, available(s));
		s->end -= s->begin;
		s->begin = 0;
	}
	if (s->cap >= wanted && s->cap > s->end)
		return 0;
	size_t cap = s->cap ? s->cap : BUFFER_BYTES;
	while (cap < wanted || cap <= s->end)
		if (__builtin_mul_overflow(cap, 2u, &cap))
			return gt__bare(GT_ENOMEM);
	char *data = realloc(s->data, cap);
	if (!data)
		return gt__bare(GT_ENOMEM);
	s->data = data;
	s->cap = cap;
	return 0;
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct gt_stream *s = handle->data;
	(void)suggested;
	buf->base = s->data + s->end;
	buf->len = s->cap - s->end;
}

static void arrived(uv_stream_t *handle, ssize_t n, const uv_buf_t *buf)
{
	struct gt_stream *s = handle->data;
	(void)buf;
	if (!n)
		return;
	if (n > 0)
		s->end += (size_t)n;
	else if (n == UV_EOF)
		s->at_end = true;
	else
		s->error = (int)n;
	uv_read_stop(handle);
	gt__endpoint_wake(&s->endpoint, SIZE_MAX);
}

static int fill_once(struct gt_stream *s, size_t wanted)
{
	struct gt__endpoint *endpoint = &s->endpoint;
	int rc = reserve(s, wanted);
	if (!rc)
		rc = uv_read_start(&endpoint->uv.stream, give_room, arrived);
	if (rc)
		return gt__raise_os(rc, "cannot read from %s", endpoint->object.name);
	rc = gt__endpoint_wait(endpoint, TRACE_ON_READ);
	if (!endpoint->is_closing)
		uv_read_stop(&endpoint->uv.stream);
	return rc;
}

/* Wait until `wanted` bytes are there, or no more will come. With an error the stream may be gone. */
static int fill(struct gt_stream *s, size_t wanted)
{
	struct gt__endpoint *endpoint = &s->endpoint;
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	if (endpoint->is_closing)
		return gt__endpoint_raise_closed(endpoint);
	if (!gt__list_is_empty(&endpoint->line))
		return gt__raise(GT_ESTATE, "RuntimeError",
		                 "another task is already waiting for incoming data of %s",
		                 endpoint->object.name);
	int rc = 0;
	gt__endpoint_enter(endpoint);
	while (!rc && available(s) < wanted && !s->at_end && !s->error)
		rc = fill_once(s, wanted);
	gt__endpoint_leave(endpoint);
	return rc;
}

/* ---- Reading ---- */

static void take(struct gt_stream *s, void *buffer, size_t n)
{
	if (n)
		memcpy(buffer, s->data + s->begin, n);
	s->begin += n;
}

static int raise_broken(const struct gt_stream *s)
{
	return gt__raise_os(s->error, "cannot read from %s", s->endpoint.object.name);
}

int gt_stream_read(struct gt_stream *stream, void *buffer, size_t max, size_t *n)
{
	int refused = gt__check_object(stream, __func__);
	if (refused)
		return refused;
	if (!n || (max && !buffer))
		return gt__refuse_value(__func__, "there is no place for the bytes");
	int rc = max ? fill(stream, 1) : 0;
	if (rc)
		return rc;
	if (max && !available(stream) && stream->error)
		return raise_broken(stream);
	*n = available(stream) < max ? available(stream) : max;
	take(stream, buffer, *n);
	return 0;
}

int gt_stream_read_exactly(struct gt_stream *stream, void *buffer, size_t n)
{
	int refused = gt__check_object(stream, __func__);
	if (refused)
		return refused;
	if (n && !buffer)
		return gt__refuse_value(__func__, "there is no place for the bytes");
	int rc = n ? fill(stream, n) : 0;
	if (rc)
		return rc;
	if (available(stream) >= n) {
		take(stream, buffer, n);
		return 0;
	}
	if (stream->error)
		return raise_broken(stream);
	size_t partial = available(stream);
	stream->begin = stream->end;
	return gt__raise(UV_EOF, "IncompleteReadError",
	                 "%zu bytes read on a total of %zu expected bytes", partial, n);
}

/* The bytes of the first line with its newline, which does not stand in the first `looked_at` bytes; 0: there is none yet. */
static size_t line_within(const struct gt_stream *s, size_t looked_at)
{
	if (available(s) == looked_at)
		return 0;
	const char *from = s->data + s->begin;
	const char *newline = memchr(from + looked_at, '\n', available(s) - looked_at);
	return newline ? (size_t)(newline - from) + 1 : 0;
}

/* Wait until a line, or `limit` bytes without an end of one, or the end of the stream is there. `*line_bytes`: of the line with
 * its newline, 0 when there is none. */
static int find_line(struct gt_stream *s, size_t limit, size_t *line_bytes)
{
	size_t looked_at = 0;
	for (;;) {
		*line_bytes = line_within(s, looked_at);
		looked_at = available(s);
		if (*line_bytes || looked_at > limit || s->at_end || s->error)
			return 0;
		int rc = fill(s, looked_at + 1);
		if (rc)
			return rc;
	}
}

int gt_stream_read_line(struct gt_stream *stream, char *line, size_t bytes, size_t *n)
{
	int refused = gt__check_object(stream, __func__);
	if (refused)
		return refused;
	if (bytes && !line)
		return gt__refuse_value(__func__, "there is no place for the line");
	if (!bytes)
		return gt__raise(GT_EVALUE, "ValueError", "no room for a line");
	size_t limit = bytes - 1, line_bytes;
	int rc = find_line(stream, limit, &line_bytes);
	if (rc)
		return rc;
	if (!line_bytes && stream->error)
		return raise_broken(stream);
	if (!line_bytes && available(stream) <= limit)
		line_bytes = available(stream); /* the last one, without a newline */
	if (line_bytes > limit || (!line_bytes && available(stream))) {
		stream->begin += line_bytes ? line_bytes : available(stream);
		return gt__raise(GT_EVALUE, "ValueError", "a line of %s is longer than %zu bytes",
		                 stream->endpoint.object.name, limit);
	}
	take(stream, line, line_bytes);
	line[line_bytes] = '\0';
	if (n)
		*n = line_bytes;
	return 0;
}
