/* A disk that takes no more, at every few bytes of every export, and calls that the system refuses: a line with the reason and the name that
 * the user gave, the documented status, the old file as it was and nothing beside it.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/viz/lesson_model.h"
#include "tests/viz/own_folder.h"
#include "viz/export/export_write.h"

#define STEPS 40u /* places at which each export is cut off */

static int make_folder(void **state)
{
	signal(SIGXFSZ, SIG_IGN);
	return own_folder_make(state);
}

static bool is_folder(const struct viz_format *format)
{
	return format->ops != NULL && format->ops->shape == TRACE_FORMAT_FOLDER;
}

static size_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? (size_t)st.st_size : 0;
}

static void remove_out(const struct viz_format *format)
{
	if (is_folder(format)) {
		unlink("out/metadata");
		unlink("out/stream");
		rmdir("out");
	}
	unlink("out");
}

static void write_old(void)
{
	FILE *file = fopen("out", "w");
	assert_non_null(file);
	fputs("old", file);
	fclose(file);
}

static struct viz_options options_of(const char *out)
{
	static char *argv[] = {(char *)(uintptr_t) "ganttop", NULL};
	struct viz_options options;
	viz_options_init(&options, 1, argv);
	options.out = out;
	options.rows = 30;
	return options;
}

/* ---- A disk of some size ---- */

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Export onto a disk that takes `bytes` of a file, fewer than it needs. */
static void export_cut(const struct trace_export *export, const struct viz_format *format,
                       size_t bytes)
{
	struct viz_options options = options_of("out");
	struct viz_problem problem = {""};
	if (!is_folder(format))
		write_old();
	limit_files(bytes);
	int status = viz_export_write(export, &options, format, &problem);
	limit_files(RLIM_INFINITY);
	bool has_reason = strstr(problem.text, strerror(EFBIG)) != NULL ||
	                  strcmp(format->name, "sqlite") == 0; /* has words of its own */
	if (status != VIZ_EXIT_FAILED || !has_reason ||
	    strncmp(problem.text, "cannot write 'out", strlen("cannot write 'out")) != 0)
		fail_msg("%s, cut at %zu: status %d, '%s'", format->name, bytes, status,
		         problem.text);
	if (own_folder_count() != !is_folder(format) || (!is_folder(format) && size_of("out") != 3))
		fail_msg("%s, cut at %zu: something was left", format->name, bytes);
}

static void export__disk_is_full_at_any_byte__the_old_file_and_a_line(void **state)
{
	struct trace_model *model = lesson_model(scn_find("semaphore"), NULL);
	struct trace_export export;
	struct viz_format format;
	(void)state;
	trace_export_init(&export, model);
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		struct viz_options options = options_of("out");
		struct viz_problem problem;
		remove_out(&format);
		assert_int_equal(viz_export_write(&export, &options, &format, &problem), 0);
		size_t all = size_of(is_folder(&format) ? "out/stream" : "out");
		assert_true(all > STEPS);
		remove_out(&format);
		for (size_t k = 0; k < STEPS; k++)
			export_cut(&export, &format, k < 4 ? k : k * all / STEPS);
		export_cut(&export, &format, all - 1);
	}
	trace_export_fini(&export);
	trace_model_destroy(model);
}

/* ---- A stream that fails ---- */

struct sink {
	size_t n, limit; /* bytes taken, and how many are */
	int error;
};

static ssize_t take(void *cookie, const char *bytes, size_t n)
{
	struct sink *sink = cookie;
	(void)bytes;
	if (n > sink->limit - sink->n) {
		errno = sink->error;
		n = sink->limit - sink->n; /* less than was given is an error, too */
	}
	sink->n += n;
	return (ssize_t)n;
}

/* Export to the stream. Returns the code, and the sentence in `*error`. */
static int export_to(const struct trace_export *export, const struct viz_format *format,
                     struct sink *sink, struct trace_error *error)
{
	struct viz_options options = options_of(NULL);
	cookie_io_functions_t calls = {.write = take};
	FILE *out = fopencookie(sink, "w", calls);
	assert_non_null(out);
	*error = (struct trace_error){.code = TRACE_OK};
	int rc = format->ops != NULL ? format->ops->write(export, out, error)
	                             : format->paint(export, &options, out, error);
	if (rc == 0 && (fflush(out) != 0 || ferror(out)))
		rc = TRACE_ESYSTEM;
	fclose(out);
	return rc;
}

static void export__stream_fails_at_any_byte__the_reason(void **state)
{
	static const int errors[] = {ENOSPC, EIO, EDQUOT};
	struct trace_model *model = lesson_model(scn_find("queue"), NULL);
	struct trace_export export;
	struct viz_format format;
	struct trace_error error;
	(void)state;
	trace_export_init(&export, model);
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		if (format.ops != NULL && format.ops->shape != TRACE_FORMAT_STREAM)
			continue;
		struct sink all = {.limit = SIZE_MAX};
		assert_int_equal(export_to(&export, &format, &all, &error), 0);
		for (size_t k = 0; k < STEPS; k++) {
			struct sink full = {.limit = k * all.n / STEPS, .error = errors[k % 3]};
			if (export_to(&export, &format, &full, &error) == 0)
				fail_msg("%s: %zu bytes of %zu were enough", format.name,
				         full.limit, all.n);
			if (error.code &&
			    (!strstr(error.text, strerror(full.error)) || strchr(error.text, '\n')))
				fail_msg("%s: '%s'", format.name, error.text);
		}
	}
	trace_export_fini(&export);
	trace_model_destroy(model);
}

/* ---- Calls that are refused ---- */

enum call { MKSTEMP, MKDTEMP, FDOPEN, RENAME, N_CALLS };

static struct {
	enum call call;
	int left; /* of that call until it fails; negative: never */
} plan = {.left = -1};

static bool refuses(enum call call)
{
	if (plan.call != call || plan.left < 0 || plan.left-- > 0)
		return false;
	errno = EIO;
	return true;
}

int __real_mkstemp(char *path);
int __wrap_mkstemp(char *path);
int __wrap_mkstemp(char *path)
{
	return refuses(MKSTEMP) ? -1 : __real_mkstemp(path);
}

char *__real_mkdtemp(char *path);
char *__wrap_mkdtemp(char *path);
char *__wrap_mkdtemp(char *path)
{
	return refuses(MKDTEMP) ? NULL : __real_mkdtemp(path);
}

FILE *__real_fdopen(int fd, const char *mode);
FILE *__wrap_fdopen(int fd, const char *mode);
FILE *__wrap_fdopen(int fd, const char *mode)
{
	return refuses(FDOPEN) ? NULL : __real_fdopen(fd, mode);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	return refuses(RENAME) ? -1 : __real_rename(from, to);
}

/* Export while one call fails, over an older export. */
static void export_refused(const struct trace_export *export, const struct viz_format *format,
                           enum call call, int n)
{
	struct viz_options options = options_of("out");
	struct viz_problem problem = {""};
	remove_out(format);
	assert_int_equal(viz_export_write(export, &options, format, &problem), 0);
	size_t before = size_of(is_folder(format) ? "out/stream" : "out");
	plan.call = call;
	plan.left = n;
	int status = viz_export_write(export, &options, format, &problem);
	bool has_failed = plan.left < 0;
	plan.left = -1;
	if (status != (has_failed ? VIZ_EXIT_FAILED : VIZ_EXIT_OK) ||
	    (has_failed && strcmp(problem.text, "cannot write 'out': Input/output error") != 0))
		fail_msg("%s, call %d: status %d, '%s'", format->name, (int)call, status,
		         problem.text);
	if (own_folder_count() != 1 || size_of(is_folder(format) ? "out/stream" : "out") != before)
		fail_msg("%s, call %d, %d: it is not as it was", format->name, (int)call, n);
}

static void export__system_refuses_a_call__the_old_export_and_a_line(void **state)
{
	struct trace_model *model = lesson_model(scn_find("semaphore"), NULL);
	struct trace_export export;
	struct viz_format format;
	(void)state;
	trace_export_init(&export, model);
	for (size_t i = 0; viz_format_at(i, &format); i++) {
		for (int call = 0; call < N_CALLS; call++)
			for (int n = 0; n < 2; n++)
				export_refused(&export, &format, (enum call)call, n);
		remove_out(&format);
	}
	trace_export_fini(&export);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(
	                export__disk_is_full_at_any_byte__the_old_file_and_a_line, make_folder,
	                own_folder_remove),
	        cmocka_unit_test(export__stream_fails_at_any_byte__the_reason),
	        cmocka_unit_test_setup_teardown(
	                export__system_refuses_a_call__the_old_export_and_a_line, make_folder,
	                own_folder_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
