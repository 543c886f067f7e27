/* What is in a queue, against a queue that the test keeps itself: each item is the time at which it was put in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/trace/read_log.h"
#include "trace/items.h"

enum { STEPS = 400, MOST = 12 };

/* A queue at each step: times of the items, next out first. */
struct truth {
	uint64_t items[STEPS][MOST];
	size_t n[STEPS];
};

static void put(struct truth *truth, int step, bool is_stack, uint64_t t_ns)
{
	uint64_t *items = truth->items[step];
	size_t n = truth->n[step]++;
	if (is_stack)
		memmove(items + 1, items, n * sizeof *items);
	items[is_stack ? 0 : n] = t_ns;
}

static void take(struct truth *truth, int step)
{
	uint64_t *items = truth->items[step];
	memmove(items, items + 1, --truth->n[step] * sizeof *items);
}

/* Put and take at random; now and then only the number of waiters changes. */
static struct trace_model *play(struct make_log *log, struct truth *truth, uint32_t seed,
                                enum trace_object_kind kind)
{
	bool is_stack = kind == TRACE_OBJECT_LIFO_QUEUE;
	memset(truth, 0, sizeof *truth);
	make_log_init(log);
	make_log_object(log, 1, kind, "queue", 0);
	for (int step = 0; step < STEPS; step++) {
		if (step > 0) {
			truth->n[step] = truth->n[step - 1];
			memcpy(truth->items[step], truth->items[step - 1], sizeof truth->items[0]);
		}
		seed = seed * 1103515245 + 12345;
		unsigned dice = seed >> 16 & 7;
		log->t_ns = 1000 * (uint64_t)(step + 1);
		if (dice < 4 && truth->n[step] < MOST)
			put(truth, step, is_stack, log->t_ns);
		else if (dice < 7 && truth->n[step] > 0)
			take(truth, step);
		make_log_level(log, 1, (int64_t)truth->n[step], dice);
	}
	make_log_end(log, TRACE_STATUS_FINISHED);
	return read_log(log);
}

static void check(const struct trace_model *model, const struct truth *truth)
{
	uint32_t puts[MOST], lane = trace_model_lane(model, TRACE_LANE_OBJECT, 1);
	for (int step = 0; step < STEPS; step++) {
		uint32_t now = trace_model_at_time(model, 1000 * (uint64_t)(step + 1));
		size_t n = trace_items_at(model, lane, now, puts, MOST);
		assert_int_equal(truth->n[step], n);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(truth->items[step][i],
			                 trace_model_event(model, puts[i])->t_ns);
		/* fewer that are asked for are the first ones */
		if (n > 1) {
			uint32_t next;
			assert_int_equal(1, trace_items_at(model, lane, now, &next, 1));
			assert_int_equal(puts[0], next);
		}
	}
}

static void items__of_queues_and_stacks__are_those_put_in_and_not_taken(void **state)
{
	static struct truth truth;
	(void)state;
	for (uint32_t seed = 1; seed <= 20; seed++) {
		struct make_log log;
		struct trace_model *model =
		        play(&log, &truth, seed,
		             seed % 2 ? TRACE_OBJECT_QUEUE : TRACE_OBJECT_LIFO_QUEUE);
		check(model, &truth);
		trace_model_destroy(model);
		make_log_fini(&log);
	}
}

static void items__of_what_has_no_such_order__are_not_known(void **state)
{
	static struct truth truth;
	static const enum trace_object_kind kinds[] = {TRACE_OBJECT_PRIORITY_QUEUE,
	                                               TRACE_OBJECT_SEMAPHORE, TRACE_OBJECT_EVENT};
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct make_log log;
		uint32_t puts[MOST];
		struct trace_model *model = play(&log, &truth, 7, kinds[i]);
		uint32_t lane = trace_model_lane(model, TRACE_LANE_OBJECT, 1);
		assert_int_equal(0, trace_items_at(model, lane, 100, puts, MOST));
		assert_int_equal(0, trace_items_at(model, 0, 100, puts, MOST));
		assert_int_equal(0, trace_items_at(model, lane, TRACE_NONE, puts, MOST));
		trace_model_destroy(model);
		make_log_fini(&log);
	}
}

static void change(struct make_log *log, int64_t level, uint8_t what, int32_t item)
{
	log->t_ns += 1000;
	make_log_put(log, 1,
	             (struct trace_record){.t_ns = log->t_ns,
	                                   .kind = TRACE_LEVEL,
	                                   .id = 1,
	                                   .b = (uint32_t)level,
	                                   .d = (uint32_t)item,
	                                   .sub = what});
}

/* A priority queue gives the smallest away, of equal ones the oldest. */
static void items__of_a_priority_queue_that_are_told__stand_by_their_number(void **state)
{
	static const struct {
		uint8_t what;
		int32_t item;
		const char *held; /* the items and when they were put in: number@step */
	} steps[] = {
	        {TRACE_ITEM_PUT, 7, "7@0 "},
	        {TRACE_ITEM_PUT, -3, "-3@1 7@0 "},
	        {TRACE_ITEM_PUT, 7, "-3@1 7@0 7@2 "},
	        {TRACE_ITEM_TAKEN, -3, "7@0 7@2 "},
	        {TRACE_ITEM_PUT, INT32_MIN, "-2147483648@4 7@0 7@2 "},
	        {TRACE_ITEM_TAKEN, INT32_MIN, "7@0 7@2 "},
	        {TRACE_ITEM_TAKEN, 7, "7@2 "},
	        {TRACE_ITEM_TAKEN, 7, ""},
	};
	struct make_log log;
	int64_t level = 0;
	(void)state;
	make_log_init(&log);
	make_log_object(&log, 1, TRACE_OBJECT_PRIORITY_QUEUE, "queue", 0);
	change(&log, 0, 0, 0);
	uint64_t first_ns = log.t_ns + 1000;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		change(&log, level += steps[i].what == TRACE_ITEM_PUT ? 1 : -1, steps[i].what,
		       steps[i].item);
	/* one that is not told: nobody knows any more what comes next */
	change(&log, 1, 0, 0);
	make_log_end(&log, TRACE_STATUS_FINISHED);
	struct trace_model *model = read_log(&log);
	uint32_t puts[MOST], lane = trace_model_lane(model, TRACE_LANE_OBJECT, 1);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		char text[100] = "";
		uint32_t now = trace_model_at_time(model, first_ns + 1000 * i);
		size_t n = trace_items_at(model, lane, now, puts, MOST), len = 0;
		for (size_t k = 0; k < n; k++) {
			const struct trace_record *r = trace_model_event(model, puts[k]);
			int32_t item = 0;
			assert_true(trace_item_of(r, &item));
			len += (size_t)snprintf(text + len, sizeof text - len, "%d@%d ", (int)item,
			                        (int)((r->t_ns - first_ns) / 1000));
		}
		assert_string_equal(steps[i].held, text);
	}
	assert_int_equal(0, trace_items_at(model, lane, (uint32_t)model->n_events - 1, puts, MOST));
	trace_model_destroy(model);
	make_log_fini(&log);
}

/* The oldest part of a ring is gone: the first level says that there are items, and nobody knows whose. */
static void items__put_in_before_the_recording_begins__are_not_guessed(void **state)
{
	struct make_log log;
	uint32_t puts[MOST];
	(void)state;
	make_log_init(&log);
	make_log_object(&log, 1, TRACE_OBJECT_QUEUE, "queue", 0);
	make_log_level(&log, 1, 3, 0);
	make_log_level(&log, 1, 4, 0);
	make_log_level(&log, 1, -1, 0);
	make_log_end(&log, TRACE_STATUS_FINISHED);
	struct trace_model *model = read_log(&log);
	uint32_t lane = trace_model_lane(model, TRACE_LANE_OBJECT, 1);
	for (uint32_t i = 0; i < model->n_events; i++)
		assert_int_equal(0, trace_items_at(model, lane, i, puts, MOST));
	trace_model_destroy(model);
	make_log_fini(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(items__of_queues_and_stacks__are_those_put_in_and_not_taken),
	        cmocka_unit_test(items__of_what_has_no_such_order__are_not_known),
	        cmocka_unit_test(items__of_a_priority_queue_that_are_told__stand_by_their_number),
	        cmocka_unit_test(items__put_in_before_the_recording_begins__are_not_guessed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
