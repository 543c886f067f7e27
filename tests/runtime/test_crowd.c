/* Very many tasks at once: more than there may be mappings, each with a stack of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "runtime/ganttop.h"
#include "runtime/sanitizer.h"
#include "runtime/stack.h"
#include "runtime/state.h"

#if defined GT_ASAN || defined GT_TSAN
#define N_CROWD 2000u /* their stacks are larger, and they remember each */
#else
#define N_CROWD 100000u
#endif
#define MAPPINGS_MAX 65530u /* Linux's default of vm.max_map_count */

static bool is_on_valgrind(void)
{
#if defined GT_VALGRIND
	return RUNNING_ON_VALGRIND;
#else
	return false;
#endif
}

static unsigned n_crowd(void)
{
	return is_on_valgrind() ? 500 : N_CROWD;
}

static size_t n_mappings(void)
{
	FILE *f = fopen("/proc/self/maps", "re");
	size_t n = 0;
	if (!f)
		return 0;
	for (int c = getc(f); c != EOF; c = getc(f))
		n += c == '\n';
	fclose(f);
	return n;
}

/* ---- A crowd in front of a gate ---- */

static struct gt_task *crowd[N_CROWD];

struct hall {
	struct gt_event *gate;
	unsigned n_there, n_left;
	bool in_order;
};

struct visitor {
	struct hall *hall;
	unsigned number;
};

static int visit(void *arg)
{
	struct visitor *visitor = arg;
	struct hall *hall = visitor->hall;
	volatile unsigned on_stack = visitor->number; /* must still be there when the gate opens */
	hall->n_there++;
	int rc = gt_event_wait(hall->gate);
	if (hall->n_left++ != on_stack)
		hall->in_order = false;
	return rc;
}

static int fill_the_hall(void *arg)
{
	struct hall *hall = arg;
	static struct visitor visitors[N_CROWD];
	hall->gate = gt_event_create("gate");
	for (unsigned i = 0; i < n_crowd(); i++) {
		visitors[i] = (struct visitor){hall, i};
		crowd[i] = gt_spawn(visit, &visitors[i], "visitor");
		assert_non_null(crowd[i]);
	}
	while (hall->n_there < n_crowd())
		assert_int_equal(gt_sleep(0), 0);
	assert_true(n_mappings() < MAPPINGS_MAX);
	assert_int_equal(gt_tasks(NULL, 0), n_crowd() + 1);
	assert_true(gt_unguarded_stacks() <= n_crowd());
	gt_event_set(hall->gate);
	for (unsigned i = 0; i < n_crowd(); i++)
		assert_int_equal(gt_join(crowd[i]), 0);
	return 0;
}

static void tasks__100000_alive_at_once__all_run_in_order(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	struct hall hall = {.in_order = true};
	assert_int_equal(gt_run(&options, fill_the_hall, &hall), 0);
	assert_int_equal(gt_unguarded_stacks(), 0); /* outside of a loop */
	assert_int_equal(hall.n_left, n_crowd());
	assert_true(hall.in_order);
}

/* ---- Guards ---- */

static void stack_pool__kernel_without_guards__spends_a_budget_and_counts_the_rest(void **state)
{
	(void)state;
	unsigned n = n_crowd() < 20000 ? n_crowd() : 20000;
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, 0);
	pool.no_guard_install = true; /* as before Linux 6.13 */
	for (unsigned i = 0; i < n; i++)
		assert_non_null(gt__stack_get(&pool));
	assert_int_equal(pool.n_guard_maps + pool.n_unguarded, n);
	assert_true(pool.n_guard_maps <= 8192);
	assert_true(n_mappings() < MAPPINGS_MAX / 2);
	gt__stack_pool_fini(&pool);
}

/* ---- Tops ---- */

static void stack_pool__tops__lie_apart_from_all_stacks(void **state)
{
	(void)state;
	enum { N = 100, BYTES = 400 };
	struct gt__stack *stacks[N];
	char *tops[N];
	size_t n_tops = 0;
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, BYTES);
	for (int i = 0; i < N; i++) {
		stacks[i] = gt__stack_get(&pool);
		char *top = gt__stack_take_top(&pool);
		if (top)
			memset(tops[n_tops++] = top, i, BYTES);
	}
	assert_null(gt__stack_take_top(&pool));
	assert_int_equal(n_tops, pool.top_bytes ? N : 0);
	for (int i = 0; i < N; i++)
		memset(stacks[i]->low + stacks[i]->bytes - 2048, 0xff, 2048);
	for (size_t i = 0; i < n_tops; i++)
		for (size_t k = 0; k < BYTES; k++)
			assert_int_equal(tops[i][k], i);
	gt__stack_pool_fini(&pool);
}

static int nothing(void *arg)
{
	(void)arg;
	return 0;
}

/* More handles are kept than there are stacks: tasks one after the other share one stack, and their ends are all remembered. */
static int keep_handles(void *arg)
{
	enum { N = 1000 };
	static struct gt_task *kept[N];
	(void)arg;
	for (int i = 0; i < N; i++) {
		kept[i] = gt_spawn(nothing, NULL, "kept %d", i);
		assert_int_equal(gt_await(kept[i]), 0);
	}
	for (int i = 0; i < N; i++) {
		char name[32];
		snprintf(name, sizeof name, "kept %d", i);
		assert_true(gt_is_done(kept[i]));
		assert_string_equal(gt_name(kept[i]), name);
		gt_release(kept[i]);
	}
	return 0;
}

static void tasks__handles_outlive_their_stacks__keep_what_they_say(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&options, keep_handles, NULL), 0);
}

/* ---- Names ---- */

static int check_names(void *arg)
{
	(void)arg;
	static const char long_name[] =
	        "a name that is longer than the forty bytes in the task itself";
	struct gt_task *asked[] = {
	        gt_spawn(nothing, NULL, NULL),        gt_spawn(nothing, NULL, "plain"),
	        gt_spawn(nothing, NULL, "%d%%", 100), gt_spawn(nothing, NULL, "%s", long_name),
	        gt_spawn(nothing, NULL, long_name),   gt_spawn(nothing, NULL, "%s", ""),
	};
	const char *names[] = {"Task-2", "plain", "100%", long_name, long_name, ""};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		assert_string_equal(gt_name(asked[i]), names[i]);
		assert_int_equal(gt_join(asked[i]), 0);
	}
	return 0;
}

static void spawn__names_with_and_without_format__are_what_printf_says(void **state)
{
	(void)state;
	struct gt_options options = GT_OPTIONS_INIT;
	assert_int_equal(gt_run(&options, check_names, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(tasks__100000_alive_at_once__all_run_in_order),
	        cmocka_unit_test(
	                stack_pool__kernel_without_guards__spends_a_budget_and_counts_the_rest),
	        cmocka_unit_test(stack_pool__tops__lie_apart_from_all_stacks),
	        cmocka_unit_test(tasks__handles_outlive_their_stacks__keep_what_they_say),
	        cmocka_unit_test(spawn__names_with_and_without_format__are_what_printf_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
