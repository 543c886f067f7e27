/* Processes: how they end, what goes through their pipes, and that none is left behind. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/vocabulary.h"

static int run(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	int code;
	struct trace_model *model = recording_of(o, body, arg, &code);
	assert_int_equal(recording_violations(model), 0);
	trace_model_destroy(model);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child, dead or alive */
	assert_int_equal(errno, ECHILD);
	return code;
}

static struct gt_process *shell(const char *script, enum gt_stdio input, enum gt_stdio output)
{
	const char *argv[] = {"sh", "-c", script, NULL};
	struct gt_process_options o = {
	        .name = "shell", .file = "sh", .argv = argv, .input = input, .output = output};
	struct gt_process *process;
	assert_int_equal(gt_process_spawn(&o, &process), 0);
	return process;
}

/* ---- The end of a process ---- */

static int statuses(void *arg)
{
	static const struct {
		const char *script;
		int status, signal;
	} rows[] = {{"exit 0", 0, 0}, {"exit 3", 3, 0}, {"kill -9 $$", 0, 9}, {"kill $$", 0, 15}};
	(void)arg;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gt_process *p = shell(rows[i].script, GT_STDIO_NULL, GT_STDIO_NULL);
		int status = -1, signal = -1;
		assert_null(gt_process_input(p));
		assert_int_equal(gt_process_wait(p, &status, &signal), 0);
		assert_int_equal(status, rows[i].status);
		assert_int_equal(signal, rows[i].signal);
		assert_int_equal(gt_process_wait(p, NULL, NULL), 0); /* again, at once */
		assert_int_equal(gt_process_kill(p, SIGTERM), UV_ESRCH);
		assert_string_equal(gt_error_name(gt_error()), "ProcessLookupError");
		gt_process_close(p);
	}
	return 0;
}

static void wait__however_it_ended__status_and_signal(void **state)
{
	(void)state;
	assert_int_equal(run(statuses, NULL), 0);
}

static int wait_for_it(void *arg)
{
	int signal = 0;
	int rc = gt_process_wait(arg, NULL, &signal);
	return rc ? rc : gt_return(signal);
}

static int several_waiters(void *arg)
{
	struct gt_task *tasks[3];
	intptr_t signals[3];
	struct gt_process *p = shell("exec sleep 1000", GT_STDIO_NULL, GT_STDIO_NULL);
	(void)arg;
	for (int i = 0; i < 3; i++)
		tasks[i] = gt_spawn(wait_for_it, p, "waiter %d", i);
	struct gt_task *fourth = gt_spawn(wait_for_it, p, "fourth");
	gt_sleep(0);
	gt_cancel(fourth);
	assert_int_equal(gt_join(fourth), GT_ECANCELED);
	assert_int_equal(gt_process_kill(p, SIGINT), 0);
	assert_int_equal(gt_gather(tasks, 3, signals), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(signals[i], SIGINT);
		gt_release(tasks[i]);
	}
	gt_process_close(p);
	return 0;
}

static void kill__several_wait__all_are_told(void **state)
{
	(void)state;
	assert_int_equal(run(several_waiters, NULL), 0);
}

static int let_go(void *arg)
{
	struct gt_process *p = shell("exec sleep 1000", GT_STDIO_NULL, GT_STDIO_NULL);
	struct gt_task *waiter = gt_spawn(wait_for_it, p, "waiter");
	(void)arg;
	gt_sleep(0);
	gt_process_close(p);
	gt_process_close(NULL);
	assert_int_equal(gt_join(waiter), UV_ECANCELED);
	shell("exec sleep 1000", GT_STDIO_NULL, GT_STDIO_PIPE); /* the loop ends this one */
	return 0;
}

static void close__while_it_runs__killed_and_gone(void **state)
{
	(void)state;
	assert_int_equal(run(let_go, NULL), 0);
}

/* ---- Starting ---- */

static int cannot_run(void *arg)
{
	const char *argv[] = {"no-such-program", NULL};
	struct gt_process_options o = {.file = argv[0],
	                               .argv = argv,
	                               .input = GT_STDIO_PIPE,
	                               .output = GT_STDIO_PIPE,
	                               .errors = GT_STDIO_PIPE};
	struct gt_process *process;
	(void)arg;
	assert_int_equal(gt_process_spawn(&o, &process), UV_ENOENT);
	assert_string_equal(gt_error_name(gt_error()), "FileNotFoundError");
	assert_string_equal(gt_error_message(gt_error()),
	                    "cannot run 'no-such-program': no such file or directory");
	return 0;
}

static void spawn__no_such_program__refused(void **state)
{
	(void)state;
	assert_int_equal(run(cannot_run, NULL), 0);
}

static int in_a_folder(void *arg)
{
	const char *argv[] = {"sh", "-c", "pwd; echo $WORD", NULL}, *env[] = {"WORD=hello", NULL};
	struct gt_process_options o = {.file = "/bin/sh",
	                               .argv = argv,
	                               .env = env,
	                               .folder = "/",
	                               .input = GT_STDIO_NULL,
	                               .output = GT_STDIO_PIPE};
	struct gt_process *process;
	char line[32];
	(void)arg;
	assert_int_equal(gt_process_spawn(&o, &process), 0);
	assert_int_equal(gt_stream_read_line(gt_process_output(process), line, sizeof line, NULL),
	                 0);
	assert_string_equal(line, "/\n");
	assert_int_equal(gt_stream_read_line(gt_process_output(process), line, sizeof line, NULL),
	                 0);
	assert_string_equal(line, "hello\n");
	return gt_process_wait(process, NULL, NULL);
}

static void spawn__folder_and_environment__are_given(void **state)
{
	(void)state;
	assert_int_equal(run(in_a_folder, NULL), 0);
}

/* ---- Pipes ---- */

static int through_pipes(void *arg)
{
	struct gt_process *p = shell("tr a-z A-Z", GT_STDIO_PIPE, GT_STDIO_PIPE);
	struct gt_stream *in = gt_process_input(p), *out = gt_process_output(p);
	char text[16];
	size_t n;
	int status;
	(void)arg;
	assert_int_equal(gt_stream_write(in, "hello", 5), 0);
	assert_int_equal(gt_stream_shutdown(in), 0);
	assert_int_equal(gt_stream_read_exactly(out, text, 5), 0);
	assert_memory_equal(text, "HELLO", 5);
	assert_int_equal(gt_stream_read(out, text, sizeof text, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(gt_process_wait(p, &status, NULL), 0);
	assert_int_equal(status, 0);
	gt_stream_close(in);
	gt_stream_close(out);
	gt_process_close(p);
	return 0;
}

static void pipes__text_through_a_program__comes_back(void **state)
{
	(void)state;
	assert_int_equal(run(through_pipes, NULL), 0);
}

static int nobody_reads(void *arg)
{
	struct gt_process *p = shell("exit 0", GT_STDIO_PIPE, GT_STDIO_NULL);
	(void)arg;
	assert_int_equal(gt_process_wait(p, NULL, NULL), 0);
	assert_int_equal(gt_stream_write(gt_process_input(p), "x", 1), UV_EPIPE);
	return 0;
}

static void write__process_has_ended__an_error_and_no_signal(void **state)
{
	(void)state;
	assert_int_equal(run(nobody_reads, NULL), 0);
}

/* ---- The recording ---- */

static int wrong_clock(void *arg)
{
	struct gt_process_options o = {.file = "true"};
	struct gt_process *process;
	(void)arg;
	assert_int_equal(gt_process_spawn(&o, &process), GT_ECLOCK);
	assert_string_equal(gt_error_message(gt_error()),
	                    "gt_process_spawn needs the real clock; this run has another one");
	return 0;
}

static void processes__virtual_clock__refused(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	(void)state;
	assert_int_equal(gt_run(&o, wrong_clock, NULL), 0);
}

static int one_process(void *arg)
{
	(void)arg;
	return gt_process_wait(shell("exit 0", GT_STDIO_NULL, GT_STDIO_NULL), NULL, NULL);
}

static void recording__of_a_wait__names_the_process_and_why(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	(void)state;
	o.clock = GT_CLOCK_REAL;
	struct trace_model *model = recording_of(o, one_process, NULL, NULL);
	bool waits = false, wakes = false;
	assert_int_equal(recording_count(model, TRACE_OBJECT, TRACE_OBJECT_PROCESS), 1);
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING)
			waits |= r->arg == TRACE_ON_PROCESS && r->a == 1;
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_READY)
			wakes |= r->arg == TRACE_WHY_IO && r->a == 1;
	}
	assert_true(waits && wakes);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(wait__however_it_ended__status_and_signal),
	        cmocka_unit_test(kill__several_wait__all_are_told),
	        cmocka_unit_test(close__while_it_runs__killed_and_gone),
	        cmocka_unit_test(spawn__no_such_program__refused),
	        cmocka_unit_test(spawn__folder_and_environment__are_given),
	        cmocka_unit_test(pipes__text_through_a_program__comes_back),
	        cmocka_unit_test(write__process_has_ended__an_error_and_no_signal),
	        cmocka_unit_test(processes__virtual_clock__refused),
	        cmocka_unit_test(recording__of_a_wait__names_the_process_and_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
