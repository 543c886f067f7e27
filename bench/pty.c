/* A pseudo-terminal. The time of a painting is that of its last byte, which a terminal has to see before the screen is
 * right; the quiet that shows it was the last one is not counted.
 */
#include "bench/pty.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/measure.h"

#define QUIET_MS   8
#define MISSING_MS 300

void pty_start(struct pty *pty, int rows, int cols, char *const argv[], void (*inside)(void))
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
	if (pty->pid < 0)
		measure_die("open", "a pseudo-terminal", strerror(errno));
	if (pty->pid > 0)
		return;
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	unsetenv("NO_COLOR");
	if (argv)
		execvp(argv[0], argv);
	else
		inside();
	_exit(127);
}

/* Wait up to `ms` for output and read it; returns 0 when there was none, or the program has ended. */
static size_t take(struct pty *pty, int ms)
{
	char bytes[65536];
	struct pollfd ready = {.fd = pty->fd, .events = POLLIN};

	if (poll(&ready, 1, ms) <= 0)
		return 0;
	ssize_t n = read(pty->fd, bytes, sizeof bytes);
	return n > 0 ? (size_t)n : 0;
}

size_t pty_drain(struct pty *pty, int ms, int quiet_ms)
{
	uint64_t end = measure_now_ns() + (uint64_t)ms * 1000000u;
	size_t total = 0;

	for (uint64_t now; (now = measure_now_ns()) < end;) {
		int left_ms = (int)((end - now) / 1000000u) + 1;
		size_t n = take(pty, quiet_ms && quiet_ms < left_ms ? quiet_ms : left_ms);
		if (n == 0)
			break;
		total += n;
	}
	return total;
}

uint64_t pty_key_ns(struct pty *pty, const char *keys, size_t *n_bytes)
{
	uint64_t start = measure_now_ns(), last = 0;
	size_t n;

	*n_bytes = 0;
	if (write(pty->fd, keys, strlen(keys)) < 0)
		return 0;
	while ((n = take(pty, last ? QUIET_MS : MISSING_MS)) > 0) {
		last = measure_now_ns();
		*n_bytes += n;
		if (last - start > (uint64_t)MISSING_MS * 1000000u)
			break;
	}
	return last ? last - start : 0;
}

uint64_t pty_cpu_ns(const struct pty *pty)
{
	char path[64], text[128];

	snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pty->pid);
	FILE *file = fopen(path, "r");
	size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
	text[n] = '\0';
	if (file)
		fclose(file);
	return strtoull(text, NULL, 10);
}

void pty_stop(struct pty *pty)
{
	kill(pty->pid, SIGTERM);
	pty_drain(pty, 200, 100);
	kill(pty->pid, SIGKILL);
	waitpid(pty->pid, NULL, 0);
	close(pty->fd);
}
