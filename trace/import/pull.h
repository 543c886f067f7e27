/* A pull parser of JSON: one token a call, strict (RFC 8259), in memory that does not grow with what is read. */
#ifndef GANTTOP_TRACE_IMPORT_PULL_H
#define GANTTOP_TRACE_IMPORT_PULL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/import/input.h"

#define TRACE_PULL_DEPTH_MAX  64u
#define TRACE_PULL_TEXT_BYTES 8192u /* longer strings are checked, and cut */
#define TRACE_PULL_DIGITS_MAX 320u

enum trace_pull_token {
	TRACE_PULL_ERROR = -1,
	TRACE_PULL_END, /* of the input, between two values */
	TRACE_PULL_OBJECT,
	TRACE_PULL_OBJECT_END,
	TRACE_PULL_ARRAY,
	TRACE_PULL_ARRAY_END,
	TRACE_PULL_KEY,
	TRACE_PULL_STRING,
	TRACE_PULL_NUMBER,
	TRACE_PULL_TRUE,
	TRACE_PULL_FALSE,
	TRACE_PULL_NULL
};

struct trace_pull {
	struct trace_input *input; /* borrows */
	struct trace_error *error; /* borrows */
	uint64_t objects;          /* bit d: the d-th level is an object, not an array */
	unsigned depth;
	unsigned expected;  /* internal: what may come next */
	bool may_break_off; /* an array at the top may end without its bracket, or behind a comma */
	uint64_t token_offset; /* where the last token begins */
	size_t n;              /* bytes of `text` */
	char text[TRACE_PULL_TEXT_BYTES +
	          8]; /* of the last key, string or number; ended by a zero */
};

/* Begin. owns: borrows the input and the place for the error. */
void trace_pull_init(struct trace_pull *pull, struct trace_input *input, struct trace_error *error);

/* Return the next token. errors: TRACE_PULL_ERROR, and the error says where and what was expected. */
enum trace_pull_token trace_pull_next(struct trace_pull *pull);

/* Go over the rest of a value whose first token was `token`. errors: TRACE_EFORMAT, TRACE_ESYSTEM. */
int trace_pull_skip(struct trace_pull *pull, enum trace_pull_token token);

/* Return whether the last number is an integer that fits, and set it. Numbers such as 3.0 and 1e3 are integers too, 3.5 is none. */
bool trace_pull_unsigned(const struct trace_pull *pull, uint64_t *out);
bool trace_pull_signed(const struct trace_pull *pull, int64_t *out);

/* Return whether the last number, in microseconds, is a time, and set it in nanoseconds, rounded. */
bool trace_pull_us(const struct trace_pull *pull, int64_t *ns);

/* Fill the error: "SENTENCE (line 3, byte 170)", at the last token. Returns its code. */
int trace_pull_fail(const struct trace_pull *pull, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
