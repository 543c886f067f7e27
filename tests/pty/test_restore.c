/* However the viewer ends or stops, the terminal is as it was and nothing of it runs on. */
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

static const char *const slowly[] = {"--set", "hold=60000", NULL};

static bool nobody_is_left(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal_children(terminal, NULL, 0) == 0;
}

static struct terminal *start(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore", slowly);
	expect_mode(terminal, WORDS_PLAYING);
	expect(terminal, terminal_is_alternate(terminal));
	expect(terminal, terminal_children(terminal, NULL, 0) == 1);
	return terminal;
}

/* The program must have died of `number`, or ended with the status that a shell gives for it. */
static void expect_death(struct terminal *terminal, int number)
{
	int status = 0;
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, (WIFSIGNALED(status) && WTERMSIG(status) == number) ||
	                         (WIFEXITED(status) && WEXITSTATUS(status) != 0));
	const char *missing = terminal_not_restored(terminal);
	if (missing)
		fprintf(stderr, "signal %d: not restored: %s\n", number, missing);
	expect(terminal, missing == NULL);
	expect(terminal, terminal_wait_until(terminal, nobody_is_left, NULL));
}

static void quit__q__status_0_restored_and_nobody_left(void **state)
{
	struct terminal *terminal = start(state);
	session_quit(terminal);
	expect(terminal, nobody_is_left(terminal, NULL));
}

static void quit__ctrl_c__restored_and_nobody_left(void **state)
{
	int status = 0;
	struct terminal *terminal = start(state);
	terminal_type(terminal, "\003");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, terminal_not_restored(terminal) == NULL);
	expect(terminal, terminal_wait_until(terminal, nobody_is_left, NULL));
}

static void quit__while_the_loop_is_blocked__does_not_wait_for_it(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "blocking",
	                    (const char *[]){"--set", "at=0", "--set", "block=60000", NULL});
	expect_text(terminal, "report");
	session_quit(terminal);
	expect(terminal, terminal_wait_until(terminal, nobody_is_left, NULL));
}

static void quit__while_held__nobody_left(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "semaphore", (const char *[]){"--step", NULL});
	expect_mode(terminal, WORDS_HELD);
	session_quit(terminal);
	expect(terminal, terminal_wait_until(terminal, nobody_is_left, NULL));
}

static void signal__int_term_hup_quit__restored_and_nobody_left(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *terminal = start(state);
		terminal_signal(terminal, signals[i]);
		expect_death(terminal, signals[i]);
	}
}

static void crash__segv_bus_abrt_fpe_ill__restored_and_nobody_left(void **state)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *terminal = start(state);
		terminal_signal(terminal, signals[i]);
		expect_death(terminal, signals[i]);
	}
}

static void killed__viewer_gets_sigkill__the_child_ends_too(void **state)
{
	int status = 0;
	struct terminal *terminal = start(state);
	terminal_signal(terminal, SIGKILL);
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, terminal_wait_until(terminal, nobody_is_left, NULL));
}

static void stop__sigtstp__restored_while_stopped_and_painted_after_sigcont(void **state)
{
	struct terminal *terminal = start(state);
	for (int times = 0; times < 2; times++) {
		terminal_signal(terminal, SIGTSTP);
		expect(terminal, terminal_wait_stopped(terminal));
		expect(terminal, terminal_not_restored(terminal) == NULL);
		terminal_signal(terminal, SIGCONT);
		expect(terminal, terminal_wait_continued(terminal));
		expect_text(terminal, WORDS_TITLE);
		expect_lane(terminal, "Task 4");
		expect(terminal, terminal_is_alternate(terminal));
	}
	/* the keys work again */
	terminal_type(terminal, " ");
	expect_mode(terminal, WORDS_HELD);
	session_quit(terminal);
}

static bool has_low_footer(struct terminal *terminal, void *unused)
{
	(void)unused;
	return terminal_find(terminal, "quit") == 39;
}

static void stop__resized_meanwhile__painted_in_the_new_size(void **state)
{
	struct terminal *terminal = start(state);
	terminal_signal(terminal, SIGTSTP);
	expect(terminal, terminal_wait_stopped(terminal));
	terminal_resize(terminal, 40, 120);
	terminal_signal(terminal, SIGCONT);
	expect(terminal, terminal_wait_until(terminal, has_low_footer, NULL));
	session_quit(terminal);
}

static void signal__in_the_menu__restored(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGSEGV};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *terminal = session_start(*state, 24, 80, NULL, NULL);
		expect_text(terminal, WORDS_MENU);
		terminal_signal(terminal, signals[i]);
		expect_death(terminal, signals[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(quit__q__status_0_restored_and_nobody_left),
	        session_test(quit__ctrl_c__restored_and_nobody_left),
	        session_test(quit__while_the_loop_is_blocked__does_not_wait_for_it),
	        session_test(quit__while_held__nobody_left),
	        session_test(signal__int_term_hup_quit__restored_and_nobody_left),
	        session_test(crash__segv_bus_abrt_fpe_ill__restored_and_nobody_left),
	        session_test(killed__viewer_gets_sigkill__the_child_ends_too),
	        session_test(stop__sigtstp__restored_while_stopped_and_painted_after_sigcont),
	        session_test(stop__resized_meanwhile__painted_in_the_new_size),
	        session_test(signal__in_the_menu__restored),
	};
	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
