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

#include "tests/runtime/play.h"
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

/* The lines that a recording has as well: those of the loop, and `T NAME log WORDS` as `T NAME WORDS`. owns: returns. */
static char *logged(const char *lines)
{
	char *kept = NULL;
	size_t bytes;
	FILE *out = open_memstream(&kept, &bytes);
	assert_non_null(out);
	for (const char *line = lines, *next; *line; line = next) {
		next = strchr(line, '\n') + 1;
		const char *who = strchr(line, ' ') + 1, *what = strchr(who, ' ') + 1;
		if (!strncmp(who, "loop ", 5))
			fprintf(out, "%.*s", (int)(next - line), line);
		else if (!strncmp(what, "log ", 4))
			fprintf(out, "%.*s%.*s", (int)(what - line), line, (int)(next - what - 4),
			        what + 4);
	}
	fclose(out);
	return kept;
}

static void order__of_a_program__is_that_of_cpython(void **state)
{
	const char *name = *state;
	char *source = read_beside(name, ".gts"), *expected = read_beside(name, ".out");
	const char *path = recording_path("order");
	char *lines = play_program(source, (struct play){.clock = GT_CLOCK_VIRTUAL, .log = path});
	char *unrecorded = play_program(source, (struct play){.clock = GT_CLOCK_VIRTUAL});
	struct trace_model *model = recording_read(path);
	char *recorded = recording_text(model);
	unlink(path);
	assert_string_equal(lines, expected);
	assert_string_equal(unrecorded, expected);
	char *expected_log = logged(expected);
	assert_string_equal(recorded, expected_log);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
	free(recorded);
	free(expected_log);
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
