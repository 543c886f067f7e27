/* The order of everything, against CPython 3.11: the programs of tests/runtime/order/, whose .out files were written by
 * CPython's own asyncio under a virtual clock (test_cpython.py runs it again), one test a program.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/executor.h"
#include "tests/runtime/recording.h"

#define FOLDER       "tests/runtime/order"
#define PROGRAMS_MAX 300u

static char *read_beside(const char *name, const char *ending)
{
	char path[512];
	size_t bytes;
	snprintf(path, sizeof path, FOLDER "/%s%s", name, ending);
	return recording_bytes(path, &bytes);
}

/* Without the lines that only a recording has. */
static void drop_loop_lines(char *text)
{
	char *to = text;
	for (char *line = text, *next; *line; line = next) {
		next = strchr(line, '\n') + 1;
		const char *who = strchr(line, ' ') + 1;
		bool is_loop = !strncmp(who, "loop shutdown", 13) ||
		               !strncmp(who, "loop finished", 13) ||
		               !strncmp(who, "loop deadlock", 13);
		if (is_loop)
			continue;
		memmove(to, line, (size_t)(next - line));
		to += next - line;
	}
	*to = '\0';
}

static void order__of_a_program__is_that_of_cpython(void **state)
{
	const char *name = *state;
	char *source = read_beside(name, ".gts"), *expected = read_beside(name, ".out");
	const char *path = recording_path("order");
	struct gt_options o = GT_OPTIONS_INIT;
	o.log = path;
	char *lines, *unrecorded;
	int code = executor_run(source, &o, &lines);
	struct trace_model *model = recording_read(path);
	char *recorded = recording_text(model);
	unlink(path);
	assert_string_equal(recorded, expected);
	assert_int_equal(recording_violations(model), 0);
	assert_int_equal(code == GT_EDEADLOCK, strstr(expected, " loop deadlock ") != NULL);
	o.log = NULL;
	assert_int_equal(executor_run(source, &o, &unrecorded), code);
	assert_string_equal(unrecorded, lines);
	drop_loop_lines(expected);
	assert_string_equal(lines, expected);
	trace_model_destroy(model);
	free(recorded);
	free(lines);
	free(unrecorded);
	free(source);
	free(expected);
}

static int is_program(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return dot && !strcmp(dot, ".gts");
}

int main(void)
{
	struct dirent **entries;
	static struct CMUnitTest tests[PROGRAMS_MAX];
	int n = scandir(FOLDER, &entries, is_program, alphasort);
	if (n <= 0 || (unsigned)n > PROGRAMS_MAX) {
		fprintf(stderr, "cannot read the programs of %s\n", FOLDER);
		return 1;
	}
	for (int i = 0; i < n; i++) {
		*strrchr(entries[i]->d_name, '.') = '\0';
		tests[i] = (struct CMUnitTest){
		        .name = entries[i]->d_name,
		        .test_func = order__of_a_program__is_that_of_cpython,
		        .initial_state = entries[i]->d_name,
		};
	}
	int failed = _cmocka_run_group_tests("order", tests, (size_t)n, NULL, NULL);
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
	return failed;
}
