/* Circles of waiting, and what looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/viz/tape.h"
#include "viz/explain/cycle.h"

static size_t cycle_of(const struct trace_model *model, uint32_t task, uint32_t ids[], size_t max)
{
	uint32_t lane = trace_model_lane(model, TRACE_LANE_TASK, task);
	size_t n = viz_cycle_of(model, lane, (uint32_t)model->n_events - 1, ids, max);
	for (size_t i = 0; i < n; i++)
		ids[i] = model->lanes[ids[i]].id;
	return n;
}

static void two_locks__in_opposite_order__are_a_circle_seen_from_either_side(void **state)
{
	struct tape tape;
	uint32_t ids[8];
	(void)state;
	const struct trace_model *model = tape_deadlock(&tape);
	uint32_t first = viz_cycle_find(model, (uint32_t)model->n_events - 1);
	assert_int_not_equal(first, TRACE_NONE);
	uint32_t task = model->lanes[first].id;
	assert_int_equal(cycle_of(model, task, ids, 8), 2);
	assert_int_equal(ids[0], task);
	assert_int_equal(cycle_of(model, ids[1], ids, 8), 2);
	assert_int_not_equal(ids[0], task);
	assert_int_equal(viz_cycle_find(model, 3), TRACE_NONE);
	assert_int_equal(viz_cycle_find(model, TRACE_NONE), TRACE_NONE);
	tape_free(&tape);
}

/* Task i awaits task i + 1, the last one the first, or nobody. */
static const struct trace_model *ring(struct tape *tape, uint32_t n, bool is_closed,
                                      uint64_t until_ms)
{
	tape_begin(tape, "", "", "");
	for (uint32_t i = 0; i < n; i++)
		tape_task(tape, "task", 0);
	for (uint32_t i = 1; i <= n; i++) {
		tape_run(tape, i);
		if (i < n)
			tape_wait(tape, i, TRACE_ON_TASK, i + 1, 0);
		else if (is_closed)
			tape_wait(tape, i, TRACE_ON_TASK, 1, until_ms);
		else
			tape_wait(tape, i, TRACE_ON_SLEEP, 0, 900);
	}
	return tape_end(tape, 0);
}

static void ring__of_any_length__is_found_when_there_is_room_for_it(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= 70; n++) {
		struct tape tape;
		uint32_t ids[64];
		const struct trace_model *model = ring(&tape, n, true, 0);
		assert_int_equal(cycle_of(model, 1, ids, 64), n <= 64 ? n : 0);
		assert_int_equal(cycle_of(model, 1, ids, 5), n <= 5 ? n : 0);
		tape_free(&tape);
	}
}

static void chain__that_ends_in_a_sleep_or_a_limit__is_no_circle(void **state)
{
	struct tape tape;
	uint32_t ids[8];
	(void)state;
	const struct trace_model *model = ring(&tape, 4, false, 0);
	assert_int_equal(cycle_of(model, 1, ids, 8), 0);
	tape_free(&tape);
	model = ring(&tape, 4, true, 500);
	assert_int_equal(cycle_of(model, 1, ids, 8), 0);
	tape_free(&tape);
}

static void task__that_awaits_a_circle__is_not_in_it(void **state)
{
	struct tape tape;
	uint32_t ids[8];
	(void)state;
	tape_begin(&tape, "", "", "");
	for (int i = 0; i < 3; i++)
		tape_task(&tape, "task", 0);
	for (uint32_t i = 1; i <= 3; i++) {
		tape_run(&tape, i);
		tape_wait(&tape, i, TRACE_ON_TASK, i < 3 ? i + 1 : 2, 0);
	}
	const struct trace_model *model = tape_end(&tape, 0);
	assert_int_equal(cycle_of(model, 1, ids, 8), 2);
	assert_int_equal(ids[0], 2);
	assert_int_equal(ids[1], 3);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(two_locks__in_opposite_order__are_a_circle_seen_from_either_side),
	        cmocka_unit_test(ring__of_any_length__is_found_when_there_is_room_for_it),
	        cmocka_unit_test(chain__that_ends_in_a_sleep_or_a_limit__is_no_circle),
	        cmocka_unit_test(task__that_awaits_a_circle__is_not_in_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
