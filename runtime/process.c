/* Processes.
 *
 * source: asyncio.create_subprocess_exec, Process.wait, Process.send_signal of Lib/asyncio/subprocess.py. A process that is let go
 * of while it runs is killed, as the transport there does when it is closed, and libuv keeps its handle until it is gone: no
 * zombie stays behind.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/handle.h"
#include "runtime/io.h"
#include "runtime/os_error.h"
#include "runtime/stream.h"

#undef gt_process_spawn
#undef gt_process_wait

struct gt_process {
	struct gt__endpoint endpoint; /* first */
	struct gt_stream *streams[3]; /* our ends of its pipes, NULL: none. borrows */
	bool has_ended;
	int status, signal; /* once it has ended */
};

static struct gt_process *process_of(struct gt__endpoint *endpoint)
{
	return (struct gt_process *)(void *)endpoint;
}

static void close_process(struct gt__endpoint *endpoint)
{
	if (process_of(endpoint)->has_ended)
		gt__endpoint_drop(endpoint);
	else
		(void)uv_process_kill(&endpoint->uv.process, SIGKILL); /* dropped in `ended` */
}

static const struct gt__endpoint_ops ops = {.close = close_process};

static void ended(uv_process_t *handle, int64_t status, int signal)
{
	struct gt_process *process = handle->data;
	process->has_ended = true;
	process->status = (int)status;
	process->signal = signal;
	if (process->endpoint.is_closing)
		gt__endpoint_drop(&process->endpoint);
	else
		gt__endpoint_wake(&process->endpoint, SIZE_MAX);
}

/* ---- Starting ---- */

/* Fill in what the process gets as its descriptor `fd`, making our end of a pipe. */
static int prepare(struct gt__loop *loop, const char *name, enum gt_stdio kind, int fd,
                   uv_stdio_container_t *container, struct gt_stream **stream)
{
	static const char *const ends[] = {"input", "output", "errors"};
	container->flags = UV_IGNORE; /* libuv opens /dev/null for these three */
	if (kind == GT_STDIO_INHERIT) {
		container->flags = UV_INHERIT_FD;
		container->data.fd = fd;
	}
	if (kind != GT_STDIO_PIPE)
		return 0;
	char text[GT__NAME_BYTES];
	snprintf(text, sizeof text, "%.28s %s", name, ends[fd]);
	int rc = gt__stream_create(loop, true, text, stream);
	if (rc)
		return rc;
	int direction = fd ? UV_WRITABLE_PIPE : UV_READABLE_PIPE; /* as the process sees it */
	container->flags = (uv_stdio_flags)(UV_CREATE_PIPE | direction);
	container->data.stream = &(*stream)->endpoint.uv.stream;
	return 0;
}

static int prepare_all(struct gt__loop *loop, const struct gt_process_options *o, const char *name,
                       uv_stdio_container_t containers[3], struct gt_stream *streams[3])
{
	const enum gt_stdio kinds[] = {o->input, o->output, o->errors};
	int rc = 0;
	for (int fd = 0; !rc && fd < 3; fd++)
		rc = prepare(loop, name, kinds[fd], fd, &containers[fd], &streams[fd]);
	return rc;
}

static void close_streams(struct gt_stream *streams[3])
{
	for (size_t i = 0; i < 3; i++)
		gt_stream_close(streams[i]);
}

static int start(struct gt__loop *loop, const struct gt_process_options *o, const char *name,
                 uv_stdio_container_t containers[3], struct gt_process **process)
{
	struct gt_process *p = calloc(1, sizeof *p);
	if (!p)
		return gt__bare(GT_ENOMEM);
	uv_process_options_t options = {
	        .exit_cb = ended,
	        .file = o->file,
	        .args = (char **)(uintptr_t)o->argv, /* libuv does not write to them */
	        .env = (char **)(uintptr_t)o->env,
	        .cwd = o->folder,
	        .stdio_count = 3,
	        .stdio = containers,
	};
	int rc = uv_spawn(gt__io_uv(loop->io), &p->endpoint.uv.process, &options);
	gt__endpoint_init(&p->endpoint, TRACE_OBJECT_PROCESS, name, &ops);
	if (rc) {
		p->has_ended = true; /* it never was: closing must not wait for its end */
		gt__endpoint_close(&p->endpoint);
		return gt__raise_os(rc, "cannot run '%s'", o->file);
	}
	*process = p;
	return 0;
}

int gt_process_spawn(const struct gt_process_options *options, struct gt_process **process)
{
	struct gt__loop *loop;
	uv_stdio_container_t containers[3];
	struct gt_stream *streams[3] = {NULL, NULL, NULL};
	int rc = gt__need_io("gt_process_spawn", &loop);
	if (rc)
		return rc;
	if (!options || !options->file || !options->argv || !process)
		return gt__refuse_value(__func__,
		                        "there is no program, or no place for the process");
	const char *name = options->name ? options->name : options->file;
	rc = prepare_all(loop, options, name, containers, streams);
	if (!rc)
		rc = start(loop, options, name, containers, process);
	if (rc) {
		close_streams(streams);
		return rc;
	}
	for (size_t i = 0; i < 3; i++)
		(*process)->streams[i] = streams[i];
	return 0;
}

struct gt_stream *gt_process_input(const struct gt_process *process)
{
	if (gt__check_object(process, __func__))
		return NULL;
	return process->streams[0];
}

struct gt_stream *gt_process_output(const struct gt_process *process)
{
	if (gt__check_object(process, __func__))
		return NULL;
	return process->streams[1];
}

struct gt_stream *gt_process_errors(const struct gt_process *process)
{
	if (gt__check_object(process, __func__))
		return NULL;
	return process->streams[2];
}

int gt_process_id(const struct gt_process *process)
{
	if (gt__check_object(process, __func__))
		return 0;
	return process->endpoint.uv.process.pid;
}

/* ---- Its end ---- */

int gt_process_wait(struct gt_process *process, int *status, int *signal)
{
	int refused = gt__check_object(process, __func__);
	if (refused)
		return refused;
	struct gt__endpoint *endpoint = &process->endpoint;
	if (!gt__loop || !gt__loop->current)
		return GT_ENOLOOP;
	int rc = 0;
	gt__endpoint_enter(endpoint);
	while (!rc && !process->has_ended)
		rc = gt__endpoint_wait(endpoint, TRACE_ON_PROCESS);
	if (!rc && status)
		*status = process->status;
	if (!rc && signal)
		*signal = process->signal;
	gt__endpoint_leave(endpoint);
	return rc;
}

int gt_process_kill(struct gt_process *process, int signal)
{
	int refused = gt__check_object(process, __func__);
	if (refused)
		return refused;
	int rc = UV_ESRCH;
	if (!process->has_ended)
		rc = uv_process_kill(&process->endpoint.uv.process, signal);
	return rc ? gt__raise_os(rc, "cannot signal %s", process->endpoint.object.name) : 0;
}

void gt_process_close(struct gt_process *process)
{
	if (!process || gt__check_object(process, __func__))
		return;
	gt__handle_end(process);
	gt__endpoint_close(&process->endpoint);
}
