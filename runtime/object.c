/* What every object of a program has in common: an id, a name, its holders, and a place in the loop's list, by which the
 * loop frees what the program did not.
 */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/state.h"
#include "runtime/text.h"

void gt__object_init(struct gt__object *object, uint8_t kind, const char *name, int64_t capacity,
                     void (*destroy)(struct gt__object *object))
{
	struct gt__loop *loop = gt__loop;
	object->loop = loop;
	object->kind = kind;
	object->destroy = destroy;
	object->id = ++loop->n_objects;
	if (name)
		gt__text(object->name, sizeof object->name, "%s", name);
	else
		snprintf(object->name, sizeof object->name, "%s-%u", trace_object_kind_name(kind),
		         object->id);
	gt__list_append(&loop->objects, &object->in_loop);
	gt__handle_begin(object);
	if (!gt__is_recording(loop))
		return;
	/* the words that follow must be read before the record that uses them */
	uint32_t name_id = trace_pen_name(&loop->pen, name ? name : object->name);
	gt__record(loop, (struct trace_record){.kind = TRACE_OBJECT,
	                                       .id = object->id,
	                                       .a = name_id,
	                                       .b = gt__low((uint64_t)capacity),
	                                       .c = gt__high((uint64_t)capacity),
	                                       .d = gt__where(loop),
	                                       .sub = kind});
}

void gt__object_fini(struct gt__object *object)
{
	gt__handle_end(object);
	gt__node_unlink(&object->in_loop);
	free(object->holders);
	object->holders = NULL;
}

bool gt__object_more_holders(struct gt__object *object)
{
	size_t cap = object->holders_cap ? object->holders_cap * 2 : 4;
	uint32_t *holders = realloc(object->holders, cap * sizeof *holders);
	if (!holders)
		return false;
	object->holders = holders;
	object->holders_cap = cap;
	return true;
}

void gt__object_unhold_any(struct gt__object *object, uint32_t id)
{
	if (!object->n_holders)
		return;
	size_t i = 0;
	while (i < object->n_holders && object->holders[i] != id)
		i++;
	if (i == object->n_holders)
		i = 0;
	gt__object_record_hold(object, object->holders[i], false);
	object->n_holders--;
	for (; i < object->n_holders; i++)
		object->holders[i] = object->holders[i + 1];
}

int gt__object_destroy(struct gt__object *object, const char *call)
{
	if (!object)
		return 0;
	int refused = gt__check_object(object, call);
	if (refused)
		return refused;
	if (object->n_waiters)
		return gt__refuse_busy(object, call);
	object->destroy(object);
	return 0;
}
