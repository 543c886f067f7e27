/* Rings: a recording that keeps its last part is of the size that was asked for, true, and ends as the whole one does; and who
 * watches it sees all of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/recording.h"

#define ROUNDS 400

/* ---- A program with some of everything ---- */

struct shop {
	struct gt_lock *lock;
	struct gt_sem *permits;
	int round, rounds;
	bool threads;
};

static int wrap(void *arg)
{
	(void)arg;
	return 0;
}

static int customer(void *arg)
{
	struct shop *shop = arg;
	int rc = gt_sem_acquire(shop->permits);
	if (rc)
		return rc;
	rc = gt_lock_acquire(shop->lock);
	if (!rc) {
		gt_var_write("sold", shop->round);
		rc = shop->threads ? gt_thread(wrap, NULL, "wrap") : gt_sleep(GT_MS(3));
		gt_lock_release(shop->lock);
	}
	gt_log("customer of round %d", shop->round);
	gt_sem_release(shop->permits);
	return rc;
}

/* It sells in rounds, and a clerk of the first hour waits for the end of them all. */
static int clerk(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(86400000));
}

static int sell(void *arg)
{
	struct shop *shop = arg;
	shop->lock = gt_lock_create("counter");
	shop->permits = gt_sem_create("permits", 2);
	struct gt_task *first = gt_spawn(clerk, NULL, "clerk of the first hour");
	for (shop->round = 0; shop->round < shop->rounds; shop->round++) {
		struct gt_task *tasks[4];
		for (int i = 0; i < 4; i++)
			tasks[i] = gt_spawn(customer, shop, "customer %d of %d", i, shop->round);
		if (shop->round % 7 == 0)
			gt_cancel(tasks[3]);
		for (int i = 0; i < 4; i++) {
			(void)!gt_await(tasks[i]);
			gt_release(tasks[i]);
		}
	}
	gt_cancel(first);
	(void)!gt_await(first);
	gt_release(first);
	gt_lock_destroy(shop->lock);
	gt_sem_destroy(shop->permits);
	return 0;
}

static struct trace_model *record(const char *path, struct shop shop, struct gt_options options)
{
	options.log = path;
	assert_int_equal(gt_run(&options, sell, &shop), 0);
	return recording_read(path);
}

/* ---- What is left of it ---- */

/* An event in words, without what another file numbers in another way. */
static void describe(const struct trace_model *m, uint32_t k, char *text, size_t text_bytes)
{
	const struct trace_record *r = trace_model_event(m, k);
	char string[80] = "";
	bool a_text = r->kind == TRACE_TASK || r->kind == TRACE_LOG || r->kind == TRACE_OBJECT ||
	              r->kind == TRACE_VAR || r->kind == TRACE_CALL;
	bool value = r->kind == TRACE_STATE && r->sub == TRACE_STATE_DONE;
	if (a_text || value)
		trace_model_string(m, r->a, string, sizeof string);
	snprintf(text, text_bytes, "%ju kind %u id %u a %u '%s' b %u c %u arg %u sub %u",
	         (uintmax_t)r->t_ns, r->kind, r->id, a_text || value ? 0 : r->a, string,
	         r->kind == TRACE_WORKER ? 0 : r->b, r->c, r->arg, r->sub);
}

/* Every event of the ring is one of the whole run, in its order, and the last ones are the last ones. Returns how many those are. */
static size_t same_end(const struct trace_model *whole, const struct trace_model *ring)
{
	char a[300], b[300];
	size_t n_last = 0, w = whole->n_events, n = ring->n_events;
	bool together = true;
	while (n > 0 && trace_model_event(ring, (uint32_t)n - 1)->kind != TRACE_LOST) {
		describe(ring, (uint32_t)--n, a, sizeof a);
		do {
			if (w == 0)
				fail_msg("not in the whole run: %s", a);
			describe(whole, (uint32_t)--w, b, sizeof b);
			together &= !strcmp(a, b);
		} while (strcmp(a, b));
		n_last += together;
	}
	return n_last;
}

static void rings__of_many_sizes__true_bounded_and_the_same_end(void **state)
{
	static const uint64_t sizes[] = {65536, 100000, 131072, 300000, 1 << 20};
	struct gt_options options = GT_OPTIONS_INIT;
	struct shop shop = {.rounds = 300};
	char whole_path[128];
	(void)state;
	snprintf(whole_path, sizeof whole_path, "%s", recording_path("whole"));
	struct trace_model *whole = record(whole_path, shop, options);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct stat st;
		const char *path = recording_path("ring");
		options.ring_bytes = sizes[i];
		struct trace_model *ring = record(path, shop, options);
		assert_int_equal(stat(path, &st), 0);
		assert_true((uint64_t)st.st_size <= sizes[i]);
		assert_int_equal(recording_violations(ring), 0);
		size_t n_last = same_end(whole, ring);
		size_t n_lost = ring->gap_ns > 0; /* the record that says so */
		assert_int_equal(ring->n_events - n_lost + ring->lost, whole->n_events);
		assert_true(n_last >= sizes[i] / TRACE_RECORD_BYTES / 5 || !n_lost);
		assert_int_equal(ring->status, TRACE_STATUS_FINISHED);
		/* who was born in the lost part and lives has its name */
		uint32_t lane = trace_model_lane(ring, TRACE_LANE_TASK, 2);
		assert_int_not_equal(lane, TRACE_NONE);
		assert_string_equal(ring->lanes[lane].name, "clerk of the first hour");
		trace_model_destroy(ring);
		unlink(path);
	}
	trace_model_destroy(whole);
	unlink(whole_path);
}

/* Threads write beside the loop. Nothing can be compared, but all of it is true. */
static void ring__threads_under_the_real_clock__true(void **state)
{
	struct gt_options options = GT_OPTIONS_INIT;
	struct stat st;
	const char *path = recording_path("threads");
	(void)state;
	options.clock = GT_CLOCK_REAL;
	options.ring_bytes = 196608;
	struct trace_model *ring =
	        record(path, (struct shop){.rounds = 150, .threads = true}, options);
	assert_int_equal(stat(path, &st), 0);
	assert_true((uint64_t)st.st_size <= options.ring_bytes);
	assert_int_equal(recording_violations(ring), 0);
	assert_true(ring->gap_ns > 0);
	trace_model_destroy(ring);
	unlink(path);
}

/* ---- A ring that is too small, or cannot be turned ---- */

static void note(const char *sentence, void *arg)
{
	snprintf(arg, 400, "%s", sentence);
}

static int wait_long(void *arg)
{
	(void)arg;
	return gt_sleep(GT_MS(1000));
}

static int crowd(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3000; i++)
		gt_release(gt_spawn(wait_long, NULL, "one of a crowd %d", i));
	return gt_sleep(GT_MS(2000));
}

static void ring__too_small_for_what_is_in_force__said_once_and_the_run_goes_on(void **state)
{
	struct gt_options options = GT_OPTIONS_INIT;
	char sentence[400] = "";
	const char *path = recording_path("small");
	(void)state;
	options.log = path;
	options.ring_bytes = 65536;
	options.on_log_error = note;
	options.on_log_error_arg = sentence;
	assert_int_equal(gt_run(&options, crowd, NULL), 0);
	assert_non_null(strstr(sentence, "ring"));
	struct trace_model *model = recording_read(path);
	assert_true(model->lost > 0);
	trace_model_destroy(model);
	unlink(path);
}

/* ---- Somebody watches ---- */

struct watch {
	struct shop shop;
	const char *path;
	struct trace_model *model;
	unsigned n_turns;
	uint64_t t_ns;
};

static void look(struct watch *watch)
{
	struct trace_error error;
	int rc;
	while ((rc = trace_model_update(watch->model, &error)) > 0)
		watch->n_turns += rc == TRACE_REBUILT;
	if (rc < 0)
		fail_msg("%s", error.text);
	assert_true(watch->model->t_end_ns >= watch->t_ns);
	watch->t_ns = watch->model->t_end_ns;
}

static int watcher(void *arg)
{
	struct watch *watch = arg;
	struct trace_reader *reader;
	struct trace_error error;
	assert_int_equal(trace_reader_open(&reader, watch->path, true, &error), 0);
	watch->model = trace_model_create(reader);
	for (;;) {
		int rc = gt_sleep(GT_MS(50));
		look(watch);
		if (rc)
			return rc;
		assert_int_equal(recording_violations(watch->model), 0);
	}
}

static int sell_watched(void *arg)
{
	struct watch *watch = arg;
	struct gt_task *task = gt_spawn(watcher, watch, "watcher");
	int rc = sell(&watch->shop);
	gt_cancel(task);
	(void)!gt_await(task);
	gt_release(task);
	return rc;
}

static void ring__watched_while_it_turns__seen_to_its_end(void **state)
{
	struct gt_options options = GT_OPTIONS_INIT;
	struct watch watch = {.shop = {.rounds = 100}, .path = recording_path("watched")};
	(void)state;
	options.log = watch.path;
	options.ring_bytes = 65536;
	assert_int_equal(gt_run(&options, sell_watched, &watch), 0);
	look(&watch);
	assert_true(watch.n_turns > 3);
	assert_int_equal(watch.model->status, TRACE_STATUS_FINISHED);
	assert_int_equal(recording_violations(watch.model), 0);
	trace_model_destroy(watch.model);
	unlink(watch.path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rings__of_many_sizes__true_bounded_and_the_same_end),
	        cmocka_unit_test(ring__threads_under_the_real_clock__true),
	        cmocka_unit_test(
	                ring__too_small_for_what_is_in_force__said_once_and_the_run_goes_on),
	        cmocka_unit_test(ring__watched_while_it_turns__seen_to_its_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
