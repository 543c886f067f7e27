/* Writing to a stream.
 *
 * source: StreamWriter.write and drain. The bytes go to the system at once, as far as it takes them; the rest is copied, and the
 * task waits until it has gone too. A task that is cancelled meanwhile does not take the rest back, as in asyncio.
 */
#include <string.h>

#include "runtime/handle.h"
#include "runtime/os_error.h"
#include "runtime/request.h"
#include "runtime/stream.h"

#undef gt_stream_write
#undef gt_stream_shutdown

static void record_level(struct gt__endpoint *endpoint)
{
	endpoint->object.level = (int64_t)uv_stream_get_write_queue_size(&endpoint->uv.stream);
	if (!endpoint->object.loop->ending)
		gt__object_record_level(&endpoint->object);
}

static void written(uv_write_t *uv, int status)
{
	record_level(uv->handle->data);
	gt__request_done(uv->data, status);
}

static void shut(uv_shutdown_t *uv, int status)
{
	gt__request_done(uv->data, status);
}

/* Wait for a request that libuv has taken. The endpoint may be gone afterwards. */
static int finish(struct gt__endpoint *endpoint, struct gt__request *request)
{
	gt__endpoint_enter(endpoint);
	int rc = gt__endpoint_await(endpoint, &request->future, TRACE_ON_WRITE);
	if (!rc && request->status)
		rc = gt__raise_os(request->status, "cannot write to %s", endpoint->object.name);
	gt__endpoint_leave(endpoint);
	gt__request_unref(request);
	return rc;
}

static int write_rest(struct gt__endpoint *endpoint, const char *data, size_t n)
{
	struct gt__request *request = gt__request_create(endpoint->object.loop, n);
	if (!request)
		return gt__bare(GT_ENOMEM);
	memcpy(request->data, data, n);
	uv_buf_t rest = {.base = request->data, .len = n};
	int rc = uv_write(&request->uv.write, &endpoint->uv.stream, &rest, 1, written);
	if (rc) {
		gt__request_refused(request, rc);
		return gt__raise_os(rc, "cannot write to %s", endpoint->object.name);
	}
	endpoint->object.level = (int64_t)uv_stream_get_write_queue_size(&endpoint->uv.stream);
	return finish(endpoint, request);
}

static int check(const struct gt__endpoint *endpoint)
{
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	return endpoint->is_closing ? gt__endpoint_raise_closed(endpoint) : 0;
}

int gt_stream_write(struct gt_stream *stream, const void *data, size_t n)
{
	int refused = gt__check_object(stream, __func__);
	if (refused)
		return refused;
	if (n && !data)
		return gt__refuse_value(__func__, "there are no bytes");
	struct gt__endpoint *endpoint = &stream->endpoint;
	int rc = check(endpoint);
	if (rc || !n)
		return rc;
	/* libuv only reads what it is given */
	uv_buf_t all = {.base = (char *)(uintptr_t)data, .len = n};
	int sent = uv_try_write(&endpoint->uv.stream, &all, 1);
	if (sent < 0 && sent != UV_EAGAIN)
		return gt__raise_os(sent, "cannot write to %s", endpoint->object.name);
	if (sent < 0)
		sent = 0;
	if ((size_t)sent == n)
		return 0;
	return write_rest(endpoint, (const char *)data + sent, n - (size_t)sent);
}

int gt_stream_shutdown(struct gt_stream *stream)
{
	int refused = gt__check_object(stream, __func__);
	if (refused)
		return refused;
	struct gt__endpoint *endpoint = &stream->endpoint;
	int rc = check(endpoint);
	if (rc)
		return rc;
	struct gt__request *request = gt__request_create(endpoint->object.loop, 0);
	if (!request)
		return gt__bare(GT_ENOMEM);
	rc = uv_shutdown(&request->uv.shutdown, &endpoint->uv.stream, shut);
	if (rc) {
		gt__request_refused(request, rc);
		return gt__raise_os(rc, "cannot shut %s down", endpoint->object.name);
	}
	return finish(endpoint, request);
}
