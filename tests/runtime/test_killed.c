/* kill -9 at moments that are spread over the whole of a run: every file opens, and what it says is what the whole run says up to there.
 *
 * The child counts what it has done in memory that both see; the parent waits for a count that it has drawn, and kills. So the moments do
 * not depend on how fast the machine is, and stand within records, at the claim of a block, where the file grows, and where a ring turns.
 * KILLS=500 is how many for each kind of run; 12 without that.
 */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"
#include "trace/validate.h"
#include "trace/writer.h"

#define PENS_MAX 4u

/* Under valgrind everything takes fifty times as long, and its threads take turns: little is to be met there. */
static bool is_slow(void)
{
	const char *flavour = getenv("FLAVOUR");
	return flavour && strcmp(flavour, "valgrind") == 0;
}

static unsigned n_kills(void)
{
	const char *kills = getenv("KILLS");
	if (is_slow())
		return 1;
	return kills ? (unsigned)strtoul(kills, NULL, 10) : 12;
}

static uint64_t draw(uint64_t *seed, uint64_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % n;
}

/* What parent and child share. */
struct shared {
	_Atomic uint64_t done;
};

static struct shared *share(void)
{
	struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(shared != MAP_FAILED);
	return shared;
}

/* Run `body` in a child, and kill it once it has counted so far. Returns whether it was killed, and had not ended by itself. */
static bool kill_at(struct shared *shared, uint64_t at,
                    void (*body)(struct shared *shared, const void *arg), const void *arg)
{
	int status;
	atomic_store(&shared->done, 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		body(shared, arg);
		_exit(0);
	}
	while (atomic_load(&shared->done) < at && waitpid(child, &status, WNOHANG) == 0)
		sched_yield();
	kill(child, SIGKILL);
	if (waitpid(child, &status, 0) != child)
		return false;
	return WIFSIGNALED(status);
}

/* ---- Pens of several threads, by themselves ---- */

struct writing {
	const char *path;
	uint64_t ring_bytes;
	uint32_t n_pens, n_records; /* of each pen */
};

struct scribe {
	struct trace_writer *writer;
	struct shared *shared;
	uint32_t number, n_records;
	bool has_texts;
};

/* Texts of all lengths, so that some stand in several slots and at the border of blocks. */
static void scribble(const struct scribe *scribe, struct trace_pen *pen)
{
	char text[300];
	for (uint32_t i = 0; i < scribe->n_records; i++) {
		int n = snprintf(text, sizeof text, "%u:%u:%*s", scribe->number, i,
		                 (int)(i % 5 ? 1 : i % 251), "");
		uint32_t name = scribe->has_texts ? trace_pen_string(pen, text, (size_t)n) : 0;
		if (scribe->number > 1)
			trace_pen_enter(pen);
		trace_emit(pen,
		           (struct trace_record){
		                   .t_ns = i, .kind = TRACE_LOG, .id = scribe->number, .a = name});
		if (scribe->number > 1)
			trace_pen_leave(pen);
		atomic_fetch_add_explicit(&scribe->shared->done, 1, memory_order_relaxed);
	}
}

static void *scribble_aside(void *arg)
{
	struct trace_pen *pen = malloc(sizeof *pen);
	if (!pen)
		abort();
	trace_pen_init(pen, ((const struct scribe *)arg)->writer);
	scribble(arg, pen);
	trace_pen_fini(pen);
	free(pen);
	return NULL;
}

/* The first pen is the loop's: it turns rings, and there has the texts for itself. */
static void write_all(struct shared *shared, const void *arg)
{
	const struct writing *writing = arg;
	struct trace_writer_options o = {.clock = TRACE_CLOCK_REAL,
	                                 .pid = (uint32_t)getpid(),
	                                 .ring_bytes = writing->ring_bytes};
	struct trace_writer *writer;
	struct trace_error error;
	struct scribe scribes[PENS_MAX];
	pthread_t threads[PENS_MAX];
	static struct trace_pen first;
	if (trace_writer_open(&writer, writing->path, &o, &error))
		_exit(1);
	trace_pen_init(&first, writer);
	for (uint32_t i = 0; i < writing->n_pens; i++) {
		scribes[i] = (struct scribe){writer, shared, i + 1, writing->n_records,
		                             writing->ring_bytes == 0 || i == 0};
		uint32_t name = trace_pen_name(&first, "scribe");
		trace_emit(&first,
		           (struct trace_record){.kind = TRACE_TASK, .id = i + 1, .a = name});
	}
	for (uint32_t i = 1; i < writing->n_pens; i++)
		if (pthread_create(&threads[i], NULL, scribble_aside, &scribes[i]))
			_exit(1);
	scribble(&scribes[0], &first);
	for (uint32_t i = 1; i < writing->n_pens; i++)
		pthread_join(threads[i], NULL);
	trace_pen_fini(&first);
	trace_writer_close(writer);
}

/* What is read of a pen is all that it wrote, from the begin of the recording or of what a ring keeps, up to some record. */
static uint64_t check_strands(const char *path, bool is_ring)
{
	struct trace_reader *reader;
	struct trace_error error;
	uint64_t next[PENS_MAX + 1] = {0}, n = 0;
	uint32_t slot;
	int rc;
	if (trace_reader_open(&reader, path, false, &error)) {
		fail_msg("%s", error.text);
		return 0;
	}
	while ((rc = trace_reader_next(reader, &slot, &error)) == 1) {
		struct trace_record r = *trace_reader_at(reader, slot);
		if (r.kind != TRACE_LOG)
			continue;
		char text[400], expected[32];
		trace_reader_string(reader, r.a, text, sizeof text);
		snprintf(expected, sizeof expected, "%u:%u:", r.id, (unsigned)r.t_ns);
		if (r.a)
			assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
		/* in a ring other threads may find no room, which is counted */
		if (!is_ring || (r.id == 1 && next[1]))
			assert_int_equal(r.t_ns, next[r.id]);
		assert_true(r.t_ns >= next[r.id]);
		next[r.id] = r.t_ns + 1;
		n++;
	}
	if (rc < 0)
		fail_msg("%s", error.text);
	assert_false(trace_reader_is_live(reader));
	trace_reader_close(reader);
	return n;
}

static void remove_recording(const char *path)
{
	char turn[160];
	snprintf(turn, sizeof turn, "%s.turn", path);
	unlink(turn); /* of who was killed while a ring turned */
	unlink(path);
}

static void kill_writers(const char *name, uint32_t n_pens, uint64_t ring_bytes, uint64_t seed)
{
	char path[128];
	snprintf(path, sizeof path, "%s", recording_path(name));
	struct writing writing = {path, ring_bytes, n_pens, is_slow() ? 4000 : 40000};
	struct shared *shared = share();
	uint64_t all = writing.n_records * (uint64_t)n_pens;
	unsigned n_killed = 0, n_with_some = 0;
	for (unsigned i = 0; i < n_kills(); i++) {
		bool was_killed = kill_at(shared, draw(&seed, all), write_all, &writing);
		n_killed += was_killed;
		if (access(path, F_OK) == 0) /* it may have been killed before it could begin */
			n_with_some += check_strands(path, ring_bytes != 0) > 0;
		remove_recording(path);
	}
	assert_true(is_slow() || (n_killed > n_kills() / 2 && n_with_some > n_kills() / 2));
	munmap(shared, sizeof *shared);
}

static void writer__killed_anywhere__a_prefix(void **state)
{
	(void)state;
	kill_writers("one", 1, 0, 11);
}

static void writer__threads_killed_anywhere__a_prefix_of_each(void **state)
{
	(void)state;
	kill_writers("four", 4, 0, 12);
}

static void writer__ring_killed_anywhere__a_whole_part(void **state)
{
	(void)state;
	kill_writers("ring", 1, 1 << 18, 13);
}

static void writer__ring_of_threads_killed_anywhere__a_whole_part_of_each(void **state)
{
	(void)state;
	kill_writers("rings", 3, 1 << 18, 14);
}

/* ---- Programs ---- */

struct shop {
	struct gt_lock *lock;
	struct shared *shared;
	unsigned rounds;
	bool threads;
};

static int wrap(void *arg)
{
	atomic_fetch_add((_Atomic uint64_t *)arg, 1);
	return 0;
}

static int customer(void *arg)
{
	struct shop *shop = arg;
	char name[32];
	int rc = gt_lock_acquire(shop->lock);
	if (rc)
		return rc;
	gt_var_write("sold", (int64_t)atomic_load(&shop->shared->done));
	snprintf(name, sizeof name, "job %u", (unsigned)atomic_load(&shop->shared->done));
	rc = shop->threads ? gt_thread(wrap, &shop->shared->done, name) : gt_sleep(GT_MS(1));
	gt_lock_release(shop->lock);
	gt_log("customer");
	atomic_fetch_add(&shop->shared->done, 1);
	return rc;
}

static int sell(void *arg)
{
	struct shop *shop = arg;
	shop->lock = gt_lock_create("counter");
	for (unsigned round = 0; round < shop->rounds; round++) {
		struct gt_task *tasks[4];
		for (int i = 0; i < 4; i++)
			tasks[i] = gt_spawn(customer, shop, "customer %d of %u", i, round);
		for (int i = 0; i < 4; i++)
			(void)!gt_join(tasks[i]);
	}
	gt_lock_destroy(shop->lock);
	return 0;
}

struct program {
	const char *path;
	enum gt_clock clock;
	unsigned rounds;
};

static void run_program(struct shared *shared, const void *arg)
{
	const struct program *program = arg;
	struct gt_options options = GT_OPTIONS_INIT;
	struct shop shop = {.shared = shared,
	                    .rounds = program->rounds,
	                    .threads = program->clock == GT_CLOCK_REAL};
	options.log = program->path;
	options.clock = program->clock;
	if (gt_run(&options, sell, &shop) != 0)
		_exit(1);
}

/* Each slot that was published is that of the whole run; behind the first that was not there is none, save the tails of a text. */
static size_t check_slots(const char *path, const char *whole, size_t n_whole)
{
	size_t bytes, n = 0;
	char *file = recording_bytes(path, &bytes);
	bool is_over = false;
	for (size_t at = TRACE_HEADER_BYTES; at + TRACE_RECORD_BYTES <= bytes;
	     at += TRACE_RECORD_BYTES) {
		unsigned kind = (unsigned char)file[at + TRACE_RECORD_BYTES - 1];
		is_over |= kind == TRACE_EMPTY;
		if (kind == TRACE_EMPTY)
			continue;
		assert_true(at + TRACE_RECORD_BYTES <= n_whole);
		assert_memory_equal(file + at, whole + at, TRACE_RECORD_BYTES);
		assert_true(!is_over || kind == TRACE_CONT);
		n++;
	}
	free(file);
	return n;
}

static void program__virtual_clock_killed_anywhere__the_bytes_of_the_whole_run(void **state)
{
	(void)state;
	char path[128], whole_path[128];
	snprintf(path, sizeof path, "%s", recording_path("killed"));
	snprintf(whole_path, sizeof whole_path, "%s", recording_path("whole"));
	struct program program = {whole_path, GT_CLOCK_VIRTUAL, is_slow() ? 300 : 3000};
	struct shared *shared = share();
	size_t n_whole, lengths = 0, before = 0;
	uint64_t seed = 15;
	assert_false(kill_at(shared, UINT64_MAX, run_program, &program));
	char *whole = recording_bytes(whole_path, &n_whole);
	unlink(whole_path);
	program.path = path;
	for (unsigned i = 0; i < n_kills(); i++) {
		(void)kill_at(shared, draw(&seed, program.rounds * 4), run_program, &program);
		if (access(path, F_OK))
			continue;
		size_t n = check_slots(path, whole, n_whole);
		lengths += n != before;
		before = n;
		struct trace_model *model = recording_read(path);
		assert_int_equal(recording_violations(model), 0);
		trace_model_destroy(model);
		unlink(path);
	}
	assert_true(is_slow() || lengths > n_kills() / 2); /* the moments were many */
	free(whole);
	munmap(shared, sizeof *shared);
}

static void program__real_clock_and_threads_killed_anywhere__true_up_to_there(void **state)
{
	(void)state;
	char path[128];
	snprintf(path, sizeof path, "%s", recording_path("real"));
	struct program program = {path, GT_CLOCK_REAL, is_slow() ? 50 : 500};
	struct shared *shared = share();
	uint64_t seed = 16;
	for (unsigned i = 0; i < n_kills(); i++) {
		(void)kill_at(shared, draw(&seed, program.rounds * 8), run_program, &program);
		if (access(path, F_OK))
			continue;
		struct trace_model *model = recording_read(path);
		assert_int_equal(recording_violations(model), 0);
		trace_model_destroy(model);
		unlink(path);
	}
	munmap(shared, sizeof *shared);
}

/* ---- A disk that is full ---- */

struct limited {
	struct program program;
	rlim_t bytes;
};

static void run_limited(struct shared *shared, const void *arg)
{
	const struct limited *limited = arg;
	if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){limited->bytes, limited->bytes}))
		_exit(1);
	run_program(shared, &limited->program);
}

/* Threads of the pool have room left when the loop has none: what they write must not name what could not be written. */
static void program__threads_and_a_disk_that_fills__what_is_there_can_be_read(void **state)
{
	(void)state;
	char path[128];
	snprintf(path, sizeof path, "%s", recording_path("full"));
	struct limited limited = {{path, GT_CLOCK_REAL, is_slow() ? 60 : 600}, 0};
	struct shared *shared = share();
	for (unsigned i = 0; i < n_kills(); i++) {
		limited.bytes = 300000 + i * 20000;
		assert_false(kill_at(shared, UINT64_MAX, run_limited, &limited));
		struct trace_model *model = recording_read(path);
		assert_int_equal(recording_violations(model), 0);
		trace_model_destroy(model);
		unlink(path);
	}
	munmap(shared, sizeof *shared);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(writer__killed_anywhere__a_prefix),
	        cmocka_unit_test(writer__threads_killed_anywhere__a_prefix_of_each),
	        cmocka_unit_test(writer__ring_killed_anywhere__a_whole_part),
	        cmocka_unit_test(writer__ring_of_threads_killed_anywhere__a_whole_part_of_each),
	        cmocka_unit_test(
	                program__virtual_clock_killed_anywhere__the_bytes_of_the_whole_run),
	        cmocka_unit_test(program__real_clock_and_threads_killed_anywhere__true_up_to_there),
	        cmocka_unit_test(program__threads_and_a_disk_that_fills__what_is_there_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
