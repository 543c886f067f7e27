/* Temporary files leave nothing behind: those without a name however their owner ends, those with one when he ends well or dies, and when he is
 * killed as soon as somebody else needs one; never those of somebody who lives.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "viz/files/temporary.h"

static char folder[64];

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/ganttop-temporary-XXXXXX");
	return mkdtemp(folder) != NULL ? setenv("XDG_RUNTIME_DIR", folder, 1) : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder); /* so it must be empty */
}

static size_t count_entries(void)
{
	size_t n = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}

static struct viz_temporary create(const char *ending)
{
	struct viz_temporary temporary;
	struct viz_problem problem;
	if (viz_temporary_create(&temporary, ending, &problem) != 0)
		fail_msg("%s", problem.text);
	return temporary;
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void expect_text(const char *path, const char *text)
{
	char bytes[64];
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, sizeof bytes), strlen(text));
	assert_memory_equal(bytes, text, strlen(text));
	close(fd);
}

static void nameless__by_its_path__the_same_file_and_no_entry(void **state)
{
	(void)state;
	struct viz_temporary temporary = create(NULL);
	assert_int_equal(count_entries(), 0);
	write_text(temporary.path, "hello");
	expect_text(temporary.path, "hello");
	assert_true(fcntl(temporary.fd, F_GETFD) & FD_CLOEXEC);
	viz_temporary_drop(&temporary);
	viz_temporary_drop(&temporary);
	assert_int_equal(count_entries(), 0);
}

static void nameless__handed_on__a_program_that_is_started_finds_it(void **state)
{
	(void)state;
	struct viz_temporary temporary = create(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		viz_temporary_hand_on(&temporary);
		execl("/bin/sh", "sh", "-c", "printf hello > \"$0\"", temporary.path, (char *)NULL);
		_exit(127);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	expect_text(temporary.path, "hello");
	viz_temporary_drop(&temporary);
}

static void taken__a_number_of_a_descriptor__is_closed_on_exec_and_nothing_else(void **state)
{
	char path[32];
	(void)state;
	int fd = fcntl(STDERR_FILENO, F_DUPFD, 10);
	snprintf(path, sizeof path, "/dev/fd/%d/x", fd);
	viz_temporary_take(path);
	viz_temporary_take("x.gtt");
	viz_temporary_take("/dev/fd/2");
	assert_int_equal(fcntl(fd, F_GETFD), 0);
	assert_int_equal(fcntl(STDERR_FILENO, F_GETFD), 0);
	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	viz_temporary_take(path);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
}

static void named__replaced_and_dropped__nothing_is_left(void **state)
{
	char second[PATH_MAX + 16];
	(void)state;
	struct viz_temporary temporary = create(".turn");
	snprintf(second, sizeof second, "%s%s", temporary.path, temporary.ending);
	write_text(second, "later");
	assert_int_equal(rename(second, temporary.path), 0);
	expect_text(temporary.path, "later");
	write_text(second, "latest");
	assert_int_equal(count_entries(), 1);
	viz_temporary_drop(&temporary);
	assert_int_equal(count_entries(), 0);
}

/* A process that makes a temporary file, with a second one beside it, says so, and waits to be killed. */
static pid_t start_owner(const char *ending)
{
	int said[2];
	char byte;
	assert_int_equal(pipe(said), 0);
	pid_t pid = fork();
	if (pid == 0) {
		char second[PATH_MAX + 16];
		struct viz_temporary temporary = create(ending);
		snprintf(second, sizeof second, "%s.turn", temporary.path);
		if (ending != NULL)
			write_text(second, "half");
		if (write(said[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(said[1]);
	assert_int_equal(read(said[0], &byte, 1), 1);
	close(said[0]);
	return pid;
}

static void kill_owner(pid_t pid)
{
	int status;
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

static void owner__killed__nothing_or_gone_with_the_next(void **state)
{
	(void)state;
	kill_owner(start_owner(NULL));
	assert_int_equal(count_entries(), 0);
	pid_t dead = start_owner(".turn"), alive = start_owner(".turn");
	kill_owner(dead);
	assert_int_equal(count_entries(), 2);
	struct viz_temporary temporary = create(NULL);
	assert_int_equal(count_entries(), 1); /* of who is alive */
	kill_owner(alive);
	viz_temporary_drop(&temporary);
	temporary = create(".turn");
	assert_int_equal(count_entries(), 1);
	viz_temporary_drop(&temporary);
}

/* Whoever else has such a name in a folder of everybody's. */
static void others__of_such_a_name__stay(void **state)
{
	char path[128];
	(void)state;
	snprintf(path, sizeof path, "%s/ganttop-abcdef", folder);
	write_text(path, "mine");
	struct viz_temporary temporary = create(".turn");
	viz_temporary_drop(&temporary);
	expect_text(path, "mine");
	unlink(path);
	snprintf(path, sizeof path, "%s/ganttop-abc", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	temporary = create(".turn");
	viz_temporary_drop(&temporary);
	assert_int_equal(rmdir(path), 0);
	snprintf(path, sizeof path, "%s/ganttop-linked", folder);
	assert_int_equal(symlink("/tmp", path), 0);
	temporary = create(".turn");
	viz_temporary_drop(&temporary);
	assert_int_equal(unlink(path), 0);
}

/* Several owners at once, some of whom are killed: nobody takes what another has just made. */
static void owners__at_the_same_time__each_has_his_own(void **state)
{
	pid_t all[12];
	(void)state;
	for (size_t i = 0; i < 12; i++) {
		all[i] = start_owner(".turn");
		if (i % 3 == 0)
			kill_owner(all[i]);
	}
	for (size_t i = 0; i < 12; i++)
		if (i % 3 != 0)
			kill_owner(all[i]);
	struct viz_temporary temporary = create(NULL);
	viz_temporary_drop(&temporary);
	assert_int_equal(count_entries(), 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        IN_FOLDER(nameless__by_its_path__the_same_file_and_no_entry),
	        IN_FOLDER(nameless__handed_on__a_program_that_is_started_finds_it),
	        IN_FOLDER(taken__a_number_of_a_descriptor__is_closed_on_exec_and_nothing_else),
	        IN_FOLDER(named__replaced_and_dropped__nothing_is_left),
	        IN_FOLDER(owner__killed__nothing_or_gone_with_the_next),
	        IN_FOLDER(others__of_such_a_name__stay),
	        IN_FOLDER(owners__at_the_same_time__each_has_his_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
