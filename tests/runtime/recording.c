/* Reading recordings through trace/'s own reader and model. */
#include "tests/runtime/recording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "trace/validate.h"

const char *recording_path(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "/tmp/ganttop-test-%ld-%s.gtt", (long)getpid(), name);
	unlink(path);
	return path;
}

struct trace_model *recording_read(const char *path)
{
	struct trace_error error = {.text = ""};
	struct trace_reader *reader;
	if (trace_reader_open(&reader, path, false, &error))
		fail_msg("%s", error.text);
	struct trace_model *model = trace_model_create(reader);
	assert_non_null(model);
	int rc;
	while ((rc = trace_model_update(model, &error)) > 0)
		;
	if (rc < 0)
		fail_msg("%s", error.text);
	return model;
}

struct trace_model *recording_of(struct gt_options options, gt_body *body, void *arg, int *code)
{
	const char *path = recording_path("run");
	options.log = path;
	int rc = gt_run(&options, body, arg);
	if (code)
		*code = rc;
	struct trace_model *model = recording_read(path);
	unlink(path);
	return model;
}

size_t recording_violations(const struct trace_model *model)
{
	struct trace_violation list[20];
	struct trace_error error;
	size_t n = 0;
	assert_int_equal(trace_validate(model, list, sizeof list / sizeof list[0], &n, &error), 0);
	for (size_t i = 0; i < n && i < sizeof list / sizeof list[0]; i++)
		fprintf(stderr, "%s\n", list[i].text);
	return n;
}

/* ---- The transcript ---- */

struct tasks {
	char (*names)[64];
	bool *is_done;
	uint32_t n; /* ids are 1 to n */
};

static void tasks_add(struct tasks *tasks, const struct trace_model *model,
                      const struct trace_record *r)
{
	assert_int_equal(r->id, tasks->n + 1);
	tasks->names = realloc(tasks->names, r->id * sizeof *tasks->names);
	tasks->is_done = realloc(tasks->is_done, r->id * sizeof *tasks->is_done);
	assert_true(tasks->names && tasks->is_done);
	trace_model_string(model, r->a, tasks->names[tasks->n], sizeof *tasks->names);
	tasks->is_done[tasks->n++] = false;
}

static uint32_t tasks_left(const struct tasks *tasks)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < tasks->n; i++)
		n += !tasks->is_done[i];
	return n;
}

static void say_end(FILE *out, const struct tasks *tasks, const struct trace_record *r)
{
	fprintf(out, "%ju loop %s", (uintmax_t)(r->t_ns / 1000000u),
	        r->sub == TRACE_STATUS_DEADLOCK ? "deadlock" : "finished");
	for (uint32_t i = 0; r->sub == TRACE_STATUS_DEADLOCK && i < tasks->n; i++)
		if (!tasks->is_done[i])
			fprintf(out, " %s", tasks->names[i]);
	fputc('\n', out);
}

char *recording_text(const struct trace_model *model)
{
	char *lines = NULL;
	size_t bytes;
	struct tasks tasks = {0};
	bool in_tick = false, shutting = false;
	FILE *out = open_memstream(&lines, &bytes);
	assert_non_null(out);
	for (uint32_t i = 0; i < model->n_events; i++) {
		struct trace_record r = *trace_model_event(model, i);
		uintmax_t ms = r.t_ns / 1000000u;
		char text[1024];
		if (r.kind == TRACE_TASK)
			tasks_add(&tasks, model, &r);
		if (r.kind == TRACE_STATE && r.sub == TRACE_STATE_DONE)
			tasks.is_done[r.id - 1] = true;
		if (r.kind == TRACE_TICK)
			in_tick = r.sub == TRACE_PHASE_BEGIN;
		if (r.kind == TRACE_CANCEL && tasks.is_done[0] && !in_tick && !shutting) {
			shutting = true;
			fprintf(out, "%ju loop shutdown %u\n", ms, tasks_left(&tasks));
		}
		if (r.kind == TRACE_LOG) {
			trace_model_string(model, r.a, text, sizeof text);
			fprintf(out, "%ju %s %s\n", ms, r.id ? tasks.names[r.id - 1] : "loop",
			        text);
		}
		if (r.kind == TRACE_END)
			say_end(out, &tasks, &r);
	}
	fclose(out);
	free(tasks.names);
	free(tasks.is_done);
	return lines;
}

/* ---- Looking for records ---- */

size_t recording_count(const struct trace_model *model, unsigned kind, unsigned sub)
{
	size_t n = 0;
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		n += r->kind == kind && r->sub == sub;
	}
	return n;
}

const struct trace_record *recording_find(const struct trace_model *model, unsigned kind,
                                          unsigned sub, size_t n)
{
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *r = trace_model_event(model, i);
		if (r->kind == kind && r->sub == sub && !n--)
			return r;
	}
	fail_msg("no such record: kind %u sub %u", kind, sub);
	return NULL;
}

char *recording_bytes(const char *path, size_t *bytes)
{
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	long size = ftell(file);
	assert_true(size >= 0);
	rewind(file);
	char *data = malloc((size_t)size + 1);
	assert_non_null(data);
	*bytes = fread(data, 1, (size_t)size, file);
	assert_int_equal(*bytes, size);
	fclose(file);
	data[size] = '\0';
	return data;
}
