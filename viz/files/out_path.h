/* A file or a folder that somebody else writes by its path, and that appears whole or not at all. */
#ifndef GANTTOP_VIZ_FILES_OUT_PATH_H
#define GANTTOP_VIZ_FILES_OUT_PATH_H

#include <limits.h>
#include <stdbool.h>

#include "viz/text/problem.h"

struct viz_out_path {
	const char *path;    /* where it is to stand. borrows */
	char temp[PATH_MAX]; /* beside it, empty: write here */
	bool is_folder;
	bool replaces; /* a folder of the same kind that is there already */
};

/* Make an empty file, or folder, beside `path`. A folder that is there already is replaced only if it holds nothing but
 * `files` (two names). errors: VIZ_EXIT_FAILED, and `*problem` says why. */
int viz_out_path_open(struct viz_out_path *out, const char *path, struct viz_problem *problem);
int viz_out_path_open_folder(struct viz_out_path *out, const char *path, const char *const files[2],
                             struct viz_problem *problem);

/* Finish: it takes its place. errors: as above; what was there is untouched then. */
int viz_out_path_commit(struct viz_out_path *out, const char *const files[2],
                        struct viz_problem *problem);

/* Give up: nothing is left of it. `files` NULL: a file. */
void viz_out_path_abandon(struct viz_out_path *out, const char *const files[2]);

#endif
