/* What the viewer makes of its child: killed, blocked, finished; and what it costs to look at it. */
#include "tests/pty/recording.h"
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char *const slowly[] = {"--set", "hold=60000", NULL};

static bool has_writer(struct terminal *terminal, void *path)
{
	(void)terminal;
	return recording_writer(path) > 0;
}

static bool screen_differs(struct terminal *terminal, void *screen)
{
	char *now = terminal_screen(terminal);
	bool differs = strcmp(now, screen) != 0;
	free(now);
	return differs;
}

static void killed__sigkill_while_watched__the_screen_says_so_and_keeps_all(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = session_run(session, 24, 80, "semaphore", slowly);
	int status = 0;
	expect_lane(terminal, "Task 4");
	expect_text(terminal, "Acquired semaphore");
	expect(terminal, terminal_wait_until(terminal, has_writer, session->path));
	pid_t child = recording_writer(session->path);
	expect(terminal, terminal_children(terminal, &child, 1) == 1);
	kill(child, SIGKILL);
	expect_text(terminal, WORDS_KILLED);
	expect_lane(terminal, "Task 0");
	expect_lane(terminal, "Task 4");
	expect_text(terminal, "Acquired semaphore");
	/* it is still a recording to walk in */
	terminal_type(terminal, "\x7f\x7f");
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "q");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	expect(terminal, terminal_not_restored(terminal) == NULL);
}

static void killed__other_signals__are_named(void **state)
{
	static const struct {
		int number;
		const char *name;
	} rows[] = {{SIGABRT, "SIGABRT"}, {SIGTERM, "SIGTERM"}, {SIGSEGV, "SIGSEGV"}};
	const char *flavour = getenv("FLAVOUR");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].number == SIGSEGV && flavour && strcmp(flavour, "release") != 0)
			continue; /* a sanitizer makes an exit of it */
		struct terminal *terminal = session_run(*state, 24, 100, "semaphore", slowly);
		pid_t child = 0;
		expect_lane(terminal, "Task 4");
		expect(terminal, terminal_children(terminal, &child, 1) == 1);
		kill(child, rows[i].number);
		expect(terminal, terminal_wait_for(terminal, rows[i].name));
		expect_lane(terminal, "Task 4");
	}
}

static void killed__while_held__the_screen_says_so(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "semaphore", (const char *[]){"--step", NULL});
	pid_t child = 0;
	expect_mode(terminal, WORDS_HELD);
	expect(terminal, terminal_children(terminal, &child, 1) == 1);
	kill(child, SIGKILL);
	expect_text(terminal, WORDS_KILLED);
}

static void stopped__child_gets_sigstop__the_viewer_lives(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore", slowly);
	pid_t child = 0;
	expect_lane(terminal, "Task 4");
	expect(terminal, terminal_children(terminal, &child, 1) == 1);
	kill(child, SIGSTOP);
	terminal_type(terminal, "?");
	expect_text(terminal, WORDS_HELP);
	terminal_type(terminal, "?");
	session_quit(terminal);
	expect(terminal, terminal_children(terminal, NULL, 0) == 0);
}

static void blocked__the_loop_does_not_turn__the_screen_goes_on_and_names_the_blocker(void **state)
{
	struct session *session = *state;
	struct terminal *terminal =
	        session_run(session, 24, 80, "blocking",
	                    (const char *[]){"--set", "at=0", "--set", "block=60000", "--set",
	                                     "ticks=2", NULL});
	expect_text(terminal, "begins to compute");
	expect_text(terminal, "block");
	size_t before = recording_count(session->path, TRACE_STATE, 0);
	for (int i = 0; i < 3; i++) {
		char *screen = terminal_screen(terminal);
		expect(terminal, terminal_wait_until(terminal, screen_differs, screen));
		free(screen);
	}
	/* named while it is still blocking: no state has been recorded since */
	int row = terminal_find(terminal, "report");
	expect(terminal, row >= 0);
	assert_int_equal(before, recording_count(session->path, TRACE_STATE, 0));
	session_quit(terminal);
}

static bool has_no_child(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal_children(terminal, NULL, 0) == 0;
}

static void finished__to_its_end__says_so_and_leaves_no_child(void **state)
{
	struct session *session = *state;
	struct terminal *terminal =
	        session_run(session, 24, 80, "semaphore", (const char *[]){"--speed", "5", NULL});
	expect_mode(terminal, WORDS_ENDED);
	expect_text(terminal, "900");
	expect(terminal, terminal_wait_until(terminal, has_no_child, NULL));
	session_quit(terminal);
	assert_int_equal(900000000u, recording_end_ns(session->path));
}

static void expect_idle(struct terminal *terminal)
{
	expect(terminal, terminal_wait_quiet(terminal, 300));
	uint64_t before = terminal_cpu_ticks(terminal);
	terminal_pump(terminal, 1000);
	expect(terminal, terminal_cpu_ticks(terminal) <= before + 1);
}

static void idle__paused_finished_or_in_the_menu__no_processor_time(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore", slowly);
	expect_mode(terminal, WORDS_PLAYING);
	terminal_type(terminal, " ");
	expect_mode(terminal, WORDS_HELD);
	expect_idle(terminal);
	session_quit(terminal);
	terminal =
	        session_run(*state, 24, 80, "semaphore", (const char *[]){"--speed", "10", NULL});
	expect_mode(terminal, WORDS_ENDED);
	expect_idle(terminal);
	session_quit(terminal);
	terminal = session_start(*state, 24, 80, NULL, NULL);
	expect_text(terminal, WORDS_MENU);
	expect_idle(terminal);
	session_quit(terminal);
}

/* A second viewer of the same recording. */
static struct terminal *look_too(const struct session *session)
{
	const char *const argv[] = {session_program(), "view", session->path, NULL};
	struct terminal *second =
	        terminal_start(&(struct terminal_options){.rows = 24, .cols = 80, .argv = argv});
	assert_non_null(second);
	return second;
}

/* Returns whether it ended well. */
static bool leave(struct terminal *second)
{
	int status = -1;
	terminal_type(second, "q");
	bool ended = terminal_wait_exit(second, &status);
	if (!ended)
		terminal_dump(second);
	terminal_destroy(second);
	return ended && status == 0;
}

static void view__a_recording_that_grows__is_followed(void **state)
{
	struct session *session = *state;
	struct terminal *first =
	        session_run(session, 24, 80, "semaphore", (const char *[]){"--speed", "0.5", NULL});
	expect_text(first, "Acquired semaphore");
	struct terminal *second = look_too(session);
	bool followed = terminal_wait_for(second, "Releasing semaphore");
	if (!followed)
		terminal_dump(second);
	assert_true(leave(second));
	assert_true(followed);
	/* its leaving did not disturb the run */
	expect_mode(first, WORDS_ENDED);
	assert_int_equal(900000000u, recording_end_ns(session->path));
	session_quit(first);
}

/* Nobody knows the lesson of a recording that others make: its keys are no keys there. */
static void view__of_a_run_of_others__lives_through_the_keys_of_a_lesson(void **state)
{
	struct session *session = *state;
	struct terminal *first =
	        session_run(session, 24, 80, "semaphore", (const char *[]){"--speed", "0.1", NULL});
	expect_text(first, "Acquired semaphore");
	struct terminal *second = look_too(session);
	bool lives = terminal_wait_for(second, WORDS_PLAYING);
	for (const char *key = "ervcnpi"; lives && *key != '\0'; key++) {
		char text[] = {*key, '\0'}, said[] = "? does nothing here";
		said[0] = *key;
		terminal_type(second, text);
		lives = terminal_wait_for(second, said);
	}
	if (!lives)
		terminal_dump(second);
	assert_true(leave(second));
	assert_true(lives);
	session_quit(first);
}

static void view__holds_the_run_and_leaves__the_run_goes_on(void **state)
{
	struct session *session = *state;
	struct terminal *first =
	        session_run(session, 24, 80, "semaphore", (const char *[]){"--speed", "0.2", NULL});
	expect_text(first, "Acquired semaphore");
	struct terminal *second = look_too(session);
	bool seen = terminal_wait_for(second, WORDS_PLAYING);
	terminal_type(second, " ");
	bool held = terminal_wait_for(second, WORDS_HELD);
	if (!seen || !held)
		terminal_dump(second);
	assert_true(leave(second));
	assert_true(seen && held);
	expect_mode(first, WORDS_ENDED);
	session_quit(first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(killed__sigkill_while_watched__the_screen_says_so_and_keeps_all),
	        session_test(killed__other_signals__are_named),
	        session_test(killed__while_held__the_screen_says_so),
	        session_test(stopped__child_gets_sigstop__the_viewer_lives),
	        session_test(
	                blocked__the_loop_does_not_turn__the_screen_goes_on_and_names_the_blocker),
	        session_test(finished__to_its_end__says_so_and_leaves_no_child),
	        session_test(idle__paused_finished_or_in_the_menu__no_processor_time),
	        session_test(view__a_recording_that_grows__is_followed),
	        session_test(view__of_a_run_of_others__lives_through_the_keys_of_a_lesson),
	        session_test(view__holds_the_run_and_leaves__the_run_goes_on),
	};
	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
