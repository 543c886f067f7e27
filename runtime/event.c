/* The event: a flag, and everybody who waits for it.
 *
 * source: asyncio.Event of Lib/asyncio/locks.py (3.11). Clearing it at once still lets all go who waited when it was set.
 */
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/line.h"

#undef gt_event_create
#undef gt_event_set
#undef gt_event_wait

struct gt_event {
	struct gt__object object; /* first */
	bool is_set;
	struct gt__node line;
};

static void destroy(struct gt__object *object)
{
	gt__object_fini(object);
	free(object);
}

struct gt_event *gt_event_create(const char *name)
{
	struct gt_event *event = gt__loop ? calloc(1, sizeof *event) : NULL;
	if (!event)
		return NULL;
	gt__list_init(&event->line);
	gt__object_init(&event->object, TRACE_OBJECT_EVENT, name, 1, destroy);
	gt__object_record_level(&event->object);
	return event;
}

int gt_event_destroy(struct gt_event *event)
{
	return gt__object_destroy(event ? &event->object : NULL, __func__);
}

GT__INLINE void record_level(struct gt_event *event)
{
	event->object.level = event->is_set;
	gt__object_record_level(&event->object);
}

int gt_event_set(struct gt_event *event)
{
	int refused = gt__check_object(event, __func__);
	if (refused)
		return refused;
	if (event->is_set)
		return 0;
	event->is_set = true;
	gt__instant_begin(event->object.loop);
	gt__line_wake(&event->line, SIZE_MAX);
	record_level(event);
	gt__instant_end(event->object.loop);
	return 0;
}

int gt_event_clear(struct gt_event *event)
{
	int refused = gt__check_object(event, __func__);
	if (refused)
		return refused;
	if (!event->is_set)
		return 0;
	event->is_set = false;
	record_level(event);
	return 0;
}

bool gt_event_is_set(const struct gt_event *event)
{
	if (gt__check_object(event, __func__))
		return false;
	return event->is_set;
}

static GT__RETURNS_BY_JUMP int wait_for_it(struct gt_event *event)
{
	int rc = gt__line_wait(&event->line, &event->object, TRACE_ON_EVENT, TRACE_WHY_SET,
	                       gt__is_recording(event->object.loop));
	gt__instant_go_on(event->object.loop);
	record_level(event);
	gt__instant_end(event->object.loop);
	return rc;
}

int gt_event_wait(struct gt_event *event)
{
	int refused = gt__check_object(event, __func__);
	if (refused)
		return refused;
	return event->is_set ? 0 : wait_for_it(event);
}
