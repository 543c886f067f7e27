/* Coroutine objects: a call that has been written down and not made. Awaited, the body runs as a part of the awaiting task; spawned,
 * it becomes a task; dropped, it never runs, and the recording says so.
 *
 * source: coroutine objects of the language; "coroutine ... was never awaited" of their finalizer.
 */
#include <stdlib.h>
#include <string.h>

#include "runtime/handle.h"
#include "runtime/state.h"

#undef gt_coro
#undef gt_coro_await
#undef gt_coro_spawn

struct gt_coro {
	struct gt__object object; /* first */
	gt_body *body;
	void *arg;
};

static void record(struct gt_coro *coro, uint8_t phase)
{
	struct gt__loop *loop = coro->object.loop;
	gt__record(loop, (struct trace_record){.kind = TRACE_CORO,
	                                       .id = coro->object.id,
	                                       .a = loop->current ? loop->current->id : 0,
	                                       .d = gt__where(loop),
	                                       .sub = phase});
}

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

static void drop(struct gt__object *object)
{
	record((struct gt_coro *)(void *)object, TRACE_CORO_DROPPED);
	destroy(object);
}

struct gt_coro *gt_coro(gt_body *body, void *arg, const char *name)
{
	if (!body && gt__refuse_value(__func__, "there is no body"))
		return NULL;
	struct gt_coro *coro = gt__loop ? calloc(1, sizeof *coro) : NULL;
	if (!coro)
		return NULL;
	coro->body = body;
	coro->arg = arg;
	gt__object_init(&coro->object, TRACE_OBJECT_COROUTINE, name, 0, drop);
	return coro;
}

/* The object has done its duty; what is left is a call. */
static struct gt_coro use(struct gt_coro *coro)
{
	struct gt_coro call = *coro;
	record(coro, TRACE_CORO_AWAITED);
	destroy(&coro->object);
	return call;
}

int gt_coro_await(struct gt_coro *coro)
{
	int refused = gt__check_object(coro, __func__);
	if (refused)
		return refused;
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	struct gt_coro call = use(coro);
	return call.body(call.arg);
}

struct gt_task *gt_coro_spawn(struct gt_coro *coro)
{
	if (gt__check_object(coro, __func__))
		return NULL;
	struct gt_coro call = use(coro);
	return gt__task_create(gt__loop, call.body, call.arg, call.object.name,
	                       strlen(call.object.name));
}

void gt_coro_drop(struct gt_coro *coro)
{
	if (!coro || gt__check_object(coro, __func__))
		return;
	if (coro)
		drop(&coro->object);
}

void gt__coros_drop(struct gt__loop *loop)
{
	struct gt__node *next;
	for (struct gt__node *n = loop->objects.next; n != &loop->objects; n = next) {
		struct gt__object *object = GT__CONTAINER(n, struct gt__object, in_loop);
		next = n->next;
		if (object->kind == TRACE_OBJECT_COROUTINE)
			object->destroy(object);
	}
}
