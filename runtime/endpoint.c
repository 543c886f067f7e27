/* The life of an endpoint.
 *
 * libuv wants a handle's memory until its close callback, a call that was suspended in it wants it until it has looked at it
 * again, and the loop frees at its end what is left: so an endpoint counts those who stand in it, and stays in the loop's list of
 * objects until its memory goes. Handles keep libuv's loop alive only while somebody waits, so that "alive" means that
 * something can still wake a task, and a deadlock is seen as one.
 */
#include "runtime/endpoint.h"

#include <stdlib.h>

#include "runtime/os_error.h"

static void destroy(struct gt__object *object)
{
	struct gt__endpoint *endpoint = (struct gt__endpoint *)(void *)object;
	if (endpoint->ops->fini)
		endpoint->ops->fini(endpoint);
	gt__object_fini(object);
	free(endpoint);
}

static void release(struct gt__endpoint *endpoint)
{
	if (!--endpoint->refs)
		destroy(&endpoint->object);
}

void gt__endpoint_init(struct gt__endpoint *endpoint, uint8_t kind, const char *name,
                       const struct gt__endpoint_ops *ops)
{
	endpoint->ops = ops;
	endpoint->refs = 1;
	gt__list_init(&endpoint->line);
	endpoint->uv.handle.data = endpoint;
	uv_unref(&endpoint->uv.handle);
	gt__object_init(&endpoint->object, kind, name, 0, destroy);
}

static void closed(uv_handle_t *handle)
{
	release(handle->data);
}

void gt__endpoint_drop(struct gt__endpoint *endpoint)
{
	uv_close(&endpoint->uv.handle, closed);
}

void gt__endpoint_close(struct gt__endpoint *endpoint)
{
	if (endpoint->is_closing)
		return;
	endpoint->is_closing = true;
	gt__endpoint_wake(endpoint, SIZE_MAX);
	endpoint->ops->close(endpoint);
}

void gt__endpoint_wake(struct gt__endpoint *endpoint, size_t n)
{
	if (!endpoint->object.loop->ending)
		gt__line_wake(&endpoint->line, n);
}

void gt__endpoint_enter(struct gt__endpoint *endpoint)
{
	endpoint->refs++;
	if (!endpoint->n_waits++)
		uv_ref(&endpoint->uv.handle);
}

void gt__endpoint_leave(struct gt__endpoint *endpoint)
{
	if (!--endpoint->n_waits)
		uv_unref(&endpoint->uv.handle);
	release(endpoint);
}

int gt__endpoint_raise_closed(const struct gt__endpoint *endpoint)
{
	return gt__raise_os(UV_ECANCELED, "%s is closed", endpoint->object.name);
}

int gt__endpoint_wait(struct gt__endpoint *endpoint, uint16_t on)
{
	int rc = gt__line_wait(&endpoint->line, &endpoint->object, on, TRACE_WHY_IO,
	                       gt__is_recording(endpoint->object.loop));
	if (rc && gt__line_was_woken(&endpoint->object))
		gt__endpoint_wake(endpoint, 1); /* hand on what came for it */
	gt__object_record_level(&endpoint->object);
	if (!rc && endpoint->is_closing)
		return gt__endpoint_raise_closed(endpoint);
	return rc;
}

int gt__endpoint_await(struct gt__endpoint *endpoint, struct gt_future *future, uint16_t on)
{
	struct gt__object *object = &endpoint->object;
	object->n_waiters++;
	gt__object_record_level(object);
	int rc = gt__await(future,
	                   &(struct gt__wait){.on = on, .object = object->id, .thing = object});
	object->n_waiters--;
	gt__object_record_level(object);
	if (!rc && endpoint->is_closing)
		return gt__endpoint_raise_closed(endpoint);
	return rc;
}

void gt__endpoints_end(struct gt__loop *loop)
{
	if (!loop->io)
		return;
	loop->ending = true;
	for (struct gt__node *n = loop->objects.next; n != &loop->objects; n = n->next) {
		struct gt__object *object = GT__CONTAINER(n, struct gt__object, in_loop);
		if (object->destroy != destroy)
			continue;
		struct gt__endpoint *endpoint = (struct gt__endpoint *)(void *)object;
		gt__endpoint_close(endpoint);
		uv_ref(&endpoint->uv.handle); /* wait for what it is still waiting for */
	}
}
