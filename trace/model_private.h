/* What model.c and the files beside it share. */
#ifndef GANTTOP_TRACE_MODEL_PRIVATE_H
#define GANTTOP_TRACE_MODEL_PRIVATE_H

#include "trace/id_map.h"
#include "trace/model.h"
#include "trace/pyramid.h"
#include "trace/transitions.h"

/* A deadline of a scope that was moved. */
struct trace_move {
	uint32_t ordinal;   /* of the move */
	uint64_t before_ns; /* the deadline until then */
	uint32_t previous;  /* move of the same scope, TRACE_NONE */
};

struct trace_model_private {
	struct trace_id_map tasks, objects, workers; /* id -> lane index */
	struct trace_id_map scopes;                  /* scope id -> index of its newest opening */
	size_t events_cap, lanes_cap, order_cap, scopes_cap, logs_cap, params_cap, metas_cap;
	uint32_t *runs; /* ordinals of STATE records that begin to run, of all tasks */
	size_t n_runs, runs_cap;
	struct trace_move *moves;
	size_t n_moves, moves_cap;
	struct trace_transitions transitions;
	size_t n_ordered;           /* lanes that are in model->order */
	uint64_t blocked_ns;        /* that the pyramids were made with */
	uint64_t now_ns;            /* at the last update */
	uint64_t counted_lost;      /* by LOST records */
	struct trace_error failure; /* the first one; it is final */
};

/* ---- model_apply.c */

/* Add event `ordinal` to lanes, objects and scopes. errors: TRACE_EFORMAT (damaged), TRACE_ESYSTEM (memory), with `*error`. */
int trace_model_apply(struct trace_model *model, uint32_t ordinal, struct trace_error *error);

/* Take the META record in `slot` in. errors: TRACE_ESYSTEM. */
int trace_model_apply_meta(struct trace_model *model, uint32_t slot, struct trace_error *error);

/* Make lane 0. */
int trace_model_add_loop(struct trace_model *model, struct trace_error *error);

/* Report that memory ran out. Returns TRACE_ESYSTEM. */
int trace_model_no_memory(struct trace_error *error);

/* Free what a lane has. */
void trace_lane_fini(struct trace_lane *lane);

/* ---- model_order.c */

/* Write the lanes in the order in which they are drawn. errors: TRACE_ESYSTEM. */
int trace_model_arrange(struct trace_model *model, struct trace_error *error);

/* ---- lane.c */

/* Return the first index in ordinals[0..n) whose event is not before `t_ns`; n when there is none. */
size_t trace_ordinals_from(const struct trace_model *model, const uint32_t *ordinals, size_t n,
                           uint64_t t_ns);

/* Return how many of ordinals[0..n) are at most `ordinal`. */
size_t trace_ordinals_until(const uint32_t *ordinals, size_t n, uint32_t ordinal);

/* What is seen of state record `index` of a lane, whose state ends at `end_ns`. */
struct trace_summary trace_lane_interval(const struct trace_model *model,
                                         const struct trace_lane *lane, size_t index,
                                         uint64_t end_ns);

/* Return the moment that a question about a stretch means: the last event for TRACE_NONE and what lies beyond it. Sets `*end_ns` to the
 * time at which the state in force then ends: UINT64_MAX when it goes on. */
uint32_t trace_model_moment(const struct trace_model *model, uint32_t ordinal, uint64_t *end_ns);

#endif
