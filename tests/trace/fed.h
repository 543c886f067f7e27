/* An input that is fed from memory, so many bytes a read as a test wants, and that fails where it wants. The linker puts the read below in
 * place of the C library's (FED in the Makefile). To be included once in a program.
 */
#ifndef GANTTOP_TESTS_TRACE_FED_H
#define GANTTOP_TESTS_TRACE_FED_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#include <cmocka.h>

#include "trace/import/input.h"

#define FED_FD 1000000 /* no descriptor has this number */

static struct {
	const char *bytes;
	size_t n, at;
	size_t chunk;   /* bytes a read, at most; 0: any number */
	int error;      /* in place of the end; 0: none */
	bool stutters;  /* every other read is interrupted by a signal */
	unsigned calls; /* of read */
} fed;

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);

ssize_t __wrap_read(int fd, void *to, size_t n)
{
	if (fd != FED_FD)
		return __real_read(fd, to, n);
	bool is_interrupted = fed.stutters && fed.calls++ % 2 == 0;
	if (is_interrupted || (fed.at == fed.n && fed.error)) {
		errno = is_interrupted ? EINTR : fed.error;
		return -1;
	}
	if (n > fed.n - fed.at)
		n = fed.n - fed.at;
	if (fed.chunk && n > fed.chunk)
		n = fed.chunk;
	memcpy(to, fed.bytes + fed.at, n);
	fed.at += n;
	return (ssize_t)n;
}

/* Begin an input of `n` bytes that come `chunk` at a time. owns: the caller calls trace_input_fini. */
static void fed_input(struct trace_input *input, const char *bytes, size_t n, size_t chunk)
{
	struct trace_error error;
	memset(&fed, 0, sizeof fed);
	fed.bytes = bytes;
	fed.n = n;
	fed.chunk = chunk;
	assert_int_equal(trace_input_init(input, FED_FD, "x.json", &error), TRACE_OK);
}

#endif
