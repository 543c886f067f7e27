/* Extents: what is written through their mappings stands in the file, on a disk as in memory, where they are made of large pages. */
#include "trace/extent.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define LARGE TRACE_LARGE_PAGE_BLOCKS

/* Two that are too small for large pages, then those that are made of them. */
static const uint64_t STARTS[] = {0, 16, LARGE, LARGE * 2, LARGE * 4};
#define N_EXTENTS (sizeof STARTS / sizeof *STARTS - 1)

static int memory_file(void)
{
	int fd = memfd_create("extents", MFD_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static int disk_file(void)
{
	char path[] = "/tmp/extents-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	unlink(path);
	return fd;
}

static struct trace_extent make(int fd, size_t i)
{
	struct trace_extent extent;
	assert_int_equal(trace_extent_make(fd, STARTS[i], STARTS[i + 1] - STARTS[i], &extent), 0);
	assert_int_equal(extent.first_block, STARTS[i]);
	assert_int_equal(extent.n_blocks, STARTS[i + 1] - STARTS[i]);
	return extent;
}

static void fill(const struct trace_extent *extent, uint64_t salt)
{
	uint64_t first = extent->first_block * TRACE_BLOCK_BYTES / 8;
	uint64_t *words = (uint64_t *)(void *)extent->blocks;
	for (uint64_t i = 0; i < extent->n_blocks * TRACE_BLOCK_BYTES / 8; i++)
		words[i] = (first + i) ^ salt;
}

static void assert_file(int fd, uint64_t n_blocks, uint64_t salt)
{
	static uint64_t block[TRACE_BLOCK_BYTES / 8];
	for (uint64_t k = 0; k < n_blocks; k++) {
		assert_int_equal(pread(fd, block, sizeof block, trace_extent_offset(k)),
		                 sizeof block);
		for (uint64_t i = 0; i < TRACE_BLOCK_BYTES / 8; i++)
			assert_int_equal(block[i], (k * TRACE_BLOCK_BYTES / 8 + i) ^ salt);
	}
}

/* Make all, each filled before the next one is made, and again when all are there. */
static void write_and_read(int fd)
{
	struct trace_extent extents[N_EXTENTS];
	assert_int_equal(trace_extent_allocate(fd, 0, TRACE_HEADER_BYTES), 0);
	for (size_t i = 0; i < N_EXTENTS; i++) {
		extents[i] = make(fd, i);
		fill(&extents[i], 0);
	}
	assert_file(fd, STARTS[N_EXTENTS], 0);
	for (size_t i = 0; i < N_EXTENTS; i++)
		fill(&extents[i], 7);
	assert_file(fd, STARTS[N_EXTENTS], 7);
	struct stat st;
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, trace_extent_offset(STARTS[N_EXTENTS]));
	for (size_t i = 0; i < N_EXTENTS; i++)
		trace_extent_unmap(&extents[i]);
	assert_file(fd, STARTS[N_EXTENTS], 7);
	close(fd);
}

static void extents__in_memory__the_file_has_what_was_written(void **state)
{
	(void)state;
	write_and_read(memory_file());
}

static void extents__on_a_disk__the_file_has_what_was_written(void **state)
{
	(void)state;
	write_and_read(disk_file());
}

static void extents__made__are_allocated_to_the_last_byte(void **state)
{
	(void)state;
	int fds[] = {memory_file(), disk_file()};
	for (size_t k = 0; k < 2; k++) {
		assert_int_equal(trace_extent_allocate(fds[k], 0, TRACE_HEADER_BYTES), 0);
		for (size_t i = 0; i < N_EXTENTS; i++) {
			struct trace_extent extent = make(fds[k], i);
			struct stat st;
			assert_int_equal(fstat(fds[k], &st), 0);
			assert_true(st.st_blocks * 512 >= trace_extent_offset(STARTS[i + 1]));
			for (size_t b = 0; b < extent.n_blocks * TRACE_BLOCK_BYTES; b += 512)
				assert_int_equal(extent.blocks[b], 0);
			trace_extent_unmap(&extent);
		}
		close(fds[k]);
	}
}

/* ---- The page in which one extent ends and the next one begins ---- */

struct scribble {
	_Atomic uint64_t *word;
	_Atomic bool stop;
	uint64_t n;
};

static void *count(void *arg)
{
	struct scribble *s = arg;
	while (!atomic_load(&s->stop)) {
		atomic_fetch_add(s->word, 1);
		s->n++;
	}
	return NULL;
}

static void extent__next_one_is_made__loses_nothing_that_is_written_meanwhile(void **state)
{
	(void)state;
	int fd = memory_file();
	assert_int_equal(trace_extent_allocate(fd, 0, TRACE_HEADER_BYTES), 0);
	struct trace_extent extents[N_EXTENTS];
	for (size_t i = 0; i < N_EXTENTS; i++) {
		struct scribble s = {.word = NULL};
		pthread_t thread;
		if (i) {
			const struct trace_extent *last = &extents[i - 1];
			char *end = last->blocks + last->n_blocks * TRACE_BLOCK_BYTES;
			s.word = (_Atomic uint64_t *)(void *)(end - 8);
			assert_int_equal(pthread_create(&thread, NULL, count, &s), 0);
		}
		extents[i] = make(fd, i);
		if (i) {
			uint64_t there;
			atomic_store(&s.stop, true);
			pthread_join(thread, NULL);
			assert_int_equal(pread(fd, &there, 8, trace_extent_offset(STARTS[i]) - 8),
			                 8);
			assert_int_equal(there, s.n);
		}
	}
	for (size_t i = 0; i < N_EXTENTS; i++)
		trace_extent_unmap(&extents[i]);
	close(fd);
}

/* ---- No room ---- */

static void extent__beyond_the_limit_of_a_file__is_an_error_and_no_signal(void **state)
{
	(void)state;
	pid_t pid = fork();
	if (!pid) {
		struct rlimit limit = {3 << 20, 3 << 20};
		struct trace_extent extent;
		int fds[] = {memory_file(), disk_file()}, n_right = 0;
		setrlimit(RLIMIT_FSIZE, &limit);
		for (size_t i = 0; i < 2; i++)
			n_right += trace_extent_make(fds[i], LARGE, LARGE, &extent) == EFBIG;
		_exit(n_right == 2 ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(extents__in_memory__the_file_has_what_was_written),
	        cmocka_unit_test(extents__on_a_disk__the_file_has_what_was_written),
	        cmocka_unit_test(extents__made__are_allocated_to_the_last_byte),
	        cmocka_unit_test(extent__next_one_is_made__loses_nothing_that_is_written_meanwhile),
	        cmocka_unit_test(extent__beyond_the_limit_of_a_file__is_an_error_and_no_signal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
