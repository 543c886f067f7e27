/* Random programs: whatever they do, the recording is true, it repeats byte by byte, and it changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/runtime/play.h"
#include "tests/runtime/random_program.h"
#include "tests/runtime/recording.h"

#define N_SEEDS 300u

/* A seed can be given in the environment, to look at one alone. Under the tools that slow everything down some must do. */
static uint64_t first_seed(uint64_t *n)
{
	const char *only = getenv("SEED"), *flavour = getenv("FLAVOUR");
	bool is_slow = flavour && (!strcmp(flavour, "tsan") || !strcmp(flavour, "valgrind"));
	*n = only ? 1 : is_slow ? N_SEEDS / 5 : N_SEEDS;
	return only ? strtoull(only, NULL, 10) : 1;
}

static void same_files(const char *first, const char *second, uint64_t seed)
{
	size_t n_first, n_second;
	char *a = recording_bytes(first, &n_first), *b = recording_bytes(second, &n_second);
	if (n_first != n_second || memcmp(a, b, n_first))
		fail_msg("seed %ju: two recordings differ", (uintmax_t)seed);
	free(a);
	free(b);
}

static void play_seed(uint64_t seed, unsigned n_ended[2])
{
	char first[128], *lines[3];
	char *source = random_program(seed);
	struct play play = {.clock = GT_CLOCK_VIRTUAL};
	snprintf(first, sizeof first, "%s", recording_path("random1"));
	lines[2] = play_program(source, play);
	play.log = first;
	lines[0] = play_program(source, play);
	play.log = recording_path("random2");
	lines[1] = play_program(source, play);
	same_files(first, play.log, seed);
	struct trace_model *model = recording_read(first);
	size_t n_bad = recording_violations(model);
	unlink(first);
	unlink(play.log);
	if (n_bad || strcmp(lines[0], lines[1]) || strcmp(lines[0], lines[2]))
		fail_msg("seed %ju: %zu violations, or another order when it is recorded",
		         (uintmax_t)seed, n_bad);
	n_ended[play_ended_in_deadlock(lines[0])]++;
	trace_model_destroy(model);
	for (int i = 0; i < 3; i++)
		free(lines[i]);
	free(source);
}

static void random_programs__recorded__true_repeated_and_unchanged(void **state)
{
	(void)state;
	uint64_t n, first = first_seed(&n);
	unsigned n_ended[2] = {0};
	for (uint64_t seed = first; seed < first + n; seed++)
		play_seed(seed, n_ended);
	if (n > 1) { /* both kinds of end are played */
		assert_true(n_ended[0] > n / 10);
		assert_true(n_ended[1] > 0);
	}
}

/* The clock that is held to the wall, as fast as it goes, gives the order of the one that is not. */
static void random_programs__paced__in_the_same_order(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		char *source = random_program(seed), *lines[2];
		lines[0] = play_program(source, (struct play){.clock = GT_CLOCK_VIRTUAL});
		lines[1] = play_program(source, (struct play){.clock = GT_CLOCK_PACED,
		                                              .speed_ppm = 1000000000});
		assert_string_equal(lines[1], lines[0]);
		free(lines[0]);
		free(lines[1]);
		free(source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(random_programs__recorded__true_repeated_and_unchanged),
	        cmocka_unit_test(random_programs__paced__in_the_same_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
