/* libuv below the loop, under the real clock.
 *
 * libuv's own timers count milliseconds and may fire one early, so the loop keeps its timers and waits on libuv's backend
 * descriptor itself, with a limit in nanoseconds; libuv then only dispatches. A thread of the pool records its own work with a pen of
 * its own; pens are put down when the loop ends, after the last job.
 */
#include "runtime/io.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <uv.h>

#include "runtime/job.h"
#include "runtime/sanitizer.h"
#include "runtime/thread_lock.h"

struct worker {
	struct worker *next;
	uint32_t id;
	bool recording;
	struct trace_pen pen;
};

struct gt__io {
	uv_loop_t uv;
	struct gt__loop *loop;
	uint64_t generation; /* tells this loop from an earlier one at the same address */
	uint32_t n_jobs;
	uint64_t started_mono_ns;
	pthread_mutex_t lock; /* guards the workers */
	struct worker *workers;
	uint32_t n_workers;
};

struct request {
	uv_work_t uv;
	struct gt__io *io;
	struct gt__job *job;
	uint64_t handed_ns; /* when, by the loop's clock */
};

static _Thread_local struct {
	uint64_t generation;
	struct worker *worker;
	struct gt__io *io;
	struct gt__job *job; /* whose work it does, NULL: none */
	uint64_t least_ns;   /* nothing here happens before the job was handed over */
} mine;

struct gt__io *gt__io_create(struct gt__loop *loop)
{
	static _Atomic uint64_t generations;
	struct gt__io *io = calloc(1, sizeof *io);
	if (!io || uv_loop_init(&io->uv)) {
		free(io);
		return NULL;
	}
	io->loop = loop;
	io->generation = atomic_fetch_add(&generations, 1) + 1;
	io->started_mono_ns = loop->clock.started_mono_ns;
	pthread_mutex_init(&io->lock, NULL);
	return io;
}

void gt__io_destroy(struct gt__io *io)
{
	if (!io)
		return;
	uv_run(&io->uv, UV_RUN_DEFAULT);
	uv_loop_close(&io->uv);
	while (io->workers) {
		struct worker *worker = io->workers;
		io->workers = worker->next;
		if (worker->recording)
			trace_pen_fini(&worker->pen);
		free(worker);
	}
	pthread_mutex_destroy(&io->lock);
	free(io);
}

struct uv_loop_s *gt__io_uv(struct gt__io *io)
{
	return &io->uv;
}

bool gt__io_is_alive(const struct gt__io *io)
{
	return uv_loop_alive(&io->uv);
}

/* Wait until the descriptor can be read or a signal comes, for `wait_ns` at most, UINT64_MAX for ever. */
static void wait_until_readable(int fd, uint64_t wait_ns)
{
	struct pollfd backend = {.fd = fd, .events = POLLIN};
	struct timespec limit = {(time_t)(wait_ns / 1000000000u), (long)(wait_ns % 1000000000u)};
#if defined GT_TSAN
	/* ThreadSanitizer keeps a signal back for the fiber on which it came. A task that waits is such a fiber, and SIGCHLD would wait
	 * with it: so it is given to the loop once more. */
	const uint64_t slice_ns = 20000000;
	for (struct timespec slice = {0, (long)slice_ns}; wait_ns > slice_ns;) {
		if (ppoll(&backend, 1, &slice, NULL) != 0)
			return;
		raise(SIGCHLD);
		wait_ns -= wait_ns == UINT64_MAX ? 0 : slice_ns;
	}
	limit = (struct timespec){0, (long)wait_ns};
#endif
	ppoll(&backend, 1, wait_ns == UINT64_MAX ? NULL : &limit, NULL);
}

void gt__io_poll(struct gt__io *io, uint64_t wait_ns)
{
	if (!gt__io_is_alive(io)) {
		if (wait_ns && wait_ns != UINT64_MAX)
			gt__io_sleep(wait_ns);
		return;
	}
	/* libuv may have more to do at once that its descriptor does not tell of: handles to close, errors found early. And a job that
	 * was taken back ends without a word: there may be nothing left to wait for. */
	do {
		uv_run(&io->uv, UV_RUN_NOWAIT);
		if (!wait_ns || !gt__list_is_empty(&io->loop->ready) || !gt__io_is_alive(io))
			return;
	} while (!uv_backend_timeout(&io->uv));
	wait_until_readable(uv_backend_fd(&io->uv), wait_ns);
	uv_run(&io->uv, UV_RUN_NOWAIT);
}

void gt__io_sleep(uint64_t ns)
{
	struct timespec t = {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
	while (nanosleep(&t, &t) && errno == EINTR)
		;
}

uint64_t gt__io_worker_now(void)
{
	if (!mine.io)
		return 0;
	/* the loop's clock is its own, and may lead the kernel's by a little (clock.h): effects come after their causes all the same */
	uint64_t now_ns = gt__mono_ns() - mine.io->started_mono_ns;
	return now_ns > mine.least_ns ? now_ns : mine.least_ns;
}

/* ---- On the pool's threads ---- */

static struct worker *worker_of_this_thread(struct gt__io *io)
{
	if (mine.generation == io->generation)
		return mine.worker;
	struct worker *worker = calloc(1, sizeof *worker);
	if (!worker)
		return NULL;
	pthread_mutex_lock(&io->lock);
	worker->id = ++io->n_workers;
	worker->next = io->workers;
	io->workers = worker;
	pthread_mutex_unlock(&io->lock);
	worker->recording = gt__is_recording(io->loop);
	if (worker->recording)
		trace_pen_init(&worker->pen, io->loop->writer);
	mine.generation = io->generation;
	mine.least_ns = 0;
	mine.worker = worker;
	return worker;
}

static void record(struct worker *worker, const struct gt__job *job, uint8_t state)
{
	if (!worker || !worker->recording)
		return;
	trace_pen_enter(&worker->pen);
	trace_emit(&worker->pen, (struct trace_record){.t_ns = gt__io_worker_now(),
	                                               .kind = TRACE_WORKER,
	                                               .id = worker->id,
	                                               .a = job->task,
	                                               .b = job->name,
	                                               .sub = state});
	trace_pen_leave(&worker->pen);
}

static void work(uv_work_t *uv)
{
	struct request *request = uv->data;
	struct gt__job *job = request->job;
	mine.io = request->io;
	mine.job = job;
	struct worker *worker = worker_of_this_thread(request->io);
	if (request->handed_ns > mine.least_ns)
		mine.least_ns = request->handed_ns;
	record(worker, job, TRACE_WORKER_BUSY);
	job->code = job->work(job->arg);
	record(worker, job, TRACE_WORKER_IDLE);
	mine.io = NULL;
	mine.job = NULL;
}

struct gt__job *gt__io_worker_job(void)
{
	return mine.job;
}

const struct gt__loop *gt__io_worker_loop(void)
{
	return mine.io ? mine.io->loop : NULL;
}

void gt__io_worker_record(struct trace_record record)
{
	struct worker *worker = mine.worker;
	if (!worker || mine.generation != mine.io->generation || !worker->recording)
		return;
	trace_pen_enter(&worker->pen);
	record.t_ns = gt__io_worker_now();
	if (record.kind == TRACE_WORKER)
		record.id = worker->id;
	trace_emit(&worker->pen, record);
	trace_pen_leave(&worker->pen);
}

/* ---- On the loop's thread ---- */

static void after(uv_work_t *uv, int status)
{
	struct request *request = uv->data;
	struct gt__job *job = request->job;
	struct gt__loop *loop = request->io->loop;
	job->request = NULL;
	if (status)
		gt__job_unref(job); /* withdrawn: nobody waits for it */
	else
		gt__job_post(loop, job);
	free(request);
}

int gt__io_submit(struct gt__io *io, struct gt__job *job)
{
	struct request *request = malloc(sizeof *request);
	if (!request)
		return gt__bare(GT_ENOMEM);
	*request = (struct request){.io = io, .job = job};
	if (gt__is_recording(io->loop))
		request->handed_ns = io->loop->pen.t_ns;
	request->uv.data = request;
	job->request = request;
	int rc = uv_queue_work(&io->uv, &request->uv, work, after);
	if (rc)
		free(request);
	return rc;
}

bool gt__io_withdraw(struct gt__io *io, struct gt__job *job)
{
	(void)io;
	struct request *request = job->request;
	return request && !uv_cancel((uv_req_t *)&request->uv);
}
