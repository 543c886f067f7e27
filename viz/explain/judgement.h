/* What the analyses say of a session's recording: its findings, and its numbers. Made when they are first asked for. */
#ifndef GANTTOP_VIZ_EXPLAIN_JUDGEMENT_H
#define GANTTOP_VIZ_EXPLAIN_JUDGEMENT_H

#include "trace/analysis/findings.h"
#include "trace/analysis/stats.h"
#include "viz/explain/critical.h"

/* A recording of so many events is judged and counted while it is painted: a few milliseconds, once. Longer ones a part at a time. */
#define VIZ_JUDGED_EVENTS 50000u

/* Up to where numbers are counted. */
struct viz_counted {
	bool of_all;      /* up to the end, as far as that was known; else: */
	uint32_t ordinal; /* the event that has happened last */
	uint64_t now_ns;  /* the moment that what goes on is counted to */
};

struct viz_judgement {
	struct trace_findings *findings; /* NULL: not asked for yet. owns */
	bool was_rebuilt;                /* ordinals have moved since they were judged */
	struct trace_stats stats;        /* owns */
	bool has_stats;
	size_t stats_events; /* of the model, when the numbers were made */
	struct viz_counted stats_until;
	struct trace_stats_pass *pass; /* of numbers that are being made; NULL: none. owns */
	size_t pass_events;            /* of the model, when it began */
	struct viz_counted pass_until;
	struct viz_critical path; /* owns */
	bool has_path;
	size_t path_events; /* of the model, when it was found */
};

void viz_judgement_fini(struct viz_judgement *judgement);

/* Return the findings up to the last event; NULL without memory. owns: borrows, until the model's next update. */
const struct trace_findings *viz_judgement_findings(struct viz_judgement *judgement,
                                                    const struct trace_model *model);

/* Judge, and count up to `until` (NULL: nothing), a part of what has not been yet, so little that a key can wait for it. Returns whether there
 * is more to do. Both may be asked for meanwhile: viz_judgement_known_findings and viz_judgement_known_stats. */
bool viz_judgement_go_on(struct viz_judgement *judgement, const struct trace_model *model,
                         const struct viz_counted *until);

/* Return whether the numbers are those up to `until`, or those of a growing recording that are a little old. */
bool viz_judgement_is_counted(const struct viz_judgement *judgement,
                              const struct trace_model *model, const struct viz_counted *until);

/* Return the findings that are known by now, the last numbers that were made (up to another moment, perhaps: their end says so);
 * NULL if there are none. owns: borrows. */
const struct trace_findings *viz_judgement_known_findings(const struct viz_judgement *judgement);
const struct trace_stats *viz_judgement_known_stats(const struct viz_judgement *judgement);

/* Return the numbers of all; of a long recording that still grows they may be a little old. NULL without memory. owns: borrows. */
const struct trace_stats *viz_judgement_stats(struct viz_judgement *judgement,
                                              const struct trace_model *model);

/* Return the numbers up to a playhead. NULL without memory. owns: borrows. cost: a pass over the events up to there. */
const struct trace_stats *viz_judgement_stats_at(struct viz_judgement *judgement,
                                                 const struct trace_model *model, uint32_t ordinal,
                                                 uint64_t now_ns);

/* Return the critical path of a recording that has ended; NULL without memory. owns: borrows, until the model's next update. */
const struct viz_critical *viz_judgement_path(struct viz_judgement *judgement,
                                              const struct trace_model *model);

#endif
