/* The heap of timers against a plain array that is searched from end to end. */
#include "runtime/timer_heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#define N_TIMERS 300u

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The naive heap: timers in the order of their adding. */
struct naive {
	struct gt__timer *timers[N_TIMERS];
	uint64_t deadlines[N_TIMERS];
	size_t n;
};

static void naive_add(struct naive *naive, struct gt__timer *timer, uint64_t deadline_ns)
{
	naive->timers[naive->n] = timer;
	naive->deadlines[naive->n++] = deadline_ns;
}

static void naive_remove(struct naive *naive, const struct gt__timer *timer)
{
	size_t kept = 0;
	for (size_t i = 0; i < naive->n; i++) {
		if (naive->timers[i] == timer)
			continue;
		naive->timers[kept] = naive->timers[i];
		naive->deadlines[kept++] = naive->deadlines[i];
	}
	naive->n = kept;
}

static struct gt__timer *naive_first(const struct naive *naive)
{
	size_t least = 0;
	for (size_t i = 1; i < naive->n; i++)
		if (naive->deadlines[i] < naive->deadlines[least])
			least = i; /* of equals the one that was added first stays */
	return naive->n ? naive->timers[least] : NULL;
}

/* Every timer knows its place, and no parent is later than its child. */
static void assert_heap(const struct gt__timer_heap *heap)
{
	for (size_t i = 0; i < heap->n; i++) {
		const struct gt__timer *timer = heap->timers[i];
		assert_int_equal(timer->place, i);
		if (!i)
			continue;
		const struct gt__timer *parent = heap->timers[(i - 1) / 4];
		assert_true(parent->deadline_ns < timer->deadline_ns ||
		            (parent->deadline_ns == timer->deadline_ns &&
		             parent->sequence < timer->sequence));
	}
}

/* `spread`: how many different deadlines there are; 1 makes all of them equal. */
static void play(uint64_t seed, uint64_t spread, unsigned n_moves)
{
	struct gt__timer timers[N_TIMERS];
	struct gt__timer_heap heap = {0};
	struct naive naive = {.n = 0};
	uint64_t random = seed * 0x9e3779b97f4a7c15u + 1;
	for (size_t i = 0; i < N_TIMERS; i++)
		timers[i] = (struct gt__timer){.place = GT__TIMER_IDLE};
	for (unsigned move = 0; move < n_moves; move++) {
		struct gt__timer *timer = &timers[next_random(&random) % N_TIMERS];
		uint64_t what = next_random(&random) % 100;
		if (what < 20 && naive.n)
			timer = naive_first(&naive);
		if (timer->place == GT__TIMER_IDLE) {
			uint64_t deadline_ns = next_random(&random) % spread;
			if (deadline_ns == 7)
				deadline_ns = UINT64_MAX; /* never */
			assert_true(gt__timer_heap_add(&heap, timer, deadline_ns));
			naive_add(&naive, timer, deadline_ns);
		} else if (what < 60) {
			gt__timer_heap_remove(&heap, timer);
			naive_remove(&naive, timer);
			assert_true(timer->place == GT__TIMER_IDLE);
		}
		assert_int_equal(heap.n, naive.n);
		assert_ptr_equal(gt__timer_heap_first(&heap), naive_first(&naive));
		if (move % 16 == 0)
			assert_heap(&heap);
	}
	while (naive.n) {
		struct gt__timer *first = naive_first(&naive);
		assert_ptr_equal(gt__timer_heap_first(&heap), first);
		gt__timer_heap_remove(&heap, first);
		naive_remove(&naive, first);
	}
	assert_null(gt__timer_heap_first(&heap));
	gt__timer_heap_fini(&heap);
}

static void timer_heap__random_moves__agrees_with_an_array(void **state)
{
	(void)state;
	static const uint64_t spreads[] = {1, 2, 8, 50, 1000, UINT64_MAX};
	for (uint64_t seed = 1; seed <= 20; seed++)
		for (size_t i = 0; i < sizeof spreads / sizeof spreads[0]; i++)
			play(seed, spreads[i], 1500);
}

static void timer_heap__equal_deadlines__pop_in_order_of_creation(void **state)
{
	(void)state;
	enum { N = 1000 };
	static struct gt__timer timers[N];
	struct gt__timer_heap heap = {0};
	for (size_t i = 0; i < N; i++)
		assert_true(gt__timer_heap_add(&heap, &timers[i], 42));
	for (size_t i = 0; i < N; i++) {
		assert_ptr_equal(gt__timer_heap_first(&heap), &timers[i]);
		gt__timer_heap_remove(&heap, &timers[i]);
	}
	gt__timer_heap_fini(&heap);
}

static void timer_heap__added_again__goes_behind_its_equals(void **state)
{
	(void)state;
	struct gt__timer a, b;
	struct gt__timer_heap heap = {0};
	assert_true(gt__timer_heap_add(&heap, &a, 5));
	assert_true(gt__timer_heap_add(&heap, &b, 5));
	gt__timer_heap_remove(&heap, &a);
	assert_true(gt__timer_heap_add(&heap, &a, 5));
	assert_ptr_equal(gt__timer_heap_first(&heap), &b);
	gt__timer_heap_fini(&heap);
}

static void timer_heap__idle_timer_removed__nothing_happens(void **state)
{
	(void)state;
	struct gt__timer in, out = {.place = GT__TIMER_IDLE};
	struct gt__timer_heap heap = {0};
	gt__timer_heap_remove(&heap, &out);
	assert_true(gt__timer_heap_add(&heap, &in, 5));
	gt__timer_heap_remove(&heap, &out);
	assert_ptr_equal(gt__timer_heap_first(&heap), &in);
	gt__timer_heap_remove(&heap, &in);
	gt__timer_heap_remove(&heap, &in);
	assert_null(gt__timer_heap_first(&heap));
	gt__timer_heap_fini(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(timer_heap__random_moves__agrees_with_an_array),
	        cmocka_unit_test(timer_heap__equal_deadlines__pop_in_order_of_creation),
	        cmocka_unit_test(timer_heap__added_again__goes_behind_its_equals),
	        cmocka_unit_test(timer_heap__idle_timer_removed__nothing_happens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
