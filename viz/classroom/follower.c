/* The follower's end of the socket. Whoever is at the other end is not trusted: messages are checked, and a descriptor that
 * comes with one is opened by the reader that takes every file as hostile.
 */
#include "viz/classroom/follower.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

bool viz_follower_is_socket(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

int viz_follower_open(struct viz_follower *follower, const char *path, struct viz_problem *problem)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int error = ENAMETOOLONG;
	follower->fd = -1;
	if (strlen(path) < sizeof address.sun_path) {
		memcpy(address.sun_path, path, strlen(path) + 1);
		int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
		if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
			follower->fd = fd;
			return 0;
		}
		error = errno;
		if (fd >= 0)
			close(fd);
	}
	viz_problem_set(problem, "cannot follow '%s': %s", path,
	                error == ECONNREFUSED ? "nobody shares there any more"
	                : error == EPROTOTYPE ? "it is not a socket of ganttop"
	                                      : strerror(error));
	return VIZ_EXIT_INPUT;
}

void viz_follower_close(struct viz_follower *follower)
{
	if (follower->fd >= 0)
		close(follower->fd);
	follower->fd = -1;
}

/* Return the first descriptor of a message, -1 without one; more than one are closed. */
static int descriptor_of(struct msghdr *message)
{
	int first = -1;
	for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at != NULL;
	     at = CMSG_NXTHDR(message, at)) {
		if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SCM_RIGHTS)
			continue;
		size_t n = (at->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < n; i++) {
			int fd;
			memcpy(&fd, CMSG_DATA(at) + i * sizeof fd, sizeof fd);
			if (first < 0)
				first = fd;
			else
				close(fd);
		}
	}
	return first;
}

int viz_follower_next(struct viz_follower *follower, int wait_ms, struct viz_message *message,
                      int *recording)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES + 1];
	union {
		struct cmsghdr align;
		unsigned char bytes[CMSG_SPACE(4 * sizeof(int))];
	} control;
	struct iovec part = {.iov_base = bytes, .iov_len = sizeof bytes};
	struct msghdr got = {.msg_iov = &part,
	                     .msg_iovlen = 1,
	                     .msg_control = control.bytes,
	                     .msg_controllen = sizeof control.bytes};
	struct pollfd wait = {.fd = follower->fd, .events = POLLIN};
	if (follower->fd < 0)
		return -1;
	if (wait_ms > 0 && poll(&wait, 1, wait_ms) <= 0)
		return 0;
	ssize_t n = recvmsg(follower->fd, &got, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
		return 0;
	*recording = n > 0 ? descriptor_of(&got) : -1;
	if (n > 0 && viz_message_read(message, bytes, (size_t)n) &&
	    message->has_recording == (*recording >= 0))
		return 1;
	if (*recording >= 0)
		close(*recording);
	*recording = -1;
	viz_follower_close(follower);
	return -1;
}
