/* Writer and reader at the same time: threads write with the real writer while a model follows, and what it says at
 * last is what a reader of the finished file sees.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/trace/make_log.h"
#include "trace/model.h"
#include "trace/writer.h"

#define THREADS 3
#define RECORDS 20000u

static uint64_t mono_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

struct author {
	struct trace_writer *writer;
	uint32_t number;
	uint64_t started_ns;
	_Atomic uint32_t *n_done;
};

/* A pool thread: busy, idle, busy, ...; now and then a long text, so that blocks end early. */
static void *write_records(void *arg)
{
	static const char text[700] = "job";
	const struct author *author = arg;
	struct trace_pen pen;
	uint32_t name = 0;
	trace_pen_init(&pen, author->writer);
	for (uint32_t i = 0; i < RECORDS; i++) {
		if (i % 100 == 0)
			name = trace_pen_string(&pen, text, i % 700);
		trace_emit(&pen, (struct trace_record){.t_ns = mono_ns() - author->started_ns,
		                                       .id = author->number,
		                                       .b = name,
		                                       .sub = (uint8_t)(1 + i % 2),
		                                       .kind = TRACE_WORKER});
	}
	trace_pen_fini(&pen);
	atomic_fetch_add(author->n_done, 1);
	return NULL;
}

static struct trace_model *open_model(const char *path)
{
	struct trace_reader *reader;
	struct trace_error error = {0};
	if (trace_reader_open(&reader, path, false, &error))
		fail_msg("%s", error.text);
	return trace_model_create(reader);
}

static void update(struct trace_model *m)
{
	struct trace_error error = {0};
	if (trace_model_update(m, &error) < 0)
		fail_msg("%s", error.text);
}

static void assert_same(const struct trace_model *a, const struct trace_model *b)
{
	assert_int_equal(a->n_events, b->n_events);
	for (uint32_t i = 0; i < a->n_events; i++)
		assert_int_equal(trace_model_slot(a, i), trace_model_slot(b, i));
	assert_int_equal(a->n_lanes, b->n_lanes);
	for (uint32_t id = 1; id <= THREADS; id++) {
		uint32_t la = trace_model_lane(a, TRACE_LANE_WORKER, id);
		uint32_t lb = trace_model_lane(b, TRACE_LANE_WORKER, id);
		assert_int_equal(a->lanes[la].n, RECORDS);
		assert_int_equal(b->lanes[lb].n, RECORDS);
		assert_memory_equal(a->lanes[la].ordinals, b->lanes[lb].ordinals,
		                    RECORDS * sizeof(uint32_t));
	}
}

static void live__threads_write_while_a_model_follows__it_ends_with_the_truth(void **state)
{
	(void)state;
	const char *path = make_log_path("threads.gtt");
	struct trace_writer_options options = {.clock = TRACE_CLOCK_REAL,
	                                       .started_mono_ns = mono_ns(),
	                                       .pid = (uint32_t)getpid()};
	struct trace_writer *writer;
	struct trace_error error;
	struct author authors[THREADS];
	pthread_t threads[THREADS];
	_Atomic uint32_t n_done = 0;
	assert_int_equal(trace_writer_open(&writer, path, &options, &error), 0);
	struct trace_pacing *pacing = &trace_writer_header(writer)->pacing;
	atomic_store(&pacing->mono_ns, options.started_mono_ns);
	atomic_store(&pacing->speed_ppm, 1000000);
	for (uint32_t i = 0; i < THREADS; i++) {
		authors[i] = (struct author){writer, i + 1, options.started_mono_ns, &n_done};
		assert_int_equal(pthread_create(&threads[i], NULL, write_records, &authors[i]), 0);
	}
	struct trace_model *follower = open_model(path);
	while (atomic_load(&n_done) < THREADS)
		update(follower);
	for (uint32_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	trace_writer_close(writer);
	update(follower);
	struct trace_model *fresh = open_model(path);
	update(fresh);
	assert_int_equal(fresh->n_events, THREADS * RECORDS);
	assert_same(follower, fresh);
	trace_model_destroy(follower);
	trace_model_destroy(fresh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(live__threads_write_while_a_model_follows__it_ends_with_the_truth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
