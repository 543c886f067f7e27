/* Terminals of other kinds: fewer colours, fewer characters, fewer talents. */
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct terminal *run_with(void **state, const char *const env[], const char *option)
{
	return session_start(*state, 24, 80, env,
	                     (const char *[]){"run", "semaphore", "--speed", "0.2", option, NULL});
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Return whether the parameters of one SGR sequence (up to its m) name a colour. */
static bool names_colour(const char *params, size_t n)
{
	long number = 0;
	for (size_t i = 0; i <= n; i++) {
		if (i < n && is_digit(params[i])) {
			number = number * 10 + (params[i] - '0');
			continue;
		}
		if ((number >= 30 && number <= 38) || (number >= 40 && number <= 48) ||
		    (number >= 90 && number <= 107))
			return true;
		number = 0;
	}
	return false;
}

/* Return whether any colour was asked for; 39 and 49, the defaults, are none. */
static bool has_colour(const struct terminal *terminal)
{
	size_t n = 0;
	const char *raw = terminal_raw(terminal, &n);
	for (size_t i = 0; i + 2 < n; i++) {
		if (raw[i] != '\033' || raw[i + 1] != '[')
			continue;
		size_t first = i + 2, end = first;
		while (end < n && (is_digit(raw[end]) || raw[end] == ';' || raw[end] == ':'))
			end++;
		if (end < n && raw[end] == 'm' && names_colour(raw + first, end - first))
			return true;
	}
	return false;
}

static bool has_8_bit(const struct terminal *terminal)
{
	size_t n = 0;
	const char *raw = terminal_raw(terminal, &n);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)raw[i] >= 0x80)
			return true;
	return false;
}

/* Let it run, open help, close it, leave. */
static void go_round(struct terminal *terminal)
{
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "?");
	expect_text(terminal, WORDS_HELP);
	terminal_type(terminal, "?");
	expect_no_text(terminal, WORDS_HELP);
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, "jjjww");
	session_quit(terminal);
}

static void colour__default__there_is_some(void **state)
{
	struct terminal *terminal = run_with(state, NULL, NULL);
	go_round(terminal);
	assert_true(has_colour(terminal));
	assert_true(has_8_bit(terminal));
}

static void colour__no_color__none_and_states_stay_apart(void **state)
{
	struct terminal *terminal = run_with(state, (const char *[]){"NO_COLOR=1", NULL}, NULL);
	go_round(terminal);
	assert_false(has_colour(terminal));
}

static void colour__never__none(void **state)
{
	struct terminal *terminal = run_with(state, NULL, "--color=never");
	go_round(terminal);
	assert_false(has_colour(terminal));
}

static void colour__empty_no_color__counts_as_not_set(void **state)
{
	struct terminal *terminal = run_with(state, (const char *[]){"NO_COLOR=", NULL}, NULL);
	go_round(terminal);
	assert_true(has_colour(terminal));
}

static void colour__no_color_but_always__the_option_wins(void **state)
{
	struct terminal *terminal =
	        run_with(state, (const char *[]){"NO_COLOR=1", NULL}, "--color=always");
	go_round(terminal);
	assert_true(has_colour(terminal));
}

static void ascii__option_or_locale__only_7_bits(void **state)
{
	static const char *const locales[] = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=none.such"};
	struct terminal *terminal = run_with(state, NULL, "--ascii");
	go_round(terminal);
	assert_false(has_8_bit(terminal));
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		terminal = run_with(state, (const char *[]){locales[i], NULL}, NULL);
		go_round(terminal);
		assert_false(has_8_bit(terminal));
	}
}

/* A locale of UTF-8, and a terminal that has signs of its own: what it cannot show is not sent. */
static void ascii__type_with_few_signs__only_7_bits(void **state)
{
	static const char *const types[] = {"TERM=linux", "TERM=vt100", "TERM=vt220", "TERM=ansi"};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const char *const env[] = {types[i], "NCURSES_GPM_TERMS=none", NULL};
		struct terminal *terminal = run_with(state, env, NULL);
		print_message("%s\n", types[i]);
		go_round(terminal);
		assert_false(has_8_bit(terminal));
		terminal = session_start(*state, 60, 120, env,
		                         (const char *[]){"run", "semaphore", "--plain", NULL});
		expect_exit(terminal, 0);
		assert_false(has_8_bit(terminal));
	}
}

static void ascii__settings_say_no__the_type_is_not_believed(void **state)
{
	struct session *session = *state;
	char config[sizeof session->dir + 32], env[sizeof config + 32];
	snprintf(config, sizeof config, "%s/ganttop", session->dir);
	assert_int_equal(0, mkdir(config, 0700));
	snprintf(config, sizeof config, "%s/ganttop/config", session->dir);
	FILE *file = fopen(config, "w");
	assert_non_null(file);
	fprintf(file, "ascii = no\n");
	fclose(file);
	snprintf(env, sizeof env, "XDG_CONFIG_HOME=%s", session->dir);
	struct terminal *terminal =
	        run_with(state, (const char *[]){"TERM=vt100", env, NULL}, NULL);
	go_round(terminal);
	assert_true(has_8_bit(terminal));
	/* the locale is: it says what may be written */
	terminal = run_with(state, (const char *[]){"TERM=vt100", "LC_ALL=C", env, NULL}, NULL);
	go_round(terminal);
	assert_false(has_8_bit(terminal));
}

static void ascii__menu_and_explain__only_7_bits(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, (const char *[]){"LC_ALL=C", NULL}, NULL);
	expect_text(terminal, WORDS_MENU);
	terminal_type(terminal, "e");
	expect_text(terminal, "back");
	terminal_type(terminal, "G");
	terminal_wait_quiet(terminal, 100);
	terminal_type(terminal, "q");
	expect_text(terminal, WORDS_MENU);
	session_quit(terminal);
	assert_false(has_8_bit(terminal));
}

static void type__of_many_kinds__all_work(void **state)
{
	static const char *const types[] = {
	        "TERM=xterm-256color", "TERM=screen-256color", "TERM=xterm",
	        "TERM=tmux-256color",  "TERM=linux",           "TERM=vt220",
	        "TERM=vt100",          "TERM=xterm-mono",      "TERM=rxvt"};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		print_message("%s\n", types[i]);
		/* on the console curses looks for a mouse daemon, through a library that leaks */
		go_round(run_with(state, (const char *[]){types[i], "NCURSES_GPM_TERMS=none", NULL},
		                  NULL));
	}
}

/* Plain text with nothing for a terminal to interpret, and status 0. */
static void expect_plain(struct terminal *terminal)
{
	int status = 0;
	size_t n = 0;
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 0);
	const char *raw = terminal_raw(terminal, &n);
	expect(terminal, memchr(raw, '\033', n) == NULL);
	expect(terminal, n > 100);
	expect(terminal, terminal_not_restored(terminal) == NULL);
}

static void type__dumb_unset_or_unknown__plain_text(void **state)
{
	static const char *const types[] = {"TERM=dumb", "TERM=", "TERM=no-such-terminal"};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const char *const env[] = {types[i], NULL};
		expect_plain(session_start(*state, 60, 120, env,
		                           (const char *[]){"run", "semaphore", NULL}));
		expect_plain(session_start(*state, 60, 120, env, NULL));
	}
}

static void plain__asked_for_on_a_terminal__text(void **state)
{
	expect_plain(session_start(*state, 60, 120, (const char *[]){"NO_COLOR=1", NULL},
	                           (const char *[]){"run", "semaphore", "--plain", NULL}));
}

static void output__not_a_terminal__text_and_the_terminal_untouched(void **state)
{
	struct session *session = *state;
	const char *path = session->path;
	const char *const argv[] = {session_program(), "run", "semaphore", NULL};
	session->terminal = terminal_start(
	        &(struct terminal_options){.rows = 24, .cols = 80, .argv = argv, .output = path});
	assert_non_null(session->terminal);
	int status = 0;
	size_t n = 0;
	expect(session->terminal, terminal_wait_exit(session->terminal, &status));
	expect(session->terminal, status == 0);
	terminal_raw(session->terminal, &n);
	expect(session->terminal, n == 0);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	char text[16384];
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	fclose(file);
	assert_non_null(strstr(text, "Task 4"));
	assert_null(memchr(text, '\033', n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(colour__default__there_is_some),
	        session_test(colour__no_color__none_and_states_stay_apart),
	        session_test(colour__never__none),
	        session_test(colour__empty_no_color__counts_as_not_set),
	        session_test(colour__no_color_but_always__the_option_wins),
	        session_test(ascii__option_or_locale__only_7_bits),
	        session_test(ascii__type_with_few_signs__only_7_bits),
	        session_test(ascii__settings_say_no__the_type_is_not_believed),
	        session_test(ascii__menu_and_explain__only_7_bits),
	        session_test(type__of_many_kinds__all_work),
	        session_test(type__dumb_unset_or_unknown__plain_text),
	        session_test(plain__asked_for_on_a_terminal__text),
	        session_test(output__not_a_terminal__text_and_the_terminal_untouched),
	};
	return cmocka_run_group_tests_name("terminals", tests, NULL, NULL);
}
