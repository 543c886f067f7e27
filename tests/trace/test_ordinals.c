/* Searching in the ordinals of a lane: whatever is guessed, and wherever it begins, the answer is that of counting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/trace/random_log.h"
#include "trace/ordinals.h"

#define N_MAX 300u

static size_t count_below(const uint32_t *ordinals, size_t from, size_t n, uint32_t ordinal)
{
	size_t count = from;
	while (count < n && ordinals[count] < ordinal)
		count++;
	return count;
}

static size_t fill(uint32_t *ordinals, uint32_t *random)
{
	size_t n = random_next(random, N_MAX + 1);
	uint32_t ordinal = random_next(random, 3);
	for (size_t i = 0; i < n; i++) {
		ordinals[i] = ordinal;
		ordinal += 1 + random_next(random, random_next(random, 10) ? 4 : 1000);
	}
	return n;
}

static void ordinals_below__any_guess__is_what_counting_says(void **state)
{
	uint32_t ordinals[N_MAX], random = 41;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t n = fill(ordinals, &random);
		size_t from = random_next(&random, (uint32_t)n + 1);
		size_t guess = random_next(&random, (uint32_t)n + 5);
		uint32_t ordinal = random_next(&random, n ? ordinals[n - 1] + 3 : 3);
		/* what stands before `from` is below, as its callers know */
		if (from > 0 && ordinals[from - 1] >= ordinal)
			ordinal = ordinals[from - 1] + 1;
		assert_int_equal(trace_ordinals_below(ordinals, from, n, ordinal, guess),
		                 count_below(ordinals, from, n, ordinal));
	}
}

static void ordinals_below__every_guess_of_a_small_one__is_what_counting_says(void **state)
{
	static const uint32_t ordinals[] = {2, 3, 7, 8, 20, 21, 22, 40};
	(void)state;
	for (size_t n = 0; n <= 8; n++)
		for (size_t guess = 0; guess <= 10; guess++)
			for (uint32_t ordinal = 0; ordinal < 43; ordinal++)
				assert_int_equal(trace_ordinals_below(ordinals, 0, n, ordinal,
				                                      guess),
				                 count_below(ordinals, 0, n, ordinal));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(ordinals_below__any_guess__is_what_counting_says),
	        cmocka_unit_test(ordinals_below__every_guess_of_a_small_one__is_what_counting_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
