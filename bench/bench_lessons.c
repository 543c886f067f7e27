/* Every lesson, run to its end and opened on a screen:
 *     bench_lessons GANTTOP
 *
 * Headless: `export LESSON -f jsonl`, one process after the other, with everything that starting one costs. Opening: from starting
 * `run LESSON --step` in a pseudo-terminal of 80x24 to the last word of its first screen.
 */
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/pty.h"
#include "scenarios/scenario.h"

#define PATIENCE_MS 5000

extern char **environ;

static double run_headless(char *ganttop, const char *lesson)
{
	char *argv[] = {ganttop, "export", (char *)(uintptr_t)lesson, "-f", "jsonl", NULL};
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	uint64_t start_ns = measure_now_ns();
	if (posix_spawn(&pid, ganttop, &actions, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid)
		measure_die("run", ganttop, "it does not start");
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		measure_die("run", lesson, "it ended badly");
	return (double)(measure_now_ns() - start_ns) / 1e6;
}

/* Read until `text` has come; a screen is small, so what came before is kept. */
static void wait_for(const struct pty *pty, const char *lesson, const char *text)
{
	char seen[65536];
	size_t n = 0;
	while (n < sizeof seen - 1) {
		struct pollfd ready = {.fd = pty->fd, .events = POLLIN};
		if (poll(&ready, 1, PATIENCE_MS) != 1)
			break;
		ssize_t got = read(pty->fd, seen + n, sizeof seen - 1 - n);
		if (got <= 0)
			break;
		n += (size_t)got;
		seen[n] = '\0';
		if (memmem(seen, n, text, strlen(text)) != NULL)
			return;
	}
	measure_die("open", lesson, "no timeline came");
}

static double open_on_screen(char *ganttop, const char *lesson)
{
	char *argv[] = {ganttop, "run", (char *)(uintptr_t)lesson, "--step", NULL};
	struct pty pty;
	uint64_t start_ns = measure_now_ns();
	pty_start(&pty, 24, 80, argv, NULL);
	wait_for(&pty, lesson, "quit"); /* the last word of the screen */
	double ms = (double)(measure_now_ns() - start_ns) / 1e6;
	pty_stop(&pty);
	return ms;
}

/* From the key that changes the first parameter to the last byte of the screen that was computed anew; 0: not asked of this lesson. */
static double change_on_screen(char *ganttop, const struct scenario *scenario)
{
	char *argv[] = {ganttop,   "run",     (char *)(uintptr_t)scenario->name,
	                "--clock", "virtual", NULL};
	struct pty pty;
	size_t bytes;
	if (scenario->n_params == 0 || scenario->needs_real_clock)
		return 0;
	pty_start(&pty, 24, 80, argv, NULL);
	wait_for(&pty, scenario->name, "quit");
	pty_drain(&pty, 300, 30);
	pty_key_ns(&pty, "v", &bytes);
	pty_drain(&pty, 300, 30);
	/* up, and down again where the default is the highest */
	const struct scn_param *param = &scenario->params[0];
	uint64_t ns = pty_key_ns(&pty, param->value < param->max ? "l" : "h", &bytes);
	pty_stop(&pty);
	if (ns == 0)
		measure_die("change", scenario->name, "nothing was painted");
	return (double)ns / 1e6;
}

/* Every lesson's what-if, and the slowest by name. */
static void measure_changes(char *ganttop)
{
	struct samples changed = {0};
	double slowest_ms = 0;
	const char *slowest = "";
	for (size_t i = 0; i < scn_count(); i++) {
		double ms = change_on_screen(ganttop, scn_at(i));
		if (ms == 0)
			continue;
		samples_add(&changed, ms);
		if (ms > slowest_ms) {
			slowest_ms = ms;
			slowest = scn_at(i)->name;
		}
	}
	measure_row("what if: a key to the timeline made anew, median",
	            samples_quantile(&changed, 0.5), "ms", "of %zu lessons", changed.n);
	measure_row("the slowest", slowest_ms, "ms", "%s; at most 50", slowest);
	samples_fini(&changed);
}

int main(int argc, char **argv)
{
	struct samples headless = {0}, opened = {0};
	double sum_ms = 0, slowest_ms = 0, ms;
	const char *slowest = "";
	if (argc != 2)
		measure_die("measure", "nothing", "usage: bench_lessons GANTTOP");
	for (size_t i = 0; i < scn_count(); i++) {
		ms = run_headless(argv[1], scn_at(i)->name);
		samples_add(&headless, ms);
		sum_ms += ms;
	}
	for (size_t i = 0; i < scn_count(); i++) {
		ms = open_on_screen(argv[1], scn_at(i)->name);
		samples_add(&opened, ms);
		if (ms > slowest_ms) {
			slowest_ms = ms;
			slowest = scn_at(i)->name;
		}
	}
	measure_row("all lessons headless", sum_ms, "ms",
	            "%zu of them; must be below 5000; p50 %.1f", headless.n,
	            samples_quantile(&headless, 0.5));
	measure_row("opening a lesson", samples_quantile(&opened, 0.5), "ms",
	            "slowest %.1f (%s); must be at most 100", slowest_ms, slowest);
	samples_fini(&headless);
	samples_fini(&opened);
	measure_changes(argv[1]);
	return 0;
}
