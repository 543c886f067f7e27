/* The pyramid: each stretch is summed up exactly, no record too many and none too few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trace/pyramid.h"

/* Record i says only its own number, so that the lowest and the highest tell which records were asked. */
static struct trace_summary leaf(const void *context, size_t index)
{
	(void)context;
	return (struct trace_summary){.seen = 1u << index % 8,
	                              .low = (int64_t)index,
	                              .high = (int64_t)index};
}

static void build(struct trace_pyramid *pyramid, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_int_equal(trace_pyramid_add(pyramid, i, leaf(NULL, i)), 0);
}

static void assert_exact(const struct trace_pyramid *pyramid, size_t first, size_t end)
{
	struct trace_summary sum = trace_pyramid_query(pyramid, first, end, leaf, NULL);
	assert_int_equal(sum.low, first);
	assert_int_equal(sum.high, end - 1);
	if (end - first >= 8)
		assert_int_equal(sum.seen, 0xff);
	if (end - first == 1)
		assert_int_equal(sum.seen, 1u << first % 8);
}

static void pyramid_query__every_stretch_of_a_small_one__is_exact(void **state)
{
	(void)state;
	struct trace_pyramid pyramid = {0};
	build(&pyramid, 200);
	for (size_t first = 0; first < 200; first++)
		for (size_t end = first + 1; end <= 200; end++)
			assert_exact(&pyramid, first, end);
	trace_pyramid_fini(&pyramid);
}

static void pyramid_query__stretches_of_a_large_one__are_exact(void **state)
{
	(void)state;
	const size_t n = 64 * 64 * 64 + 1000;
	const size_t edges[] = {0,    1,    63,     64,     65,     4095, 4096,
	                        4097, 8192, 262143, 262144, 262145, n};
	struct trace_pyramid pyramid = {0};
	build(&pyramid, n);
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
		for (size_t k = i + 1; k < sizeof edges / sizeof *edges; k++)
			assert_exact(&pyramid, edges[i], edges[k]);
	trace_pyramid_fini(&pyramid);
}

static size_t n_asked;

static struct trace_summary counted_leaf(const void *context, size_t index)
{
	n_asked++;
	return leaf(context, index);
}

static void pyramid_query__whole_of_a_large_one__asks_few_records(void **state)
{
	(void)state;
	struct trace_pyramid pyramid = {0};
	build(&pyramid, 300000);
	n_asked = 0;
	trace_pyramid_query(&pyramid, 1, 299999, counted_leaf, NULL);
	assert_true(n_asked <= 126);
	trace_pyramid_fini(&pyramid);
}

static void pyramid_query__nothing__is_none(void **state)
{
	(void)state;
	struct trace_pyramid pyramid = {0};
	struct trace_summary sum = trace_pyramid_query(&pyramid, 5, 5, leaf, NULL);
	assert_int_equal(sum.seen, 0);
	assert_true(sum.low > sum.high);
	trace_pyramid_fini(&pyramid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(pyramid_query__every_stretch_of_a_small_one__is_exact),
	        cmocka_unit_test(pyramid_query__stretches_of_a_large_one__are_exact),
	        cmocka_unit_test(pyramid_query__whole_of_a_large_one__asks_few_records),
	        cmocka_unit_test(pyramid_query__nothing__is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
