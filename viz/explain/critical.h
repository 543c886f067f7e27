/* The critical path of a recording that has ended, ready to be drawn: its parts, and how much of it is what. */
#ifndef GANTTOP_VIZ_EXPLAIN_CRITICAL_H
#define GANTTOP_VIZ_EXPLAIN_CRITICAL_H

#include "trace/analysis/path.h"
#include "viz/text/text.h"

struct viz_critical {
	struct trace_path path;                /* owns */
	uint64_t kind_ns[TRACE_PATH_LOOP + 1]; /* by enum trace_path_kind */
	uint64_t total_ns;
};

/* Find the path and add it up. errors: -1 without memory, nothing is held then. cost: that of trace_path_find. */
int viz_critical_find(struct viz_critical *critical, const struct trace_model *model);
void viz_critical_fini(struct viz_critical *critical);

/* Return the index of the part that is in force at a time, or at an event; the number of parts when none is. cost: O(log n). */
size_t viz_critical_at_time(const struct viz_critical *critical, uint64_t t_ns);
size_t viz_critical_at_event(const struct viz_critical *critical, uint32_t ordinal);

/* Say what a part is: "runs", "sleeps", "waits for permits", "is ready, Task 1 runs". */
void viz_critical_say_why(struct viz_text *text, const struct trace_model *model,
                          const struct trace_path_part *part);

/* Say how long it is and of what: "critical path: 900 ms, of them waiting 600 ms (67 %), running 300 ms (33 %)". */
void viz_critical_say(struct viz_text *text, const struct viz_critical *critical);

#endif
