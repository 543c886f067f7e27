/* Requests of libuv. The end of one is told to a future; a call that was cancelled has left that future settled, and hears
 * nothing.
 */
#include "runtime/request.h"

#include "runtime/owned.h"

static void drop(void *memory)
{
	struct gt__request *request = memory;
	uv_freeaddrinfo(request->addresses);
}

struct gt__request *gt__request_create(struct gt__loop *loop, size_t bytes)
{
	struct gt__request *request = gt__own(loop, sizeof *request + bytes, drop);
	if (!request)
		return NULL;
	request->loop = loop;
	request->refs = 2;
	request->uv.req.data = request;
	gt__future_init(&request->future, loop, TRACE_WHY_IO);
	return request;
}

void gt__request_unref(struct gt__request *request)
{
	if (--request->refs)
		return;
	gt__future_fini(&request->future);
	drop(request);
	gt__disown(request);
}

int gt__request_refused(struct gt__request *request, int code)
{
	request->refs = 1;
	gt__request_unref(request);
	return code;
}

void gt__request_done(struct gt__request *request, int status)
{
	request->status = status;
	if (!request->loop->ending && !gt__future_is_done(&request->future))
		gt__future_set(&request->future, 0);
	gt__request_unref(request);
}
