/* The JSONL export: every kind of record, letter by letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/read_log.h"
#include "trace/export/format.h"
#include "trace/export/jsonl.h"

/* Export a recording and take it apart. owns: returns memory. */
static char *export_log(struct make_log *log)
{
	char *text = NULL;
	size_t n = 0;
	struct trace_error error;
	struct trace_model *m = read_log(log);
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	struct trace_export export;
	trace_export_init(&export, m);
	assert_int_equal(trace_jsonl_write(&export, out, &error), 0);
	fclose(out);
	trace_model_destroy(m);
	make_log_fini(log);
	return text;
}

/* The whole export but the first line is `expected`, or with `first` the first line alone. */
static void assert_export(struct make_log *log, bool first, const char *expected)
{
	char *text = export_log(log);
	char *rest = strchr(text, '\n') + 1;
	if (first)
		*rest = '\0';
	assert_string_equal(first ? text : rest, expected);
	free(text);
}

static void put(struct make_log *log, enum trace_kind kind, struct trace_record r)
{
	r.t_ns = log->t_ns;
	r.kind = (uint8_t)kind;
	make_log_put(log, 1, r);
}

static void jsonl__first_line__has_what_there_is(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	assert_export(&log, true,
	              "{\"t\":0,\"ev\":\"meta\",\"format\":\"ganttop\",\"version\":1,"
	              "\"clock\":\"virtual\",\"params\":{},\"seed\":0}\n");
	make_log_init(&log);
	make_log_header(&log)->clock = TRACE_CLOCK_REAL;
	make_log_header(&log)->started_unix_ns = 1795297555000000042;
	make_log_meta(&log, TRACE_META_TITLE, NULL, "two words");
	make_log_meta(&log, TRACE_META_SOURCE, NULL, "a.c");
	make_log_meta(&log, TRACE_META_LESSON, NULL, "a");
	make_log_meta(&log, TRACE_META_QUESTION, NULL, "Why \"so\"?");
	make_log_meta(&log, TRACE_META_POLICY, NULL, "fifo");
	make_log_meta(&log, TRACE_META_SEED, NULL, "12");
	make_log_meta(&log, TRACE_META_PARAM, "n", "5");
	make_log_meta(&log, TRACE_META_PARAM, "minus", "-30");
	make_log_meta(&log, TRACE_META_PARAM, "zero", "0");
	make_log_meta(&log, TRACE_META_PARAM, "octal", "010");
	make_log_meta(&log, TRACE_META_PARAM, "real", "1.5");
	make_log_meta(&log, TRACE_META_PARAM, "none", "");
	make_log_meta(&log, TRACE_META_PARAM, "sign", "-");
	make_log_meta(&log, TRACE_META_PARAM, "large", "1234567890123456");
	assert_export(&log, true,
	              "{\"t\":0,\"ev\":\"meta\",\"format\":\"ganttop\",\"version\":1,"
	              "\"title\":\"two words\",\"source\":\"a.c\",\"lesson\":\"a\","
	              "\"question\":\"Why \\\"so\\\"?\",\"clock\":\"real\",\"params\":{\"n\":5,"
	              "\"minus\":-30,\"zero\":0,\"octal\":\"010\",\"real\":\"1.5\",\"none\":\"\","
	              "\"sign\":\"-\",\"large\":\"1234567890123456\"},\"seed\":12,"
	              "\"policy\":\"fifo\",\"started\":\"2026-11-21T21:45:55.000000042Z\"}\n");
}

static void jsonl__states__say_on_why_and_outcome(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	uint32_t file = make_log_file(&log, "a.c");
	make_log_task(&log, 1, "main", 0);
	put(&log, TRACE_TASK, (struct trace_record){.id = 2, .b = 1, .d = TRACE_WHERE(file, 31)});
	make_log_object(&log, 4, TRACE_OBJECT_SEMAPHORE, "permits", 2);
	make_log_ready(&log, 1, TRACE_WHY_START, 0);
	make_log_run(&log, 1);
	log.t_ns = 5;
	make_log_wait(&log, 1, TRACE_ON_TASK, 2);
	put(&log, TRACE_STATE,
	    (struct trace_record){.id = 1, .a = 2, .b = 2, .sub = 1, .arg = TRACE_WHY_DONE});
	make_log_run(&log, 1);
	make_log_wait(&log, 1, TRACE_ON_SEMAPHORE, 4);
	put(&log, TRACE_STATE,
	    (struct trace_record){.id = 1, .a = 4, .b = 2, .sub = 1, .arg = TRACE_WHY_RELEASE});
	put(&log, TRACE_STATE, (struct trace_record){.id = 1, .sub = 2, .d = TRACE_WHERE(file, 9)});
	make_log_sleep(&log, 1, 5000000000);
	make_log_ready(&log, 2, TRACE_WHY_START, 1);
	put(&log, TRACE_STATE, (struct trace_record){.id = 2, .sub = 2, .arg = TRACE_STILLBORN});
	make_log_done(&log, 2, TRACE_OUTCOME_ERROR, "no \"luck\"");
	assert_export(
	        &log, false,
	        "{\"t\":0,\"ev\":\"task\",\"task\":1,\"name\":\"main\",\"parent\":0}\n"
	        "{\"t\":0,\"ev\":\"task\",\"task\":2,\"name\":\"Task-2\",\"parent\":1,"
	        "\"file\":\"a.c\",\"line\":31}\n"
	        "{\"t\":0,\"ev\":\"object\",\"object\":4,\"kind\":\"semaphore\",\"name\":"
	        "\"permits\","
	        "\"capacity\":2}\n"
	        "{\"t\":0,\"ev\":\"state\",\"task\":1,\"state\":\"ready\",\"by\":0,\"why\":"
	        "\"start\"}\n"
	        "{\"t\":0,\"ev\":\"state\",\"task\":1,\"state\":\"running\"}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"waiting\",\"on\":\"task\","
	        "\"awaits\":2}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"ready\",\"by\":2,\"why\":"
	        "\"done\","
	        "\"awaits\":2}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"running\"}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"waiting\",\"on\":\"semaphore\","
	        "\"object\":4}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"ready\",\"by\":2,"
	        "\"why\":\"release\",\"object\":4}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"running\",\"file\":\"a.c\","
	        "\"line\":9}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":1,\"state\":\"waiting\",\"on\":\"sleep\","
	        "\"until\":5000000000}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":2,\"state\":\"ready\",\"by\":1,\"why\":"
	        "\"start\"}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":2,\"state\":\"running\",\"stillborn\":true}\n"
	        "{\"t\":5,\"ev\":\"state\",\"task\":2,\"state\":\"done\",\"outcome\":\"error\","
	        "\"value\":\"no \\\"luck\\\"\"}\n");
}

static void jsonl__every_other_kind__has_its_fields(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	make_log_task(&log, 1, "main", 0);
	make_log_object(&log, 4, TRACE_OBJECT_LEVEL, "depth", 0);
	uint32_t name = make_log_string(&log, "counter"), text = make_log_string(&log, "look");
	put(&log, TRACE_CANCEL, (struct trace_record){.id = 1, .sub = TRACE_CANCEL_REQUESTED});
	make_log_level(&log, 4, -2, 3);
	make_log_hold(&log, 4, 1, 1);
	put(&log, TRACE_SCOPE,
	    (struct trace_record){
	            .id = 1, .a = 6, .b = 700, .arg = 1 | TRACE_TIMED, .sub = TRACE_SCOPE_TIMEOUT});
	put(&log, TRACE_SCOPE, (struct trace_record){.id = 1, .a = 6, .sub = TRACE_SCOPE_TIMEOUT});
	put(&log, TRACE_CALL, (struct trace_record){.id = 2, .a = name, .sub = 1});
	make_log_tick(&log, TRACE_PHASE_BEGIN, 3);
	put(&log, TRACE_WORKER, (struct trace_record){.id = 1, .a = 1, .b = name, .sub = 1});
	put(&log, TRACE_WORKER, (struct trace_record){.id = 1, .sub = 2});
	put(&log, TRACE_VAR,
	    (struct trace_record){
	            .id = 1, .a = name, .b = 0xffffffff, .c = 0xffffffff, .sub = TRACE_VAR_WRITE});
	make_log_say(&log, 1, "hello");
	put(&log, TRACE_MARK, (struct trace_record){.a = name, .b = text});
	put(&log, TRACE_LOST, (struct trace_record){.b = 2});
	atomic_store(&make_log_header(&log)->lost, 5);
	log.t_ns = 8;
	make_log_end(&log, TRACE_STATUS_DEADLOCK);
	assert_export(
	        &log, false,
	        "{\"t\":0,\"ev\":\"task\",\"task\":1,\"name\":\"main\",\"parent\":0}\n"
	        "{\"t\":0,\"ev\":\"object\",\"object\":4,\"kind\":\"level\",\"name\":\"depth\","
	        "\"capacity\":0}\n"
	        "{\"t\":0,\"ev\":\"cancel\",\"task\":1,\"by\":0,\"phase\":\"requested\"}\n"
	        "{\"t\":0,\"ev\":\"level\",\"object\":4,\"value\":-2,\"waiters\":3}\n"
	        "{\"t\":0,\"ev\":\"hold\",\"object\":4,\"task\":1,\"held\":true}\n"
	        "{\"t\":0,\"ev\":\"scope\",\"task\":1,\"scope\":6,\"kind\":\"timeout\","
	        "\"open\":true,\"deadline\":700}\n"
	        "{\"t\":0,\"ev\":\"scope\",\"task\":1,\"scope\":6,\"kind\":\"timeout\","
	        "\"open\":false}\n"
	        "{\"t\":0,\"ev\":\"call\",\"call\":2,\"name\":\"counter\",\"phase\":\"begin\"}\n"
	        "{\"t\":0,\"ev\":\"tick\",\"phase\":\"begin\",\"ready\":3}\n"
	        "{\"t\":0,\"ev\":\"worker\",\"worker\":1,\"state\":\"busy\",\"task\":1,"
	        "\"name\":\"counter\"}\n"
	        "{\"t\":0,\"ev\":\"worker\",\"worker\":1,\"state\":\"idle\",\"task\":0}\n"
	        "{\"t\":0,\"ev\":\"var\",\"name\":\"counter\",\"value\":-1,\"task\":1,"
	        "\"op\":\"write\"}\n"
	        "{\"t\":0,\"ev\":\"log\",\"task\":1,\"text\":\"hello\"}\n"
	        "{\"t\":0,\"ev\":\"mark\",\"name\":\"counter\",\"text\":\"look\"}\n"
	        "{\"t\":0,\"ev\":\"lost\",\"count\":2}\n"
	        "{\"t\":8,\"ev\":\"end\",\"status\":\"deadlock\"}\n"
	        "{\"t\":8,\"ev\":\"lost\",\"count\":3}\n");
}

static void jsonl__any_text__is_escaped_and_kept(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	make_log_say(&log, 0,
	             "\x1b[2J\n\t\"\\/ \x7f \xc2\x9b \xff \xe2\x80\xae \xc3\xa9 \xed\xa0\x80");
	assert_export(&log, false,
	              "{\"t\":0,\"ev\":\"log\",\"task\":0,\"text\":\"\\u001b[2J\\n\\t\\\"\\\\/ "
	              "\\u007f \\u009b \xef\xbf\xbd \\u202e \xc3\xa9 "
	              "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"}\n");
}

static void jsonl__longest_text__is_whole(void **state)
{
	(void)state;
	char text[TRACE_STRING_MAX_BYTES + 1], expected[TRACE_STRING_MAX_BYTES + 64];
	struct make_log log;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	make_log_init(&log);
	make_log_say(&log, 0, text);
	snprintf(expected, sizeof expected, "{\"t\":0,\"ev\":\"log\",\"task\":0,\"text\":\"%s\"}\n",
	         text);
	assert_export(&log, false, expected);
}

static void formats__full_disk__is_an_error(void **state)
{
	(void)state;
	struct make_log log;
	size_t n;
	const struct trace_format_ops *formats = trace_formats(&n);
	make_log_sample(&log);
	struct trace_model *m = read_log(&log);
	struct trace_export export;
	trace_export_init(&export, m);
	for (size_t i = 0; i < n; i++) {
		struct trace_error error = {0};
		if (formats[i].shape != TRACE_FORMAT_STREAM)
			continue;
		FILE *out = fopen("/dev/full", "w");
		assert_non_null(out);
		assert_int_equal(formats[i].write(&export, out, &error), TRACE_ESYSTEM);
		assert_string_equal(error.text, "cannot write the export: No space left on device");
		fclose(out);
	}
	trace_model_destroy(m);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(jsonl__first_line__has_what_there_is),
	        cmocka_unit_test(jsonl__states__say_on_why_and_outcome),
	        cmocka_unit_test(jsonl__every_other_kind__has_its_fields),
	        cmocka_unit_test(jsonl__any_text__is_escaped_and_kept),
	        cmocka_unit_test(jsonl__longest_text__is_whole),
	        cmocka_unit_test(formats__full_disk__is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
