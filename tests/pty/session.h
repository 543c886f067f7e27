/* One test's session with ganttop: started at a size, looked at, and always ended.
 *
 * Failures print the screen. Every test has a hard time limit of its own besides those of its waits.
 */
#ifndef GANTTOP_TESTS_PTY_SESSION_H
#define GANTTOP_TESTS_PTY_SESSION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/pty/terminal.h"

/* The hard limit of one test. */
#define SESSION_LIMIT_S 60

/* What stands in a test's `*state`. */
struct session {
	struct terminal *terminal; /* the last one that was started */
	char dir[64];              /* a folder of the test's own, removed at its end */
	char path[96];             /* a file in it, for the recording of session_run */
};

/* A test of a session: set up, torn down, limited. */
#define session_test(function)                                                                     \
	cmocka_unit_test_setup_teardown(function, session_setup, session_teardown)
int session_setup(void **state);
int session_teardown(void **state);

/* Start any program; an earlier one of the test is ended. `env` as in terminal_options. */
struct terminal *session_start_program(struct session *session, int rows, int cols,
                                       const char *const env[], const char *const argv[]);

/* Start ganttop with up to 14 arguments, ended by NULL. */
struct terminal *session_start(struct session *session, int rows, int cols, const char *const env[],
                               const char *const args[]);

/* `ganttop run LESSON -o FILE` with session->path; returns when the main task is on the screen.
 * `args`: more arguments, NULL-ended, or NULL. */
struct terminal *session_run(struct session *session, int rows, int cols, const char *lesson,
                             const char *const args[]);

/* Return the path of the program under test: $GANTTOP, else ./ganttop. owns: static. */
const char *session_program(void);

/* Quit with q until the program has ended (a lesson may go back to the menu first); its status must be 0 and the terminal as it was. */
void session_quit(struct terminal *terminal);

/* Fail with the screen unless `condition` holds. */
#define expect(terminal, condition)                                                                \
	session_expect(terminal, (condition), #condition, __FILE__, __LINE__)
void session_expect(struct terminal *terminal, bool condition, const char *what, const char *file,
                    int line);

/* Fail with both screens, rows that differ marked, unless they are equal (or, expect_other, unless they are not). */
#define expect_same(before, after)  session_expect_same(before, after, true, __FILE__, __LINE__)
#define expect_other(before, after) session_expect_same(before, after, false, __FILE__, __LINE__)
void session_expect_same(const char *before, const char *after, bool same, const char *file,
                         int line);

/* Wait for a text on the screen, or for its going. */
#define expect_text(terminal, text)                                                                \
	session_expect(terminal, terminal_wait_for(terminal, text), "screen shows: " text,         \
	               __FILE__, __LINE__)
#define expect_no_text(terminal, text)                                                             \
	session_expect(terminal, terminal_wait_gone(terminal, text),                               \
	               "screen no longer shows: " text, __FILE__, __LINE__)

/* Wait until the mode at the top of the screen is `word` of words.h. */
#define expect_mode(terminal, word) session_expect_mode(terminal, word, __FILE__, __LINE__)
void session_expect_mode(struct terminal *terminal, const char *word, const char *file, int line);

/* Wait until a lane of that name is on the screen: other places speak of tasks too. */
#define expect_lane(terminal, name) session_expect_lane(terminal, name, __FILE__, __LINE__)
void session_expect_lane(struct terminal *terminal, const char *name, const char *file, int line);

/* Return the row of the lane of that name, -1 if there is none. */
int session_lane_row(struct terminal *terminal, const char *name);

/* The program must end with this exit status and leave the terminal as it was. */
#define expect_exit(terminal, exit_status)                                                         \
	session_expect_exit(terminal, exit_status, __FILE__, __LINE__)
void session_expect_exit(struct terminal *terminal, int exit_status, const char *file, int line);

#endif
