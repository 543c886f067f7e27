/* The input of an import: bytes from a file or a pipe through one buffer, so that memory does not grow with the file. */
#ifndef GANTTOP_TRACE_IMPORT_INPUT_H
#define GANTTOP_TRACE_IMPORT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"

struct trace_import_progress;

#define TRACE_INPUT_BYTES (256u * 1024u)

struct trace_input {
	int fd;           /* borrows */
	const char *name; /* in errors. borrows */
	char *bytes;
	size_t at, end;  /* what was read and not taken yet: bytes[at] to bytes[end - 1] */
	uint64_t before; /* bytes of the file before bytes[0] */
	uint64_t line;   /* from 1; counted by who takes the bytes */
	bool is_over;    /* the file has no more */
	int failed;      /* errno of a read that failed */
	uint64_t limit;  /* no more than so many bytes are read; 0: all there are */
	bool is_cut;     /* the limit was reached: there may be more */
	int patience_ms; /* a pipe that nobody has opened yet is waited for so long */
	struct trace_import_progress *progress; /* told how much was read; NULL: nobody. borrows */
	/* Called when a pipe has had nothing for a while, and before waiting for more. May be NULL. */
	void (*on_idle)(void *arg);
	void *on_idle_arg;
};

/* owns: fini frees the buffer, the descriptor stays the caller's. errors: TRACE_ESYSTEM without memory. */
int trace_input_init(struct trace_input *input, int fd, const char *name,
                     struct trace_error *error);
void trace_input_fini(struct trace_input *input);

/* Read more, behind what was not taken yet, which moves to the buffer's begin. Returns false when there is no more, the read failed,
 * or the buffer is full. */
bool trace_input_fill(struct trace_input *input);

/* Return the next byte without taking it, -1 at the end. */
static inline int trace_input_peek(struct trace_input *input)
{
	if (input->at == input->end && !trace_input_fill(input))
		return -1;
	return (unsigned char)input->bytes[input->at];
}

/* Return the place of the next byte in the file. */
static inline uint64_t trace_input_offset(const struct trace_input *input)
{
	return input->before + input->at;
}

/* Take a line, without its end, which stays in the buffer until the next call. Returns 1, 0 at the end, or a negative code: a line of more
 * than TRACE_INPUT_BYTES, or a read that failed. */
int trace_input_line(struct trace_input *input, const char **line, size_t *n,
                     struct trace_error *error);

/* Fill `*error` with "cannot read 'x.json': SENTENCE (line 3, byte 170)". Returns TRACE_EFORMAT, or TRACE_ESYSTEM when it was the read
 * that failed. */
int trace_input_fail(const struct trace_input *input, uint64_t offset, struct trace_error *error,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
