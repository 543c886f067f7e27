/* Running a lesson: what scn_run returns and records, and when each lesson ends under the virtual clock. */
#include "runtime/ganttop.h"
#include "scenarios/scenario.h"
#include "trace/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

/* What a recording says about the run as a whole: "title=... permits=2 ... finished at 900 ms". */
struct summary {
	char text[1000];
	char end[64];
};

static void add(struct summary *summary, const char *name, const char *value)
{
	size_t used = strlen(summary->text);

	snprintf(summary->text + used, sizeof(summary->text) - used, "%s=%s; ", name, value);
}

static void add_meta(struct summary *summary, const struct trace_reader *reader,
                     const struct trace_record *record)
{
	char key[100] = "", value[200];

	trace_reader_string(reader, record->b, value, sizeof(value));
	if (record->sub == TRACE_META_PARAM)
		trace_reader_string(reader, record->a, key, sizeof(key));
	add(summary, record->sub == TRACE_META_PARAM ? key : trace_meta_name(record->sub), value);
}

static void read_summary(struct summary *summary, const char *path)
{
	struct trace_error error;
	struct trace_reader *reader;
	uint32_t slot;

	memset(summary, 0, sizeof(*summary));
	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_OK);
	while (trace_reader_next(reader, &slot, &error) == 1) {
		const struct trace_record *record = trace_reader_at(reader, slot);

		if (record->kind == TRACE_META)
			add_meta(summary, reader, record);
		else if (record->kind == TRACE_END)
			snprintf(summary->end, sizeof(summary->end), "%s at %g ms",
			         trace_status_name(record->sub), (double)record->t_ns / 1e6);
	}
	trace_reader_close(reader);
}

/* Run a lesson with up to four settings, recorded; return what scn_run returned. */
static int run(struct summary *summary, const char *name, const char *const settings[4])
{
	char path[] = "/tmp/ganttop-test-XXXXXX", why[200];
	struct scn_run run = {.log = path, .clock = 1};
	int file = mkstemp(path), status;

	assert_true(file >= 0);
	close(file);
	assert_non_null(scn_find(name));
	scn_args_init(&run.args, scn_find(name));
	if (scn_find(name)->needs_real_clock)
		run.clock = 3;
	for (size_t i = 0; i < 4 && settings[i]; i++)
		if (scn_args_set(&run.args, settings[i], why, sizeof(why)) != 0)
			fail_msg("%s", why);
	status = scn_run(&run);
	read_summary(summary, path);
	unlink(path);
	return status;
}

static const struct row {
	const char *lesson;
	const char *settings[4];
	const char *end;
	int status;
} rows[] = {
        {"hello", {NULL}, "finished at 1000 ms", 0},
        {"never-awaited", {NULL}, "finished at 300 ms", 0},
        {"chain", {NULL}, "finished at 700 ms", 0},
        {"calculator", {NULL}, "finished at 200 ms", 0},
        {"callbacks", {NULL}, "finished at 200 ms", 0},
        {"call-order", {NULL}, "finished at 0 ms", 0},
        {"starts-late", {NULL}, "finished at 150 ms", 0},
        {"no-yield", {NULL}, "finished at 150 ms", 0},
        {"task-tools", {NULL}, "finished at 300 ms", 0},
        {"sequential", {NULL}, "finished at 1800 ms", 0},
        {"concurrent", {NULL}, "finished at 1000 ms", 0},
        {"create-task", {NULL}, "finished at 2000 ms", 0},
        {"background", {NULL}, "finished at 1000 ms", 0},
        {"create-then-await", {NULL}, "finished at 1000 ms", 0},
        {"gather", {NULL}, "finished at 300 ms", 0},
        {"gather-error", {NULL}, "finished at 100 ms", 0},
        {"taskgroup-error", {NULL}, "finished at 0 ms", 0},
        {"gather-exceptions", {NULL}, "finished at 100 ms", 0},
        {"taskgroup", {NULL}, "finished at 1000 ms", 0},
        {"wait-first", {NULL}, "finished at 300 ms", 0},
        {"as-completed", {NULL}, "finished at 300 ms", 0},
        {"comprehension", {NULL}, "finished at 250 ms", 0},
        {"semaphore", {NULL}, "finished at 900 ms", 0},
        {"semaphore", {"tasks=9", "permits=3", "hold=500"}, "finished at 1500 ms", 0},
        {"semaphore", {"tasks=10", "permits=3", "hold=1000"}, "finished at 4000 ms", 0},
        {"semaphore", {"tasks=1000", "permits=100", "hold=10"}, "finished at 100 ms", 0},
        {"race", {NULL}, "finished at 300 ms", 0},
        {"lock", {NULL}, "finished at 600 ms", 0},
        {"no-lock-needed", {NULL}, "finished at 100 ms", 0},
        {"event", {NULL}, "finished at 500 ms", 0},
        {"condition", {NULL}, "finished at 800 ms", 0},
        {"condition", {"recheck=0"}, "failed at 200 ms", 1},
        {"barrier", {NULL}, "finished at 300 ms", 0},
        {"rate-semaphore", {NULL}, "finished at 400 ms", 0},
        {"token-bucket", {NULL}, "finished at 1800 ms", 0},
        {"deadlock", {NULL}, "deadlock at 100 ms", 1},
        {"deadlock", {"ordered=1"}, "finished at 400 ms", 0},
        {"nested-semaphore", {NULL}, "deadlock at 300 ms", 1},
        {"nested-semaphore", {"permits=5"}, "finished at 500 ms", 0},
        {"nested-semaphore", {"inside=0"}, "finished at 500 ms", 0},
        {"herd", {NULL}, "finished at 200 ms", 0},
        {"priority-inversion", {NULL}, "finished at 480 ms", 0},
        {"check-then-act", {NULL}, "finished at 100 ms", 0},
        {"check-then-act", {"share=1"}, "finished at 100 ms", 0},
        {"queue", {NULL}, "finished at 500 ms", 0},
        {"producers-consumers", {NULL}, "finished at 500 ms", 0},
        {"slow-consumers", {NULL}, "finished at 11000 ms", 0},
        {"worker-pool", {NULL}, "finished at 400 ms", 0},
        {"pipeline", {NULL}, "finished at 1030 ms", 0},
        {"bounded", {NULL}, "finished at 1020 ms", 0},
        {"unbounded", {NULL}, "finished at 1020 ms", 0},
        {"join-hang", {NULL}, "deadlock at 200 ms", 1},
        {"priority-queue", {NULL}, "finished at 400 ms", 0},
        {"wait-for", {NULL}, "finished at 500 ms", 0},
        {"timeout", {NULL}, "finished at 1000 ms", 0},
        {"cancel", {NULL}, "finished at 600 ms", 0},
        {"cancel-before-start", {NULL}, "finished at 0 ms", 0},
        {"swallow", {NULL}, "finished at 250 ms", 0},
        {"slow-cleanup", {NULL}, "finished at 400 ms", 0},
        {"shield", {NULL}, "finished at 500 ms", 0},
        {"shield-shutdown", {NULL}, "finished at 200 ms", 0},
        {"shutdown", {NULL}, "finished at 500 ms", 0},
        {"fire-and-forget", {NULL}, "finished at 100 ms", 0},
        {"late-timeout", {NULL}, "finished at 520 ms", 0},
        {"timeout-no-await", {NULL}, "finished at 300 ms", 0},
        {"lost-error", {NULL}, "finished at 300 ms", 0},
        {"blocking", {NULL}, "finished at 1950 ms", 0},
        {"to-thread", {NULL}, "finished at 1250 ms", 0},
        {"executor", {NULL}, "finished at 1000 ms", 0},
        {"pool-full", {NULL}, "finished at 300 ms", 0},
        {"pool-full", {"pool=5"}, "finished at 100 ms", 0},
        {"thread-cancel", {NULL}, "finished at 500 ms", 0},
        {"cpu-bound", {NULL}, "finished at 1000 ms", 0},
        {"processes", {NULL}, "finished at 250 ms", 0},
        {"gil", {NULL}, "finished at 1000 ms", 0},
        {"gil", {"slice=100"}, "finished at 1000 ms", 0},
        {"spinner", {NULL}, "finished at 200 ms", 0},
        {"sleep-is-a-lower-bound", {NULL}, "finished at 130 ms", 0},
        {"retry", {NULL}, "finished at 450 ms", 0},
        {"retry-storm", {NULL}, "finished at 700 ms", 0},
        {"downloader", {NULL}, "finished at 1000 ms", 0},
        {"countdown", {NULL}, "finished at 5000 ms", 0},
        {"rate-client", {NULL}, "finished at 4100 ms", 0},
        {"crawler", {NULL}, "finished at 500 ms", 0},
        {"scraper", {NULL}, "finished at 1048 ms", 0},
        {"context-manager", {NULL}, "finished at 400 ms", 0},
        {"iterator", {NULL}, "finished at 400 ms", 0},
        {"generator", {NULL}, "finished at 400 ms", 0},
        {"timeout-decorator", {NULL}, "finished at 400 ms", 0},
        {"rate-monitor", {NULL}, "finished at 3500 ms", 0},
        {"benchmark", {NULL}, "finished at 1280 ms", 0},
        {"policies", {NULL}, "finished at 310 ms", 0},
        {"policies", {"policy=1"}, "finished at 310 ms", 0},
        {"policies", {"policy=2"}, "finished at 310 ms", 0},
        {"policies", {"policy=3"}, "finished at 310 ms", 0},
        {"starvation", {NULL}, "finished at 220 ms", 0},
        {"fairness", {NULL}, "finished at 520 ms", 0},
        {"fairness", {"pieces=10"}, "finished at 520 ms", 0},
        {"fetch", {"requests=3", "work=1"}, "finished at ", 0}, /* real: who knows when */
        {"files", {"files=3"}, "finished at ", 0},
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static void run__every_row__ends_as_the_course_says(void **state)
{
	struct summary summary;

	(void)state;
	for (size_t i = 0; i < N_ROWS; i++) {
		int status = run(&summary, rows[i].lesson, rows[i].settings);

		if (status != rows[i].status)
			fail_msg("%s: status %d", rows[i].lesson, status);
		if (scn_find(rows[i].lesson)->needs_real_clock)
			summary.end[strlen("finished at ")] = '\0';
		if (strcmp(summary.end, rows[i].end) != 0)
			fail_msg("%s (row %zu): %s", rows[i].lesson, i, summary.end);
	}
}

static void run__every_lesson__has_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		size_t row = 0;

		while (row < N_ROWS && strcmp(rows[row].lesson, scn_at(i)->name) != 0)
			row++;
		if (row == N_ROWS)
			fail_msg("when does %s end?", scn_at(i)->name);
	}
}

static void run__settings__are_recorded_with_title_question_and_source(void **state)
{
	const char *const settings[4] = {"permits=3"};
	const struct scenario *lesson = scn_find("semaphore");
	struct summary summary;
	char wanted[300];

	(void)state;
	run(&summary, "semaphore", settings);
	assert_non_null(strstr(summary.text, "source=scenarios/semaphore.c; "));
	assert_non_null(strstr(summary.text, "tasks=5; permits=3; hold=300; "));
	snprintf(wanted, sizeof(wanted), "title=%s; ", lesson->title);
	assert_non_null(strstr(summary.text, wanted));
	snprintf(wanted, sizeof(wanted), "question=%s; ", lesson->question);
	assert_non_null(strstr(summary.text, wanted));
}

static void run__dash_in_the_name__is_an_underscore_in_the_source(void **state)
{
	const char *const settings[4] = {NULL};
	struct summary summary;

	(void)state;
	run(&summary, "wait-for", settings);
	assert_non_null(strstr(summary.text, "source=scenarios/wait_for.c; "));
}

static void run__folder_that_is_not_there__costs_the_recording_only(void **state)
{
	struct scn_run run = {.log = "/nowhere/at/all.gtt", .clock = 1};

	(void)state;
	scn_args_init(&run.args, scn_find("semaphore"));
	assert_int_equal(scn_run(&run), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(run__every_row__ends_as_the_course_says),
	        cmocka_unit_test(run__every_lesson__has_a_row),
	        cmocka_unit_test(run__settings__are_recorded_with_title_question_and_source),
	        cmocka_unit_test(run__dash_in_the_name__is_an_underscore_in_the_source),
	        cmocka_unit_test(run__folder_that_is_not_there__costs_the_recording_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
