/* What a record costs: bench_record FOLDER, where the files are put.
 *
 * Three things in one run, passes interleaved, medians given: the floor (32 bytes stored into a mapped file whose pages
 * are there already, with a stamp and without), trace_emit by itself, and the whole way through the runtime: two
 * tasks that yield to each other, recorded and not. The difference of the last two, divided by the records that
 * the file holds, is the price that a user pays; page faults and the growing of the file are in it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/measure.h"
#include "runtime/ganttop.h"
#include "trace/writer.h"

#define N_PASSES  7
#define N_STORES  (1u << 21)
#define N_EMITS   N_STORES
#define N_YIELDS  200000u
#define PATH_SIZE 4096

static char path[PATH_SIZE];

/* ---- The floor ---------------------------------------------------------------------------------- */

struct floor_record {
	uint64_t stamp, words[3];
};

static struct floor_record *map_floor(size_t bytes)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || posix_fallocate(fd, 0, (off_t)bytes) != 0)
		measure_die("make", path, strerror(errno));
	void *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (base == MAP_FAILED)
		measure_die("map", path, strerror(errno));
	memset(base, 1, bytes);
	close(fd);
	return base;
}

/* Store N_STORES records; returns ns a record. `stamp` 0: none, 1: the CPU's counter, 2: CLOCK_MONOTONIC. */
static double store(struct floor_record *records, int stamp)
{
	uint64_t start = measure_now_ns();
	for (uint32_t i = 0; i < N_STORES; i++) {
		struct floor_record *r = &records[i];
		r->stamp = stamp == 0 ? i : stamp == 1 ? measure_stamp() : measure_now_ns();
		r->words[0] = i;
		r->words[1] = i ^ 1u;
		atomic_store_explicit((_Atomic uint64_t *)&r->words[2], i | 1u,
		                      memory_order_release);
	}
	return (double)(measure_now_ns() - start) / N_STORES;
}

/* ---- trace_emit --------------------------------------------------------------------------------- */

static double emit_all(struct trace_pen *pen)
{
	uint64_t start = measure_now_ns();
	for (uint32_t i = 0; i < N_EMITS; i++)
		trace_emit(pen, (struct trace_record){.t_ns = i,
		                                      .id = 1,
		                                      .a = i,
		                                      .kind = TRACE_STATE,
		                                      .sub = TRACE_STATE_RUNNING});
	return (double)(measure_now_ns() - start) / N_EMITS;
}

/* Write N_EMITS records over the pages of the floor, which are there already; returns ns a record. */
static double emit_warm(struct floor_record *records)
{
	struct trace_pen pen = {.next = (uint64_t *)records,
	                        .end = (uint64_t *)(records + N_EMITS)};
	return emit_all(&pen);
}

/* Write N_EMITS records with the writer of recordings; returns ns a record. */
static double emit_growing(void)
{
	struct trace_writer *writer;
	struct trace_error error;
	struct trace_pen pen;
	struct trace_writer_options options = {.clock = TRACE_CLOCK_VIRTUAL};

	if (trace_writer_open(&writer, path, &options, &error) != 0)
		measure_die("record into", path, error.text);
	trace_pen_init(&pen, writer);
	double ns = emit_all(&pen);
	trace_pen_fini(&pen);
	trace_writer_close(writer);
	return ns;
}

/* ---- The runtime -------------------------------------------------------------------------------- */

static double yields_ns; /* what the loop of both tasks took */

static int yielder(void *arg)
{
	(void)arg;
	for (unsigned i = 0; i < N_YIELDS; i++) {
		int rc = gt_sleep(0);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int two_yielders(void *arg)
{
	uint64_t start = measure_now_ns();
	struct gt_task *a = gt_spawn(yielder, NULL, "a"), *b = gt_spawn(yielder, NULL, "b");
	(void)arg;
	if (!a || !b)
		return GT_ENOMEM;
	int rc = gt_join(a);
	if (rc == 0)
		rc = gt_join(b);
	yields_ns = (double)(measure_now_ns() - start);
	return rc;
}

/* Run the two tasks; returns ns a yield, and the records that were written. */
static double yields(enum gt_clock clock, bool recorded, double *n_records)
{
	struct gt_options options = GT_OPTIONS_INIT;
	struct stat status;

	options.clock = clock;
	options.log = recorded ? path : NULL;
	unlink(path);
	int rc = gt_run(&options, two_yielders, NULL);
	if (rc != 0)
		measure_die("run", "two tasks that yield", gt_strerror(rc));
	if (recorded) {
		if (stat(path, &status) != 0)
			measure_die("look at", path, strerror(errno));
		*n_records = (double)(status.st_size - TRACE_HEADER_BYTES) / TRACE_RECORD_BYTES;
	}
	return yields_ns / (2.0 * N_YIELDS);
}

struct runtime_samples {
	struct samples off, on, a_record;
};

static void pass_runtime(struct runtime_samples *s, enum gt_clock clock)
{
	double n_records = 1;
	double off = yields(clock, false, NULL);
	double on = yields(clock, true, &n_records);
	samples_add(&s->off, off);
	samples_add(&s->on, on);
	samples_add(&s->a_record, (on - off) * 2.0 * N_YIELDS / n_records);
}

/* `floor_ns` is what a record with a stamp of that clock costs at least. */
static void report_runtime(struct runtime_samples *s, const char *clock, int limit_ns,
                           double floor_ns)
{
	char what[128];
	double a_record = samples_quantile(&s->a_record, 0.5);
	double off = samples_quantile(&s->off, 0.5), on = samples_quantile(&s->on, 0.5);

	snprintf(what, sizeof what, "a record through the runtime, %s clock", clock);
	measure_row(what, a_record, "ns", "at most %d; %.2f of the floor", limit_ns,
	            a_record / floor_ns);
	snprintf(what, sizeof what, "a yield, %s clock, not recorded", clock);
	measure_row(what, off, "ns", "%s", "");
	snprintf(what, sizeof what, "a yield, %s clock, recorded", clock);
	measure_row(what, on, "ns", "%.2f of not recorded", on / off);
	samples_fini(&s->off);
	samples_fini(&s->on);
	samples_fini(&s->a_record);
}

int main(int argc, char **argv)
{
	static struct samples floors[3], warm, growing;
	static struct runtime_samples virtual, paced, real;

	snprintf(path, sizeof path, "%s/bench.gtt", argc > 1 ? argv[1] : ".");
	for (int pass = 0; pass < N_PASSES; pass++) {
		size_t bytes = N_STORES * sizeof(struct floor_record);
		struct floor_record *records = map_floor(bytes);
		for (int stamp = 0; stamp < 3; stamp++)
			samples_add(&floors[stamp], store(records, stamp));
		samples_add(&warm, emit_warm(records));
		munmap(records, bytes);
		samples_add(&growing, emit_growing());
		pass_runtime(&virtual, GT_CLOCK_VIRTUAL);
		pass_runtime(&paced, GT_CLOCK_PACED);
		pass_runtime(&real, GT_CLOCK_REAL);
	}
	unlink(path);

	measure_section(argc > 2 ? argv[2] : "Recording");
	double bare = samples_quantile(&floors[0], 0.5);
	measure_row("floor: 32 bytes stored, no stamp", bare, "ns", "%s", "");
	measure_row("floor: with the CPU's counter", samples_quantile(&floors[1], 0.5), "ns", "%s",
	            "");
	measure_row("floor: with CLOCK_MONOTONIC", samples_quantile(&floors[2], 0.5), "ns", "%s",
	            "");
	measure_row("trace_emit, pages that are there", samples_quantile(&warm, 0.5), "ns",
	            "%.2f of the bare floor", samples_quantile(&warm, 0.5) / bare);
	measure_row("trace_emit, the file growing", samples_quantile(&growing, 0.5), "ns",
	            "%.2f of the bare floor", samples_quantile(&growing, 0.5) / bare);
	measure_row("bytes of a record", (double)sizeof(struct trace_record), "bytes",
	            "at most 32");
	report_runtime(&virtual, "virtual", 5, bare);
	report_runtime(&paced, "paced", 5, bare);
	report_runtime(&real, "real", 15, samples_quantile(&floors[1], 0.5));
	return 0;
}
