/* The slots of events against a plain list: runs, gaps, strings between every record, cuts and insertions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "trace/events.h"

#define MAX 5000

struct pair {
	struct trace_events events;
	uint32_t slots[MAX];
	size_t n;
};

static void assert_equal(const struct pair *pair)
{
	assert_int_equal(pair->events.n, pair->n);
	for (uint32_t i = 0; i < pair->n; i++)
		assert_int_equal(trace_events_slot(&pair->events, i), pair->slots[i]);
	for (uint32_t i = 0; i < pair->n;) {
		uint32_t run = trace_events_run(&pair->events, i);
		assert_true(run > 0 && i + run <= pair->n);
		for (uint32_t k = 1; k < run; k++)
			assert_int_equal(pair->slots[i + k], pair->slots[i] + k);
		i += run;
	}
}

static void push(struct pair *pair, uint32_t slot, uint32_t n)
{
	static const struct trace_record records[512];
	if (pair->n + n > MAX)
		return;
	assert_int_equal(trace_events_push_run(&pair->events, slot, records, n), 0);
	for (uint32_t i = 0; i < n; i++)
		pair->slots[pair->n++] = slot + i;
}

/* `style` 0: long runs, 1: every other slot, 2: back and forth, 3: everything. */
static void play(uint32_t seed, uint32_t style)
{
	struct pair *pair = calloc(1, sizeof *pair);
	uint32_t random = seed, slot = 0;
	for (int i = 0; i < 400; i++) {
		uint32_t how = style == 3 ? random_next(&random, 3) : style;
		uint32_t n = how ? 1 + random_next(&random, 2) : 1 + random_next(&random, 511);
		slot += how == 1 ? 1 : random_next(&random, 4);
		if (how == 2)
			slot = random_next(&random, 4000000000u);
		push(pair, slot, n);
		slot += n;
		if (random_next(&random, 40) == 0) {
			pair->n = random_next(&random, (uint32_t)pair->n + 1);
			trace_events_cut(&pair->events, pair->n);
			assert_equal(pair);
		}
	}
	assert_equal(pair);
	trace_events_fini(&pair->events);
	free(pair);
}

static void events__pushed_and_cut_at_random__are_as_a_plain_list(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 30; seed++)
		for (uint32_t style = 0; style < 4; style++)
			play(seed, style);
}

static void events__in_long_runs__need_no_list(void **state)
{
	(void)state;
	struct pair *pair = calloc(1, sizeof *pair);
	for (uint32_t block = 0; block < 9; block++)
		push(pair, block * 512 + 1, 511);
	assert_equal(pair);
	assert_int_equal(pair->events.n_lists, 0);
	trace_events_fini(&pair->events);
	free(pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(events__pushed_and_cut_at_random__are_as_a_plain_list),
	        cmocka_unit_test(events__in_long_runs__need_no_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
