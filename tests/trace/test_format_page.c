/* docs/trace-format.md shows a recording byte by byte; here the writer makes the same one, so that the page cannot
 * become wrong. GOLDEN=write (make golden) puts the bytes of today into the page.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/make_log.h"
#include "tests/trace/read_log.h"
#include "trace/validate.h"
#include "trace/writer.h"

#define PAGE  "docs/trace-format.md"
#define BEGIN "```hexdump\n"
#define END   "```\n"

/* The recording of the page: a task sleeps, says something, and ends. */
static void record(const char *path)
{
	struct trace_writer_options options = {.clock = TRACE_CLOCK_VIRTUAL};
	struct trace_writer *writer;
	struct trace_error error = {0};
	struct trace_pen pen;
	if (trace_writer_open(&writer, path, &options, &error))
		fail_msg("%s", error.text);
	trace_pen_init(&pen, writer);
	uint32_t title = trace_pen_string(&pen, "tiny", 4);
	trace_emit(&pen,
	           (struct trace_record){.b = title, .sub = TRACE_META_TITLE, .kind = TRACE_META});
	uint32_t name = trace_pen_string(&pen, "main", 4);
	uint32_t where = trace_pen_where(&pen, "tiny.c", 7);
	trace_emit(&pen, (struct trace_record){.id = 1, .a = name, .d = where, .kind = TRACE_TASK});
	trace_emit(&pen, (struct trace_record){.id = 1,
	                                       .arg = TRACE_WHY_START,
	                                       .sub = TRACE_STATE_READY,
	                                       .kind = TRACE_STATE});
	trace_emit(&pen,
	           (struct trace_record){.id = 1, .sub = TRACE_STATE_RUNNING, .kind = TRACE_STATE});
	trace_emit(&pen, (struct trace_record){.id = 1,
	                                       .b = 300000000,
	                                       .d = where,
	                                       .arg = TRACE_ON_SLEEP | TRACE_TIMED,
	                                       .sub = TRACE_STATE_WAITING,
	                                       .kind = TRACE_STATE});
	trace_emit(&pen, (struct trace_record){.t_ns = 300000000,
	                                       .id = 1,
	                                       .arg = TRACE_WHY_TIMER,
	                                       .sub = TRACE_STATE_READY,
	                                       .kind = TRACE_STATE});
	trace_emit(&pen, (struct trace_record){.t_ns = 300000000,
	                                       .id = 1,
	                                       .sub = TRACE_STATE_RUNNING,
	                                       .kind = TRACE_STATE});
	uint32_t text = trace_pen_string(&pen, "awake again, at last", 20);
	trace_emit(&pen,
	           (struct trace_record){.t_ns = 300000000, .id = 1, .a = text, .kind = TRACE_LOG});
	trace_emit(&pen, (struct trace_record){.t_ns = 300000000,
	                                       .id = 1,
	                                       .arg = TRACE_OUTCOME_RESULT,
	                                       .sub = TRACE_STATE_DONE,
	                                       .kind = TRACE_STATE});
	trace_emit(&pen, (struct trace_record){.t_ns = 300000000,
	                                       .sub = TRACE_STATUS_FINISHED,
	                                       .kind = TRACE_END});
	trace_pen_fini(&pen);
	trace_writer_close(writer);
}

static void dump_row(FILE *out, size_t at, const unsigned char *row)
{
	fprintf(out, "%08zx ", at);
	for (size_t i = 0; i < 16; i++)
		fprintf(out, "%s%02x", i % 8 ? " " : i ? "  " : " ", row[i]);
	fputs("  |", out);
	for (size_t i = 0; i < 16; i++)
		fputc(row[i] >= ' ' && row[i] < 0x7f ? row[i] : '.', out);
	fputs("|\n", out);
}

/* What `hexdump -C` prints. owns: returns memory. */
static char *dump(const char *path)
{
	unsigned char row[16], before[16];
	char *text = NULL;
	size_t n = 0, at = 0;
	bool is_repeating = false;
	FILE *in = fopen(path, "rb"), *out = open_memstream(&text, &n);
	assert_non_null(in);
	assert_non_null(out);
	for (; fread(row, 1, 16, in) == 16; at += 16) {
		bool repeats = at > 0 && memcmp(row, before, 16) == 0;
		if (!repeats)
			dump_row(out, at, row);
		else if (!is_repeating)
			fputs("*\n", out);
		is_repeating = repeats;
		memcpy(before, row, 16);
	}
	fprintf(out, "%08zx\n", at);
	fclose(in);
	fclose(out);
	return text;
}

/* owns: returns memory. */
static char *read_page(void)
{
	char *text = calloc(1, 1 << 20);
	FILE *in = fopen(PAGE, "rb");
	assert_non_null(text);
	if (!in)
		fail_msg("cannot open " PAGE " (tests run in the folder of the Makefile)");
	size_t n = fread(text, 1, (1 << 20) - 1, in);
	assert_true(n > 0);
	fclose(in);
	return text;
}

static void write_page(const char *before, size_t n_before, const char *bytes, const char *after)
{
	FILE *out = fopen(PAGE, "wb");
	assert_non_null(out);
	fwrite(before, 1, n_before, out);
	fputs(bytes, out);
	fputs(after, out);
	assert_int_equal(fclose(out), 0);
}

static void format_page__hexdump__is_what_the_writer_writes(void **state)
{
	(void)state;
	const char *golden = getenv("GOLDEN");
	const char *path = make_log_path("tiny.gtt");
	record(path);
	char *bytes = dump(path), *page = read_page();
	char *shown = strstr(page, BEGIN);
	assert_non_null(shown);
	shown += strlen(BEGIN);
	char *end = strstr(shown, END);
	assert_non_null(end);
	if (golden && strcmp(golden, "write") == 0)
		write_page(page, (size_t)(shown - page), bytes, end);
	else if ((size_t)(end - shown) != strlen(bytes) || memcmp(shown, bytes, strlen(bytes)))
		fail_msg(PAGE " shows other bytes than these:\n%s", bytes);
	free(bytes);
	free(page);
}

/* The row of the page that lists a vocabulary: "| cancel phase | 1 requested, 2 delivered, ...". */
static void check_vocabulary(const char *page, const char *name, const char *(*word)(unsigned))
{
	char row[64] = "\n| ";
	for (size_t i = 3; *name && i + 4 < sizeof row; i++, name++)
		row[i] = *name == '_' ? ' ' : *name;
	strncat(row, " | ", 4);
	const char *at = strstr(page, row);
	if (!at)
		fail_msg("no row%s", row);
	const char *end = strchr(at + 1, '\n');
	for (unsigned number = 1; word(number); number++) {
		char entry[64];
		snprintf(entry, sizeof entry, " %u %s", number, word(number));
		const char *found = strstr(at, entry);
		if (!found || found > end || !strchr(", ", found[strlen(entry)]))
			fail_msg("row%s lacks%s", row, entry);
	}
}

static void format_page__vocabularies__are_those_of_the_program(void **state)
{
	(void)state;
	char *page = read_page();
#define CHECK(lower, UPPER, list) check_vocabulary(page, #lower, trace_##lower##_name);
	TRACE_VOCABULARY(CHECK)
#undef CHECK
	for (unsigned kind = 1; trace_kind_name(kind); kind++) {
		char row[64];
		int n = snprintf(row, sizeof row, "\n| %u | %s ", kind, trace_kind_name(kind));
		for (int i = 0; i < n; i++)
			row[i] = (char)toupper((unsigned char)row[i]);
		if (!strstr(page, row))
			fail_msg("no row%s", row);
	}
	free(page);
}

static void format_page__recording__is_valid(void **state)
{
	(void)state;
	const char *path = make_log_path("tiny.gtt");
	struct trace_error error = {0};
	record(path);
	if (exercise_file(path, &error))
		fail_msg("%s", error.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(format_page__hexdump__is_what_the_writer_writes),
	        cmocka_unit_test(format_page__vocabularies__are_those_of_the_program),
	        cmocka_unit_test(format_page__recording__is_valid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
