/* Making extents: allocate, map, touch.
 *
 * In memory (tmpfs) a page is allocated, cleared and mapped one by one, which takes as long as fifty records. Large pages take a third
 * of that for the same bytes, but no file system is asked to use them unless the administrator says so; MADV_COLLAPSE makes them all the same,
 * out of what small pages there are. One of those is enough. What comes of it is a matter of speed alone: the allocation
 * that follows finds out what is still missing, and fails when there is no room.
 */
#include "trace/extent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#if defined __linux__
#include <sys/vfs.h>
#endif
#include <time.h>
#include <unistd.h>

#include "trace/guard.h"

#if defined __linux__ && !defined MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define FS_IN_MEMORY 0x01021994 /* tmpfs, in statfs */
#define ZEROS_BYTES  (256u * 1024)

/* Write zeros over what has been allocated, so that the page cache has it in large pieces: mapping those costs a third of mapping page by page
 * on ext4 and xfs. What is not written is touched all the same. Not worth it in memory, where there is nothing larger than a page. */
static void write_zeros(int fd, off_t offset, off_t bytes)
{
	static const char zeros[ZEROS_BYTES];
	while (bytes > 0) {
		size_t n = bytes < (off_t)ZEROS_BYTES ? (size_t)bytes : ZEROS_BYTES;
		ssize_t done = pwrite(fd, zeros, n, offset);
		if (done <= 0)
			return;
		offset += done;
		bytes -= done;
	}
}

static bool is_in_memory(int fd)
{
#if defined __linux__
	struct statfs fs;
	return fstatfs(fd, &fs) || fs.f_type == FS_IN_MEMORY;
#else
	(void)fd;
	return true;
#endif
}

int trace_extent_allocate(int fd, off_t offset, off_t bytes)
{
	sigset_t limit, before, pending;
	sigemptyset(&limit);
	sigaddset(&limit, SIGXFSZ);
	pthread_sigmask(SIG_BLOCK, &limit, &before);
	int rc;
	do {
		rc = posix_fallocate(fd, offset, bytes);
	} while (rc == EINTR);
	if (rc == EFBIG && !sigismember(&before, SIGXFSZ) && sigpending(&pending) == 0 &&
	    sigismember(&pending, SIGXFSZ))
		sigtimedwait(&limit, NULL, &(struct timespec){0, 0});
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

off_t trace_extent_offset(uint64_t block)
{
	return (off_t)(TRACE_HEADER_BYTES + block * TRACE_BLOCK_BYTES);
}

/* Map `bytes` of the file from `offset`, at an address that is as far into a large page as the offset is. */
static char *map_aligned(int fd, off_t offset, size_t bytes)
{
	size_t more = bytes + TRACE_LARGE_PAGE_BYTES;
	char *base =
	        mmap(NULL, more, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (base == MAP_FAILED)
		return base;
	size_t skip = ((size_t)offset - (size_t)(uintptr_t)base) & (TRACE_LARGE_PAGE_BYTES - 1);
	char *at = mmap(base + skip, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
	                offset);
	if (at == MAP_FAILED) {
		munmap(base, more);
		return at;
	}
	if (skip)
		munmap(base, skip);
	munmap(at + bytes, more - skip - bytes);
	return at;
}

/* Make large pages of the mapping, each out of one small page, which is allocated here. The last block ends in the large page behind them:
 * that part is a small page, out of which the next extent makes its first one. Returns an errno when even that cannot be had. */
static int make_large(int fd, off_t from, off_t bytes, char *base, size_t map_bytes)
{
#if defined MADV_COLLAPSE
	const off_t step = (off_t)TRACE_LARGE_PAGE_BYTES;
	int rc = 0;
	for (off_t at = from / step * step; !rc && at < from + bytes; at += step)
		rc = trace_extent_allocate(fd, at, 1);
	if (!rc)
		(void)madvise(base, map_bytes, MADV_COLLAPSE);
	return rc;
#else
	(void)fd, (void)from, (void)bytes, (void)base, (void)map_bytes;
	return 0;
#endif
}

int trace_extent_make(int fd, uint64_t first_block, uint64_t n_blocks, struct trace_extent *out)
{
	off_t from = trace_extent_offset(first_block);
	off_t bytes = (off_t)(n_blocks * TRACE_BLOCK_BYTES);
	bool in_memory = is_in_memory(fd);
	bool is_large = in_memory && first_block % TRACE_LARGE_PAGE_BLOCKS == 0 &&
	                n_blocks % TRACE_LARGE_PAGE_BLOCKS == 0 && first_block;
	int rc = is_large ? 0 : trace_extent_allocate(fd, from, bytes);
	if (rc)
		return rc;
	if (!in_memory)
		write_zeros(fd, from, bytes);
	off_t page = is_large ? (off_t)TRACE_LARGE_PAGE_BYTES : (off_t)sysconf(_SC_PAGESIZE);
	off_t slack = from % page; /* pages may be larger than our header page */
	size_t map_bytes = (size_t)(bytes + slack);
	char *base = is_large ? map_aligned(fd, from - slack, map_bytes)
	                      : mmap(NULL, map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	                             from - slack);
	if (base == MAP_FAILED)
		return errno;
	if (is_large) {
		rc = make_large(fd, from, bytes, base, map_bytes);
		if (!rc)
			rc = trace_extent_allocate(fd, from, bytes);
	}
	if (rc) {
		munmap(base, map_bytes);
		return rc;
	}
#ifdef MADV_POPULATE_WRITE
	(void)madvise(base, map_bytes, MADV_POPULATE_WRITE); /* faster, never needed */
#endif
	*out = (struct trace_extent){
	        .base = base,
	        .bytes = map_bytes,
	        .first_block = first_block,
	        .n_blocks = n_blocks,
	        .guard = trace_guard_watch(base, map_bytes, true),
	        .blocks = base + slack,
	};
	return 0;
}

void trace_extent_unmap(const struct trace_extent *extent)
{
	trace_guard_release(extent->guard);
	munmap(extent->base, extent->bytes);
}
