/* The addresses of a host. */
#ifndef GANTTOP_RUNTIME_ADDRESS_H
#define GANTTOP_RUNTIME_ADDRESS_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h> /* brings the system's types of addresses */

struct gt__loop;

#define GT__ADDRESSES_MAX 8u

struct gt__addresses {
	size_t n;
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} at[GT__ADDRESSES_MAX];
};

/* Find the addresses of `host`, in the order in which they should be tried. A name is looked up on a thread of libuv's, and the
 * task waits; a number needs no waiting. errors: GT_ECANCELED, GT_ENOMEM, a code of libuv (UV_EAI_NONAME). */
int gt__addresses_find(struct gt__loop *loop, const char *host, uint16_t port,
                       struct gt__addresses *found);

#endif
