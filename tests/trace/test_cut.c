/* Files that are cut off while they are read: no SIGBUS, a message with the place, and what is left can still be asked about.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "tests/trace/read_log.h"
#include "trace/guard.h"

static void cut(const char *path, size_t bytes)
{
	assert_int_equal(truncate(path, (off_t)bytes), 0);
}

static void guard__mapping_behind_the_end_of_its_file__reads_zeros(void **state)
{
	(void)state;
	const char *path = make_log_path("torn");
	size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = 8 * page;
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)bytes), 0);
	unsigned char *map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_ptr_not_equal(map, MAP_FAILED);
	memset(map, 7, bytes);
	int ticket = trace_guard_watch(map, bytes, false);
	assert_int_not_equal(ticket, TRACE_GUARD_NONE);
	assert_false(trace_guard_is_torn(ticket));
	cut(path, 3 * page);
	assert_int_equal(map[3 * page - 1], 7);
	assert_false(trace_guard_is_torn(ticket));
	assert_int_equal(map[5 * page], 0);
	assert_true(trace_guard_is_torn(ticket));
	assert_int_equal(map[3 * page], 0); /* again, before the pages that were replaced */
	assert_int_equal(map[bytes - 1], 0);
	assert_int_equal(map[0], 7);
	trace_guard_release(ticket);
	munmap(map, bytes);
	close(fd);
}

static void guard__more_mappings_than_it_can_keep__says_so_and_goes_on(void **state)
{
	(void)state;
	static char memory[4096];
	int tickets[200];
	for (int i = 0; i < 200; i++)
		tickets[i] = trace_guard_watch(memory, sizeof memory, false);
	assert_int_equal(tickets[199], TRACE_GUARD_NONE);
	for (int i = 0; i < 200; i++)
		trace_guard_release(tickets[i]);
	int ticket = trace_guard_watch(memory, sizeof memory, false);
	assert_int_not_equal(ticket, TRACE_GUARD_NONE);
	trace_guard_release(ticket);
}

static struct trace_model *open_model(const char *path)
{
	struct trace_reader *reader;
	struct trace_error error = {0};
	assert_int_equal(trace_reader_open(&reader, path, false, &error), 0);
	struct trace_model *m = trace_model_create(reader);
	assert_non_null(m);
	return m;
}

/* Look at everything, as a picture that is painted at this moment would. */
static void look(const struct trace_model *m)
{
	uint8_t seen[20];
	uint64_t edges_ns[21];
	struct trace_state_now now;
	for (uint64_t i = 0; i <= 20; i++)
		edges_ns[i] = m->t_end_ns * i / 20;
	for (uint32_t lane = 0; lane < m->n_lanes; lane++)
		trace_lane_seen_row(m, lane, edges_ns, 20, TRACE_NONE, seen);
	for (uint32_t k = 0; k < m->n_events; k++) {
		char text[64];
		uint32_t lanes[4];
		trace_model_running(m, k);
		trace_model_string(m, trace_model_event(m, k)->a, text, sizeof text);
		for (uint32_t lane = 0; lane < m->n_lanes; lane += 3) {
			trace_lane_state(m, lane, k, m->t_end_ns, &now);
			trace_object_holders(m, lane, k, lanes, 4);
			trace_object_waiters(m, lane, k, lanes, 4);
		}
	}
}

static void cut_at(size_t bytes, size_t left, bool looks)
{
	struct make_log log;
	const char *path = make_log_path("cut.gtt");
	struct trace_error error = {0};
	char wanted[400];
	make_log_init(&log);
	random_log(&log, 5, 4000, true);
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *m = open_model(path);
	assert_int_equal(trace_model_update(m, &error), 1);
	size_t n_before = m->n_events;
	cut(path, bytes);
	if (looks)
		look(m);
	assert_int_equal(trace_model_update(m, &error), TRACE_EFORMAT);
	snprintf(wanted, sizeof wanted,
	         "cannot read '%s': truncated while it was being read, cut off at byte %zu", path,
	         left);
	assert_string_equal(error.text, wanted);
	assert_int_equal(error.offset, left);
	assert_true(m->n_events < n_before);
	for (uint32_t k = 0; k < m->n_events; k++)
		assert_true(trace_slot_offset(trace_model_slot(m, k)) + 32 <= left);
	look(m);
	assert_int_equal(trace_model_update(m, &error), TRACE_EFORMAT); /* and again */
	trace_model_destroy(m);
	make_log_fini(&log);
}

static void model__file_is_cut_off__keeps_what_is_left(void **state)
{
	(void)state;
	const size_t some = 4096 + 32 * 777;
	for (int looks = 0; looks < 2; looks++) {
		cut_at(some, some, looks);
		cut_at(some + 13, some, looks);
		cut_at(4096, 4096, looks);
		cut_at(0, 4096, looks);
	}
}

static void model__file_is_cut_off_between_two_slices__says_so(void **state)
{
	(void)state;
	struct make_log log;
	const char *path = make_log_path("slices.gtt");
	struct trace_error error = {0};
	make_log_init(&log);
	random_log(&log, 5, 4000, true);
	make_log_write(&log, path, log.n_bytes);
	struct trace_model *m = open_model(path);
	assert_int_equal(trace_model_update_some(m, 1000, &error), 1);
	cut(path, 4096 + 32 * 1500);
	int rc;
	while ((rc = trace_model_update_some(m, 300, &error)) > 0)
		look(m);
	assert_int_equal(rc, TRACE_EFORMAT);
	look(m);
	trace_model_destroy(m);
	make_log_fini(&log);
}

/* A fault is mended on the alternate stack, as in the program. Without one a kernel takes the stack of the thread; valgrind
 * (3.19) would not let that one grow for a handler that asked for an alternate stack, and ends the process there.
 */
static int give_handlers_a_stack(void **state)
{
	(void)state;
	static char memory[1 << 16];
	stack_t stack = {.ss_sp = memory, .ss_size = sizeof memory};
	return sigaltstack(&stack, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(guard__mapping_behind_the_end_of_its_file__reads_zeros),
	        cmocka_unit_test(guard__more_mappings_than_it_can_keep__says_so_and_goes_on),
	        cmocka_unit_test(model__file_is_cut_off__keeps_what_is_left),
	        cmocka_unit_test(model__file_is_cut_off_between_two_slices__says_so),
	};
	return cmocka_run_group_tests(tests, give_handlers_a_stack, NULL);
}
