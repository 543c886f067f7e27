/* What each task does at a moment and why, found out by playing the records back from the first one on, with nothing but lists.
 * Shares no question with the model: it is what the sentences of viz/explain/explain.h are held against. */
#ifndef GANTTOP_TESTS_VIZ_WHY_ORACLE_H
#define GANTTOP_TESTS_VIZ_WHY_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/model.h"

enum { WHY_MAX = 1024, WHY_NAME_BYTES = 64, WHY_SCOPES = 32, WHY_HOLDERS = 512 };

struct why_scope {
	uint32_t id;
	uint8_t kind;
	uint64_t deadline_ns; /* UINT64_MAX: none */
};

struct why_task {
	uint32_t id;
	char name[WHY_NAME_BYTES];
	struct trace_record state;  /* the last one; kind 0: none yet */
	struct trace_record before; /* the one before it */
	uint32_t since;             /* its event */
	bool stillborn;             /* its last step never began */
	uint32_t awaited[WHY_MAX];
	size_t n_awaited; /* of the wait in force, or of the one that comes */
	struct why_scope scopes[WHY_SCOPES];
	size_t n_scopes;                     /* open ones, the innermost last */
	struct trace_record cancel, request; /* the last ones; kind 0: none */
	char canceller[WHY_NAME_BYTES + 16]; /* who asked for `request` */
	bool never_retrieved;
};

struct why_object {
	uint32_t id;
	char name[WHY_NAME_BYTES];
	int64_t capacity, level;
	bool has_level;
	uint32_t holders[WHY_HOLDERS]; /* tasks, one may stand there twice */
	size_t n_holders;
};

struct why_worker {
	uint32_t id, task; /* task 0: idle */
};

struct why {
	const struct trace_model *model; /* for texts and the records, nothing else */
	struct why_task *tasks;          /* in the order of creation */
	struct why_object *objects;
	size_t n_tasks, n_objects, n_workers;
	struct why_worker workers[64];
	bool is_fifo;
	uint32_t n_seen; /* records that were played back */
};

/* Begin before the first record. owns: memory until why_end. */
void why_begin(struct why *why, const struct trace_model *model);
void why_end(struct why *why);

/* Play the next record back. Returns false when there is none, or there are more things than fit. */
bool why_next(struct why *why);

/* Return the task or the object with this id, NULL if there is none yet. */
struct why_task *why_task(struct why *why, uint32_t id);
struct why_object *why_object(struct why *why, uint32_t id);

/* Write the sentence on task `index`, as it must be at the time `now_ns` after the records so far. */
void why_sentence(struct why *why, size_t index, uint64_t now_ns, char *text, size_t text_bytes);

#endif
