/* The speedscope export: an evented profile a lane, states as frames, and what is waited for as the frame above
 * "waiting". Frames are known before the first event: the states, then a frame for each lane that can be named.
 */
#include "trace/export/speedscope.h"

#include <inttypes.h>

#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/slice.h"
#include "trace/json.h"

/* The first frames; those of the lanes follow. */
enum frame { FRAME_READY, FRAME_RUNNING, FRAME_ITERATION, FRAME_BUSY, FRAME_WAITING };
#define FRAME_LANES (FRAME_WAITING + TRACE_ON_END)

static void put_frame(FILE *out, const char *name, bool is_first)
{
	fputs(is_first ? "\n" : ",\n", out);
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "name", name);
	trace_json_close(&json);
}

static void put_frames(const struct trace_model *m, FILE *out)
{
	char name[64];
	put_frame(out, "ready", true);
	put_frame(out, "running", false);
	put_frame(out, "iteration", false);
	put_frame(out, "busy", false);
	put_frame(out, "waiting", false);
	for (unsigned on = 1; on < TRACE_ON_END; on++) {
		snprintf(name, sizeof name, "waiting: %s", trace_on_name(on));
		put_frame(out, name, false);
	}
	for (size_t i = 0; i < m->n_lanes; i++)
		put_frame(out, m->lanes[i].name, false);
}

/* The frame of a slice, and in `*above` that of what it is about, 0: nothing. */
static size_t frame_of(const struct trace_model *m, const struct trace_slice *slice, size_t *above)
{
	const struct trace_record *r = slice->r;
	uint32_t lane = TRACE_NONE;
	size_t frame = FRAME_ITERATION;
	if (slice->lane->kind == TRACE_LANE_WORKER) {
		frame = r->sub == TRACE_WORKER_WAITING ? FRAME_WAITING : FRAME_BUSY;
		lane = r->a ? trace_model_lane(m, TRACE_LANE_TASK, r->a) : TRACE_NONE;
	} else if (slice->lane->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_WAITING) {
		unsigned on = r->arg & ~TRACE_TIMED;
		frame = FRAME_WAITING + (on < TRACE_ON_END ? on : 0);
		lane = !r->a ? TRACE_NONE
		             : trace_model_lane(m,
		                                trace_on_is_task(on) ? TRACE_LANE_TASK
		                                                     : TRACE_LANE_OBJECT,
		                                r->a);
	} else if (slice->lane->kind == TRACE_LANE_TASK) {
		frame = r->sub == TRACE_STATE_READY ? FRAME_READY : FRAME_RUNNING;
	}
	*above = lane == TRACE_NONE ? 0 : FRAME_LANES + lane;
	return frame;
}

static void put_event(FILE *out, char type, size_t frame, uint64_t at_ns, bool *has_any)
{
	fprintf(out, "%s{\"type\":\"%c\",\"frame\":%zu,\"at\":%" PRIu64 "}",
	        *has_any ? ",\n" : "\n", type, frame, at_ns);
	*has_any = true;
}

static void put_slice(const struct trace_model *m, const struct trace_slice *slice, FILE *out,
                      bool *has_any)
{
	size_t above, frame = frame_of(m, slice, &above);
	if (slice->lane->kind == TRACE_LANE_TASK && slice->r->sub == TRACE_STATE_DONE)
		return;
	put_event(out, 'O', frame, slice->begin_ns, has_any);
	if (above)
		put_event(out, 'O', above, slice->begin_ns, has_any);
	if (above)
		put_event(out, 'C', above, slice->end_ns, has_any);
	put_event(out, 'C', frame, slice->end_ns, has_any);
}

static void put_profile(const struct trace_export *export, uint32_t index, FILE *out)
{
	const struct trace_lane *lane = &export->model->lanes[index];
	char name[1100];
	struct trace_slice slice;
	bool has_any = false;
	snprintf(name, sizeof name, "%s%s", lane->kind == TRACE_LANE_WORKER ? "worker " : "",
	         lane->name);
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "type", "evented");
	trace_json_string(&json, "name", name);
	trace_json_string(&json, "unit", "nanoseconds");
	trace_json_unsigned(&json, "startValue", export->from_ns);
	trace_json_unsigned(&json, "endValue", export->end_ns);
	trace_json_key(&json, "events");
	fputc('[', out);
	for (size_t i = trace_slice_first(export, lane); i < lane->n && !ferror(out); i++)
		if (trace_slice_at(export, lane, i, &slice))
			put_slice(export->model, &slice, out, &has_any);
	fputc(']', out);
	trace_json_close(&json);
}

int trace_speedscope_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	const struct trace_model *m = export->model;
	const char *separator = "\n";
	struct trace_json json = trace_json_open(out);
	trace_json_string(&json, "$schema", "https://www.speedscope.app/file-format-schema.json");
	trace_json_string(&json, "exporter", "ganttop@" GANTTOP_VERSION);
	trace_json_string(&json, "name", *m->title ? m->title : "ganttop");
	/* The loop comes first, and is the least that people look for. */
	trace_json_unsigned(&json, "activeProfileIndex",
	                    m->n_lanes > 1 && trace_export_has_lane(export, m->order[1]) &&
	                            m->lanes[m->order[1]].kind != TRACE_LANE_OBJECT);
	trace_json_key(&json, "shared");
	fputs("{\"frames\":[", out);
	put_frames(m, out);
	fputs("\n]}", out);
	trace_json_key(&json, "profiles");
	fputc('[', out);
	for (size_t i = 0; i < m->n_lanes; i++) {
		uint32_t lane = m->order[i];
		/* The loop is always there: a file without a profile cannot be opened. */
		if (m->lanes[lane].kind == TRACE_LANE_OBJECT ||
		    (lane > 0 && !trace_export_has_lane(export, lane)))
			continue;
		fputs(separator, out);
		separator = ",\n";
		put_profile(export, lane, out);
	}
	fputs("\n]", out);
	trace_json_close(&json);
	fputc('\n', out);
	return trace_format_finish(out, error);
}
