/* The program that is watched can be held, stepped, looked back at and let go; its recording is the witness. */
#include "tests/pty/recording.h"
#include "tests/pty/session.h"
#include "tests/pty/words.h"

#include <stdlib.h>
#include <string.h>

/* Long enough that no test sees its end: 900 s. */
static const char *const long_run[] = {"--set", "hold=60000", "--speed", "0.2", NULL};
static const char *const held_run[] = {"--step", NULL};

static size_t steps_made(const struct session *session)
{
	return recording_count(session->path, TRACE_STATE, TRACE_STATE_RUNNING);
}

static bool is_held(struct terminal *terminal, void *path)
{
	(void)terminal;
	return recording_is_held(path);
}

static struct terminal *start_held(struct session *session)
{
	struct terminal *terminal = session_run(session, 24, 80, "semaphore", held_run);
	expect_mode(terminal, WORDS_HELD);
	expect(terminal, terminal_wait_until(terminal, is_held, session->path));
	return terminal;
}

/* Press Enter until the program has made `n` steps more. A step is recorded as several transitions, and Enter goes
 * through those first; so a press makes one step of the program or none. */
static void step(struct session *session, size_t n)
{
	size_t steps = steps_made(session), wanted = steps + n;
	for (int presses = 0; steps < wanted; presses++) {
		expect(session->terminal, presses < 100);
		terminal_type(session->terminal, "\r");
		expect(session->terminal, terminal_wait_quiet(session->terminal, 50));
		size_t now = steps_made(session);
		expect(session->terminal, now == steps || now == steps + 1);
		steps = now;
	}
}

static void pause__space__time_stands_still(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = session_run(session, 24, 80, "semaphore", long_run);
	expect_mode(terminal, WORDS_PLAYING);
	expect_lane(terminal, "Task 4");
	terminal_type(terminal, " ");
	expect_mode(terminal, WORDS_HELD);
	expect(terminal, terminal_wait_quiet(terminal, 100));
	size_t raw_before = 0, raw_after = 0, steps = steps_made(session);
	char *before = terminal_screen(terminal);
	terminal_raw(terminal, &raw_before);
	terminal_pump(terminal, 300);
	char *after = terminal_screen(terminal);
	terminal_raw(terminal, &raw_after);
	expect_same(before, after);
	assert_int_equal(raw_before, raw_after);
	assert_int_equal(steps, steps_made(session));
	free(before);
	free(after);
	session_quit(terminal);
}

static void pause__space_again__time_goes_on(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	assert_int_equal(0, steps_made(session));
	terminal_type(terminal, " ");
	expect_mode(terminal, WORDS_ENDED); /* to its end */
	assert_int_equal(1, recording_count(session->path, TRACE_END, TRACE_STATUS_FINISHED));
	session_quit(terminal);
}

static void held__from_the_start__no_step_is_made(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	terminal_pump(terminal, 200);
	assert_int_equal(0, steps_made(session));
	session_quit(terminal);
}

static void step__enter_while_held__one_step_each(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	for (size_t i = 1; i <= 8; i++) {
		step(session, 1);
		expect(terminal, recording_is_held(session->path));
		assert_int_equal(i, steps_made(session));
	}
	session_quit(terminal);
}

static void step__enter_to_the_end__the_whole_run(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	for (int i = 0; i < 200 && !terminal_shows(terminal, WORDS_ENDED); i++) {
		terminal_type(terminal, "\r");
		terminal_wait_quiet(terminal, 20);
	}
	expect_mode(terminal, WORDS_ENDED);
	assert_int_equal(1, recording_count(session->path, TRACE_END, TRACE_STATUS_FINISHED));
	assert_int_equal(900000000u, recording_end_ns(session->path));
	session_quit(terminal);
}

static void back__backspace__shows_the_past_while_the_program_stays(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	step(session, 6);
	terminal_type(terminal, "\033"); /* the last step has more transitions than one */
	expect_no_text(terminal, "past");
	expect(terminal, terminal_wait_quiet(terminal, 100));
	size_t steps = steps_made(session);
	char *live = terminal_screen(terminal);
	for (int i = 0; i < 3; i++)
		terminal_type(terminal, "\x7f");
	expect(terminal, terminal_wait_quiet(terminal, 200));
	char *past = terminal_screen(terminal);
	expect_other(live, past);
	assert_int_equal(steps, steps_made(session));
	/* forward again within what is known: still no step of the program */
	terminal_type(terminal, "\r\r");
	expect(terminal, terminal_wait_quiet(terminal, 200));
	assert_int_equal(steps, steps_made(session));
	terminal_type(terminal, "\033");
	expect_no_text(terminal, "past");
	expect(terminal, terminal_wait_quiet(terminal, 100));
	char *back = terminal_screen(terminal);
	expect_same(live, back);
	assert_int_equal(steps, steps_made(session));
	free(live);
	free(past);
	free(back);
	session_quit(terminal);
}

static void back__to_the_very_start__stays_there(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = start_held(session);
	step(session, 3);
	for (int i = 0; i < 60; i++)
		terminal_type(terminal, "\x7f");
	expect(terminal, terminal_wait_quiet(terminal, 200));
	assert_int_equal(3, steps_made(session));
	session_quit(terminal);
}

static bool has_made_steps(struct terminal *terminal, void *session)
{
	(void)terminal;
	return steps_made(session) >= 6;
}

static void back__while_playing__holds_the_program_until_space(void **state)
{
	struct session *session = *state;
	struct terminal *terminal =
	        session_run(session, 24, 80, "semaphore", (const char *[]){"--speed", "0.2", NULL});
	expect(terminal, terminal_wait_until(terminal, has_made_steps, session));
	terminal_type(terminal, "\x7f\x7f\x7f");
	expect_mode(terminal, WORDS_HELD);
	terminal_type(terminal, " ");
	expect_mode(terminal, WORDS_ENDED);
	assert_int_equal(900000000u, recording_end_ns(session->path));
	session_quit(terminal);
}

static void speed__keys__change_what_the_screen_says(void **state)
{
	struct terminal *terminal = session_run(*state, 24, 80, "semaphore",
	                                        (const char *[]){"--set", "hold=60000", NULL});
	char first[512], faster[512], slower[512];
	expect_text(terminal, "x1");
	terminal_row(terminal, 0, first, sizeof first);
	terminal_type(terminal, ">");
	expect_text(terminal, "x2");
	terminal_row(terminal, 0, faster, sizeof faster);
	terminal_type(terminal, "<<");
	expect_text(terminal, "x0.5");
	terminal_row(terminal, 0, slower, sizeof slower);
	assert_null(strstr(slower, "x2"));
	for (int i = 0; i < 40; i++)
		terminal_type(terminal, "<");
	for (int i = 0; i < 80; i++)
		terminal_type(terminal, ">");
	expect_lane(terminal, "Task 4");
	session_quit(terminal);
}

static void speed__much_faster__the_run_ends_soon(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = session_run(session, 24, 80, "semaphore",
	                                        (const char *[]){"--set", "hold=60000", NULL});
	expect_text(terminal, "x1");
	for (int i = 0; i < 16; i++)
		terminal_type(terminal, ">");
	expect_mode(terminal, WORDS_ENDED);
	assert_true(recording_end_ns(session->path) == 180000000000u);
	session_quit(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(pause__space__time_stands_still),
	        session_test(pause__space_again__time_goes_on),
	        session_test(held__from_the_start__no_step_is_made),
	        session_test(step__enter_while_held__one_step_each),
	        session_test(step__enter_to_the_end__the_whole_run),
	        session_test(back__backspace__shows_the_past_while_the_program_stays),
	        session_test(back__to_the_very_start__stays_there),
	        session_test(back__while_playing__holds_the_program_until_space),
	        session_test(speed__keys__change_what_the_screen_says),
	        session_test(speed__much_faster__the_run_ends_soon),
	};
	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
