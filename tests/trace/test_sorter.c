/* The sorter by itself: whatever comes, and however little of it fits into memory, goes out as a stable sort of it would; a disk that takes
 * no more, at every byte, and a taker that does not want more, are errors and leave nothing.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <cmocka.h>

#include "trace/import/sorter.h"

/* ---- What is sorted ---- */

enum shape { RANDOM, ASCENDING, DESCENDING, EQUAL, FEW, SAWTOOTH, EXTREMES, N_SHAPES };

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* The item that comes as number `i` of `n`: its number stands in the record, so that equals can be told apart. */
static struct trace_sorted item(enum shape shape, uint32_t i, uint32_t n, uint64_t *seed)
{
	struct trace_sorted it = {.order = next(seed) % 3, .r = {.id = i}};
	uint64_t random = next(seed);
	switch (shape) {
	case ASCENDING:
		it.r.t_ns = i;
		break;
	case DESCENDING:
		it.r.t_ns = n - i;
		break;
	case EQUAL:
		it.r.t_ns = 7;
		it.order = 0;
		break;
	case FEW:
		it.r.t_ns = random % 3;
		break;
	case SAWTOOTH:
		it.r.t_ns = i % 17;
		break;
	case EXTREMES:
		it.r.t_ns = random % 2 ? UINT64_MAX - random % 4 : random % 4;
		it.order = random % 3 ? UINT64_MAX : 0;
		break;
	default:
		it.r.t_ns = random;
		break;
	}
	return it;
}

/* By time, order, and then as they came. */
static int compare(const void *a, const void *b)
{
	const struct trace_sorted *x = a, *y = b;
	if (x->r.t_ns != y->r.t_ns)
		return x->r.t_ns < y->r.t_ns ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->r.id < y->r.id ? -1 : x->r.id > y->r.id;
}

struct taken {
	const struct trace_sorted *expected;
	uint32_t n, at;
	uint32_t enough; /* so many, and then no more; 0: all */
};

static int take(void *arg, const struct trace_sorted *it)
{
	struct taken *taken = arg;
	assert_true(taken->at < taken->n);
	assert_memory_equal(it, &taken->expected[taken->at], sizeof *it);
	taken->at++;
	return taken->at == taken->enough ? TRACE_EFORMAT : TRACE_OK;
}

/* Make `n` items and push them. Returns what they are when sorted. owns: the caller frees. */
static struct trace_sorted *push(struct trace_sorter *sorter, enum shape shape, uint32_t n,
                                 uint64_t seed)
{
	struct trace_sorted *all = calloc(n + 1, sizeof *all);
	assert_non_null(all);
	for (uint32_t i = 0; i < n; i++) {
		all[i] = item(shape, i, n, &seed);
		assert_int_equal(trace_sorter_push(sorter, all[i].order, all[i].r), TRACE_OK);
		assert_int_equal(trace_sorter_count(sorter), i + 1);
	}
	qsort(all, n, sizeof *all, compare);
	return all;
}

static void sorter__any_shape_and_room__as_a_stable_sort_would(void **state)
{
	static const uint32_t ns[] = {0, 1, 2, 15, 16, 17, 33, 64, 500, 3000};
	static const size_t rooms[] = {0, 1, 2, 16, 100, 1024};
	(void)state;
	for (unsigned shape = 0; shape < N_SHAPES; shape++)
		for (size_t k = 0; k < sizeof ns / sizeof *ns; k++)
			for (size_t m = 0; m < sizeof rooms / sizeof *rooms; m++) {
				if (rooms[m] && ns[k] / rooms[m] > 600)
					continue;
				struct trace_sorter sorter = {.max = rooms[m]};
				struct trace_sorted *all =
				        push(&sorter, (enum shape)shape, ns[k], shape + k);
				struct taken taken = {.expected = all, .n = ns[k]};
				int rc = trace_sorter_drain(&sorter, take, &taken);
				if (rc || taken.at != ns[k] || trace_sorter_count(&sorter) != 0)
					fail_msg("shape %u, %u items, room %zu: %d after %u", shape,
					         ns[k], rooms[m], rc, taken.at);
				trace_sorter_fini(&sorter);
				free(all);
			}
}

/* A run is read in pieces of a thousand: more than that in each of several runs. */
static void sorter__runs_longer_than_a_piece__merged_whole(void **state)
{
	struct trace_sorter sorter = {.max = 2500};
	struct trace_sorted *all = push(&sorter, RANDOM, 11000, 5);
	struct taken taken = {.expected = all, .n = 11000};
	(void)state;
	assert_int_equal(sorter.n_runs, 4);
	assert_int_equal(trace_sorter_drain(&sorter, take, &taken), TRACE_OK);
	assert_int_equal(taken.at, 11000);
	trace_sorter_fini(&sorter);
	free(all);
}

static void sorter__drained__takes_and_sorts_again(void **state)
{
	static const size_t rooms[] = {0, 50};
	(void)state;
	for (size_t m = 0; m < 2; m++) {
		struct trace_sorter sorter = {.max = rooms[m]};
		for (uint64_t round = 0; round < 3; round++) {
			sorter.max = rooms[m]; /* drained is empty, and knows no limit any more */
			struct trace_sorted *all = push(&sorter, DESCENDING, 300, round);
			struct taken taken = {.expected = all, .n = 300};
			assert_int_equal(trace_sorter_drain(&sorter, take, &taken), TRACE_OK);
			assert_int_equal(taken.at, 300);
			free(all);
		}
		trace_sorter_fini(&sorter);
	}
}

static void sorter__taker_has_enough__its_code_and_nothing_more(void **state)
{
	static const size_t rooms[] = {0, 50};
	(void)state;
	for (size_t m = 0; m < 2; m++)
		for (uint32_t enough = 1; enough < 200; enough += 33) {
			struct trace_sorter sorter = {.max = rooms[m]};
			struct trace_sorted *all = push(&sorter, RANDOM, 200, enough);
			struct taken taken = {.expected = all, .n = 200, .enough = enough};
			assert_int_equal(trace_sorter_drain(&sorter, take, &taken), TRACE_EFORMAT);
			assert_int_equal(taken.at, enough);
			trace_sorter_fini(&sorter);
			free(all);
		}
}

static unsigned count_descriptors(void)
{
	unsigned n = 0;
	DIR *folder = opendir("/dev/fd");
	if (!folder)
		return 0;
	while (readdir(folder))
		n++;
	closedir(folder);
	return n;
}

/* Sort so much that it needs a disk, which takes `bytes`. */
static int sort_on_small_disk(rlim_t bytes, uint32_t n)
{
	struct rlimit before, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	struct trace_sorter sorter = {.max = 64};
	uint64_t seed = 3;
	int rc = TRACE_OK;
	struct trace_sorted *all = calloc(n, sizeof *all);
	for (uint32_t i = 0; rc == TRACE_OK && i < n; i++) {
		all[i] = item(RANDOM, i, n, &seed);
		rc = trace_sorter_push(&sorter, all[i].order, all[i].r);
	}
	qsort(all, n, sizeof *all, compare);
	struct taken taken = {.expected = all, .n = n};
	if (rc == TRACE_OK)
		rc = trace_sorter_drain(&sorter, take, &taken);
	if (rc == TRACE_OK)
		assert_int_equal(taken.at, n);
	trace_sorter_fini(&sorter);
	free(all);
	setrlimit(RLIMIT_FSIZE, &before);
	return rc;
}

static void sorter__disk_takes_no_more__error_and_no_descriptor_is_left(void **state)
{
	const uint32_t n = 1000;
	const rlim_t all = n * sizeof(struct trace_sorted);
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	unsigned before = count_descriptors();
	for (rlim_t bytes = 0; bytes < all; bytes += 999)
		assert_int_equal(sort_on_small_disk(bytes, n), TRACE_ESYSTEM);
	assert_int_equal(sort_on_small_disk(all, n), TRACE_OK);
	assert_int_equal(count_descriptors(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sorter__any_shape_and_room__as_a_stable_sort_would),
	        cmocka_unit_test(sorter__runs_longer_than_a_piece__merged_whole),
	        cmocka_unit_test(sorter__drained__takes_and_sorts_again),
	        cmocka_unit_test(sorter__taker_has_enough__its_code_and_nothing_more),
	        cmocka_unit_test(sorter__disk_takes_no_more__error_and_no_descriptor_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
