/* Start, stop and type: the processes and the line of a terminal.
 *
 * The program is not the session leader: when a leader ends, Linux hangs its terminal up and resets the line
 * settings, which would hide a program that does not restore them. A keeper process leads the session as a shell
 * would; it also makes SIGTSTP work, which the kernel ignores for the only process group of a session.
 */
#include "tests/pty/terminal_private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const pinned[] = {
        "TERM=xterm-256color",
        "LC_ALL=C.UTF-8",
        "TZ=UTC",
        "PATH=/usr/local/bin:/usr/bin:/bin",
        NULL,
};
static const char *const passed[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                                     "TSAN_OPTIONS", NULL};

/* Only between fork and exec: a failure ends the process. */
static void set_environment(const struct terminal *terminal, const char *const env[])
{
	const char *values[8];
	for (size_t i = 0; passed[i]; i++)
		values[i] = getenv(passed[i]);
	clearenv();
	for (size_t i = 0; passed[i]; i++)
		if (values[i] && setenv(passed[i], values[i], 1))
			_exit(126);
	for (size_t i = 0; pinned[i]; i++)
		if (putenv((char *)(uintptr_t)pinned[i]))
			_exit(126);
	for (size_t i = 0; env && env[i]; i++)
		if (putenv((char *)(uintptr_t)env[i]))
			_exit(126);
	if (setenv("HOME", terminal->dir, 1) || setenv("GANTTOP_TEST_TERMINAL", terminal->mark, 1))
		_exit(126);
}

static void reset_signals(void)
{
	sigset_t none;
	sigemptyset(&none);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void become_program(const struct terminal *terminal, const struct terminal_options *options)
{
	setpgid(0, 0);
	tcsetpgrp(terminal->slave,
	          getpid()); /* the keeper ignores SIGTTOU, and so does this still */
	dup2(terminal->slave, STDIN_FILENO);
	dup2(terminal->slave, STDOUT_FILENO);
	dup2(terminal->slave, STDERR_FILENO);
	if (options->output) {
		int file = open(options->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (file < 0 || dup2(file, STDOUT_FILENO) < 0)
			_exit(126);
	}
	set_environment(terminal, options->env);
	reset_signals();
	if (chdir(terminal->dir))
		_exit(126);
	execv(options->argv[0], (char *const *)(uintptr_t)options->argv);
	perror(options->argv[0]);
	_exit(127);
}

static void report(int pipe_end, pid_t pid, int status)
{
	struct report said = {.pid = pid, .status = status};
	if (write(pipe_end, &said, sizeof said) != (ssize_t)sizeof said)
		_exit(125);
}

/* The keeper lives until it is killed, at the latest with the test itself. */
static void become_keeper(const struct terminal *terminal, const struct terminal_options *options,
                          int pipe_end)
{
	int status = 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	if (ioctl(terminal->slave, TIOCSCTTY, 0) < 0)
		_exit(125);
	reset_signals();
	signal(SIGTTOU, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	pid_t program = fork();
	if (program < 0)
		_exit(125);
	if (program == 0)
		become_program(terminal, options);
	report(pipe_end, program, 0);
	while (waitpid(program, &status, WUNTRACED | WCONTINUED) == program) {
		report(pipe_end, program, status);
		if (WIFEXITED(status) || WIFSIGNALED(status))
			break;
	}
	for (;;)
		pause();
}

static bool is_utf8(const char *const env[])
{
	bool utf8 = true;
	for (size_t i = 0; env && env[i]; i++)
		if (!strncmp(env[i], "LC_ALL=", 7))
			utf8 = strstr(env[i], "UTF-8") != NULL;
	return utf8;
}

static bool open_line(struct terminal *terminal, const struct terminal_options *options)
{
	struct winsize size = {.ws_row = (unsigned short)options->rows,
	                       .ws_col = (unsigned short)options->cols};
	if (openpty(&terminal->master, &terminal->slave, NULL, NULL, &size))
		return false;
	fcntl(terminal->master, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->slave, F_SETFD, FD_CLOEXEC);
	fcntl(terminal->master, F_SETFL, O_NONBLOCK);
	return !tcgetattr(terminal->slave, &terminal->before);
}

static bool start_keeper(struct terminal *terminal, const struct terminal_options *options)
{
	int ends[2];
	struct report first;
	if (pipe2(ends, O_CLOEXEC))
		return false;
	terminal->reports = ends[0];
	terminal->keeper = fork();
	if (terminal->keeper == 0)
		become_keeper(terminal, options, ends[1]);
	close(ends[1]);
	if (terminal->keeper < 0 || read(ends[0], &first, sizeof first) != (ssize_t)sizeof first)
		return false;
	terminal->program = first.pid;
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	return true;
}

struct terminal *terminal_start(const struct terminal_options *options)
{
	static unsigned count;
	struct terminal *terminal = calloc(1, sizeof *terminal);
	if (!terminal)
		return NULL;
	terminal->master = terminal->slave = terminal->reports = -1;
	snprintf(terminal->mark, sizeof terminal->mark, "%ld-%u", (long)getpid(), ++count);
	snprintf(terminal->dir, sizeof terminal->dir, "/tmp/ganttop-pty-XXXXXX");
	if (!mkdtemp(terminal->dir)) {
		free(terminal);
		return NULL;
	}
	if (!terminal_screen_init(terminal, options->rows, options->cols, is_utf8(options->env)) ||
	    !open_line(terminal, options) || !start_keeper(terminal, options)) {
		terminal_destroy(terminal);
		return NULL;
	}
	return terminal;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	remove(path); /* what cannot be removed stays; a test does not fail for that */
	return 0;
}

void terminal_destroy(struct terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->keeper > 0) {
		terminal_kill_marked(terminal);
		kill(terminal->keeper, SIGKILL);
		waitpid(terminal->keeper, NULL, 0);
	}
	if (terminal->reports >= 0)
		close(terminal->reports);
	if (terminal->slave >= 0)
		close(terminal->slave);
	if (terminal->master >= 0)
		close(terminal->master);
	if (terminal->vterm)
		vterm_free(terminal->vterm);
	nftw(terminal->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(terminal->raw);
	free(terminal);
}

const char *terminal_dir(const struct terminal *terminal)
{
	return terminal->dir;
}

void terminal_write(struct terminal *terminal, const void *bytes, size_t n)
{
	const char *rest = bytes;
	while (n > 0 && !terminal->ended) {
		ssize_t taken = write(terminal->master, rest, n);
		if (taken > 0) {
			rest += taken;
			n -= (size_t)taken;
			continue;
		}
		if (taken < 0 && errno != EAGAIN && errno != EINTR)
			return;
		terminal_read(terminal, 10); /* the program may wait for its output to be taken */
	}
}

void terminal_type(struct terminal *terminal, const char *keys)
{
	terminal_write(terminal, keys, strlen(keys));
}

void terminal_press(struct terminal *terminal, VTermKey key)
{
	vterm_keyboard_key(terminal->vterm, key, VTERM_MOD_NONE);
	terminal_screen_answer(terminal);
}

void terminal_resize(struct terminal *terminal, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	terminal_read(terminal, 0); /* what was written so far was meant for the old size */
	vterm_set_size(terminal->vterm, rows, cols);
	ioctl(terminal->master, TIOCSWINSZ, &size);
}

void terminal_signal(struct terminal *terminal, int signal)
{
	kill(terminal->program, signal);
}
