/* Programs for tests: by way of a file, whose name is the same for all programs of a process, so that recordings can be compared. */
#include "tests/runtime/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "scenarios/gts/gts.h"

static void write_file(const char *path, const char *source)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(source, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

char *play_program(const char *source, struct play play)
{
	char path[64], why[512], *lines = NULL;
	size_t bytes;
	const struct scenario *program;
	snprintf(path, sizeof path, "/tmp/ganttop-play-%ld.gts", (long)getpid());
	write_file(path, source);
	if (gts_load(&program, path, why, sizeof why))
		fail_msg("%s", why);
	unlink(path);
	struct scn_run run = {.log = play.log, .clock = play.clock, .speed_ppm = play.speed_ppm};
	scn_args_init(&run.args, program);
	FILE *out = open_memstream(&lines, &bytes);
	assert_non_null(out);
	(void)gts_run(&run, out);
	assert_int_equal(fclose(out), 0);
	gts_unload(program);
	return lines;
}

bool play_ended_in_deadlock(const char *lines)
{
	return strstr(lines, " loop deadlock ") != NULL;
}
