/* Whatever the disk refuses, at whatever call: the run goes on and ends as it does, one sentence says why it is not recorded, and what has
 * been recorded can be read.
 *
 * The calls that touch the file are wrapped by the linker; the Nth of them fails, for every N until none does.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

/* ---- The calls ---- */

enum call { FALLOCATE, MMAP, FTRUNCATE, RENAME, PWRITE, FLOCK, N_CALLS };

static struct {
	enum call call;
	unsigned left; /* of that call until it fails; 0: never */
	bool stays;    /* and all that come after it */
	int error;
	bool has_failed;
} plan;

static bool fails(enum call call)
{
	if (plan.call != call ||
	    (plan.has_failed ? !plan.stays : plan.left == 0 || --plan.left > 0))
		return false;
	plan.has_failed = true;
	errno = plan.error;
	return true;
}

int __real_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes)
{
	return fails(FALLOCATE) ? plan.error : __real_posix_fallocate(fd, offset, bytes);
}

void *__real_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t n, int access, int flags, int fd, off_t offset)
{
	if ((flags & MAP_SHARED) && (access & PROT_WRITE) && fails(MMAP))
		return MAP_FAILED;
	return __real_mmap(at, n, access, flags, fd, offset);
}

int __real_ftruncate(int fd, off_t bytes);
int __wrap_ftruncate(int fd, off_t bytes);
int __wrap_ftruncate(int fd, off_t bytes)
{
	return fails(FTRUNCATE) ? -1 : __real_ftruncate(fd, bytes);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	return fails(RENAME) ? -1 : __real_rename(from, to);
}

ssize_t __real_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
	return fails(PWRITE) ? -1 : __real_pwrite(fd, bytes, n, offset);
}

int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);
int __wrap_flock(int fd, int operation)
{
	return fails(FLOCK) ? -1 : __real_flock(fd, operation);
}

/* ---- The program ---- */

#define ROUNDS 4000

static int talk(void *arg)
{
	int *said = arg;
	for (int i = 0; i < ROUNDS; i++) {
		gt_log("line %d", i);
		int rc = gt_sleep(GT_MS(1));
		if (rc)
			return rc;
		(*said)++;
	}
	return 0;
}

struct heard {
	unsigned n;
	char sentence[512];
};

static void hear(const char *sentence, void *arg)
{
	struct heard *heard = arg;
	heard->n++;
	snprintf(heard->sentence, sizeof heard->sentence, "%s", sentence);
}

/* Run it while the `n`-th call fails. Returns whether there were so many calls. */
static bool run(enum call call, unsigned n, bool stays, int error, uint64_t ring_bytes)
{
	const char *path = recording_path("disk");
	struct heard heard = {.n = 0};
	struct gt_options options = GT_OPTIONS_INIT;
	int said = 0;
	options.log = path;
	options.ring_bytes = ring_bytes;
	options.on_log_error = hear;
	options.on_log_error_arg = &heard;
	plan.call = call, plan.left = n, plan.stays = stays, plan.error = error;
	plan.has_failed = false;
	int rc = gt_run(&options, talk, &said);
	bool has_failed = plan.has_failed;
	plan.left = 0, plan.has_failed = false, plan.call = N_CALLS;
	if (rc != 0) { /* it could not begin, so nothing has: whoever wanted a recording decides */
		assert_int_equal(rc, GT_ELOG);
		assert_true(has_failed && said == 0);
		assert_int_equal(access(path, F_OK), -1);
		return true;
	}
	assert_int_equal(said, ROUNDS);
	assert_true(heard.n <= 1);
	if (heard.n == 1) {
		assert_non_null(strstr(heard.sentence, path));
		assert_null(strchr(heard.sentence, '\n'));
		assert_non_null(strstr(heard.sentence, strerror(error)));
	}
	assert_true(has_failed || heard.n == 0);
	if (access(path, F_OK) == 0) {
		struct trace_model *model = recording_read(path);
		assert_int_equal(recording_violations(model), 0);
		if (heard.n == 0)
			assert_int_equal(model->status, TRACE_STATUS_FINISHED);
		trace_model_destroy(model);
	} else {
		assert_int_equal(heard.n, 1); /* it never began, and somebody was told */
	}
	char turn[160];
	snprintf(turn, sizeof turn, "%s.turn", path);
	assert_int_equal(access(turn, F_OK), -1);
	unlink(path);
	return has_failed;
}

/* Each call fails at least so many times: the loop has not ended before it began. */
static void every_failure(uint64_t ring_bytes, const unsigned least[N_CALLS])
{
	static const int errors[] = {ENOSPC, EDQUOT, EIO, EOPNOTSUPP};
	for (unsigned call = 0; call < N_CALLS; call++) {
		unsigned n = 1;
		for (; n < 200; n++) {
			bool stays = n % 2;
			int error = errors[(n + call) % (sizeof errors / sizeof *errors)];
			if (call == FLOCK && error == EOPNOTSUPP)
				error = ENOLCK;
			if (!run((enum call)call, n, stays, error, ring_bytes))
				break;
		}
		assert_true(n > least[call]);
	}
}

static void recording__any_call_fails__the_run_goes_on_and_the_file_is_true(void **state)
{
	(void)state;
	static const unsigned least[N_CALLS] = {
	        [FALLOCATE] = 3, [MMAP] = 3, [FTRUNCATE] = 2, [FLOCK] = 1};
	every_failure(0, least);
}

static void ring__any_call_fails__the_run_goes_on_and_the_file_is_true(void **state)
{
	(void)state;
	static const unsigned least[N_CALLS] = {
	        [FALLOCATE] = 6, [MMAP] = 6, [FTRUNCATE] = 2, [RENAME] = 2, [FLOCK] = 3};
	every_failure(1 << 17, least);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(recording__any_call_fails__the_run_goes_on_and_the_file_is_true),
	        cmocka_unit_test(ring__any_call_fails__the_run_goes_on_and_the_file_is_true),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
