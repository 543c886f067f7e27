/* Output by a temporary file or folder beside the place that it is for, and a rename. */
#include "viz/files/out_path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "viz/files/rescue.h"

static int fail(struct viz_problem *problem, const char *path, const char *why)
{
	viz_problem_set(problem, "cannot write '%s': %s", path, why);
	return VIZ_EXIT_FAILED;
}

/* The name of the temporary one; trailing slashes of a folder's name go. */
static int name_temp(struct viz_out_path *out, struct viz_problem *problem)
{
	size_t n = strlen(out->path);
	while (n > 1 && out->path[n - 1] == '/')
		n--;
	int used = snprintf(out->temp, sizeof out->temp, "%.*s.XXXXXX", (int)n, out->path);
	if (used < 0 || (size_t)used >= sizeof out->temp)
		return fail(problem, out->path, strerror(ENAMETOOLONG));
	return 0;
}

int viz_out_path_open(struct viz_out_path *out, const char *path, struct viz_problem *problem)
{
	struct stat status;
	*out = (struct viz_out_path){.path = path};
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		return fail(problem, path, "not a regular file");
	if (name_temp(out, problem) != 0)
		return VIZ_EXIT_FAILED;
	int fd = mkstemp(out->temp);
	if (fd < 0)
		return fail(problem, path, strerror(errno));
	mode_t mask = umask(0);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
	close(fd);
	viz_rescue_file(out->temp);
	return 0;
}

/* Whether the folder holds these files and nothing else. */
static bool is_of_kind(const char *path, const char *const files[2])
{
	size_t n_known = 0, n = 0;
	DIR *folder = opendir(path);
	if (folder == NULL)
		return false;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		n++;
		n_known += strcmp(entry->d_name, files[0]) == 0 ||
		           strcmp(entry->d_name, files[1]) == 0;
	}
	closedir(folder);
	return n == n_known;
}

int viz_out_path_open_folder(struct viz_out_path *out, const char *path, const char *const files[2],
                             struct viz_problem *problem)
{
	struct stat status;
	*out = (struct viz_out_path){.path = path, .is_folder = true};
	if (stat(path, &status) == 0) {
		if (!S_ISDIR(status.st_mode))
			return fail(problem, path, "the format is a folder, and this is a file");
		if (!is_of_kind(path, files))
			return fail(problem, path, "the folder holds other files");
		out->replaces = true;
	}
	if (name_temp(out, problem) != 0)
		return VIZ_EXIT_FAILED;
	if (mkdtemp(out->temp) == NULL)
		return fail(problem, path, strerror(errno));
	mode_t mask = umask(0);
	umask(mask);
	chmod(out->temp, 0777 & ~mask);
	viz_rescue_folder(out->temp, files);
	return 0;
}

static void remove_folder(const char *path, const char *const files[2])
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		unlinkat(fd, files[0], 0);
		unlinkat(fd, files[1], 0);
		close(fd);
	}
	rmdir(path);
}

/* Two folders change places by a third name: renameat2 is not everywhere. */
static int replace_folder(const struct viz_out_path *out, const char *const files[2])
{
	char old[PATH_MAX + 8];
	snprintf(old, sizeof old, "%s.old", out->temp);
	if (rename(out->path, old) != 0)
		return -1;
	if (rename(out->temp, out->path) != 0) {
		int error = errno;
		if (rename(old, out->path) == 0)
			errno = error;
		return -1;
	}
	remove_folder(old, files);
	return 0;
}

int viz_out_path_commit(struct viz_out_path *out, const char *const files[2],
                        struct viz_problem *problem)
{
	int rc = out->replaces ? replace_folder(out, files) : rename(out->temp, out->path);
	if (rc != 0) {
		fail(problem, out->path, strerror(errno));
		viz_out_path_abandon(out, files);
		return VIZ_EXIT_FAILED;
	}
	viz_rescue_file(NULL);
	return 0;
}

void viz_out_path_abandon(struct viz_out_path *out, const char *const files[2])
{
	if (out->is_folder)
		remove_folder(out->temp, files);
	else
		unlink(out->temp);
	viz_rescue_file(NULL);
}
