/* Temporary files. Memory file systems go first: a log is written record by record, and a disk has no use for it. */
#include "viz/files/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "viz/files/rescue.h"

int viz_temporary_create(char *path, size_t path_bytes, struct viz_problem *problem)
{
	const char *const folders[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"),
	                               "/tmp"};
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		if (folders[i] == NULL || folders[i][0] != '/')
			continue;
		int n = snprintf(path, path_bytes, "%s/ganttop-XXXXXX", folders[i]);
		if (n < 0 || (size_t)n >= path_bytes)
			continue;
		int fd = mkostemp(path, O_CLOEXEC);
		if (fd < 0)
			continue;
		close(fd);
		viz_rescue_file(path);
		return 0;
	}
	viz_problem_set(problem, "cannot make a temporary file in /tmp: %s", strerror(errno));
	return -1;
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
