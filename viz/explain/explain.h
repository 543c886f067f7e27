/* Words for what lanes do: the full sentence is viz_explain_lane, then the short note and the pieces that both are made
 * of. Everything is a pure function of the model and a moment. */
#ifndef GANTTOP_VIZ_EXPLAIN_EXPLAIN_H
#define GANTTOP_VIZ_EXPLAIN_EXPLAIN_H

#include "trace/model.h"
#include "viz/text/text.h"

#define VIZ_LINE_MAX 64u /* waiters or holders that are looked at by name */

/* One sentence on what the lane is doing at the playhead and why ("Task 4 waits for semaphore permits (0 of 2
 * left), held by Task 2 and Task 3; first in line"). Returns its length before cutting. */
size_t viz_explain_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        uint64_t now_ns, char *text, size_t text_bytes);

/* One sentence on a shared variable: its value, its last use, and how often it was used so far. */
void viz_explain_var(const struct trace_model *model, uint32_t index, uint32_t ordinal, char *text,
                     size_t text_bytes);

/* A few words on what the lane does at a moment, for the column beside its bar: "permits, 1st in line",
 * "sleep until 600 ms", "held: Task 2, Task 3". Beyond `cols` columns counts stand for names. Returns the length before cutting. */
size_t viz_note_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                     uint64_t now_ns, int cols, char *text, size_t text_bytes);

/* A moment that is explained, with the state that the lane is in. */
struct viz_moment {
	const struct trace_model *model;
	uint32_t lane, ordinal;
	uint64_t now_ns;
	struct trace_state_now state; /* of a task lane; state 0: not born yet */
};

/* Return the moment of a lane. cost: O(log n). */
struct viz_moment viz_moment_of(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                                uint64_t now_ns);

/* ---- Pieces, explain_words.c */

/* Write what a waiting task waits on, in one or two words, for inside its bar: the object's or the awaited
 * task's name, else the kind of wait ("sleep", "gather"). `state` is a WAITING record. Returns `text`. */
char *viz_name_of_wait(const struct trace_model *model, const struct trace_record *state,
                       char *text, size_t text_bytes);

/* Append the name of a lane as people call it: "Task 2", "worker 1", "the loop"; "a task" for TRACE_NONE. */
void viz_text_add_lane(struct viz_text *text, const struct trace_model *model, uint32_t lane);

/* Append the name of the task with this id; "the loop" for 0. */
void viz_text_add_task(struct viz_text *text, const struct trace_model *model, uint32_t task);

/* Append "A, B and C" with `last` for " and "; of more than four, three and "and 7 more". */
void viz_text_add_lanes(struct viz_text *text, const struct trace_model *model,
                        const uint32_t lanes[], size_t n, const char *last);

/* Append who has put an item into a queue with the LEVEL record `ordinal`, and when: "producer at 100 ms". */
void viz_text_add_put(struct viz_text *text, const struct trace_model *model, uint32_t ordinal);

/* Return the queue whose last item was dealt with, so that a task that has joined it became ready, the state that it is in at `ordinal`;
 * TRACE_NONE: it waited for something else. */
uint32_t viz_joined_queue(const struct trace_model *model, uint32_t lane, uint32_t ordinal);

/* Append how long something has lasted. It moves, so from a millisecond on without decimals. */
void viz_text_add_duration(struct viz_text *text, uint64_t ns);

/* Append a time with its unit; a place in line as a number ("2nd"), or as a word as far as ten ("second"). */
void viz_text_add_time(struct viz_text *text, uint64_t t_ns);
void viz_text_add_rank(struct viz_text *text, size_t rank);
void viz_text_add_rank_word(struct viz_text *text, size_t rank);

/* Write the lanes of the tasks, and then of the futures, that a gather, wait or group still waits for, as many as have room; returns how many
 * there are. */
size_t viz_awaited(const struct viz_moment *moment, uint32_t lanes[VIZ_LINE_MAX]);

/* Return the lane of the object that a wait of this kind is for, TRACE_NONE if it is for none that is known. */
uint32_t viz_object_of_wait(const struct viz_moment *moment);

/* Return the place of a waiting task among those that wait for the same of the same object, from 1; 0 if there is no line: waiters of
 * an event or a barrier all go at once. */
size_t viz_place_in_line(const struct viz_moment *moment);

/* ---- Cancellation, explain_cancel.c */

/* Return the last CANCEL record of a task lane up to `ordinal`, of one phase if `phase` is not 0, or NULL.
 * owns: borrows. */
const struct trace_record *viz_last_cancel(const struct trace_model *model, uint32_t lane,
                                           uint32_t ordinal, unsigned phase);

/* Append " by main": who asked for the cancellation; nothing if that is not known. What the loop asks for is asked by a timeout of the
 * task, or because the first task has ended. */
void viz_text_add_canceller(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                            uint32_t ordinal);

/* Return the first deadline among the timeouts that a task stands in, UINT64_MAX if there is none. units: ns. */
uint64_t viz_timeout_ns(const struct viz_moment *moment);

/* Append what is on its way to the task: a request, a delivery, what became of it. */
void viz_explain_cancellation(struct viz_text *text, const struct viz_moment *moment);

/* ---- The states, explain_ready.c and explain_wait.c */

void viz_explain_ready(struct viz_text *text, const struct viz_moment *moment);
void viz_explain_wait(struct viz_text *text, const struct viz_moment *moment);

/* ---- What is not a task, explain_object.c */

void viz_explain_object(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal);
void viz_explain_worker(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal);
void viz_explain_loop(struct viz_text *text, const struct trace_model *model, uint32_t ordinal);

#endif
