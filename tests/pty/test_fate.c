/* What becomes of a recording that is looked at: its name goes, is another file's, or its bytes become another recording's. A line says so,
 * without a key, and the picture stays.
 */
#include "tests/pty/session.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/pty/recording.h"

/* Look at a recording whose task is called `name`. */
static struct terminal *view(struct session *session, const char *name)
{
	assert_true(recording_write(session->path, name, strlen(name)));
	struct terminal *terminal = session_start(session, 24, 100, NULL,
	                                          (const char *[]){"view", session->path, NULL});
	expect_text(terminal, "recorded");
	expect(terminal, terminal_wait_for(terminal, name));
	return terminal;
}

static void other_path(const struct session *session, char path[128])
{
	snprintf(path, 128, "%s/other", session->dir);
}

/* The picture is as it was, and answers keys. */
static void expect_alive(struct terminal *terminal, const char *name)
{
	expect(terminal, terminal_wait_for(terminal, name));
	terminal_type(terminal, "?");
	expect_text(terminal, "more below");
	terminal_type(terminal, "?");
	expect_no_text(terminal, "more below");
	session_quit(terminal);
}

static void file__removed__said_and_the_picture_stays(void **state)
{
	struct session *session = *state;
	struct terminal *terminal = view(session, "alpha");
	unlink(session->path);
	expect_text(terminal, "is removed or moved");
	expect_alive(terminal, "alpha");
}

static void file__moved_away_and_back__said_each_time(void **state)
{
	struct session *session = *state;
	char other[128];
	struct terminal *terminal = view(session, "alpha");
	other_path(session, other);
	expect(terminal, rename(session->path, other) == 0);
	expect_text(terminal, "is removed or moved");
	expect(terminal, rename(other, session->path) == 0);
	expect_text(terminal, "in its place again");
	expect_alive(terminal, "alpha");
}

static void file__another_one_takes_its_name__said_and_the_old_one_stays(void **state)
{
	struct session *session = *state;
	char other[128];
	struct terminal *terminal = view(session, "alpha");
	other_path(session, other);
	expect(terminal, recording_write(other, "omega", 5));
	expect(terminal, rename(other, session->path) == 0);
	expect_text(terminal, "was replaced: this is the old one");
	expect(terminal, !terminal_shows(terminal, "omega"));
	expect_alive(terminal, "alpha");
}

/* Write the bytes of one file over those of another, as cp does, or in place. */
static void copy_over(const char *from, const char *to, int flags)
{
	char bytes[65536];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | flags);
	assert_true(in >= 0 && out >= 0);
	ssize_t n;
	while ((n = read(in, bytes, sizeof bytes)) > 0)
		assert_int_equal(write(out, bytes, (size_t)n), n);
	close(in);
	close(out);
}

static void file__overwritten_in_place__said_and_no_crash(void **state)
{
	struct session *session = *state;
	char other[128], name[3000];
	struct terminal *terminal = view(session, "alpha");
	other_path(session, other);
	memset(name, 'w', sizeof name);
	expect(terminal, recording_write(other, name, sizeof name));
	copy_over(other, session->path, 0);
	expect_text(terminal, "was overwritten");
	terminal_type(terminal, "jk0");
	session_quit(terminal);
}

static bool is_said(struct terminal *terminal, void *arg)
{
	(void)arg;
	return terminal_shows(terminal, "was overwritten") ||
	       terminal_shows(terminal, "truncated while");
}

/* cp cuts the file first, and then writes it: which of the two is seen is a matter of the moment. */
static void file__copied_over__said_and_no_crash(void **state)
{
	struct session *session = *state;
	char other[128], name[3000];
	int status = 0;
	struct terminal *terminal = view(session, "alpha");
	other_path(session, other);
	memset(name, 'w', sizeof name);
	expect(terminal, recording_write(other, name, sizeof name));
	copy_over(other, session->path, O_TRUNC);
	terminal_type(terminal, "jk0");
	expect(terminal, terminal_wait_until(terminal, is_said, NULL));
	terminal_type(terminal, "q");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(file__removed__said_and_the_picture_stays),
	        session_test(file__moved_away_and_back__said_each_time),
	        session_test(file__another_one_takes_its_name__said_and_the_old_one_stays),
	        session_test(file__overwritten_in_place__said_and_no_crash),
	        session_test(file__copied_over__said_and_no_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
