/* libganttop: asyncio for C. Tasks are stackful coroutines on one thread, their order is CPython
 * 3.11's, and every state transition can be recorded. A program of two tasks, which leaves a
 * recording behind that `ganttop view hello.gtt` shows, while it runs or after that:
 *
 *     #include <ganttop.h>
 *
 *     static int greet(void *arg)
 *     {
 *             int rc = gt_sleep(GT_MS(300)); // the other one runs meanwhile
 *             if (rc)
 *                     return rc; // cancelled: clean up, and end with the code
 *             gt_log("hello, %s", (char *)arg);
 *             return gt_return(42);
 *     }
 *
 *     static int body(void *arg)
 *     {
 *             struct gt_task *tasks[] = {gt_spawn(greet, "world", "first"),
 *                                        gt_spawn(greet, arg, "second")};
 *             return gt_gather(tasks, 2, NULL);
 *     }
 *
 *     int main(void)
 *     {
 *             struct gt_options options = GT_OPTIONS_INIT;
 *             options.clock = GT_CLOCK_REAL;
 *             options.log = "hello.gtt";
 *             return gt_run(&options, body, "reader") != 0;
 *     }
 *
 * What follows, in the order of asyncio's own pages: codes; running; tasks, what they end with,
 * errors; time; several tasks at once; limits and groups; locks, events, conditions, semaphores,
 * barriers; queues; threads; callbacks and futures; coroutine objects and generators; streams,
 * files, processes; release on every path; what the recording is told.
 *
 * Each comment says what a function does and then, as they apply: `owns:` who frees what
 * (borrows, copies, takes, returns), `errors:` its codes, `where:` it may be called and whether
 * it suspends the task, `source:` what of CPython it follows. docs/semantics.md has what
 * differs.
 *
 * The life of a handle
 *  1. What a create or spawn function returns belongs to the loop that it was made on, and dies
 *     with that loop at the latest: a program that releases nothing leaks nothing beyond its
 *     gt_run.
 *  2. A task handle counts references. gt_spawn returns one reference, which is yours; gt_release
 *     gives it back. A task that is not done holds one more, so releasing early ("fire and forget")
 *     is allowed.
 *  3. A handle is valid while you hold a reference, whether its task is done or not. What is
 *     borrowed (gt_self, gt_tasks, the tasks of a group) is not yours to give back: gt_release
 *     refuses it.
 *  4. Objects (semaphores, queues, futures) are destroyed with their destroy function, or by the
 *     loop. While tasks wait for one it is not destroyed: GT_EBUSY.
 *  5. Every function is called from inside gt_run, on the loop's own thread, unless its `where:`
 *     says more.
 *  6. A call that can suspend the task says so. It returns 0 or a negative code; once it returns
 *     GT_ECANCELED the task has been asked to end, and should clean up and return that code.
 *  7. A wrong handle is refused and not touched: NULL is GT_EHANDLE, another loop's GT_EOTHER, any
 *     on a thread without a loop GT_ENOLOOP. Calls that return no code return 0, false, NULL or "".
 *     gt_error names the call, the recording has a mark "misuse".
 *  8. A handle whose life has ended is GT_EHANDLE in a debug build of the library (compiled with
 *     GT_DEBUG defined, as `make FLAVOUR=debug` does), which also says so on standard error; in
 *     another build it must not be used.
 *
 * C11 and later, and C++11 and later (but for GT_RELEASE_AT_EXIT, in whose place C++ has destructors;
 * no exception may pass through a task's body).
 *
 * Times are unsigned nanoseconds: durations are written GT_MS(300), points in time count from
 * the start of the run. Codes of libuv pass through unchanged (UV_ENOENT, ...), they never
 * collide with ours.
 */
#ifndef GANTTOP_H
#define GANTTOP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GT_US(n)   ((uint64_t)(n)*1000u)
#define GT_MS(n)   ((uint64_t)(n)*1000000u)
#define GT_S(n)    ((uint64_t)(n)*1000000000u)
#define GT_FOREVER UINT64_MAX /* no limit of time */

#if defined __cplusplus
extern "C" {
#define GT_THREAD_LOCAL __thread
#else
#define GT_THREAD_LOCAL _Thread_local
#endif

#if defined __GNUC__
#define GT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define GT_MUST_CHECK          __attribute__((warn_unused_result))
#else
#define GT_PRINTF(text, first)
#define GT_MUST_CHECK
#endif

/* ---- Codes ----------------------------------------------------------------------------------- */

/* Every code: name, number, sentence, and the calls that return it. */
#define GT_CODES(X)                                                                                \
	X(ECANCELED, -9001, "cancelled", "every call that waits")                                  \
	X(ETIMEDOUT, -9002, "timed out", "gt_wait_for, gt_timeout_exit, gt_as_completed_next")     \
	X(EFAILED, -9003, "failed", "gt_raise, and every call that waits for another task")        \
	X(ENOMEM, -9004, "out of memory", "every call that creates or waits")                      \
	X(EDEADLOCK, -9005, "deadlock: nothing can ever run again", "gt_run")                      \
	X(ESELF, -9006, "a task cannot await itself", "gt_await")                                  \
	X(ESTATE, -9007, "not allowed in this state",                                              \
	  "gt_future_set, gt_result, gt_yield, gt_stream_read")                                    \
	X(EVALUE, -9008, "value out of range", "gt_queue_task_done, gt_sem_release, gt_run")       \
	X(EFULL, -9009, "the queue is full", "gt_queue_put_nowait")                                \
	X(EEMPTY, -9010, "the queue is empty", "gt_queue_get_nowait, gt_as_completed_next")        \
	X(ENOLOOP, -9011, "no loop runs here, or no task of it",                                   \
	  "every call outside gt_run, and those that wait in a callback or a thread's work")       \
	X(ELOOP, -9012, "a loop is already running on this thread", "gt_run")                      \
	X(ECLOCK, -9013, "needs the real clock", "gt_tcp_*, gt_fs_*, gt_process_spawn")            \
	X(ELOG, -9014, "cannot write the recording", "gt_run")                                     \
	X(ENOTHELD, -9015, "not held", "gt_lock_release, gt_cond_wait, gt_cond_notify")            \
	X(EBROKEN, -9016, "the barrier is broken", "gt_barrier_wait")                              \
	X(EGROUP, -9017, "tasks of the group failed", "gt_group_exit")                             \
	X(ESTOP, -9018, "the generator has ended", "gt_gen_next and its kin, gt_yield")            \
	X(EHANDLE, -9019, "not a handle, or one whose life has ended",                             \
	  "every call that is given NULL; in a debug build every call that is given a dead "       \
	  "handle")                                                                                \
	X(EOTHER, -9020, "it belongs to another loop", "every call that is given a handle")        \
	X(EBUSY, -9021, "tasks wait for it, or calls stand on it", "gt_lock_destroy and its kin")

#define GT_CODE_ENUM(name, number, sentence, calls) GT_##name = number,
enum gt_code { GT_OK = 0, GT_CODES(GT_CODE_ENUM) };
#undef GT_CODE_ENUM

/* Return the sentence of a code, ours or libuv's.
 * owns: returns a static string; that of an unknown code is overwritten by the thread's next
 * such call. where: any thread. */
const char *gt_strerror(int code);

/* ---- Running --------------------------------------------------------------------------------- */

/* The body of a task: returns 0, or the negative code that it ends with (gt_raise,
 * GT_ECANCELED). */
typedef int gt_body(void *arg);

/* The handles: a task, a future, what tasks share, and more below. What is in them is the
 * library's. */
struct gt_task;
struct gt_future;
struct gt_lock;
struct gt_event;
struct gt_cond;
struct gt_sem;
struct gt_barrier;
struct gt_queue;
struct gt_coro;

enum gt_clock {
	GT_CLOCK_VIRTUAL = 1, /* time jumps to the next event as soon as nothing is ready */
	GT_CLOCK_PACED = 2,   /* the virtual clock, held to wall time times a speed */
	GT_CLOCK_REAL = 3,    /* the monotonic clock, real threads, I/O */
};

/* The turns in the life of a run, at which gt_options.on_phase is called. */
enum gt_phase {
	GT_PHASE_SHUTDOWN =
	        1, /* main has ended; the tasks that are left are about to be cancelled */
	GT_PHASE_FINISHED = 2, /* nothing runs any more */
	GT_PHASE_DEADLOCK = 3, /* nothing can ever run again */
};

/* A parameter of the program, for the recording. */
struct gt_param {
	const char *name;
	const char *value;
};

/* What a run is given. All texts are borrowed until its end. */
struct gt_options {
	enum gt_clock clock;
	/* Of the paced clock: 1,000,000 is real time, 500,000 half of it; 1 to 1,000,000,000. */
	uint32_t speed_ppm;
	/* Under the paced and the real clock: wait for a viewer's leave before the first step. */
	bool hold;
	/* Of random policies and of lessons; recorded. */
	uint64_t seed;
	/* Who goes next: "fifo" (asyncio's, as is NULL), "lifo", "priority", "random",
	 * "random:SEED", "manual". */
	const char *policy;
	/* Threads of the pool under the virtual and paced clocks; 0 is 4. */
	uint32_t n_threads;
	/* The stack of every task, rounded up to pages; 0 is 64 KiB (256 KiB under sanitizers). */
	size_t stack_bytes;
	/* The file to record into, NULL: no recording. */
	const char *log;
	/* The run is over as soon as the tasks that main has left behind have ended, so that
	 * callbacks that are due in that very moment are not called: a program of the little
	 * language ends so. asyncio.run goes on for up to four turns, and so do we without this. */
	bool ends_at_once;
	/* Not 0: the recording never grows beyond so many bytes (at least 65,536): its oldest part
	 * goes, what is in force stays. */
	uint64_t ring_bytes;
	/* What stands above the picture: a title, the name of a lesson, the file that was run, a
	 * question. NULL: none. */
	const char *title;
	const char *lesson;
	const char *source;
	const char *question;
	/* Recorded in the first line. May be NULL. */
	const struct gt_param *params;
	size_t n_params;
	/* Called once when the recording has to be given up (disk full), with one sentence. May be
	 * NULL. */
	void (*on_log_error)(const char *sentence, void *arg);
	void *on_log_error_arg;
	/* Called on the loop's thread, outside of every task; handles are still valid. May be NULL. */
	void (*on_phase)(enum gt_phase phase, void *arg);
	void *on_phase_arg;
};
#if defined __cplusplus
#define GT_OPTIONS_INIT gt_options_init()
static inline gt_options gt_options_init()
{
	gt_options options = gt_options();
	options.clock = GT_CLOCK_VIRTUAL;
	options.speed_ppm = 1000000;
	return options;
}
#else
#define GT_OPTIONS_INIT                                                                            \
	{                                                                                          \
		.clock = GT_CLOCK_VIRTUAL, .speed_ppm = 1000000, .seed = 0,                        \
	}
#endif

/* Run `body(arg)` as the task "main" on a new loop, until it ends; then cancel the tasks that
 * are left, in the order of their creation, and run them to their end.
 * errors: the code that main ended with; GT_EDEADLOCK when nothing could ever run again (the
 * recording names the cycle); GT_ENOMEM; GT_ELOOP inside another gt_run on this thread;
 * GT_EVALUE for an unknown clock or policy; GT_ELOG when `log` cannot be created. where: any
 * thread, one loop a thread. source: asyncio.run (Lib/asyncio/runners.py). */
GT_MUST_CHECK int gt_run(const struct gt_options *options, gt_body *body, void *arg);

/* Return how many stacks of the loop have no guard page, so that an overflow of theirs is not
 * caught. 0 on Linux 6.13 and later; elsewhere guards are given out until 8,192 mappings are
 * spent on them, since a process may have 65,530. */
size_t gt_unguarded_stacks(void);

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* Start `body(arg)` as a new task; it takes its place at the end of the ready queue and first
 * runs when the caller next waits. `name`: printf-style, copied; NULL gives "Task-N", of which
 * main is the first. `arg` is borrowed until the task ends.
 * owns: returns a reference. errors: NULL when out of memory. where: does not suspend; also in
 * callbacks. source: asyncio.create_task. */
struct gt_task *gt_spawn(gt_body *body, void *arg, const char *name, ...) GT_PRINTF(3, 4);

/* Give a reference back. gt_release(NULL) does nothing. */
void gt_release(struct gt_task *task);

/* Take one more reference. owns: returns `task`. */
struct gt_task *gt_retain(struct gt_task *task);

/* Wait until `task` is done and return what it ended with; its value, if any, is stored in
 * `*value` (may be NULL). Awaiting a task that is done already does not suspend. If the waiting
 * task is cancelled meanwhile, the cancellation goes to `task`.
 * errors: GT_ECANCELED, GT_EFAILED with the task's error (gt_error), any code that the body
 * returned, GT_ESELF, GT_ESTATE once a task has awaited itself. where: suspends.
 * source: Future.__await__. */
GT_MUST_CHECK int gt_await_value(struct gt_task *task, intptr_t *value);

/* gt_await_value without the value. */
GT_MUST_CHECK int gt_await(struct gt_task *task);

/* gt_await, then gt_release: for a handle that is needed no longer. */
GT_MUST_CHECK int gt_join(struct gt_task *task);

/* Ask `task` to end: GT_ECANCELED is delivered where it waits, in the next iteration. Returns
 * whether the request was taken (false: the task was done, or it waits in a circle of tasks that
 * wait for each other; then gt_error tells).
 * source: Task.cancel. */
bool gt_cancel(struct gt_task *task);

/* Take one cancellation request of `task` back; returns how many are left.
 * source: Task.uncancel. */
unsigned gt_uncancel(struct gt_task *task);

/* Return the number of cancellation requests that have not been taken back.
 * source: Task.cancelling. */
unsigned gt_cancelling(const struct gt_task *task);

/* Return whether `task` has ended, however. source: Task.done. */
bool gt_is_done(const struct gt_task *task);

/* Return whether `task` has ended by being cancelled; false while it has not ended.
 * source: Task.cancelled. */
bool gt_is_cancelled(const struct gt_task *task);

/* Store what `task` has ended with, and return its code: gt_await_value for one that is done,
 * also in a callback. `value` may be NULL.
 * errors: GT_ESTATE while it has not ended; GT_ECANCELED, GT_EFAILED and its kin, as gt_await.
 * where: does not suspend. source: Task.result. */
int gt_result(struct gt_task *task, intptr_t *value);

/* Return the name of `task`. owns: borrows, valid as long as the handle. */
const char *gt_name(const struct gt_task *task);

/* Give `task` another name (copied), by which the recording calls it from here on.
 * errors: GT_ENOMEM. source: Task.set_name. */
int gt_set_name(struct gt_task *task, const char *name);

/* Return the small integer by which recordings call `task`. */
uint32_t gt_id(const struct gt_task *task);

/* Set the priority of `task` under the policy "priority": the highest goes first, equals in
 * turn; every task begins with 0. */
void gt_set_priority(struct gt_task *task, int priority);

/* Return the task that is running now, NULL in a callback. owns: borrows. */
struct gt_task *gt_self(void);

/* Store up to `max` tasks that are not done into `tasks`, in the order of their creation;
 * returns how many there are.
 * owns: borrows. source: asyncio.all_tasks. */
size_t gt_tasks(struct gt_task *tasks[], size_t max);

/* What is called at the end of a task. where: in the loop, of no task: it may not wait. */
typedef void gt_done_callback(struct gt_task *task, void *arg);

/* Call `fn(task, arg)` from the loop once `task` is done: in the iteration after its end, in one
 * line with the tasks that await it; in the next one when it is done already. `name` is shown in
 * the recording (copied).
 * errors: GT_ENOMEM. source: add_done_callback. */
int gt_add_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg, const char *name);

/* Take back every callback of `fn` with `arg` while `task` is not done; returns how many.
 * source: remove_done_callback. */
size_t gt_remove_done_callback(struct gt_task *task, gt_done_callback *fn, void *arg);

/* How the running task came back from its last wait. A call that did not suspend changes neither
 * member, so a call that did can be told from one that did not. */
struct gt_resumed {
	uint32_t n_times; /* how often it was resumed */
	int code;         /* what the wait ended with: 0, or the code that was thrown into it */
};

/* Return how the running task was resumed; zeros in a callback.
 * source: coro.send and coro.throw in Task.__step. */
struct gt_resumed gt_resumed(void);

/* ---- What a task ends with ------------------------------------------------------------------- */

/* Set the value that the running task will end with, a number or a pointer of yours. Returns 0,
 * so that a body can end with `return gt_return(42);`. */
int gt_return(intptr_t value);

/* Set a text as the value of the running task; the text is copied, gt_text returns it. Returns
 * 0.
 * errors: GT_ENOMEM. */
int gt_return_text(const char *format, ...) GT_PRINTF(1, 2);

/* Return the text that `task` ended with: its gt_return_text, or its gt_return in decimal; ""
 * before its end.
 * owns: borrows, valid as long as the handle. */
const char *gt_text(const struct gt_task *task);

/* ---- Errors ---------------------------------------------------------------------------------- */

/* Fail: note an error of that name and message for the running task, and return GT_EFAILED for
 * it to end with: `return gt_raise("OSError", "disk %d is full", n);`. name and message are
 * copied. */
int gt_raise(const char *name, const char *format, ...) GT_PRINTF(2, 3);

/* An error: a code, a name ("OSError"), a message, and causes: of a task group's error the
 * failures, of another one the error that it was raised from. Never changes. */
struct gt_error;

/* gt_raise because of another error: `return gt_raise_from(gt_error(), "ConfigError", "cannot
 * read %s", path);`. Following gt_error_cause(error, 0) leads to what went wrong first; the
 * recording says both.
 * owns: keeps a reference to `cause`, which may be NULL. source: raise ... from ...;
 * BaseException.__cause__. */
int gt_raise_from(const struct gt_error *cause, const char *name, const char *format, ...)
        GT_PRINTF(3, 4);

/* Return the error behind the last negative code that a call gave the running task; NULL when
 * there was none, or when that code is all there is to say: GT_ECANCELED, GT_ENOMEM, GT_ESTOP,
 * GT_EEMPTY of gt_as_completed_next, GT_ELOOP, and what a thread's work returned. A body that
 * ends with the code of an older error still ends with that error.
 * owns: borrows, until the task's next call that fails; retain it to keep it. */
const struct gt_error *gt_error(void);

/* Return the error that `task` failed with, NULL when it did not fail.
 * owns: borrows, valid as long as the handle. */
const struct gt_error *gt_task_error(const struct gt_task *task);

/* The parts of an error; 0, "" and NULL for NULL. */
int gt_error_code(const struct gt_error *error);
const char *gt_error_name(const struct gt_error *error);
const char *gt_error_message(const struct gt_error *error);
size_t gt_error_n_causes(const struct gt_error *error);
const struct gt_error *gt_error_cause(const struct gt_error *error, size_t index);

/* Keep an error, and give it back. owns: gt_error_retain returns a reference. */
const struct gt_error *gt_error_retain(const struct gt_error *error);
void gt_error_release(const struct gt_error *error);

/* Fail with an error that was kept: makes it the running task's and returns its code. */
int gt_reraise(const struct gt_error *error);

/* ---- Time ------------------------------------------------------------------------------------ */

/* Return the loop's time: ns since the start of the run. source: loop.time. */
uint64_t gt_now(void);

/* Wait for `ns`. gt_sleep(0) gives every other ready task one turn.
 * errors: GT_ECANCELED. where: suspends. source: asyncio.sleep. */
int gt_sleep(uint64_t ns);

/* Block the thread for `ns`, as a long computation or a blocking system call does: nothing else
 * runs on the loop. In the work of gt_thread it blocks that pool thread only. Under the virtual
 * clock time jumps; under the paced clock the thread really blocks.
 * where: a task, a callback, the work of a gt_thread. source: time.sleep. */
void gt_block(uint64_t ns);

/* ---- Several at once ------------------------------------------------------------------------- */

/* Wait for all of `tasks`; `values` (may be NULL) receives their values in the order of the
 * arguments. Nobody to wait for is no wait. The first failure is returned at once, and the other
 * tasks run on. If the caller is cancelled, all of them are. `tasks` is borrowed.
 * errors: GT_ECANCELED, GT_EFAILED or the first task's code, GT_ENOMEM. where: suspends.
 * source: asyncio.gather. */
GT_MUST_CHECK int gt_gather(struct gt_task *const tasks[], size_t n_tasks, intptr_t values[]);

/* What one task of several ended with: a code, and its value when the code is 0. */
struct gt_outcome {
	int code;
	intptr_t value;
	const struct gt_error
	        *error; /* when code says so. owns: borrows, as long as the task's handle */
};

/* Wait for all of `tasks` whatever they end with; `outcomes[i]` tells of `tasks[i]`.
 * errors: GT_ECANCELED, GT_ENOMEM. where: suspends.
 * source: asyncio.gather(return_exceptions=True). */
GT_MUST_CHECK int gt_gather_all(struct gt_task *const tasks[], size_t n_tasks,
                                struct gt_outcome outcomes[]);

enum gt_when { GT_FIRST_COMPLETED, GT_FIRST_EXCEPTION, GT_ALL_COMPLETED };

/* Wait until one, one with an error, or all of `tasks` are done, at most `ns` (GT_FOREVER: no
 * limit). Nobody is cancelled; ask each with gt_is_done. One that stands there twice counts
 * once.
 * errors: GT_ECANCELED, GT_ENOMEM, GT_EVALUE for no tasks. where: suspends.
 * source: asyncio.wait. */
GT_MUST_CHECK int gt_wait(struct gt_task *const tasks[], size_t n_tasks, enum gt_when when,
                          uint64_t ns);

/* Give out `tasks` as they end; one that stands there twice is given out once.
 * gt_as_completed_within does so for `ns` and no longer.
 * owns: returns; gt_as_completed_end frees, the loop at the latest. errors: NULL when out of
 * memory. where: does not suspend. source: asyncio.as_completed. */
struct gt_completion;
struct gt_completion *gt_as_completed(struct gt_task *const tasks[], size_t n_tasks);
struct gt_completion *gt_as_completed_within(struct gt_task *const tasks[], size_t n_tasks,
                                             uint64_t ns);

/* Store the next task that is done in `*task`, waiting for one if there is none. Nobody is
 * cancelled.
 * owns: borrows. errors: GT_EEMPTY after the last one; GT_ETIMEDOUT, once for each task that has
 * not been given out when the limit has passed; GT_ECANCELED; GT_ESTATE while another task waits
 * here. where: suspends if none is done. */
GT_MUST_CHECK int gt_as_completed_next(struct gt_completion *completion, struct gt_task **task);

/* Look no further; gt_as_completed_end(NULL) does nothing. */
void gt_as_completed_end(struct gt_completion *completion);

/* Wait for `task` at most `ns` (GT_FOREVER: no limit); then cancel it, wait until it has really
 * ended, and return GT_ETIMEDOUT. A task that ends with a value all the same gives its value. If
 * the caller is cancelled, `task` is too.
 * errors: GT_ETIMEDOUT, GT_ECANCELED, what the task ended with. where: suspends.
 * source: asyncio.wait_for of 3.11. */
GT_MUST_CHECK int gt_wait_for(struct gt_task *task, uint64_t ns, intptr_t *value);

/* Wait for `task`; when the caller is cancelled, the caller gets GT_ECANCELED and the task goes
 * on.
 * errors: as gt_await. where: suspends. source: asyncio.shield. */
GT_MUST_CHECK int gt_shield(struct gt_task *task, intptr_t *value);

/* ---- Limits of time, groups ------------------------------------------------------------------ */

/* A limit of time around a stretch of code:
 *
 *     struct gt_timeout *limit = gt_timeout_enter(GT_MS(100));
 *     int rc = work();
 *     rc = gt_timeout_exit(limit, rc);     -- GT_ETIMEDOUT if the limit cut it short
 *
 * When the limit is over, the task is cancelled once; leaving the scope turns that cancellation,
 * and no other, into GT_ETIMEDOUT. GT_FOREVER is no limit.
 * owns: enter returns, exit frees. errors: NULL when out of memory, and exit(NULL, rc) returns
 * GT_ENOMEM. source: asyncio.timeout. */
struct gt_timeout;
struct gt_timeout *gt_timeout_enter(uint64_t ns);
GT_MUST_CHECK int gt_timeout_exit(struct gt_timeout *timeout, int rc);

/* Move the limit to `t_ns`, a time of gt_now, or GT_FOREVER.
 * errors: GT_ESTATE when it is over already. source: Timeout.reschedule. */
int gt_timeout_reschedule(struct gt_timeout *timeout, uint64_t t_ns);

/* gt_timeout_enter with a time of gt_now for its end. One that is past is over in the next turn.
 * source: asyncio.timeout_at. */
struct gt_timeout *gt_timeout_enter_at(uint64_t t_ns);

/* Return the time at which the limit is over, GT_FOREVER for none. source: Timeout.when. */
uint64_t gt_timeout_when(const struct gt_timeout *timeout);

/* Return whether the limit is over. Inside the scope it says so before exit does.
 * source: Timeout.expired. */
bool gt_timeout_is_expired(const struct gt_timeout *timeout);

/* A group of tasks that end together:
 *
 *     struct gt_group *group = gt_group_enter();
 *     gt_group_spawn(group, work, arg, "work");
 *     int rc = gt_group_exit(group, 0);    -- waits for all of them
 *
 * When a task of the group fails, or the code in the scope does (exit with its code), the others
 * are cancelled. Exit returns 0, GT_ECANCELED, or GT_EGROUP with an error whose causes are the
 * failures.
 * owns: enter returns, exit frees; gt_group_spawn's handle is borrowed, valid until exit.
 * errors: NULL when out of memory; gt_group_spawn also when the group is ending (gt_error
 * tells). where: exit suspends. source: asyncio.TaskGroup. */
struct gt_group;
struct gt_group *gt_group_enter(void);
struct gt_task *gt_group_spawn(struct gt_group *group, gt_body *body, void *arg, const char *name,
                               ...) GT_PRINTF(4, 5);
GT_MUST_CHECK int gt_group_exit(struct gt_group *group, int rc);

/* ---- Lock ------------------------------------------------------------------------------------ */

/* Create a lock. Not re-entrant: a task that takes it twice waits for itself. `name` is copied.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: asyncio.Lock. */
struct gt_lock *gt_lock_create(const char *name);

/* Free it before the loop does.
 * errors: GT_EBUSY while tasks wait for it. NULL is let be. The same holds of every destroy
 * function below. */
int gt_lock_destroy(struct gt_lock *lock);

/* Take the lock, first come, first served.
 * errors: GT_ECANCELED (not held then). where: suspends if it is taken. source: Lock.acquire. */
GT_MUST_CHECK int gt_lock_acquire(struct gt_lock *lock);

/* Open the lock and wake the first in line. Any task may do that.
 * errors: GT_ENOTHELD. source: Lock.release. */
int gt_lock_release(struct gt_lock *lock);

/* Return whether somebody has it. source: Lock.locked. */
bool gt_lock_is_locked(const struct gt_lock *lock);

/* ---- Event ----------------------------------------------------------------------------------- */

/* Create an event that is not set.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: asyncio.Event. */
struct gt_event *gt_event_create(const char *name);
int gt_event_destroy(struct gt_event *event);

/* Set it: everybody who waits goes on, also when it is cleared at once. Returns 0, also when it
 * is set.
 * source: Event.set. */
int gt_event_set(struct gt_event *event);

/* Clear it: who comes from here on waits. Returns 0, also when it is not set.
 * source: Event.clear. */
int gt_event_clear(struct gt_event *event);

/* Return whether it is set. source: Event.is_set. */
bool gt_event_is_set(const struct gt_event *event);

/* Wait until it is set.
 * errors: GT_ECANCELED. where: suspends if it is not set. source: Event.wait. */
GT_MUST_CHECK int gt_event_wait(struct gt_event *event);

/* ---- Condition ------------------------------------------------------------------------------- */

/* Create a condition with a lock of its own.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: asyncio.Condition. */
struct gt_cond *gt_cond_create(const char *name);

/* The same on a lock that others have too: several conditions may share one. It is taken and
 * given back by either's functions, and destroyed after the conditions.
 * source: asyncio.Condition(lock). */
struct gt_cond *gt_cond_create_on(struct gt_lock *lock, const char *name);
int gt_cond_destroy(struct gt_cond *cond);

/* Take its lock, and give it back.
 * errors, where: as gt_lock_acquire, gt_lock_release. source: Condition.acquire, .release. */
GT_MUST_CHECK int gt_cond_acquire(struct gt_cond *cond);
int gt_cond_release(struct gt_cond *cond);

/* Give the lock up, wait to be notified, take the lock again. Look at what you wait for again
 * after that.
 * errors: GT_ECANCELED (the lock is held all the same), GT_ENOTHELD. where: suspends.
 * source: Condition.wait. */
GT_MUST_CHECK int gt_cond_wait(struct gt_cond *cond);

/* gt_cond_wait until `predicate(arg)` says true; it is asked with the lock held, first at once.
 * errors, where: as gt_cond_wait. source: Condition.wait_for. */
typedef bool gt_predicate(void *arg);
GT_MUST_CHECK int gt_cond_wait_for(struct gt_cond *cond, gt_predicate *predicate, void *arg);

/* Let up to `n` waiters, or all, go on once the lock is free; those that were notified or
 * cancelled before do not count.
 * errors: GT_ENOTHELD. where: does not suspend. source: Condition.notify. */
int gt_cond_notify(struct gt_cond *cond, size_t n);
int gt_cond_notify_all(struct gt_cond *cond);

/* Return whether somebody has its lock. source: Condition.locked. */
bool gt_cond_is_locked(const struct gt_cond *cond);

/* ---- Semaphore ------------------------------------------------------------------------------- */

/* Create a semaphore of `permits` permits. `name` is copied.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: asyncio.Semaphore. */
struct gt_sem *gt_sem_create(const char *name, unsigned permits);
int gt_sem_destroy(struct gt_sem *sem);

/* Take a permit, waiting in line for one.
 * errors: GT_ECANCELED (no permit is held then). where: suspends only if there is none.
 * source: Semaphore.acquire. */
GT_MUST_CHECK int gt_sem_acquire(struct gt_sem *sem);

/* Give a permit back and wake the first in line.
 * errors: GT_EVALUE when a bounded semaphore would get more than it began with.
 * source: Semaphore.release. */
int gt_sem_release(struct gt_sem *sem);

/* Create a bounded semaphore: releasing more often than acquiring is an error.
 * source: asyncio.BoundedSemaphore. */
struct gt_sem *gt_bsem_create(const char *name, unsigned permits);

/* Return how many permits are left. Those that were given to a task that has not run since are
 * gone already. */
unsigned gt_sem_value(const struct gt_sem *sem);

/* Return whether acquiring would wait: there is no permit, or somebody else is in line for one.
 * source: Semaphore.locked. */
bool gt_sem_is_locked(const struct gt_sem *sem);

/* ---- Barrier --------------------------------------------------------------------------------- */

/* Create a barrier for `parties` tasks, at least one.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory or for no
 * parties. source: asyncio.Barrier. */
struct gt_barrier *gt_barrier_create(const char *name, size_t parties);
int gt_barrier_destroy(struct gt_barrier *barrier);

/* Wait for the others; `*position` (may be NULL): in which place one came, from 0. One that is
 * cancelled leaves its place to another.
 * errors: GT_ECANCELED, GT_EBROKEN. where: suspends, unless it is the last of the parties and
 * the barrier's lock is free. source: Barrier.wait. */
GT_MUST_CHECK int gt_barrier_wait(struct gt_barrier *barrier, size_t *position);

/* Break the barrier until it is reset, or empty it: those who wait get GT_EBROKEN, and of a
 * broken one those who come.
 * errors: GT_ECANCELED. where: suspends if another task has the barrier's lock.
 * source: Barrier.abort, Barrier.reset. */
GT_MUST_CHECK int gt_barrier_abort(struct gt_barrier *barrier);
GT_MUST_CHECK int gt_barrier_reset(struct gt_barrier *barrier);

/* Return for how many tasks it is; how many wait until all are there; whether it is broken.
 * source: Barrier.parties, .n_waiting, .broken. */
size_t gt_barrier_parties(const struct gt_barrier *barrier);
size_t gt_barrier_n_waiting(const struct gt_barrier *barrier);
bool gt_barrier_is_broken(const struct gt_barrier *barrier);

/* ---- Queues ---------------------------------------------------------------------------------- */

/* Create a FIFO queue of numbers or pointers. `capacity` 0 is unbounded. `name` is copied.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: asyncio.Queue. */
struct gt_queue *gt_queue_create(const char *name, size_t capacity);
int gt_queue_destroy(struct gt_queue *queue);

/* The same, giving out the newest item first, or the smallest.
 * source: asyncio.LifoQueue, asyncio.PriorityQueue. */
struct gt_queue *gt_lifo_create(const char *name, size_t capacity);
struct gt_queue *gt_prio_create(const char *name, size_t capacity);

/* Put an item in, waiting while the queue is full.
 * errors: GT_ECANCELED, GT_ENOMEM (the item is not in then). where: suspends only if full.
 * source: Queue.put. */
GT_MUST_CHECK int gt_queue_put(struct gt_queue *queue, intptr_t item);

/* Take the next item out, waiting while there is none.
 * errors: GT_ECANCELED. where: suspends only if empty. source: Queue.get. */
GT_MUST_CHECK int gt_queue_get(struct gt_queue *queue, intptr_t *item);

/* The same without waiting.
 * errors: GT_EFULL, GT_EEMPTY, GT_ENOMEM. where: does not suspend; also in callbacks.
 * source: put_nowait, get_nowait. */
GT_MUST_CHECK int gt_queue_put_nowait(struct gt_queue *queue, intptr_t item);
GT_MUST_CHECK int gt_queue_get_nowait(struct gt_queue *queue, intptr_t *item);

/* Say that an item that was taken out has been dealt with.
 * errors: GT_EVALUE when said more often than items were put in. source: Queue.task_done. */
int gt_queue_task_done(struct gt_queue *queue);

/* Wait until every item that was put in has been dealt with.
 * errors: GT_ECANCELED. where: suspends if there are any. source: Queue.join. */
GT_MUST_CHECK int gt_queue_join(struct gt_queue *queue);

/* Return how many items are in the queue. source: Queue.qsize. */
size_t gt_queue_size(const struct gt_queue *queue);

/* Return how many it takes, 0 for any number; whether there is none; whether there is no room.
 * source: Queue.maxsize, .empty, .full. */
size_t gt_queue_capacity(const struct gt_queue *queue);
bool gt_queue_is_empty(const struct gt_queue *queue);
bool gt_queue_is_full(const struct gt_queue *queue);

/* ---- Threads --------------------------------------------------------------------------------- */

/* Run `work(arg)` on a thread of the pool and wait for it. Under the real clock that is a thread
 * of libuv's pool; under the other clocks a simulated one, exact to the nanosecond, in which
 * only gt_block takes time. Cancelling the waiting task ends the wait; the thread goes on. What
 * `work` touches must be safe to share with another thread; it may call gt_block, gt_now and the
 * gt_thread_lock_* and nothing else of this header. `name` is shown on the worker's lane
 * (copied).
 * errors: what `work` returned; GT_ECANCELED; GT_ENOMEM. where: suspends.
 * source: asyncio.to_thread. */
GT_MUST_CHECK int gt_thread(gt_body *work, void *arg, const char *name);

/* A lock for the work of threads, which a task cannot take: it would stop the loop. First come,
 * first served: releasing hands it to the first in line, so threads that release it and take it
 * again take turns. `name` is copied.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory. where: on the
 * loop. source: threading.Lock, which promises no order. */
struct gt_thread_lock;
struct gt_thread_lock *gt_thread_lock_create(const char *name);
int gt_thread_lock_destroy(struct gt_thread_lock *lock);

/* Take it, blocking the thread while another one has it; give it back.
 * errors: GT_ESELF when this thread has it already; GT_ENOTHELD when it has not; GT_ESTATE on
 * the loop. where: the work of a gt_thread. */
GT_MUST_CHECK int gt_thread_lock_acquire(struct gt_thread_lock *lock);
int gt_thread_lock_release(struct gt_thread_lock *lock);

/* ---- Callbacks ------------------------------------------------------------------------------- */

/* What the loop is asked to call.
 * where: in the loop, of no task: it may not wait, and gt_self is NULL. */
typedef void gt_callback(void *arg);
struct gt_timer; /* a callback that is due later; dies when it has run or was cancelled */

/* Call `fn(arg)` from the loop in its next iteration. `name` is shown in the recording (copied).
 * errors: GT_ENOMEM. source: loop.call_soon. */
int gt_call_soon(gt_callback *fn, void *arg, const char *name);

/* Call `fn(arg)` from the loop after `ns`, or at time `t_ns` (one that is past: in the next
 * iteration). Those of one deadline are called in the order of their creation.
 * owns: returns a timer that is valid until it has run. errors: NULL when out of memory.
 * source: loop.call_later, loop.call_at. */
struct gt_timer *gt_call_later(uint64_t ns, gt_callback *fn, void *arg, const char *name);
struct gt_timer *gt_call_at(uint64_t t_ns, gt_callback *fn, void *arg, const char *name);

/* gt_call_soon for a call that may be taken back: gt_timer_cancel does that until it has run.
 * owns, errors: as gt_call_later. source: the Handle of loop.call_soon. */
struct gt_timer *gt_call_soon_timer(gt_callback *fn, void *arg, const char *name);

/* Return the time at which it is due; of gt_call_soon_timer 0. source: TimerHandle.when. */
uint64_t gt_timer_when(const struct gt_timer *timer);

/* Cancel a timer that has not run; in its own callback, and for NULL, nothing happens.
 * source: TimerHandle.cancel. */
void gt_timer_cancel(struct gt_timer *timer);

/* ---- Futures --------------------------------------------------------------------------------- */

/* Create a future: a result that somebody will set. `name` is copied.
 * owns: returns; the loop frees it at the latest. errors: NULL when out of memory.
 * source: loop.create_future. */
struct gt_future *gt_future_create(const char *name);

/* Free it before the loop does. errors: GT_EBUSY while tasks wait for it or a call stands on it. */
int gt_future_destroy(struct gt_future *future);

/* Set the result; wakes the waiters in the next iteration.
 * errors: GT_ESTATE when it is done already. source: Future.set_result. */
int gt_future_set(struct gt_future *future, intptr_t value);

/* Let the future fail with an error of that name and message (copied); wakes as gt_future_set
 * does.
 * errors: GT_ESTATE. source: Future.set_exception. */
int gt_future_fail(struct gt_future *future, const char *name, const char *message);

/* Cancel the future: who waits for it gets GT_ECANCELED, as if it had been asked to end itself.
 * Returns false when it is done already.
 * source: Future.cancel. */
bool gt_future_cancel(struct gt_future *future);

/* Wait for the future's result; `value` may be NULL. A waiting task that is cancelled cancels
 * the future, and so all who wait for it.
 * errors: GT_ECANCELED, GT_EFAILED. where: suspends. source: Future.__await__. */
GT_MUST_CHECK int gt_future_await(struct gt_future *future, intptr_t *value);

/* Return whether it is settled, however; whether it was cancelled; and the error that it failed
 * with, NULL for none. Asking for the error counts as having seen it.
 * owns: borrows, as long as the future. source: Future.done, Future.cancelled, Future.exception. */
bool gt_future_is_done(const struct gt_future *future);
bool gt_future_is_cancelled(const struct gt_future *future);
const struct gt_error *gt_future_error(struct gt_future *future);

/* gt_result of a future.
 * errors: GT_ESTATE while it is not settled; as gt_future_await. where: does not suspend.
 * source: Future.result. */
int gt_future_result(struct gt_future *future, intptr_t *value);

/* Call `fn(future, arg)` from the loop once it is settled, in the turn in which those who wait
 * for it go on; take back every such call that is not on its way, and return how many. `name` is
 * shown in the recording (copied). The future is not destroyed while a call is to come:
 * GT_EBUSY.
 * errors: GT_ENOMEM. source: Future.add_done_callback, Future.remove_done_callback. */
typedef void gt_future_callback(struct gt_future *future, void *arg);
int gt_future_add_done_callback(struct gt_future *future, gt_future_callback *fn, void *arg,
                                const char *name);
size_t gt_future_remove_done_callback(struct gt_future *future, gt_future_callback *fn, void *arg);

/* Return the future that a task is: what a gt_future_* takes, alone or among futures. It can be
 * cancelled and not set, and dies with the task.
 * owns: borrows. source: class Task(Future). */
struct gt_future *gt_task_future(struct gt_task *task);

/* The same for futures, and with gt_task_future for tasks and futures mixed. A future that is
 * waited for is not destroyed: GT_EBUSY. It is cancelled as a task is: at once, and with all who
 * wait for it. gt_future_as_completed takes GT_FOREVER for no limit, and what it returns is
 * asked by gt_future_as_completed_next alone.
 * errors, where, source: as those for tasks. */
GT_MUST_CHECK int gt_future_gather(struct gt_future *const futures[], size_t n_futures,
                                   intptr_t values[]);
GT_MUST_CHECK int gt_future_gather_all(struct gt_future *const futures[], size_t n_futures,
                                       struct gt_outcome outcomes[]);
GT_MUST_CHECK int gt_future_wait(struct gt_future *const futures[], size_t n_futures,
                                 enum gt_when when, uint64_t ns);
GT_MUST_CHECK int gt_future_wait_for(struct gt_future *future, uint64_t ns, intptr_t *value);
GT_MUST_CHECK int gt_future_shield(struct gt_future *future, intptr_t *value);
struct gt_completion *gt_future_as_completed(struct gt_future *const futures[], size_t n_futures,
                                             uint64_t ns);
GT_MUST_CHECK int gt_future_as_completed_next(struct gt_completion *completion,
                                              struct gt_future **future);

/* ---- Coroutine objects ----------------------------------------------------------------------- */

/* Write a call down without making it: a body that is to be awaited, or spawned, later. `name`
 * is copied. One that is never awaited never runs, and the recording says so when it is dropped,
 * at the end of the loop at the latest.
 * owns: returns; gt_coro_await, gt_coro_spawn and gt_coro_drop take it. errors: NULL when out of
 * memory. source: a coroutine object that was not awaited yet. */
struct gt_coro *gt_coro(gt_body *body, void *arg, const char *name);

/* Run the body as a part of the running task, and return what it returns.
 * owns: takes `coro`. where: suspends if the body does. */
GT_MUST_CHECK int gt_coro_await(struct gt_coro *coro);

/* Make it a task.
 * owns: returns a reference, takes `coro`. errors: NULL when out of memory. where: does not
 * suspend. source: create_task. */
struct gt_task *gt_coro_spawn(struct gt_coro *coro);

/* Let go of it: the body never runs, and the recording says so. gt_coro_drop(NULL) does nothing.
 * owns: takes. */
void gt_coro_drop(struct gt_coro *coro);

/* ---- Generators ------------------------------------------------------------------------------ */

/* The body of a generator: gives values out with gt_yield, and returns 0 or a negative code. */
struct gt_gen;
typedef int gt_gen_body(struct gt_gen *gen, void *arg);

/* Create an asynchronous generator; its body first runs when the first value is asked for.
 * Values are asked for like this:
 *
 *     struct gt_gen *gen = gt_gen_create(numbers, NULL, "numbers");
 *     intptr_t value;
 *     int rc;
 *     while (!(rc = gt_gen_next(gen, &value)))
 *             use(value);
 *     gt_gen_release(gen);                 -- rc is GT_ESTOP after the last value
 *
 * owns: returns. errors: NULL when out of memory. source: PEP 525. */
struct gt_gen *gt_gen_create(gt_gen_body *body, void *arg, const char *name);

/* Ask for the next value: the body runs as a part of the running task, and what it waits for
 * suspends the task.
 * errors: GT_ESTOP after the end, the body's own code, GT_ECANCELED, GT_ESTATE when it is
 * running already, GT_ENOMEM. where: suspends if the body does. */
GT_MUST_CHECK int gt_gen_next(struct gt_gen *gen, intptr_t *value);

/* Ask for the next value, and let the gt_yield_sent that the body stands in give `sent`.
 * errors, where: as gt_gen_next, and GT_ESTATE for a generator that has not begun.
 * source: asend. */
GT_MUST_CHECK int gt_gen_send(struct gt_gen *gen, intptr_t sent, intptr_t *value);

/* Ask for the next value, and let the gt_yield that the body stands in return `code`, with the
 * gt_error of the caller behind it, as in `gt_gen_throw(gen, gt_raise("OSError", "gone"),
 * &value)`. One that has not begun ends with the code.
 * errors, where: as gt_gen_next; GT_EVALUE for a code that is not negative. source: athrow. */
GT_MUST_CHECK int gt_gen_throw(struct gt_gen *gen, int code, intptr_t *value);

/* In a generator's body: give `value` out, and stand here until the next one is asked for.
 * errors: GT_ESTOP: the generator is to end; clean up and return that code (a generator that
 * yields all the same fails); GT_ESTATE anywhere else. where: the thread goes back to whoever
 * asked, so to the loop it does not suspend. */
GT_MUST_CHECK int gt_yield(struct gt_gen *gen, intptr_t value);

/* gt_yield, and store what comes in with gt_gen_send, 0 without one. */
GT_MUST_CHECK int gt_yield_sent(struct gt_gen *gen, intptr_t value, intptr_t *sent);

/* End the generator where it stands, and wait for its cleaning up; one that has not begun never
 * does, one that has ended is let be.
 * errors: the body's code; GT_ESTATE while it runs, or when it yields instead of ending.
 * where: suspends if the cleaning up does. source: aclose. */
GT_MUST_CHECK int gt_gen_close(struct gt_gen *gen);

/* Let go of a generator. One that has not ended is closed by a task of its own, later, as
 * asyncio does when the last reference is dropped.
 * errors: GT_ENOMEM. */
int gt_gen_release(struct gt_gen *gen);

/* ---- Streams, files, processes --------------------------------------------------------------- */

/* All of this needs the real clock: under another one these calls return GT_ECLOCK. Codes are
 * those of libuv (UV_ECONNREFUSED, UV_ENOENT: -errno), the names of the errors are Python's
 * ("ConnectionRefusedError"). A call that is cancelled leaves at once and may be followed by
 * another one. What is still open when the loop ends is closed. A stream or listener may be
 * closed while tasks wait in it: they get UV_ECANCELED. A program that uses streams gets errors
 * instead of SIGPIPE. */
struct gt_file;
struct gt_listener;
struct gt_process;
struct gt_stream;

/* Listen on `host` (NULL: every interface), `port` (0: any that is free). `name` is copied,
 * NULL: "stream-N".
 * owns: returns; gt_listener_close, or the loop at the latest. errors: UV_EADDRINUSE and its
 * kin, GT_ECLOCK, GT_ENOMEM, GT_ECANCELED. where: suspends if `host` is a name and not a number.
 * source: asyncio.start_server. */
GT_MUST_CHECK int gt_tcp_listen(const char *name, const char *host, uint16_t port,
                                struct gt_listener **listener);
uint16_t gt_listener_port(const struct gt_listener *listener);
void gt_listener_close(struct gt_listener *listener);

/* Wait for the next connection; several tasks may, the first in line gets it. Spawn a task for
 * each to serve many at once.
 * owns: returns; gt_stream_close, or the loop at the latest. errors: GT_ECANCELED, GT_ENOMEM,
 * UV_ECANCELED, UV_EMFILE. where: suspends if nobody has knocked. source: loop.sock_accept; the
 * callback of asyncio.start_server. */
GT_MUST_CHECK int gt_tcp_accept(struct gt_listener *listener, const char *name,
                                struct gt_stream **stream);

/* Connect to the first address of `host` that answers.
 * owns: returns, as gt_tcp_accept. errors: GT_ECANCELED, UV_ECONNREFUSED, UV_EAI_NONAME and
 * their kin, GT_ECLOCK, GT_ENOMEM. where: suspends. source: asyncio.open_connection. */
GT_MUST_CHECK int gt_tcp_connect(const char *name, const char *host, uint16_t port,
                                 struct gt_stream **stream);

/* Read what is there, from 1 to `max` bytes; `*n` is 0 at the end of the stream. One task at a
 * time.
 * errors: GT_ECANCELED (nothing is lost), GT_ESTATE, GT_ENOMEM, UV_ECONNRESET and its kin.
 * where: suspends if nothing has arrived. source: StreamReader.read. */
GT_MUST_CHECK int gt_stream_read(struct gt_stream *stream, void *buffer, size_t max, size_t *n);

/* Read `n` bytes.
 * errors: as gt_stream_read, and UV_EOF when the stream ends before (what there was of it is
 * gone). source: StreamReader.readexactly. */
GT_MUST_CHECK int gt_stream_read_exactly(struct gt_stream *stream, void *buffer, size_t n);

/* Read a line with its newline into `line`, which has room for `bytes` with the NUL; `*n` (may
 * be NULL): its length, 0 at the end of the stream. The last line may lack a newline.
 * errors: as gt_stream_read, and GT_EVALUE for a line that has no room (what has arrived of it
 * is gone). source: StreamReader.readline. */
GT_MUST_CHECK int gt_stream_read_line(struct gt_stream *stream, char *line, size_t bytes,
                                      size_t *n);

/* Write `n` bytes, and wait until the system has taken them all: who sends faster than the other
 * side reads waits here.
 * errors: GT_ECANCELED (they are sent all the same), GT_ENOMEM, UV_EPIPE, UV_ECONNRESET and
 * their kin. where: suspends if the system does not take them at once.
 * source: StreamWriter.write, then drain. */
GT_MUST_CHECK int gt_stream_write(struct gt_stream *stream, const void *data, size_t n);

/* Say that nothing more will be written; reading goes on.
 * errors: as gt_stream_write. where: suspends. source: write_eof. */
GT_MUST_CHECK int gt_stream_shutdown(struct gt_stream *stream);

/* Close a stream, which may not be used after that. gt_stream_close(NULL) does nothing.
 * source: StreamWriter.close. */
void gt_stream_close(struct gt_stream *stream);

/* Open a file; `flags` and `mode` are those of open(2). It is done on a thread of the pool, as
 * everything that follows, and the worker's lane shows it. A call that is cancelled leaves its
 * thread to finish, or not to begin; the memory is its own.
 * owns: returns; gt_fs_close, or the loop at the latest. errors: GT_ECANCELED, GT_ECLOCK,
 * GT_ENOMEM, UV_ENOENT and its kin. where: suspends. source: open in asyncio.to_thread. */
GT_MUST_CHECK int gt_fs_open(const char *path, int flags, unsigned mode, struct gt_file **file);

/* Read up to `max` bytes, `*n` is 0 at the end; write all `n` bytes.
 * errors, where: as gt_fs_open. */
GT_MUST_CHECK int gt_fs_read(struct gt_file *file, void *buffer, size_t max, size_t *n);
GT_MUST_CHECK int gt_fs_write(struct gt_file *file, const void *data, size_t n);

/* Close the file, which may not be used after that, whatever this returns.
 * errors, where: as gt_fs_open. */
int gt_fs_close(struct gt_file *file);

/* Read a whole file.
 * owns: returns `*data`, to be given to free(), with a NUL behind its `*n` bytes. errors,
 * where: as gt_fs_open. source: pathlib.Path.read_bytes in asyncio.to_thread. */
GT_MUST_CHECK int gt_fs_read_file(const char *path, char **data, size_t *n);

/* Make a file of these bytes, in place of what it was.
 * errors, where: as gt_fs_open. source: pathlib.Path.write_bytes. */
GT_MUST_CHECK int gt_fs_write_file(const char *path, const void *data, size_t n);

struct gt_stat {
	uint64_t bytes;
	uint64_t modified_unix_ns; /* since 1970 */
	unsigned mode;             /* its permissions, as of chmod(1) */
	bool is_file, is_folder;
};

/* Tell what stands at `path`; remove a file; remove a folder that is empty.
 * errors, where: as gt_fs_open. */
GT_MUST_CHECK int gt_fs_stat(const char *path, struct gt_stat *found);
GT_MUST_CHECK int gt_fs_unlink(const char *path);
GT_MUST_CHECK int gt_fs_rmdir(const char *path);

/* Make a folder of a new name: `path` ends in "XXXXXX", which is overwritten.
 * errors, where: as gt_fs_open. source: tempfile.mkdtemp. */
GT_MUST_CHECK int gt_fs_mkdtemp(char *path);

/* What a process gets as its input, output, errors: ours, nothing, or a pipe whose other end is
 * a stream. */
enum gt_stdio { GT_STDIO_INHERIT, GT_STDIO_NULL, GT_STDIO_PIPE };

struct gt_process_options {
	const char *name;        /* NULL: the file */
	const char *file;        /* looked up in PATH */
	const char *const *argv; /* with the name of the program as the first, NULL-ended */
	const char *const *env;  /* "NAME=value", NULL-ended; NULL: ours */
	const char *folder;      /* to run in; NULL: ours */
	enum gt_stdio input, output, errors;
};

/* Start a process.
 * owns: borrows the options; returns a process, gt_process_close or the loop at the latest.
 * errors: UV_ENOENT, UV_EACCES and their kin, GT_ECLOCK, GT_ENOMEM. where: does not suspend.
 * source: asyncio.create_subprocess_exec. */
GT_MUST_CHECK int gt_process_spawn(const struct gt_process_options *options,
                                   struct gt_process **process);

/* The streams at our ends of its pipes, NULL where there is none.
 * owns: borrows until gt_stream_close, which is the caller's. */
struct gt_stream *gt_process_input(const struct gt_process *process);
struct gt_stream *gt_process_output(const struct gt_process *process);
struct gt_stream *gt_process_errors(const struct gt_process *process);

/* Return the number by which the system calls it. */
int gt_process_id(const struct gt_process *process);

/* Wait for its end; `*status` (may be NULL): its exit status, `*signal` (may be NULL): what
 * killed it, or 0.
 * errors: GT_ECANCELED, UV_ECANCELED. where: suspends while it runs. source: Process.wait. */
GT_MUST_CHECK int gt_process_wait(struct gt_process *process, int *status, int *signal);

/* Send it a signal (SIGTERM, ...).
 * errors: UV_ESRCH when it has ended. source: Process.send_signal. */
int gt_process_kill(struct gt_process *process, int signal);

/* Let go of a process; one that runs is killed. gt_process_close(NULL) does nothing.
 * source: SubprocessTransport.close. */
void gt_process_close(struct gt_process *process);

/* ---- Guaranteed release ---------------------------------------------------------------------- */

/* Give a thing back when the block that this stands in is left, on every path: at its end, by
 * return, break or goto. What `async with` is in Python:
 *
 *     int rc = gt_lock_acquire(lock);
 *     if (rc)
 *             return rc;
 *     GT_RELEASE_AT_EXIT(lock);            -- from here on, however this function ends
 *     ...
 *     return gt_stream_write(stream, text, n);
 *
 * A lock, semaphore or condition is released; so are a task's handle, a generator and a
 * completion; a stream, listener or process is closed. NULL is let be. Several in one block are
 * given back in reverse order. Needs gcc or clang, and C. */
struct gt_cleanup {
	void (*release)(void *thing);
	void *thing;
};
struct gt_cleanup gt_cleanup_lock(struct gt_lock *lock);
struct gt_cleanup gt_cleanup_sem(struct gt_sem *sem);
struct gt_cleanup gt_cleanup_cond(struct gt_cond *cond);
struct gt_cleanup gt_cleanup_task(struct gt_task *task);
struct gt_cleanup gt_cleanup_gen(struct gt_gen *gen);
struct gt_cleanup gt_cleanup_completion(struct gt_completion *completion);
struct gt_cleanup gt_cleanup_listener(struct gt_listener *listener);
struct gt_cleanup gt_cleanup_stream(struct gt_stream *stream);
struct gt_cleanup gt_cleanup_process(struct gt_process *process);
void gt_cleanup_run(struct gt_cleanup *cleanup);

#define GT_RELEASE_AT_EXIT(thing) GT_RELEASE_AT_EXIT_(thing, __LINE__)
/* clang-format off */
#define GT_RELEASE_AT_EXIT_(thing, line) \
	__attribute__((cleanup(gt_cleanup_run), unused)) struct gt_cleanup GT_JOIN_(gt_cleanup_at_, line) = \
		_Generic((thing), \
			struct gt_lock *: gt_cleanup_lock, \
			struct gt_sem *: gt_cleanup_sem, \
			struct gt_cond *: gt_cleanup_cond, \
			struct gt_task *: gt_cleanup_task, \
			struct gt_gen *: gt_cleanup_gen, \
			struct gt_completion *: gt_cleanup_completion, \
			struct gt_listener *: gt_cleanup_listener, \
			struct gt_stream *: gt_cleanup_stream, \
			struct gt_process *: gt_cleanup_process)(thing)
/* clang-format on */
#define GT_JOIN_(a, b)            GT_JOIN__(a, b)
#define GT_JOIN__(a, b)           a##b

/* ---- What the recording is told -------------------------------------------------------------- */

/* Write a line into the recording, in the name of the running task. where: a task or a callback. */
void gt_log(const char *format, ...) GT_PRINTF(1, 2);

/* Mark this moment: a chapter, or a question to the class. Both are copied; `text` may be NULL. */
void gt_mark(const char *name, const char *text);

/* Say that the running task reads, or writes, the shared variable `name` of the program, and
 * finds or leaves `value` there. The name is copied.
 * where: a task or a callback; does not suspend. */
void gt_var_read(const char *name, int64_t value);
void gt_var_write(const char *name, int64_t value);

/* ---- Where a call stands --------------------------------------------------------------------- */

/* Calls note the line that they stand on, so that a recording can name it. The macros below do
 * that and then call the function of the same name. */
struct gt_site {
	const char *file; /* a string that lives as long as the program: __FILE__ */
	int line;
};
extern GT_THREAD_LOCAL struct gt_site gt_site;
#define GT_HERE (gt_site.file = __FILE__, gt_site.line = __LINE__)

#define gt_spawn(...)                  (GT_HERE, gt_spawn(__VA_ARGS__))
#define gt_await_value(task, value)    (GT_HERE, gt_await_value(task, value))
#define gt_await(task)                 (GT_HERE, gt_await(task))
#define gt_join(task)                  (GT_HERE, gt_join(task))
#define gt_cancel(task)                (GT_HERE, gt_cancel(task))
#define gt_sleep(ns)                   (GT_HERE, gt_sleep(ns))
#define gt_future_await(future, value) (GT_HERE, gt_future_await(future, value))
#define gt_future_set(future, value)   (GT_HERE, gt_future_set(future, value))
#define gt_future_gather(futures, n_futures, values)                                               \
	(GT_HERE, gt_future_gather(futures, n_futures, values))
#define gt_future_gather_all(futures, n_futures, outcomes)                                         \
	(GT_HERE, gt_future_gather_all(futures, n_futures, outcomes))
#define gt_future_wait(futures, n_futures, when, ns)                                               \
	(GT_HERE, gt_future_wait(futures, n_futures, when, ns))
#define gt_future_wait_for(future, ns, value) (GT_HERE, gt_future_wait_for(future, ns, value))
#define gt_future_shield(future, value)       (GT_HERE, gt_future_shield(future, value))
#define gt_future_as_completed_next(completion, future)                                            \
	(GT_HERE, gt_future_as_completed_next(completion, future))
#define gt_gather(tasks, n_tasks, values)       (GT_HERE, gt_gather(tasks, n_tasks, values))
#define gt_wait_for(task, ns, value)            (GT_HERE, gt_wait_for(task, ns, value))
#define gt_shield(task, value)                  (GT_HERE, gt_shield(task, value))
#define gt_sem_create(name, permits)            (GT_HERE, gt_sem_create(name, permits))
#define gt_sem_acquire(sem)                     (GT_HERE, gt_sem_acquire(sem))
#define gt_sem_release(sem)                     (GT_HERE, gt_sem_release(sem))
#define gt_gather_all(tasks, n_tasks, outcomes) (GT_HERE, gt_gather_all(tasks, n_tasks, outcomes))
#define gt_wait(tasks, n_tasks, when, ns)       (GT_HERE, gt_wait(tasks, n_tasks, when, ns))
#define gt_as_completed_next(completion, task)  (GT_HERE, gt_as_completed_next(completion, task))
#define gt_timeout_enter(ns)                    (GT_HERE, gt_timeout_enter(ns))
#define gt_timeout_enter_at(t_ns)               (GT_HERE, gt_timeout_enter_at(t_ns))
#define gt_timeout_exit(timeout, rc)            (GT_HERE, gt_timeout_exit(timeout, rc))
#define gt_timeout_reschedule(timeout, t_ns)    (GT_HERE, gt_timeout_reschedule(timeout, t_ns))
#define gt_group_enter()                        (GT_HERE, gt_group_enter())
#define gt_group_spawn(...)                     (GT_HERE, gt_group_spawn(__VA_ARGS__))
#define gt_group_exit(group, rc)                (GT_HERE, gt_group_exit(group, rc))
#define gt_bsem_create(name, permits)           (GT_HERE, gt_bsem_create(name, permits))
#define gt_lock_create(name)                    (GT_HERE, gt_lock_create(name))
#define gt_lock_acquire(lock)                   (GT_HERE, gt_lock_acquire(lock))
#define gt_lock_release(lock)                   (GT_HERE, gt_lock_release(lock))
#define gt_event_create(name)                   (GT_HERE, gt_event_create(name))
#define gt_event_set(event)                     (GT_HERE, gt_event_set(event))
#define gt_event_wait(event)                    (GT_HERE, gt_event_wait(event))
#define gt_cond_create(name)                    (GT_HERE, gt_cond_create(name))
#define gt_cond_create_on(lock, name)           (GT_HERE, gt_cond_create_on(lock, name))
#define gt_cond_wait_for(cond, predicate, arg)  (GT_HERE, gt_cond_wait_for(cond, predicate, arg))
#define gt_cond_acquire(cond)                   (GT_HERE, gt_cond_acquire(cond))
#define gt_cond_release(cond)                   (GT_HERE, gt_cond_release(cond))
#define gt_cond_wait(cond)                      (GT_HERE, gt_cond_wait(cond))
#define gt_cond_notify(cond, n)                 (GT_HERE, gt_cond_notify(cond, n))
#define gt_cond_notify_all(cond)                (GT_HERE, gt_cond_notify_all(cond))
#define gt_barrier_create(name, parties)        (GT_HERE, gt_barrier_create(name, parties))
#define gt_barrier_wait(barrier, position)      (GT_HERE, gt_barrier_wait(barrier, position))
#define gt_barrier_abort(barrier)               (GT_HERE, gt_barrier_abort(barrier))
#define gt_barrier_reset(barrier)               (GT_HERE, gt_barrier_reset(barrier))
#define gt_coro(body, arg, name)                (GT_HERE, gt_coro(body, arg, name))
#define gt_coro_await(coro)                     (GT_HERE, gt_coro_await(coro))
#define gt_coro_spawn(coro)                     (GT_HERE, gt_coro_spawn(coro))
#define gt_gen_next(gen, value)                 (GT_HERE, gt_gen_next(gen, value))
#define gt_gen_send(gen, sent, value)           (GT_HERE, gt_gen_send(gen, sent, value))
#define gt_gen_throw(gen, code, value)          (GT_HERE, gt_gen_throw(gen, code, value))
#define gt_yield_sent(gen, value, sent)         (GT_HERE, gt_yield_sent(gen, value, sent))
#define gt_yield(gen, value)                    (GT_HERE, gt_yield(gen, value))
#define gt_gen_close(gen)                       (GT_HERE, gt_gen_close(gen))
#define gt_lifo_create(name, capacity)          (GT_HERE, gt_lifo_create(name, capacity))
#define gt_prio_create(name, capacity)          (GT_HERE, gt_prio_create(name, capacity))
#define gt_queue_create(name, capacity)         (GT_HERE, gt_queue_create(name, capacity))
#define gt_queue_put(queue, item)               (GT_HERE, gt_queue_put(queue, item))
#define gt_queue_get(queue, item)               (GT_HERE, gt_queue_get(queue, item))
#define gt_queue_join(queue)                    (GT_HERE, gt_queue_join(queue))
#define gt_thread(work, arg, name)              (GT_HERE, gt_thread(work, arg, name))
#define gt_thread_lock_create(name)             (GT_HERE, gt_thread_lock_create(name))
#define gt_tcp_listen(name, host, port, listener)                                                  \
	(GT_HERE, gt_tcp_listen(name, host, port, listener))
#define gt_tcp_accept(listener, name, stream)    (GT_HERE, gt_tcp_accept(listener, name, stream))
#define gt_tcp_connect(name, host, port, stream) (GT_HERE, gt_tcp_connect(name, host, port, stream))
#define gt_stream_read(stream, buffer, max, n)   (GT_HERE, gt_stream_read(stream, buffer, max, n))
#define gt_stream_read_exactly(stream, buffer, n)                                                  \
	(GT_HERE, gt_stream_read_exactly(stream, buffer, n))
#define gt_stream_read_line(stream, line, bytes, n)                                                \
	(GT_HERE, gt_stream_read_line(stream, line, bytes, n))
#define gt_stream_write(stream, data, n)         (GT_HERE, gt_stream_write(stream, data, n))
#define gt_stream_shutdown(stream)               (GT_HERE, gt_stream_shutdown(stream))
#define gt_fs_open(path, flags, mode, file)      (GT_HERE, gt_fs_open(path, flags, mode, file))
#define gt_fs_read(file, buffer, max, n)         (GT_HERE, gt_fs_read(file, buffer, max, n))
#define gt_fs_write(file, data, n)               (GT_HERE, gt_fs_write(file, data, n))
#define gt_fs_close(file)                        (GT_HERE, gt_fs_close(file))
#define gt_fs_read_file(path, data, n)           (GT_HERE, gt_fs_read_file(path, data, n))
#define gt_fs_write_file(path, data, n)          (GT_HERE, gt_fs_write_file(path, data, n))
#define gt_fs_stat(path, found)                  (GT_HERE, gt_fs_stat(path, found))
#define gt_fs_unlink(path)                       (GT_HERE, gt_fs_unlink(path))
#define gt_fs_rmdir(path)                        (GT_HERE, gt_fs_rmdir(path))
#define gt_fs_mkdtemp(path)                      (GT_HERE, gt_fs_mkdtemp(path))
#define gt_process_spawn(options, process)       (GT_HERE, gt_process_spawn(options, process))
#define gt_process_wait(process, status, signal) (GT_HERE, gt_process_wait(process, status, signal))
#define gt_log(...)                              (GT_HERE, gt_log(__VA_ARGS__))
#define gt_var_read(name, value)                 (GT_HERE, gt_var_read(name, value))
#define gt_var_write(name, value)                (GT_HERE, gt_var_write(name, value))
#define gt_return(value)                         (GT_HERE, gt_return(value))
#define gt_return_text(...)                      (GT_HERE, gt_return_text(__VA_ARGS__))
#define gt_raise(...)                            (GT_HERE, gt_raise(__VA_ARGS__))
#define gt_raise_from(...)                       (GT_HERE, gt_raise_from(__VA_ARGS__))

#if defined __cplusplus
}
#endif

#endif
