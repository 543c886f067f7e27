/* gt_run: a loop from its first step to its end.
 *
 * source: asyncio.run, Runner.run of Lib/asyncio/runners.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/deadlock.h"
#include "runtime/endpoint.h"
#include "runtime/future.h"
#include "runtime/gate.h"
#include "runtime/io.h"
#include "runtime/knock.h"
#include "runtime/overflow.h"
#include "runtime/owned.h"
#include "runtime/policy.h"
#include "runtime/shutdown.h"
#include "runtime/sim_pool.h"
#include "runtime/state.h"
#include "runtime/task_name.h"

/* ---- The recording ---- */

static void record_meta(struct gt__loop *loop, uint16_t sub, const char *key, const char *value)
{
	if (!value)
		return;
	uint32_t key_id = trace_pen_intern(&loop->pen, key);
	uint32_t value_id = trace_pen_string(&loop->pen, value, strlen(value));
	gt__record(loop,
	           (struct trace_record){
	                   .kind = TRACE_META, .a = key_id, .b = value_id, .sub = (uint8_t)sub});
}

static void record_first_line(struct gt__loop *loop)
{
	const struct gt_options *o = loop->options;
	char seed[24];
	snprintf(seed, sizeof seed, "%ju", (uintmax_t)o->seed);
	record_meta(loop, TRACE_META_TITLE, NULL, o->title);
	record_meta(loop, TRACE_META_LESSON, NULL, o->lesson);
	record_meta(loop, TRACE_META_SOURCE, NULL, o->source);
	record_meta(loop, TRACE_META_QUESTION, NULL, o->question);
	record_meta(loop, TRACE_META_SEED, NULL, seed);
	record_meta(loop, TRACE_META_POLICY, NULL, o->policy ? o->policy : "fifo");
	for (size_t i = 0; i < o->n_params; i++)
		record_meta(loop, TRACE_META_PARAM, o->params[i].name, o->params[i].value);
}

static uint64_t unix_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int start_recording(struct gt__loop *loop)
{
	const struct gt_options *o = loop->options;
	bool repeats = loop->kind == GT_CLOCK_VIRTUAL;
	struct trace_writer_options w = {
	        .clock = (enum trace_clock)o->clock,
	        .started_unix_ns = repeats ? 0 : unix_ns(),
	        .started_mono_ns = repeats ? 0 : loop->clock.started_mono_ns,
	        .pid = repeats ? 0 : (uint32_t)getpid(),
	        .ring_bytes = o->ring_bytes,
	        .on_error = o->on_log_error,
	        .on_error_arg = o->on_log_error_arg,
	};
	if (!o->log)
		return 0;
	struct trace_error error;
	if (trace_writer_open(&loop->writer, o->log, &w, &error)) {
		if (o->on_log_error)
			o->on_log_error(error.text, o->on_log_error_arg);
		return GT_ELOG;
	}
	loop->header = trace_writer_header(loop->writer);
	trace_pen_init(&loop->pen, loop->writer);
	loop->recording = true;
	loop->stamping = loop->clock.real;
	return 0;
}

static void end_recording(struct gt__loop *loop, int code)
{
	if (!gt__is_recording(loop))
		return;
	uint8_t status = TRACE_STATUS_FINISHED;
	if (loop->deadlock)
		status = TRACE_STATUS_DEADLOCK;
	else if (code)
		status = TRACE_STATUS_FAILED;
	gt__public_futures_mark_lost(loop);
	gt__record(loop, (struct trace_record){.kind = TRACE_END, .sub = status});
	gt__pace_stop(loop);
}

static void close_recording(struct gt__loop *loop)
{
	if (!loop->writer)
		return;
	loop->recording = loop->stamping = false;
	gt__clock_run(&loop->clock);
	loop->header = NULL;
	trace_pen_fini(&loop->pen);
	trace_writer_close(loop->writer);
	loop->writer = NULL;
}

/* ---- The loop's life ---- */

static bool is_known_clock(enum gt_clock clock)
{
	return clock == GT_CLOCK_VIRTUAL || clock == GT_CLOCK_PACED || clock == GT_CLOCK_REAL;
}

static int loop_init(struct gt__loop *loop, const struct gt_options *o)
{
	*loop = (struct gt__loop){.options = o, .kind = o->clock, .random = o->seed};
	gt__list_init(&loop->ready);
	loop->turn = 1;
	gt__list_init(&loop->tasks);
	gt__list_init(&loop->objects);
	gt__list_init(&loop->owned);
	gt__clock_init(&loop->clock, o->clock == GT_CLOCK_REAL);
	gt__stack_pool_init(&loop->stacks, o->stack_bytes, sizeof(struct gt_task));
	gt__coro_adopt_thread(&loop->coro);
	loop->speed_ppm = o->speed_ppm ? o->speed_ppm : 1000000;
	loop->n_threads = o->n_threads ? o->n_threads : 4;
	if (o->clock == GT_CLOCK_REAL) {
		loop->io = gt__io_create(loop);
		if (!loop->io)
			return GT_ENOMEM;
	}
	if (!is_known_clock(o->clock) || gt__policy_find(o->policy, &loop->policy, &loop->random))
		return GT_EVALUE;
	loop->is_plain = !loop->io && !loop->policy;
	return start_recording(loop);
}

static void free_tasks(struct gt__loop *loop)
{
	/* tasks that wait for each other: nobody's step stands in another's line any more */
	for (struct gt__node *n = loop->tasks.next; n != &loop->tasks; n = n->next)
		gt__future_fini(&GT__CONTAINER(n, struct gt_task, in_loop)->future);
	while (!gt__list_is_empty(&loop->tasks)) {
		struct gt_task *task = GT__CONTAINER(loop->tasks.next, struct gt_task, in_loop);
		if (!gt__task_is_done(task))
			gt__coro_fini(&task->coro); /* its stack goes with the pool */
		task->refs = 1;
		gt__task_unref(task);
	}
	gt__tasks_free(loop);
	gt__names_free(loop);
}

static void free_objects(struct gt__loop *loop)
{
	while (!gt__list_is_empty(&loop->objects)) {
		struct gt__object *object =
		        GT__CONTAINER(loop->objects.next, struct gt__object, in_loop);
		object->destroy(object);
	}
}

/* Callbacks that never ran: timers of call_later, and what call_soon had put into the queue. */
static void free_callbacks(struct gt__loop *loop)
{
	gt__callbacks_drop(loop);
	gt__timer_heap_fini(&loop->timers);
}

static void loop_fini(struct gt__loop *loop)
{
	gt__sim_destroy(loop->sim);
	gt__endpoints_end(loop);
	gt__knock_stop(loop);
	gt__io_destroy(loop->io);
	close_recording(loop);
	free_callbacks(loop);
	free_objects(loop); /* a future forgets the tasks that wait for it, so it goes first */
	free_tasks(loop);
	gt__owned_drop(loop);
	gt__stack_pool_fini(&loop->stacks);
}

/* ---- From main to the end ---- */

/* Who has not asked by now never will. The error of main is the result of the run. */
static void record_lost_errors(struct gt__loop *loop)
{
	for (struct gt__node *node = loop->tasks.next; node != &loop->tasks; node = node->next)
		gt__task_record_lost_error(GT__CONTAINER(node, struct gt_task, in_loop));
}

static int run_main(struct gt__loop *loop, gt_body *body, void *arg)
{
	struct gt_task *main_task = gt__task_create(loop, body, arg, "main", strlen("main"));
	if (!main_task)
		return GT_ENOMEM;
	main_task->n_handles = 0; /* its reference is the loop's */
	gt__run_until_complete(loop, &main_task->future);
	int code = loop->deadlock ? 0 : main_task->future.code;
	main_task->future.retrieved = true;
	gt__shut_down(loop);
	gt__coros_drop(loop);
	record_lost_errors(loop);
	if (loop->deadlock) {
		gt__deadlock_report(loop);
		code = GT_EDEADLOCK;
	}
	gt__tell_phase(loop, loop->deadlock ? GT_PHASE_DEADLOCK : GT_PHASE_FINISHED);
	return code;
}

int gt_run(const struct gt_options *options, gt_body *body, void *arg)
{
	static const struct gt_options defaults = GT_OPTIONS_INIT;
	if (gt__loop || gt__thread_loop)
		return gt__bare(GT_ELOOP);
	if (!body)
		return GT_EVALUE;
	if (!options)
		options = &defaults;
	struct gt__loop loop;
	int code = loop_init(&loop, options);
	if (!code) {
		gt__loop = &loop;
		if (loop.recording)
			record_first_line(&loop);
		gt__overflow_watch();
		gt__pace_start(&loop, options->hold && loop.header);
		code = run_main(&loop, body, arg);
		end_recording(&loop, code);
		gt__overflow_unwatch();
	}
	gt__loop = &loop; /* what follows frees what belongs to it */
	loop_fini(&loop);
	gt__loop = NULL;
	return code;
}
