/* Starting, awaiting and ending the lesson's process.
 *
 * Rejected: fork without exec. The lesson would run on top of a viewer's memory, threads and terminal, and a
 * sanitizer or a debugger would see two programs in one.
 */
#include "viz/run/child.h"

#include <errno.h>
#include <inttypes.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "trace/vocabulary.h"
#include "viz/options/options.h"
#include "viz/files/rescue.h"
#include "viz/files/temporary.h"

#define PATIENCE_MS 300 /* between SIGTERM and SIGKILL */
#define VALUE_BYTES 128
#define WORDS_MAX   (18 + 2 * SCN_PARAMS_MAX)

/* The arguments of the child, with room for those that have to be written. */
struct words {
	const char *argv[WORDS_MAX];
	size_t n;
	char speed[32], seed[32], ring[32];
	char settings[SCN_PARAMS_MAX][VALUE_BYTES];
};

static void add(struct words *words, const char *word)
{
	words->argv[words->n++] = word;
	words->argv[words->n] = NULL;
}

static void add_pair(struct words *words, const char *option, const char *value)
{
	add(words, option);
	add(words, value);
}

static void make_words(struct words *words, const struct scn_run *run, const char *log)
{
	const struct scenario *scenario = run->args.scenario;
	words->n = 0;
	add(words, "ganttop");
	add_pair(words, viz_command_row(VIZ_COMMAND_CHILD)->name, scenario->name);
	add_pair(words, "--record", log);
	add_pair(words, "--clock", trace_clock_name(run->clock));
	snprintf(words->speed, sizeof words->speed, "%" PRIu32 ".%06" PRIu32,
	         run->speed_ppm / 1000000u, run->speed_ppm % 1000000u);
	add_pair(words, "--speed", words->speed);
	snprintf(words->seed, sizeof words->seed, "%" PRIu64, run->seed);
	add_pair(words, "--seed", words->seed);
	if (run->ring_bytes != 0) {
		snprintf(words->ring, sizeof words->ring, "%" PRIu64, run->ring_bytes);
		add_pair(words, "--ring", words->ring);
	}
	if (run->policy != NULL)
		add_pair(words, "--policy", run->policy);
	if (run->hold)
		add(words, "--step");
	for (size_t i = 0; i < scenario->n_params; i++) {
		snprintf(words->settings[i], VALUE_BYTES, "%s=%" PRId64, scenario->params[i].name,
		         run->args.values[i]);
		add_pair(words, "--set", words->settings[i]);
	}
}

/* In the new process: its own group (so that the terminal's keys do not reach it), no terminal, no inherited signals. */
static _Noreturn void become_child(const struct words *words, const char *program, pid_t parent,
                                   int errors, const struct viz_temporary *temporary)
{
	sigset_t none;
	int nothing = open("/dev/null", O_RDWR);
	setpgid(0, 0);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
#else
	(void)parent;
#endif
	if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 ||
	    dup2(errors > 0 ? errors : nothing, 2) < 0)
		_exit(127);
	viz_temporary_hand_on(temporary);
	for (int signal = 1; signal < 32; signal++)
		if (signal != SIGKILL && signal != SIGSTOP)
			sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* exec takes pointers to what it does not change. */
	execv("/proc/self/exe", (char *const *)(uintptr_t)words->argv);
	execvp(program, (char *const *)(uintptr_t)words->argv);
	_exit(127);
}

static int prepare_log(struct viz_child *child, const char *out, struct viz_problem *problem)
{
	if (out == NULL) {
		const char *ending = child->is_ring ? ".turn" : NULL; /* where a turn writes */
		if (viz_temporary_create(&child->temporary, ending, problem) != 0)
			return -1;
		memcpy(child->log, child->temporary.path, sizeof child->log);
		memcpy(child->place, child->temporary.folder, sizeof child->place);
		return 0;
	}
	if (strlen(out) >= sizeof child->log) {
		viz_problem_set(problem, "cannot write '%s': name too long", out);
		return -1;
	}
	memcpy(child->log, out, strlen(out) + 1);
	return viz_temporary_replace(out, problem);
}

int viz_child_start(struct viz_child *child, const char *program, const struct scn_run *run,
                    const char *out, struct viz_problem *problem)
{
	struct words words;
	pid_t parent = getpid();
	int errors[2];
	*child = (struct viz_child)VIZ_CHILD_INIT;
	child->is_ring = run->ring_bytes != 0;
	if (prepare_log(child, out, problem) != 0)
		return -1;
	make_words(&words, run, child->log);
	/* A pipe that never makes anyone wait: a lesson that says more than fits is not held up by it. */
	if (pipe2(errors, O_NONBLOCK | O_CLOEXEC) != 0)
		errors[0] = errors[1] = 0;
	child->errors = errors[0];
	fflush(NULL);
	child->pid = fork();
	if (child->pid == 0)
		become_child(&words, program, parent, errors[1], &child->temporary);
	if (errors[1] > 0)
		close(errors[1]);
	if (child->pid < 0) {
		viz_problem_set(problem, "cannot start the lesson: %s", strerror(errno));
		child->pid = 0;
		viz_child_stop(child);
		return -1;
	}
	viz_rescue_child(child->pid);
	return 0;
}

bool viz_child_reap(struct viz_child *child, bool wait)
{
	pid_t pid;
	if (child->pid == 0)
		return child->ended;
	do {
		pid = waitpid(child->pid, &child->status, wait ? 0 : WNOHANG);
	} while (pid < 0 && errno == EINTR);
	if (pid != child->pid)
		return false;
	viz_rescue_child(0);
	child->pid = 0;
	child->ended = true;
	return true;
}

void viz_child_unlink(struct viz_child *child)
{
	viz_temporary_drop(&child->temporary);
}

void viz_child_stop(struct viz_child *child)
{
	if (child->pid != 0 && !viz_child_reap(child, false)) {
		kill(child->pid, SIGTERM);
		/* A stopped process takes no signal but SIGKILL until it continues. */
		kill(child->pid, SIGCONT);
		for (int ms = 0; ms < PATIENCE_MS && !viz_child_reap(child, false); ms += 2)
			nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
		if (child->pid != 0)
			kill(child->pid, SIGKILL);
		viz_child_reap(child, true);
	}
	viz_child_unlink(child);
	if (child->errors > 0)
		close(child->errors);
	child->errors = 0;
}

int viz_child_status(const struct viz_child *child)
{
	return child->ended && child->status != 0 ? VIZ_EXIT_FAILED : VIZ_EXIT_OK;
}

bool viz_child_was_killed(const struct viz_child *child)
{
	return child->ended && WIFSIGNALED(child->status);
}

static const char *signal_name(int signal)
{
	static const struct {
		int number;
		const char *name;
	} names[] = {
	        {SIGKILL, "SIGKILL"}, {SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"},
	        {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},
	        {SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"},   {SIGHUP, "SIGHUP"},
	        {SIGPIPE, "SIGPIPE"}, {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"},
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].number == signal)
			return names[i].name;
	return strsignal(signal);
}

/* The last line that is not empty; what comes before our own "ganttop: " goes too. */
static void last_line(int fd, char *text, size_t text_bytes)
{
	char bytes[4096], line[1024];
	size_t n_line = 0;
	ssize_t n;
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] != '\n' && n_line < sizeof line - 1) {
				line[n_line++] = bytes[i];
				continue;
			}
			line[n_line] = '\0';
			const char *from = strncmp(line, "ganttop: ", 9) == 0 ? line + 9 : line;
			if (*from != '\0')
				snprintf(text, text_bytes, "%s", from);
			n_line = 0;
		}
}

/* A temporary log is nothing that the user knows; the folder that it is in may be full. */
static void name_place(const struct viz_child *child, char *text, size_t text_bytes)
{
	char copy[1024];
	const char *at = child->place[0] != '\0' ? strstr(text, child->log) : NULL;
	if (at == NULL)
		return;
	snprintf(copy, sizeof copy, "%.*s%.200s%s", (int)(at - text), text, child->place,
	         at + strlen(child->log));
	snprintf(text, text_bytes, "%s", copy);
}

bool viz_child_report(const struct viz_child *child, char *text, size_t text_bytes)
{
	text[0] = '\0';
	if (!child->ended)
		return false;
	if (WIFSIGNALED(child->status)) {
		int signal = WTERMSIG(child->status);
		snprintf(text, text_bytes, "the program was killed by signal %d (%s)", signal,
		         signal_name(signal));
		return true;
	}
	if (child->errors > 0)
		last_line(child->errors, text, text_bytes);
	name_place(child, text, text_bytes);
	if (text[0] == '\0' && WEXITSTATUS(child->status) > 1)
		snprintf(text, text_bytes, "the program ended with status %d",
		         WEXITSTATUS(child->status));
	return text[0] != '\0';
}
