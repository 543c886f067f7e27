/* Waiting: output and the keeper's reports come in through one poll; every wait is a condition that is looked at
 * after each piece of output.
 */
#include "tests/pty/terminal_private.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void hear(struct terminal *terminal, int status)
{
	if (WIFSTOPPED(status)) {
		terminal->stopped = true;
	} else if (WIFCONTINUED(status)) {
		terminal->stopped = false;
	} else {
		terminal->ended = true;
		terminal->status = status;
	}
}

static bool read_line(struct terminal *terminal)
{
	char bytes[16384];
	bool any = false;
	ssize_t n = 0;
	while ((n = read(terminal->master, bytes, sizeof bytes)) > 0) {
		terminal_screen_feed(terminal, bytes, (size_t)n);
		any = true;
	}
	return any;
}

static bool read_reports(struct terminal *terminal)
{
	struct report said;
	bool any = false;
	while (read(terminal->reports, &said, sizeof said) == (ssize_t)sizeof said) {
		hear(terminal, said.status);
		any = true;
	}
	return any;
}

bool terminal_read(struct terminal *terminal, int ms)
{
	struct pollfd fds[2] = {{.fd = terminal->master, .events = POLLIN},
	                        {.fd = terminal->reports, .events = POLLIN}};
	if (poll(fds, 2, ms) <= 0)
		return false;
	/* reports first: what the program wrote before its end is then in the line already */
	bool reported = read_reports(terminal);
	return read_line(terminal) || reported;
}

void terminal_pump(struct terminal *terminal, int ms)
{
	int64_t end = now_ms() + ms;
	for (int64_t left = ms; left > 0; left = end - now_ms())
		terminal_read(terminal, (int)left);
}

/* With `needs_program` the end of the program ends the wait: nothing will be written any more. */
static bool wait_until(struct terminal *terminal, bool (*holds)(struct terminal *, void *),
                       void *arg, bool needs_program)
{
	int64_t end = now_ms() + TERMINAL_PATIENCE_MS;
	terminal_read(terminal, 0);
	while (!holds(terminal, arg)) {
		int64_t left = end - now_ms();
		if (left <= 0)
			return false;
		/* A condition may lie outside the terminal (a file, a process): look again now and then. */
		bool any = terminal_read(terminal, left < 20 ? (int)left : 20);
		if (needs_program && !any && terminal->ended && !holds(terminal, arg))
			return false;
	}
	return true;
}

bool terminal_wait_until(struct terminal *terminal, bool (*holds)(struct terminal *, void *),
                         void *arg)
{
	return wait_until(terminal, holds, arg, false);
}

static bool shows(struct terminal *terminal, void *text)
{
	return terminal_shows(terminal, text);
}

static bool shows_not(struct terminal *terminal, void *text)
{
	return !terminal_shows(terminal, text);
}

static bool has_ended(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal->ended;
}

static bool is_stopped(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal->stopped;
}

static bool is_continued(struct terminal *terminal, void *unused)
{
	(void)unused;
	return !terminal->stopped;
}

bool terminal_wait_for(struct terminal *terminal, const char *text)
{
	return wait_until(terminal, shows, (void *)(uintptr_t)text, true);
}

bool terminal_wait_gone(struct terminal *terminal, const char *text)
{
	return wait_until(terminal, shows_not, (void *)(uintptr_t)text, true);
}

bool terminal_wait_quiet(struct terminal *terminal, int quiet_ms)
{
	int64_t end = now_ms() + TERMINAL_PATIENCE_MS;
	while (terminal_read(terminal, quiet_ms))
		if (now_ms() >= end)
			return false;
	return true;
}

bool terminal_wait_idle(struct terminal *terminal, int idle_ms)
{
	int64_t end = now_ms() + TERMINAL_PATIENCE_MS;
	while (now_ms() < end && !terminal->ended) {
		uint64_t before = terminal_n_switches(terminal);
		terminal_pump(terminal, idle_ms);
		if (!terminal->ended && terminal_n_switches(terminal) == before)
			return true;
	}
	return false;
}

bool terminal_wait_exit(struct terminal *terminal, int *status)
{
	if (!terminal_wait_until(terminal, has_ended, NULL))
		return false;
	terminal_read(terminal, 0);
	*status = terminal->status;
	return true;
}

bool terminal_has_ended(const struct terminal *terminal)
{
	return terminal->ended;
}

bool terminal_wait_stopped(struct terminal *terminal)
{
	return wait_until(terminal, is_stopped, NULL, true);
}

bool terminal_wait_continued(struct terminal *terminal)
{
	return wait_until(terminal, is_continued, NULL, true);
}
