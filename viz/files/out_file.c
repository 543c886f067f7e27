/* Output by a temporary file in the same folder and a rename. */
#include "viz/files/out_file.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "viz/files/rescue.h"

static int fail(struct viz_out_file *out, struct viz_problem *problem, int error)
{
	/* Who ignores the signal gets the error; either way nobody reads any more, and nothing is to be said. */
	if (error == EPIPE)
		viz_rescue_die(SIGPIPE);
	if (out->path != NULL)
		viz_problem_set(problem, "cannot write '%s': %s", out->path, strerror(error));
	else
		viz_problem_set(problem, "cannot write standard output: %s", strerror(error));
	viz_out_file_abandon(out);
	return VIZ_EXIT_FAILED;
}

static int open_beside(struct viz_out_file *out, struct viz_problem *problem)
{
	int n = snprintf(out->temp, sizeof out->temp, "%s.XXXXXX", out->path);
	if (n < 0 || (size_t)n >= sizeof out->temp) {
		out->temp[0] = '\0';
		return fail(out, problem, ENAMETOOLONG);
	}
	int fd = mkstemp(out->temp);
	if (fd < 0) {
		out->temp[0] = '\0';
		return fail(out, problem, errno);
	}
	viz_rescue_file(out->temp);
	/* mkstemp's file is private; this one is to be as any other that the user makes. */
	mode_t mask = umask(0);
	umask(mask);
	fchmod(fd, 0666 & ~mask);
	out->file = fdopen(fd, "w");
	return out->file != NULL ? 0 : fail(out, problem, errno);
}

int viz_out_file_open(struct viz_out_file *out, const char *path, struct viz_problem *problem)
{
	struct stat status;
	*out = (struct viz_out_file){.path = path};
	errno = 0;
	if (path == NULL) {
		out->file = stdout;
		return 0;
	}
	if (stat(path, &status) != 0 || S_ISREG(status.st_mode))
		return open_beside(out, problem);
	out->file = fopen(path, "w");
	return out->file != NULL ? 0 : fail(out, problem, errno);
}

int viz_out_file_commit(struct viz_out_file *out, struct viz_problem *problem)
{
	if (fflush(out->file) != 0 || ferror(out->file))
		return fail(out, problem, errno != 0 ? errno : EIO);
	if (out->path == NULL)
		return 0;
	int rc = fclose(out->file);
	out->file = NULL;
	if (rc != 0 || (out->temp[0] != '\0' && rename(out->temp, out->path) != 0))
		return fail(out, problem, errno);
	viz_rescue_file(NULL);
	return 0;
}

void viz_out_file_abandon(struct viz_out_file *out)
{
	if (out->file != NULL && out->file != stdout)
		fclose(out->file);
	out->file = NULL;
	if (out->temp[0] != '\0')
		unlink(out->temp);
	viz_rescue_file(NULL);
}
