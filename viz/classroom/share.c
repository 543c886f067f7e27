/* The presenter's end of the socket. Messages keep their borders (SOCK_SEQPACKET), so none is ever half sent; the recording
 * goes along as a descriptor, because the file of a run has no name once it is open.
 */
#include "viz/classroom/share.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define FOLLOWERS_MAX 32u

struct follower {
	int fd;
	bool has_recording; /* of now */
	bool is_behind;     /* has not got the last message */
};

struct viz_share {
	int fd;
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
	struct follower followers[FOLLOWERS_MAX];
	size_t n;
	unsigned recording; /* the number of the one that they have */
	uint32_t n_turns;   /* of it, if it is a ring: each is another file */
	unsigned char last[VIZ_MESSAGE_BYTES];
	bool has_last;
};

/* ---- The socket ---- */

/* Return whether somebody answers on the socket at `path`. */
static bool is_answered(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	bool answers =
	        fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
	if (fd >= 0)
		close(fd);
	return answers;
}

/* Make the name free: an abandoned socket of ours goes, anything else stays. */
static int free_name(const struct sockaddr_un *address, struct viz_problem *problem)
{
	const char *path = address->sun_path;
	struct stat st;
	if (lstat(path, &st) != 0)
		return 0;
	if (!S_ISSOCK(st.st_mode))
		return viz_problem_set(problem, "cannot share on '%s': it exists and is no socket",
		                       path);
	if (is_answered(address))
		return viz_problem_set(problem,
		                       "cannot share on '%s': somebody shares there already", path);
	if (st.st_uid != geteuid() || unlink(path) != 0)
		return viz_problem_set(problem,
		                       "cannot share on '%s': it is an old socket that "
		                       "cannot be removed",
		                       path);
	return 0;
}

/* The socket has its mode from its birth, so that nobody slips in between. */
static int bind_private(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(0177);
	int rc = bind(fd, (const struct sockaddr *)address, sizeof *address);
	int error = errno;
	umask(before);
	errno = error;
	return rc;
}

int viz_share_open(struct viz_share **out, const char *path, struct viz_problem *problem)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (path[0] == '\0' || strlen(path) >= sizeof address.sun_path)
		return viz_problem_set(problem,
		                       "cannot share on '%s': want a name of 1 to %zu bytes", path,
		                       sizeof address.sun_path - 1);
	memcpy(address.sun_path, path, strlen(path) + 1);
	int rc = free_name(&address, problem);
	if (rc != 0)
		return rc;
	struct viz_share *share = calloc(1, sizeof *share);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (share == NULL || fd < 0 || bind_private(fd, &address) != 0 || listen(fd, 8) != 0) {
		viz_problem_set(problem, "cannot share on '%s': %s", path,
		                strerror(share == NULL ? ENOMEM : errno));
		if (fd >= 0)
			close(fd);
		free(share);
		return VIZ_EXIT_FAILED;
	}
	share->fd = fd;
	memcpy(share->path, address.sun_path, sizeof share->path);
	*out = share;
	return 0;
}

void viz_share_close(struct viz_share *share)
{
	if (share == NULL)
		return;
	for (size_t i = 0; i < share->n; i++)
		close(share->followers[i].fd);
	close(share->fd);
	unlink(share->path);
	free(share);
}

int viz_share_fd(const struct viz_share *share)
{
	return share->fd;
}

size_t viz_share_followers(const struct viz_share *share)
{
	return share->n;
}

/* ---- Followers ---- */

/* The mode of the socket keeps others out; that the system enforces it on sockets is not so everywhere. */
static bool is_our_user(int fd)
{
#ifdef SO_PEERCRED
	struct ucred peer;
	socklen_t bytes = sizeof peer;
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) == 0 && peer.uid == geteuid();
#else
	uid_t user;
	gid_t group;
	return getpeereid(fd, &user, &group) == 0 && user == geteuid();
#endif
}

void viz_share_accept(struct viz_share *share)
{
	for (;;) {
		int fd = accept4(share->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return;
		if (share->n == FOLLOWERS_MAX || !is_our_user(fd)) {
			close(fd);
			continue;
		}
		share->followers[share->n++] = (struct follower){.fd = fd, .is_behind = true};
	}
}

static void forget(struct viz_share *share, size_t i)
{
	close(share->followers[i].fd);
	share->followers[i] = share->followers[--share->n];
}

/* Send the message, and `with` (-1: nothing) as a descriptor. Returns 0, or errno. */
static int send_to(int fd, const unsigned char *bytes, int with)
{
	union {
		struct cmsghdr align;
		unsigned char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.bytes = {0}};
	struct iovec part = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = VIZ_MESSAGE_BYTES};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	if (with >= 0) {
		message.msg_control = control.bytes;
		message.msg_controllen = sizeof control.bytes;
		struct cmsghdr *header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof with);
		memcpy(CMSG_DATA(header), &with, sizeof with);
	}
	return sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0 ? 0 : errno;
}

/* Tell one follower. Returns false when it has left. */
static bool tell(struct follower *follower, const struct trace_model *model,
                 const struct viz_message *message)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES];
	struct viz_message own = *message;
	int with = -1;
	own.has_recording = !follower->has_recording && model != NULL;
	if (own.has_recording) {
		with = trace_reader_reopen(model->reader);
		if (with < 0)
			return true; /* no descriptors left: later */
	}
	viz_message_write(&own, bytes);
	int error = send_to(follower->fd, bytes, with);
	if (with >= 0)
		close(with);
	bool is_full = error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
	follower->is_behind = is_full;
	follower->has_recording |= error == 0 && own.has_recording;
	return error == 0 || is_full;
}

bool viz_share_tell(struct viz_share *share, unsigned recording, const struct trace_model *model,
                    const struct viz_message *message)
{
	unsigned char bytes[VIZ_MESSAGE_BYTES];
	struct viz_message own = *message;
	own.is_away = model == NULL;
	bool is_anybody_behind = false;
	if (model != NULL && (recording != share->recording || model->n_turns != share->n_turns)) {
		share->recording = recording;
		share->n_turns = model->n_turns;
		for (size_t i = 0; i < share->n; i++)
			share->followers[i].has_recording = false;
		share->has_last = false;
	}
	viz_message_write(&own, bytes);
	bool is_new = !share->has_last || memcmp(bytes, share->last, sizeof bytes) != 0;
	memcpy(share->last, bytes, sizeof bytes);
	share->has_last = true;
	for (size_t i = share->n; i > 0; i--) {
		struct follower *follower = &share->followers[i - 1];
		if (!is_new && !follower->is_behind)
			continue;
		if (!tell(follower, model, &own))
			forget(share, i - 1);
		else
			is_anybody_behind |= follower->is_behind;
	}
	return is_anybody_behind;
}
