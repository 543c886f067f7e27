/* The pyramids: each stretch is summed up exactly, no record too many and none too few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "trace/pyramid.h"
#include "trace/track.h"

/* Record i says only its own number, so that the lowest and the highest tell which records were summed up. */
static void build(struct trace_ranges *ranges, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_int_equal(trace_ranges_push(ranges, (int64_t)i), 0);
}

static void assert_exact(const struct trace_ranges *ranges, size_t first, size_t end)
{
	struct trace_range sum = trace_ranges_sum(ranges, first, end);
	assert_int_equal(sum.low, first);
	assert_int_equal(sum.high, end - 1);
}

static void ranges_sum__every_stretch_of_a_small_one__is_exact(void **state)
{
	(void)state;
	struct trace_ranges ranges = {0};
	build(&ranges, 200);
	for (size_t first = 0; first < 200; first++)
		for (size_t end = first + 1; end <= 200; end++)
			assert_exact(&ranges, first, end);
	trace_ranges_fini(&ranges);
}

static const size_t edges[] = {
        0, 1, 63, 64, 65, 4095, 4096, 4097, 8192, 262143, 262144, 262145, 64 * 64 * 64 + 1000};
#define N_EDGES (sizeof edges / sizeof *edges)

static void ranges_sum__stretches_of_a_large_one__are_exact(void **state)
{
	(void)state;
	struct trace_ranges ranges = {0};
	build(&ranges, edges[N_EDGES - 1]);
	for (size_t i = 0; i < N_EDGES; i++)
		for (size_t k = i + 1; k < N_EDGES; k++)
			assert_exact(&ranges, edges[i], edges[k]);
	trace_ranges_fini(&ranges);
}

static void ranges_sum__nothing__is_none(void **state)
{
	(void)state;
	struct trace_ranges ranges = {0};
	struct trace_range sum = trace_ranges_sum(&ranges, 0, 0);
	assert_true(sum.low > sum.high);
	build(&ranges, 10);
	sum = trace_ranges_sum(&ranges, 5, 5);
	assert_true(sum.low > sum.high);
	trace_ranges_fini(&ranges);
}

/* Numbers of one byte, then two, four and eight: those that were there before are still what they were, at each level. */
static void ranges_push__larger_and_larger_numbers__lose_nothing(void **state)
{
	(void)state;
	static const int64_t scales[] = {1, 3, 700, 50000000, INT64_C(1) << 56};
	enum { EACH = 5000, N = 5 * EACH };
	int64_t *values = malloc(N * sizeof *values);
	struct trace_ranges ranges = {0};
	for (size_t i = 0; i < N; i++) {
		values[i] = ((int64_t)(i * 7919 % 199) - 99) * scales[i / EACH];
		assert_int_equal(trace_ranges_push(&ranges, values[i]), 0);
	}
	for (size_t first = 0; first < N; first += 389)
		for (size_t end = first + 1; end <= N; end += 997) {
			struct trace_range sum = trace_ranges_sum(&ranges, first, end);
			struct trace_range truth = TRACE_RANGE_NONE;
			for (size_t i = first; i < end; i++) {
				truth.low = values[i] < truth.low ? values[i] : truth.low;
				truth.high = values[i] > truth.high ? values[i] : truth.high;
			}
			assert_true(sum.low == truth.low && sum.high == truth.high);
		}
	trace_ranges_fini(&ranges);
	free(values);
}

static void ranges_push__the_ends_of_each_size__are_kept(void **state)
{
	(void)state;
	static const int64_t ends[] = {INT8_MAX,  INT8_MIN,  INT8_MAX + 1,     INT8_MIN - 1,
	                               INT16_MAX, INT16_MIN, INT16_MAX + 1,    INT16_MIN - 1,
	                               INT32_MAX, INT32_MIN, INT64_C(1) << 31, INT64_MIN,
	                               INT64_MAX};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct trace_ranges ranges = {0};
		for (size_t k = 0; k < 3; k++)
			assert_int_equal(trace_ranges_push(&ranges, k == 1 ? ends[i] : 0), 0);
		struct trace_range sum = trace_ranges_sum(&ranges, 1, 2);
		assert_true(sum.low == ends[i] && sum.high == ends[i]);
		trace_ranges_fini(&ranges);
	}
}

/* A track of which each record says 1, but for one. */
static void track_build(struct trace_track *track, size_t n, size_t at, uint8_t set)
{
	for (size_t i = track->n; i < n; i++)
		assert_int_equal(trace_track_push(track, (uint32_t)i * 3, i == at ? set : 1), 0);
}

/* One bit is set in one record only: every stretch that has the record has the bit, and no other. */
static void track_sum__a_single_bit__is_in_the_stretches_around_it(void **state)
{
	(void)state;
	for (size_t at = 0; at < 300; at += 7) {
		struct trace_track track = {0};
		track_build(&track, 300, at, 4);
		for (size_t first = 0; first < 300; first += 3)
			for (size_t end = first + 1; end <= 300; end += 5)
				assert_int_equal(trace_track_sum(&track, first, end) & 4,
				                 at >= first && at < end ? 4 : 0);
		trace_track_fini(&track);
	}
}

static void track_sum__upper_levels__lose_no_bit(void **state)
{
	(void)state;
	struct trace_track track = {0};
	track_build(&track, edges[N_EDGES - 1], 4096, 129);
	for (size_t i = 0; i < N_EDGES; i++)
		for (size_t k = i + 1; k < N_EDGES; k++)
			assert_int_equal(trace_track_sum(&track, edges[i], edges[k]),
			                 edges[i] <= 4096 && edges[k] > 4096 ? 129 : 1);
	trace_track_fini(&track);
}

/* The last record of a group may still change when its group is full, until the next record comes. */
static void track_sets__of_the_last_of_a_group__may_still_get_bits(void **state)
{
	(void)state;
	struct trace_track track = {0};
	track_build(&track, 128, SIZE_MAX, 0);
	assert_int_equal(trace_track_sum(&track, 0, 128), 1);
	trace_track_sets(&track)[127] |= 8;
	assert_int_equal(trace_track_sum(&track, 0, 128), 9);
	track_build(&track, 256, SIZE_MAX, 0);
	assert_int_equal(trace_track_sum(&track, 0, 256), 9);
	assert_int_equal(trace_track_sum(&track, 64, 128), 9);
	assert_int_equal(trace_track_sum(&track, 128, 256), 1);
	trace_track_fini(&track);
}

/* Ordinals and sets share a block that grows: both are there afterwards, at every size. */
static void track_push__growing__keeps_ordinals_and_sets(void **state)
{
	(void)state;
	struct trace_track track = {0};
	for (uint32_t n = 0; n < 5000; n++) {
		assert_int_equal(trace_track_push(&track, n * 7, (uint8_t)n), 0);
		if (n & (n + 1))
			continue;
		for (uint32_t i = 0; i <= n; i++) {
			assert_int_equal(track.ordinals[i], i * 7);
			assert_int_equal(trace_track_sets(&track)[i], (uint8_t)i);
		}
	}
	trace_track_fini(&track);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(ranges_sum__every_stretch_of_a_small_one__is_exact),
	        cmocka_unit_test(ranges_sum__stretches_of_a_large_one__are_exact),
	        cmocka_unit_test(ranges_sum__nothing__is_none),
	        cmocka_unit_test(ranges_push__larger_and_larger_numbers__lose_nothing),
	        cmocka_unit_test(ranges_push__the_ends_of_each_size__are_kept),
	        cmocka_unit_test(track_sum__a_single_bit__is_in_the_stretches_around_it),
	        cmocka_unit_test(track_sum__upper_levels__lose_no_bit),
	        cmocka_unit_test(track_sets__of_the_last_of_a_group__may_still_get_bits),
	        cmocka_unit_test(track_push__growing__keeps_ordinals_and_sets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
