/* Files as a whole, and their names: gt_fs_read_file and its kin. Each is one job, done from end to end by one thread. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fs_job.h"
#include "runtime/handle.h"

#undef gt_fs_read_file
#undef gt_fs_write_file
#undef gt_fs_stat
#undef gt_fs_unlink
#undef gt_fs_rmdir
#undef gt_fs_mkdtemp

#define FIRST_BYTES 4096u

/* ---- On a thread ---- */

/* Read until the end; what fstat says is a first guess, as files grow and those of /proc have no size. */
static int read_all(struct gt__fs_job *job, int fd)
{
	struct stat stat;
	size_t cap = FIRST_BYTES, got;
	if (!fstat(fd, &stat) && S_ISREG(stat.st_mode) && stat.st_size > 0)
		cap = (size_t)stat.st_size + 2; /* the NUL behind, and room to see the end in */
	for (;; cap *= 2) {
		char *data = realloc(job->data, cap);
		if (!data)
			return gt__bare(GT_ENOMEM);
		job->data = data;
		do {
			int rc = gt__fs_read_some(fd, data + job->n, cap - 1 - job->n, &got);
			if (rc)
				return rc;
			job->n += got;
		} while (got && job->n < cap - 1);
		data[job->n] = '\0';
		if (!got)
			return 0;
	}
}

static int work_read_file(void *arg)
{
	struct gt__fs_job *job = arg;
	int fd = open(job->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	int rc = read_all(job, fd);
	close(fd);
	return rc;
}

static int work_write_file(void *arg)
{
	struct gt__fs_job *job = arg;
	int fd = open(job->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	int rc = gt__fs_write_all(fd, job->memory, job->n);
	int closed = close(fd) ? -errno : 0; /* a full disk may only be told of here */
	return rc ? rc : closed;
}

static int work_stat(void *arg)
{
	struct gt__fs_job *job = arg;
	return stat(job->path, &job->stat) ? -errno : 0;
}

static int work_unlink(void *arg)
{
	struct gt__fs_job *job = arg;
	return unlink(job->path) ? -errno : 0;
}

static int work_rmdir(void *arg)
{
	struct gt__fs_job *job = arg;
	return rmdir(job->path) ? -errno : 0;
}

static int work_mkdtemp(void *arg)
{
	struct gt__fs_job *job = arg;
	return mkdtemp(job->path) ? 0 : -errno;
}

/* ---- On the loop ---- */

int gt_fs_read_file(const char *path, char **data, size_t *n)
{
	if (!path || !data || !n)
		return gt__refuse_value(__func__, "there is no path, or no place for the bytes");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_read_file", path, 0);
	if (rc)
		return rc;
	rc = gt__fs_job_do(job, work_read_file, "read", TRACE_ON_READ);
	if (!rc) {
		*data = job->data;
		*n = job->n;
		job->data = NULL;
	}
	gt__job_unref(&job->job);
	return rc;
}

int gt_fs_write_file(const char *path, const void *data, size_t n)
{
	if (!path || (n && !data))
		return gt__refuse_value(__func__, "there is no path, or there are no bytes");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_write_file", path, n);
	if (rc)
		return rc;
	job->n = n;
	if (n)
		memcpy(job->memory, data, n);
	rc = gt__fs_job_do(job, work_write_file, "write", TRACE_ON_WRITE);
	gt__job_unref(&job->job);
	return rc;
}

static uint64_t ns_of(struct timespec t)
{
	return t.tv_sec < 0 ? 0 : (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int gt_fs_stat(const char *path, struct gt_stat *found)
{
	if (!path || !found)
		return gt__refuse_value(__func__,
		                        "there is no path, or no place for what is found");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_stat", path, 0);
	if (rc)
		return rc;
	rc = gt__fs_job_do(job, work_stat, "look at", TRACE_ON_READ);
	if (!rc)
		*found = (struct gt_stat){
		        .bytes = (uint64_t)job->stat.st_size,
		        .modified_unix_ns = ns_of(job->stat.st_mtim),
		        .mode = (unsigned)job->stat.st_mode & 07777u,
		        .is_file = S_ISREG(job->stat.st_mode),
		        .is_folder = S_ISDIR(job->stat.st_mode),
		};
	gt__job_unref(&job->job);
	return rc;
}

static int change(const char *call, const char *path, gt_body *work, const char *verb)
{
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, call, path, 0);
	if (rc)
		return rc;
	rc = gt__fs_job_do(job, work, verb, TRACE_ON_WRITE);
	gt__job_unref(&job->job);
	return rc;
}

int gt_fs_unlink(const char *path)
{
	if (!path)
		return gt__refuse_value(__func__, "there is no path");
	return change("gt_fs_unlink", path, work_unlink, "remove");
}

int gt_fs_rmdir(const char *path)
{
	if (!path)
		return gt__refuse_value(__func__, "there is no path");
	return change("gt_fs_rmdir", path, work_rmdir, "remove");
}

int gt_fs_mkdtemp(char *path)
{
	if (!path)
		return gt__refuse_value(__func__, "there is no path");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_mkdtemp", path, 0);
	if (rc)
		return rc;
	rc = gt__fs_job_do(job, work_mkdtemp, "make", TRACE_ON_WRITE);
	if (!rc)
		memcpy(path, job->path, strlen(path)); /* only its last letters have changed */
	gt__job_unref(&job->job);
	return rc;
}
