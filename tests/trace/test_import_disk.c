/* The disk refuses, at every call of every import, whether it reads the source or writes the recording: a line with the reason, and never a
 * recording of which something is missing and nobody says so.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/chrome.h"
#include "trace/export/ctf.h"
#include "trace/export/jsonl.h"
#include "trace/import/import.h"
#include "trace/model.h"

/* ---- The calls ---- */

enum call { FALLOCATE, FTRUNCATE, PWRITE, READ, N_CALLS };

static struct {
	bool is_on;
	enum call call;
	unsigned left; /* of that call until it fails */
	int error;
	bool has_failed;
} plan;

static bool fails(enum call call)
{
	if (!plan.is_on || plan.call != call || (plan.left > 0 && plan.left-- > 0))
		return false;
	plan.has_failed = true; /* and so do all that come after it */
	errno = plan.error;
	return true;
}

int __real_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes);
int __wrap_posix_fallocate(int fd, off_t offset, off_t bytes)
{
	return fails(FALLOCATE) ? plan.error : __real_posix_fallocate(fd, offset, bytes);
}

int __real_ftruncate(int fd, off_t bytes);
int __wrap_ftruncate(int fd, off_t bytes);
int __wrap_ftruncate(int fd, off_t bytes)
{
	return fails(FTRUNCATE) ? -1 : __real_ftruncate(fd, bytes);
}

ssize_t __real_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
	if (plan.is_on && n > 1000)
		n = 1000; /* a disk that takes little at a time */
	return fails(PWRITE) ? -1 : __real_pwrite(fd, bytes, n, offset);
}

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
	if (plan.is_on && n > 5000)
		n = 5000;
	return fails(READ) ? -1 : __real_read(fd, to, n);
}

/* ---- The imports ---- */

static size_t count_events(const char *path)
{
	struct trace_model *model = read_recording(path);
	size_t n = model->n_events;
	trace_model_destroy(model);
	return n;
}

/* Every call of one kind fails once, and from then on. */
static void refuse(const char *source, const char *out, enum call call, int error_number)
{
	struct trace_error error = {.text = ""};
	unlink(out);
	if (trace_import_file(source, out, NULL, &error))
		fail_msg("%s", error.text);
	size_t expected = count_events(out);
	bool failed = true;
	for (unsigned n = 0; failed; n++) {
		unlink(out);
		error = (struct trace_error){.text = ""};
		plan.is_on = true;
		plan.has_failed = false;
		plan.call = call;
		plan.left = n;
		plan.error = error_number;
		int rc = trace_import_file(source, out, NULL, &error);
		plan.is_on = false;
		failed = plan.has_failed;
		bool is_well = rc == TRACE_ESYSTEM && strstr(error.text, strerror(error_number)) &&
		               strncmp(error.text, "cannot ", 7) == 0 && !strchr(error.text, '\n');
		if (rc && (!failed || !is_well))
			fail_msg("%s, call %d, number %u: %d '%s'", source, (int)call, n, rc,
			         error.text);
		if (!rc && count_events(out) != expected)
			fail_msg("%s, call %d, number %u: events are missing", source, (int)call,
			         n);
	}
	unlink(out);
}

static void export_to(const struct trace_export *export, const char *path,
                      int (*write)(const struct trace_export *export, FILE *out,
                                   struct trace_error *error))
{
	struct trace_error error;
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(write(export, out, &error), TRACE_OK);
	fclose(out);
}

/* Write one recording in every format that can be read. owns: fills `paths`. */
static void make_sources(char paths[4][200])
{
	static const char *const names[] = {"x.gtt", "x.jsonl", "x.json", "x.ctf"};
	struct make_log log;
	struct trace_export export;
	struct trace_error error;
	for (size_t i = 0; i < 4; i++)
		snprintf(paths[i], sizeof paths[i], "%s", make_log_path(names[i]));
	make_log_init(&log);
	random_log(&log, 5, 400, true);
	make_log_close(&log);
	make_log_write(&log, paths[0], log.n_bytes);
	make_log_fini(&log);
	struct trace_model *model = read_recording(paths[0]);
	trace_export_init(&export, model);
	export_to(&export, paths[1], trace_jsonl_write);
	export_to(&export, paths[2], trace_chrome_write);
	assert_int_equal(mkdir(paths[3], 0700), 0);
	assert_int_equal(trace_ctf_write(&export, paths[3], &error), TRACE_OK);
	trace_export_fini(&export);
	trace_model_destroy(model);
}

static void remove_sources(char paths[4][200])
{
	char file[256];
	for (size_t i = 0; i < 3; i++)
		unlink(paths[i]);
	snprintf(file, sizeof file, "%s/metadata", paths[3]);
	unlink(file);
	snprintf(file, sizeof file, "%s/stream", paths[3]);
	unlink(file);
	rmdir(paths[3]);
}

static void import__disk_refuses_each_call__the_reason_or_all_of_it(void **state)
{
	static const int errors[] = {ENOSPC, EIO};
	char paths[4][200], out[200];
	(void)state;
	make_sources(paths);
	snprintf(out, sizeof out, "%s", make_log_path("out"));
	for (int call = 0; call < N_CALLS; call++)
		for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
			for (size_t i = 0; i < 4; i++)
				refuse(paths[i], out, (enum call)call, errors[e]);
			refuse("tests/cli/samples/node.json", out, (enum call)call, errors[e]);
			refuse("tests/cli/samples/perf.txt", out, (enum call)call, errors[e]);
		}
	remove_sources(paths);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(import__disk_refuses_each_call__the_reason_or_all_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
