/* The buffer between a descriptor and a parser. What was not taken moves to the front before each read, so a token may be as long as the
 * buffer, and nothing else is kept.
 */
#include "trace/import/input.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trace/import/progress.h"

#define IDLE_MS 50

int trace_input_init(struct trace_input *input, int fd, const char *name, struct trace_error *error)
{
	*input = (struct trace_input){.fd = fd, .name = name, .line = 1};
	input->bytes = malloc(TRACE_INPUT_BYTES);
	if (!input->bytes)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': out of memory",
		                       name);
	return TRACE_OK;
}

void trace_input_fini(struct trace_input *input)
{
	free(input->bytes);
	input->bytes = NULL;
}

/* Tell who waits for what was read that nothing comes for now. */
static void tell_idle(struct trace_input *input)
{
	struct pollfd pollfd = {.fd = input->fd, .events = POLLIN};
	if (input->on_idle && poll(&pollfd, 1, IDLE_MS) == 0)
		input->on_idle(input->on_idle_arg);
}

/* Return whether a read that has returned `n` is to be tried once more: after a signal, when a descriptor that does not wait has something,
 * and once more when a pipe ends before it has begun. */
static bool must_read_again(struct trace_input *input, ssize_t n)
{
	struct pollfd pollfd = {.fd = input->fd, .events = POLLIN};
	if (n < 0 && errno == EAGAIN)
		return poll(&pollfd, 1, -1) >= 0 || errno == EINTR;
	int ms = n == 0 ? input->patience_ms : 0;
	input->patience_ms = 0;
	if (ms > 0)
		poll(&pollfd, 1, ms);
	return ms > 0 || (n < 0 && errno == EINTR);
}

/* How much may be read now. */
static size_t room_for(const struct trace_input *input)
{
	size_t room = TRACE_INPUT_BYTES - input->end;
	uint64_t behind = input->before + input->end;
	if (input->limit == 0)
		return room;
	return input->limit - behind < room ? (size_t)(input->limit - behind) : room;
}

bool trace_input_fill(struct trace_input *input)
{
	if (input->is_over)
		return false;
	memmove(input->bytes, input->bytes + input->at, input->end - input->at);
	input->before += input->at;
	input->end -= input->at;
	input->at = 0;
	if (input->end == TRACE_INPUT_BYTES)
		return false;
	size_t room = room_for(input);
	if (room == 0)
		input->is_cut = input->is_over = true;
	if (room == 0)
		return false;
	tell_idle(input);
	ssize_t n;
	if (input->progress && atomic_load(&input->progress->is_unwanted)) {
		input->failed = ECANCELED;
		input->is_over = true;
		return false;
	}
	do {
		n = read(input->fd, input->bytes + input->end, room);
	} while (must_read_again(input, n));
	if (n < 0)
		input->failed = errno;
	if (n <= 0) {
		input->is_over = true;
		return false;
	}
	input->end += (size_t)n;
	if (input->progress)
		atomic_store_explicit(&input->progress->read, input->before + input->end,
		                      memory_order_relaxed);
	return true;
}

int trace_input_line(struct trace_input *input, const char **line, size_t *n,
                     struct trace_error *error)
{
	size_t looked = 0;
	char *end;
	while (!(end = memchr(input->bytes + input->at + looked, '\n',
	                      input->end - input->at - looked))) {
		looked = input->end - input->at;
		if (trace_input_fill(input))
			continue;
		if (input->failed)
			return trace_input_fail(input, 0, error, "the read failed");
		if (!input->is_over)
			return trace_input_fail(input, trace_input_offset(input), error,
			                        "a line of more than %u bytes", TRACE_INPUT_BYTES);
		end = input->bytes + input->end;
		break;
	}
	*line = input->bytes + input->at;
	*n = (size_t)(end - *line);
	input->at += *n + (end < input->bytes + input->end);
	return *n > 0 || end < input->bytes + input->end;
}

int trace_input_fail(const struct trace_input *input, uint64_t offset, struct trace_error *error,
                     const char *format, ...)
{
	char sentence[256];
	va_list args;
	if (input->failed)
		return trace_error_set(error, TRACE_ESYSTEM, 0, "cannot read '%s': %s", input->name,
		                       strerror(input->failed));
	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	return trace_error_set(error, TRACE_EFORMAT, offset,
	                       "cannot read '%.200s': %s (line %" PRIu64 ", byte %" PRIu64 ")",
	                       input->name, sentence, input->line, offset);
}
