/* The listener. Rejected: waking up every few milliseconds to look, which keeps a processor from sleeping and still hears late; a signal,
 * which interrupts calls of the program.
 */
#include "runtime/knock.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <uv.h>

#include "runtime/gate.h"
#include "runtime/io.h"

struct gt__knocker {
	uv_async_t async;
	struct gt__loop *loop;
	pthread_t thread;
	_Atomic uint32_t *knock; /* the gate's */
	uint32_t seen;
	_Atomic bool quits;
};

static void *listen_to(void *arg)
{
	struct gt__knocker *k = arg;
	while (!atomic_load(&k->quits)) {
		gt__word_wait(k->knock, k->seen, UINT64_MAX);
		uint32_t now = atomic_load(k->knock);
		if (now == k->seen)
			continue;
		k->seen = now;
		uv_async_send(&k->async);
	}
	return NULL;
}

/* In libuv's turn, which may be the one before the loop would wait: what the viewer wishes is done here and now. */
static void woken(uv_async_t *async)
{
	const struct gt__knocker *k = async->data;
	gt__gate_glance(k->loop);
}

static void closed(uv_handle_t *handle)
{
	free(handle->data);
}

static bool start_thread(struct gt__knocker *k)
{
	pthread_attr_t attributes;
	if (pthread_attr_init(&attributes))
		return false;
	pthread_attr_setstacksize(&attributes, (size_t)256 * 1024);
	int rc = pthread_create(&k->thread, &attributes, listen_to, k);
	pthread_attr_destroy(&attributes);
	return !rc;
}

void gt__knock_listen(struct gt__loop *loop)
{
	if (loop->knocker || loop->cannot_listen)
		return;
	loop->cannot_listen = true;
	struct gt__knocker *k = calloc(1, sizeof *k);
	if (!k || uv_async_init(gt__io_uv(loop->io), &k->async, woken)) {
		free(k);
		return;
	}
	k->async.data = k;
	k->loop = loop;
	k->knock = &loop->header->gate.knock;
	k->seen = loop->knock_seen;
	uv_unref((uv_handle_t *)&k->async); /* nothing of the program's can be woken by it */
	if (start_thread(k))
		loop->knocker = k;
	else
		uv_close((uv_handle_t *)&k->async, closed);
}

void gt__knock_stop(struct gt__loop *loop)
{
	struct gt__knocker *k = loop->knocker;
	if (!k)
		return;
	loop->knocker = NULL;
	atomic_store(&k->quits, true);
	atomic_fetch_add(k->knock, 1);
	gt__word_wake(k->knock);
	pthread_join(k->thread, NULL);
	uv_close((uv_handle_t *)&k->async, closed);
}
