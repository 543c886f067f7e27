/* The reader: strings, order, growing files, several writers, and who is alive. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/make_log.h"
#include "trace/reader.h"

static struct trace_reader *open_log(const struct make_log *log, const char *path)
{
	struct trace_reader *reader = NULL;
	struct trace_error error = {0};
	make_log_write(log, path, log->n_bytes);
	if (trace_reader_open(&reader, path, true, &error))
		fail_msg("%s", error.text);
	return reader;
}

/* The next record of a kind that is not STRING; NULL when there is none yet. */
static const struct trace_record *next(struct trace_reader *reader)
{
	struct trace_error error = {0};
	uint32_t slot;
	int rc;
	while ((rc = trace_reader_next(reader, &slot, &error)) == 1)
		if (trace_reader_at(reader, slot)->kind != TRACE_STRING)
			return trace_reader_at(reader, slot);
	if (rc < 0)
		fail_msg("%s", error.text);
	return NULL;
}

static void put_mark(struct make_log *log, uint32_t writer, uint64_t t_ns, uint32_t name)
{
	make_log_put(log, writer,
	             (struct trace_record){.t_ns = t_ns, .kind = TRACE_MARK, .a = name});
}

/* Put one slot of `log` into the file behind the reader's back, as a writer would. */
static void publish(const char *path, struct make_log *log, uint32_t slot)
{
	int fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, make_log_at(log, slot), 32, (off_t)(4096 + 32 * (size_t)slot)),
	                 32);
	close(fd);
}

static void unpublish(struct make_log *log, uint32_t slot)
{
	make_log_at(log, slot)->kind = TRACE_EMPTY;
}

/* ---- strings ------------------------------------------------------------------------------------ */

static void reader_string__every_length__comes_back(void **state)
{
	(void)state;
	static char text[TRACE_STRING_MAX_BYTES], copy[TRACE_STRING_MAX_BYTES + 1];
	const size_t lengths[] = {0, 1, 11, 12, 13, 42, 43, 44, 74, 4095, 4096};
	struct make_log log;
	make_log_init(&log);
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('!' + i % 90);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		make_log_bytes(&log, 1, text, lengths[i]);
	struct trace_reader *reader = open_log(&log, make_log_path("strings.gtt"));
	assert_null(next(reader));
	for (uint32_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		size_t n = lengths[i];
		assert_int_equal(trace_reader_string(reader, i + 1, copy, sizeof copy), n);
		assert_int_equal(strlen(copy), n);
		assert_memory_equal(copy, text, n);
		assert_int_equal(trace_reader_bytes(reader, i + 1, copy, 20), n);
		assert_memory_equal(copy, text, n < 20 ? n : 20);
	}
	assert_int_equal(trace_reader_string(reader, 0, copy, sizeof copy), 0);
	assert_string_equal(copy, "");
	assert_int_equal(trace_reader_string(reader, 99, copy, sizeof copy), 0);
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_string__harmful_bytes__clean_as_text_and_raw_as_bytes(void **state)
{
	(void)state;
	char text[32];
	struct make_log log;
	make_log_init(&log);
	make_log_bytes(&log, 1, "\x1b[2J\xff", 5);
	struct trace_reader *reader = open_log(&log, make_log_path("harm.gtt"));
	assert_null(next(reader));
	assert_int_equal(trace_reader_string(reader, 1, text, sizeof text), 9);
	assert_string_equal(text, "\xef\xbf\xbd[2J\xef\xbf\xbd");
	assert_int_equal(trace_reader_bytes(reader, 1, text, sizeof text), 5);
	assert_memory_equal(text, "\x1b[2J\xff", 5);
	trace_reader_close(reader);
	make_log_fini(&log);
}

/* ---- a file that grows -------------------------------------------------------------------------- */

static void reader_next__unpublished_slot__hides_what_is_behind_it(void **state)
{
	(void)state;
	const char *path = make_log_path("grow.gtt");
	struct make_log log;
	make_log_init(&log);
	for (uint64_t t = 1; t <= 3; t++)
		put_mark(&log, 1, t, 0);
	struct trace_record second = *make_log_at(&log, 2);
	unpublish(&log, 2);
	struct trace_reader *reader = open_log(&log, path);
	assert_int_equal(next(reader)->t_ns, 1);
	assert_null(next(reader));
	*make_log_at(&log, 2) = second;
	publish(path, &log, 2);
	assert_int_equal(next(reader)->t_ns, 2);
	assert_int_equal(next(reader)->t_ns, 3);
	assert_null(next(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__string_without_all_its_slots__waits(void **state)
{
	(void)state;
	const char *path = make_log_path("halfstring.gtt");
	struct make_log log;
	make_log_init(&log);
	make_log_string(&log, "longer than twelve bytes");
	put_mark(&log, 1, 0, 1);
	unpublish(&log, 2);
	struct trace_reader *reader = open_log(&log, path);
	assert_null(next(reader));
	make_log_at(&log, 2)->kind = TRACE_CONT;
	publish(path, &log, 2);
	assert_int_equal(next(reader)->kind, TRACE_MARK);
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__file_that_grows__is_mapped_again(void **state)
{
	(void)state;
	const char *path = make_log_path("larger.gtt");
	struct make_log log;
	make_log_init(&log);
	put_mark(&log, 1, 1, 0);
	struct trace_reader *reader = open_log(&log, path);
	assert_int_equal(next(reader)->t_ns, 1);
	for (uint64_t t = 2; t <= 2000; t++)
		put_mark(&log, 1, t, 0);
	int fd = open(path, O_RDWR); /* as a writer does: the bytes first, n_blocks last */
	assert_int_equal(pwrite(fd, log.bytes + 4096, log.n_bytes - 4096, 4096),
	                 (ssize_t)log.n_bytes - 4096);
	assert_int_equal(next(reader)->t_ns, 2); /* of the block that is known */
	assert_int_equal(pwrite(fd, log.bytes, 4096, 0), 4096);
	close(fd);
	for (uint64_t t = 3; t <= 2000; t++)
		assert_int_equal(next(reader)->t_ns, t);
	assert_null(next(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__writer_cuts_the_file_on_closing__no_bus_error(void **state)
{
	(void)state;
	const char *path = make_log_path("cut.gtt");
	struct make_log log;
	make_log_init(&log);
	for (uint64_t t = 1; t <= 127; t++) /* with the BLOCK record exactly one page */
		put_mark(&log, 1, t, 0);
	struct trace_reader *reader = open_log(&log, path);
	for (uint64_t t = 1; t <= 127; t++)
		assert_int_equal(next(reader)->t_ns, t);
	assert_int_equal(truncate(path, 4096 + 128 * 32), 0);
	assert_null(next(reader));
	atomic_store(&make_log_header(&log)->live, TRACE_CLOSED);
	int fd = open(path, O_RDWR);
	assert_int_equal(pwrite(fd, log.bytes, 4096, 0), 4096);
	close(fd);
	assert_null(next(reader));
	assert_false(trace_reader_is_live(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__block_left_half_empty__goes_on_with_the_next(void **state)
{
	(void)state;
	static const char text[TRACE_STRING_MAX_BYTES];
	struct make_log log;
	make_log_init(&log);
	put_mark(&log, 1, 1, 0);
	log.writers[1].pos = TRACE_BLOCK_SLOTS; /* no PAD records */
	put_mark(&log, 1, 2, 0);
	log.t_ns = 3;
	make_log_bytes(&log, 1, text, 4000);
	log.t_ns = 4;
	uint32_t padded = make_log_bytes(&log, 1, text, 4096);
	while (log.n_blocks < 4)
		padded = make_log_bytes(&log, 1, text, 4096);
	put_mark(&log, 1, 5, padded);
	make_log_close(&log);
	struct trace_reader *reader = open_log(&log, make_log_path("half.gtt"));
	assert_int_equal(next(reader)->t_ns, 1);
	assert_int_equal(next(reader)->t_ns, 2);
	assert_int_equal(next(reader)->a, padded);
	assert_null(next(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

/* The reader looks at the first block, then at the second one; a writer may have published both in between. */
static void reader_next__blocks_seen_out_of_order__waits_for_the_first(void **state)
{
	(void)state;
	const char *path = make_log_path("blocks.gtt");
	struct make_log log;
	make_log_init(&log);
	for (uint64_t t = 1; t <= 600; t++)
		put_mark(&log, 1, t, 0);
	unpublish(&log, 0);
	struct trace_reader *reader = open_log(&log, path);
	assert_null(next(reader));
	assert_null(next(reader));
	make_log_at(&log, 0)->kind = TRACE_BLOCK;
	publish(path, &log, 0);
	for (uint64_t t = 1; t <= 600; t++)
		assert_int_equal(next(reader)->t_ns, t);
	assert_null(next(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

/* ---- several writers ---------------------------------------------------------------------------- */

static void reader_next__several_writers__merged_by_time_writer_position(void **state)
{
	(void)state;
	struct make_log log;
	uint32_t random = 12345;
	uint64_t t_ns[4] = {0};
	make_log_init(&log);
	for (int i = 0; i < 6000; i++) {
		random = random * 1103515245 + 12345;
		uint32_t writer = 1 + (random >> 16) % 3;
		t_ns[writer] += (random >> 20) % 3;
		put_mark(&log, writer, t_ns[writer], 0);
	}
	make_log_close(&log);
	struct trace_reader *reader = open_log(&log, make_log_path("merge.gtt"));
	struct trace_error error = {0};
	uint32_t slot, last = UINT32_MAX, n = 0;
	for (; trace_reader_next(reader, &slot, &error) == 1; last = slot, n++) {
		if (last == UINT32_MAX)
			continue;
		const struct trace_record *a = trace_reader_at(reader, last);
		const struct trace_record *b = trace_reader_at(reader, slot);
		uint32_t wa = trace_reader_writer(reader, last);
		uint32_t wb = trace_reader_writer(reader, slot);
		assert_true(a->t_ns < b->t_ns ||
		            (a->t_ns == b->t_ns && (wa < wb || (wa == wb && last < slot))));
	}
	assert_int_equal(n, 6000);
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__string_of_another_writer__comes_before_its_use(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	log.t_ns = 9;
	put_mark(&log, 2, 9, 0);
	make_log_bytes(&log, 2, "shared", 6); /* behind a record of the same instant */
	put_mark(&log, 1, 9, 1);
	make_log_close(&log);
	struct trace_reader *reader = open_log(&log, make_log_path("shared.gtt"));
	assert_int_equal(next(reader)->a, 0);
	assert_int_equal(next(reader)->a, 1);
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_next__young_records_of_several_writers__are_held_back(void **state)
{
	(void)state;
	const char *path = make_log_path("young.gtt");
	const uint64_t far_ns = 1000000000000000;
	struct timespec now;
	struct make_log log;
	make_log_init(&log);
	struct trace_header *h = make_log_header(&log);
	clock_gettime(CLOCK_MONOTONIC, &now);
	h->writer_pid = (uint32_t)getpid();
	h->clock = TRACE_CLOCK_REAL;
	atomic_store(&h->pacing.speed_ppm, 1000000);
	atomic_store(&h->pacing.mono_ns, (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec);
	atomic_store(&h->pacing.t_ns, 60000000000);
	put_mark(&log, 1, 5, 0);
	put_mark(&log, 1, far_ns, 0);
	put_mark(&log, 2, far_ns - 1, 0);
	struct trace_reader *reader = open_log(&log, path);
	assert_int_equal(next(reader)->t_ns, 5);
	assert_null(next(reader));
	atomic_store(&make_log_header(&log)->live, TRACE_CLOSED);
	log.n_bytes = 4096 + 512 * 32 + 2 * 32;
	make_log_write(&log, path, log.n_bytes);
	assert_int_equal(next(reader)->t_ns, far_ns - 1);
	assert_int_equal(next(reader)->t_ns, far_ns);
	assert_null(next(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

/* ---- the header --------------------------------------------------------------------------------- */

static void reader_is_live__by_state_and_process(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	struct trace_reader *reader = open_log(&log, make_log_path("live.gtt"));
	assert_true(trace_reader_is_live(reader)); /* nobody knows better */
	trace_reader_close(reader);
	make_log_header(&log)->writer_pid = (uint32_t)getpid();
	reader = open_log(&log, make_log_path("live.gtt"));
	assert_true(trace_reader_is_live(reader));
	trace_reader_close(reader);
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	make_log_header(&log)->writer_pid = (uint32_t)child;
	reader = open_log(&log, make_log_path("live.gtt"));
	assert_false(trace_reader_is_live(reader));
	trace_reader_close(reader);
	make_log_header(&log)->writer_pid = 0xfffffff0;
	reader = open_log(&log, make_log_path("live.gtt"));
	assert_false(trace_reader_is_live(reader));
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_gate__read_only_or_without_control__is_not_there(void **state)
{
	(void)state;
	const char *path = make_log_path("gate.gtt");
	struct trace_error error;
	struct make_log log;
	make_log_init(&log);
	struct trace_reader *reader = open_log(&log, path);
	struct trace_gate *gate = trace_reader_gate(reader);
	assert_non_null(gate);
	atomic_store(&gate->hold, 1);
	trace_reader_close(reader);
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	assert_null(trace_reader_gate(reader));
	assert_int_equal(atomic_load(&trace_reader_header(reader)->gate.hold), 1);
	trace_reader_close(reader);
	make_log_fini(&log);
}

static void reader_now__torn_pacing__gives_up(void **state)
{
	(void)state;
	struct make_log log;
	make_log_init(&log);
	atomic_store(&make_log_header(&log)->pacing.t_ns, 77);
	struct trace_reader *reader = open_log(&log, make_log_path("pacing.gtt"));
	assert_int_equal(trace_reader_now_ns(reader), 77);
	trace_reader_close(reader);
	atomic_store(&make_log_header(&log)->pacing.sequence, 1); /* killed while writing it */
	reader = open_log(&log, make_log_path("pacing.gtt"));
	assert_int_equal(trace_reader_now_ns(reader), 0);
	trace_reader_close(reader);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(reader_string__every_length__comes_back),
	        cmocka_unit_test(reader_string__harmful_bytes__clean_as_text_and_raw_as_bytes),
	        cmocka_unit_test(reader_next__unpublished_slot__hides_what_is_behind_it),
	        cmocka_unit_test(reader_next__string_without_all_its_slots__waits),
	        cmocka_unit_test(reader_next__file_that_grows__is_mapped_again),
	        cmocka_unit_test(reader_next__writer_cuts_the_file_on_closing__no_bus_error),
	        cmocka_unit_test(reader_next__block_left_half_empty__goes_on_with_the_next),
	        cmocka_unit_test(reader_next__blocks_seen_out_of_order__waits_for_the_first),
	        cmocka_unit_test(reader_next__several_writers__merged_by_time_writer_position),
	        cmocka_unit_test(reader_next__string_of_another_writer__comes_before_its_use),
	        cmocka_unit_test(reader_next__young_records_of_several_writers__are_held_back),
	        cmocka_unit_test(reader_is_live__by_state_and_process),
	        cmocka_unit_test(reader_gate__read_only_or_without_control__is_not_there),
	        cmocka_unit_test(reader_now__torn_pacing__gives_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
