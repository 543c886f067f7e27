/* What has to be undone when the program dies: the terminal's modes, the child process, the temporary file.
 *
 * Signals know nothing of contexts, so this is the one place of the program with state of its own; everything in
 * it is written while no signal can see it half done, and undone with async-signal-safe calls only.
 */
#ifndef GANTTOP_VIZ_FILES_RESCUE_H
#define GANTTOP_VIZ_FILES_RESCUE_H

#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/* Watch the signals that end a program: the polite ones (INT, TERM, HUP, QUIT, PIPE) and the crashes (SEGV, BUS, ABRT, FPE, ILL).
 * On each: undo, then die of the same signal. Polite signals that were ignored stay ignored. */
void viz_rescue_install(void);

/* Remember the child to be killed; 0: none. */
void viz_rescue_child(pid_t pid);

/* Remember the file to be unlinked; NULL: none. A longer path than PATH_MAX is not remembered. */
void viz_rescue_file(const char *path);

/* The same for a folder with the two files, which need not exist. viz_rescue_file(NULL) forgets it. */
void viz_rescue_folder(const char *path, const char *const files[2]);

/* Remember what to write to `fd` and which modes to set to give the terminal back; `sequence` NULL: nothing any more. */
void viz_rescue_terminal(int fd, const char *sequence, size_t bytes, const struct termios *modes);

/* Undo now, and die of `signal`, as if no handler had ever been there. */
_Noreturn void viz_rescue_die(int signal);

#endif
