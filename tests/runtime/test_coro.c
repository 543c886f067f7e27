/* Coroutines: what a switch must keep, how deep a stack goes, how many there can be. Below the loop first, then
 * through tasks.
 */
#include "runtime/coro.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "runtime/ganttop.h"

#define N_MANY 5000u

/* ---- The bare switch ---- */

static struct gt__coro thread_coro;
static struct gt__coro coros[N_MANY];
static unsigned running;
static uint64_t sums[N_MANY];

static void go_home(void)
{
	gt__coro_switch(&coros[running], &thread_coro);
}

static void go_to(unsigned i)
{
	running = i;
	gt__coro_switch(&thread_coro, &coros[i]);
}

/* Values that the compiler likes to keep in registers stay alive across every switch. */
static void counting_entry(void)
{
	gt__coro_entered();
	unsigned me = running;
	uint64_t a = me + 1, b = me * 3 + 1, c = me * 5 + 1, d = me * 7 + 1, e = me * 11 + 1,
	         f = me * 13 + 1, g = me * 17 + 1, h = me * 19 + 1;
	double x = me + 0.5, y = me * 0.25, z = -(double)me;
	for (unsigned turn = 0;; turn++) {
		a += b;
		b ^= c << 1;
		c += d;
		d ^= e << 2;
		e += f;
		f ^= g << 3;
		g += h;
		h ^= a;
		x += y * 2;
		y -= z * 0.125;
		z += 1;
		sums[me] = a + b + c + d + e + f + g + h + (uint64_t)(int64_t)(x + y + z) + turn;
		go_home();
	}
}

static uint64_t sum_without_switches(unsigned me, unsigned n_turns)
{
	uint64_t v[8];
	static const unsigned factor[8] = {1, 3, 5, 7, 11, 13, 17, 19};
	for (int i = 0; i < 8; i++)
		v[i] = (uint64_t)(me * factor[i] + 1);
	double x = me + 0.5, y = me * 0.25, z = -(double)me;
	uint64_t sum = 0;
	for (unsigned turn = 0; turn < n_turns; turn++) {
		for (unsigned i = 0; i < 8; i += 2) {
			v[i] += v[i + 1];
			v[i + 1] ^= i == 6 ? v[0] : v[i + 2] << (i / 2 + 1);
		}
		x += y * 2;
		y -= z * 0.125;
		z += 1;
		sum = (uint64_t)(int64_t)(x + y + z) + turn;
		for (int i = 0; i < 8; i++)
			sum += v[i];
	}
	return sum;
}

static void switch__thousands_in_turn__each_keeps_its_registers(void **state)
{
	(void)state;
	enum { N = 2000, TURNS = 8 };
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, 0);
	gt__coro_adopt_thread(&thread_coro);
	for (unsigned i = 0; i < N; i++) {
		struct gt__stack *stack = gt__stack_get(&pool);
		assert_non_null(stack);
		gt__coro_init(&coros[i], stack, counting_entry);
	}
	for (unsigned turn = 1; turn <= TURNS; turn++)
		for (unsigned i = 0; i < N; i++) {
			go_to(i);
			assert_int_equal(sums[i], sum_without_switches(i, turn));
		}
	for (unsigned i = 0; i < N; i++)
		gt__coro_fini(&coros[i]);
	gt__stack_pool_fini(&pool);
}

static bool aligned[3];

static void aligned_entry(void)
{
	gt__coro_entered();
	for (int i = 0; i < 3; i++) {
		char text[128];
		_Alignas(16) volatile double pair[2] = {1.5, 2.25};
		uintptr_t at;
		memcpy(&at, &(volatile double *){pair}, sizeof at);
		snprintf(text, sizeof text, "%.3f %.2Lf %g", pair[0] + i, (long double)pair[1],
		         NAN);
		char expected[32];
		snprintf(expected, sizeof expected, "%d.500 2.25 nan", i + 1);
		aligned[i] = at % 16 == 0 && !strcmp(text, expected);
		go_home();
	}
	go_home();
}

static void switch__first_frame__stack_is_aligned(void **state)
{
	(void)state;
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, 0);
	gt__coro_adopt_thread(&thread_coro);
	for (int k = 0; k < 40; k++) { /* every colour of top */
		memset(aligned, 0, sizeof aligned);
		struct gt__stack *stack = gt__stack_get(&pool);
		assert_non_null(stack);
		gt__coro_init(&coros[0], stack, aligned_entry);
		for (int i = 0; i < 3; i++) {
			go_to(0);
			assert_true(aligned[i]);
		}
		gt__coro_fini(&coros[0]);
	}
	gt__stack_pool_fini(&pool);
}

/* ---- Through tasks ---- */

static int run(gt_body *body, void *arg)
{
	struct gt_options o = GT_OPTIONS_INIT;
	return gt_run(&o, body, arg);
}

static unsigned n_alive, n_most_alive;

static int live_a_while(void *arg)
{
	uint64_t mine = (uintptr_t)arg;
	if (++n_alive > n_most_alive)
		n_most_alive = n_alive;
	int rc = gt_sleep(GT_MS(1 + mine % 7));
	n_alive--;
	return rc ? rc : gt_return((intptr_t)mine);
}

static int five_thousand(void *arg)
{
	(void)arg;
	static struct gt_task *tasks[N_MANY];
	static intptr_t values[N_MANY];
	for (uintptr_t i = 0; i < N_MANY; i++) {
		tasks[i] = gt_spawn(live_a_while, (void *)i, NULL);
		assert_non_null(tasks[i]);
	}
	assert_int_equal(gt_gather(tasks, N_MANY, values), 0);
	for (uintptr_t i = 0; i < N_MANY; i++) {
		assert_int_equal(values[i], i);
		gt_release(tasks[i]);
	}
	return 0;
}

static void tasks__five_thousand_alive__all_end(void **state)
{
	(void)state;
	n_alive = n_most_alive = 0;
	assert_int_equal(run(five_thousand, NULL), 0);
	assert_int_equal(n_most_alive, N_MANY);
	assert_int_equal(n_alive, 0);
}

static uintptr_t frames[200];

static int note_frame(void *arg)
{
	*(uintptr_t *)arg = (uintptr_t)__builtin_frame_address(0) / 65536;
	return gt_sleep(GT_MS(1));
}

static int one_after_the_other(void *arg)
{
	(void)arg;
	for (int i = 0; i < 200; i++)
		assert_int_equal(gt_join(gt_spawn(note_frame, &frames[i], NULL)), 0);
	return 0;
}

static void tasks__one_after_the_other__use_one_stack_again(void **state)
{
	(void)state;
	assert_int_equal(run(one_after_the_other, NULL), 0);
	for (int i = 1; i < 200; i++)
		assert_int_equal(frames[i], frames[0]);
}

/* Write every byte of `n_bytes` of the stack, and find them unchanged after others have run. */
static __attribute__((noinline)) int use_deeply(size_t n_bytes, unsigned char mark)
{
	volatile unsigned char page[1024];
	for (size_t i = 0; i < sizeof page; i++)
		page[i] = (unsigned char)(mark + i + n_bytes);
	int rc = n_bytes > sizeof page + 256 ? use_deeply(n_bytes - sizeof page - 256, mark)
	                                     : gt_sleep(GT_MS(5));
	for (size_t i = 0; i < sizeof page; i++)
		if (page[i] != (unsigned char)(mark + i + n_bytes))
			return GT_EVALUE;
	return rc;
}

static int go_deep(void *arg)
{
	return use_deeply(48u * 1024, (unsigned char)(uintptr_t)arg);
}

static int many_deep(void *arg)
{
	(void)arg;
	struct gt_task *tasks[200];
	for (uintptr_t i = 0; i < 200; i++)
		tasks[i] = gt_spawn(go_deep, (void *)i, NULL);
	assert_int_equal(gt_gather(tasks, 200, NULL), 0);
	for (int i = 0; i < 200; i++)
		gt_release(tasks[i]);
	return 0;
}

static void tasks__two_hundred_deep_stacks__keep_their_contents(void **state)
{
	(void)state;
	assert_int_equal(run(many_deep, NULL), 0);
}

static int very_deep(void *arg)
{
	(void)arg;
	return use_deeply(900u * 1024, 3);
}

static void tasks__larger_stacks__go_deeper(void **state)
{
	(void)state;
	struct gt_options o = GT_OPTIONS_INIT;
	o.stack_bytes = 2u << 20;
	assert_int_equal(gt_run(&o, very_deep, NULL), 0);
}

static int with_floats(void *arg)
{
	int me = (int)(intptr_t)arg;
	double x = me, sum = 0;
	for (int i = 0; i < 50; i++) {
		x = x * 1.0001 + i;
		sum += sqrt(x);
		char text[64];
		snprintf(text, sizeof text, "%f %e %.10Lg", x, sum, (long double)x);
		assert_true(strtod(text, NULL) - x < 1e-3);
		if (gt_sleep((uint64_t)(i % 3) * 1000))
			return GT_EVALUE;
	}
	double again = me, expected = 0;
	for (int i = 0; i < 50; i++) {
		again = again * 1.0001 + i;
		expected += sqrt(again);
	}
	return x < again || x > again || sum < expected || sum > expected ? GT_EVALUE : 0;
}

static int hundred_with_floats(void *arg)
{
	(void)arg;
	struct gt_task *tasks[100];
	for (intptr_t i = 0; i < 100; i++)
		tasks[i] = gt_spawn(with_floats, (void *)i, NULL);
	assert_int_equal(gt_gather(tasks, 100, NULL), 0);
	for (int i = 0; i < 100; i++)
		gt_release(tasks[i]);
	return 0;
}

static void tasks__floating_point_between_waits__exact(void **state)
{
	(void)state;
	assert_int_equal(run(hundred_with_floats, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(switch__thousands_in_turn__each_keeps_its_registers),
	        cmocka_unit_test(switch__first_frame__stack_is_aligned),
	        cmocka_unit_test(tasks__five_thousand_alive__all_end),
	        cmocka_unit_test(tasks__one_after_the_other__use_one_stack_again),
	        cmocka_unit_test(tasks__two_hundred_deep_stacks__keep_their_contents),
	        cmocka_unit_test(tasks__larger_stacks__go_deeper),
	        cmocka_unit_test(tasks__floating_point_between_waits__exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
