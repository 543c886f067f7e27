/* The inside of a terminal, shared by the terminal*.c files alone. */
#ifndef GANTTOP_TESTS_PTY_TERMINAL_PRIVATE_H
#define GANTTOP_TESTS_PTY_TERMINAL_PRIVATE_H

#include <termios.h>

#include "tests/pty/terminal.h"

#define TERMINAL_MARK_BYTES 64

struct terminal {
	/* processes */
	pid_t keeper;  /* session leader, stands in for the shell */
	pid_t program; /* its foreground job */
	int reports;   /* pipe: the keeper's reports on the program, see struct report */
	bool ended, stopped;
	int status;                     /* as of waitpid, once ended */
	char mark[TERMINAL_MARK_BYTES]; /* in the environment of the program and all it starts */
	char dir[64];
	/* the line */
	int master, slave;
	struct termios before;
	/* the screen */
	VTerm *vterm;
	VTermScreen *screen;
	bool alternate;
	int mouse;         /* VTERM_PROP_MOUSE_* */
	char answers[256]; /* of the terminal, to be sent once libvterm has returned */
	size_t n_answers;
	/* everything that was written */
	char *raw;
	size_t n_raw, raw_cap;
};

/* What the keeper tells: first the program's process id, then each change of its status. */
struct report {
	pid_t pid;
	int status;
};

/* terminal_screen.c */
bool terminal_screen_init(struct terminal *terminal, int rows, int cols, bool utf8);
void terminal_screen_feed(struct terminal *terminal, const char *bytes, size_t n);
void terminal_screen_answer(struct terminal *terminal);

/* terminal_wait.c: read what is there, waiting at most `ms` for the first byte or report. Returns whether there
 * was any. */
bool terminal_read(struct terminal *terminal, int ms);

/* terminal_process.c */
void terminal_kill_marked(const struct terminal *terminal);

#endif
