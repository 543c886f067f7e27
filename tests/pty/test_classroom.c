/* What a class does with a lesson through a real terminal: changing it (what if) and comparing it with its partner. */
#include "tests/pty/session.h"

#include <stdlib.h>
#include <string.h>

/* Run a lesson, fast enough to be over at once, and wait for its end. */
static struct terminal *run_fast(struct session *session, const char *lesson)
{
	struct terminal *terminal =
	        session_start(session, 24, 80, NULL,
	                      (const char *[]){"run", lesson, "--speed", "100", NULL});
	expect_text(terminal, "ended");
	return terminal;
}

static void whatif__a_step_more__whole_timeline_is_made_again(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "v");
	expect_text(terminal, "makespan 900 ms; change a value");
	terminal_press(terminal, VTERM_KEY_DOWN);
	terminal_press(terminal, VTERM_KEY_RIGHT);
	expect_text(terminal, "makespan 600 ms, before 900 ms: 300 ms less");
	expect_text(terminal, "3 of 3 left");
	terminal_type(terminal, "u");
	expect_text(terminal, "makespan 900 ms, before 600 ms: 300 ms more");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

static void whatif__typed_values__strict_and_nothing_is_lost(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "v");
	expect_text(terminal, "makespan 900 ms; change a value");
	terminal_type(terminal, "jj1000\r");
	expect_text(terminal, "makespan 3000 ms, before 900 ms: 2100 ms more");
	terminal_type(terminal, "99999999999\r");
	expect_text(terminal, "hold cannot be 99999999999: it goes from 0 to 60000");
	terminal_type(terminal, "-\r");
	expect_text(terminal, "'-' is not a number");
	terminal_type(terminal, "12\x1b");
	expect(terminal, terminal_wait_quiet(terminal, 150));
	expect(terminal,
	       terminal_shows(terminal, "makespan") || terminal_shows(terminal, "number"));
	terminal_type(terminal, "r");
	expect_text(terminal, "makespan 900 ms, before 3000 ms: 2100 ms less");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

static void whatif__left__lesson_runs_with_the_new_values(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "vj1\r");
	expect_text(terminal, "makespan 1500 ms, before 900 ms");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	terminal_type(terminal, "r");
	expect_text(terminal, "1500 ms");
	session_quit(terminal);
}

static void whatif__a_finding_goes__is_said(void **state)
{
	struct terminal *terminal = run_fast(*state, "deadlock");
	terminal_type(terminal, "v");
	expect_text(terminal, "findings: deadlock");
	terminal_type(terminal, "j1\r");
	expect_text(terminal, "findings: deadlock gone");
	terminal_type(terminal, "u");
	expect_text(terminal, "findings: deadlock new");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	terminal_type(terminal, "q");
	terminal_wait_quiet(terminal, 100);
}

static void whatif__real_clock__says_why_not(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, NULL,
	                      (const char *[]){"run", "files", "--set", "files=1", NULL});
	expect_text(terminal, "ended");
	terminal_type(terminal, "v");
	expect_text(terminal, "files runs in real time");
	session_quit(terminal);
}

static void predict__a_class_votes_twice__reveal_stays_until_it_is_left(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "b");
	expect_text(terminal, "predict 1 of 4");
	expect_text(terminal, "Two permits are taken");
	expect_no_text(terminal, "900");
	terminal_type(terminal, "v3 ten 4\r");
	expect_text(terminal, "want a whole number for each option");
	expect_text(terminal, "each option: 3 ten 4"); /* to be mended */
	terminal_type(terminal, "\x7f\x7f\x7f\x7f\x7f");
	terminal_type(terminal, "10 4\r");
	expect_text(terminal, "10");
	terminal_type(terminal, "v1 1\r");
	expect_text(terminal, "want 3 numbers");
	terminal_press(terminal, VTERM_KEY_END);
	terminal_type(terminal, "4");
	terminal_press(terminal, VTERM_KEY_LEFT);
	terminal_press(terminal, VTERM_KEY_LEFT);
	terminal_type(terminal, "2 \r");
	expect_text(terminal, "14");
	terminal_type(terminal, "2");
	expect_text(terminal, "predicted");
	expect_text(terminal, "none of them");
	expect_text(terminal, "because");
	expect_no_text(terminal, "900");
	terminal_type(terminal,
	              "x"); /* the future of the next question stays hidden, whatever is pressed */
	terminal_press(terminal, VTERM_KEY_END);
	expect(terminal, terminal_wait_quiet(terminal, 150));
	expect(terminal, terminal_shows(terminal, "because"));
	expect_no_text(terminal, "900");
	terminal_type(terminal, "\r");
	expect_text(terminal, "predict 2 of 4");
	terminal_type(terminal, "s"); /* the program, and nothing that answers */
	expect_text(terminal, "asyncio.Semaphore(p.permits)");
	expect(terminal, !terminal_shows(terminal, "900"));
	terminal_type(terminal, "q");
	expect_text(terminal, "predict 2 of 4");
	terminal_type(terminal, "nnn");
	expect_text(terminal, "0 of 4 right");
	expect_text(terminal, "3 not answered");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

/* The lesson itself is asked: held at each question, let go by the answer, and given back with all that it has done. */
static void predict__a_live_run__is_held_at_its_questions(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 30, 100, NULL,
	                      (const char *[]){"run", "sequential", "--step", NULL});
	expect_text(terminal, "held");
	terminal_type(terminal, "b");
	expect_text(terminal, "A has its answer. When will all three be here?"); /* at 1000 ms */
	expect_text(terminal, "held");
	expect_no_text(terminal, "1500.0");
	expect_no_text(terminal, "ended");
	terminal_type(terminal, "1");
	expect_text(terminal, "happened");
	expect_text(terminal, "held"); /* the next question is about the same moment */
	expect_no_text(terminal, "1500.0");
	terminal_type(terminal, "\r");
	expect_text(terminal, "What is to be seen in the lane of main");
	terminal_type(terminal, "##########\r");
	expect_text(terminal, "predicted  [##########]");
	expect_text(terminal, "happened   [#....#..#|]");
	expect_text(terminal, "3 of 10 cells are right");
	expect_text(terminal, "A task that waits is busy");
	expect_text(terminal, "ended"); /* it went on by itself, to its end at 1800 ms */
	terminal_type(terminal, "\r");
	expect_text(terminal, "of 2 right");
	expect_text(terminal, "it was: [#....#..#|]");
	terminal_type(terminal, "q");
	expect_text(terminal, "1800.0");
	session_quit(terminal);
}

/* Real time cannot be held: the program runs behind the mask from the first question on, and is what the answer shows. */
static void predict__real_time__asks_what_holds_of_every_run(void **state)
{
	struct terminal *terminal = run_fast(*state, "files");
	terminal_type(terminal, "b");
	expect_text(terminal, "How many files are being written");
	expect_text(terminal, "ended");
	expect(terminal, !terminal_shows(terminal, "all removed"));
	expect(terminal, !terminal_shows(terminal, "Nobody is running"));
	terminal_type(terminal, "3");
	expect_text(terminal, "happened   four");
	terminal_type(terminal, "\r");
	expect_text(terminal, "In which order do these four begin?");
	terminal_type(terminal, "1234\r");
	expect_text(terminal, "happened   write 10, then read 1, then read 10, then remove 1");
	expect_text(terminal, "before it  \u2717 ten; it was: four");
	expect_text(terminal, "Nobody is running");
	terminal_type(terminal, "\rq");
	expect_text(terminal, "all removed");
	session_quit(terminal);
}

/* Several questions may stand at one moment. The picture then comes with the last answer, or as soon as the class wants it. */
static void predict__same_moment__picture_waits_or_is_asked_for(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 30, 100, NULL,
	                      (const char *[]){"run", "semaphore", "--step", NULL});
	expect_text(terminal, "held");
	terminal_type(terminal, "b1");
	expect_text(terminal, "comes with the answer to the next question");
	expect(terminal, !terminal_shows(terminal, "1st in line"));
	terminal_press(terminal, VTERM_KEY_RIGHT);
	expect_text(terminal, "1st in line"); /* at 300 ms, where the fourth question stands */
	expect_no_text(terminal, "comes with the answer");
	expect(terminal, terminal_shows(terminal, "because"));
	expect(terminal, !terminal_shows(terminal, "2 of 2 left"));
	terminal_type(terminal, "\r");
	expect_text(terminal, "When is the last one over?");
	expect_no_text(terminal, "1st in line");   /* hidden again */
	terminal_press(terminal, VTERM_KEY_RIGHT); /* nothing is answered yet */
	terminal_type(terminal, "2");
	expect_text(terminal, "happened   at 900 ms");
	expect(terminal, !terminal_shows(terminal, "1st in line"));
	terminal_type(terminal, "\r#.....#..#\r");
	expect_text(terminal, "before it  \u2717 Task 0 and Task 1; it was: none of them");
	expect_text(terminal, "before it  \u2713 at 900 ms");
	expect_text(terminal, "1st in line");
	terminal_type(terminal, "\r");
	expect_text(terminal, "Who gets it?");
	terminal_type(terminal, "1");
	expect_text(terminal, "2 of 2 left");
	expect_no_text(terminal, "before it");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

/* From the menu a lesson can be asked about before anything of it has been seen. */
static void predict__from_the_menu__before_it_has_run(void **state)
{
	struct terminal *terminal = session_start(*state, 24, 80, NULL, (const char *[]){NULL});
	expect_text(terminal, "86 lessons");
	terminal_type(terminal, "/sockets\rb");
	expect_text(terminal, "predict 1 of 2");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	terminal_type(terminal, "q");
	expect_text(terminal, "86 lessons");
	terminal_type(terminal, "/semaphore\rb");
	expect_text(terminal, "predict 1 of 4");
	expect_text(terminal, "0 ms");
	terminal_type(terminal, "q");
	expect_text(terminal, "space play");
	terminal_type(terminal, "q");
	expect_text(terminal, "86 lessons");
	session_quit(terminal);
}

/* What was changed in the what-if is what is asked about, and what is on the screen afterwards. */
static void predict__after_a_whatif__is_about_the_new_values(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "vj1\r");
	expect_text(terminal, "makespan 1500 ms, before 900 ms");
	terminal_type(terminal, "q");
	expect_text(terminal, "r runs the lesson with the new values");
	terminal_type(terminal, "b");
	expect_text(terminal, "5 turns of 300 ms, 1 at a time");
	terminal_type(terminal, "1");
	expect_text(terminal, "happened");
	expect_text(terminal, "ended   1500 ms");
	terminal_type(terminal, "\r");
	expect_text(terminal, "of 1 right");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended   1500 ms");
	session_quit(terminal);
}

static void predict__you_are_the_loop__says_why_not(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, NULL,
	                      (const char *[]){"run", "concurrent", "--policy", "manual", NULL});
	expect_text(terminal, "Who runs next?");
	terminal_type(terminal, "b");
	expect_text(terminal, "what comes next is yours to say");
	terminal_type(terminal, "1");
	expect_text(terminal, "2 fetch C");
	session_quit(terminal);
}

static void predict__narrated__is_a_numbered_list(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 40, 100, NULL,
	                      (const char *[]){"run", "semaphore", "--narrate", "--step", NULL});
	expect_text(terminal, "Now at 0 ms");
	terminal_type(terminal, "b");
	expect_text(terminal, "Question 1 of 4: Two permits are taken");
	expect_text(terminal, "  3  none of them");
	terminal_type(terminal, "3");
	expect_text(terminal, "Right.");
	expect_text(terminal, "predicted: none of them");
	expect(terminal, !terminal_shows(terminal, "runs.")); /* the lesson is silent meanwhile */
	terminal_type(terminal, "\rn#.");
	expect_text(terminal, "[#.], 2 of 10 cells");
	terminal_type(terminal, "\r");
	expect_text(terminal, "10 cells to paint, and 2 are painted");
	terminal_type(terminal, "q");
	session_quit(terminal);
}

static void predict__any_recording__asks_about_the_selected_task(void **state)
{
	struct session *session = *state;
	int status = 0;
	struct terminal *terminal = session_start(session, 24, 80, NULL,
	                                          (const char *[]){"run", "semaphore", "--plain",
	                                                           "-o", session->path, NULL});
	expect(terminal, terminal_wait_exit(terminal, &status));
	terminal = session_start(session, 30, 100, NULL,
	                         (const char *[]){"view", session->path, NULL});
	expect_text(terminal, "Task 4");
	terminal_type(terminal, "b"); /* nothing is left, nobody is selected: from the start */
	expect_text(terminal, "Which task runs next?");
	expect_no_text(terminal, "900");
	terminal_type(terminal, "q");
	expect_text(terminal, "recorded");
	terminal_press(terminal, VTERM_KEY_HOME);
	terminal_type(terminal, "/Task 4\r\r\r\rb");
	expect_text(terminal, "Which task runs next?");
	terminal_type(terminal, "1");
	expect_text(terminal, "happened");
	expect_no_text(terminal, "900"); /* there are more questions about what comes */
	terminal_type(terminal, "\r");
	expect_text(terminal, "Who makes Task 4 ready next?");
	terminal_type(terminal, "q");
	expect_text(terminal, "past");
	session_quit(terminal);
}

static void game__manual__picks_are_done_and_judged(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 24, 80, NULL,
	                      (const char *[]){"run", "concurrent", "--policy", "manual", NULL});
	expect_text(terminal, "Who runs next?  1 fetch A  2 fetch B  3 fetch C");
	terminal_type(terminal, "7"); /* nobody: nothing happens */
	terminal_type(terminal, "3");
	expect_text(terminal, "asyncio would run fetch A: first come, first served");
	expect_text(terminal, "1 fetch A  2 fetch B");
	terminal_type(terminal, "1");
	expect_text(terminal, "The run is over");
	expect_text(terminal, "you decided 2 times, 1 of them as asyncio");
	session_quit(terminal);
}

static void compare__from_a_lesson__shows_both_and_goes_back(void **state)
{
	struct terminal *terminal = run_fast(*state, "sequential");
	terminal_type(terminal, "c");
	expect_text(terminal, "A takes 1800 ms, B 1000 ms: B is 1.80 times as fast, 800 ms less");
	expect_text(terminal, "A sequential");
	expect_text(terminal, "B concurrent");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

/* A lesson that is held, or whose loop somebody is, is compared as it would run by itself. */
static void compare__held_at_the_gate__does_not_wait_for_it(void **state)
{
	static const char *const ways[][3] = {{"--step", NULL}, {"--policy", "manual", NULL}};
	for (size_t i = 0; i < 2; i++) {
		struct terminal *terminal = session_start(
		        *state, 30, 100, NULL,
		        (const char *[]){"run", "concurrent", ways[i][0], ways[i][1], NULL});
		expect_text(terminal, "held");
		terminal_type(terminal, "c");
		expect_text(terminal, "A takes 1000 ms, B 1800 ms");
		terminal_type(terminal, "q");
		expect_text(terminal, "held");
		session_quit(terminal);
	}
}

static void compare__other_values__beside_the_lesson_as_it_comes(void **state)
{
	struct terminal *terminal = run_fast(*state, "semaphore");
	terminal_type(terminal, "vj3\rq");
	expect_text(terminal, "r runs the lesson with the new values");
	terminal_type(terminal, "c");
	expect_text(terminal, "A takes 600 ms, B 900 ms");
	terminal_type(terminal, "q");
	expect_text(terminal, "ended");
	session_quit(terminal);
}

static void compare__no_partner__says_so(void **state)
{
	struct terminal *terminal = run_fast(*state, "hello");
	terminal_type(terminal, "c");
	expect_text(terminal, "hello has no partner to be compared with");
	session_quit(terminal);
}

static void compare__command__steps_both_and_quits(void **state)
{
	struct terminal *terminal =
	        session_start(*state, 40, 120, NULL,
	                      (const char *[]){"compare", "sequential", "concurrent", NULL});
	expect_text(terminal, "differ from 0 ms");
	terminal_press(terminal, VTERM_KEY_HOME);
	expect_text(terminal, "0 of 1800 ms");
	expect_text(terminal, "0 of 1000 ms");
	terminal_press(terminal, VTERM_KEY_END);
	expect(terminal, terminal_wait_gone(terminal, "past"));
	session_quit(terminal);
}

int main(void)
{

	const struct CMUnitTest tests[] = {
	        session_test(whatif__a_step_more__whole_timeline_is_made_again),
	        session_test(whatif__typed_values__strict_and_nothing_is_lost),
	        session_test(whatif__left__lesson_runs_with_the_new_values),
	        session_test(whatif__a_finding_goes__is_said),
	        session_test(whatif__real_clock__says_why_not),
	        session_test(predict__a_class_votes_twice__reveal_stays_until_it_is_left),
	        session_test(predict__a_live_run__is_held_at_its_questions),
	        session_test(predict__real_time__asks_what_holds_of_every_run),
	        session_test(predict__same_moment__picture_waits_or_is_asked_for),
	        session_test(predict__from_the_menu__before_it_has_run),
	        session_test(predict__after_a_whatif__is_about_the_new_values),
	        session_test(predict__you_are_the_loop__says_why_not),
	        session_test(predict__narrated__is_a_numbered_list),
	        session_test(predict__any_recording__asks_about_the_selected_task),
	        session_test(game__manual__picks_are_done_and_judged),
	        session_test(compare__from_a_lesson__shows_both_and_goes_back),
	        session_test(compare__no_partner__says_so),
	        session_test(compare__held_at_the_gate__does_not_wait_for_it),
	        session_test(compare__other_values__beside_the_lesson_as_it_comes),
	        session_test(compare__command__steps_both_and_quits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
