/* The rules that many records are checked by at once, against the check of one record: what they let pass is in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "trace/names.h"

/* A record in which most fields are in order and some are not. */
static struct trace_record random_record(uint32_t *random)
{
	static const uint32_t ids[] = {0,         1, 2, 3, 7, 100, TRACE_ID_MAX, TRACE_ID_MAX + 1,
	                               UINT32_MAX};
	static const uint16_t args[] = {0, 1, 2, 5, 23, 24, 63, 64, 0x8000, 0x8001, 0x8040, 0xffff};
	static const uint32_t wheres[] = {0, 5, 1u << 20, (2u << 20) + 9, 0xfff00001};
	struct trace_record r = {.kind = (uint8_t)random_next(random, 40)};
	r.id = ids[random_next(random, 9)];
	r.a = ids[random_next(random, 9)];
	r.b = ids[random_next(random, 9)];
	r.c = random_next(random, 3);
	r.d = wheres[random_next(random, 5)];
	r.arg = args[random_next(random, 12)];
	r.sub = (uint8_t)(random_next(random, 9) ? random_next(random, 26)
	                                         : random_next(random, 256));
	return r;
}

static void rules__random_records__let_pass_what_the_check_lets_pass(void **state)
{
	struct trace_names *names = calloc(1, sizeof *names);
	uint32_t random = 77;
	size_t n_passed = 0, n_fine = 0;
	(void)state;
	trace_names_init(names);
	assert_int_equal(trace_id_map_put(&names->strings, 3, 1), 0);
	assert_int_equal(trace_id_map_put(&names->strings, 100, 1), 0);
	names->has_file[1] = 1;
	for (int i = 0; i < 400000; i++) {
		struct trace_record r = random_record(&random);
		struct trace_flaw flaw;
		uint64_t t_ns = 0;
		bool passes = trace_names_pass(names, &r, 1, &t_ns, UINT64_MAX) == 1;
		bool is_event = r.kind > TRACE_META;
		bool is_fine = trace_names_check(names, &r, &flaw) == 0;
		if (passes && (!is_fine || !is_event))
			fail_msg("kind %u sub %u arg %x id %u a %u b %u d %x passes", r.kind, r.sub,
			         r.arg, r.id, r.a, r.b, r.d);
		n_passed += passes;
		n_fine += is_fine && is_event;
	}
	/* the few that pass only one by one have values that a recording hardly has */
	assert_true(n_passed > 5000 && n_passed > n_fine / 2);
	trace_id_map_fini(&names->strings);
	free(names);
}

static void rules__time__goes_neither_back_nor_beyond_the_end(void **state)
{
	struct trace_names *names = calloc(1, sizeof *names);
	struct trace_record r[4] = {{.t_ns = 5, .sub = 1, .kind = TRACE_TICK},
	                            {.t_ns = 5, .sub = 2, .kind = TRACE_TICK},
	                            {.t_ns = 9, .sub = 1, .kind = TRACE_TICK},
	                            {.t_ns = 8, .sub = 2, .kind = TRACE_TICK}};
	uint64_t t_ns = 0;
	(void)state;
	trace_names_init(names);
	assert_int_equal(trace_names_pass(names, r, 4, &t_ns, UINT64_MAX), 3);
	assert_int_equal(t_ns, 9);
	t_ns = 6;
	assert_int_equal(trace_names_pass(names, r, 4, &t_ns, UINT64_MAX), 0);
	assert_int_equal(t_ns, 6);
	t_ns = 0;
	assert_int_equal(trace_names_pass(names, r, 4, &t_ns, 9), 2);
	free(names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(rules__random_records__let_pass_what_the_check_lets_pass),
	        cmocka_unit_test(rules__time__goes_neither_back_nor_beyond_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
