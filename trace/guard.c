/* The guard. A signal handler knows no context, so the guarded ranges stand in one table; each entry is taken by a
 * compare-and-swap of its state, and its fields are written while no handler looks at it.
 *
 * Rejected: asking fstat before every look (a call for each record, and the file may be cut in between), and reading with
 * pread (a copy of what the page cache has).
 */
#include "trace/guard.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define RANGES 64

enum { FREE, TAKEN, WATCHED, TORN };

struct range {
	_Atomic int state;
	_Atomic uintptr_t from;
	_Atomic size_t bytes;
	_Atomic int access; /* PROT_ */
};

static struct {
	struct range ranges[RANGES];
	atomic_flag installing;
	_Atomic uintptr_t page_bytes; /* a handler may read it while another thread installs */
	struct sigaction before;      /* of SIGBUS */
} guard = {.installing = ATOMIC_FLAG_INIT};

/* Put zeros in the place of the page at `address` and all behind it in the range. */
static bool mend(struct range *range, uintptr_t address)
{
	uintptr_t from = atomic_load(&range->from);
	size_t bytes = atomic_load(&range->bytes);
	int state = atomic_load(&range->state);
	if ((state != WATCHED && state != TORN) || address < from || address - from >= bytes)
		return false;
	uintptr_t page = address & ~(atomic_load(&guard.page_bytes) - 1);
	void *zeros = mmap((void *)page, from + bytes - page, atomic_load(&range->access),
	                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
	if (zeros == MAP_FAILED)
		return false;
	atomic_store(&range->state, TORN);
	return true;
}

static void on_bus_error(int number, siginfo_t *info, void *context)
{
	(void)context;
	bool is_fault = info->si_code > 0; /* else somebody has sent it */
	for (size_t i = 0; i < RANGES && is_fault; i++)
		if (mend(&guard.ranges[i], (uintptr_t)info->si_addr))
			return;
	/* Not ours: it comes again, to who was here before. */
	sigaction(number, &guard.before, NULL);
	raise(number);
}

/* Watch SIGBUS, if somebody else does or nobody. */
static void install(void)
{
	struct sigaction now,
	        ours = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
	while (atomic_flag_test_and_set(&guard.installing))
		;
	atomic_store(&guard.page_bytes, (uintptr_t)sysconf(_SC_PAGESIZE));
	sigemptyset(&ours.sa_mask);
	sigaction(SIGBUS, NULL, &now);
	if (!(now.sa_flags & SA_SIGINFO) || now.sa_sigaction != on_bus_error) {
		guard.before = now;
		sigaction(SIGBUS, &ours, NULL);
	}
	atomic_flag_clear(&guard.installing);
}

int trace_guard_watch(void *from, size_t bytes, bool writable)
{
	install();
	for (int i = 0; i < RANGES; i++) {
		struct range *range = &guard.ranges[i];
		int is_free = FREE;
		if (!atomic_compare_exchange_strong(&range->state, &is_free, TAKEN))
			continue;
		atomic_store(&range->from, (uintptr_t)from);
		atomic_store(&range->bytes, bytes);
		atomic_store(&range->access, PROT_READ | (writable ? PROT_WRITE : 0));
		atomic_store(&range->state, WATCHED);
		return i;
	}
	return TRACE_GUARD_NONE;
}

void trace_guard_release(int ticket)
{
	if (ticket != TRACE_GUARD_NONE)
		atomic_store(&guard.ranges[ticket].state, FREE);
}

bool trace_guard_is_torn(int ticket)
{
	return ticket != TRACE_GUARD_NONE && atomic_load(&guard.ranges[ticket].state) == TORN;
}
