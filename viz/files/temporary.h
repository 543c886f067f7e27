/* Temporary files: the log of a run that nobody asked to keep, the recording that another format becomes; and the place of one that is kept.
 *
 *  1. Most have no name: a path of ours, /dev/fd/N, leads to them, and a child that is given the descriptor finds them by it. However
 *     we end, nothing stays.
 *  2. What is replaced by another file of its name (a ring that turns, a first part) stands in a folder of its own, which is locked as
 *     long as its owner lives. rescue.h removes it when we die; when we are killed, whoever makes a temporary file next does.
 */
#ifndef GANTTOP_VIZ_FILES_TEMPORARY_H
#define GANTTOP_VIZ_FILES_TEMPORARY_H

#include <limits.h>
#include <stdbool.h>

#include "viz/text/problem.h"

/* All zero: there is none. */
struct viz_temporary {
	int fd; /* of the file, or of the locked folder; closed on exec; 0: there is none */
	bool has_name;
	char path[PATH_MAX];   /* of the file */
	char folder[PATH_MAX]; /* where it is: of its own, if it has a name */
	char ending[16];       /* of a second file in the folder; "": none may come */
};

/* Create an empty file in $XDG_RUNTIME_DIR, /dev/shm, $TMPDIR or /tmp, the first that takes one. `ending` NULL: without a name; else
 * in a folder of its own, where a second file may come whose name has this ending. owns: the caller drops. errors: -1, and `*problem`
 * says why. */
int viz_temporary_create(struct viz_temporary *temporary, const char *ending,
                         struct viz_problem *problem);

/* Be done with it: who has it open keeps it. What is all zero is left alone. */
void viz_temporary_drop(struct viz_temporary *temporary);

/* Let the program that this process is about to become have the file too. where: between fork and exec. */
void viz_temporary_hand_on(const struct viz_temporary *temporary);

/* In that program: keep what stands at `path` from those that it starts itself. */
void viz_temporary_take(const char *path);

/* Make `path` an empty regular file, unlinking what is there: who still looks at the old recording keeps it.
 * errors: -1, and `*problem` says why. */
int viz_temporary_replace(const char *path, struct viz_problem *problem);

#endif
