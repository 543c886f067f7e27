/* Keys on a finished recording, whose screen stands still: what they change, and what brings it back. */
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "viz/input/action.h"

/* Record a lesson under the virtual clock and look at the file. */
static struct terminal *view(struct session *session, int rows, int cols, const char *lesson)
{
	int status = 0;
	struct terminal *terminal =
	        session_start(session, 24, 80, NULL,
	                      (const char *[]){"run", lesson, "--plain", "--clock", "virtual", "-o",
	                                       session->path, NULL});
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 0);
	terminal = session_start(session, rows, cols, NULL,
	                         (const char *[]){"view", session->path, NULL});
	expect_text(terminal, "quit");
	expect(terminal, terminal_wait_quiet(terminal, 100));
	return terminal;
}

/* Type keys and return the screen that they lead to. */
static char *after(struct terminal *terminal, const char *keys)
{
	terminal_type(terminal, keys);
	expect(terminal, terminal_wait_quiet(terminal, 150));
	return terminal_screen(terminal);
}

/* Type keys: the screen must change or not. */
static void expect_change(struct terminal *terminal, const char *keys, bool changes)
{
	char *before = terminal_screen(terminal);
	char *now = after(terminal, keys);
	bool changed = strcmp(before, now) != 0;
	if (changed != changes)
		fprintf(stderr, "keys <%s>; the screen was:\n%s", keys, before);
	expect(terminal, changed == changes);
	free(before);
	free(now);
}

static void view__finished_recording__title_and_lanes(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	expect_text(terminal, WORDS_TITLE);
	expect_lane(terminal, "Task 4");
	expect_text(terminal, "900");
	session_quit(terminal);
}

static void key__without_a_meaning__says_so_until_the_next_one(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	terminal_type(terminal, "B");
	expect_text(terminal, "B does nothing here; ? lists the keys");
	terminal_type(terminal, "r"); /* of a lesson, and this is a file */
	expect_text(terminal, "r does nothing here");
	terminal_type(terminal, "j");
	expect_text(terminal, "enter step");
	session_quit(terminal);
}

static void zoom__in_and_fit__ruler_changes_and_comes_back(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	char *whole = terminal_screen(terminal);
	static const char *const keys[] = {"w",   "+",  "=", "ww",
	                                   "wwd", "wa", "s", "wwwwwwwwwwwwwwww"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		free(after(terminal, keys[i]));
		char *fitted = after(terminal, "0");
		expect_same(whole, fitted);
		free(fitted);
	}
	expect_change(terminal, "w", true);
	expect_change(terminal, "s", true);
	free(whole);
	session_quit(terminal);
}

static void pan__left_and_right__moves_the_window(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	free(after(terminal, "www"));
	expect_change(terminal, "a", true);
	char *here = terminal_screen(terminal);
	expect_change(terminal, "a", true);
	char *back = after(terminal, "d");
	expect_same(here, back);
	free(here);
	free(back);
	expect_change(terminal, "h", true);
	expect_change(terminal, "l", true);
	session_quit(terminal);
}

static void lanes__j_k_arrows_gg_G__select(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	char *first = after(terminal, "gg");
	expect_change(terminal, "j", true);
	expect_change(terminal, "k", true);
	char *again = terminal_screen(terminal);
	expect_same(first, again);
	free(again);
	expect_change(terminal, "k", false);
	expect_change(terminal, "G", true);
	expect_change(terminal, "j", false);
	again = after(terminal, "gg");
	expect_same(first, again);
	free(again);
	terminal_press(terminal, VTERM_KEY_DOWN);
	char *down = after(terminal, "");
	expect_other(first, down);
	terminal_press(terminal, VTERM_KEY_UP);
	again = after(terminal, "");
	expect_same(first, again);
	free(first);
	free(again);
	free(down);
	session_quit(terminal);
}

static void lanes__more_than_rows__every_one_can_be_reached(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = session_run(session, 16, 60, "semaphore",
	                                        (const char *[]){"--set", "tasks=30", "--set",
	                                                         "hold=1", "--speed", "1", NULL});
	expect_mode(terminal, WORDS_ENDED);
	expect(terminal, session_lane_row(terminal, "Task 29") < 0);
	terminal_type(terminal, "gg");
	char name[16];
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof name, "Task %d", i);
		for (int tries = 0; tries < 40 && session_lane_row(terminal, name) < 0; tries++) {
			terminal_type(terminal, "j");
			terminal_wait_quiet(terminal, 30);
		}
		expect(terminal, session_lane_row(terminal, name) >= 0);
	}
	terminal_press(terminal, VTERM_KEY_PAGEUP);
	terminal_press(terminal, VTERM_KEY_PAGEUP);
	terminal_press(terminal, VTERM_KEY_PAGEUP);
	terminal_press(terminal, VTERM_KEY_PAGEUP);
	terminal_press(terminal, VTERM_KEY_PAGEUP);
	expect_lane(terminal, "Task 0");
	session_quit(terminal);
}

static void playhead__step_home_end__moves(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	char *end = after(terminal, "$");
	expect_change(terminal, "\x7f\x7f\x7f", true);
	expect_change(terminal, "\r\r\r", true);
	char *again = after(terminal, "$");
	expect_same(end, again);
	free(again);
	expect_change(terminal, "^", true);
	expect_change(terminal, "\r", true);
	expect_change(terminal, "^\x7f", true);
	again = after(terminal, "$");
	expect_same(end, again);
	free(again);
	terminal_press(terminal, VTERM_KEY_HOME);
	again = after(terminal, "");
	expect_other(end, again);
	free(again);
	terminal_press(terminal, VTERM_KEY_END);
	again = after(terminal, "");
	expect_same(end, again);
	free(again);
	free(end);
	session_quit(terminal);
}

static void wakes__brackets__go_to_the_waker_and_back(void **state)
{
	struct terminal *terminal = view(*state, 40, 120, "semaphore");
	free(after(terminal, "gg"));
	for (int i = 0; i < 6 && !terminal_shows(terminal, "Task 2 "); i++)
		free(after(terminal, "j"));
	free(after(terminal, "Gkk"));
	expect_change(terminal, "]", true);
	expect_change(terminal, "[", true);
	session_quit(terminal);
}

static void help__opens__lists_every_action_and_closes(void **state)
{
	struct viz_help_line lines[128];
	bool seen[128] = {false};
	size_t n = viz_action_help(lines, 128), n_seen = 0;
	assert_true(n > 20 && n <= 128);
	struct terminal *terminal = view(*state, 24, 100, "semaphore");
	char *before = terminal_screen(terminal);
	terminal_type(terminal, "?");
	for (int pages = 0; pages < 120 && n_seen < n; pages++) {
		terminal_wait_quiet(terminal, 100);
		for (size_t i = 0; i < n; i++) {
			if (seen[i] || !terminal_shows(terminal, lines[i].text))
				continue;
			seen[i] = true;
			n_seen++;
		}
		terminal_type(terminal, "j");
	}
	for (size_t i = 0; i < n; i++)
		if (!seen[i])
			fprintf(stderr, "not in help: %s %s\n", lines[i].keys, lines[i].text);
	expect(terminal, n_seen == n);
	char *closed = after(terminal, "?");
	expect_same(before, closed);
	expect_change(terminal, "?", true);
	free(closed);
	closed = after(terminal, "q");
	expect_same(before, closed);
	free(before);
	free(closed);
	session_quit(terminal);
}

static void explain__e__shows_the_lesson_and_closes(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "semaphore", (const char *[]){"--speed", "10", NULL});
	expect_mode(terminal, WORDS_ENDED);
	expect(terminal, terminal_wait_quiet(terminal, 100));
	char *before = terminal_screen(terminal);
	terminal_type(terminal, "e");
	expect_text(terminal, "number of permits");
	char *closed = after(terminal, "q");
	expect_same(before, closed);
	free(before);
	free(closed);
	session_quit(terminal);
}

static void panes__log_and_legend__are_hidden_and_shown(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	char *before = terminal_screen(terminal);
	static const char *const keys[] = {"L", "t"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		expect_change(terminal, keys[i], true);
		char *again = after(terminal, keys[i]);
		expect_same(before, again);
		free(again);
	}
	free(before);
	session_quit(terminal);
}

static void redraw__ctrl_l__repairs_a_disturbed_screen(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "semaphore");
	size_t before = 0, now = 0;
	terminal_raw(terminal, &before);
	char *first = terminal_screen(terminal);
	char *again = after(terminal, "\f");
	terminal_raw(terminal, &now);
	expect_same(first, again);
	assert_true(now - before > 500); /* it has painted all of it */
	free(first);
	free(again);
	session_quit(terminal);
}

static void rerun_and_next__keys__start_lessons(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "sequential", (const char *[]){"--speed", "20", NULL});
	expect_mode(terminal, WORDS_ENDED);
	terminal_type(terminal, "n");
	expect_text(terminal, "at the same time");
	terminal_type(terminal, "p");
	expect_text(terminal, "one after the other");
	terminal_type(terminal, "r");
	expect_mode(terminal, WORDS_PLAYING);
	session_quit(terminal);
}

/* Every key of the table, in a place where it has something to do: none of them is the end of the program but quit. */
static void every_key__pressed__the_program_lives(void **state)
{
	struct terminal *terminal = view(*state, 24, 80, "queue");
	for (int c = 1; c < 256; c++) {
		char key[2] = {(char)c, '\0'};
		if (c == 'q' || c == 3 || c == 26 || c == 28) /* quit, interrupt, stop, abort */
			continue;
		terminal_type(terminal, key);
		if (c == 'e' || c == '?')
			terminal_type(terminal, &key[0]); /* closes what it has opened */
	}
	for (int key = VTERM_KEY_ENTER; key <= VTERM_KEY_PAGEDOWN; key++)
		terminal_press(terminal, (VTermKey)key);
	for (int f = 1; f <= 12; f++)
		terminal_press(terminal, (VTermKey)VTERM_KEY_FUNCTION(f));
	terminal_type(terminal, "\033");
	terminal_wait_quiet(terminal, 200);
	terminal_resize(terminal, 30, 90);
	expect_text(terminal, "quit");
	session_quit(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(view__finished_recording__title_and_lanes),
	        session_test(key__without_a_meaning__says_so_until_the_next_one),
	        session_test(zoom__in_and_fit__ruler_changes_and_comes_back),
	        session_test(pan__left_and_right__moves_the_window),
	        session_test(lanes__j_k_arrows_gg_G__select),
	        session_test(lanes__more_than_rows__every_one_can_be_reached),
	        session_test(playhead__step_home_end__moves),
	        session_test(wakes__brackets__go_to_the_waker_and_back),
	        session_test(help__opens__lists_every_action_and_closes),
	        session_test(explain__e__shows_the_lesson_and_closes),
	        session_test(panes__log_and_legend__are_hidden_and_shown),
	        session_test(redraw__ctrl_l__repairs_a_disturbed_screen),
	        session_test(rerun_and_next__keys__start_lessons),
	        session_test(every_key__pressed__the_program_lives),
	};
	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
