/* The pool of stacks: guards, reuse, sizes. */
#include "runtime/stack.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define PAGE ((size_t)sysconf(_SC_PAGESIZE))

static void stack_pool__put_and_get__last_in_first_out(void **state)
{
	(void)state;
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, 0);
	struct gt__stack *a = gt__stack_get(&pool), *b = gt__stack_get(&pool);
	assert_non_null(a);
	assert_non_null(b);
	assert_ptr_not_equal(a, b);
	gt__stack_put(&pool, a);
	gt__stack_put(&pool, b);
	assert_ptr_equal(gt__stack_get(&pool), b);
	assert_ptr_equal(gt__stack_get(&pool), a);
	gt__stack_pool_fini(&pool);
}

/* Many stacks across many slabs: all of every one can be written, and none overlaps another. */
static void stack_pool__five_thousand__all_apart(void **state)
{
	(void)state;
	enum { N = 5000 };
	static struct gt__stack *stacks[N];
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 16u * 1024, 0);
	for (unsigned i = 0; i < N; i++) {
		stacks[i] = gt__stack_get(&pool);
		assert_non_null(stacks[i]);
		assert_true(stacks[i]->bytes >= 16u * 1024 - 2048);
		memcpy(stacks[i]->low, &i, sizeof i);
		memcpy(stacks[i]->low + stacks[i]->bytes - sizeof i, &i, sizeof i);
	}
	for (unsigned i = 0; i < N; i++) {
		assert_memory_equal(stacks[i]->low, &i, sizeof i);
		assert_memory_equal(stacks[i]->low + stacks[i]->bytes - sizeof i, &i, sizeof i);
	}
	assert_int_equal(pool.n_unguarded, 0);
	gt__stack_pool_fini(&pool);
}

/* Return the signal that a child dies of when it writes at `at`, 0 when it lives. */
static int signal_of_write(char *at)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		signal(SIGSEGV, SIG_DFL);
		signal(SIGBUS, SIG_DFL);
		*(volatile char *)at = 1;
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void stack_pool__write_below_a_stack__kills(void **state)
{
	(void)state;
	struct gt__stack_pool pool;
	gt__stack_pool_init(&pool, 0, 0);
	for (int i = 0; i < 40; i++) { /* beyond the first slab */
		struct gt__stack *stack = gt__stack_get(&pool);
		assert_non_null(stack);
		if (i % 13)
			continue;
		assert_int_equal(signal_of_write(stack->low), 0);
		assert_int_equal(signal_of_write(stack->low - 1), SIGSEGV);
		assert_int_equal(signal_of_write(stack->low - PAGE), SIGSEGV);
	}
	gt__stack_pool_fini(&pool);
}

static void stack_pool__odd_sizes__rounded_up(void **state)
{
	(void)state;
	static const size_t sizes[] = {16385, 65536, 65537, 1000001, 8u << 20};
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct gt__stack_pool pool;
		gt__stack_pool_init(&pool, sizes[i], 0);
		for (int k = 0; k < 33; k++) {
			struct gt__stack *stack = gt__stack_get(&pool);
			assert_non_null(stack);
			assert_true(stack->bytes + 2048 >= sizes[i]); /* less the colour */
			assert_int_equal((uintptr_t)stack->low % PAGE, 0);
		}
		gt__stack_pool_fini(&pool);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(stack_pool__put_and_get__last_in_first_out),
	        cmocka_unit_test(stack_pool__five_thousand__all_apart),
	        cmocka_unit_test(stack_pool__write_below_a_stack__kills),
	        cmocka_unit_test(stack_pool__odd_sizes__rounded_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
