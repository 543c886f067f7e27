/* Out of memory at every single allocation of every export: a line that says so, the documented status, nothing left of the new file, the old
 * one as it was; or the whole export, where there was a way round.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/allocation.h"
#include "tests/viz/lesson_model.h"
#include "tests/viz/own_folder.h"
#include "viz/export/export_write.h"

/* All of a file, as text. owns: the caller frees. */
static char *read_file(const char *path)
{
	struct stat st;
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &st), 0);
	char *text = calloc(1, (size_t)st.st_size + 1);
	assert_int_equal(fread(text, 1, (size_t)st.st_size, file), st.st_size);
	fclose(file);
	return text;
}

static void write_old(void)
{
	FILE *file = fopen("out", "w");
	assert_non_null(file);
	fputs("old", file);
	fclose(file);
}

static void remove_out(const struct viz_format *format)
{
	if (format->ops != NULL && format->ops->shape == TRACE_FORMAT_FOLDER) {
		unlink("out/metadata");
		unlink("out/stream");
		rmdir("out");
	}
	unlink("out");
}

/* Export once while the `n`-th allocation fails. Returns whether there were so many. */
static bool export_once(const struct trace_export *export, const struct viz_options *options,
                        const struct viz_format *format, long n, bool all, const char *expected)
{
	struct viz_problem problem = {""};
	bool is_folder = expected == NULL;
	remove_out(format);
	if (!is_folder)
		write_old();
	fail_after(n, all);
	int status = viz_export_write(export, options, format, &problem);
	fail_no_more();
	bool failed = atomic_load(&has_failed);
	if (status != VIZ_EXIT_OK &&
	    (!failed || status != VIZ_EXIT_FAILED || problem.text[0] == '\0' ||
	     strchr(problem.text, '\n') != NULL))
		fail_msg("%s, allocation %ld: status %d, '%s'", format->name, n, status,
		         problem.text);
	if (own_folder_count() != (status == VIZ_EXIT_OK || !is_folder))
		fail_msg("%s, allocation %ld: something was left", format->name, n);
	char *text = is_folder ? NULL : read_file("out");
	if (text != NULL && strcmp(text, status == VIZ_EXIT_OK ? expected : "old") != 0)
		fail_msg("%s, allocation %ld: status %d, and the file has %zu bytes", format->name,
		         n, status, strlen(text));
	free(text);
	return failed;
}

static void exhaust(const struct trace_export *export, const struct viz_format *format, bool all)
{
	struct viz_options options;
	struct viz_problem problem;
	char *argv[] = {(char *)(uintptr_t) "ganttop", NULL};
	viz_options_init(&options, 1, argv);
	options.out = "out";
	options.rows = 30;
	bool is_folder = format->ops != NULL && format->ops->shape == TRACE_FORMAT_FOLDER;
	remove_out(format);
	if (viz_export_write(export, &options, format, &problem) != VIZ_EXIT_OK)
		fail_msg("%s: %s", format->name, problem.text);
	char *expected = is_folder ? NULL : read_file("out");
	for (long n = 0; export_once(export, &options, format, n, all, expected); n++)
		;
	remove_out(format);
	free(expected);
}

static void export__each_allocation_fails__one_line_and_the_old_file(void **state)
{
	struct trace_model *model = lesson_model(scn_find("semaphore"), NULL);
	struct trace_export export;
	struct viz_format format;
	(void)state;
	trace_export_init(&export, model);
	for (size_t i = 0; viz_format_at(i, &format); i++)
		for (int all = 0; all < 2; all++)
			exhaust(&export, &format, all);
	trace_export_fini(&export);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(
	                export__each_allocation_fails__one_line_and_the_old_file, own_folder_make,
	                own_folder_remove),
	};
	fail_no_more();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
