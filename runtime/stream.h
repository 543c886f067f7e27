/* A stream: a connection, or one end of a pipe to another process. */
#ifndef GANTTOP_RUNTIME_STREAM_H
#define GANTTOP_RUNTIME_STREAM_H

#include "runtime/endpoint.h"

struct gt_stream {
	struct gt__endpoint endpoint; /* first */
	char *data;                   /* what has arrived. owns */
	size_t begin, end, cap;       /* bytes: what nobody has read yet stands from begin to end */
	bool at_end;                  /* the other side has said that nothing more comes */
	int error;                    /* code of libuv that ended the reading, 0: none */
};

/* Make a stream that is not connected yet: a TCP connection, or a pipe. errors: GT_ENOMEM, a code of libuv. */
int gt__stream_create(struct gt__loop *loop, bool is_pipe, const char *name,
                      struct gt_stream **stream);

#endif
