/* A job of the pool that works on files. */
#ifndef GANTTOP_RUNTIME_FS_JOB_H
#define GANTTOP_RUNTIME_FS_JOB_H

#include <pthread.h>
#include <sys/stat.h>

#include "runtime/job.h"

/* An open file. Jobs of cancelled calls may still be at work on it, so it is held by each of them, and they take turns. */
struct gt_file {
	struct gt__object object; /* first; its name is the path */
	unsigned refs;            /* the program's, and the jobs' */
	pthread_mutex_t lock;     /* guards fd */
	int fd;                   /* -1: closed */
};

void gt__file_unref(struct gt_file *file);

/* Nothing in it belongs to the waiting task, so that this one can leave at any time. */
struct gt__fs_job {
	struct gt__job job;   /* first */
	struct gt_file *file; /* works on it. owns a reference, may be NULL */
	int fd, flags;
	mode_t mode;
	char *data; /* what was read from a whole file. owns */
	size_t n;   /* bytes to read or write, then bytes read */
	struct stat stat;
	char *path;    /* inside memory */
	char memory[]; /* bytes to write or to read into, then the path */
};

/* Make a job for `call` on `path`, with `bytes` of memory. errors: GT_ENOLOOP, GT_ECLOCK, GT_ENOMEM. */
int gt__fs_job_create(struct gt__fs_job **job, const char *call, const char *path, size_t bytes);

/* Let a thread do `work(job)`, which returns 0 or a code of libuv, and wait for it. `verb`: what it does, for the worker's lane and
 * for the error. `on`: enum trace_on. The caller gives the job back with gt__job_unref. */
int gt__fs_job_do(struct gt__fs_job *job, gt_body *work, const char *verb, uint16_t on);

/* Read up to `n` bytes, 0 at the end; write all. where: any thread. errors: codes of libuv. */
int gt__fs_read_some(int fd, void *data, size_t n, size_t *n_read);
int gt__fs_write_all(int fd, const void *data, size_t n);

#endif
