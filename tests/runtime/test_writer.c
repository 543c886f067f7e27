/* The writer of recordings by itself: pens of several threads, strings at every place, files that cannot be made or
 * cannot grow.
 */
#include "trace/reader.h"
#include "trace/writer.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/intern.h"

static struct trace_writer *open_writer(const char *path)
{
	struct trace_writer *writer = NULL;
	struct trace_error error = {.text = ""};
	struct trace_writer_options o = {.clock = TRACE_CLOCK_VIRTUAL};
	if (trace_writer_open(&writer, path, &o, &error))
		fail_msg("%s", error.text);
	return writer;
}

/* ---- Several pens ---- */

#define N_PENS    6u
#define N_RECORDS 60000u /* each: enough for the file to grow several times under them */

struct scribe {
	pthread_t thread;
	struct trace_writer *writer;
	uint32_t number;
};

static void *scribble(void *arg)
{
	struct scribe *scribe = arg;
	struct trace_pen *pen = malloc(sizeof *pen);
	if (!pen)
		abort();
	trace_pen_init(pen, scribe->writer);
	for (uint32_t i = 0; i < N_RECORDS; i++)
		trace_emit(pen, (struct trace_record){.t_ns = i,
		                                      .kind = TRACE_TICK,
		                                      .a = scribe->number,
		                                      .b = i,
		                                      .sub = TRACE_PHASE_BEGIN});
	trace_pen_fini(pen);
	free(pen);
	return NULL;
}

static void pens__many_threads_while_the_file_grows__every_record_once(void **state)
{
	(void)state;
	const char *path = recording_path("pens");
	struct trace_writer *writer = open_writer(path);
	struct scribe scribes[N_PENS];
	for (uint32_t i = 0; i < N_PENS; i++) {
		scribes[i] = (struct scribe){.writer = writer, .number = i};
		assert_int_equal(pthread_create(&scribes[i].thread, NULL, scribble, &scribes[i]),
		                 0);
	}
	for (uint32_t i = 0; i < N_PENS; i++)
		assert_int_equal(pthread_join(scribes[i].thread, NULL), 0);
	assert_int_equal(atomic_load(&trace_writer_header(writer)->lost), 0);
	trace_writer_close(writer);

	size_t bytes;
	char *file = recording_bytes(path, &bytes);
	unlink(path);
	uint32_t next[N_PENS] = {0};
	for (size_t at = TRACE_HEADER_BYTES; at + TRACE_RECORD_BYTES <= bytes;
	     at += TRACE_RECORD_BYTES) {
		struct trace_record r;
		memcpy(&r, file + at, sizeof r);
		if (r.kind != TRACE_TICK)
			continue;
		assert_in_range(r.a, 0, N_PENS - 1);
		assert_int_equal(r.b, next[r.a]); /* blocks of one pen stand in order */
		next[r.a]++;
	}
	for (uint32_t i = 0; i < N_PENS; i++)
		assert_int_equal(next[i], N_RECORDS);
	free(file);
}

/* ---- Files that cannot be made ---- */

static void refused(const char *path, const char *why)
{
	struct trace_writer *writer = NULL;
	struct trace_error error = {.text = ""};
	struct trace_writer_options o = {.clock = TRACE_CLOCK_VIRTUAL};
	char expected[512];
	snprintf(expected, sizeof expected, "cannot record into '%s': %s", path, why);
	assert_int_equal(trace_writer_open(&writer, path, &o, &error), TRACE_ESYSTEM);
	assert_string_equal(error.text, expected);
	assert_null(writer);
}

static void writer__file_of_another_writer__refused_until_it_is_closed(void **state)
{
	(void)state;
	const char *path = recording_path("taken");
	struct trace_writer *first = open_writer(path);
	refused(path, "another program is recording into it");
	assert_int_equal(access(path, F_OK), 0);
	trace_writer_close(first);
	trace_writer_close(open_writer(path));
	unlink(path);
}

static void writer__file_is_cut_by_somebody__goes_on(void **state)
{
	static const off_t sizes[] = {0, 4096, 5000, 100000};
	(void)state;
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		const char *path = recording_path("cut");
		struct trace_writer *writer = open_writer(path);
		struct trace_pen *pen = malloc(sizeof *pen);
		assert_non_null(pen);
		trace_pen_init(pen, writer);
		for (uint32_t i = 0; i < 40000; i++) {
			if (i == 3000 || i == 20000)
				assert_int_equal(truncate(path, sizes[k]), 0);
			trace_emit(pen, (struct trace_record){.kind = TRACE_TICK, .sub = 1});
		}
		trace_pen_fini(pen);
		free(pen);
		trace_writer_close(writer);
		unlink(path);
	}
}

static void writer__path_cannot_be_made__one_sentence(void **state)
{
	(void)state;
	refused("/no/such/folder/x.gtt", "No such file or directory");
	refused("/tmp", "Is a directory");
	refused("", "No such file or directory");
}

static void writer__pipe_or_device__refused_and_left_alone(void **state)
{
	(void)state;
	const char *path = recording_path("pipe");
	struct stat st;
	assert_int_equal(mkfifo(path, 0600), 0);
	refused(path, "not a regular file");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	unlink(path);
	if (mknod(path, S_IFCHR | 0600, (1 << 8) | 3)) /* a second /dev/null: for root only */
		return;
	refused(path, "not a regular file");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	unlink(path);
}

/* Somebody may be looking at the old recording, which is mapped into his memory. */
static void writer__file_exists__who_reads_it_keeps_it(void **state)
{
	(void)state;
	const char *path = recording_path("again");
	struct trace_writer *old = open_writer(path);
	struct trace_pen *pen = malloc(sizeof *pen);
	assert_non_null(pen);
	trace_pen_init(pen, old);
	for (uint32_t i = 0; i < 20000; i++)
		trace_emit(pen, (struct trace_record){.kind = TRACE_TICK, .sub = 1, .a = i});
	trace_pen_fini(pen);
	free(pen);
	trace_writer_close(old);
	struct trace_reader *reader;
	struct trace_error error;
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	struct trace_writer *new = open_writer(path);
	assert_int_equal(atomic_load(&trace_writer_header(new)->n_blocks), 0);
	trace_writer_close(new);
	uint32_t slot, n = 0;
	while (trace_reader_next(reader, &slot, &error) == 1)
		n++;
	assert_int_equal(n, 20000);
	trace_reader_close(reader);
	struct stat st;
	assert_int_equal(chmod(path, 0600), 0);
	trace_writer_close(open_writer(path));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	size_t bytes;
	free(recording_bytes(path, &bytes));
	assert_int_equal(bytes, TRACE_HEADER_BYTES);
	unlink(path);
}

/* ---- Files that cannot grow ---- */

struct heard {
	struct trace_writer *writer;
	unsigned n;
	char sentence[512];
};

static void hear(const char *sentence, void *arg)
{
	struct heard *heard = arg;
	heard->n++;
	snprintf(heard->sentence, sizeof heard->sentence, "%s", sentence);
	/* who is told may record: the writer is not locked meanwhile */
	struct trace_pen *pen = malloc(sizeof *pen);
	if (!pen)
		abort();
	trace_pen_init(pen, heard->writer);
	trace_emit(pen, (struct trace_record){.kind = TRACE_TICK, .sub = 1});
	trace_pen_fini(pen);
	free(pen);
}

static void *scribble_much(void *arg)
{
	struct trace_pen *pen = malloc(sizeof *pen);
	if (!pen)
		abort();
	trace_pen_init(pen, arg);
	for (uint32_t i = 0; i < 200000; i++)
		trace_emit(pen, (struct trace_record){.t_ns = i, .kind = TRACE_TICK, .sub = 1});
	trace_pen_fini(pen);
	free(pen);
	return NULL;
}

/* In a child, because the limit is the process's. Returns its exit status. */
static int write_beyond_limit(const char *path)
{
	struct heard heard = {0};
	struct trace_writer *writer = NULL;
	struct trace_error error;
	struct trace_writer_options o = {.clock = TRACE_CLOCK_VIRTUAL,
	                                 .on_error = hear,
	                                 .on_error_arg = &heard};
	struct rlimit limit = {3u << 20, 3u << 20};
	pthread_t threads[4];
	if (setrlimit(RLIMIT_FSIZE, &limit) || trace_writer_open(&writer, path, &o, &error))
		return 10;
	heard.writer = writer;
	for (int i = 0; i < 4; i++)
		if (pthread_create(&threads[i], NULL, scribble_much, writer))
			return 11;
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	struct trace_header *h = trace_writer_header(writer);
	uint64_t lost = atomic_load(&h->lost), kept = atomic_load(&h->n_blocks) * 511;
	trace_writer_close(writer);
	char expected[512];
	snprintf(expected, sizeof expected,
	         "cannot write the recording '%s': File too large; the run goes on unrecorded",
	         path);
	if (heard.n != 1 || strcmp(heard.sentence, expected))
		return 12;
	return lost + kept == 800001 ? 0 : 13; /* every block that was claimed is full */
}

static void writer__file_cannot_grow__said_once_and_counted(void **state)
{
	(void)state;
	const char *path = recording_path("limit");
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child)
		_exit(write_beyond_limit(path));
	assert_int_equal(waitpid(child, &status, 0), child);
	unlink(path);
	assert_true(WIFEXITED(status)); /* and not killed by SIGXFSZ */
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- Strings ---- */

static const char *chapter_of(uint32_t n)
{
	/* lengths around every border: 12 bytes in the first slot, 31 in each other one, 4096 at most */
	static char text[6000];
	size_t bytes = n % 3 ? n % 97 : n * 7 % 5000;
	for (size_t i = 0; i < bytes; i++)
		text[i] = (char)('a' + (i + n) % 26);
	text[bytes] = '\0';
	return text;
}

static void strings__every_length_at_every_place__come_back(void **state)
{
	(void)state;
	enum { N = 3000 };
	const char *path = recording_path("strings");
	struct trace_writer *writer = open_writer(path);
	struct trace_pen *pen = malloc(sizeof *pen);
	static uint32_t ids[N];
	assert_non_null(pen);
	trace_pen_init(pen, writer);
	for (uint32_t i = 0; i < N; i++) {
		const char *text = chapter_of(i);
		ids[i] = trace_pen_string(pen, text, strlen(text));
		trace_emit(pen, (struct trace_record){.kind = TRACE_MARK, .a = ids[i]});
	}
	trace_pen_fini(pen);
	free(pen);
	trace_writer_close(writer);
	struct trace_model *model = recording_read(path);
	unlink(path);
	assert_int_equal(recording_count(model, TRACE_MARK, 0), N);
	for (uint32_t i = 0; i < N; i++) {
		static char text[8192];
		const char *expected = chapter_of(i);
		size_t n = strlen(expected) > 4096 ? 4096 : strlen(expected);
		assert_int_equal(trace_reader_string(model->reader, ids[i], text, sizeof text), n);
		assert_memory_equal(text, expected, n);
		assert_int_equal(text[n], '\0');
	}
	trace_model_destroy(model);
}

/* Cut between code points, whatever stands at the border. */
static void strings__too_long__cut_on_a_code_point(void **state)
{
	(void)state;
	static const char *const points[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x8c\xb1"};
	const char *path = recording_path("cut");
	struct trace_writer *writer = open_writer(path);
	struct trace_pen *pen = malloc(sizeof *pen);
	uint32_t ids[15], n_ids = 0;
	size_t lengths[15];
	assert_non_null(pen);
	trace_pen_init(pen, writer);
	for (size_t p = 0; p < 3; p++)
		for (size_t lead = 0; lead < 5; lead++) {
			static char text[9000];
			size_t n = 0, step = strlen(points[p]);
			for (; n < lead; n++)
				text[n] = 'x';
			for (; n < 5000; n += step)
				memcpy(text + n, points[p], step);
			lengths[n_ids] = lead + (4096 - lead) / step * step;
			ids[n_ids++] = trace_pen_string(pen, text, n);
		}
	trace_pen_fini(pen);
	free(pen);
	trace_writer_close(writer);
	struct trace_model *model = recording_read(path);
	unlink(path);
	for (uint32_t i = 0; i < n_ids; i++)
		assert_int_equal(trace_reader_bytes(model->reader, ids[i], NULL, 0), lengths[i]);
	trace_model_destroy(model);
}

/* ---- Files of the source ---- */

static void where__more_files_than_fit__the_others_are_nowhere(void **state)
{
	(void)state;
	enum { N = TRACE_FILES_MAX + 100 };
	static char names[N][24];
	static uint32_t wheres[N];
	const char *path = recording_path("files");
	struct trace_writer *writer = open_writer(path);
	struct trace_pen *pen = malloc(sizeof *pen);
	assert_non_null(pen);
	trace_pen_init(pen, writer);
	for (uint32_t i = 0; i < N; i++) {
		snprintf(names[i], sizeof names[i], "lesson%u.c", i);
		wheres[i] = trace_pen_where(pen, names[i], (int)i + 1);
		trace_emit(pen, (struct trace_record){.kind = TRACE_MARK, .d = wheres[i]});
	}
	for (uint32_t i = 0; i < N; i++) /* the second time the same */
		assert_int_equal(trace_pen_where(pen, names[i], (int)i + 1), wheres[i]);
	trace_pen_fini(pen);
	free(pen);
	trace_writer_close(writer);
	struct trace_model *model = recording_read(path);
	unlink(path);
	for (uint32_t i = 0; i < N; i++) {
		char file[64];
		uint32_t line = trace_model_where(model, wheres[i], file, sizeof file);
		assert_string_equal(file, i < TRACE_FILES_MAX ? names[i] : "");
		assert_int_equal(line, i < TRACE_FILES_MAX ? i + 1 : 0);
	}
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pens__many_threads_while_the_file_grows__every_record_once),
	        cmocka_unit_test(writer__file_of_another_writer__refused_until_it_is_closed),
	        cmocka_unit_test(writer__file_is_cut_by_somebody__goes_on),
	        cmocka_unit_test(writer__path_cannot_be_made__one_sentence),
	        cmocka_unit_test(writer__pipe_or_device__refused_and_left_alone),
	        cmocka_unit_test(writer__file_exists__who_reads_it_keeps_it),
	        cmocka_unit_test(writer__file_cannot_grow__said_once_and_counted),
	        cmocka_unit_test(strings__every_length_at_every_place__come_back),
	        cmocka_unit_test(strings__too_long__cut_on_a_code_point),
	        cmocka_unit_test(where__more_files_than_fit__the_others_are_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
