/* A program while it runs: its objects, its tasks, and the lines that it writes. */
#ifndef GANTTOP_SCENARIOS_GTS_MACHINE_H
#define GANTTOP_SCENARIOS_GTS_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/ganttop.h"
#include "scenarios/gts/program.h"

/* The place of a step is its line in the program, not the line of C that plays it: gts_at says it. */
#undef GT_HERE
#define GT_HERE ((void)0)

/* What `return` makes a block give; every failure is a negative code. */
#define GTS_RETURN 1

/* A failure that is being handled. */
struct gts_fault {
	int code;
	const struct gt_error *error; /* NULL for a cancellation. owns a reference */
};

/* A task of the program. Lives as long as the machine, because the ends of tasks are asked for until then. */
struct gts_actor {
	struct gts_machine *machine;
	const struct gts_body *body;
	struct gts_actor *next;   /* in the order of creation */
	struct gt_task *task;     /* owns a reference, until the loop ends */
	const char *value;        /* what `return` gave; NULL: nothing */
	int64_t last_read;        /* what it read from a variable last */
	struct gts_fault *faults; /* that its tries handle now, the innermost last */
	size_t n_faults;
	size_t n_hidden; /* of them, from the outermost on, those that `reraise` cannot see now */
	uint32_t n_resumed; /* gt_resumed after the last operation */
	char name[];        /* of its handle, with .2 and so on */
};

/* What a handle stands for. */
struct gts_slot {
	struct gts_actor *actor; /* spawned last, NULL: none */
	unsigned n_spawned;
};

/* An object of the runtime, or a variable. */
struct gts_thing {
	const struct gts_object *object;
	union {
		struct gt_lock *lock;
		struct gt_sem *sem;
		struct gt_event *event;
		struct gt_cond *cond;
		struct gt_queue *queue;
		struct gt_barrier *barrier;
		struct gt_future *future;
	} is;
	int64_t value; /* of a variable */
};

/* A callback of the program, kept until the machine's end: the loop may drop it unheard. */
struct gts_call {
	struct gts_call *next;
	struct gts_machine *machine;
	const char *word;
};

/* A text that grows. */
struct gts_text {
	char *bytes;
	size_t n, cap;
};

struct gts_machine {
	const struct gts_program *program;
	const struct scn_args *args;
	FILE *out; /* NULL: nobody reads the lines */
	struct gts_thing *things;
	struct gts_slot *slots;
	const struct gts_body **bodies;
	const char **handle_names;
	struct gts_actor *actors, **actors_end;
	struct gts_call *calls; /* of call_soon and call_later */
	struct gts_text text;   /* the result of the operation that is ending */
};

int gts_machine_init(struct gts_machine *machine, const struct gts_program *program,
                     const struct scn_args *args, FILE *out);
void gts_machine_fini(struct gts_machine *machine);

/* Make the objects. where: in gt_run. errors: GT_ENOMEM. */
int gts_machine_declare(struct gts_machine *machine);

/* A task that was spawned under a handle and is not known by a task handle yet. errors: NULL when out of memory. */
struct gts_actor *gts_actor_create(struct gts_machine *machine, size_t handle, size_t body);

/* Put it behind all others and let the handle stand for it. owns: takes `task`, a reference. */
void gts_actor_enter(struct gts_actor *actor, size_t handle, struct gt_task *task);

/* Forget one that was not spawned after all. */
void gts_actor_destroy(struct gts_actor *actor);

/* ---- Lines ---- */

/* Write `TIME WHO TEXT`. */
void gts_say(const struct gts_machine *machine, const char *who, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Write the line of an operation that begins, or of one that is over. */
void gts_say_begin(const struct gts_actor *actor, const struct gts_node *node);
void gts_say_end(const struct gts_actor *actor, const struct gts_node *node, const char *result);

void gts_text_clear(struct gts_text *text);
void gts_text_add(struct gts_text *text, const char *more);
void gts_text_add_number(struct gts_text *text, int64_t number);

/* Add `cancelled`, `timeout`, `error NAME` or `group(...)`. `error` may be NULL. */
void gts_text_add_outcome(struct gts_text *text, int code, const struct gt_error *error);

/* Add what a task that is done has ended with: its value or its outcome. */
void gts_text_add_end(struct gts_text *text, const struct gts_actor *actor);

/* Add the words of an operation from `from` on, with parameters replaced. */
void gts_text_add_words(struct gts_text *text, const struct gts_machine *machine,
                        const struct gts_node *node, size_t from);

/* ---- Steps ---- */

/* An operation as it is being played. */
struct gts_step {
	struct gts_actor *actor;
	const struct gts_node *node;
	struct gt_group *group; /* around it, NULL: none */
	bool has_result;        /* it is machine->text, and not `ok` */
};

/* The body of every task. `arg` is its struct gts_actor. */
int gts_play(void *arg);

/* Play one operation that has no block, between its two lines; what it gives is added to gts_result. Returns 0 or a negative code with
 * gt_error() behind it. */
int gts_play_task(struct gts_step *step);
int gts_play_sync(struct gts_step *step);
int gts_play_data(struct gts_step *step);
int gts_play_time(struct gts_step *step);

/* Take or give back a lock, semaphore or condition. */
GT_MUST_CHECK int gts_acquire(const struct gts_thing *thing);
GT_MUST_CHECK int gts_release(const struct gts_thing *thing);

/* Return the machine's text, empty, for the result of `step`. Nothing may wait between this and the step's end. */
struct gts_text *gts_result(struct gts_step *step);

/* Make `True` or `False` the result. */
void gts_result_bool(struct gts_step *step, bool value);

/* Note where the next call of the runtime stands. */
static inline void gts_at(const struct gts_step *step)
{
	gt_site.file = step->actor->machine->program->file;
	gt_site.line = step->node->words[0].line;
}

int64_t gts_number(const struct gts_machine *machine, const struct gts_number *number);

/* Return the number, or the time, that argument `arg` of the step is. */
int64_t gts_arg(const struct gts_step *step, size_t arg);
uint64_t gts_ns(const struct gts_step *step, size_t arg);

static inline struct gts_thing *gts_thing(const struct gts_step *step)
{
	return &step->actor->machine->things[step->node->args[0].index];
}

#endif
