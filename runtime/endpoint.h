/* An endpoint: an object of the program with a handle of libuv below it. Streams, listeners and processes are endpoints. */
#ifndef GANTTOP_RUNTIME_ENDPOINT_H
#define GANTTOP_RUNTIME_ENDPOINT_H

#include <uv.h>

#include "runtime/line.h"
#include "runtime/state.h"

struct gt__endpoint;

struct gt__endpoint_ops {
	/* Let go of the handle with gt__endpoint_drop, now or when something has happened. */
	void (*close)(struct gt__endpoint *endpoint);
	/* Free what the endpoint holds, but not itself. May be NULL. */
	void (*fini)(struct gt__endpoint *endpoint);
};

struct gt__endpoint {
	struct gt__object object; /* first */
	const struct gt__endpoint_ops *ops;
	union {
		uv_handle_t handle;
		uv_stream_t stream;
		uv_tcp_t tcp;
		uv_pipe_t pipe;
		uv_process_t process;
	} uv;
	struct gt__node line; /* those who wait to read, to accept, for the process */
	unsigned refs;        /* the handle's, and one for every call that stands in it */
	unsigned n_waits;     /* calls that wait: only these keep the loop alive */
	bool is_closing;
};

/* Register an endpoint, whose handle libuv knows already; from here on it is closed and never just freed. */
void gt__endpoint_init(struct gt__endpoint *endpoint, uint8_t kind, const char *name,
                       const struct gt__endpoint_ops *ops);

/* Close it; those who wait in its line get UV_ECANCELED. The memory is freed when libuv and all calls have left it. */
void gt__endpoint_close(struct gt__endpoint *endpoint);
void gt__endpoint_drop(struct gt__endpoint *endpoint);

/* Wake up to `n` of those in line. */
void gt__endpoint_wake(struct gt__endpoint *endpoint, size_t n);

/* A call begins and ends to wait; the endpoint may be gone after the end. */
void gt__endpoint_enter(struct gt__endpoint *endpoint);
void gt__endpoint_leave(struct gt__endpoint *endpoint);

/* Wait in its line; `on`: enum trace_on. errors: GT_ECANCELED; UV_ECANCELED when it was closed meanwhile. To be called between
 * enter and leave. */
int gt__endpoint_wait(struct gt__endpoint *endpoint, uint16_t on);

/* Wait for a future that belongs to the endpoint. The same otherwise. */
int gt__endpoint_await(struct gt__endpoint *endpoint, struct gt_future *future, uint16_t on);

/* The error of a call that finds the endpoint closed. */
int gt__endpoint_raise_closed(const struct gt__endpoint *endpoint);

/* The loop ends: close every endpoint; nobody is woken any more. */
void gt__endpoints_end(struct gt__loop *loop);

#endif
