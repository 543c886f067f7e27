/* What is exported: a recording, or a part of it, and who is told how far the work is.
 *
 * A part is a stretch of time [from, to) and a set of lanes. The model stays whole, so that who woke a task keeps its
 * name although its lane is not exported. Every format gets its material from here: events in their order (trace_walk), or
 * intervals lane by lane (trace/export/slice.h), clipped to the part.
 */
#ifndef GANTTOP_TRACE_EXPORT_EXPORT_H
#define GANTTOP_TRACE_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/error.h"
#include "trace/model.h"

struct trace_export {
	const struct trace_model *model; /* borrows */
	uint64_t from_ns, to_ns; /* events with from_ns <= t < to_ns; UINT64_MAX: to the end */
	uint64_t end_ns;         /* where open intervals end */
	uint8_t *lanes;          /* one byte a lane of the model: 1 exported; NULL: all. owns */
	/* Told now and then how much of the recording has been walked over; may be NULL. */
	void (*progress)(void *arg, uint64_t done, uint64_t all);
	void *progress_arg;
};

/* Make an export of the whole recording. owns: caller's struct, model borrowed. */
void trace_export_init(struct trace_export *export, const struct trace_model *model);
void trace_export_fini(struct trace_export *export);

/* Keep only [from_ns, to_ns). errors: TRACE_EFORMAT when that is empty or begins after the recording's end. */
int trace_export_window(struct trace_export *export, uint64_t from_ns, uint64_t to_ns,
                        struct trace_error *error);

/* Keep only the lanes whose names match one of the comma-separated shell patterns (`Task ?,main`; `#7` is the task of that
 * id), and the objects that those tasks wait for or hold, and the threads that work for them.
 * errors: TRACE_EFORMAT when a pattern matches nothing, TRACE_ESYSTEM without memory. */
int trace_export_lanes(struct trace_export *export, const char *patterns,
                       struct trace_error *error);

/* Return whether the lane is exported: it was chosen, and something of it lies in the window. */
bool trace_export_has_lane(const struct trace_export *export, uint32_t lane);

/* Return the lane that an event belongs to: of its task, object or worker; 0 (the loop) for what has none. */
uint32_t trace_export_lane_of(const struct trace_export *export, const struct trace_record *r);

/* Return the time of an event, moved to the window's begin if it is earlier. units: ns. */
uint64_t trace_export_time(const struct trace_export *export, uint64_t t_ns);

/* A walk over the events of the part, in order. First comes what was in force when the window begins: the creation of
 * each lane, then its last state or level, who holds what; the time of these is the window's begin. */
struct trace_walk {
	const struct trace_export *export;
	uint32_t lane;    /* of the prologue: the next one to look at; n_lanes when it is over */
	uint8_t stage;    /* of the prologue */
	size_t other;     /* of the prologue: the next hold to look at */
	uint32_t ordinal; /* the next event to look at */
};
struct trace_walk trace_walk_begin(const struct trace_export *export);

/* Take the next event: its ordinal and the time that it is to be exported with. Returns false at the end. */
bool trace_walk_next(struct trace_walk *walk, uint32_t *ordinal, uint64_t *t_ns);

#endif
