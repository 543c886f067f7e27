/* How statistics are summed up: the state of a pass. Only stats.c and stats_sum.c include it. */
#ifndef GANTTOP_TRACE_ANALYSIS_STATS_PRIVATE_H
#define GANTTOP_TRACE_ANALYSIS_STATS_PRIVATE_H

#include "trace/analysis/lags.h"
#include "trace/analysis/stats.h"

/* The state that a task is in. */
struct trace_summing_task {
	uint8_t state; /* enum trace_state; 0: none yet */
	uint16_t on;
	bool timed;
	uint32_t object; /* lane, TRACE_NONE */
	uint64_t since_ns, until_ns;
	uint64_t delay_ns; /* of the step that comes: late so far */
};

struct trace_summing_object {
	uint32_t n_waiters, n_holders;
	uint64_t held_since_ns;
};

struct trace_summing {
	struct trace_stats *stats;
	const struct trace_model *model;
	size_t n_lanes;  /* when it began: a recording that grows gets more */
	uint32_t *place; /* lane -> its index in stats->tasks or stats->objects, TRACE_NONE */
	struct trace_summing_task *tasks;
	struct trace_summing_object *objects;
	struct trace_lags lags;
	uint64_t tick_ns, call_ns; /* begin of the one that is open */
	bool in_tick, in_call;
	bool is_over; /* all events are summed up; what is open is closed */
	uint32_t n_alive;
};

/* Begin to sum up the first `n` events, counted up to `now_ns`. */
int trace_summing_init(struct trace_summing *sum, struct trace_stats *stats,
                       const struct trace_model *model, size_t n_events, uint64_t now_ns);
int trace_summing_event(struct trace_summing *sum, const struct trace_record *r);
int trace_summing_end(struct trace_summing *sum);
void trace_summing_fini(struct trace_summing *sum);

#endif
