/* TCP: listening, accepting, connecting.
 *
 * source: create_server, open_connection of Lib/asyncio. A server there calls back for each connection; here tasks ask for them,
 * one after the other, with gt_tcp_accept: a loop that accepts and spawns says the same, and shows it.
 */
#include <stdlib.h>

#include "runtime/address.h"
#include "runtime/handle.h"
#include "runtime/io.h"
#include "runtime/os_error.h"
#include "runtime/request.h"
#include "runtime/stream.h"

#undef gt_tcp_listen
#undef gt_tcp_accept
#undef gt_tcp_connect

#define BACKLOG 100 /* asyncio's */

struct gt_listener {
	struct gt__endpoint endpoint; /* first */
	bool has_connection;          /* one is there to be accepted */
	int error;                    /* why the last one could not be, 0: none */
};

/* ---- Listening ---- */

static const struct gt__endpoint_ops listener_ops = {.close = gt__endpoint_drop};

static void knocked(uv_stream_t *handle, int status)
{
	struct gt_listener *listener = handle->data;
	if (status)
		listener->error = status;
	else
		listener->has_connection = true;
	gt__endpoint_wake(&listener->endpoint, 1);
}

static int listener_create(struct gt__loop *loop, const char *name, struct gt_listener **listener)
{
	struct gt_listener *l = calloc(1, sizeof *l);
	if (!l)
		return gt__bare(GT_ENOMEM);
	int rc = uv_tcp_init(gt__io_uv(loop->io), &l->endpoint.uv.tcp);
	if (rc) {
		free(l);
		return rc;
	}
	gt__endpoint_init(&l->endpoint, TRACE_OBJECT_STREAM, name, &listener_ops);
	*listener = l;
	return 0;
}

int gt_tcp_listen(const char *name, const char *host, uint16_t port, struct gt_listener **listener)
{
	if (!listener)
		return gt__refuse_value(__func__, "there is no place for the listener");
	struct gt__loop *loop;
	struct gt__addresses found;
	struct gt_listener *l;
	int rc = gt__need_io("gt_tcp_listen", &loop);
	if (!rc)
		rc = gt__addresses_find(loop, host ? host : "0.0.0.0", port, &found);
	if (!rc)
		rc = listener_create(loop, name, &l);
	if (rc)
		return rc;
	rc = uv_tcp_bind(&l->endpoint.uv.tcp, &found.at[0].any, 0);
	if (!rc)
		rc = uv_listen(&l->endpoint.uv.stream, BACKLOG, knocked);
	if (rc) {
		gt_listener_close(l);
		return gt__raise_os(rc, "cannot listen on %s:%u", host ? host : "*",
		                    (unsigned)port);
	}
	*listener = l;
	return 0;
}

uint16_t gt_listener_port(const struct gt_listener *listener)
{
	if (gt__check_object(listener, __func__))
		return 0;
	struct sockaddr_storage address;
	int bytes = sizeof address;
	if (uv_tcp_getsockname(&listener->endpoint.uv.tcp, (struct sockaddr *)&address, &bytes))
		return 0;
	const void *any = &address;
	in_port_t port = address.ss_family == AF_INET6
	                         ? ((const struct sockaddr_in6 *)any)->sin6_port
	                         : ((const struct sockaddr_in *)any)->sin_port;
	return ntohs(port);
}

void gt_listener_close(struct gt_listener *listener)
{
	if (!listener || gt__check_object(listener, __func__))
		return;
	gt__handle_end(listener);
	gt__endpoint_close(&listener->endpoint);
}

/* ---- Accepting ---- */

static int take_connection(struct gt_listener *listener, const char *name,
                           struct gt_stream **stream)
{
	struct gt__endpoint *endpoint = &listener->endpoint;
	struct gt_stream *s = NULL;
	int rc = listener->error;
	listener->error = 0;
	if (!rc)
		rc = gt__stream_create(endpoint->object.loop, false, name, &s);
	if (!rc) {
		listener->has_connection = false;
		rc = uv_accept(&endpoint->uv.stream, &s->endpoint.uv.stream);
	}
	if (rc) {
		gt_stream_close(s);
		return gt__raise_os(rc, "cannot accept on %s", endpoint->object.name);
	}
	(void)uv_tcp_nodelay(&s->endpoint.uv.tcp, 1); /* as asyncio; only slower without */
	*stream = s;
	return 0;
}

int gt_tcp_accept(struct gt_listener *listener, const char *name, struct gt_stream **stream)
{
	int refused = gt__check_object(listener, __func__);
	if (refused)
		return refused;
	if (!stream)
		return gt__refuse_value(__func__, "there is no place for the stream");
	struct gt__endpoint *endpoint = &listener->endpoint;
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	if (endpoint->is_closing)
		return gt__endpoint_raise_closed(endpoint);
	int rc = 0;
	gt__endpoint_enter(endpoint);
	while (!rc && !listener->has_connection && !listener->error)
		rc = gt__endpoint_wait(endpoint, TRACE_ON_ACCEPT);
	if (!rc)
		rc = take_connection(listener, name, stream);
	gt__endpoint_leave(endpoint);
	return rc;
}

/* ---- Connecting ---- */

static void connected(uv_connect_t *uv, int status)
{
	gt__request_done(uv->data, status);
}

/* Returns 0, GT_ECANCELED, or a code of libuv: this address did not answer. */
static int connect_to(struct gt_stream *s, const struct sockaddr *address)
{
	struct gt__endpoint *endpoint = &s->endpoint;
	struct gt__request *request = gt__request_create(endpoint->object.loop, 0);
	if (!request)
		return gt__bare(GT_ENOMEM);
	int rc = uv_tcp_connect(&request->uv.connect, &endpoint->uv.tcp, address, connected);
	if (rc)
		return gt__request_refused(request, rc);
	gt__endpoint_enter(endpoint);
	rc = gt__endpoint_await(endpoint, &request->future, TRACE_ON_CONNECT);
	if (!rc)
		rc = request->status;
	gt__endpoint_leave(endpoint);
	gt__request_unref(request);
	return rc;
}

static int connect_to_any(struct gt__loop *loop, const struct gt__addresses *found,
                          const char *name, struct gt_stream **stream)
{
	int rc = UV_EADDRNOTAVAIL;
	for (size_t i = 0; i < found->n; i++) {
		struct gt_stream *s;
		rc = gt__stream_create(loop, false, name, &s);
		if (rc)
			return rc;
		rc = connect_to(s, &found->at[i].any);
		if (!rc) {
			(void)uv_tcp_nodelay(&s->endpoint.uv.tcp, 1);
			*stream = s;
			return 0;
		}
		gt_stream_close(s);
		if (rc == GT_ECANCELED || rc == GT_ENOMEM)
			return rc;
	}
	return rc;
}

int gt_tcp_connect(const char *name, const char *host, uint16_t port, struct gt_stream **stream)
{
	if (!host || !stream)
		return gt__refuse_value(__func__, "there is no host, or no place for the stream");
	struct gt__loop *loop;
	struct gt__addresses found;
	int rc = gt__need_io("gt_tcp_connect", &loop);
	if (!rc)
		rc = gt__addresses_find(loop, host, port, &found);
	if (rc)
		return rc;
	rc = connect_to_any(loop, &found, name, stream);
	if (rc && rc != GT_ECANCELED && rc != GT_ENOMEM)
		return gt__raise_os(rc, "cannot connect to %s:%u", host, (unsigned)port);
	return rc;
}
