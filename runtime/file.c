/* Open files: gt_fs_open, gt_fs_read, gt_fs_write, gt_fs_close.
 *
 * source: asyncio has no files; its programs use open() in asyncio.to_thread, and so does this, with the waits called by their names.
 * A call that was cancelled has left its job behind, which owns its bytes and holds the file: closing waits its turn.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fs_job.h"
#include "runtime/handle.h"
#include "runtime/io.h"

#undef gt_fs_open
#undef gt_fs_read
#undef gt_fs_write
#undef gt_fs_close

static struct gt__fs_job *job_of(void *arg)
{
	return arg;
}

static void destroy(struct gt__object *object)
{
	struct gt_file *file = (struct gt_file *)(void *)object;
	if (file->fd >= 0)
		close(file->fd);
	pthread_mutex_destroy(&file->lock);
	gt__object_fini(object);
	free(file);
}

void gt__file_unref(struct gt_file *file)
{
	if (!--file->refs)
		destroy(&file->object);
}

/* ---- On a thread ---- */

static int work_open(void *arg)
{
	struct gt__fs_job *job = job_of(arg);
	int fd;
	do
		fd = open(job->path, job->flags | O_CLOEXEC, job->mode);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return -errno;
	pthread_mutex_lock(&job->file->lock);
	job->file->fd = fd;
	pthread_mutex_unlock(&job->file->lock);
	return 0;
}

static int locked(struct gt__fs_job *job, int (*use)(struct gt__fs_job *job, int fd))
{
	struct gt_file *file = job->file;
	pthread_mutex_lock(&file->lock);
	int rc = file->fd < 0 ? -EBADF : use(job, file->fd);
	pthread_mutex_unlock(&file->lock);
	return rc;
}

static int use_read(struct gt__fs_job *job, int fd)
{
	size_t n = job->n;
	return gt__fs_read_some(fd, job->memory, n, &job->n);
}

static int use_write(struct gt__fs_job *job, int fd)
{
	return gt__fs_write_all(fd, job->memory, job->n);
}

static int use_close(struct gt__fs_job *job, int fd)
{
	job->file->fd = -1;
	return close(fd) && errno != EINTR ? -errno : 0;
}

static int work_read(void *arg)
{
	return locked(arg, use_read);
}

static int work_write(void *arg)
{
	return locked(arg, use_write);
}

static int work_close(void *arg)
{
	return locked(arg, use_close);
}

/* ---- On the loop ---- */

static struct gt_file *file_create(const char *path)
{
	struct gt_file *file = calloc(1, sizeof *file);
	if (!file)
		return NULL;
	pthread_mutex_init(&file->lock, NULL);
	file->fd = -1;
	file->refs = 1;
	gt__object_init(&file->object, TRACE_OBJECT_FILE, path, 0, destroy);
	return file;
}

static void hold(struct gt__fs_job *job, struct gt_file *file)
{
	job->file = file;
	file->refs++;
}

int gt_fs_open(const char *path, int flags, unsigned mode, struct gt_file **file)
{
	if (!path || !file)
		return gt__refuse_value(__func__, "there is no path, or no place for the file");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_open", path, 0);
	if (rc)
		return rc;
	struct gt_file *opened = file_create(path);
	if (!opened) {
		gt__job_unref(&job->job);
		return gt__bare(GT_ENOMEM);
	}
	hold(job, opened);
	job->flags = flags;
	job->mode = (mode_t)mode;
	rc = gt__fs_job_do(job, work_open, "open", TRACE_ON_READ);
	gt__job_unref(&job->job);
	if (rc)
		gt__file_unref(opened);
	else
		*file = opened;
	return rc;
}

int gt_fs_read(struct gt_file *file, void *buffer, size_t max, size_t *n)
{
	int refused = gt__check_object(file, __func__);
	if (refused)
		return refused;
	if (!n || (max && !buffer))
		return gt__refuse_value(__func__, "there is no place for the bytes");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_read", file->object.name, max);
	if (rc)
		return rc;
	hold(job, file);
	job->n = max;
	rc = gt__fs_job_do(job, work_read, "read", TRACE_ON_READ);
	if (!rc) {
		*n = job->n;
		memcpy(buffer, job->memory, job->n);
	}
	gt__job_unref(&job->job);
	return rc;
}

int gt_fs_write(struct gt_file *file, const void *data, size_t n)
{
	int refused = gt__check_object(file, __func__);
	if (refused)
		return refused;
	if (n && !data)
		return gt__refuse_value(__func__, "there are no bytes");
	struct gt__fs_job *job;
	int rc = gt__fs_job_create(&job, "gt_fs_write", file->object.name, n);
	if (rc)
		return rc;
	hold(job, file);
	job->n = n;
	if (n)
		memcpy(job->memory, data, n);
	rc = gt__fs_job_do(job, work_write, "write", TRACE_ON_WRITE);
	gt__job_unref(&job->job);
	return rc;
}

int gt_fs_close(struct gt_file *file)
{
	struct gt__fs_job *job;
	if (!file)
		return 0;
	int refused = gt__check_object(file, __func__);
	if (refused)
		return refused;
	int rc = gt__fs_job_create(&job, "gt_fs_close", file->object.name, 0);
	if (rc)
		return rc;
	hold(job, file);
	gt__handle_end(file);
	gt__file_unref(file); /* the program's; the job has one */
	rc = gt__fs_job_do(job, work_close, "close", TRACE_ON_WRITE);
	gt__job_unref(&job->job);
	return rc;
}
