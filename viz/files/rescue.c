/* Signal handlers that give the terminal back and leave nothing behind.
 *
 * The bytes that restore the terminal are computed beforehand: curses itself must not be called from a handler of
 * a crash. The handlers of a sanitizer, which were there first, are called by dying again through them.
 */
#include "viz/files/rescue.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const int polite[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
#define N_CRASHES (sizeof crashes / sizeof crashes[0])
#define N_POLITE  (sizeof polite / sizeof polite[0])

#define SEQUENCE_BYTES 256
#define STACK_BYTES    65536

/* The program's only global: what to undo. */
static struct {
	volatile sig_atomic_t child;
	volatile sig_atomic_t has_file;
	char file[PATH_MAX];
	char within[2][PATH_MAX];             /* files of that folder; "": it is a file */
	volatile sig_atomic_t terminal_bytes; /* of `sequence`; 0: the terminal is not ours */
	int terminal_fd;
	char sequence[SEQUENCE_BYTES];
	struct termios modes;
	struct sigaction before[N_CRASHES]; /* handlers of crashes that were there first */
} rescue;

static void undo(void)
{
	if (rescue.terminal_bytes > 0) {
		size_t left = (size_t)rescue.terminal_bytes;
		const char *from = rescue.sequence;
		rescue.terminal_bytes = 0;
		while (left > 0) {
			ssize_t n = write(rescue.terminal_fd, from, left);
			if (n <= 0)
				break;
			from += n;
			left -= (size_t)n;
		}
		tcsetattr(rescue.terminal_fd, TCSANOW, &rescue.modes);
	}
	if (rescue.child > 0)
		kill((pid_t)rescue.child, SIGKILL);
	rescue.child = 0;
	if (rescue.has_file && rescue.within[0][0] != '\0') {
		unlink(rescue.within[0]);
		unlink(rescue.within[1]);
		rmdir(rescue.file);
	} else if (rescue.has_file) {
		unlink(rescue.file);
	}
	rescue.has_file = 0;
}

static void on_polite(int signal)
{
	viz_rescue_die(signal);
}

static void on_crash(int signal)
{
	undo();
	for (size_t i = 0; i < N_CRASHES; i++)
		if (crashes[i] == signal)
			sigaction(signal, &rescue.before[i], NULL);
	/* Delivered when the handler returns, to the handler that was there first. */
	raise(signal);
}

static void install_alternate_stack(void)
{
	/* A crash may be an overflow of the stack. Kept for the life of the process. */
	static char memory[STACK_BYTES];
	stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
	sigaltstack(&stack, NULL);
}

void viz_rescue_install(void)
{
	struct sigaction action = {.sa_handler = on_polite};
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < N_POLITE; i++) {
		struct sigaction before;
		sigaction(polite[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(polite[i], &action, NULL);
	}
	install_alternate_stack();
	action.sa_handler = on_crash;
	action.sa_flags = SA_ONSTACK;
	for (size_t i = 0; i < N_CRASHES; i++)
		sigaction(crashes[i], &action, &rescue.before[i]);
}

void viz_rescue_child(pid_t pid)
{
	rescue.child = (sig_atomic_t)pid;
}

void viz_rescue_file(const char *path)
{
	rescue.has_file = 0;
	rescue.within[0][0] = '\0';
	if (path == NULL || strlen(path) >= sizeof rescue.file)
		return;
	memcpy(rescue.file, path, strlen(path) + 1);
	rescue.has_file = 1;
}

void viz_rescue_folder(const char *path, const char *const files[2])
{
	viz_rescue_file(path);
	rescue.has_file = 0;
	for (size_t i = 0; i < 2; i++) {
		int n = snprintf(rescue.within[i], sizeof rescue.within[i], "%s/%s", path,
		                 files[i]);
		if (n < 0 || (size_t)n >= sizeof rescue.within[i])
			return;
	}
	rescue.has_file = 1;
}

void viz_rescue_terminal(int fd, const char *sequence, size_t bytes, const struct termios *modes)
{
	rescue.terminal_bytes = 0;
	if (sequence == NULL || bytes > sizeof rescue.sequence)
		return;
	rescue.terminal_fd = fd;
	memcpy(rescue.sequence, sequence, bytes);
	rescue.modes = *modes;
	rescue.terminal_bytes = (sig_atomic_t)bytes;
}

void viz_rescue_die(int signal)
{
	undo();
	struct sigaction plain = {.sa_handler = SIG_DFL};
	sigemptyset(&plain.sa_mask);
	sigaction(signal, &plain, NULL);
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, signal);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	raise(signal);
	_exit(128 + signal);
}
