/* Growing while the system refuses: at whatever call, once or from there on, every block that was handed out is in the file, with what was
 * written into it; an error is an error code; and nothing stays mapped.
 *
 * The calls that make an extent are wrapped by the linker; the Nth of them fails, for every N until none does. A file in memory grows by
 * large pages, one on a disk does not: both are grown until the fifth extent.
 */
#include "trace/growth.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define N_EXTENTS 5

/* ---- The calls ---- */

enum call { FALLOCATE, MMAP, MADVISE, PWRITE, THREAD, N_CALLS };

static struct {
	_Atomic int call;
	_Atomic int left; /* of that call until it fails */
	bool stays;       /* and so do all that come after it */
	int error;
	_Atomic bool has_failed;
	_Atomic long n_mapped; /* bytes, of the growth */
} plan;

static bool fails(enum call call)
{
	if (atomic_load(&plan.call) != (int)call)
		return false;
	int left = atomic_fetch_sub(&plan.left, 1);
	if (left != 1 && !(plan.stays && left < 1))
		return false;
	atomic_store(&plan.has_failed, true);
	errno = plan.error;
	return true;
}

int __real_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes)
{
	return fails(FALLOCATE) ? plan.error : __real_posix_fallocate(fd, offset, bytes);
}

/* What is mapped over a reservation has been counted with it. */
void *__real_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset)
{
	if (fails(MMAP))
		return MAP_FAILED;
	void *base = __real_mmap(at, n, access, flags, fd, offset);
	if (base != MAP_FAILED && !(flags & MAP_FIXED))
		atomic_fetch_add(&plan.n_mapped, (long)n);
	return base;
}

int __real_munmap(void *at, size_t n);
int __wrap_munmap(void *at, size_t n);
int __wrap_munmap(void *at, size_t n)
{
	atomic_fetch_sub(&plan.n_mapped, (long)n);
	return __real_munmap(at, n);
}

int __real_madvise(void *at, size_t n, int advice);
int __wrap_madvise(void *at, size_t n, int advice);
int __wrap_madvise(void *at, size_t n, int advice)
{
	return fails(MADVISE) ? -1 : __real_madvise(at, n, advice);
}

ssize_t __real_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
	return fails(PWRITE) ? -1 : __real_pwrite(fd, bytes, n, offset);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg)
{
	return fails(THREAD) ? plan.error : __real_pthread_create(thread, attr, start, arg);
}

/* ---- Growing ---- */

static int memory_file(void)
{
	int fd = memfd_create("growth", MFD_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static int disk_file(void)
{
	char path[] = "/tmp/growth-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	unlink(path);
	return fd;
}

/* What stands at the end of block `k`, which is the last thing that an extent too short would lack. */
static void sign(struct trace_growth *g, uint64_t k)
{
	uint64_t *words = trace_growth_block(g, k);
	words[0] = k + 1;
	words[TRACE_BLOCK_BYTES / sizeof *words - 1] = ~k;
}

static void assert_signed(int fd, uint64_t k)
{
	uint64_t first = 0, last = 0;
	off_t at = trace_extent_offset(k);
	assert_int_equal(pread(fd, &first, sizeof first, at), sizeof first);
	assert_int_equal(pread(fd, &last, sizeof last, at + TRACE_BLOCK_BYTES - 8), sizeof last);
	assert_int_equal(first, k + 1);
	assert_int_equal(last, ~k);
}

static void assert_allocated(int fd, uint64_t n_blocks)
{
	struct stat st;
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(st.st_blocks * 512 >=
	            trace_extent_offset(n_blocks) - (off_t)TRACE_HEADER_BYTES);
}

/* Grow `fd` until it has N_EXTENTS or two requests in a row were refused. Returns how many were. */
static unsigned grow(int fd)
{
	struct trace_growth g;
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	unsigned n_refused = 0, in_row = 0;
	uint64_t n_signed = 0;
	assert_int_equal(trace_growth_init(&g, fd, &lock, 0), 0);
	pthread_mutex_lock(&lock);
	while (g.n_extents < N_EXTENTS && in_row < 2) {
		uint64_t before = g.n_blocks;
		int rc = trace_growth_add(&g);
		if (rc) {
			assert_int_equal(rc, plan.error);
			assert_int_equal(g.n_blocks, before);
			n_refused++, in_row++;
			continue;
		}
		in_row = 0;
		assert_true(g.n_blocks > before);
		assert_allocated(fd, g.n_blocks);
		for (; n_signed < g.n_blocks; n_signed++)
			sign(&g, n_signed);
	}
	pthread_mutex_unlock(&lock);
	trace_growth_fini(&g);
	for (uint64_t k = 0; k < n_signed; k++)
		assert_signed(fd, k);
	return n_refused;
}

/* Whether a growth can do without that call. */
static bool is_needed(enum call call)
{
	return call == FALLOCATE || call == MMAP;
}

/* Returns how many times `call` can fail. */
static int fail_each(enum call call, bool stays, int (*make_file)(void))
{
	static const int errors[] = {ENOSPC, ENOMEM, EINVAL, EAGAIN, EIO};
	for (int n = 1;; n++) {
		int fd = make_file();
		assert_int_equal(trace_extent_allocate(fd, 0, TRACE_HEADER_BYTES), 0);
		plan.error = errors[n % (int)(sizeof errors / sizeof *errors)];
		plan.stays = stays;
		atomic_store(&plan.has_failed, false);
		atomic_store(&plan.n_mapped, 0);
		atomic_store(&plan.left, n);
		atomic_store(&plan.call, (int)call);
		unsigned n_refused = grow(fd);
		atomic_store(&plan.call, N_CALLS);
		close(fd);
		assert_int_equal(atomic_load(&plan.n_mapped), 0);
		if (!is_needed(call))
			assert_int_equal(n_refused, 0);
		if (!atomic_load(&plan.has_failed))
			return n - 1;
	}
}

static void growth__each_call_fails__what_was_handed_out_is_in_the_file(void **state)
{
	(void)state;
	static const struct {
		int (*file)(void);
		int least[N_CALLS];
	} rows[] = {
	        {memory_file, {[FALLOCATE] = 8, [MMAP] = 7, [MADVISE] = 5, [THREAD] = 1}},
	        {disk_file,
	         {[FALLOCATE] = 5, [MMAP] = 5, [MADVISE] = 5, [PWRITE] = 5, [THREAD] = 1}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int call = 0; call < N_CALLS; call++)
			for (int stays = 0; stays < 2; stays++) {
				int n = fail_each((enum call)call, stays, rows[i].file);
				/* the harness is at work; without the thread others are made */
				if (call == MADVISE || !stays)
					assert_true(n >= (stays ? 1 : rows[i].least[call]));
			}
}

/* A first failure is not remembered for ever: as long as no thread makes them ahead, the next request is a new one. */
static void growth__first_extent_refused__the_next_request_is_a_new_one(void **state)
{
	(void)state;
	int fd = memory_file();
	assert_int_equal(trace_extent_allocate(fd, 0, TRACE_HEADER_BYTES), 0);
	plan.error = ENOSPC, plan.stays = false;
	atomic_store(&plan.left, 1);
	atomic_store(&plan.call, FALLOCATE);
	assert_int_equal(grow(fd), 1);
	atomic_store(&plan.call, N_CALLS);
	close(fd);
}

static void growth__at_its_largest__refuses_and_keeps_what_there_is(void **state)
{
	(void)state;
	static const uint64_t limits[] = {1,
	                                  15,
	                                  16,
	                                  17,
	                                  TRACE_LARGE_PAGE_BLOCKS,
	                                  TRACE_LARGE_PAGE_BLOCKS + 1,
	                                  3 * TRACE_LARGE_PAGE_BLOCKS - 1};
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct trace_growth g;
		pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
		int fd = memory_file();
		assert_int_equal(trace_growth_init(&g, fd, &lock, limits[i]), 0);
		pthread_mutex_lock(&lock);
		int rc;
		while (!(rc = trace_growth_add(&g)))
			sign(&g, g.n_blocks - 1);
		assert_int_equal(rc, EFBIG);
		assert_int_equal(g.n_blocks, limits[i]);
		assert_int_equal(trace_growth_add(&g), EFBIG);
		pthread_mutex_unlock(&lock);
		trace_growth_fini(&g);
		assert_signed(fd, limits[i] - 1);
		struct stat st;
		assert_int_equal(fstat(fd, &st), 0);
		assert_int_equal(st.st_size, trace_extent_offset(limits[i]));
		close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(growth__each_call_fails__what_was_handed_out_is_in_the_file),
	        cmocka_unit_test(growth__first_extent_refused__the_next_request_is_a_new_one),
	        cmocka_unit_test(growth__at_its_largest__refuses_and_keeps_what_there_is),
	};
	atomic_store(&plan.call, N_CALLS);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
