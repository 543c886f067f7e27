/* A prediction point: a moment at which the class is asked before it sees on, as plain data.
 *
 * A lesson lists its points in the order of time. Every wrong option names the belief behind it, so that whoever
 * counts the votes knows what to talk about. Where the right answer is a number or a name that the parameters
 * change, `truth` says what to look for in the recording; viz/classroom/answer.h looks for it, and a test holds
 * what stands here against every lesson's own recording.
 */
#ifndef GANTTOP_SCENARIOS_POINT_H
#define GANTTOP_SCENARIOS_POINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum scn_point_kind {
	SCN_CHOICE, /* pick one of the options */
	SCN_ORDER,  /* put the options into the order in which they happen */
	SCN_PAINT,  /* fill the next cells of a lane with states */
};

/* The beliefs behind wrong answers: constant, name, the sentence that its owner would say. */
#define SCN_BELIEFS(X)                                                                             \
	X(WAITING_WORKS, "waiting-works", "A task that waits is busy.")                            \
	X(PARALLEL, "parallel", "Tasks compute at the same time.")                                 \
	X(ASYNC_OVERLAPS, "async-overlaps", "What is async overlaps by itself.")                   \
	X(ADDS_UP, "adds-up", "Waits add up, also those that begin together.")                     \
	X(DIVIDES, "divides", "Several tasks share one wait among them, so it gets shorter.")      \
	X(STARTS_AT_ONCE, "starts-at-once", "A task begins to run when it is created.")            \
	X(STARTS_WHEN_AWAITED, "starts-when-awaited", "A task begins to run when it is awaited.")  \
	X(AWAIT_YIELDS, "await-yields", "Every await lets the others run.")                        \
	X(TEXT_ORDER, "text-order", "What stands first in the text happens first.")                \
	X(FINISH_ORDER, "finish-order", "Results come in the order in which the tasks end.")       \
	X(SMART_LOOP, "smart-loop", "The loop looks at what would be best, and does that.")        \
	X(NOBODY_WAITS, "nobody-waits", "Without an await in sight nobody waits for a task.")      \
	X(CHANCE, "chance", "In which order tasks run is left to chance.")                         \
	X(NEWCOMER, "newcomer", "Who asks while the thing is free goes before those who wait.")    \
	X(ATOMIC, "atomic", "What belongs together happens together, awaits or not.")              \
	X(ALWAYS_RACES, "always-races", "Shared data without a lock always goes wrong.")           \
	X(LOCK_IS_FREE, "lock-is-free", "A lock costs nothing.")                                   \
	X(RESCUE, "rescue", "Somebody notices a deadlock and resolves it.")                        \
	X(LIMIT_IS_RATE, "limit-is-rate",                                                          \
	  "A limit of how many at once is a limit of how many a "                                  \
	  "second.")                                                                               \
	X(WOKEN_HAS_IT, "woken-has-it", "Who is woken finds what it waited for.")                  \
	X(ALTERNATES, "alternates", "Producer and consumer take turns.")                           \
	X(BUFFER_SPEEDS, "buffer-speeds", "A larger buffer makes the whole faster.")               \
	X(SUM_OF_STAGES, "sum-of-stages", "A pipeline is as slow as all its stages together.")     \
	X(EMPTY_IS_DONE, "empty-is-done", "A queue that is empty has been dealt with.")            \
	X(PREEMPTS, "preempts", "What is important interrupts what is under way.")                 \
	X(CANCEL_IS_NOW, "cancel-is-now", "cancel() ends the task on the spot.")                   \
	X(CANCEL_SPREADS, "cancel-spreads", "When one fails, its siblings are cancelled.")         \
	X(CANCEL_STAYS, "cancel-stays", "When one fails, the others run on as if nothing were.")   \
	X(FINALLY_ALWAYS, "finally-always", "finally runs, whatever happens.")                     \
	X(LIMIT_IS_EXACT, "limit-is-exact", "After its limit a call is over.")                     \
	X(LIMIT_INTERRUPTS, "limit-interrupts", "A limit of time interrupts what is running.")     \
	X(LIMIT_RESTARTS, "limit-restarts", "A limit begins anew with every step.")                \
	X(LIMIT_ABANDONS, "limit-abandons", "After the limit the operation goes on unwatched.")    \
	X(SHIELD_CALLER, "shield-caller", "A shield protects the one who waits.")                  \
	X(SHIELD_ALL, "shield-all", "What is shielded cannot be cancelled by anybody.")            \
	X(LOOP_WAITS, "loop-waits", "The program stays until the last task has ended.")            \
	X(ERRORS_ARE_LOUD, "errors-are-loud", "An error of a task is seen at once.")               \
	X(ERROR_ESCAPES, "error-escapes",                                                          \
	  "An error leaves by the shortest way, past the cleanup.")                                \
	X(BLOCKING_IS_WAITING, "blocking-is-waiting", "Blocking and waiting are the same.")        \
	X(SLEEP_IS_EXACT, "sleep-is-exact", "A task that sleeps until a time runs at that time.")  \
	X(YIELD_STARVES, "yield-starves", "A task that is always ready starves the others.")       \
	X(THREAD_STOPS, "thread-stops", "A thread ends with the task that waits for it.")          \
	X(ONE_THREAD, "one-thread", "One thread can do one thing, so waits cannot overlap.")       \
	X(ENDLESS_POOL, "endless-pool", "There is a thread for every call.")                       \
	X(LATER, "later", "What was written down will run at some time.")                          \
	X(MISCOUNT, "miscount", "The right idea, and something left out of the sum.")

#define SCN_BELIEF_ENUM(constant, name, text) SCN_##constant,
enum scn_belief { SCN_NO_BELIEF, SCN_BELIEFS(SCN_BELIEF_ENUM) SCN_BELIEF_END };
#undef SCN_BELIEF_ENUM

/* Return the name of a belief ("starts-at-once"), or its sentence; "" for none. owns: returns static text. */
const char *scn_belief_name(enum scn_belief belief);
const char *scn_belief_text(enum scn_belief belief);

/* What decides which answer is right: constant, name, what it looks for in the recording. `of` is a member of the point. */
#define SCN_TRUTHS(X)                                                                              \
	X(DEFAULTS, "defaults", "as declared, and asked only with the default parameters")         \
	X(ALWAYS, "always", "as declared, with any parameters: it is a rule")                      \
	X(MAKESPAN, "makespan", "when the run ends: \"900 ms\"")                                   \
	X(END, "end", "when task `of` ends: \"900 ms\", \"never\"")                                \
	X(START, "start", "when task `of` first runs: \"100 ms\", \"never\"")                      \
	X(RESUME, "resume", "when task `of` runs next, after the moment: \"400 ms\", \"never\"")   \
	X(NEXT, "next", "the name of the task that runs next, after the moment")                   \
	X(WAKER, "waker", "the name of who makes task `of` ready next: a task, \"the loop\"")      \
	X(OUTCOME, "outcome",                                                                      \
	  "how task `of` ends: \"result\", \"error\", \"cancelled\", "                             \
	  "\"never\"")                                                                             \
	X(STATUS, "status", "how the run ends: \"finished\", \"deadlock\", \"failed\"")            \
	X(LOGGED, "logged",                                                                        \
	  "when the first line that contains `of` is logged, from the moment on")                  \
	X(COUNT, "count", "how many lines of the log contain `of`: \"8\"")                         \
	X(VAR, "var", "the last value of the shared variable `of`: \"3\"")                         \
	X(PEAK, "peak", "the highest level of the object `of`: \"8\"")                             \
	X(ORDER_LOG, "order-log", "an order: when a line with each option is first logged")        \
	X(ORDER_END, "order-end", "an order: when the tasks of these names end")                   \
	X(ORDER_START, "order-start", "an order: when the tasks of these names first run")         \
	X(CELLS, "cells", "the states of lane `of` in the cells from the moment on")

#define SCN_TRUTH_ENUM(constant, name, text) SCN_TRUTH_##constant,
enum scn_truth { SCN_TRUTHS(SCN_TRUTH_ENUM) SCN_TRUTH_END_ };
#undef SCN_TRUTH_ENUM

/* Return the name of a truth ("makespan"). owns: returns static text. */
const char *scn_truth_name(enum scn_truth truth);

#define SCN_OPTIONS_MAX 6u
#define SCN_CELLS_MAX   40u

struct scn_option {
	const char *text;       /* as it stands on the screen */
	enum scn_belief belief; /* of who picks it; SCN_NO_BELIEF for the right one */
	const char *because;    /* why it is wrong; NULL for the right one */
	/* what a computed answer must be for this option to be right, and what an order looks for; NULL: the option is right when
	 * its text contains the answer as a word, and an order looks for the text */
	const char *is;
};

struct scn_point {
	enum scn_point_kind kind;
	const char *
	        ask; /* this, `because` and the options may say {name}, {a+b}: values of parameters (scn_args_fill) */
	/* up to SCN_OPTIONS_MAX, then one without a text; a SCN_PAINT has none */
	struct scn_option options[SCN_OPTIONS_MAX + 1];
	unsigned right; /* SCN_CHOICE: index of the right option, with the defaults */
	uint8_t order[SCN_OPTIONS_MAX]; /* SCN_ORDER: indexes of the options, in the right order */
	const char *because;            /* shown with the answer */
	/* The moment. Nothing from t_ns on is shown; a time above 0 is that of the default parameters. With `moment`, it is the
	 * first mark of that name, or the first line of the log that contains it, and nothing behind that is shown. */
	uint64_t t_ns;
	const char *moment;
	enum scn_truth truth;
	const char *of;
	bool any; /* its words hold with any parameters, whose values stand where they say {name} */
	/* SCN_PAINT: a letter a cell, with the defaults: `#` running, `!` blocking, `r` ready, `.` waiting, `x` cancelled, `E` error,
	 * `|` done, a blank where the task is not there; the most important one where several are seen. */
	const char *cells;
	uint64_t cell_ns; /* SCN_PAINT: of one cell */
};

/* Return the number of options of a point. */
size_t scn_point_n_options(const struct scn_point *point);

#endif
