/* A viewer may cancel any task of any lesson, at any time: the lesson comes to an end all the same, and its recording
 * can be read to the end. No task uses what has gone with main: that is overwritten. */
#include "runtime/ganttop.h"
#include "scenarios/scenario.h"
#include "trace/reader.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#define TIME_LIMIT_S   100   /* for a lesson that never ends */
#define SCRIBBLE_BYTES 32768 /* half of a task's stack */

/* The cancellation that a run is given, in the way in which a viewer asks for it. */
struct wish {
	const char *log;
	struct scn_args args;
	uint32_t task;
	uint64_t t_ns;
};

/* Runs as a task beside the lesson. */
static int ask_for_cancellation(void *arg)
{
	const struct wish *wish = arg;
	int file = open(wish->log, O_RDWR), code;
	struct trace_header *header;

	assert_true(file >= 0);
	header = mmap(NULL, TRACE_HEADER_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	assert_true(header != MAP_FAILED);
	close(file);
	code = gt_sleep(wish->t_ns);
	atomic_store(&header->gate.cancel, wish->task);
	atomic_fetch_add(&header->gate.knock, 1);
	munmap(header, TRACE_HEADER_BYTES);
	return code;
}

/* Overwrite what the lesson's main function has left on its stack: whoever still uses that shall notice. */
__attribute__((noinline)) static void scribble(void)
{
	volatile unsigned char gone[SCRIBBLE_BYTES];

	for (size_t i = 0; i < sizeof(gone); i++)
		gone[i] = 0xa5;
}

static int lesson_and_viewer(void *arg)
{
	struct wish *wish = arg;
	int code;

	gt_release(gt_spawn(ask_for_cancellation, wish, "viewer"));
	code = wish->args.scenario->body(&wish->args);
	scribble();
	return code;
}

static void read_to_the_end(const struct scenario *lesson, const char *path)
{
	struct trace_error error;
	struct trace_reader *reader;
	bool has_ended = false;
	uint32_t slot;
	int more;

	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_OK);
	while ((more = trace_reader_next(reader, &slot, &error)) == 1)
		has_ended = trace_reader_at(reader, slot)->kind == TRACE_END;
	trace_reader_close(reader);
	if (more != 0 || !has_ended)
		fail_msg("the recording of %s has no end", lesson->name);
}

static void run_and_cancel(const struct scenario *lesson, uint32_t task, uint64_t t_ns)
{
	static struct wish wish; /* the viewer's task may outlive main */
	char path[] = "/tmp/ganttop-test-XXXXXX";
	struct gt_options options = GT_OPTIONS_INIT;
	int file = mkstemp(path), code;

	assert_true(file >= 0);
	close(file);
	wish = (struct wish){.log = path, .task = task, .t_ns = t_ns};
	scn_args_init(&wish.args, lesson);
	options.log = path;
	code = gt_run(&options, lesson_and_viewer, &wish);
	assert_int_not_equal(code, GT_ELOG);
	read_to_the_end(lesson, path);
	unlink(path);
}

static void lesson__any_task_cancelled__comes_to_an_end(void **state)
{
	static const uint32_t tasks[] = {1, 3, 4, 5}; /* 1 is main, 2 the viewer */
	static const uint64_t times_ns[] = {0, GT_MS(30), GT_MS(110)};

	(void)state;
	alarm(TIME_LIMIT_S);
	for (size_t i = 0; i < scn_count(); i++)
		for (size_t j = 0; j < sizeof(tasks) / sizeof(tasks[0]); j++)
			for (size_t k = 0; k < sizeof(times_ns) / sizeof(times_ns[0]); k++)
				if (scn_at(i)->body && !scn_at(i)->needs_real_clock)
					run_and_cancel(scn_at(i), tasks[j], times_ns[k]);
	alarm(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(lesson__any_task_cancelled__comes_to_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
