/* Out of memory at every single allocation of every import: a line that says so and calls no file malformed, nothing leaked; or the whole
 * recording, where there was a way round.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/allocation.h"
#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/chrome.h"
#include "trace/export/ctf.h"
#include "trace/export/jsonl.h"
#include "trace/import/import.h"

/* All that a recording says. owns: the caller frees. */
static char *read_as_text(const char *path)
{
	char *text;
	size_t n;
	struct trace_export export;
	struct trace_error error;
	struct trace_model *model = read_recording(path);
	FILE *out = __real_open_memstream(&text, &n);
	trace_export_init(&export, model);
	assert_int_equal(trace_jsonl_write(&export, out, &error), TRACE_OK);
	fclose(out);
	trace_export_fini(&export);
	trace_model_destroy(model);
	return text;
}

static void make_native(const char *path)
{
	struct make_log log;
	make_log_init(&log);
	random_log(&log, 5, 300, true);
	make_log_close(&log);
	make_log_write(&log, path, log.n_bytes);
	make_log_fini(&log);
}

/* Write the recording in a format of ours. */
static void export_to(const char *path, int (*write)(const struct trace_export *export, FILE *out,
                                                     struct trace_error *error))
{
	struct trace_export export;
	struct trace_error error;
	struct trace_model *model = read_recording(make_log_path("native"));
	trace_export_init(&export, model);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(write(&export, out, &error), TRACE_OK);
	fclose(out);
	trace_export_fini(&export);
	trace_model_destroy(model);
}

/* The Nth allocation fails, for every N until none does. `all`: and those after it. */
static void exhaust(const char *source, bool all)
{
	struct trace_error error;
	char out[160];
	snprintf(out, sizeof out, "%s.gtt", source);
	if (strncmp(source, "tests/", 6) == 0)
		snprintf(out, sizeof out, "%s", make_log_path("out"));
	if (trace_import_file(source, out, NULL, &error))
		fail_msg("%s", error.text);
	char *expected = read_as_text(out);
	long n = 0;
	for (bool failed = true; failed; n++) {
		unlink(out);
		memset(&error, 0, sizeof error);
		fail_after(n, all);
		int rc = trace_import_file(source, out, NULL, &error);
		fail_no_more();
		failed = atomic_load(&has_failed);
		if (rc && (!failed || rc != TRACE_ESYSTEM || strchr(error.text, '\n') ||
		           strncmp(error.text, "cannot ", 7) != 0))
			fail_msg("%s, allocation %ld: code %d, '%s'", source, n, rc, error.text);
		if (rc)
			continue;
		char *text = read_as_text(out);
		if (strcmp(text, expected) != 0)
			fail_msg("%s, allocation %ld: something is lost, and nobody says so",
			         source, n);
		free(text);
	}
	assert_true(n > 1); /* the harness is at work */
	free(expected);
	unlink(out);
}

static void import__each_allocation_fails__one_line_or_all_of_it(void **state)
{
	const char *ctf = make_log_path("ctf"), *jsonl = make_log_path("jsonl"),
	           *chrome = make_log_path("chrome");
	char file[256];
	struct trace_export export;
	struct trace_error error;
	(void)state;
	make_native(make_log_path("native"));
	export_to(jsonl, trace_jsonl_write);
	export_to(chrome, trace_chrome_write);
	struct trace_model *model = read_recording(make_log_path("native"));
	trace_export_init(&export, model);
	assert_int_equal(mkdir(ctf, 0700), 0);
	assert_int_equal(trace_ctf_write(&export, ctf, &error), TRACE_OK);
	trace_export_fini(&export);
	trace_model_destroy(model);
	const char *const sources[] = {make_log_path("native"), jsonl, chrome, ctf};
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		for (int all = 0; all < 2; all++)
			exhaust(sources[i], all);
	for (size_t i = 0; i < 3; i++)
		unlink(sources[i]);
	snprintf(file, sizeof file, "%s/metadata", ctf);
	unlink(file);
	snprintf(file, sizeof file, "%s/stream", ctf);
	unlink(file);
	rmdir(ctf);
}

static void import__of_others__each_allocation_fails__one_line_or_all_of_it(void **state)
{
	static const char chrome[] =
	        "{\"traceEvents\":["
	        "{\"ph\":\"M\",\"pid\":1,\"tid\":1,\"name\":\"thread_name\",\"args\":{\"name\":"
	        "\"a\"}},"
	        "{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{\"name\":\"p\"}},"
	        "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"name\":\"outer\",\"ts\":1,\"dur\":9},"
	        "{\"ph\":\"B\",\"pid\":1,\"tid\":2,\"name\":\"inner\",\"ts\":2},"
	        "{\"ph\":\"E\",\"pid\":1,\"tid\":2,\"ts\":5},"
	        "{\"ph\":\"C\",\"pid\":1,\"name\":\"level\",\"ts\":3,\"args\":{\"value\":2}},"
	        "{\"ph\":\"b\",\"pid\":1,\"tid\":1,\"cat\":\"c\",\"id\":7,\"name\":\"async\","
	        "\"ts\":3},"
	        "{\"ph\":\"s\",\"pid\":1,\"tid\":1,\"cat\":\"f\",\"id\":1,\"name\":\"flow\",\"ts\":"
	        "3},"
	        "{\"ph\":\"f\",\"pid\":1,\"tid\":2,\"cat\":\"f\",\"id\":1,\"name\":\"flow\",\"ts\":"
	        "4},"
	        "{\"ph\":\"e\",\"pid\":1,\"tid\":1,\"cat\":\"c\",\"id\":7,\"name\":\"async\","
	        "\"ts\":8},"
	        "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"name\":\"mark\",\"ts\":6}]}";
	const char *path = make_log_path("others");
	FILE *file = fopen(path, "w");
	(void)state;
	assert_non_null(file);
	fputs(chrome, file);
	fclose(file);
	for (int all = 0; all < 2; all++) {
		exhaust(path, all);
		exhaust("tests/cli/samples/perf.txt", all);
	}
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(import__each_allocation_fails__one_line_or_all_of_it),
	        cmocka_unit_test(import__of_others__each_allocation_fails__one_line_or_all_of_it),
	};
	fail_no_more();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
