/* Files that are written whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/viz/own_folder.h"
#include "viz/files/out_file.h"
#include "viz/files/temporary.h"

static void expect_text(const char *path, const char *text)
{
	char bytes[64];
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t n = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	assert_int_equal(strlen(text), n);
	assert_memory_equal(text, bytes, n);
}

static void write_text(const char *path, const char *text)
{
	struct viz_out_file out;
	struct viz_problem problem;
	assert_int_equal(0, viz_out_file_open(&out, path, &problem));
	fputs(text, out.file);
	assert_int_equal(0, viz_out_file_commit(&out, &problem));
}

static void commit__new_and_again__the_whole_text(void **state)
{
	(void)state;
	struct stat status;
	write_text("out", "first, and longer");
	write_text("out", "second");
	expect_text("out", "second");
	assert_int_equal(1, own_folder_count());
	mode_t mask = umask(0);
	umask(mask);
	assert_int_equal(0, stat("out", &status));
	assert_int_equal(0666 & ~mask, status.st_mode & 0777);
}

static void abandon__old_file__stays_and_nothing_else(void **state)
{
	(void)state;
	struct viz_out_file out;
	struct viz_problem problem;
	write_text("out", "old");
	assert_int_equal(0, viz_out_file_open(&out, "out", &problem));
	fputs("half of", out.file);
	fflush(out.file);
	expect_text("out", "old");
	viz_out_file_abandon(&out);
	expect_text("out", "old");
	assert_int_equal(1, own_folder_count());
}

static void open__no_such_folder__one_line(void **state)
{
	(void)state;
	struct viz_out_file out;
	struct viz_problem problem;
	assert_int_equal(VIZ_EXIT_FAILED, viz_out_file_open(&out, "none/out", &problem));
	assert_string_equal("cannot write 'none/out': No such file or directory", problem.text);
}

static void commit__full_disk__the_error_and_no_file(void **state)
{
	(void)state;
	struct viz_out_file out;
	struct viz_problem problem;
	assert_int_equal(0, viz_out_file_open(&out, "/dev/full", &problem));
	fputs("text", out.file);
	assert_int_equal(VIZ_EXIT_FAILED, viz_out_file_commit(&out, &problem));
	assert_string_equal("cannot write '/dev/full': No space left on device", problem.text);
}

static void replace__old_recording__who_looks_at_it_keeps_it(void **state)
{
	(void)state;
	struct viz_problem problem;
	write_text("out", "old");
	FILE *looking = fopen("out", "r");
	assert_int_equal(0, viz_temporary_replace("out", &problem));
	expect_text("out", "");
	assert_int_equal('o', fgetc(looking));
	fclose(looking);
}

static void replace__not_a_regular_file__one_line(void **state)
{
	(void)state;
	struct viz_problem problem;
	assert_int_equal(-1, viz_temporary_replace("/dev/null", &problem));
	assert_string_equal("cannot write '/dev/null': not a regular file", problem.text);
	assert_int_equal(-1, viz_temporary_replace("/tmp", &problem));
	assert_int_equal(-1, viz_temporary_replace("none/x.gtt", &problem));
	assert_string_equal("cannot write 'none/x.gtt': No such file or directory", problem.text);
}

#define OUT_TEST(name) cmocka_unit_test_setup_teardown(name, own_folder_make, own_folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        OUT_TEST(commit__new_and_again__the_whole_text),
	        OUT_TEST(abandon__old_file__stays_and_nothing_else),
	        OUT_TEST(open__no_such_folder__one_line),
	        OUT_TEST(commit__full_disk__the_error_and_no_file),
	        OUT_TEST(replace__old_recording__who_looks_at_it_keeps_it),
	        OUT_TEST(replace__not_a_regular_file__one_line),
	};
	return cmocka_run_group_tests_name("out_file", tests, NULL, NULL);
}
