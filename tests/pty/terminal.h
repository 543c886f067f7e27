/* A terminal for tests: a program runs in a pseudo-terminal of its own, libvterm plays the terminal, and the test
 * types, resizes, sends signals and reads the screen.
 *
 * The life of a terminal
 *  1. terminal_start makes a session with a keeper process, as a shell would be, and the program as its
 *     foreground job. The keeper outlives the program, so that what the program leaves behind (line settings, modes,
 *     processes) can be looked at afterwards.
 *  2. Output is read only inside terminal_pump and the terminal_wait functions; the screen stands still between them.
 *  3. Nothing here sleeps in hope: a wait ends when what it waits for is there. Its time limit only bounds failure.
 *  4. terminal_destroy ends everything that was started, also what the program itself left running.
 */
#ifndef GANTTOP_TESTS_PTY_TERMINAL_H
#define GANTTOP_TESTS_PTY_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <vterm.h>

/* How long a wait lasts before it counts as failed; generous, because sanitizers and a loaded machine are slow. */
#define TERMINAL_PATIENCE_MS 20000

struct terminal;

struct terminal_options {
	int rows, cols;
	const char *const
	        *argv; /* NULL-ended; argv[0] is found on the file system, not in PATH. borrows */
	const char *const
	        *env; /* NULL-ended NAME=value over the pinned environment, or NULL. borrows */
	const char *
	        output; /* file that the program's standard output goes to, or NULL: the terminal */
};

/* The pinned environment: TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=UTC, HOME and the working directory in a folder that
 * is removed at the end, and the sanitizers' options of the caller.
 * owns: returns a terminal. errors: NULL when the system refuses. */
struct terminal *terminal_start(const struct terminal_options *options);

/* End all processes of the terminal and forget it. terminal_destroy(NULL) does nothing. */
void terminal_destroy(struct terminal *terminal);

/* Return the folder that is the program's HOME and working directory. owns: borrows */
const char *terminal_dir(const struct terminal *terminal);

/* ---- What goes in ------------------------------------------------------------------------------- */

void terminal_type(struct terminal *terminal, const char *keys);
void terminal_write(struct terminal *terminal, const void *bytes, size_t n);

/* Press a key that is not a character, encoded as the terminal's modes of this moment ask. */
void terminal_press(struct terminal *terminal, VTermKey key);

/* Change the size; the kernel sends SIGWINCH. */
void terminal_resize(struct terminal *terminal, int rows, int cols);

/* Send a signal to the program alone. */
void terminal_signal(struct terminal *terminal, int signal);

/* ---- Waiting ------------------------------------------------------------------------------------ */

/* Read output for `ms`. Only for showing that nothing happens. */
void terminal_pump(struct terminal *terminal, int ms);

/* Wait until the screen shows `text` on one row; until it no longer does. Return false when TERMINAL_PATIENCE_MS have
 * passed or the program has ended without it. */
bool terminal_wait_for(struct terminal *terminal, const char *text);
bool terminal_wait_gone(struct terminal *terminal, const char *text);

/* Wait until `holds` says so, also beyond the program's end. Returns false when TERMINAL_PATIENCE_MS have passed. */
bool terminal_wait_until(struct terminal *terminal, bool (*holds)(struct terminal *, void *),
                         void *arg);

/* Wait until the program has written nothing for `quiet_ms`. */
bool terminal_wait_quiet(struct terminal *terminal, int quiet_ms);

/* Wait until the program sleeps and has not been woken for `idle_ms`: no timer, no thread, no frame. Returns false when
 * TERMINAL_PATIENCE_MS have passed. */
bool terminal_wait_idle(struct terminal *terminal, int idle_ms);

/* Wait for the program's end and take the rest of its output; `*status` is as waitpid gives it. */
bool terminal_wait_exit(struct terminal *terminal, int *status);

/* Return whether the end of the program has been seen. */
bool terminal_has_ended(const struct terminal *terminal);

/* Wait until the program is stopped (SIGTSTP), or goes on (SIGCONT). */
bool terminal_wait_stopped(struct terminal *terminal);
bool terminal_wait_continued(struct terminal *terminal);

/* ---- What is seen ------------------------------------------------------------------------------- */

/* Return the screen as rows of UTF-8 without trailing blanks, each ended by a newline. owns: returns. */
char *terminal_screen(struct terminal *terminal);

/* Return whether one row of the screen has `text` in it, and which one (-1: none). */
bool terminal_shows(struct terminal *terminal, const char *text);
int terminal_find(struct terminal *terminal, const char *text);

/* Copy one row, cut where `text_bytes` end. */
void terminal_row(struct terminal *terminal, int row, char *text, size_t text_bytes);

VTermScreenCell terminal_cell(struct terminal *terminal, int row, int col);
void terminal_size(const struct terminal *terminal, int *rows, int *cols);

/* Everything that the program has written so far. owns: borrows, until the next wait. */
const char *terminal_raw(const struct terminal *terminal, size_t *n);

bool terminal_is_alternate(const struct terminal *terminal);
bool terminal_has_cursor(const struct terminal *terminal);

/* Return what the program has not put back (line settings, alternate screen, cursor, modes, colours), NULL when the
 * terminal is as it was. owns: static text. */
const char *terminal_not_restored(struct terminal *terminal);

/* ---- Processes ---------------------------------------------------------------------------------- */

/* Return the program's process id. */
pid_t terminal_pid(const struct terminal *terminal);

/* Find the processes that descend from the program, found by a mark in their environment, the program itself not
 * included. Returns how many there are and writes at most `max` of them. */
size_t terminal_children(const struct terminal *terminal, pid_t pids[], size_t max);

/* Return the processor time that the program has used so far. units: clock ticks. */
uint64_t terminal_cpu_ticks(const struct terminal *terminal);

/* Return how often the program's first thread has waited or was made to so far. */
uint64_t terminal_n_switches(const struct terminal *terminal);

/* Print the screen and the last bytes of output on standard error. */
void terminal_dump(struct terminal *terminal);

#endif
