/* Work on files, on the pool's threads.
 *
 * libuv has calls for files too, and does them on the same threads; but it tells nobody which thread works on what, and a viewer
 * should see the worker that is busy. So these are jobs of the pool like those of gt_thread.
 */
#include "runtime/fs_job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/os_error.h"
#include "runtime/owned.h"

static void free_data(void *memory)
{
	struct gt__fs_job *job = memory;
	free(job->data);
}

static void drop(struct gt__job *base)
{
	struct gt__fs_job *job = (struct gt__fs_job *)(void *)base;
	free_data(job);
	if (job->file)
		gt__file_unref(job->file);
}

int gt__fs_job_create(struct gt__fs_job **job, const char *call, const char *path, size_t bytes)
{
	struct gt__loop *loop;
	int rc = gt__need_io(call, &loop);
	if (rc)
		return rc;
	size_t path_bytes = strlen(path) + 1, all;
	if (__builtin_add_overflow(bytes, path_bytes + sizeof **job, &all))
		return gt__bare(GT_ENOMEM);
	struct gt__fs_job *made = gt__own(loop, all, free_data);
	if (!made)
		return gt__bare(GT_ENOMEM);
	made->path = made->memory + bytes;
	memcpy(made->path, path, path_bytes);
	made->job.drop = drop;
	made->job.arg = made;
	made->job.refs = 1;
	gt__future_init(&made->job.future, loop,
	                TRACE_WHY_IO); /* it may be given back before it is done */
	*job = made;
	return 0;
}

int gt__fs_job_do(struct gt__fs_job *job, gt_body *work, const char *verb, uint16_t on)
{
	struct gt__wait wait = {.on = on};
	if (job->file) {
		wait.thing = &job->file->object;
		wait.object = job->file->object.id;
	}
	job->job.work = work;
	int rc = gt__job_do(&job->job, verb, &wait, TRACE_WHY_IO);
	if (rc && rc != GT_ECANCELED && rc != GT_ENOMEM)
		return gt__raise_os(rc, "cannot %s '%s'", verb, job->path);
	return rc;
}

int gt__fs_read_some(int fd, void *data, size_t n, size_t *n_read)
{
	ssize_t got;
	do
		got = read(fd, data, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno; /* libuv's codes are these */
	*n_read = (size_t)got;
	return 0;
}

int gt__fs_write_all(int fd, const void *data, size_t n)
{
	const char *from = data;
	while (n) {
		ssize_t put = write(fd, from, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		from += put;
		n -= (size_t)put;
	}
	return 0;
}
