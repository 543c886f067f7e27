/* From a recording made by hand to a model, and a stroll through everything that a model answers. */
#include "tests/trace/read_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "trace/export/format.h"
#include "trace/validate.h"

struct trace_model *read_recording(const char *path)
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
	if (rc)
		fail_msg("%s", error.text);
	return model;
}

struct trace_model *read_log(const struct make_log *log)
{
	const char *path = make_log_path("read.gtt");
	make_log_write(log, path, log->n_bytes);
	return read_recording(path);
}

static void ask_lane(const struct trace_model *m, uint32_t lane, uint32_t ordinal)
{
	struct trace_state_now now;
	int64_t low, high;
	uint32_t lanes[4], waiters;
	char file[32];
	uint64_t end_ns = m->t_end_ns + 1;
	trace_lane_state(m, lane, ordinal, end_ns, &now);
	trace_model_where(m, now.where, file, sizeof file);
	trace_lane_seen(m, lane, 0, end_ns, ordinal);
	trace_lane_seen(m, lane, end_ns / 3, end_ns / 2 + 1, ordinal);
	trace_object_range(m, lane, end_ns / 3, end_ns / 2 + 1, ordinal, &low, &high);
	trace_object_level(m, lane, ordinal, &low, &waiters);
	trace_object_holders(m, lane, ordinal, lanes, 4);
	trace_object_waiters(m, lane, ordinal, lanes, 4);
}

static void ask_everything(const struct trace_model *m)
{
	struct trace_error error;
	struct trace_violation violations[2];
	size_t n_formats, n;
	const struct trace_format_ops *formats = trace_formats(&n_formats);
	struct trace_export export;
	FILE *out = fopen("/dev/null", "w");
	trace_export_init(&export, m);
	for (uint32_t lane = 0; lane < m->n_lanes; lane++) {
		ask_lane(m, lane, TRACE_NONE);
		for (uint32_t k = 0; k < m->n_events; k += 5)
			ask_lane(m, lane, k);
	}
	for (uint32_t k = trace_model_step(m, TRACE_NONE, 1); k != TRACE_NONE;
	     k = trace_model_step(m, k, 1))
		trace_model_running(m, k);
	trace_model_at_time(m, m->t_end_ns / 2);
	trace_validate(m, violations, 2, &n, &error);
	for (size_t i = 0; out && i < n_formats; i++)
		if (formats[i].write)
			formats[i].write(&export, out, &error);
	if (out)
		fclose(out);
}

int exercise_file(const char *path, struct trace_error *error)
{
	struct trace_reader *reader;
	int rc = trace_reader_open(&reader, path, false, error);
	if (rc != TRACE_OK)
		return rc;
	struct trace_model *model = trace_model_create(reader);
	rc = trace_model_update(model, error);
	ask_everything(model); /* also of what came before the damage */
	trace_model_destroy(model);
	return rc < 0 ? rc : TRACE_OK;
}
