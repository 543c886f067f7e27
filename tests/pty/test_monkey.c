/* A monkey at a real terminal: random keys, mouse events, pastes, sizes and stops, to lessons of every kind, under terminals of many types. The
 * program lives as long as nobody leaves it, paints what is asked for afterwards, and gives the terminal back as it was. MONKEY_KEYS says how many keys
 * each gets, MONKEY_SEED which. */
#include "tests/pty/session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define USUAL_KEYS 250

static uint64_t seed;

static uint32_t next(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16) % below;
}

static unsigned long number_of(const char *name, unsigned long usual)
{
	const char *text = getenv(name);
	return text != NULL && *text != '\0' ? strtoul(text, NULL, 10) : usual;
}

/* What the program has asked the terminal for: none of it comes unasked. */
static bool was_asked(const struct terminal *terminal, const char *mode)
{
	size_t n = 0;
	const char *raw = terminal_raw(terminal, &n);
	return memmem(raw, n, mode, strlen(mode)) != NULL;
}

/* Report something of the mouse as the terminal was asked to: in SGR's way, or X10's, whose coordinates are characters. */
static void use_mouse(struct terminal *terminal)
{
	static const unsigned buttons[] = {0, 1, 2, 32, 35, 64, 65, 66, 128};
	unsigned button = buttons[next(9)], row = 1 + next(60), col = 1 + next(260);
	char bytes[40];
	int n = 0;
	if (was_asked(terminal, "?1006"))
		n = snprintf(bytes, sizeof bytes, "\033[<%u;%u;%u%c", button, col, row,
		             next(2) ? 'M' : 'm');
	else if (was_asked(terminal, "?1000"))
		n = snprintf(bytes, sizeof bytes, "\033[M%c%c%c", (char)(32 + button % 96),
		             (char)(33 + col % 90), (char)(33 + row));
	terminal_write(terminal, bytes, (size_t)n);
}

static void paste(struct terminal *terminal)
{
	if (was_asked(terminal, "?2004h"))
		terminal_type(terminal, "\033[200~qq jj\033[201~");
}

static void press_key(struct terminal *terminal)
{
	static const VTermKey named[] = {VTERM_KEY_ENTER, VTERM_KEY_BACKSPACE, VTERM_KEY_UP,
	                                 VTERM_KEY_DOWN,  VTERM_KEY_LEFT,      VTERM_KEY_RIGHT,
	                                 VTERM_KEY_HOME,  VTERM_KEY_END,       VTERM_KEY_PAGEUP,
	                                 VTERM_KEY_DEL,   VTERM_KEY_PAGEDOWN,  VTERM_KEY_TAB};
	char key = (char)(' ' + next(95));
	if (next(3) == 0)
		terminal_press(terminal, named[next(sizeof named / sizeof named[0])]);
	else if (key != 'q') /* leaves: there would be nobody to type to */
		terminal_write(terminal, &key, 1);
}

static void stop_and_go_on(struct terminal *terminal)
{
	terminal_signal(terminal, SIGTSTP);
	expect(terminal, terminal_wait_stopped(terminal));
	expect(terminal, terminal_not_restored(terminal) == NULL);
	terminal_signal(terminal, SIGCONT);
	expect(terminal, terminal_wait_continued(terminal));
}

static void resize(struct terminal *terminal)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}, {10, 40},   {5, 20},
	                               {1, 1},   {60, 250}, {100, 300}, {2, 2}};
	const int *size = sizes[next(8)];
	terminal_resize(terminal, size[0], size[1]);
}

static void do_something(struct terminal *terminal)
{
	uint32_t roll = next(100);
	if (roll < 70)
		press_key(terminal);
	else if (roll < 88)
		use_mouse(terminal);
	else if (roll < 92)
		paste(terminal);
	else if (roll < 96)
		terminal_type(terminal, "\033");
	else if (roll < 99)
		resize(terminal);
	else if (next(4) == 0)
		stop_and_go_on(terminal);
	else
		terminal_signal(terminal, SIGWINCH);
	terminal_pump(terminal, next(8) == 0 ? 1 : 0);
}

/* Whatever page, prompt or question is open: out of it, and out of the program. */
static void leave(struct terminal *terminal)
{
	int status = 0;
	terminal_resize(terminal, 40, 120);
	for (int i = 0; i < 40 && !terminal_has_ended(terminal); i++) {
		terminal_type(terminal, "\033");
		terminal_pump(terminal, 30); /* Esc is a key of its own when nothing follows */
		terminal_type(terminal, "q");
		terminal_pump(terminal, 30);
	}
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) <= 1);
	expect(terminal, terminal_not_restored(terminal) == NULL);
	expect(terminal, terminal_children(terminal, NULL, 0) == 0);
}

static void play(struct session *session, const char *type, const char *lesson)
{
	/* on the console curses looks for a mouse daemon, through a library that leaks */
	const char *const env[] = {type, "NCURSES_GPM_TERMS=none", NULL};
	const char *const args[] = {"run", lesson, "--speed", "2", NULL};
	unsigned long n = number_of("MONKEY_KEYS", USUAL_KEYS);
	print_message("%s, %s\n", lesson, type);
	alarm(SESSION_LIMIT_S + (unsigned)(n / 50));
	struct terminal *terminal = session_start(session, 24, 80, env, args);
	expect_text(terminal, "quit");
	for (unsigned long i = 0; i < n; i++) {
		do_something(terminal);
		expect(terminal, !terminal_has_ended(terminal));
	}
	leave(terminal);
}

static void monkey__terminals_of_many_types__lives_and_gives_the_terminal_back(void **state)
{
	/* a lesson for each: of every chapter, and those of the real clock */
	static const char *const plays[][2] = {
	        {"xterm-256color", "semaphore"},
	        {"screen-256color", "blocking"},
	        {"tmux-256color", "deadlock"},
	        {"linux", "race"},
	        {"vt100", "queue"},
	        {"rxvt", "cancel"},
	        {"ansi", "executor"},
	        {"xterm-direct", "scraper"},
	        {"xterm-256color", "files"},
	        {"xterm-mono", "policies"},
	        {"rxvt-unicode-256color", "gil"},
	        {"vt220", "late-timeout"},
	};
	char type[64];
	seed = 88172645463325252u + number_of("MONKEY_SEED", 0);
	for (size_t i = 0; i < sizeof plays / sizeof *plays; i++) {
		snprintf(type, sizeof type, "TERM=%s", plays[i][0]);
		play(*state, type, plays[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(monkey__terminals_of_many_types__lives_and_gives_the_terminal_back),
	};
	return cmocka_run_group_tests_name("monkey", tests, NULL, NULL);
}
