/* How far a course has come: which lessons were seen to their end, and which was opened last. Kept in a small file of the user's own,
 * $XDG_STATE_HOME/ganttop/progress (else ~/.local/state/ganttop/progress), a word and a lesson a line; nothing leaves the machine. */
#ifndef GANTTOP_VIZ_CLASSROOM_PROGRESS_H
#define GANTTOP_VIZ_CLASSROOM_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#define VIZ_PROGRESS_LESSONS 256u /* more are not kept */

struct viz_progress {
	bool seen[VIZ_PROGRESS_LESSONS]; /* by index in the registry */
	size_t last;                     /* opened last; SIZE_MAX: none */
	size_t n_strange;                /* lines of the file that were not understood */
};

/* Read the file; without one, or without a home, nothing was seen. Lines that are not understood are counted and left out. */
void viz_progress_read(struct viz_progress *progress);

/* Write the file, whole or not at all. Returns false when that is not possible: progress is then not kept, and nothing else happens. */
bool viz_progress_write(const struct viz_progress *progress);

/* Note that a lesson was opened, or seen to its end. Returns whether that is new. */
bool viz_progress_open(struct viz_progress *progress, size_t lesson);
bool viz_progress_see(struct viz_progress *progress, size_t lesson);

/* Return how many lessons of a chapter were seen; `*n` is how many it has. */
size_t viz_progress_of(const struct viz_progress *progress, const char *chapter, size_t *n);

#endif
