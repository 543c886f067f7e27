/* A lesson: what the menu, `explain` and the child process know about it, and the registry of all of them.
 *
 * A lesson is one C file with one definition `const struct scenario scn_NAME` (dashes become underscores)
 * that lessons.def lists. This header knows nothing of the runtime, so the viewer may include it; the body
 * is only ever called inside gt_run, in a process of its own.
 */
#ifndef GANTTOP_SCENARIOS_SCENARIO_H
#define GANTTOP_SCENARIOS_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenarios/point.h"

struct scn_param {
	const char *
	        name; /* as in --set name=value; "pool" is the size of the pool of threads, "policy" who goes next */
	const char *unit; /* "ms", "tasks", ...; "" for a bare number */
	int64_t value;    /* default */
	int64_t min, max; /* inclusive */
	const char *text; /* what it does, one line */
};

/* What the class is asked, and what the teacher wants to know. It stands in a file of its own, scenarios/teaching/NAME.c: the
 * lesson's source is shown to the class, and should not give the answers away. */
struct scn_teaching {
	const struct scn_point *points; /* in the order of time */
	size_t n_points;
	const char *notes; /* two minutes of notes for the teacher; at most 78 columns */
};

struct scn_run;

struct scenario {
	const char *name;     /* as on the command line: "wait-for" */
	const char *chapter;  /* "2 Together" */
	const char *title;    /* a short line for the top of the screen */
	const char *question; /* the lesson's question, for the top of the screen */
	const char *
	        text; /* what to look for, the tempting answer and why it is wrong; at most 78 columns */
	const char *pairs_with; /* the lesson to compare it with, or NULL */
	const struct scn_param *params;
	size_t n_params;
	const struct scn_teaching *teaching; /* NULL: none, as of a program that is not a lesson */
	/* names of the findings that it must raise, NULL-ended; or NULL */
	const char *const *findings;
	bool needs_real_clock;
	int (*body)(void *args);               /* a gt_body; the argument is a struct scn_args * */
	int (*run)(const struct scn_run *run); /* runs it in scn_run's place; NULL for a lesson */
};

/* The parameters of one run: the defaults of a scenario with the user's settings over them. */
#define SCN_PARAMS_MAX 16u
struct scn_args {
	const struct scenario *scenario;
	int64_t values[SCN_PARAMS_MAX]; /* in the order of scenario->params */
};

/* Set `*args` to the defaults of `scenario`. */
void scn_args_init(struct scn_args *args, const struct scenario *scenario);

/* Apply one "name=value". On failure writes one line into `why`: which parameter, what its range is.
 * errors: -1, and `*args` is unchanged. */
int scn_args_set(struct scn_args *args, const char *setting, char *why, size_t why_bytes);

/* Write a text, a prediction point's say, with the values of the parameters in the places of {name}, and of sums of products of them,
 * {tasks*hold/permits+1}, whose divisions round up. Returns `text`, cut at `text_bytes`. */
const char *scn_args_fill(char *text, size_t text_bytes, const char *from,
                          const struct scn_args *args);

/* Return the value of parameter `name`, which must be one of the scenario's (asserted). */
int64_t scn_get(const struct scn_args *args, const char *name);

/* Return a parameter that is given in milliseconds as nanoseconds. */
uint64_t scn_get_ns(const struct scn_args *args, const char *name);

/* Return the name of a policy by the number that it has in lessons whose parameter "policy" chooses it: "fifo", "lifo", "priority",
 * "random"; NULL beyond. */
const char *scn_policy_name(int64_t number);

/* Return the policy of a run: of its parameter "policy", if the lesson has one, else "fifo". */
const char *scn_args_policy(const struct scn_args *args);

/* All lessons, in the order of the course. */
size_t scn_count(void);
const struct scenario *scn_at(size_t index);

/* Return the lesson of that name, or NULL. */
const struct scenario *scn_find(const char *name);

/* Write up to `max` names nearest to `name` by edit distance into `names`; returns how many, 0: nothing is near. */
size_t scn_nearest(const char *name, const char *names[], size_t max);

/* Return the prediction points of a lesson and their number; 0 of them for a program that is not a lesson. */
const struct scn_point *scn_points(const struct scenario *scenario, size_t *n);

/* Return the notes for the teacher; "" where there are none. */
const char *scn_notes(const struct scenario *scenario);

/* The lesson's sources, embedded at build time. owns: returns static text; NULL if there is none. */
const char *scn_source_c(const struct scenario *scenario);
const char *scn_source_python(const struct scenario *scenario);

/* Return the embedded text of the source at `path` ("scenarios/semaphore.c", also with folders before it), NULL if it is none of
 * the lessons'. owns: returns static text. */
const char *scn_source_at(const char *path);

/* How a lesson is to be run. */
struct scn_run {
	struct scn_args args;
	const char *log;     /* file to record into. borrows */
	uint64_t ring_bytes; /* the most that it may grow to, 0: as far as it goes */
	unsigned clock;      /* 1 virtual, 2 paced, 3 real, as in the header of a recording */
	uint32_t speed_ppm;  /* paced: 1,000,000 is real time */
	bool hold;           /* wait at the gate before the first step */
	uint64_t seed;
	const char *
	        policy; /* "fifo", "lifo", "priority", "random[:SEED]", "manual"; NULL: the lesson's own, mostly fifo. borrows */
};

/* Run the lesson in this process, recording into run->log. Returns the exit status for the process that was
 * started for it: 0 well, 1 the run failed or deadlocked. One line on stderr if the recording fails; the run goes on without it. */
int scn_run(const struct scn_run *run);

#endif
