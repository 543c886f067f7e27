/* What a program costs that has nothing to do: bench_idle LABEL SECONDS KEYS PROGRAM ARGUMENTS...
 *
 * Starts the program in a pseudo-terminal of 200x50, types KEYS ("-": none; words are typed one after the other), and
 * counts for SECONDS the CPU time of the program and its children, as /proc/PID/stat tells it in ticks, and in
 * nanoseconds from schedstat, because a tick of 10 ms hides much; the times that they were woken; and the bytes.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/pty.h"

struct usage {
	unsigned long ticks, wakes;
	unsigned long long ns;
	unsigned n_processes;
};

/* Read a file of /proc; "" when the process is gone. */
static void read_proc(char *text, size_t n_bytes, long pid, const char *name)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%ld/%s", pid, name);
	FILE *file = fopen(path, "r");
	size_t n = file ? fread(text, 1, n_bytes - 1, file) : 0;
	text[n] = '\0';
	if (file)
		fclose(file);
}

/* Return the word `index` of a stat line, counted from 1, where the name in parentheses is the second. */
static unsigned long stat_word(const char *line, int index)
{
	const char *at = strrchr(line, ')');
	for (int i = 2; at && i < index; i++)
		at = strchr(at + 1, ' ');
	return at ? strtoul(at, NULL, 10) : 0;
}

static void add_process(struct usage *usage, long pid)
{
	char text[8192];

	read_proc(text, sizeof text, pid, "stat");
	usage->ticks += stat_word(text, 14) + stat_word(text, 15);
	read_proc(text, sizeof text, pid, "schedstat");
	usage->ns += strtoull(text, NULL, 10);
	read_proc(text, sizeof text, pid, "status");
	const char *wakes = strstr(text, "\nvoluntary_ctxt_switches:");
	usage->wakes += wakes ? strtoul(wakes + strlen("\nvoluntary_ctxt_switches:"), NULL, 10) : 0;
	usage->n_processes++;
}

/* Add up the process and everything that it has started. */
static struct usage add_family(long root)
{
	struct usage usage = {0};
	char text[8192];
	DIR *proc = opendir("/proc");

	if (!proc)
		measure_die("read", "/proc", strerror(errno));
	for (struct dirent *entry; (entry = readdir(proc));) {
		long pid = strtol(entry->d_name, NULL, 10);
		long ancestor = pid;
		while (ancestor > 1 && ancestor != root) {
			read_proc(text, sizeof text, ancestor, "stat");
			ancestor = (long)stat_word(text, 4);
		}
		if (pid > 0 && ancestor == root)
			add_process(&usage, pid);
	}
	closedir(proc);
	return usage;
}

int main(int argc, char **argv)
{
	struct pty pty;

	if (argc < 5)
		measure_die("measure", "nothing",
		            "usage: bench_idle LABEL SECONDS KEYS PROGRAM...");
	int seconds = (int)strtol(argv[2], NULL, 10);
	pty_start(&pty, 50, 200, argv + 4, NULL);
	pty_drain(&pty, 1000, 0);
	char *rest = argv[3];
	for (char *key; strcmp(argv[3], "-") != 0 && (key = strtok_r(rest, " ", &rest));) {
		if (write(pty.fd, strcmp(key, "space") == 0 ? " " : key,
		          strcmp(key, "space") == 0 ? 1 : strlen(key)) < 0)
			measure_die("type into", argv[4], strerror(errno));
		pty_drain(&pty, 500, 0);
	}
	pty_drain(&pty, 1000, 0);
	struct usage before = add_family(pty.pid);
	size_t n_bytes = pty_drain(&pty, seconds * 1000, 0);
	struct usage after = add_family(pty.pid);
	pty_stop(&pty);
	if (after.n_processes == 0)
		measure_die("watch", argv[4], "it has ended");
	measure_row(argv[1], (double)(after.ticks - before.ticks), "ticks",
	            "in %d s, %u processes; %.3f ms, %lu wakeups, %zu bytes", seconds,
	            after.n_processes, (double)(after.ns - before.ns) / 1e6,
	            after.wakes - before.wakes, n_bytes);
	return 0;
}
