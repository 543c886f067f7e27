/* Futures as objects of the user's program. */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/future.h"
#include "runtime/handle.h"

#undef gt_future_set
#undef gt_future_await

struct named_future {
	struct gt__object object; /* first */
	struct gt_future future;
};

/* asyncio says so when the future is collected: here its end is where nobody can ask any more. */
static void mark_lost_error(struct named_future *named)
{
	char error[200], text[320];
	if (named->future.state != GT__FAILED || named->future.retrieved)
		return;
	snprintf(error, sizeof error, "error %d", named->future.code);
	if (named->future.error)
		gt__error_say(named->future.error, error, sizeof error);
	if (named->object.name[0] != '\0')
		snprintf(text, sizeof text, "future %s failed with %s", named->object.name, error);
	else
		snprintf(text, sizeof text, "a future failed with %s", error);
	named->future.retrieved = true; /* once */
	gt_mark(TRACE_MARK_NEVER_RETRIEVED, text);
}

static void destroy(struct gt__object *object)
{
	struct named_future *named = (struct named_future *)(void *)object;
	mark_lost_error(named);
	gt__future_fini(&named->future);
	gt__object_fini(object);
	free(named);
}

void gt__public_futures_mark_lost(struct gt__loop *loop)
{
	for (struct gt__node *node = loop->objects.next; node != &loop->objects;
	     node = node->next) {
		struct gt__object *object = GT__CONTAINER(node, struct gt__object, in_loop);
		if (object->destroy == destroy)
			mark_lost_error((struct named_future *)(void *)object);
	}
}

static struct gt__object *object_of(struct gt_future *future)
{
	return future ? &GT__CONTAINER(future, struct named_future, future)->object : NULL;
}

struct gt_future *gt_future_create(const char *name)
{
	struct named_future *named = gt__loop ? calloc(1, sizeof *named) : NULL;
	if (!named)
		return NULL;
	gt__future_init(&named->future, gt__loop, TRACE_WHY_SET);
	gt__object_init(&named->object, TRACE_OBJECT_FUTURE, name, 0, destroy);
	return &named->future;
}

int gt_future_destroy(struct gt_future *future)
{
	return gt__object_destroy(object_of(future), __func__);
}

int gt_future_set(struct gt_future *future, intptr_t value)
{
	int refused = gt__check_object(object_of(future), __func__);
	if (refused)
		return refused;
	if (gt__future_is_done(future))
		return gt__raise(GT_ESTATE, "InvalidStateError", "invalid state");
	gt__future_set(future, value);
	return 0;
}

int gt_future_fail(struct gt_future *future, const char *name, const char *message)
{
	int refused = gt__check_object(object_of(future), __func__);
	if (refused)
		return refused;
	if (gt__future_is_done(future))
		return gt__raise(GT_ESTATE, "InvalidStateError", "invalid state");
	gt__future_resolve(future, GT__FAILED, 0, GT_EFAILED,
	                   gt__error_make(GT_EFAILED, name, "%s", message ? message : ""));
	return 0;
}

bool gt_future_cancel(struct gt_future *future)
{
	if (gt__check_object(object_of(future), __func__))
		return false;
	return gt__future_cancel(future);
}

int gt_future_await(struct gt_future *future, intptr_t *value)
{
	int refused = gt__check_object(object_of(future), __func__);
	if (refused)
		return refused;
	struct gt__object *object = object_of(future);
	object->n_waiters++;
	int rc = gt__await(future, &(struct gt__wait){
	                                   .on = TRACE_ON_FUTURE,
	                                   .object = object->id,
	                                   .thing = object,
	                           });
	object->n_waiters--;
	if (!rc && value)
		*value = future->value;
	return rc;
}
