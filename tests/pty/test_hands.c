/* Hands on a real terminal: the mouse, pasted text, typed searches, the user's own keys, the narration. */
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Record a lesson under the virtual clock and look at the file. */
static struct terminal *view(struct session *session, const char *const env[], const char *option)
{
	int status = 0;
	struct terminal *terminal = session_start(session, 24, 80, NULL,
	                                          (const char *[]){"run", "semaphore", "--plain",
	                                                           "-o", session->path, NULL});
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return session_start(session, 24, 80, env,
	                     (const char *[]){"view", session->path, option, NULL});
}

/* The mouse as xterm reports it: button code, place from 0, pressed or let go. */
static void mouse(struct terminal *terminal, int button, int row, int col, char how)
{
	char bytes[40];
	snprintf(bytes, sizeof bytes, "\033[<%d;%d;%d%c", button, col + 1, row + 1, how);
	terminal_type(terminal, bytes);
}

static void mouse__dragged_on_the_ruler__shows_how_long(void **state)
{
	struct terminal *terminal = view(*state, NULL, NULL);
	expect_lane(terminal, "Task 4");
	int row = terminal_find(terminal, "time ms");
	mouse(terminal, 0, row, 20, 'M');
	mouse(terminal, 32, row, 30, 'M');
	expect_text(terminal, "├");
	expect_text(terminal, " ms ");
	mouse(terminal, 0, row, 30, 'm');
	terminal_type(terminal, "\033");
	expect_no_text(terminal, "├");
	session_quit(terminal);
}

static void mouse__dragged_in_the_lanes__pans(void **state)
{
	struct terminal *terminal = view(*state, NULL, NULL);
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "\033[Hwwww");
	expect(terminal, terminal_wait_quiet(terminal, 150));
	char *before = terminal_screen(terminal);
	int row = session_lane_row(terminal, "Task 2");
	mouse(terminal, 0, row, 40, 'M');
	mouse(terminal, 32, row, 20, 'M');
	mouse(terminal, 0, row, 20, 'm');
	expect(terminal, terminal_wait_quiet(terminal, 150));
	char *after = terminal_screen(terminal);
	expect_other(before, after);
	free(before);
	free(after);
	session_quit(terminal);
}

/* The older form, of three characters: screen, tmux and rxvt send it. */
static void mouse_x10(struct terminal *terminal, int button, int row, int col)
{
	const char bytes[] = {'\033',          '[', 'M', (char)(32 + button), (char)(33 + col),
	                      (char)(33 + row)};
	terminal_write(terminal, bytes, sizeof bytes);
}

static void mouse__x10_form__clicks_drags_and_releases(void **state)
{
	struct terminal *terminal =
	        view(*state, (const char *[]){"TERM=screen-256color", NULL}, NULL);
	expect_lane(terminal, "Task 4");
	mouse_x10(terminal, 0, session_lane_row(terminal, "Task 2"), 3);
	mouse_x10(terminal, 3, session_lane_row(terminal, "Task 2"), 3);
	expect_text(terminal, " Task 2 ");
	int row = terminal_find(terminal, "time ms");
	mouse_x10(terminal, 0, row, 20);
	mouse_x10(terminal, 32, row, 30);
	expect_text(terminal, "├");
	mouse_x10(terminal, 3, row, 30);
	mouse_x10(terminal, 35, row, 50); /* moves on with no button: measures no further */
	terminal_type(terminal, "\033");
	expect_no_text(terminal, "├");
	session_quit(terminal);
}

/* curses reads on after a report that it has no use for, and would wait for a key. */
static void mouse__x10_form_of_buttons_without_use__the_program_goes_on(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, (const char *[]){"TERM=screen-256color", NULL},
	                      (const char *[]){"run", "semaphore", "--speed", "0.5", NULL});
	expect_lane(terminal, "Task 4");
	mouse_x10(terminal, 1, 9, 30);
	/* nothing is typed from here on */
	expect_mode(terminal, WORDS_ENDED);
	session_quit(terminal);
}

static void paste__of_keys__does_nothing(void **state)
{
	struct terminal *terminal = view(*state, NULL, NULL);
	expect_lane(terminal, "Task 4");
	expect(terminal, terminal_wait_quiet(terminal, 150));
	char *before = terminal_screen(terminal);
	terminal_type(terminal, "\033[200~qqwwjj?\r\033[201~");
	expect(terminal, terminal_wait_quiet(terminal, 200));
	expect(terminal, !terminal_has_ended(terminal));
	char *after = terminal_screen(terminal);
	expect_same(before, after);
	free(before);
	free(after);
	terminal_type(terminal, "/");
	terminal_type(terminal, "\033[200~Task 3\033[201~");
	expect_text(terminal, "/Task 3");
	terminal_type(terminal, "\r");
	expect_no_text(terminal, "/Task 3");
	expect_text(terminal, "Task 3 is done");
	session_quit(terminal);
}

static void search__and_filter__find_lanes(void **state)
{
	struct terminal *terminal = view(*state, NULL, NULL);
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "/permits\r");
	expect_text(terminal, "n/N match");
	terminal_type(terminal, "&main\r");
	expect_text(terminal, "only 'main'");
	expect(terminal, session_lane_row(terminal, "Task 4") < 0);
	terminal_type(terminal, "X");
	expect_lane(terminal, "Task 4");
	session_quit(terminal);
}

static void panes__opened_by_keys__show_state_and_source(void **state)
{
	struct terminal *terminal = view(*state, NULL, NULL);
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "23/Task 4\r");
	expect_text(terminal, "timers");
	expect_text(terminal, "semaphore.c:");
	terminal_type(terminal, "4");
	expect_text(terminal, "loop busy");
	terminal_type(terminal, "1234");
	expect_no_text(terminal, "loop busy");
	session_quit(terminal);
}

/* Write the settings of a test and return the variable that names their folder. */
static void settings(struct session *session, const char *text, char env[128])
{
	char path[160];
	snprintf(path, sizeof path, "%s/ganttop", session->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/ganttop/config", session->dir);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	snprintf(env, 128, "XDG_CONFIG_HOME=%s", session->dir);
}

static void forget_settings(struct session *session)
{
	char path[160];
	snprintf(path, sizeof path, "%s/ganttop/config", session->dir);
	remove(path);
	snprintf(path, sizeof path, "%s/ganttop", session->dir);
	remove(path);
}

static void settings__own_key__does_it_and_help_shows_it(void **state)
{
	char env[128];
	settings(*state, "key quit = Q Ctrl-C\nkey state = F2\npanes = none\n", env);
	struct terminal *terminal =
	        session_start(*state, 24, 80, (const char *[]){env, NULL},
	                      (const char *[]){"run", "semaphore", "--speed", "100", NULL});
	expect_lane(terminal, "Task 4");
	expect_text(terminal, "Q quit");
	terminal_type(terminal, "\033OQ");
	expect_text(terminal, "timers");
	terminal_type(terminal, "qQ");
	expect_exit(terminal, 0);
	forget_settings(*state);
}

static void settings__bad_line__is_named_and_nothing_starts(void **state)
{
	char env[128];
	settings(*state, "theme = light\nkey dance = x\n", env);
	struct terminal *terminal = session_start(*state, 24, 100, (const char *[]){env, NULL},
	                                          (const char *[]){"run", "semaphore", NULL});
	expect_text(terminal, "ganttop/config:2: unknown action 'dance'");
	expect_exit(terminal, 2);
	forget_settings(*state);
}

static void narrate__on_a_dumb_terminal__steps_in_sentences(void **state)
{
	struct terminal *terminal = session_start(
	        *state, 24, 100, (const char *[]){"TERM=dumb", NULL},
	        (const char *[]){"run", "hello", "--narrate", "--speed", "100", NULL});
	expect_text(terminal, "Question: ");
	terminal_type(terminal, "\r");
	expect_text(terminal, "0 ms: main becomes ready: its first step comes.");
	terminal_type(terminal, " ");
	expect_text(terminal, "the run ends: finished.");
	expect_text(terminal, "The program has ended.");
	terminal_type(terminal, "q");
	expect_exit(terminal, 0);
}

static void theme__key__repaints_without_colours_and_comes_back(void **state)
{
	struct terminal *terminal = view(*state, NULL, "--theme=light");
	expect_lane(terminal, "Task 4");
	expect(terminal, terminal_wait_quiet(terminal, 150));
	char *before = terminal_screen(terminal);
	terminal_type(terminal, "TTT");
	expect(terminal, terminal_wait_quiet(terminal, 150));
	char *after = terminal_screen(terminal);
	expect_same(before, after);
	free(before);
	free(after);
	session_quit(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(mouse__dragged_on_the_ruler__shows_how_long),
	        session_test(mouse__dragged_in_the_lanes__pans),
	        session_test(mouse__x10_form__clicks_drags_and_releases),
	        session_test(mouse__x10_form_of_buttons_without_use__the_program_goes_on),
	        session_test(paste__of_keys__does_nothing),
	        session_test(search__and_filter__find_lanes),
	        session_test(panes__opened_by_keys__show_state_and_source),
	        session_test(settings__own_key__does_it_and_help_shows_it),
	        session_test(settings__bad_line__is_named_and_nothing_starts),
	        session_test(narrate__on_a_dumb_terminal__steps_in_sentences),
	        session_test(theme__key__repaints_without_colours_and_comes_back),
	};
	return cmocka_run_group_tests_name("hands", tests, NULL, NULL);
}
