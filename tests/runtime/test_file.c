/* Files through the loop: what is read and written, the codes, and the worker lanes. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/vocabulary.h"

static struct trace_model *record(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	o.clock = GT_CLOCK_REAL;
	int code;
	struct trace_model *model = recording_of(o, body, arg, &code);
	assert_int_equal(code, 0);
	assert_int_equal(recording_violations(model), 0);
	return model;
}

static void run(gt_body *body, void *arg)
{
	trace_model_destroy(record(body, arg));
}

/* A folder of its own for every test, and a path in it. */
struct place {
	char folder[64], path[80];
};

static void place_make(struct place *place)
{
	snprintf(place->folder, sizeof place->folder, "/tmp/ganttop-test-XXXXXX");
	assert_int_equal(gt_fs_mkdtemp(place->folder), 0);
	snprintf(place->path, sizeof place->path, "%s/file", place->folder);
}

static void place_remove(const struct place *place)
{
	unlink(place->path);
	assert_int_equal(gt_fs_rmdir(place->folder), 0);
}

/* ---- Whole files, and folders ---- */

static int whole(void *arg)
{
	struct place place;
	struct gt_stat found;
	char *data;
	size_t n;
	(void)arg;
	place_make(&place);
	assert_int_equal(gt_fs_stat(place.folder, &found), 0);
	assert_true(found.is_folder && !found.is_file);
	assert_int_equal(found.mode, 0700);
	assert_int_equal(gt_fs_write_file(place.path, "hello\n", 6), 0);
	assert_int_equal(gt_fs_read_file(place.path, &data, &n), 0);
	assert_int_equal(n, 6);
	assert_string_equal(data, "hello\n");
	free(data);
	assert_int_equal(gt_fs_write_file(place.path, "", 0), 0); /* nothing of it is left */
	assert_int_equal(gt_fs_read_file(place.path, &data, &n), 0);
	assert_int_equal(n, 0);
	assert_string_equal(data, "");
	free(data);
	assert_int_equal(gt_fs_stat(place.path, &found), 0);
	assert_true(found.is_file && !found.is_folder);
	assert_int_equal(found.bytes, 0);
	assert_true(found.modified_unix_ns > 0);
	assert_int_equal(gt_fs_rmdir(place.folder), UV_ENOTEMPTY);
	assert_int_equal(gt_fs_unlink(place.path), 0);
	assert_int_equal(gt_fs_unlink(place.path), UV_ENOENT);
	place_remove(&place);
	return 0;
}

static void file__written_whole__is_read_whole(void **state)
{
	(void)state;
	run(whole, NULL);
}

static int sizes(void *arg)
{
	static const size_t all[] = {1, 4094, 4095, 4096, 4097, 100000};
	struct place place;
	(void)arg;
	place_make(&place);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		char *out = malloc(all[i]), *in;
		size_t n;
		assert_non_null(out);
		memset(out, 'a' + (int)i, all[i]);
		assert_int_equal(gt_fs_write_file(place.path, out, all[i]), 0);
		assert_int_equal(gt_fs_read_file(place.path, &in, &n), 0);
		assert_int_equal(n, all[i]);
		assert_memory_equal(in, out, n);
		assert_int_equal(in[n], '\0');
		free(in);
		free(out);
	}
	place_remove(&place);
	return 0;
}

static void file__of_any_size__is_read_whole(void **state)
{
	(void)state;
	run(sizes, NULL);
}

static int without_size(void *arg)
{
	char *data;
	size_t n;
	(void)arg;
	assert_int_equal(gt_fs_read_file("/proc/self/maps", &data, &n), 0);
	assert_true(n > 0);
	assert_int_equal(strlen(data), n);
	free(data);
	return 0;
}

static void file__that_has_no_size__is_read_to_its_end(void **state)
{
	(void)state;
	run(without_size, NULL);
}

/* ---- What is not there ---- */

static int missing(void *arg)
{
	struct gt_file *file;
	struct gt_stat found;
	char *data, no_place[] = "/no/such/folder/XXXXXX";
	size_t n;
	(void)arg;
	assert_int_equal(gt_fs_read_file("/no/such/file", &data, &n), UV_ENOENT);
	assert_string_equal(gt_error_name(gt_error()), "FileNotFoundError");
	assert_string_equal(gt_error_message(gt_error()),
	                    "cannot read '/no/such/file': no such file or directory");
	assert_int_equal(gt_fs_open("/no/such/file", O_RDONLY, 0, &file), UV_ENOENT);
	assert_int_equal(gt_fs_stat("/no/such/file", &found), UV_ENOENT);
	assert_int_equal(gt_fs_mkdtemp(no_place), UV_ENOENT);
	assert_int_equal(gt_fs_read_file("/", &data, &n), UV_EISDIR);
	assert_int_equal(gt_fs_write_file("/", "x", 1), UV_EISDIR);
	assert_string_equal(gt_error_name(gt_error()), "IsADirectoryError");
	return 0;
}

static void file__missing_or_a_folder__a_code_and_a_message(void **state)
{
	(void)state;
	run(missing, NULL);
}

static int full_disk(void *arg)
{
	(void)arg;
	return gt_fs_write_file("/dev/full", "x", 1) == UV_ENOSPC ? 0 : 1;
}

static void write__disk_full__is_told(void **state)
{
	(void)state;
	run(full_disk, NULL);
}

/* ---- Open files ---- */

static int pieces(void *arg)
{
	struct place place;
	struct gt_file *file;
	char b[8];
	size_t n;
	(void)arg;
	place_make(&place);
	assert_int_equal(gt_fs_open(place.path, O_CREAT | O_RDWR | O_EXCL, 0600, &file), 0);
	assert_int_equal(gt_fs_write(file, "12345", 5), 0);
	assert_int_equal(gt_fs_write(file, "678", 3), 0);
	assert_int_equal(gt_fs_close(file), 0);
	assert_int_equal(gt_fs_open(place.path, O_CREAT | O_EXCL, 0600, &file), UV_EEXIST);
	assert_int_equal(gt_fs_open(place.path, O_RDONLY, 0, &file), 0);
	assert_int_equal(gt_fs_read(file, b, 5, &n), 0);
	assert_int_equal(n, 5);
	assert_int_equal(gt_fs_read(file, b + 5, 8 - 5, &n), 0);
	assert_int_equal(n, 3);
	assert_memory_equal(b, "12345678", 8);
	assert_int_equal(gt_fs_read(file, b, 8, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(gt_fs_write(file, "x", 1), UV_EBADF);
	assert_int_equal(gt_fs_close(file), 0);
	assert_int_equal(gt_fs_close(NULL), 0);
	place_remove(&place);
	return 0;
}

static void file__open__is_read_and_written_in_pieces(void **state)
{
	(void)state;
	run(pieces, NULL);
}

static int left_open(void *arg)
{
	struct gt_file *file;
	return gt_fs_open(arg, O_RDONLY, 0, &file);
}

static size_t n_descriptors(void)
{
	size_t n = 0;
	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void end__files_open__closed(void **state)
{
	(void)state;
	run(left_open, "/dev/null"); /* what libuv keeps open for ever is open now */
	size_t before = n_descriptors();
	run(left_open, "/dev/null");
	assert_int_equal(n_descriptors(), before);
}

/* ---- Cancelling ---- */

/* Opening a FIFO waits for its other end, on the thread. */
static int open_fifo(void *arg)
{
	struct gt_file *file;
	return gt_fs_open(arg, O_RDONLY, 0, &file);
}

static int cancelled(void *arg)
{
	struct place place;
	struct gt_task *task;
	(void)arg;
	place_make(&place);
	assert_int_equal(mkfifo(place.path, 0600), 0);
	task = gt_spawn(open_fifo, place.path, "open");
	gt_sleep(0);
	gt_cancel(task);
	assert_int_equal(gt_join(task), GT_ECANCELED);
	/* lets the thread go, if it has begun; the file that nobody wants is closed with it */
	int fd = open(place.path, O_RDWR | O_NONBLOCK);
	assert_true(fd >= 0);
	gt_sleep(GT_MS(5));
	assert_int_equal(gt_fs_unlink(place.path), 0);
	close(fd);
	place_remove(&place);
	return 0;
}

static void open__cancelled__leaves_at_once(void **state)
{
	(void)state;
	run(cancelled, NULL);
	size_t before = n_descriptors();
	run(cancelled, NULL);
	assert_int_equal(n_descriptors(), before);
}

static int read_it(void *arg)
{
	char *data;
	size_t n;
	int rc = gt_fs_read_file(arg, &data, &n);
	if (!rc)
		free(data);
	return rc;
}

static int cancelled_at_the_end(void *arg)
{
	(void)arg;
	for (int i = 0; i < 20; i++)
		gt_release(gt_spawn(read_it, "/proc/self/maps", "reader %d", i));
	gt_sleep(0);
	return 0; /* the readers are cancelled; the bytes that come for them are freed */
}

static void end__reads_under_way__nothing_leaks(void **state)
{
	(void)state;
	run(cancelled_at_the_end, NULL);
}

/* ---- The recording ---- */

static int wrong_clock(void *arg)
{
	char *data;
	size_t n;
	(void)arg;
	assert_int_equal(gt_fs_read_file("/dev/null", &data, &n), GT_ECLOCK);
	assert_string_equal(gt_error_message(gt_error()),
	                    "gt_fs_read_file needs the real clock; this run has another one");
	return 0;
}

static void files__virtual_clock__refused(void **state)
{
	struct gt_options o = GT_OPTIONS_INIT;
	char *data;
	size_t n;
	(void)state;
	assert_int_equal(gt_run(&o, wrong_clock, NULL), 0);
	assert_int_equal(gt_fs_read_file("/dev/null", &data, &n), GT_ENOLOOP);
}

static void recording__of_a_read__names_the_file_the_worker_and_why(void **state)
{
	(void)state;
	struct trace_model *model = record(pieces, NULL);
	bool opens = false, writes = false, wakes = false;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		opens |= r->kind == TRACE_OBJECT && r->sub == TRACE_OBJECT_FILE;
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_WAITING)
			writes |= r->arg == TRACE_ON_WRITE && r->a == 1;
		if (r->kind == TRACE_STATE && r->sub == TRACE_STATE_READY)
			wakes |= r->arg == TRACE_WHY_IO && r->a == 1;
	}
	assert_true(opens && writes && wakes);
	assert_true(recording_count(model, TRACE_WORKER, TRACE_WORKER_BUSY) >= 10);
	trace_model_destroy(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(file__written_whole__is_read_whole),
	        cmocka_unit_test(file__of_any_size__is_read_whole),
	        cmocka_unit_test(file__that_has_no_size__is_read_to_its_end),
	        cmocka_unit_test(file__missing_or_a_folder__a_code_and_a_message),
	        cmocka_unit_test(write__disk_full__is_told),
	        cmocka_unit_test(file__open__is_read_and_written_in_pieces),
	        cmocka_unit_test(end__files_open__closed),
	        cmocka_unit_test(open__cancelled__leaves_at_once),
	        cmocka_unit_test(end__reads_under_way__nothing_leaks),
	        cmocka_unit_test(files__virtual_clock__refused),
	        cmocka_unit_test(recording__of_a_read__names_the_file_the_worker_and_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
