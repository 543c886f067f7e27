/* What the rules share: the state of every live task and object as of the event that is judged, and the list of findings.
 *
 * Only the files of this folder include it. A life is kept from a task's creation to its end, a thing from the first time that it
 * matters; both are found by the lane of the model, and ended lives are used again.
 */
#ifndef GANTTOP_TRACE_ANALYSIS_FINDINGS_PRIVATE_H
#define GANTTOP_TRACE_ANALYSIS_FINDINGS_PRIVATE_H

#include "trace/analysis/findings.h"

#define NO_ONE        UINT32_MAX /* no life, thing, or finding */
#define CONTENDED_MAX 32u        /* locks with a line that are looked at after each step */
#define LONG_STEPS                                                                                 \
	16u /* long steps that are remembered, to find out who was late because of whom */

/* A task that has not ended. */
struct life {
	uint32_t lane, parent; /* parent: a lane, TRACE_NONE */
	uint8_t state;         /* enum trace_state; 0: created, no more */
	uint16_t on;           /* of a wait: enum trace_on without flags */
	bool timed;            /* of a wait: until_ns counts */
	bool never_ran;
	uint64_t until_ns, since_ns;
	uint32_t since;         /* ordinal of the record that gave it its state */
	uint32_t target;        /* of a wait: lane of the object or task, TRACE_NONE */
	uint32_t ahead, behind; /* lives in the order of becoming ready; NO_ONE */
	uint32_t n_overtaken;
	uint32_t starved;      /* its open finding, NO_ONE */
	uint32_t cancelled_by; /* lane of who asked last, 0 the loop, TRACE_NONE */
	uint32_t
	        born_in; /* the step in which it was created: ordinal of its RUNNING record, TRACE_NONE */
	uint32_t n_created;                          /* tasks that it has created in its step */
	uint32_t n_children;                         /* that have not ended */
	uint32_t n_at_once;                          /* tasks awaited at once, in a row */
	uint32_t yields, yields_alone, yields_began; /* in a row; the ordinal of the first */
	uint64_t yields_ns;
	uint32_t spinning; /* its open finding, NO_ONE */
	uint32_t reads;    /* the first of what it has read and not written since, NO_ONE */
	uint32_t stuck;    /* the open deadlock that it is part of, NO_ONE */
	uint32_t
	        scope; /* the limit of time that it opened last: a number of `limits_open`, NO_ONE */
	uint32_t next_free;
};

/* An object that has a level, is held, or is waited for. */
struct thing {
	uint32_t lane;
	uint8_t kind; /* enum trace_object_kind */
	uint32_t n_waiters, waiters_max;
	uint32_t holder;  /* lane of the task that took it last, TRACE_NONE: nobody holds it */
	uint32_t n_holds; /* how often it is held */
	int64_t level, top,
	        low; /* of a queue: now, and what it has reached since it was emptied to `low` */
	uint32_t n_taken;    /* items taken out since then */
	uint32_t busy_began; /* ordinal since when somebody has been in line, TRACE_NONE */
	uint64_t busy_ns;
	uint32_t n_passed; /* times that it was given back while somebody was in line */
	uint64_t kept_ns;  /* the holder was ready, and others ran */
	uint64_t kept_most_ns;
	uint32_t keeper;    /* lane of the task that kept it off most */
	uint32_t keeper_of; /* lane of the first who waits, for the finding */
	uint32_t growing, jammed, convoy, inverted; /* open findings, NO_ONE */
};

/* A step of a task or a callback of the loop. */
struct step {
	uint32_t lane, ordinal; /* lane 0: a callback */
	uint32_t where;
	uint64_t t_ns, end_ns;
};

/* A value that somebody has read and not written since. */
struct read_mark {
	uint32_t variable; /* index */
	uint32_t next;     /* of the same life, or free; NO_ONE */
	uint64_t version, t_ns;
};

struct variable {
	uint64_t version;
	uint32_t writer; /* lane */
};

/* A limit of time that is open. */
struct limit {
	uint32_t scope; /* id */
	uint32_t outer; /* the limit around it, NO_ONE; of a free one the next free one */
	uint64_t deadline_ns;
	bool fired; /* its cancellation was asked for */
};

struct job {
	uint32_t worker, task; /* lanes; task TRACE_NONE: idle */
	uint32_t outlived;     /* open finding, NO_ONE */
};

struct trace_findings {
	const struct trace_model *model; /* borrows */
	uint64_t limits[TRACE_FINDING_KINDS];
	uint64_t of_kind[TRACE_FINDING_KINDS];
	uint32_t kept_of_kind[TRACE_FINDING_KINDS];
	struct trace_finding *all; /* in the order of being found */
	uint32_t *sorted;          /* the same by (ordinal, kind) */
	size_t n, cap, sorted_cap;
	bool changed; /* by this update */
	int failure;
	uint32_t next; /* the event that is judged next */

	uint32_t *by_lane; /* lane -> its life or thing, NO_ONE */
	size_t n_by_lane, by_lane_cap;
	struct life *lives;
	size_t n_lives, lives_cap, n_living;
	uint32_t free_life;
	struct thing *things;
	size_t n_things, things_cap;
	uint32_t contended[CONTENDED_MAX]; /* things: locks that somebody waits for */
	size_t n_contended;
	struct limit *limits_open;
	size_t n_limits, limits_cap;
	uint32_t free_limit;
	struct job *jobs;
	size_t n_jobs, jobs_cap;
	struct variable *variables;
	size_t n_variables, variables_cap;
	struct trace_id_map variable_of; /* string id of its name -> variable */
	struct read_mark *reads;
	size_t n_reads, reads_cap;
	uint32_t free_read;

	uint32_t ready_first, ready_last; /* lives */
	struct step step;                 /* the one that runs; lane TRACE_NONE: none does */
	uint32_t step_finding;            /* blocked-loop, open */
	uint32_t n_awaits;                /* coroutines awaited in it */
	bool looked;                      /* a variable was read in it */
	uint32_t n_points;                /* places in it at which it could have waited */
	struct step last_steps[LONG_STEPS];
	size_t n_last_steps;
	bool in_tick;
	struct step tick;
	uint64_t tick_short_ns, tick_longest_ns;
	uint32_t tick_steps, tick_longest, tick_finding;
	bool main_ended;
	uint32_t lost_finding;
};

/* The event that is judged. */
struct event {
	struct trace_findings *findings;
	const struct trace_record *r;
	uint32_t ordinal;
};

/* ---- findings.c ---- */

/* Add a finding; `lane`, `ordinal` and what is known are filled in, end_ns 0 is taken as t_ns. Returns its number for trace_finding_of, NO_ONE
 * when it is only counted or there is no memory. */
uint32_t trace_finding_add(struct trace_findings *findings, struct trace_finding finding);

/* Return finding `number`, which is not NO_ONE. owns: borrows, until the next one is added. */
struct trace_finding *trace_finding_of(struct trace_findings *findings, uint32_t number);

/* Finding `*number` is over; does nothing to NO_ONE. Sets `*number` to NO_ONE. */
void trace_finding_close(struct trace_findings *findings, uint32_t *number, uint64_t end_ns);

/* ---- watch.c ---- */

/* Return the life of a task lane, NULL when it has ended or is none. */
struct life *trace_life_of(const struct trace_findings *findings, uint32_t lane);
struct life *trace_life_of_id(const struct trace_findings *findings, uint32_t task);

/* Return the thing of an object lane, made when there is none yet. errors: NULL without memory. */
struct thing *trace_thing_of(struct trace_findings *findings, uint32_t lane);

/* Judge one event; `findings->next` is its ordinal. */
void trace_watch_event(const struct event *e);

/* Judge what has no event of its own: what goes on at now_ns. */
void trace_watch_now(struct trace_findings *findings, uint64_t now_ns);

/* Forget all lives and things. */
void trace_watch_reset(struct trace_findings *findings);
void trace_watch_fini(struct trace_findings *findings);

/* ---- rules_loop.c: blocked-loop, slow-iteration, no-yield ---- */
void trace_rule_step_begin(const struct event *e, uint32_t lane);
void trace_rule_step_end(const struct event *e);
void trace_rule_step_now(struct trace_findings *findings, uint64_t now_ns);
void trace_rule_tick(const struct event *e);
void trace_rule_point(const struct event *e, bool is_await);
/* Return the lane whose step filled most of [t0_ns, t1_ns), TRACE_NONE when none is remembered; the running one counts. */
uint32_t trace_rule_culprit(const struct trace_findings *findings, uint64_t t0_ns, uint64_t t1_ns);

/* ---- rules_order.c: starvation, busy-wait ---- */
void trace_rule_ready(const struct event *e, struct life *life);
void trace_rule_unready(const struct event *e, struct life *life);
void trace_rule_yield(const struct event *e, struct life *life, const struct step *step);
void trace_rule_no_yield(struct trace_findings *findings, struct life *life, uint64_t t_ns);

/* ---- rules_cancel.c: swallowed-cancel, cancelled-at-shutdown, cancelled-before-start, late-timeout ---- */
void trace_rule_cancel(const struct event *e);
void trace_rule_stillborn(const struct event *e, const struct life *life);
void trace_rule_timer(const struct event *e, const struct life *life);
void trace_rule_scope(const struct event *e);
void trace_rule_scopes_end(struct trace_findings *findings, struct life *life);

/* ---- rules_task.c: never-awaited, never-retrieved, awaited-at-once, thread-outlives-task ---- */
void trace_rule_coro(const struct event *e);
void trace_rule_mark(const struct event *e);
void trace_rule_error(const struct event *e);
void trace_rule_created(const struct event *e, struct life *child);
void trace_rule_awaits(const struct event *e, struct life *life);
void trace_rule_worker(const struct event *e);
void trace_rule_done(const struct event *e, struct life *life);

/* ---- rules_object.c: growing-queue, pool-exhausted, lock-convoy, priority-inversion ---- */
void trace_rule_level(const struct event *e);
void trace_rule_hold(const struct event *e);
void trace_rule_kept_off(struct trace_findings *findings, const struct step *step);
void trace_rule_pool_now(struct trace_findings *findings, uint64_t now_ns);

/* ---- rules_var.c: lost-update ---- */
void trace_rule_var(const struct event *e);
void trace_rule_var_done(struct trace_findings *findings, struct life *life);

/* ---- rules_deadlock.c ---- */
void trace_rule_stuck(const struct event *e, struct life *life);
void trace_rule_unstuck(const struct event *e, struct life *life);
void trace_rule_end(const struct event *e);

/* Write whom the task of `lane` waits for at `ordinal` into `*next` (a task lane) and by which object (`*object`, TRACE_NONE: by
 * none). Returns false when it waits for no task. */
bool trace_waits_for(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                     uint32_t *object, uint32_t *next);

#endif
