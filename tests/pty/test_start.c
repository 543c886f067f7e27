/* Start: the menu, a lesson at several sizes, a terminal that is too small and one that changes. */
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdlib.h>

static const char *const slowly[] = {"--speed", "0.1", NULL};

static void expect_semaphore(struct terminal *terminal)
{
	expect_text(terminal, WORDS_TITLE);
	expect_text(terminal, WORDS_QUESTION);
	expect_lane(terminal, "Task 0");
	expect_lane(terminal, "Task 4");
	expect_text(terminal, "permits");
	expect_text(terminal, "quit");
	expect_text(terminal, "help");
}

static void menu__terminal__lists_the_lessons(void **state)
{
	struct terminal *terminal = session_start(*state, 24, 80, NULL, NULL);
	expect_text(terminal, WORDS_MENU);
	expect_text(terminal, "sequential");
	expect_text(terminal, "1 The loop");
	expect_text(terminal, "quit");
	expect(terminal, terminal_is_alternate(terminal));
	expect(terminal, !terminal_has_cursor(terminal));
	session_quit(terminal);
}

static void menu__more_lessons_than_rows__every_one_can_be_reached(void **state)
{
	struct terminal *terminal = session_start(*state, 12, 80, NULL, NULL);
	expect_text(terminal, WORDS_MENU);
	terminal_type(terminal, "G");
	expect_no_text(terminal, WORDS_MENU);
	terminal_type(terminal, "gg");
	expect_text(terminal, WORDS_MENU);
	for (int i = 0; i < 100 && !terminal_shows(terminal, "semaphore"); i++) {
		terminal_type(terminal, "j");
		terminal_wait_quiet(terminal, 30);
	}
	expect(terminal, terminal_shows(terminal, "semaphore"));
	session_quit(terminal);
}

static void menu__enter__runs_the_selected_lesson_and_q_comes_back(void **state)
{
	struct terminal *terminal = session_start(*state, 24, 80, NULL, NULL);
	expect_text(terminal, WORDS_MENU);
	terminal_type(terminal, "\r");
	expect_lane(terminal, "main");
	terminal_type(terminal, "q");
	expect_text(terminal, "1 The loop");
	session_quit(terminal);
}

static void run__at_80x24__title_lanes_question_footer(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore", slowly);
	expect_semaphore(terminal);
	expect(terminal, terminal_is_alternate(terminal));
	expect(terminal, !terminal_has_cursor(terminal));
	expect(terminal, terminal_find(terminal, WORDS_TITLE) == 0);
	session_quit(terminal);
}

static void run__at_other_sizes__title_lanes_question_footer(void **state)
{
	static const int sizes[][2] = {{40, 120}, {50, 200}, {100, 300}, {24, 132}, {20, 70}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct terminal *terminal =
		        session_run(*state, sizes[i][0], sizes[i][1], "semaphore", slowly);
		expect_semaphore(terminal);
		session_quit(terminal);
	}
}

static void run__smallest_size__lanes_and_a_way_out(void **state)
{
	struct terminal *terminal = session_run(*state, 10, 40, "semaphore", slowly);
	expect_lane(terminal, "Task 0");
	expect_text(terminal, "quit");
	expect_no_text(terminal, WORDS_SMALL);
	session_quit(terminal);
}

static void small__at_the_start__says_so_until_enlarged(void **state)
{
	static const int sizes[][2] = {{8, 30}, {9, 80}, {24, 39}, {1, 1}, {2, 200}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct terminal *terminal =
		        session_start(*state, sizes[i][0], sizes[i][1], NULL,
		                      (const char *[]){"run", "semaphore", "--speed", "0.1", NULL});
		if (sizes[i][1] >= 30)
			expect_text(terminal, WORDS_SMALL);
		terminal_resize(terminal, 24, 80);
		expect_semaphore(terminal);
		session_quit(terminal);
	}
}

static void resize__smaller_too_small_and_back__follows(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore", slowly);
	expect_semaphore(terminal);
	terminal_resize(terminal, 15, 60);
	expect_lane(terminal, "Task 0");
	expect_text(terminal, "quit");
	expect(terminal, terminal_find(terminal, "quit") <= 14);
	terminal_resize(terminal, 8, 30);
	expect_text(terminal, WORDS_SMALL);
	terminal_resize(terminal, 40, 120);
	expect_semaphore(terminal);
	expect_no_text(terminal, WORDS_SMALL);
	terminal_resize(terminal, 24, 80);
	expect_semaphore(terminal);
	session_quit(terminal);
}

static void resize__back_to_the_size_it_was__the_same_screen(void **state)
{
	struct terminal *terminal =
	        session_run(*state, 24, 80, "semaphore", (const char *[]){"--speed", "10", NULL});
	expect_mode(terminal, WORDS_ENDED); /* the run has ended */
	expect(terminal, terminal_wait_quiet(terminal, 100));
	char *before = terminal_screen(terminal);
	for (int rows = 8; rows < 60; rows += 5)
		terminal_resize(terminal, rows, rows * 3);
	terminal_resize(terminal, 24, 80);
	expect(terminal, terminal_wait_quiet(terminal, 300));
	char *after = terminal_screen(terminal);
	expect_same(before, after);
	free(before);
	free(after);
	session_quit(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(menu__terminal__lists_the_lessons),
	        session_test(menu__more_lessons_than_rows__every_one_can_be_reached),
	        session_test(menu__enter__runs_the_selected_lesson_and_q_comes_back),
	        session_test(run__at_80x24__title_lanes_question_footer),
	        session_test(run__at_other_sizes__title_lanes_question_footer),
	        session_test(run__smallest_size__lanes_and_a_way_out),
	        session_test(small__at_the_start__says_so_until_enlarged),
	        session_test(resize__smaller_too_small_and_back__follows),
	        session_test(resize__back_to_the_size_it_was__the_same_screen),
	};
	return cmocka_run_group_tests_name("start", tests, NULL, NULL);
}
