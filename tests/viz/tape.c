/* A recording told by a test. */
#include "tests/viz/tape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void must(bool well, const char *what, const struct trace_error *error)
{
	if (well)
		return;
	fprintf(stderr, "tape: %s: %s\n", what, error != NULL ? error->text : "failed");
	abort();
}

static void emit(struct tape *tape, struct trace_record record)
{
	record.t_ns = tape->t_ns;
	trace_emit(&tape->pen, record);
}

static uint32_t text_id(struct tape *tape, const char *text)
{
	return text != NULL && *text != '\0' ? trace_pen_string(&tape->pen, text, strlen(text)) : 0;
}

static void meta(struct tape *tape, enum trace_meta what, const char *text)
{
	if (*text != '\0')
		emit(tape, (struct trace_record){.kind = TRACE_META,
		                                 .sub = (uint8_t)what,
		                                 .b = text_id(tape, text)});
}

void tape_begin(struct tape *tape, const char *lesson, const char *title, const char *question)
{
	struct trace_error error;
	*tape = (struct tape){0};
	snprintf(tape->path, sizeof tape->path, "/tmp/ganttop-tape-XXXXXX");
	int fd = mkstemp(tape->path);
	must(fd >= 0, tape->path, NULL);
	close(fd);
	struct trace_writer_options options = {.clock = TRACE_CLOCK_VIRTUAL};
	must(trace_writer_open(&tape->writer, tape->path, &options, &error) == 0, "write", &error);
	trace_pen_init(&tape->pen, tape->writer);
	meta(tape, TRACE_META_TITLE, title);
	meta(tape, TRACE_META_LESSON, lesson);
	meta(tape, TRACE_META_QUESTION, question);
}

struct trace_model *tape_end(struct tape *tape, enum trace_status status)
{
	struct trace_error error;
	struct trace_reader *reader;
	if (status != 0)
		emit(tape, (struct trace_record){.kind = TRACE_END, .sub = (uint8_t)status});
	trace_pen_fini(&tape->pen);
	trace_writer_close(tape->writer);
	must(trace_reader_open(&reader, tape->path, false, &error) == 0, "read", &error);
	tape->model = trace_model_create(reader);
	must(tape->model != NULL, "model", NULL);
	must(trace_model_update(tape->model, &error) >= 0, "update", &error);
	return tape->model;
}

void tape_free(struct tape *tape)
{
	trace_model_destroy(tape->model);
	unlink(tape->path);
}

void tape_at(struct tape *tape, uint64_t ms)
{
	tape->t_ns = ms * TAPE_MS;
}

void tape_at_ns(struct tape *tape, uint64_t t_ns)
{
	tape->t_ns = t_ns;
}

uint32_t tape_task(struct tape *tape, const char *name, uint32_t parent)
{
	uint32_t id = ++tape->n_tasks;
	emit(tape, (struct trace_record){
	                   .kind = TRACE_TASK, .id = id, .a = text_id(tape, name), .b = parent});
	tape_ready(tape, id, TRACE_WHY_START, parent);
	return id;
}

uint32_t tape_object(struct tape *tape, enum trace_object_kind kind, const char *name,
                     int64_t capacity)
{
	uint32_t id = ++tape->n_objects;
	emit(tape, (struct trace_record){.kind = TRACE_OBJECT,
	                                 .id = id,
	                                 .a = text_id(tape, name),
	                                 .b = (uint32_t)capacity,
	                                 .c = (uint32_t)((uint64_t)capacity >> 32),
	                                 .sub = (uint8_t)kind});
	return id;
}

void tape_ready(struct tape *tape, uint32_t task, enum trace_why why, uint32_t by)
{
	emit(tape, (struct trace_record){.kind = TRACE_STATE,
	                                 .sub = TRACE_STATE_READY,
	                                 .id = task,
	                                 .arg = (uint16_t)why,
	                                 .b = by});
}

void tape_run(struct tape *tape, uint32_t task)
{
	emit(tape,
	     (struct trace_record){.kind = TRACE_STATE, .sub = TRACE_STATE_RUNNING, .id = task});
}

void tape_stillborn(struct tape *tape, uint32_t task)
{
	emit(tape, (struct trace_record){.kind = TRACE_STATE,
	                                 .sub = TRACE_STATE_RUNNING,
	                                 .id = task,
	                                 .arg = TRACE_STILLBORN});
}

void tape_wait(struct tape *tape, uint32_t task, enum trace_on on, uint32_t object,
               uint64_t until_ms)
{
	uint64_t until_ns = until_ms * TAPE_MS;
	emit(tape, (struct trace_record){.kind = TRACE_STATE,
	                                 .sub = TRACE_STATE_WAITING,
	                                 .id = task,
	                                 .arg = (uint16_t)((unsigned)on |
	                                                   (until_ms != 0 ? TRACE_TIMED : 0u)),
	                                 .a = object,
	                                 .b = (uint32_t)until_ns,
	                                 .c = (uint32_t)(until_ns >> 32)});
}

void tape_await(struct tape *tape, uint32_t task, uint32_t awaited, uint32_t object)
{
	emit(tape,
	     (struct trace_record){.kind = TRACE_AWAIT, .id = task, .a = awaited, .b = object});
}

void tape_done(struct tape *tape, uint32_t task, enum trace_outcome outcome, const char *value)
{
	emit(tape, (struct trace_record){.kind = TRACE_STATE,
	                                 .sub = TRACE_STATE_DONE,
	                                 .id = task,
	                                 .arg = (uint16_t)outcome,
	                                 .a = text_id(tape, value)});
}

void tape_cancel(struct tape *tape, uint32_t task, uint32_t by, enum trace_cancel_phase phase)
{
	emit(tape, (struct trace_record){
	                   .kind = TRACE_CANCEL, .sub = (uint8_t)phase, .id = task, .a = by});
}

void tape_level(struct tape *tape, uint32_t object, int64_t value, uint32_t waiters)
{
	emit(tape, (struct trace_record){.kind = TRACE_LEVEL,
	                                 .id = object,
	                                 .a = waiters,
	                                 .b = (uint32_t)value,
	                                 .c = (uint32_t)((uint64_t)value >> 32)});
}

void tape_hold(struct tape *tape, uint32_t object, uint32_t task, bool held)
{
	emit(tape, (struct trace_record){.kind = TRACE_HOLD, .id = object, .a = task, .sub = held});
}

void tape_tick(struct tape *tape, enum trace_phase phase, uint32_t n_ready)
{
	emit(tape, (struct trace_record){.kind = TRACE_TICK, .sub = (uint8_t)phase, .a = n_ready});
}

void tape_worker(struct tape *tape, uint32_t worker, uint32_t task)
{
	emit(tape, (struct trace_record){.kind = TRACE_WORKER,
	                                 .id = worker,
	                                 .a = task,
	                                 .sub = task != 0 ? TRACE_WORKER_BUSY : TRACE_WORKER_IDLE});
}

void tape_scope(struct tape *tape, uint32_t task, uint32_t scope, enum trace_scope_kind kind,
                bool open, uint64_t deadline_ms)
{
	uint64_t deadline_ns = deadline_ms * TAPE_MS;
	emit(tape, (struct trace_record){.kind = TRACE_SCOPE,
	                                 .id = task,
	                                 .a = scope,
	                                 .b = (uint32_t)deadline_ns,
	                                 .c = (uint32_t)(deadline_ns >> 32),
	                                 .arg = (uint16_t)((open ? 1u : 0u) |
	                                                   (deadline_ms != 0 ? TRACE_TIMED : 0u)),
	                                 .sub = (uint8_t)kind});
}

void tape_use(struct tape *tape, uint32_t task, const char *var, enum trace_var_op op,
              int64_t value)
{
	emit(tape, (struct trace_record){.kind = TRACE_VAR,
	                                 .id = task,
	                                 .a = text_id(tape, var),
	                                 .b = (uint32_t)value,
	                                 .c = (uint32_t)((uint64_t)value >> 32),
	                                 .sub = (uint8_t)op});
}

void tape_call(struct tape *tape, const char *name)
{
	uint32_t id = text_id(tape, name);
	emit(tape, (struct trace_record){.kind = TRACE_CALL, .a = id, .sub = TRACE_PHASE_BEGIN});
	emit(tape, (struct trace_record){.kind = TRACE_CALL, .a = id, .sub = TRACE_PHASE_END});
}

void tape_coro(struct tape *tape, uint32_t coroutine, uint32_t task, enum trace_coro_phase phase)
{
	emit(tape, (struct trace_record){
	                   .kind = TRACE_CORO, .id = coroutine, .a = task, .sub = (uint8_t)phase});
}

void tape_error(struct tape *tape, uint32_t task)
{
	emit(tape, (struct trace_record){
	                   .kind = TRACE_ERROR, .id = task, .sub = TRACE_ERROR_NEVER_RETRIEVED});
}

void tape_log(struct tape *tape, uint32_t task, const char *text)
{
	emit(tape, (struct trace_record){.kind = TRACE_LOG, .id = task, .a = text_id(tape, text)});
}

void tape_mark(struct tape *tape, const char *name, const char *text)
{
	uint32_t name_id = text_id(tape, name);
	emit(tape,
	     (struct trace_record){.kind = TRACE_MARK, .a = name_id, .b = text_id(tape, text)});
}

void tape_lost(struct tape *tape, uint64_t count)
{
	emit(tape, (struct trace_record){
	                   .kind = TRACE_LOST, .b = (uint32_t)count, .c = (uint32_t)(count >> 32)});
}
