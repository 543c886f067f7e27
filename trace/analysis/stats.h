/* Statistics: what a recording says in numbers. All times are whole nanoseconds, so that they add up exactly; what several tasks have
 * together ends at UINT64_MAX, 584 years.
 *
 * Where a task has been: running + ready + waiting is its life, always. `late` is the part of waiting in which its time had come but
 * the loop had not got round to it; ready + late is the scheduler's delay.
 */
#ifndef GANTTOP_TRACE_ANALYSIS_STATS_H
#define GANTTOP_TRACE_ANALYSIS_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "trace/model.h"

#define TRACE_STATS_BUCKETS 60u

/* What a task has waited for. */
struct trace_wait_sum {
	uint16_t on;     /* enum trace_on */
	uint32_t object; /* lane of the object; TRACE_NONE: none, or several */
	uint64_t ns;
	uint64_t n;
};

struct trace_task_stats {
	uint32_t lane;
	uint64_t born_ns, end_ns; /* of its first state, and of its end, or now */
	uint64_t running_ns, ready_ns, waiting_ns;
	uint64_t late_ns; /* of waiting_ns */
	uint64_t
	        work_ns; /* running, and waiting for time, threads or the system: what it would take all alone */
	uint64_t longest_ns; /* its longest step */
	uint64_t n_steps;
	uint8_t outcome;              /* enum trace_outcome; 0: it has not ended */
	struct trace_wait_sum *waits; /* in the order of the first time */
	size_t n_waits, waits_cap;
};

struct trace_object_stats {
	uint32_t lane;
	uint64_t n_waits, wait_ns,
	        wait_max_ns; /* of all tasks together; those that still wait count until now */
	uint32_t waiters_max;
	uint64_t n_holds, held_ns; /* one holder's time counts once, two at once count twice */
};

struct trace_stats {
	uint64_t begin_ns, end_ns;      /* of the first event; of the last one, or now */
	struct trace_task_stats *tasks; /* in the order of creation */
	size_t n_tasks;
	struct trace_object_stats *objects; /* those that were waited for or held */
	size_t n_objects;
	/* the loop */
	uint64_t running_ns; /* steps of tasks: the sum over the tasks */
	uint64_t calls_ns;   /* callbacks that belong to no task */
	uint64_t ticks_ns;   /* iterations, what they cost beside steps and callbacks included */
	uint64_t n_ticks, longest_tick_ns;
	uint64_t n_steps, n_calls;
	/* how long after its time a step began: ready, and late before that */
	uint64_t n_lags, lag_p50_ns, lag_p90_ns, lag_p99_ns, lag_max_ns;
	/* together */
	uint32_t alive_max; /* most tasks alive at one moment */
	uint64_t work_ns;   /* the sequential sum: work of all tasks, and callbacks */
	uint64_t overlap_ns
	        [TRACE_STATS_BUCKETS]; /* work done in each part of the time, parts of equal length: concurrency times length */
	uint32_t
	        fairness_ppm; /* Jain's index of running / (running + delay) over the tasks that ran; 1,000,000: all alike */
};

/* Make the statistics of all that the model has read. owns: fills `*stats`, to be ended with trace_stats_fini. errors: TRACE_ESYSTEM
 * without memory, nothing is left to be freed. cost: one pass over the events. */
int trace_stats_make(struct trace_stats *stats, const struct trace_model *model);
void trace_stats_fini(struct trace_stats *stats);

/* The same, of what has happened at event `ordinal` (TRACE_NONE: nothing has), counted up to `now_ns`, which is not before that event.
 * cost: one pass over those events. */
int trace_stats_make_until(struct trace_stats *stats, const struct trace_model *model,
                           uint32_t ordinal, uint64_t now_ns);

/* The statistics of all that the model has read, made a part at a time: keys are answered in between.
 *
 *  1. trace_stats_pass_start; the model may go on growing, what comes is not counted.
 *  2. trace_stats_pass_go_on until it returns no more 1; then trace_stats_pass_take.
 *  3. trace_stats_pass_drop, at any moment. When the model was rebuilt it must be. */
struct trace_stats_pass;

/* Begin. owns: returns; borrows `model`. errors: NULL without memory. */
struct trace_stats_pass *trace_stats_pass_start(const struct trace_model *model);

/* The same, of what trace_stats_make_until counts. */
struct trace_stats_pass *trace_stats_pass_start_until(const struct trace_model *model,
                                                      uint32_t ordinal, uint64_t now_ns);

/* Count at most `max_events` more. Returns 1 while there are more, else 0. errors: TRACE_ESYSTEM without memory: it has to be dropped. */
int trace_stats_pass_go_on(struct trace_stats_pass *pass, size_t max_events);

/* Hand out what was counted. owns: fills `*stats`, to be ended with trace_stats_fini. */
void trace_stats_pass_take(struct trace_stats_pass *pass, struct trace_stats *stats);

/* trace_stats_pass_drop(NULL) does nothing. */
void trace_stats_pass_drop(struct trace_stats_pass *pass);

/* Return when part `i` (0 to TRACE_STATS_BUCKETS) of the time begins. */
uint64_t trace_stats_bucket_ns(const struct trace_stats *stats, unsigned i);

/* Return the part of the time in which the thread was busy, in millionths. */
uint64_t trace_stats_busy_ppm(const struct trace_stats *stats);

/* Return work_ns / (end_ns - begin_ns) in millionths; 0 when no time has passed. */
uint64_t trace_stats_speedup_ppm(const struct trace_stats *stats);

#endif
