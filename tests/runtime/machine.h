/* The inside of the executor: what executor.c and operation.c share. */
#ifndef GANTTOP_TESTS_RUNTIME_MACHINE_H
#define GANTTOP_TESTS_RUNTIME_MACHINE_H

#include <stdio.h>

#include "runtime/ganttop.h"
#include "tests/runtime/program.h"

#define NAMES_MAX 256u

enum kind { LOCK, SEM, EVENT, COND, QUEUE, BARRIER, FUTURE, TASK };

/* Objects and handles by their name. */
struct named {
	enum kind kind;
	const char *name;
	void *object;         /* of that kind */
	unsigned n_spawned;   /* tasks under this handle */
	struct gt_task *task; /* the last of them */
};

struct machine {
	struct program program;
	struct named names[NAMES_MAX];
	size_t n_names;
	struct kept *kept; /* what must outlive the run */
	FILE *out;
};

/* How an operation ended. */
struct outcome {
	int code;                     /* 0, negative, or RETURNED */
	const struct gt_error *error; /* kept by the machine */
	char text[160];               /* the value */
};
#define RETURNED 1 /* code of `return`, which is not an error */

struct frame {
	struct machine *machine;
	const struct outcome *handling; /* the error that an except block is about */
	struct gt_group *group;         /* of the block around, NULL: none */
};

/* Return the object or handle of that name; NULL for a handle that was never spawned. */
struct named *machine_find(struct machine *machine, const char *name, bool is_task);
struct named *machine_make(struct machine *machine, const char *name, enum kind kind);

/* Return memory that lives as long as the machine. */
void *machine_keep(struct machine *machine, size_t bytes);

void machine_print(struct machine *machine, const char *text);

/* Start the body `body` under `handle`, in the frame's group or in none. Returns NULL when the group does not take it. */
struct gt_task *machine_spawn(const struct frame *frame, const char *handle, const char *body,
                              bool in_group);

/* Make an outcome of a code that a call returned; an error is taken from gt_error and kept. */
struct outcome outcome_of(const struct frame *frame, int code, const char *value);

/* Write `cancelled`, `timeout`, `error NAME`, `group(...)`, or the value. */
void outcome_text(int code, const struct gt_error *error, const char *value, char *text,
                  size_t bytes);

struct outcome run_block(const struct frame *frame, const struct program_block *block);

/* Run an operation that prints itself. */
struct outcome operate(const struct frame *frame, const struct program_node *node);

#endif
