/* A file that is written whole or not at all: what is there already stays until the new one is complete. */
#ifndef GANTTOP_VIZ_FILES_OUT_FILE_H
#define GANTTOP_VIZ_FILES_OUT_FILE_H

#include <limits.h>
#include <stdio.h>

#include "viz/text/problem.h"

struct viz_out_file {
	FILE *file;
	const char *path;    /* NULL: standard output. borrows */
	char temp[PATH_MAX]; /* beside `path`; "" when `path` is written directly */
};

/* Open for writing `path`, standard output if NULL. A path that is no regular file (/dev/stdout) is written directly.
 * errors: VIZ_EXIT_FAILED, and `*problem` says why. */
int viz_out_file_open(struct viz_out_file *out, const char *path, struct viz_problem *problem);

/* Finish: the file takes its place. errors: as above; the old file is untouched then. */
int viz_out_file_commit(struct viz_out_file *out, struct viz_problem *problem);

/* Give up: nothing is left of it. */
void viz_out_file_abandon(struct viz_out_file *out);

#endif
