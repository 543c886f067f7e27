/* The Chrome export: read back, it keeps the rules that its readers insist on.
 *
 * There is no JSON library among our dependencies; the export writes one event a line, so fields are found by
 * their names. That the whole is JSON is checked by tests/trace/test_exports.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/export/chrome.h"

static char *export_model(const struct trace_model *m)
{
	char *text = NULL;
	size_t n = 0;
	struct trace_error error;
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	struct trace_export export;
	trace_export_init(&export, m);
	assert_int_equal(trace_chrome_write(&export, out, &error), 0);
	fclose(out);
	return text;
}

static bool next_line(char **rest, char **line)
{
	*line = *rest;
	char *end = strchr(*line, '\n');
	if (!end)
		return false;
	*end = '\0';
	*rest = end + 1;
	return true;
}

/* Nanoseconds of a field in microseconds. */
static uint64_t ns_field(const char *line, const char *name)
{
	unsigned long long us;
	unsigned ns;
	const char *at = strstr(line, name);
	assert_non_null(at);
	assert_int_equal(sscanf(at + strlen(name), "%llu.%3u", &us, &ns), 2);
	return us * 1000 + ns;
}

static uint32_t tid_field(const char *line)
{
	return (uint32_t)strtoul(strstr(line, "\"tid\":") + 6, NULL, 10);
}

static bool is_phase(const char *line, char phase)
{
	char begin[16];
	snprintf(begin, sizeof begin, "{\"ph\":\"%c\"", phase);
	return strncmp(line, begin, strlen(begin)) == 0;
}

static void chrome__sample__has_rows_slices_wakes_and_counters(void **state)
{
	(void)state;
	static const char *const parts[] = {
	        "{\"ph\":\"M\",\"pid\":1,\"tid\":0,\"name\":\"process_name\","
	        "\"args\":{\"name\":\"sample\"}}",
	        "{\"ph\":\"M\",\"pid\":1,\"tid\":2,\"name\":\"thread_name\","
	        "\"args\":{\"name\":\"worker\",\"parent\":1",
	        "{\"ph\":\"M\",\"pid\":1,\"tid\":2,\"name\":\"thread_sort_index\","
	        "\"args\":{\"sort_index\":2}}",
	        "{\"ph\":\"X\",\"pid\":1,\"tid\":1,\"name\":\"waiting\",\"cat\":\"state\","
	        "\"ts\":0.000,\"dur\":1.000,\"seq\":",
	        "\"args\":{\"on\":\"sleep\",\"until_ns\":1000}}",
	        "{\"ph\":\"X\",\"pid\":1,\"tid\":2,\"name\":\"waiting\",\"cat\":\"state\","
	        "\"ts\":0.000,\"dur\":1.000,\"seq\":",
	        "\"args\":{\"on\":\"lock\","
	        "\"object\":\"the lock that both of them want\",\"object_id\":5}}",
	        "{\"ph\":\"s\",\"pid\":1,\"tid\":1,\"name\":\"cancel\",\"cat\":\"wake\","
	        "\"ts\":1.000,\"id\":",
	        "{\"ph\":\"f\",\"pid\":1,\"tid\":2,\"name\":\"cancel\",\"cat\":\"wake\","
	        "\"ts\":1.000,\"bp\":\"e\",\"id\":",
	        "{\"ph\":\"i\",\"pid\":1,\"tid\":2,\"name\":\"cancel requested\"",
	        "{\"ph\":\"i\",\"pid\":1,\"tid\":2,\"name\":\"I wait\",\"cat\":\"log\"",
	        "{\"ph\":\"i\",\"pid\":1,\"tid\":1,\"name\":\"result\",\"cat\":\"state\","
	        "\"ts\":1.000,\"seq\":",
	        "\"s\":\"t\",\"args\":{\"outcome\":\"result\",\"value\":\"42\"}}",
	        "\"name\":\"the lock that both of them want\",\"cat\":\"lock\",\"seq\":",
	        "\"id\":5,\"ts\":0.000,"
	        "\"args\":{\"value\":0,\"waiters\":1}}",
	        "\"name\":\"iteration\"",
	};
	struct make_log log;
	make_log_sample(&log);
	struct trace_model *m = read_log(&log);
	char *text = export_model(m);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!strstr(text, parts[i]))
			fail_msg("no %s in %s", parts[i], text);
	free(text);
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void chrome__slices_of_a_row__never_overlap(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed < 10; seed++) {
		struct make_log log;
		uint64_t end_ns[128] = {0};
		make_log_init(&log);
		random_log(&log, seed, 800, seed % 2);
		struct trace_model *m = read_log(&log);
		char *text = export_model(m), *rest = text, *line;
		size_t n_slices = 0;
		while (next_line(&rest, &line)) {
			if (!is_phase(line, 'X'))
				continue;
			uint32_t row = tid_field(line) % 128; /* workers are 100000 and up: 32 */
			uint64_t ts = ns_field(line, "\"ts\":");
			assert_true(ts >= end_ns[row]);
			end_ns[row] = ts + ns_field(line, "\"dur\":");
			n_slices++;
		}
		assert_true(n_slices > 100);
		free(text);
		trace_model_destroy(m);
		make_log_fini(&log);
	}
}

static void chrome__tasks_and_workers_of_any_id__have_rows_of_their_own(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	make_log_task(&log, 99999, "low", 0);
	make_log_task(&log, 100001, "high", 0);
	make_log_task(&log, 0x7fffffff, "highest", 0);
	make_log_put(&log, 1, (struct trace_record){.id = 1, .sub = 1, .kind = TRACE_WORKER});
	struct trace_model *m = read_log(&log);
	char *text = export_model(m);
	assert_non_null(strstr(text, "\"tid\":99999,\"name\":\"thread_name\""));
	assert_non_null(strstr(text, "\"tid\":200001,\"name\":\"thread_name\""));
	assert_non_null(strstr(text, "\"tid\":2147583647,\"name\":\"thread_name\""));
	assert_non_null(strstr(text, "\"tid\":100001,\"name\":\"thread_name\","
	                             "\"args\":{\"name\":\"worker 1\"}"));
	free(text);
	trace_model_destroy(m);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(chrome__sample__has_rows_slices_wakes_and_counters),
	        cmocka_unit_test(chrome__slices_of_a_row__never_overlap),
	        cmocka_unit_test(chrome__tasks_and_workers_of_any_id__have_rows_of_their_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
