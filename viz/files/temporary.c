/* Temporary files. Memory file systems go first: a log is written record by record, and a disk has no use for it.
 *
 * Rejected: memfd_create. Its memory has no bound but the machine's, and a run that never ends would take all of it, where a file
 * system of memory is full one day.
 */
#include "viz/files/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "viz/files/rescue.h"

#define PREFIX  "ganttop-"
#define FOLDERS 4
#define TRIES   5 /* a folder that was just made may be taken for an old one */

/* ---- What the dead have left ---- */

/* Remove a folder of files. `fd` is open on it. */
static void remove_folder(int parent, const char *name, int fd)
{
	int copy = dup(fd);
	DIR *folder = copy >= 0 ? fdopendir(copy) : NULL;
	for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
		if (entry->d_name[0] != '.')
			unlinkat(fd, entry->d_name, 0);
	if (folder != NULL)
		closedir(folder);
	else if (copy >= 0)
		close(copy);
	unlinkat(parent, name, AT_REMOVEDIR);
}

/* Remove one folder, if it is ours and nobody holds its lock. */
static void clean(int parent, const char *name)
{
	struct stat status;
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		remove_folder(parent, name, fd);
	close(fd);
}

/* Remove the folders of those who were killed. */
static void clean_all(const char *folder)
{
	DIR *all = opendir(folder);
	for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;)
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		    strlen(entry->d_name) == strlen(PREFIX "XXXXXX") &&
		    (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN))
			clean(dirfd(all), entry->d_name);
	if (all != NULL)
		closedir(all);
}

/* ---- A file ---- */

/* Take the descriptor, which gets a number that no standard stream has. errors: -1. */
static int keep(struct viz_temporary *temporary, int fd)
{
	int high = fd >= 0 && fd < 3 ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : fd;
	if (high != fd)
		close(fd);
	temporary->fd = high >= 0 ? high : 0;
	return high >= 0 ? 0 : -1;
}

/* Open a file that has no name, or has lost it at once. errors: -1. */
static int open_nameless(const char *folder)
{
	char path[PATH_MAX];
#ifdef O_TMPFILE
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
#endif
	int n = snprintf(path, sizeof path, "%s/" PREFIX "XXXXXX", folder);
	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	int named = mkostemp(path, O_CLOEXEC);
	if (named >= 0)
		unlink(path);
	return named;
}

/* errors: -1, also where there is no /dev/fd, so that nobody would find it. */
static int create_nameless(struct viz_temporary *temporary)
{
	if (keep(temporary, open_nameless(temporary->folder)) != 0)
		return -1;
	snprintf(temporary->path, sizeof temporary->path, "/dev/fd/%d", temporary->fd);
	if (access(temporary->path, R_OK | W_OK) == 0)
		return 0;
	close(temporary->fd);
	temporary->fd = 0;
	return -1;
}

/* Make a folder and lock it. Returns its descriptor; -1: somebody took it for an old one, or it cannot be made. */
static int make_locked(char *path)
{
	struct stat status;
	if (mkdtemp(path) == NULL)
		return -1;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* where folders cannot be locked nobody removes them either */
	bool is_lost = fd >= 0 && ((flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) ||
	                           fstat(fd, &status) != 0 || status.st_nlink == 0);
	if (!is_lost)
		return fd;
	close(fd);
	errno = EAGAIN;
	return -1;
}

static int create_in_folder(struct viz_temporary *temporary, const char *ending)
{
	char folder[PATH_MAX], second[PATH_MAX];
	int fd = -1;
	for (int i = 0; i < TRIES && fd < 0; i++) {
		int n = snprintf(folder, sizeof folder, "%s/" PREFIX "XXXXXX", temporary->folder);
		if (n < 0 || (size_t)n >= sizeof folder - 32)
			return -1;
		fd = make_locked(folder);
		if (fd < 0 && errno != EAGAIN)
			return -1;
	}
	if (keep(temporary, fd) != 0)
		return -1;
	temporary->has_name = true;
	snprintf(temporary->ending, sizeof temporary->ending, "%s", ending);
	memcpy(temporary->folder, folder, sizeof folder);
	snprintf(temporary->path, sizeof temporary->path, "%.*s/log", PATH_MAX - 32, folder);
	snprintf(second, sizeof second, "log%s", temporary->ending);
	viz_rescue_folder(folder, (const char *const[2]){"log", second});
	int log = open(temporary->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (log >= 0)
		close(log);
	else
		viz_temporary_drop(temporary);
	return log >= 0 ? 0 : -1;
}

int viz_temporary_create(struct viz_temporary *temporary, const char *ending,
                         struct viz_problem *problem)
{
	const char *const folders[FOLDERS] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm",
	                                      getenv("TMPDIR"), "/tmp"};
	for (size_t i = 0; i < FOLDERS; i++) {
		*temporary = (struct viz_temporary){.fd = 0};
		if (folders[i] == NULL || folders[i][0] != '/' ||
		    strlen(folders[i]) >= sizeof temporary->folder)
			continue;
		memcpy(temporary->folder, folders[i], strlen(folders[i]) + 1);
		clean_all(folders[i]);
		if (ending == NULL && create_nameless(temporary) == 0)
			return 0;
		if (create_in_folder(temporary, ending != NULL ? ending : "") == 0)
			return 0;
	}
	viz_problem_set(problem, "cannot make a temporary file in /tmp: %s", strerror(errno));
	*temporary = (struct viz_temporary){.fd = 0};
	return -1;
}

void viz_temporary_drop(struct viz_temporary *temporary)
{
	if (temporary->fd == 0)
		return;
	if (temporary->has_name) {
		remove_folder(AT_FDCWD, temporary->folder, temporary->fd);
		viz_rescue_file(NULL);
	}
	close(temporary->fd);
	*temporary = (struct viz_temporary){.fd = 0};
}

void viz_temporary_hand_on(const struct viz_temporary *temporary)
{
	if (temporary->fd != 0 && !temporary->has_name)
		fcntl(temporary->fd, F_SETFD, 0);
}

void viz_temporary_take(const char *path)
{
	int fd;
	char rest;
	if (sscanf(path, "/dev/fd/%d%c", &fd, &rest) == 1 && fd > 2)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* A writer of recordings locks its file. */
static bool is_being_recorded(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool locked = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
	close(fd);
	return locked;
}

int viz_temporary_replace(const char *path, struct viz_problem *problem)
{
	struct stat status;
	if (lstat(path, &status) == 0) {
		if (!S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode)) {
			viz_problem_set(problem, "cannot write '%s': not a regular file", path);
			return -1;
		}
		if (S_ISREG(status.st_mode) && is_being_recorded(path)) {
			viz_problem_set(problem,
			                "cannot write '%s': another program is recording into it",
			                path);
			return -1;
		}
		if (S_ISREG(status.st_mode) && unlink(path) != 0)
			goto fail;
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		goto fail;
	close(fd);
	return 0;
fail:
	viz_problem_set(problem, "cannot write '%s': %s", path, strerror(errno));
	return -1;
}
