/* Refusing handles, and the register of those that live.
 *
 * The register is a set of addresses, so that asking for a handle whose life has ended touches nothing of it. An address that was
 * given to another handle meanwhile is taken for that one: sanitizers, which keep freed memory back, see further. The register is
 * the process's and not the loop's, since a handle may be asked for on the wrong thread.
 */
#include "runtime/handle.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#if defined GT_DEBUG

static struct {
	pthread_mutex_t lock;
	const void **slots; /* a power of two of them; NULL: free */
	size_t cap, n;
	size_t n_unknown; /* that live and found no room here: nothing is known to be dead meanwhile */
} lives = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t home(const void *handle)
{
	return (size_t)(((uintptr_t)handle >> 4) * 0x9e3779b97f4a7c15u >> 20) & (lives.cap - 1);
}

static size_t find(const void *handle)
{
	size_t i = home(handle);
	while (lives.slots[i] && lives.slots[i] != handle)
		i = (i + 1) & (lives.cap - 1);
	return i;
}

static bool make_room(void)
{
	if (lives.n < lives.cap / 2)
		return true;
	size_t old_cap = lives.cap;
	const void **old = lives.slots;
	const void **slots = calloc(old_cap ? old_cap * 2 : 256, sizeof *slots);
	if (!slots)
		return false;
	lives.slots = slots;
	lives.cap = old_cap ? old_cap * 2 : 256;
	for (size_t i = 0; i < old_cap; i++)
		if (old[i])
			lives.slots[find(old[i])] = old[i];
	free(old);
	return true;
}

/* Take one out, and move those behind it that stand there because of it. */
static void take_out(size_t hole)
{
	size_t mask = lives.cap - 1;
	lives.slots[hole] = NULL;
	for (size_t i = (hole + 1) & mask; lives.slots[i]; i = (i + 1) & mask) {
		const void *moved = lives.slots[i];
		lives.slots[i] = NULL;
		lives.slots[find(moved)] = moved;
	}
}

static void free_when_empty(void)
{
	if (lives.n)
		return;
	free(lives.slots);
	lives.slots = NULL;
	lives.cap = 0;
}

void gt__handle_begin(const void *handle)
{
	pthread_mutex_lock(&lives.lock);
	if (!make_room()) {
		lives.n_unknown++;
	} else {
		size_t i = find(handle);
		if (!lives.slots[i])
			lives.n++;
		lives.slots[i] = handle;
	}
	pthread_mutex_unlock(&lives.lock);
}

void gt__handle_end(const void *handle)
{
	pthread_mutex_lock(&lives.lock);
	size_t i = lives.cap ? find(handle) : 0;
	if (lives.cap && lives.slots[i]) {
		take_out(i);
		lives.n--;
		free_when_empty();
	} else if (lives.n_unknown) {
		lives.n_unknown--;
	}
	pthread_mutex_unlock(&lives.lock);
}

bool gt__handle_lives(const void *handle)
{
	pthread_mutex_lock(&lives.lock);
	bool result = lives.n_unknown || (lives.cap && lives.slots[find(handle)]);
	pthread_mutex_unlock(&lives.lock);
	return result;
}

#endif

/* ---- Refusing ---- */

static int refuse(int code, const char *name, const char *format, ...) GT_PRINTF(3, 4);
static int refuse(int code, const char *name, const char *format, ...)
{
	char text[256];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	gt_mark("misuse", text);
#if defined GT_DEBUG
	const struct gt_task *task = gt_self();
	fprintf(stderr, "ganttop: %s: %s\n", task ? gt__task_name(task) : "callback", text);
#endif
	return gt__raise(code, name, "%s", text);
}

int gt__refuse(const void *handle, const char *call)
{
	if (!gt__loop)
		return GT_ENOLOOP;
	if (!handle)
		return refuse(GT_EHANDLE, "TypeError", "%s: NULL is no handle", call);
	if (!gt__handle_lives(handle))
		return refuse(GT_EHANDLE, "ReferenceError", "%s: the life of this handle has ended",
		              call);
	return refuse(GT_EOTHER, "RuntimeError", "%s: this handle belongs to another loop", call);
}

int gt__refuse_value(const char *call, const char *what)
{
	return gt__loop ? refuse(GT_EVALUE, "ValueError", "%s: %s", call, what) : GT_ENOLOOP;
}

int gt__refuse_busy(const struct gt__object *object, const char *call)
{
	if (!object->n_waiters)
		return refuse(GT_EBUSY, "RuntimeError",
		              "%s: callbacks of '%s' have not been called yet", call, object->name);
	return refuse(GT_EBUSY, "RuntimeError", "%s: %zu %s for '%s'", call, object->n_waiters,
	              object->n_waiters == 1 ? "task waits" : "tasks wait", object->name);
}

int gt__check_tasks(struct gt_task *const tasks[], size_t n_tasks, const char *call)
{
	if (n_tasks && !tasks)
		return gt__refuse_value(call, "there are no tasks");
	for (size_t i = 0; i < n_tasks; i++) {
		int rc = gt__check_task(tasks[i], call);
		if (rc)
			return rc;
	}
	return 0;
}
