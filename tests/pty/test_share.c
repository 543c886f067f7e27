/* A presenter and its followers, each in a terminal of its own. */
#include "tests/pty/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* The socket's path: the session's own file name, which nothing else uses here. */
static struct terminal *present(struct session *session, const char *lesson)
{
	struct terminal *terminal = session_start(session, 24, 80, NULL,
	                                          (const char *[]){"run", lesson, "--speed", "100",
	                                                           "--share", session->path, NULL});
	expect_text(terminal, "ended");
	return terminal;
}

static struct terminal *follow(struct session *session, int rows, int cols)
{
	const char *argv[] = {session_program(), "view", session->path, NULL};
	struct terminal *terminal = terminal_start(
	        &(struct terminal_options){.rows = rows, .cols = cols, .argv = argv});
	expect(terminal, terminal != NULL);
	return terminal;
}

static void follow__presenter_moves__the_class_sees_it_and_has_no_say(void **state)
{
	struct terminal *presenter = present(*state, "semaphore");
	struct terminal *class = follow(*state, 30, 110);
	expect_text(class, "Task 4");
	terminal_press(presenter, VTERM_KEY_HOME);
	expect_text(class, "past");
	terminal_type(presenter, "/Task 3\r");
	terminal_press(presenter, VTERM_KEY_END);
	expect_text(class, "Task 3 is done");
	terminal_press(class, VTERM_KEY_HOME);
	expect_text(class, "the presenter has the keys");
	expect(presenter, !terminal_shows(presenter, "past"));
	/* another lesson is followed too */
	terminal_type(presenter, "p");
	expect_text(class, "comprehension");
	session_quit(presenter);
	expect_text(class, "the presenter has ended");
	session_quit(class);
	terminal_destroy(class);
}

/* The class is asked too: it sees the question and its options, nothing behind the moment, and the answer when it is given. */
static void follow__presenter_asks__the_class_sees_the_question_and_no_future(void **state)
{
	struct terminal *presenter = present(*state, "semaphore");
	struct terminal *class = follow(*state, 30, 110);
	expect_text(class, "900.0");
	terminal_type(presenter, "b");
	expect_text(presenter,
	            "predict 1 of 4"); /* a presenter whose screen nobody reads stands still */
	expect_text(class, "Two permits are taken. Which tasks run between 0 and 300 ms?");
	expect_text(class, "3  none of them");
	expect_no_text(class, "900");
	terminal_type(presenter, "v3 10 4\r");
	expect_text(presenter, "10");
	terminal_type(presenter, "2");
	expect_text(presenter, "because");
	expect_text(class, "happened: none of them");
	expect_text(class, "because: ");
	expect_no_text(class, "900");
	expect(class, !terminal_shows(class, "predicted"));
	terminal_type(presenter, "\rnn");
	expect_text(presenter, "whoever asks next");
	expect_text(class, "Task 0 gives its permit back now");
	terminal_type(presenter, "1");
	expect_text(presenter, "900 ms");
	expect_text(class, "900 ms");
	terminal_type(presenter, "q");
	expect_text(presenter, "Nobody is running at 150 ms");
	expect_text(class, "Nobody is running at 150 ms");
	session_quit(presenter);
	expect_text(class, "the presenter has ended");
	session_quit(class);
	terminal_destroy(class);
}

/* A ring is another file after each turn: the class gets that one too, and sees how the run ends. */
static void follow__ring_that_turns__the_class_sees_the_end(void **state)
{
	struct session *session = *state;
	struct terminal *presenter =
	        session_start(session, 24, 80, NULL,
	                      (const char *[]){"run", "blocking", "--set", "ticks=1000", "--set",
	                                       "every=1", "--ring", "64k", "--speed", "1", "--step",
	                                       "--share", session->path, NULL});
	expect_text(presenter, "held");
	struct terminal *class = follow(session, 30, 110);
	expect_text(class, "blocking");
	terminal_type(presenter, ">>>>>> ");
	expect_text(presenter, "ended");
	expect_text(presenter, "lost");
	expect_text(class, "tick 1000");
	expect_text(class, "records lost");
	session_quit(presenter);
	session_quit(class);
	terminal_destroy(class);
}

static void follow__two_classes_one_stopped__the_other_goes_on(void **state)
{
	struct terminal *presenter = present(*state, "semaphore");
	struct terminal *first = follow(*state, 24, 80), *second = follow(*state, 40, 120);
	expect_text(first, "Task 4");
	expect_text(second, "Task 4");
	terminal_signal(first, SIGSTOP);
	for (int i = 0; i < 400; i++)
		terminal_type(presenter, i % 2 == 0 ? "j" : "k");
	terminal_type(presenter, "/Task 2\r");
	expect_text(second, "Task 2 is done");
	expect_text(presenter, "Task 2 is done");
	terminal_signal(first, SIGCONT);
	expect_text(first, "Task 2 is done");
	terminal_destroy(first);
	terminal_type(presenter, "/Task 1\r");
	expect_text(second, "Task 1 is done");
	session_quit(second);
	terminal_destroy(second);
	session_quit(presenter);
}

static void share__socket__is_private_and_goes_with_the_presenter(void **state)
{
	struct session *session = *state;
	struct terminal *presenter = present(session, "hello");
	struct stat st;
	expect(presenter, stat(session->path, &st) == 0);
	expect(presenter, S_ISSOCK(st.st_mode) && (st.st_mode & 0777) == 0600);
	session_quit(presenter);
	expect(presenter, stat(session->path, &st) != 0);
}

static void expect_refusal(struct session *session, const char *text)
{
	struct terminal *terminal =
	        session_start(session, 24, 160, NULL,
	                      (const char *[]){"run", "hello", "--share", session->path, NULL});
	expect(terminal, terminal_wait_for(terminal, text));
	expect_exit(terminal, 2);
}

static void share__name_is_a_file__is_refused_and_the_file_stays(void **state)
{
	struct session *session = *state;
	FILE *file = fopen(session->path, "w");
	struct stat st;
	fputs("mine", file);
	fclose(file);
	expect_refusal(session, "it exists and is no socket");
	assert_int_equal(stat(session->path, &st), 0);
	assert_int_equal(st.st_size, 4);
}

static int bind_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void share__old_socket__is_replaced_but_not_one_in_use(void **state)
{
	struct session *session = *state;
	int fd = bind_at(session->path);
	assert_int_equal(listen(fd, 1), 0);
	expect_refusal(session, "somebody shares there already");
	close(fd); /* the name stays, as after a crash */
	struct terminal *presenter = present(session, "hello");
	session_quit(presenter);
}

static void follow__nobody_or_nonsense__one_line(void **state)
{
	struct session *session = *state;
	int fd = bind_at(session->path);
	struct terminal *class = follow(session, 24, 160);
	expect_text(class, "nobody shares there any more");
	terminal_destroy(class);
	assert_int_equal(listen(fd, 1), 0);
	class = follow(session, 24, 160);
	int peer = accept(fd, NULL, NULL);
	assert_int_equal(send(peer, "nonsense", 8, MSG_NOSIGNAL), 8);
	expect_text(class, "the presenter has ended, or is of another version");
	terminal_destroy(class);
	close(peer);
	close(fd);
	unlink(session->path);
}

static void notes__i__clock_question_and_notes_for_the_presenter_alone(void **state)
{
	struct terminal *presenter = present(*state, "semaphore");
	struct terminal *class = follow(*state, 24, 80);
	expect_text(class, "Task 4");
	terminal_press(presenter, VTERM_KEY_HOME);
	terminal_type(presenter, "i");
	expect_text(presenter, "1 follows");
	expect_text(presenter, "next, at");
	expect_text(class, "past");
	expect(class, !terminal_shows(class, "next, at"));
	terminal_type(presenter, "i");
	expect_no_text(presenter, "1 follows");
	terminal_destroy(class);
	session_quit(presenter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(follow__presenter_moves__the_class_sees_it_and_has_no_say),
	        session_test(follow__presenter_asks__the_class_sees_the_question_and_no_future),
	        session_test(follow__ring_that_turns__the_class_sees_the_end),
	        session_test(follow__two_classes_one_stopped__the_other_goes_on),
	        session_test(share__socket__is_private_and_goes_with_the_presenter),
	        session_test(share__name_is_a_file__is_refused_and_the_file_stays),
	        session_test(share__old_socket__is_replaced_but_not_one_in_use),
	        session_test(follow__nobody_or_nonsense__one_line),
	        session_test(notes__i__clock_question_and_notes_for_the_presenter_alone),
	};
	return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
