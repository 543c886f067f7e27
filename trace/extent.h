/* An extent: a piece of a growing file, allocated, mapped and touched, so that a store into it can neither fail nor wait. */
#ifndef GANTTOP_TRACE_EXTENT_H
#define GANTTOP_TRACE_EXTENT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "trace/record.h"

/* The kernel's large pages, in memory: pieces of 2 MiB that are cleared and mapped at once. */
#define TRACE_LARGE_PAGE_BYTES  ((size_t)2 << 20)
#define TRACE_LARGE_PAGE_BLOCKS (TRACE_LARGE_PAGE_BYTES / TRACE_BLOCK_BYTES)

struct trace_extent {
	char *base;           /* of the mapping */
	size_t bytes;         /* of the mapping */
	uint64_t first_block; /* block at `blocks` */
	uint64_t n_blocks;
	int guard;    /* ticket (trace/guard.h) */
	char *blocks; /* first byte of the first block, inside the mapping */
};

/* Make the extent of `n_blocks` blocks of the file that begins at `first_block`. Where both are multiples of TRACE_LARGE_PAGE_BLOCKS
 * and the file is in memory, it is made of large pages if there are any.
 * errors: an errno (ENOSPC, EFBIG, ENOMEM). where: any thread. */
int trace_extent_make(int fd, uint64_t first_block, uint64_t n_blocks, struct trace_extent *out);

/* Unmap it; what stands in the file stays there. */
void trace_extent_unmap(const struct trace_extent *extent);

/* Return the offset of a block in the file. units: bytes. */
off_t trace_extent_offset(uint64_t block);

/* posix_fallocate, with the signal that a file size limit raises turned into its error code. Returns an errno. */
int trace_extent_allocate(int fd, off_t offset, off_t bytes);

#endif
