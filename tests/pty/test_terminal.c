/* The tests' own terminal, tried on shell scripts: what it cannot see, no other test here proves. */
#include "tests/pty/session.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static struct terminal *start_script(void **state, const char *script)
{
	const char *const argv[] = {"/bin/sh", "-c", script, NULL};
	return session_start_program(*state, 10, 40, NULL, argv);
}

static void screen__text_with_colour__rows_and_cells(void **state)
{
	struct terminal *terminal = start_script(
	        state, "printf 'plain \\033[1;31mred\\033[0m\\r\\n\\303\\244\\342\\226\\210'");
	expect_exit(terminal, 0);
	char *text = terminal_screen(terminal);
	assert_int_equal(0, strncmp(text, "plain red\nä█\n\n", strlen("plain red\nä█\n\n")));
	free(text);
	VTermScreenCell cell = terminal_cell(terminal, 0, 6);
	assert_int_equal('r', cell.chars[0]);
	assert_true(cell.attrs.bold);
	assert_false(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	cell = terminal_cell(terminal, 0, 0);
	assert_true(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	assert_int_equal(1, terminal_find(terminal, "█"));
}

static void keys__typed__reach_the_program(void **state)
{
	struct terminal *terminal = start_script(state, "read line; echo \"got <$line>\"");
	terminal_type(terminal, "hello\n");
	expect_text(terminal, "got <hello>");
	expect_exit(terminal, 0);
}

static void keys__a_key_of_the_terminal__is_its_sequence(void **state)
{
	struct terminal *terminal =
	        start_script(state,
	                     "printf 'ready\\n'; read -r key; printf '%s' \"$key\" | od -An -c");
	expect_text(terminal, "ready");
	terminal_press(terminal, VTERM_KEY_UP);
	terminal_type(terminal, "\n");
	expect_text(terminal, "033   [   A");
	expect_exit(terminal, 0);
}

static void resize__program_asks__knows_the_size(void **state)
{
	struct terminal *terminal = start_script(
	        state,
	        "trap 'stty size; exit 0' WINCH; echo ready; while :; do read -r x || :; done");
	expect_text(terminal, "ready");
	terminal_resize(terminal, 12, 50);
	expect_text(terminal, "12 50");
	expect_exit(terminal, 0);
}

static void restored__what_a_script_leaves_behind__is_named(void **state)
{
	static const struct {
		const char *script, *left;
	} rows[] = {
	        {"printf '\\033[?1049h'", "alternate screen"},
	        {"printf '\\033[?1049h\\033[?1049l'", NULL},
	        {"printf '\\033[?25l'", "cursor"},
	        {"printf '\\033[?1000;1006h\\033[?1000l'", "mouse mode 1006"},
	        {"printf '\\033[?1002h'", "mouse"},
	        {"printf '\\033[?2004h'", "bracketed paste"},
	        {"printf '\\033[?1h\\033='", "cursor key mode"},
	        {"stty -echo -icanon", "line settings"},
	        {"python3 -c 'import os; os.set_blocking(0, False)'", "blocking reads and writes"},
	        {"printf '\\033[7m'", "colours"},
	        {"printf '\\033[31m'", "colours"},
	        {"printf '\\033[1;31;42m\\033[0m'", NULL},
	        {"old=$(stty -g); stty raw -echo; stty \"$old\"", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int status = 0;
		struct terminal *terminal = start_script(state, rows[i].script);
		assert_true(terminal_wait_exit(terminal, &status));
		const char *left = terminal_not_restored(terminal);
		if (rows[i].left)
			assert_string_equal(rows[i].left, left ? left : "nothing");
		else
			assert_null(left);
	}
}

static void exit__killed_by_a_signal__status_says_so(void **state)
{
	int status = 0;
	struct terminal *terminal = start_script(state, "echo ready; exec sleep 100");
	expect_text(terminal, "ready");
	terminal_signal(terminal, SIGTERM);
	assert_true(terminal_wait_exit(terminal, &status));
	assert_true(WIFSIGNALED(status));
	assert_int_equal(SIGTERM, WTERMSIG(status));
}

static void stop__sigtstp_and_sigcont__are_seen(void **state)
{
	struct terminal *terminal = start_script(state, "echo ready; read -r x; echo done");
	expect_text(terminal, "ready");
	terminal_signal(terminal, SIGTSTP);
	expect(terminal, terminal_wait_stopped(terminal));
	terminal_signal(terminal, SIGCONT);
	expect(terminal, terminal_wait_continued(terminal));
	terminal_type(terminal, "\n");
	expect_text(terminal, "done");
	expect_exit(terminal, 0);
}

static bool has_one_child(struct terminal *terminal, void *unused)
{
	pid_t pids[4];
	(void)unused;
	return terminal_children(terminal, pids, 4) == 1;
}

static void children__left_behind_in_a_session_of_their_own__are_found(void **state)
{
	struct terminal *terminal = start_script(state, "setsid sleep 100 & echo started");
	expect_text(terminal, "started");
	expect_exit(terminal, 0);
	/* setsid may still be on its way to sleep */
	expect(terminal, terminal_wait_until(terminal, has_one_child, NULL));
}

static void cpu__a_busy_program__uses_ticks(void **state)
{
	struct terminal *terminal = start_script(
	        state, "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; echo ready; read -r x");
	expect_text(terminal, "ready");
	uint64_t ticks = terminal_cpu_ticks(terminal);
	assert_true(ticks > 0);
	terminal_pump(terminal, 300);
	assert_true(terminal_cpu_ticks(terminal) <= ticks + 1);
}

static void wait__text_never_comes__program_end_stops_it(void **state)
{
	struct terminal *terminal = start_script(state, "echo something else");
	assert_false(terminal_wait_for(terminal, "this text"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(screen__text_with_colour__rows_and_cells),
	        session_test(keys__typed__reach_the_program),
	        session_test(keys__a_key_of_the_terminal__is_its_sequence),
	        session_test(resize__program_asks__knows_the_size),
	        session_test(restored__what_a_script_leaves_behind__is_named),
	        session_test(exit__killed_by_a_signal__status_says_so),
	        session_test(stop__sigtstp_and_sigcont__are_seen),
	        session_test(children__left_behind_in_a_session_of_their_own__are_found),
	        session_test(cpu__a_busy_program__uses_ticks),
	        session_test(wait__text_never_comes__program_end_stops_it),
	};
	return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
