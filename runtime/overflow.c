/* The handler of SIGSEGV: one line on standard error when the address lies in the guard of the running task's stack, and then the
 * default action, so that a debugger, a core file and the parent see what they always see. It runs on a stack of its own, calls
 * only what a signal handler may, and is not there under ASan, which has its own.
 */
#include "runtime/overflow.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/state.h"

#if defined GT_ASAN || defined GT_TSAN

void gt__overflow_watch(void)
{
}

void gt__overflow_unwatch(void)
{
}

#else

#define HANDLER_STACK_BYTES 16384u

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned n_watching; /* threads; guarded by the lock */
static _Thread_local char handler_stack[HANDLER_STACK_BYTES];

static void say(const char *text)
{
	ssize_t n = write(STDERR_FILENO, text, strlen(text));
	(void)n;
}

static bool is_in_guard(const struct gt__loop *loop, const struct gt__coro *coro,
                        const char *address)
{
	if (!coro->stack)
		return false;
	const char *low = coro->stack->low;
	return address < low && address >= low - loop->stacks.guard_bytes;
}

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
	(void)context;
	const struct gt__loop *loop = gt__loop;
	const struct gt_task *task = loop ? loop->current : NULL;
	bool is_sent = info->si_code <= 0; /* by kill: there is no address, and nothing to repeat */
	if (task && !is_sent && is_in_guard(loop, task->on, info->si_addr)) {
		say("stack overflow in task '");
		say(gt__task_name(task));
		say("': its stack is full (gt_options.stack_bytes)\n");
	}
	signal(signal_number, SIG_DFL); /* returning repeats the fault */
	if (is_sent)
		raise(signal_number);
}

void gt__overflow_watch(void)
{
	struct sigaction now;
	pthread_mutex_lock(&lock);
	bool is_free = !sigaction(SIGSEGV, NULL, &now) && now.sa_handler == SIG_DFL;
	if (n_watching || is_free) {
		n_watching++;
		stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
		sigaltstack(&stack, NULL);
	}
	if (n_watching == 1 && is_free) {
		struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
		action.sa_sigaction = on_fault;
		sigaction(SIGSEGV, &action, NULL);
	}
	pthread_mutex_unlock(&lock);
}

void gt__overflow_unwatch(void)
{
	pthread_mutex_lock(&lock);
	if (n_watching && !--n_watching)
		signal(SIGSEGV, SIG_DFL);
	pthread_mutex_unlock(&lock);
	stack_t now;
	if (sigaltstack(NULL, &now) || now.ss_sp != handler_stack)
		return;
	stack_t off = {.ss_flags = SS_DISABLE};
	sigaltstack(&off, NULL);
}

#endif

size_t gt_unguarded_stacks(void)
{
	return gt__loop ? gt__loop->stacks.n_unguarded : 0;
}
