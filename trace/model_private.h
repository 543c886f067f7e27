/* What model.c and the files beside it share. */
#ifndef GANTTOP_TRACE_MODEL_PRIVATE_H
#define GANTTOP_TRACE_MODEL_PRIVATE_H

#include "trace/events.h"
#include "trace/id_map.h"
#include "trace/model.h"
#include "trace/ordinals.h"
#include "trace/transitions.h"

/* A deadline of a scope that was moved. */
struct trace_move {
	uint32_t ordinal;   /* of the move */
	uint64_t before_ns; /* the deadline until then */
	uint32_t previous;  /* move of the same scope, TRACE_NONE */
	uint32_t jump;      /* an earlier one yet, or the same as `previous` */
	uint32_t n_before;  /* moves of the scope before this one */
};

/* The edges that were asked for last: a picture asks for the same ones, lane after lane. */
struct trace_edges {
	uint64_t *times_ns;
	struct trace_edge *all;
	size_t n, cap;
	size_t n_events;  /* of the model, when they were found; 0: none are known */
	uint64_t version; /* changes with the edges */
};

/* What was seen of lanes between the edges of a version: the next picture often asks for the same. By lane, so that those of a
 * screen do not drive each other out. */
#define TRACE_SEEN_ROWS 256u
struct trace_seen_row {
	uint64_t version; /* of the edges; 0: nothing is kept */
	uint64_t now_ns;
	uint32_t lane, ordinal;
	uint8_t *seen;
	size_t cap;
};

/* A task that is ready, since an event. */
struct trace_ready_task {
	uint32_t since, lane;
};

/* All lanes at a moment, the one that was asked for last. All zero knows none. */
struct trace_moment {
	size_t end;       /* the events before this one have happened */
	uint32_t *counts; /* of each lane: how many of its own records are among them */
	size_t n_lanes, cap;
	size_t n_in[TRACE_STATE_END];   /* tasks in each state; 0: what is in none */
	struct trace_ready_task *ready; /* the queue, if has_ready */
	size_t n_ready, ready_cap;
	bool is_known, has_ready;
};

struct trace_model_private {
	struct trace_moment moment;
	struct trace_events events;
	struct trace_edges edges;         /* of pictures */
	struct trace_edges few_edges;     /* of single questions */
	struct trace_seen_row *seen_rows; /* TRACE_SEEN_ROWS of them, NULL before the first */
	uint32_t running;   /* lane of the task that is running after the last event, TRACE_NONE */
	uint64_t end_slots; /* slots that the file had left when it was cut off */
	bool is_lost_track; /* the file was replaced, and what took its place cannot be read */
	bool is_behind;     /* reading stopped before the end */
	uint64_t
	        last_ns; /* time of the last record, as the file says, while reading is behind; else 0 */
	struct trace_id_map tasks, objects, workers; /* id -> lane index */
	struct trace_id_map vars;                    /* string id of a name -> index */
	struct trace_id_map
	        var_names;          /* hash of a name -> index of the newest variable that has it */
	struct trace_id_map scopes; /* scope id -> index of its newest opening */
	struct trace_move *moves;
	size_t n_moves, moves_cap;
	struct trace_transitions transitions;
	size_t lanes_cap, order_cap, scopes_cap, logs_cap, params_cap, metas_cap, vars_cap,
	        losses_cap;
	size_t n_ordered;           /* lanes that are in model->order */
	uint64_t blocked_ns;        /* that the pyramids were made with */
	uint64_t now_ns;            /* at the last update */
	uint64_t counted_lost;      /* by LOST records */
	struct trace_error failure; /* the first one; it is final */
};

/* ---- model_apply.c */

/* Add events from `ordinal` on, whose `n` records follow each other, to lanes, objects and scopes. Sets `*n_applied`.
 * errors: TRACE_EFORMAT (damaged), TRACE_ESYSTEM (memory), with `*error`, on the event behind the last that was applied. */
int trace_model_apply(struct trace_model *model, const struct trace_record *first, uint32_t n,
                      uint32_t ordinal, uint32_t *n_applied, struct trace_error *error);

/* Take the META record in `slot` in. errors: TRACE_ESYSTEM. */
int trace_model_apply_meta(struct trace_model *model, uint32_t slot, struct trace_error *error);

/* Forget what the META records said of parameters, and which they were. */
void trace_model_forget_meta(struct trace_model *model);

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

/* A lane up to a moment, and what is in force at it, whose end is not in the file. */
struct trace_lane_past {
	const struct trace_model *model;
	const struct trace_lane *lane;
	uint32_t moment;
	size_t now; /* index of the record in force; SIZE_MAX: none is yet, and the rest is not set */
	uint64_t since_ns; /* when that one began */
	uint64_t end_ns;   /* when it ends; UINT64_MAX: it goes on */
};
struct trace_lane_past trace_lane_until(const struct trace_model *model,
                                        const struct trace_lane *lane, uint32_t ordinal);

/* Return what is seen in records [from, until) of the lane's past; what is in force at its moment has lasted until `known_ns` at
 * least. */
unsigned trace_lane_past_seen(const struct trace_lane_past *past, size_t from, size_t until,
                              uint64_t known_ns);

/* Return TRACE_SEEN_DELIVERED when a cancellation is delivered in the lane's past before event `end`, 0 otherwise. Looks from
 * others[*next] on, and moves that behind what it has looked at. */
unsigned trace_lane_past_cancels(const struct trace_lane_past *past, size_t *next, uint32_t end);

/* Return the lowest and highest level in records [from, until) of an object's past. */
struct trace_range trace_lane_past_range(const struct trace_lane_past *past, size_t from,
                                         size_t until);

/* Return what is seen of a lane in a record of its own, save TRACE_SEEN_BLOCKED, which depends on how long it lasts. */
uint8_t trace_lane_seen_in(enum trace_lane_kind kind, const struct trace_record *r);

/* Return the moment that a question about a stretch means: the last event for TRACE_NONE and what lies beyond it. Sets `*end_ns` to the
 * time at which the state in force then ends: UINT64_MAX when it goes on. */
uint32_t trace_model_moment(const struct trace_model *model, uint32_t ordinal, uint64_t *end_ns);

/* Free what is kept of rows. */
void trace_seen_rows_fini(struct trace_model_private *private);

/* ---- edges.c */

void trace_edges_fini(struct trace_edges *edges);

/* ---- moment.c */

void trace_moment_fini(struct trace_moment *moment);

#endif
