/* What every public function asks of a handle before it touches it: that it is one, that it lives, that it belongs to the loop of this
 * thread. That it lives can only be asked in a debug build (GT_DEBUG), which keeps a register of those that do; the rest is asked always,
 * and costs two comparisons.
 */
#ifndef GANTTOP_RUNTIME_HANDLE_H
#define GANTTOP_RUNTIME_HANDLE_H

#include "runtime/state.h"

#if defined GT_DEBUG
/* The life of a handle begins; it ends. */
void gt__handle_begin(const void *handle);
void gt__handle_end(const void *handle);
bool gt__handle_lives(const void *handle);
#else
static inline void gt__handle_begin(const void *handle)
{
	(void)handle;
}
static inline void gt__handle_end(const void *handle)
{
	(void)handle;
}
static inline bool gt__handle_lives(const void *handle)
{
	(void)handle;
	return true;
}
#endif

/* Say why `call` does not take the handle: the code is the running task's error, stands in the recording as a mark "misuse", and in a debug
 * build on standard error. Returns GT_EHANDLE, GT_EOTHER, or GT_ENOLOOP in silence. */
int gt__refuse(const void *handle, const char *call);

/* The same for an argument that no call can take. Returns GT_EVALUE. */
int gt__refuse_value(const char *call, const char *what);

/* The same for an object that cannot be destroyed because tasks wait for it. Returns GT_EBUSY. */
int gt__refuse_busy(const struct gt__object *object, const char *call);

/* gt__refuse for a call that ends with that: it needs no frame of its own for what comes after. */
static inline int gt__refused(const void *handle, const char *call)
{
	int code = gt__refuse(handle, call);
	if (!code)
		__builtin_unreachable();
	return code;
}

/* Return 0 when `call` may use the object (lock, semaphore, ...), future or task, else what gt__refuse says. */
static inline int gt__check_object(const void *handle, const char *call)
{
	const struct gt__object *object = handle;
	const struct gt__loop *loop = gt__loop;
	if (__builtin_expect(object && loop && gt__handle_lives(object) && object->loop == loop, 1))
		return 0;
	return gt__refused(object, call);
}

static inline int gt__check_task(const struct gt_task *task, const char *call)
{
	const struct gt__loop *loop = gt__loop;
	if (__builtin_expect(task && loop && gt__handle_lives(task) && task->future.loop == loop,
	                     1))
		return 0;
	return gt__refused(task, call);
}

/* The same for all of several tasks; `tasks` may be NULL when there are none. */
int gt__check_tasks(struct gt_task *const tasks[], size_t n_tasks, const char *call);

#endif
