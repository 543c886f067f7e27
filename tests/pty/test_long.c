/* Long recordings on the screen: there at once while they are read, and cut off while they are watched. */
#include "tests/pty/session.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace/writer.h"

#define TURNS 400000u

static void emit(struct trace_pen *pen, struct trace_record record)
{
	trace_emit(pen, record);
}

/* Write a recording of a task that sleeps and runs in turn, TURNS times. */
static void write_long(const char *path)
{
	struct trace_writer_options options = {.clock = TRACE_CLOCK_VIRTUAL};
	struct trace_writer *writer;
	struct trace_error error;
	struct trace_pen pen;
	uint64_t t_ns = 0;
	assert_int_equal(trace_writer_open(&writer, path, &options, &error), 0);
	trace_pen_init(&pen, writer);
	uint32_t name = trace_pen_string(&pen, "sleeper", 7);
	emit(&pen, (struct trace_record){.id = 1, .a = name, .kind = TRACE_TASK});
	for (uint32_t i = 0; i < TURNS; i++, t_ns += 1000) {
		emit(&pen, (struct trace_record){.t_ns = t_ns,
		                                 .id = 1,
		                                 .sub = TRACE_STATE_READY,
		                                 .arg = TRACE_WHY_TIMER,
		                                 .kind = TRACE_STATE});
		emit(&pen, (struct trace_record){.t_ns = t_ns,
		                                 .id = 1,
		                                 .sub = TRACE_STATE_RUNNING,
		                                 .kind = TRACE_STATE});
		emit(&pen, (struct trace_record){.t_ns = t_ns + 500,
		                                 .id = 1,
		                                 .sub = TRACE_STATE_WAITING,
		                                 .arg = TRACE_ON_SLEEP,
		                                 .kind = TRACE_STATE});
	}
	emit(&pen,
	     (struct trace_record){.t_ns = t_ns, .sub = TRACE_STATUS_FINISHED, .kind = TRACE_END});
	trace_pen_fini(&pen);
	trace_writer_close(writer);
}

static struct terminal *view_long(struct session *session, char *path, size_t path_bytes)
{
	snprintf(path, path_bytes, "%s/long.gtt", session->dir);
	write_long(path);
	struct terminal *terminal =
	        session_start(session, 24, 140, NULL, (const char *[]){"view", path, NULL});
	expect_lane(terminal, "sleeper");
	return terminal;
}

static void long_recording__is_read_to_its_end_behind_the_picture(void **state)
{
	char path[200];
	struct terminal *terminal = view_long(*state, path, sizeof path);
	expect_no_text(terminal, "reading");
	expect_text(terminal, "recorded   400 ms");
	terminal_type(terminal, "w");
	session_quit(terminal);
}

static void recording__cut_off_while_it_is_watched__says_so_and_lives(void **state)
{
	char path[200];
	int status = 0;
	struct terminal *terminal = view_long(*state, path, sizeof path);
	expect_no_text(terminal, "reading");
	assert_int_equal(truncate(path, 4096 + 32 * 5000), 0);
	terminal_type(terminal, "w");
	expect_text(terminal, "truncated while it was being read");
	terminal_type(terminal, "0");
	expect_lane(terminal, "sleeper");
	terminal_type(terminal, "q");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

/* The viewer sleeps, and neither a key nor a frame that is still to come wakes it: the system tells of the cut. */
static void recording__cut_off_while_nobody_does_anything__says_so(void **state)
{
	char path[200];
	int status = 0;
	struct terminal *terminal = view_long(*state, path, sizeof path);
	expect_text(terminal, "recorded   400 ms"); /* all of it is read */
	expect(terminal, terminal_wait_idle(terminal, 300));
	expect_no_text(terminal, "truncated");
	assert_int_equal(truncate(path, 4096 + 32 * 5000), 0);
	expect_text(terminal, "truncated while it was being read");
	terminal_type(terminal, "q");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

static void recording__emptied_while_it_is_watched__says_so_and_lives(void **state)
{
	char path[200];
	struct terminal *terminal = view_long(*state, path, sizeof path);
	assert_int_equal(truncate(path, 0), 0);
	for (int i = 0; i < 3; i++)
		terminal_type(terminal, "j");
	expect_text(terminal, "truncated while it was being read");
	terminal_type(terminal, "q");
	int status = 0;
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status));
}

/* Write a Chrome trace of so many slices; `end` is what it ends with. */
static void write_slices(const char *path, unsigned n, const char *end)
{
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs("{\"traceEvents\":[\n", out);
	for (unsigned i = 0; i < n; i++)
		fprintf(out,
		        "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"name\":\"slice\",\"ts\":%u,\"dur\":5,"
		        "\"cat\":\"text that makes the file long\"},\n",
		        10 * i);
	fprintf(out, "%s", end);
	assert_int_equal(fclose(out), 0);
}

static void foreign_trace__long__is_there_before_it_is_converted(void **state)
{
	struct session *session = *state;
	char path[200];
	snprintf(path, sizeof path, "%s/long.json", session->dir);
	write_slices(path, 400000,
	             "{\"ph\":\"X\",\"pid\":2,\"tid\":2,\"name\":\"last\",\"ts\":5,\"dur\":1}]}");
	struct terminal *terminal =
	        session_start(session, 24, 140, NULL, (const char *[]){"view", path, NULL});
	expect_lane(terminal, "slice");
	expect_lane(terminal, "last"); /* the end of the file is there in the end */
	expect_text(terminal, "recorded   3999.995 ms");
	session_quit(terminal);
}

static void foreign_trace__long_and_malformed__shows_its_part_and_fails(void **state)
{
	struct session *session = *state;
	char path[200];
	int status = 0;
	snprintf(path, sizeof path, "%s/long.json", session->dir);
	write_slices(path, 400000, "nonsense");
	struct terminal *terminal =
	        session_start(session, 24, 140, NULL, (const char *[]){"view", path, NULL});
	expect_text(terminal, "(line 400002, byte ");
	terminal_type(terminal, "q");
	expect(terminal, terminal_wait_exit(terminal, &status));
	expect(terminal, WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        session_test(long_recording__is_read_to_its_end_behind_the_picture),
	        session_test(recording__cut_off_while_it_is_watched__says_so_and_lives),
	        session_test(recording__cut_off_while_nobody_does_anything__says_so),
	        session_test(recording__emptied_while_it_is_watched__says_so_and_lives),
	        session_test(foreign_trace__long__is_there_before_it_is_converted),
	        session_test(foreign_trace__long_and_malformed__shows_its_part_and_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
