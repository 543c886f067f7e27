/* The guard: a mapped file that somebody cuts short while it is read must not end the program.
 *
 * Touching a mapped page behind the end of its file is a SIGBUS. Within a guarded range the page, and all behind it, are replaced by
 * zeros instead, and the range is marked as torn.
 */
#ifndef GANTTOP_TRACE_GUARD_H
#define GANTTOP_TRACE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#define TRACE_GUARD_NONE (-1)

/* Guard the mapping of `bytes` bytes at `from`, and watch SIGBUS; who watched it before is called for
 * addresses that are not guarded. Returns a ticket, TRACE_GUARD_NONE when too many mappings are guarded already.
 * where: any thread. */
int trace_guard_watch(void *from, size_t bytes, bool writable);

/* End the guard, before the range is unmapped. A ticket TRACE_GUARD_NONE does nothing. */
void trace_guard_release(int ticket);

/* Return whether pages of the range were replaced. */
bool trace_guard_is_torn(int ticket);

#endif
