/* What the tests of this folder share: start, expect, end. */
#include "tests/pty/session.h"

#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_ARGS 14

/* For the alarm, which has no other way to know; the tests of one program run one after the other. */
static struct terminal *watched;

/* The waits of the test have their own limits, so this is a defect of the test or a program that writes without end;
 * what is printed here is worth more than async-signal-safety. */
static void on_alarm(int number)
{
	(void)number;
	fprintf(stderr, "the test did not end within %d s\n", SESSION_LIMIT_S);
	if (watched)
		terminal_dump(watched);
	_exit(1);
}

int session_setup(void **state)
{
	struct session *session = calloc(1, sizeof *session);
	if (!session)
		return -1;
	snprintf(session->dir, sizeof session->dir, "/tmp/ganttop-session-XXXXXX");
	if (!mkdtemp(session->dir)) {
		free(session);
		return -1;
	}
	snprintf(session->path, sizeof session->path, "%s/recording.gtt", session->dir);
	signal(SIGALRM, on_alarm);
	alarm(SESSION_LIMIT_S);
	*state = session;
	return 0;
}

int session_teardown(void **state)
{
	struct session *session = *state;
	watched = NULL;
	terminal_destroy(session->terminal);
	remove(session->path);
	rmdir(session->dir);
	free(session);
	alarm(0);
	return 0;
}

const char *session_program(void)
{
	static char path[PATH_MAX];
	const char *named = getenv("GANTTOP");
	if (!path[0] && !realpath(named ? named : "./ganttop", path)) {
		fprintf(stderr, "no program to test: %s\n", named ? named : "./ganttop");
		exit(1);
	}
	return path;
}

struct terminal *session_start_program(struct session *session, int rows, int cols,
                                       const char *const env[], const char *const argv[])
{
	struct terminal_options options = {.rows = rows, .cols = cols, .argv = argv, .env = env};
	watched = NULL;
	terminal_destroy(session->terminal);
	session->terminal = terminal_start(&options);
	assert_non_null(session->terminal);
	watched = session->terminal;
	return session->terminal;
}

struct terminal *session_start(struct session *session, int rows, int cols, const char *const env[],
                               const char *const args[])
{
	const char *argv[MAX_ARGS + 2] = {session_program()};
	for (size_t i = 0; args && args[i]; i++) {
		assert_true(i < MAX_ARGS);
		argv[i + 1] = args[i];
	}
	return session_start_program(session, rows, cols, env, argv);
}

static bool is_there(struct terminal *terminal, void *path)
{
	(void)terminal;
	return !access(path, R_OK);
}

struct terminal *session_run(struct session *session, int rows, int cols, const char *lesson,
                             const char *const args[])
{
	const char *all[MAX_ARGS + 1] = {"run", lesson, "-o", session->path};
	for (size_t i = 0; args && args[i]; i++) {
		assert_true(i + 4 < MAX_ARGS);
		all[i + 4] = args[i];
	}
	remove(session->path);
	struct terminal *terminal = session_start(session, rows, cols, NULL, all);
	expect_lane(terminal, "main");
	expect(terminal, terminal_wait_until(terminal, is_there, session->path));
	return terminal;
}

void session_quit(struct terminal *terminal)
{
	int status = 0;
	terminal_type(terminal, "q");
	bool ended = terminal_wait_exit(terminal, &status);
	expect(terminal, ended);
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 0);
	expect(terminal, terminal_not_restored(terminal) == NULL);
}

void session_expect(struct terminal *terminal, bool condition, const char *what, const char *file,
                    int line)
{
	if (condition)
		return;
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	terminal_dump(terminal);
	_fail(file, line);
}

/* Rows of both screens, one above the other where they differ. */
static void print_both(const char *before, const char *after)
{
	while (*before || *after) {
		size_t n = strcspn(before, "\n"), m = strcspn(after, "\n");
		bool same = n == m && !memcmp(before, after, n);
		fprintf(stderr, "%s|%.*s\n", same ? "  " : "< ", (int)n, before);
		if (!same)
			fprintf(stderr, "> |%.*s\n", (int)m, after);
		before += n + (before[n] == '\n');
		after += m + (after[m] == '\n');
	}
}

void session_expect_same(const char *before, const char *after, bool same, const char *file,
                         int line)
{
	if ((strcmp(before, after) == 0) == same)
		return;
	fprintf(stderr, "%s:%d: the screens should %s\n", file, line,
	        same ? "be equal" : "not be equal");
	print_both(before, after);
	_fail(file, line);
}

static bool has_mode(struct terminal *terminal, void *word)
{
	char head[2048];
	terminal_row(terminal, 0, head, sizeof head);
	return strstr(head, word) != NULL;
}

void session_expect_mode(struct terminal *terminal, const char *word, const char *file, int line)
{
	char what[80];
	snprintf(what, sizeof what, "the top of the screen says: %s", word);
	session_expect(terminal, terminal_wait_until(terminal, has_mode, (void *)(uintptr_t)word),
	               what, file, line);
}

/* A lane's row begins with its name, perhaps after a mark, and no words follow at once: sentences and log lines
 * differ in that. */
static bool is_lane(const char *row, const char *name)
{
	const char *at = strstr(row, name);
	if (!at)
		return false;
	for (const char *c = row; c < at; c++)
		if (isalnum((unsigned char)*c))
			return false;
	at += strlen(name);
	return !isalnum((unsigned char)at[0]) && (!at[0] || !isalnum((unsigned char)at[1]));
}

int session_lane_row(struct terminal *terminal, const char *name)
{
	char text[4096];
	int rows = 0, cols = 0;
	terminal_size(terminal, &rows, &cols);
	for (int row = 1; row < rows; row++) {
		terminal_row(terminal, row, text, sizeof text);
		if (is_lane(text, name))
			return row;
	}
	return -1;
}

static bool has_lane(struct terminal *terminal, void *name)
{
	return session_lane_row(terminal, name) >= 0;
}

void session_expect_lane(struct terminal *terminal, const char *name, const char *file, int line)
{
	char what[80];
	snprintf(what, sizeof what, "there is a lane: %s", name);
	session_expect(terminal, terminal_wait_until(terminal, has_lane, (void *)(uintptr_t)name),
	               what, file, line);
}

void session_expect_exit(struct terminal *terminal, int exit_status, const char *file, int line)
{
	char what[160];
	int status = 0;
	bool ended = terminal_wait_exit(terminal, &status);
	session_expect(terminal, ended, "the program has ended", file, line);
	snprintf(what, sizeof what, "exit status %d (waitpid said 0x%x)", exit_status,
	         (unsigned)status);
	session_expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == exit_status, what,
	               file, line);
	const char *missing = terminal_not_restored(terminal);
	snprintf(what, sizeof what, "restored at the end: %s", missing ? missing : "");
	session_expect(terminal, missing == NULL, what, file, line);
}
