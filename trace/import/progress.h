/* How far an import is. */
#ifndef GANTTOP_TRACE_IMPORT_PROGRESS_H
#define GANTTOP_TRACE_IMPORT_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Told by the thread that imports, for who waits for it. where: any thread. All zero: nothing is known. */
struct trace_import_progress {
	_Atomic uint64_t read, all; /* bytes of the file; `all` 0: not known */
	_Atomic uint64_t written,
	        to_write;         /* events that had to be sorted first; `to_write` 0: none */
	_Atomic bool is_unwanted; /* set by who waited: the import is to end soon, as a failure */
};

/* Return how much of the work is done, 0 to 1; 1 also when that is not known. */
double trace_import_done(const struct trace_import_progress *progress);

#endif
