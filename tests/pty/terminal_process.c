/* Processes: who descends from the program, and how much processor time it took, as /proc tells.
 *
 * Descendants are known by a mark in their environment rather than by their parent, because what a program leaves
 * behind has lost its parent.
 */
#include "tests/pty/terminal_private.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Returns how many bytes were read, the text is ended. */
static size_t read_file(const char *path, char *text, size_t text_bytes)
{
	size_t n = 0;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file >= 0) {
		ssize_t got = 0;
		while (n + 1 < text_bytes && (got = read(file, text + n, text_bytes - 1 - n)) > 0)
			n += (size_t)got;
		close(file);
	}
	text[n] = '\0';
	return n;
}

static bool is_marked(const struct terminal *terminal, pid_t pid)
{
	char path[64], text[16384], wanted[TERMINAL_MARK_BYTES + 32];
	snprintf(path, sizeof path, "/proc/%ld/environ", (long)pid);
	snprintf(wanted, sizeof wanted, "GANTTOP_TEST_TERMINAL=%s", terminal->mark);
	size_t n = read_file(path, text, sizeof text);
	for (size_t at = 0; at < n; at += strlen(text + at) + 1)
		if (!strcmp(text + at, wanted))
			return true;
	return false;
}

size_t terminal_children(const struct terminal *terminal, pid_t pids[], size_t max)
{
	size_t n = 0;
	DIR *proc = opendir("/proc");
	if (!proc)
		abort();
	for (struct dirent *entry = readdir(proc); entry; entry = readdir(proc)) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		if (pid <= 0 || pid == terminal->program || !is_marked(terminal, pid))
			continue;
		if (n < max)
			pids[n] = pid;
		n++;
	}
	closedir(proc);
	return n;
}

void terminal_kill_marked(const struct terminal *terminal)
{
	pid_t pids[64];
	if (!terminal->ended)
		kill(terminal->program, SIGKILL);
	size_t n = terminal_children(terminal, pids, 64);
	for (size_t i = 0; i < n && i < 64; i++)
		kill(pids[i], SIGKILL);
}

pid_t terminal_pid(const struct terminal *terminal)
{
	return terminal->program;
}

uint64_t terminal_cpu_ticks(const struct terminal *terminal)
{
	char path[64], text[2048];
	uint64_t user = 0, system = 0;
	snprintf(path, sizeof path, "/proc/%ld/stat", (long)terminal->program);
	read_file(path, text, sizeof text);
	/* utime and stime are fields 14 and 15; the name, field 2, may hold blanks and brackets */
	const char *rest = strrchr(text, ')');
	if (!rest ||
	    sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64,
	           &user, &system) != 2)
		abort();
	return user + system;
}

uint64_t terminal_n_switches(const struct terminal *terminal)
{
	char path[64], text[4096];
	uint64_t own = 0, forced = 0;
	snprintf(path, sizeof path, "/proc/%ld/status", (long)terminal->program);
	read_file(path, text, sizeof text);
	const char *line = strstr(text, "\nvoluntary_ctxt_switches:");
	if (!line ||
	    sscanf(line,
	           " voluntary_ctxt_switches: %" SCNu64 " nonvoluntary_ctxt_switches: %" SCNu64,
	           &own, &forced) != 2)
		abort();
	return own + forced;
}
