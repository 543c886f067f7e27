/* Damaged files: whatever single thing is wrong, the answer is one clear line with its place, or a reading; never
 * a crash (the suite runs under ASan and UBSan too).
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/make_log.h"
#include "tests/trace/read_log.h"

/* ---- one row a kind of damage ------------------------------------------------------------------- */

struct damage {
	const char *name;
	size_t at;          /* byte of the file */
	uint32_t value;     /* written there */
	size_t value_bytes; /* 1, 2 or 4 */
	int code;
	const char *text; /* how the message ends, after "cannot read 'PATH': " */
};

#define SLOT(n, field) (4096 + 32 * (n) + offsetof(struct trace_record, field))

static const struct damage damages[] = {
        {"magic", 0, 'X', 1, TRACE_EFORMAT, "not a ganttop recording (bad magic at byte 0)"},
        {"text mode", 4, '\n', 1, TRACE_EFORMAT, "not a ganttop recording (bad magic at byte 0)"},
        {"version", 8, 7, 4, TRACE_EVERSION, "version 7, this program reads version 1 (at byte 8)"},
        {"byte order", 12, 0x04030201, 4, TRACE_EFORMAT,
         "not written in this machine's byte order (at byte 12)"},
        {"header size", 16, 8192, 4, TRACE_EFORMAT,
         "damaged header, header size 8192 instead of 4096 (at byte 16)"},
        {"record size", 20, 64, 4, TRACE_EFORMAT,
         "damaged header, record size 64 instead of 32 (at byte 20)"},
        {"block size", 24, 0, 4, TRACE_EFORMAT,
         "damaged header, block size 0 instead of 512 (at byte 24)"},
        {"clock", 28, 9, 4, TRACE_EFORMAT, "damaged header, unknown clock (at byte 28)"},
        {"state", 52, 0, 4, TRACE_EFORMAT, "damaged header, unknown state (at byte 52)"},
        {"number of blocks", 56, 2, 4, TRACE_EFORMAT,
         "truncated, the last block is cut off at byte 4576"},
        {"no block", SLOT(0, kind), TRACE_LOG, 1, TRACE_EFORMAT,
         "damaged, kind 18 where a block begins (at byte 4127)"},
        {"writer 0", SLOT(0, id), 0, 4, TRACE_EFORMAT, "damaged, writer 0 (at byte 4104)"},
        {"block order", SLOT(0, b), 1, 4, TRACE_EFORMAT,
         "damaged, block 1 of its writer is out of order (at byte 4112)"},
        {"unknown kind", SLOT(3, kind), 99, 1, TRACE_EFORMAT,
         "damaged, unexpected kind 99 (at byte 4223)"},
        {"stray block", SLOT(3, kind), TRACE_BLOCK, 1, TRACE_EFORMAT,
         "damaged, unexpected kind 1 (at byte 4223)"},
        {"stray cont", SLOT(3, kind), TRACE_CONT, 1, TRACE_EFORMAT,
         "damaged, unexpected kind 4 (at byte 4223)"},
        {"long string", SLOT(1, a), 4097, 4, TRACE_EFORMAT,
         "damaged, a string of 4097 bytes does not fit (at byte 4140)"},
        {"string over the end", SLOT(1, a), 900, 4, TRACE_EFORMAT,
         "damaged, truncated, a string of 900 bytes is cut off (at byte 4140)"},
        {"string without text", SLOT(1, a), 13, 4, TRACE_EFORMAT,
         "damaged, a string of 13 bytes lacks its text (at byte 4140)"},
        {"string 0", SLOT(1, id), 0, 4, TRACE_EFORMAT, "damaged, id 0 (at byte 4136)"},
        {"large id", SLOT(4, id), 0x80000000, 4, TRACE_EFORMAT,
         "damaged, id 2147483648 (at byte 4232)"},
        {"string twice", SLOT(6, id), 1, 4, TRACE_EFORMAT,
         "damaged, string 1 is defined twice (at byte 4296)"},
        {"undefined string", SLOT(4, a), 77, 4, TRACE_EFORMAT,
         "damaged, string 77 is not defined (at byte 4236)"},
        {"file index 0", SLOT(3, id), 0, 4, TRACE_EFORMAT, "damaged, file index 0 (at byte 4200)"},
        {"file index", SLOT(3, id), 4096, 4, TRACE_EFORMAT,
         "damaged, file index 4096 (at byte 4200)"},
        {"undefined file", SLOT(4, d), 2u << 20, 4, TRACE_EFORMAT,
         "damaged, file 2 is not defined (at byte 4248)"},
        {"unknown state", SLOT(5, sub), 5, 1, TRACE_EFORMAT,
         "damaged, unknown state 5 (at byte 4286)"},
        {"unknown why", SLOT(5, arg), 200, 2, TRACE_EFORMAT,
         "damaged, unknown reason 200 (at byte 4284)"},
        {"unknown parent", SLOT(4, b), 3, 4, TRACE_EFORMAT,
         "damaged, unknown parent task 3 (at byte 4240)"},
        {"its own parent", SLOT(4, b), 1, 4, TRACE_EFORMAT,
         "damaged, unknown parent task 1 (at byte 4240)"},
        {"unknown task", SLOT(5, id), 8, 4, TRACE_EFORMAT,
         "damaged, state of unknown task 8 (at byte 4264)"},
        {"unknown waker", SLOT(5, b), 8, 4, TRACE_EFORMAT,
         "damaged, unknown task 8 (at byte 4272)"},
        {"unknown canceller", SLOT(12, a), 8, 4, TRACE_EFORMAT,
         "damaged, unknown task 8 (at byte 4492)"},
        {"unknown speaker", SLOT(13, id), 8, 4, TRACE_EFORMAT,
         "damaged, unknown task 8 (at byte 4520)"},
        {"task twice", SLOT(7, id), 1, 4, TRACE_EFORMAT, "damaged, a second task 1 (at byte 4328)"},
        {"unknown object", SLOT(10, id), 8, 4, TRACE_EFORMAT,
         "damaged, level of unknown object 8 (at byte 4424)"},
        {"hold of unknown object", SLOT(11, id), 8, 4, TRACE_EFORMAT,
         "damaged, hold of unknown object 8 (at byte 4456)"},
        {"hold by unknown task", SLOT(11, a), 8, 4, TRACE_EFORMAT,
         "damaged, hold by unknown task 8 (at byte 4460)"},
        {"half a hold", SLOT(11, sub), 2, 1, TRACE_EFORMAT,
         "damaged, 2 where 0 or 1 belongs (at byte 4478)"},
        {"cancelled stranger", SLOT(12, id), 8, 4, TRACE_EFORMAT,
         "damaged, cancellation of unknown task 8 (at byte 4488)"},
        {"time", SLOT(13, t_ns), 3, 4, TRACE_EFORMAT,
         "damaged, time runs backwards to 3 ns (at byte 4512)"},
        {"status", SLOT(14, sub), 9, 1, TRACE_EFORMAT, "damaged, unknown end 9 (at byte 4574)"},
};

/* The recording that the rows damage; the slots are numbered in their `at`. */
static void make_small(struct make_log *log)
{
	make_log_init(log);                            /* 0: BLOCK */
	make_log_string(log, "main");                  /* 1 */
	uint32_t file = make_log_file(log, "story.c"); /* 2, 3 */
	make_log_put(log, 1,
	             (struct trace_record){.id = 1,
	                                   .a = 1,
	                                   .d = TRACE_WHERE(file, 7),
	                                   .kind = TRACE_TASK}); /* 4 */
	make_log_ready(log, 1, TRACE_WHY_START, 0);              /* 5 */
	make_log_task(log, 2, "two", 1);                         /* 6, 7 */
	make_log_object(log, 1, TRACE_OBJECT_LOCK, "lock", 1);   /* 8, 9 */
	make_log_level(log, 1, 1, 0);                            /* 10 */
	make_log_hold(log, 1, 1, 1);                             /* 11 */
	log->t_ns = 5;
	make_log_cancel(log, 2, TRACE_CANCEL_REQUESTED); /* 12 */
	make_log_say(log, 1, NULL);                      /* 13 */
	make_log_end(log, TRACE_STATUS_FINISHED);        /* 14 */
	make_log_close(log);
}

static void damage__one_thing__says_what_and_where(void **state)
{
	(void)state;
	const char *path = make_log_path("damaged.gtt");
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		const struct damage *d = &damages[i];
		struct make_log log;
		struct trace_error error = {0};
		char expected[512];
		make_small(&log);
		memcpy(log.bytes + d->at, &d->value, d->value_bytes);
		make_log_write(&log, path, log.n_bytes);
		make_log_fini(&log);
		int code = exercise_file(path, &error);
		snprintf(expected, sizeof expected, "cannot read '%s': %s", path, d->text);
		if (code != d->code || strcmp(error.text, expected))
			fail_msg("%s: code %d, '%s' instead of '%s'", d->name, code, error.text,
			         expected);
		assert_int_equal(error.code, d->code);
	}
}

static void damage__none__reads_well(void **state)
{
	(void)state;
	struct make_log log;
	struct trace_error error = {0};
	const char *path = make_log_path("sound.gtt");
	make_small(&log);
	make_log_write(&log, path, log.n_bytes);
	make_log_fini(&log);
	assert_int_equal(exercise_file(path, &error), 0);
}

/* ---- everything that can be wrong with one byte ------------------------------------------------- */

/* A message is one clean line that names the file and the byte. */
static void assert_fair(const struct trace_error *error, const char *what, size_t at)
{
	bool is_fair = (error->code == TRACE_EFORMAT || error->code == TRACE_EVERSION) &&
	               strncmp(error->text, "cannot read '", 13) == 0 &&
	               strstr(error->text, "at byte ");
	for (const char *c = error->text; *c; c++)
		is_fair = is_fair && (unsigned char)*c >= ' ' && *c != 0x7f;
	if (!is_fair)
		fail_msg("%s %zu: code %d, '%s'", what, at, error->code, error->text);
}

/* The header page is mostly reserved: one byte in 61 of that part will do. */
static bool is_dull(size_t at)
{
	return at >= 256 && at < TRACE_HEADER_BYTES && at % 61;
}

static void flip_every_byte(struct make_log *log, unsigned char with)
{
	const char *path = make_log_path("flipped.gtt");
	make_log_write(log, path, log->n_bytes);
	int fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	for (size_t at = 0; at < log->n_bytes; at++) {
		struct trace_error error = {0};
		unsigned char flipped = log->bytes[at] ^ with;
		if (is_dull(at))
			continue;
		assert_int_equal(pwrite(fd, &flipped, 1, (off_t)at), 1);
		if (exercise_file(path, &error) < 0)
			assert_fair(&error, "byte", at);
		assert_int_equal(pwrite(fd, log->bytes + at, 1, (off_t)at), 1);
	}
	close(fd);
}

static void damage__every_byte_flipped__never_crashes(void **state)
{
	(void)state;
	struct make_log log;
	make_log_sample(&log);
	flip_every_byte(&log, 0xff);
	flip_every_byte(&log, 0x01);
	make_log_fini(&log);
}

static void damage__every_byte_flipped_while_live__never_crashes(void **state)
{
	(void)state;
	struct make_log log;
	make_log_sample(&log);
	atomic_store(&make_log_header(&log)->live, TRACE_LIVE);
	flip_every_byte(&log, 0x80);
	make_log_fini(&log);
}

static void damage__several_bytes__never_crashes(void **state)
{
	(void)state;
	struct make_log log;
	const char *path = make_log_path("several.gtt");
	uint32_t random = 2463534242;
	make_log_sample(&log);
	for (int round = 0; round < 1500; round++) {
		struct trace_error error = {0};
		unsigned char *sound = malloc(log.n_bytes);
		assert_non_null(sound);
		memcpy(sound, log.bytes, log.n_bytes);
		for (int i = 0; i < 6; i++) {
			random ^= random << 13, random ^= random >> 17, random ^= random << 5;
			size_t at = 4096 + random % (log.n_bytes - 4096);
			log.bytes[at] = (unsigned char)(random >> 24) % 32;
		}
		make_log_write(&log, path, log.n_bytes);
		if (exercise_file(path, &error) < 0)
			assert_fair(&error, "round", (size_t)round);
		memcpy(log.bytes, sound, log.n_bytes);
		free(sound);
	}
	make_log_fini(&log);
}

/* ---- truncation --------------------------------------------------------------------------------- */

static void truncate_everywhere(struct make_log *log, bool live)
{
	const char *path = make_log_path("cut.gtt");
	make_log_write(log, path, log->n_bytes);
	for (size_t n = log->n_bytes; n-- > 0;) {
		struct trace_error error = {0};
		if (is_dull(n))
			continue;
		assert_int_equal(truncate(path, (off_t)n), 0);
		int code = exercise_file(path, &error);
		if (code < 0)
			assert_fair(&error, "length", n);
		if (n < TRACE_HEADER_BYTES || (!live && n % TRACE_RECORD_BYTES))
			assert_int_equal(code, TRACE_EFORMAT);
		if (code < 0 && n < TRACE_HEADER_BYTES)
			assert_int_equal(error.offset, n);
		if (live && n >= TRACE_HEADER_BYTES)
			assert_int_equal(code, 0);
	}
}

static void truncated__at_every_length__says_where_or_reads_what_is_there(void **state)
{
	(void)state;
	struct make_log log;
	make_log_sample(&log);
	truncate_everywhere(&log, false);
	atomic_store(&make_log_header(&log)->live, TRACE_LIVE);
	truncate_everywhere(&log, true);
	make_log_fini(&log);
}

/* ---- what is no file of ours -------------------------------------------------------------------- */

static void open__not_a_recording__says_why(void **state)
{
	(void)state;
	struct trace_error error = {0};
	struct trace_reader *reader = NULL;
	const char *path = make_log_path("empty.gtt");
	fclose(fopen(path, "w"));
	assert_int_equal(trace_reader_open(&reader, path, false, &error), TRACE_EFORMAT);
	assert_non_null(strstr(error.text, "truncated, the header is cut off at byte 0"));
	assert_int_equal(trace_reader_open(&reader, "/", false, &error), TRACE_EFORMAT);
	assert_non_null(strstr(error.text, "cannot read '/': not a ganttop recording"));
	assert_int_equal(trace_reader_open(&reader, "/dev/null", true, &error), TRACE_EFORMAT);
	assert_int_equal(trace_reader_open(&reader, "/nowhere/x.gtt", false, &error),
	                 TRACE_ESYSTEM);
	assert_string_equal(error.text, "cannot open '/nowhere/x.gtt': No such file or directory");
	assert_null(reader);
}

static void open__control_characters_in_the_path__are_not_printed(void **state)
{
	(void)state;
	struct trace_error error = {0};
	struct trace_reader *reader;
	assert_int_equal(trace_reader_open(&reader, "/nowhere/\x1b[31m\n\x9b", false, &error),
	                 TRACE_ESYSTEM);
	assert_string_equal(error.text, "cannot open '/nowhere/\xef\xbf\xbd[31m\xef\xbf\xbd"
	                                "\xef\xbf\xbd': No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(damage__none__reads_well),
	        cmocka_unit_test(damage__one_thing__says_what_and_where),
	        cmocka_unit_test(damage__every_byte_flipped__never_crashes),
	        cmocka_unit_test(damage__every_byte_flipped_while_live__never_crashes),
	        cmocka_unit_test(damage__several_bytes__never_crashes),
	        cmocka_unit_test(truncated__at_every_length__says_where_or_reads_what_is_there),
	        cmocka_unit_test(open__not_a_recording__says_why),
	        cmocka_unit_test(open__control_characters_in_the_path__are_not_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
