/* What the analyses say of a session's recording: its findings, and its numbers. Made when they are first asked for. */
#ifndef GANTTOP_VIZ_JUDGEMENT_H
#define GANTTOP_VIZ_JUDGEMENT_H

#include "trace/analysis/findings.h"
#include "trace/analysis/stats.h"
#include "viz/critical.h"

struct viz_judgement {
	struct trace_findings *findings; /* NULL: not asked for yet. owns */
	bool was_rebuilt;                /* ordinals have moved since they were judged */
	struct trace_stats stats;        /* owns */
	bool has_stats;
	size_t stats_events;   /* of the model, when the numbers were made */
	bool stats_are_of_all; /* and not up to a playhead, which was: */
	uint32_t stats_ordinal;
	uint64_t stats_now_ns;
	struct viz_critical path; /* owns */
	bool has_path;
	size_t path_events; /* of the model, when it was found */
};

void viz_judgement_fini(struct viz_judgement *judgement);

/* Return the findings up to the last event; NULL without memory. owns: borrows, until the model's next update. */
const struct trace_findings *viz_judgement_findings(struct viz_judgement *judgement,
                                                    const struct trace_model *model);

/* Return the numbers of all; of a long recording that still grows they may be a little old. NULL without memory. owns: borrows. */
const struct trace_stats *viz_judgement_stats(struct viz_judgement *judgement,
                                              const struct trace_model *model);

/* Return the numbers up to a playhead; of a recording that is too long to be counted within a frame, those of all. NULL without
 * memory. owns: borrows. */
const struct trace_stats *viz_judgement_stats_at(struct viz_judgement *judgement,
                                                 const struct trace_model *model, uint32_t ordinal,
                                                 uint64_t now_ns);

/* Return the critical path of a recording that has ended; NULL without memory. owns: borrows, until the model's next update. */
const struct viz_critical *viz_judgement_path(struct viz_judgement *judgement,
                                              const struct trace_model *model);

#endif
