/* The writer's inside, shared by writer.c and ring.c. */
#ifndef GANTTOP_TRACE_WRITER_PRIVATE_H
#define GANTTOP_TRACE_WRITER_PRIVATE_H

#include <pthread.h>

#include "trace/growth.h"
#include "trace/intern.h"
#include "trace/writer.h"

struct trace_writer {
	int fd;
	char *path;
	struct trace_header *header;
	int header_guard;     /* ticket */
	pthread_mutex_t lock; /* guards what follows */
	/* of the file that is written now; the other one is for the time of a turn */
	struct trace_growth growths[2];
	struct trace_growth *growth;
	/* slots used in the block with the highest index, when its pen was put down */
	uint64_t last_block_slots;
	uint32_t n_pens;
	_Atomic int
	        failed; /* errno of the step that failed, 0: none; looked at without the lock too */
	void (*on_error)(const char *sentence, void *arg);
	void *on_error_arg;
	_Atomic uint32_t n_strings;
	struct trace_intern names;
	struct trace_file_index files;
	/* A ring: at most so many blocks, 0: any number. */
	uint64_t ring_blocks;
	/* Held by a thread while it writes, and by the loop's thread while it turns the ring. Taken before `lock`. */
	pthread_mutex_t turning;
	struct trace_pen *pens; /* that are taken */
};

/* Beside the errnos: the ring is too small for what is in force. */
#define TRACE_RING_FULL (-2)

/* Turn the ring: write what is in force and the last part into a new file, which takes the place of the old one; every pen goes on
 * there. Called with `turning` held and without `lock`. where: the loop's thread. Returns an errno or TRACE_RING_FULL; the old file
 * stays then. */
int trace_ring_turn(struct trace_writer *writer);

#endif
