/* What a recording has defined so far - strings and source files - and the check of a record against it. */
#ifndef GANTTOP_TRACE_NAMES_H
#define GANTTOP_TRACE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/id_map.h"
#include "trace/record.h"

#define TRACE_FILE_INDEX_MAX 4095u

/* All zero knows nothing. */
struct trace_names {
	struct trace_id_map strings;              /* string id -> slot of its STRING record */
	uint32_t files[TRACE_FILE_INDEX_MAX + 1]; /* file index -> string id of its name */
	uint8_t has_file[TRACE_FILE_INDEX_MAX + 1];
};

/* What is wrong with a record: a sentence, and which of its bytes says so. */
struct trace_flaw {
	size_t byte; /* 0 to 31 */
	char text[96];
};

/* Fill `*flaw` from a printf-style sentence. Returns TRACE_EFORMAT. */
int trace_flaw_set(struct trace_flaw *flaw, size_t byte, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Check a record of any kind but BLOCK, PAD and CONT: its kind, enumerations, ids, and that every string and file that it names is
 * defined. Returns 0, or TRACE_EFORMAT with `*flaw`. */
int trace_names_check(const struct trace_names *names, const struct trace_record *record,
                      struct trace_flaw *flaw);

/* Return whether each string and file that the record names is defined. */
int trace_names_know(const struct trace_names *names, const struct trace_record *record);

#endif
