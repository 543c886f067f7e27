/* Addresses: numbers are read here, names are looked up by the system.
 *
 * source: BaseEventLoop._ensure_resolved, which spares the thread for numbers too.
 */
#include "runtime/address.h"

#include <stdio.h>
#include <string.h>

#include "runtime/io.h"
#include "runtime/os_error.h"
#include "runtime/request.h"

static void found_by_system(uv_getaddrinfo_t *uv, int status, struct addrinfo *list)
{
	struct gt__request *request = uv->data;
	request->addresses = list;
	gt__request_done(request, status);
}

static void copy(struct gt__addresses *found, const struct addrinfo *list)
{
	for (; list && found->n < GT__ADDRESSES_MAX; list = list->ai_next)
		if (list->ai_addrlen <= sizeof found->at[0])
			memcpy(&found->at[found->n++], list->ai_addr, list->ai_addrlen);
}

static int look_up(struct gt__loop *loop, const char *host, uint16_t port,
                   struct gt__addresses *found)
{
	char service[8];
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	struct gt__request *request = gt__request_create(loop, 0);
	if (!request)
		return gt__bare(GT_ENOMEM);
	snprintf(service, sizeof service, "%u", (unsigned)port);
	int rc = uv_getaddrinfo(gt__io_uv(loop->io), &request->uv.getaddrinfo, found_by_system,
	                        host, service, &hints);
	if (rc) {
		gt__request_refused(request, rc);
		return gt__raise_os(rc, "cannot find the host '%s'", host);
	}
	rc = gt__await(&request->future, &(struct gt__wait){.on = TRACE_ON_CONNECT});
	if (rc)
		(void)uv_cancel(&request->uv.req); /* reported through the loop */
	else if (request->status)
		rc = gt__raise_os(request->status, "cannot find the host '%s'", host);
	else
		copy(found, request->addresses);
	gt__request_unref(request);
	return rc;
}

int gt__addresses_find(struct gt__loop *loop, const char *host, uint16_t port,
                       struct gt__addresses *found)
{
	memset(found, 0, sizeof *found);
	found->n = 1;
	if (!uv_ip4_addr(host, port, &found->at[0].v4) ||
	    !uv_ip6_addr(host, port, &found->at[0].v6))
		return 0;
	memset(found, 0, sizeof *found);
	return look_up(loop, host, port, found);
}
