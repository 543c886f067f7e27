/* The one hop that explains a lane at a moment: who woke, created or cancelled whom, or who waits for whom. */
#ifndef GANTTOP_VIZ_EXPLAIN_HOP_H
#define GANTTOP_VIZ_EXPLAIN_HOP_H

#include "trace/model.h"

struct viz_hop {
	uint32_t from, to; /* lanes */
	const char *word;  /* what `from` does: "wakes", "creates". static */
};

/* Find the hop of lane `lane` at `ordinal`: that of the event itself if the lane takes part in it, else what made the lane ready, else
 * what it waits for. Returns false when there is none. cost: O(log n). */
bool viz_hop_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                struct viz_hop *hop);

#endif
