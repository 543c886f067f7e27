/* Writing protobuf: a message is gathered in a buffer of fixed size, then written as a field of the stream.
 *
 * The length of a nested message stands before it and is known only after it; four bytes are kept for it, which protobuf allows
 * (a varint may be longer than it has to be). source: protobuf's encoding guide. */
#ifndef GANTTOP_TRACE_EXPORT_PROTOBUF_H
#define GANTTOP_TRACE_EXPORT_PROTOBUF_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define TRACE_PROTOBUF_BYTES 65536u

struct trace_protobuf {
	size_t n;
	unsigned char bytes[TRACE_PROTOBUF_BYTES];
};

/* Write a field: a number (two's complement if it is negative), eight bytes as they are, text. What does not fit in the buffer is
 * cut from text; the callers' messages are far below its size. */
void trace_protobuf_number(struct trace_protobuf *pb, unsigned field, uint64_t value);
void trace_protobuf_fixed64(struct trace_protobuf *pb, unsigned field, uint64_t value);
void trace_protobuf_text(struct trace_protobuf *pb, unsigned field, const char *text);

/* Open a nested message; returns what the call that closes it needs. */
size_t trace_protobuf_open(struct trace_protobuf *pb, unsigned field);
void trace_protobuf_close(struct trace_protobuf *pb, size_t at);

/* Write the message as field `field` of the stream, and empty the buffer. */
void trace_protobuf_flush(struct trace_protobuf *pb, unsigned field, FILE *out);

#endif
