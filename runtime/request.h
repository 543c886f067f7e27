/* A request that libuv works on, and a call that waits for it. It lives on the heap until both have let go of it, so that a call
 * that is cancelled can leave at once. */
#ifndef GANTTOP_RUNTIME_REQUEST_H
#define GANTTOP_RUNTIME_REQUEST_H

#include <uv.h>

#include "runtime/state.h"

struct gt__request {
	union {
		uv_req_t req;
		uv_connect_t connect;
		uv_getaddrinfo_t getaddrinfo;
		uv_shutdown_t shutdown;
		uv_write_t write;
	} uv;
	struct gt_future future; /* what the call waits for */
	struct gt__loop *loop;
	struct addrinfo *addresses; /* of getaddrinfo. owns */
	int status;                 /* what libuv said in the end */
	unsigned refs;              /* the call's and libuv's */
	char data[];
};

/* owns: returns two references, the call's and libuv's; the loop frees it at the latest. errors: NULL when out of memory. */
struct gt__request *gt__request_create(struct gt__loop *loop, size_t bytes);
void gt__request_unref(struct gt__request *request);

/* libuv did not take it: give both references back. Returns `code`. */
int gt__request_refused(struct gt__request *request, int code);

/* libuv has done it: wake the call, give libuv's reference back. */
void gt__request_done(struct gt__request *request, int status);

#endif
