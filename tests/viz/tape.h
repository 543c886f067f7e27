/* A recording told by a test, moment by moment: written by the real writer into a temporary file, and opened as the
 * model that the viewer would see. Any failure ends the test. */
#ifndef GANTTOP_TESTS_VIZ_TAPE_H
#define GANTTOP_TESTS_VIZ_TAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/model.h"
#include "trace/writer.h"

#define TAPE_MS UINT64_C(1000000)

struct tape {
	struct trace_writer *writer;
	struct trace_pen pen;
	struct trace_model *model; /* NULL while it is being told */
	uint64_t t_ns;             /* the moment that is told */
	uint32_t n_tasks, n_objects;
	char path[64];
};

/* Begin a recording at time 0 with a lesson's name, title and question ("" for none). */
void tape_begin(struct tape *tape, const char *lesson, const char *title, const char *question);

/* End the telling: `status` 0 leaves the recording without an END. Returns the model, which is the tape's. */
struct trace_model *tape_end(struct tape *tape, enum trace_status status);
void tape_free(struct tape *tape);

/* Go to a moment. */
void tape_at(struct tape *tape, uint64_t ms);
void tape_at_ns(struct tape *tape, uint64_t t_ns);

/* Things; ids count from 1. */
uint32_t tape_task(struct tape *tape, const char *name, uint32_t parent);
uint32_t tape_object(struct tape *tape, enum trace_object_kind kind, const char *name,
                     int64_t capacity);

/* What happens. */
void tape_ready(struct tape *tape, uint32_t task, enum trace_why why, uint32_t by);
void tape_run(struct tape *tape, uint32_t task);
void tape_stillborn(struct tape *tape, uint32_t task); /* a step that never begins */
void tape_wait(struct tape *tape, uint32_t task, enum trace_on on, uint32_t object,
               uint64_t until_ms);
/* Before tape_wait: one of several that it is for, a task or else an object. */
void tape_await(struct tape *tape, uint32_t task, uint32_t awaited, uint32_t object);
void tape_done(struct tape *tape, uint32_t task, enum trace_outcome outcome, const char *value);
void tape_cancel(struct tape *tape, uint32_t task, uint32_t by, enum trace_cancel_phase phase);
void tape_level(struct tape *tape, uint32_t object, int64_t value, uint32_t waiters);
void tape_hold(struct tape *tape, uint32_t object, uint32_t task, bool held);
void tape_tick(struct tape *tape, enum trace_phase phase, uint32_t n_ready);
void tape_worker(struct tape *tape, uint32_t worker, uint32_t task);
void tape_scope(struct tape *tape, uint32_t task, uint32_t scope, enum trace_scope_kind kind,
                bool open, uint64_t deadline_ms);
void tape_use(struct tape *tape, uint32_t task, const char *var, enum trace_var_op op,
              int64_t value);
void tape_call(struct tape *tape, const char *name); /* begins and ends */
void tape_coro(struct tape *tape, uint32_t coroutine, uint32_t task, enum trace_coro_phase phase);
void tape_error(struct tape *tape, uint32_t task); /* nobody has asked for it */
void tape_log(struct tape *tape, uint32_t task, const char *text);
void tape_mark(struct tape *tape, const char *name, const char *text);
void tape_lost(struct tape *tape, uint64_t count);

/* The stories that several suites look at. Each returns the model of a finished tape. */
struct trace_model *tape_semaphore(struct tape *tape); /* five tasks, two permits, 900 ms */
struct trace_model *tape_blocking(struct tape *tape,
                                  enum trace_status status); /* ticker starved from 100 to 600 ms */
struct trace_model *
tape_endings(struct tape *tape); /* a result, an error, a cancellation, one swallowed */
struct trace_model *tape_thread(struct tape *tape);   /* a worker thread beside the loop */
struct trace_model *tape_queue(struct tape *tape);    /* a queue that fills up and is emptied */
struct trace_model *tape_deadlock(struct tape *tape); /* two locks in opposite order */
struct trace_model *tape_marks(struct tape *tape);    /* nearly every sign that there is */

#endif
