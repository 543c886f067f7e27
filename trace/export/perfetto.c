/* The Perfetto export. One plain track is the recording; below it hang the lanes in the order of the picture, each a
 * track of slices, and the objects as counters. Beside that every state is told as an event of a generic scheduler,
 * so that Perfetto's own tables of running and runnable threads answer for our tasks too.
 *
 * Rejected: a process and its threads. Perfetto sorts threads its own way and merges tracks of one name.
 * timestamp_clock_id stays unset, or events without a clock snapshot are dropped.
 */
#include "trace/export/perfetto.h"

#include <inttypes.h>

#include "trace/export/field.h"
#include "trace/export/format.h"
#include "trace/export/protobuf.h"
#include "trace/export/slice.h"

/* Field numbers. */
enum { TRACE_PACKET = 1 };
enum packet {
	PACKET_TIMESTAMP = 8,
	PACKET_SEQUENCE = 10,
	PACKET_TRACK_EVENT = 11,
	PACKET_FLAGS = 13,
	PACKET_TRACK = 60,
	PACKET_FIRST = 87,
	PACKET_TASK_STATE = 117
};
enum track {
	TRACK_UUID = 1,
	TRACK_NAME = 2,
	TRACK_PARENT = 5,
	TRACK_COUNTER = 8,
	TRACK_ORDERING = 11,
	TRACK_RANK = 12,
	TRACK_DESCRIPTION = 14,
	TRACK_MERGE = 15
};
enum { COUNTER_UNIT_NAME = 6, ORDERING_EXPLICIT = 3, MERGE_NONE = 2 };
enum event {
	EVENT_ANNOTATION = 4,
	EVENT_TYPE = 9,
	EVENT_TRACK = 11,
	EVENT_CATEGORY = 22,
	EVENT_NAME = 23,
	EVENT_VALUE = 30,
	EVENT_FLOW = 47,
	EVENT_FLOW_END = 48
};
enum event_type { TYPE_BEGIN = 1, TYPE_END = 2, TYPE_INSTANT = 3, TYPE_COUNTER = 4 };
enum annotation { ANNOTATION_UINT = 3, ANNOTATION_TEXT = 6, ANNOTATION_NAME = 10 };
enum task { TASK_CPU = 1, TASK_NAME = 2, TASK_TID = 3, TASK_STATE = 4 };
enum task_state {
	TASK_CREATED = 1,
	TASK_RUNNABLE = 2,
	TASK_RUNNING = 3,
	TASK_SLEEP = 4,
	TASK_SLEEP_HARD = 5,
	TASK_DEAD = 7
};

#define ROOT       1u  /* uuid of the track of the recording */
#define QUEUE      2u  /* uuid of the counter of the loop's queue */
#define FIRST_LANE 16u /* uuid of lane 0 */
#define SEQUENCE   1u

struct perfetto {
	const struct trace_export *export;
	FILE *out;
	bool has_first;
	struct trace_protobuf pb;
};

static uint64_t lane_uuid(const struct perfetto *p, const struct trace_lane *lane)
{
	return FIRST_LANE + (uint64_t)(lane - p->export->model->lanes);
}

static void begin_packet(struct perfetto *p, uint64_t t_ns)
{
	trace_protobuf_number(&p->pb, PACKET_TIMESTAMP, t_ns);
	trace_protobuf_number(&p->pb, PACKET_SEQUENCE, SEQUENCE);
	if (!p->has_first) {
		trace_protobuf_number(&p->pb, PACKET_FLAGS, 1);
		trace_protobuf_number(&p->pb, PACKET_FIRST, 1);
	}
	p->has_first = true;
}

static void end_packet(struct perfetto *p)
{
	trace_protobuf_flush(&p->pb, TRACE_PACKET, p->out);
}

/* ---- tracks */

struct track_of {
	uint64_t uuid, parent;
	const char *name, *counter; /* unit of a counter; NULL: slices */
	size_t rank;
};

static void put_track(struct perfetto *p, struct track_of track)
{
	struct trace_protobuf *pb = &p->pb;
	begin_packet(p, p->export->from_ns);
	size_t at = trace_protobuf_open(pb, PACKET_TRACK);
	trace_protobuf_number(pb, TRACK_UUID, track.uuid);
	trace_protobuf_text(pb, TRACK_NAME, track.name);
	if (track.parent)
		trace_protobuf_number(pb, TRACK_PARENT, track.parent);
	if (track.counter) {
		size_t counter = trace_protobuf_open(pb, TRACK_COUNTER);
		trace_protobuf_text(pb, COUNTER_UNIT_NAME, track.counter);
		trace_protobuf_close(pb, counter);
	}
	if (!track.parent)
		trace_protobuf_number(pb, TRACK_ORDERING, ORDERING_EXPLICIT);
	else
		trace_protobuf_number(pb, TRACK_RANK, track.rank);
	trace_protobuf_number(pb, TRACK_MERGE, MERGE_NONE);
	trace_protobuf_close(pb, at);
	end_packet(p);
}

static const char *unit_of(const struct trace_lane *lane)
{
	switch (lane->object_kind) {
	case TRACE_OBJECT_SEMAPHORE:
	case TRACE_OBJECT_BOUNDED_SEMAPHORE:
		return "permits";
	case TRACE_OBJECT_QUEUE:
	case TRACE_OBJECT_LIFO_QUEUE:
	case TRACE_OBJECT_PRIORITY_QUEUE:
		return "items";
	default:
		return "level";
	}
}

static void put_tracks(struct perfetto *p)
{
	const struct trace_model *m = p->export->model;
	char name[1100];
	put_track(p, (struct track_of){.uuid = ROOT, .name = *m->title ? m->title : "ganttop"});
	for (size_t i = 0; i < m->n_lanes; i++) {
		const struct trace_lane *lane = &m->lanes[m->order[i]];
		if (!trace_export_has_lane(p->export, m->order[i]))
			continue;
		snprintf(name, sizeof name, "%s%s",
		         lane->kind == TRACE_LANE_WORKER ? "worker " : "", lane->name);
		put_track(p, (struct track_of){.uuid = lane_uuid(p, lane),
		                               .parent = ROOT,
		                               .name = name,
		                               .counter = lane->kind == TRACE_LANE_OBJECT
		                                                  ? unit_of(lane)
		                                                  : NULL,
		                               .rank = i});
	}
	if (trace_export_has_lane(p->export, 0))
		put_track(p, (struct track_of){.uuid = QUEUE,
		                               .parent = ROOT,
		                               .name = "ready queue",
		                               .counter = "tasks",
		                               .rank = m->n_lanes});
}

/* ---- events */

static void put_annotations(struct perfetto *p, const struct trace_fields *fields)
{
	struct trace_protobuf *pb = &p->pb;
	for (size_t i = 0; i < fields->n; i++) {
		size_t at = trace_protobuf_open(pb, EVENT_ANNOTATION);
		trace_protobuf_text(pb, ANNOTATION_NAME, fields->list[i].key);
		if (fields->list[i].text)
			trace_protobuf_text(pb, ANNOTATION_TEXT, fields->list[i].text);
		else
			trace_protobuf_number(pb, ANNOTATION_UINT, fields->list[i].number);
		trace_protobuf_close(pb, at);
	}
}

/* Begin an event on a track; the caller closes it with end_event. */
static size_t begin_event(struct perfetto *p, uint64_t t_ns, uint64_t track, enum event_type type)
{
	begin_packet(p, t_ns);
	size_t at = trace_protobuf_open(&p->pb, PACKET_TRACK_EVENT);
	trace_protobuf_number(&p->pb, EVENT_TYPE, type);
	trace_protobuf_number(&p->pb, EVENT_TRACK, track);
	return at;
}

static void end_event(struct perfetto *p, size_t at)
{
	trace_protobuf_close(&p->pb, at);
	end_packet(p);
}

static void put_counter(struct perfetto *p, uint64_t t_ns, uint64_t track, int64_t value)
{
	size_t at = begin_event(p, t_ns, track, TYPE_COUNTER);
	trace_protobuf_number(&p->pb, EVENT_VALUE, (uint64_t)value);
	end_event(p, at);
}

static void put_instant(struct perfetto *p, uint64_t t_ns, uint64_t track, const char *category,
                        const char *name)
{
	size_t at = begin_event(p, t_ns, track, TYPE_INSTANT);
	trace_protobuf_text(&p->pb, EVENT_CATEGORY, category);
	trace_protobuf_text(&p->pb, EVENT_NAME, name);
	end_event(p, at);
}

static void put_task_state(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane,
                           enum task_state state)
{
	begin_packet(p, t_ns);
	size_t at = trace_protobuf_open(&p->pb, PACKET_TASK_STATE);
	trace_protobuf_number(&p->pb, TASK_CPU, 0);
	trace_protobuf_text(&p->pb, TASK_NAME, lane->name);
	trace_protobuf_number(&p->pb, TASK_TID, lane->id);
	trace_protobuf_number(&p->pb, TASK_STATE, state);
	trace_protobuf_close(&p->pb, at);
	end_packet(p);
}

static enum task_state task_state_of(const struct trace_record *r)
{
	switch (r->sub) {
	case TRACE_STATE_READY:
		return TASK_RUNNABLE;
	case TRACE_STATE_RUNNING:
		return TASK_RUNNING;
	case TRACE_STATE_WAITING:
		return (r->arg & ~TRACE_TIMED) == TRACE_ON_SHIELD ? TASK_SLEEP_HARD : TASK_SLEEP;
	default:
		return TASK_DEAD;
	}
}

/* Whether an arrow is drawn: somebody else woke it, and both lanes are exported. */
static bool has_arrow(const struct perfetto *p, const struct trace_record *r)
{
	return r->sub == TRACE_STATE_READY && r->b && r->b != r->id && trace_why_name(r->arg) &&
	       trace_export_has_lane(p->export,
	                             trace_model_lane(p->export->model, TRACE_LANE_TASK, r->b));
}

static void put_arrow_begin(struct perfetto *p, uint64_t t_ns, const struct trace_record *r,
                            const struct trace_lane *woken, uint32_t ordinal)
{
	const struct trace_model *m = p->export->model;
	char name[1100];
	const struct trace_lane *waker = &m->lanes[trace_model_lane(m, TRACE_LANE_TASK, r->b)];
	snprintf(name, sizeof name, "wakes %s", woken->name);
	size_t at = begin_event(p, t_ns, lane_uuid(p, waker), TYPE_INSTANT);
	trace_protobuf_text(&p->pb, EVENT_CATEGORY, "wake");
	trace_protobuf_text(&p->pb, EVENT_NAME, name);
	trace_protobuf_fixed64(&p->pb, EVENT_FLOW, (uint64_t)ordinal + 1);
	end_event(p, at);
}

static void put_slice_begin(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane,
                            const struct trace_record *r, uint32_t flow)
{
	struct trace_fields fields;
	const char *name = lane->kind == TRACE_LANE_TASK   ? trace_state_name(r->sub)
	                   : lane->kind == TRACE_LANE_LOOP ? "iteration"
	                                                   : trace_worker_state_name(r->sub);
	trace_fields_of(p->export->model, r, &fields);
	size_t at = begin_event(p, t_ns, lane_uuid(p, lane), TYPE_BEGIN);
	trace_protobuf_text(&p->pb, EVENT_CATEGORY, trace_kind_name(r->kind));
	trace_protobuf_text(&p->pb, EVENT_NAME, name);
	put_annotations(p, &fields);
	if (flow)
		trace_protobuf_fixed64(&p->pb, EVENT_FLOW_END, flow);
	end_event(p, at);
}

static void put_slice_end(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane)
{
	end_event(p, begin_event(p, t_ns, lane_uuid(p, lane), TYPE_END));
}

static void put_done(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane,
                     const struct trace_record *r)
{
	struct trace_fields fields;
	const char *outcome = trace_outcome_name(r->arg);
	trace_fields_of(p->export->model, r, &fields);
	size_t at = begin_event(p, t_ns, lane_uuid(p, lane), TYPE_INSTANT);
	trace_protobuf_text(&p->pb, EVENT_CATEGORY, "state");
	trace_protobuf_text(&p->pb, EVENT_NAME, outcome ? outcome : "done");
	put_annotations(p, &fields);
	end_event(p, at);
}

/* Whether a record of the loop or of a worker begins a slice. */
static bool begins_span(const struct trace_record *r)
{
	return r->kind == TRACE_WORKER ? r->sub != TRACE_WORKER_IDLE : r->sub == TRACE_PHASE_BEGIN;
}

/* Whether a slice of the lane is open before this record of its own, within the part. */
static bool is_slice_open(const struct perfetto *p, const struct trace_lane *lane, uint32_t ordinal)
{
	size_t at = trace_lane_at(lane, ordinal);
	if (at == SIZE_MAX || at == 0 || lane->ordinals[at] != ordinal)
		return false;
	const struct trace_record *before =
	        trace_model_event(p->export->model, lane->ordinals[at - 1]);
	const struct trace_record *r = trace_model_event(p->export->model, ordinal);
	if (r->t_ns < p->export->from_ns)
		return false; /* what was in force at the window's begin opens the first slice */
	if (lane->kind == TRACE_LANE_TASK)
		return before->sub != TRACE_STATE_DONE;
	return begins_span(before);
}

static void put_state(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane,
                      const struct trace_record *r, uint32_t ordinal)
{
	uint32_t flow = 0;
	put_task_state(p, t_ns, lane, task_state_of(r));
	if (has_arrow(p, r)) {
		put_arrow_begin(p, t_ns, r, lane, ordinal);
		flow = ordinal + 1;
	}
	if (is_slice_open(p, lane, ordinal))
		put_slice_end(p, t_ns, lane);
	if (r->sub == TRACE_STATE_DONE)
		put_done(p, t_ns, lane, r);
	else
		put_slice_begin(p, t_ns, lane, r, flow);
}

/* Iterations and busy threads: begun by a record, ended by the next. */
static void put_span(struct perfetto *p, uint64_t t_ns, const struct trace_lane *lane,
                     const struct trace_record *r, uint32_t ordinal)
{
	if (is_slice_open(p, lane, ordinal))
		put_slice_end(p, t_ns, lane);
	if (!begins_span(r))
		return;
	if (r->kind == TRACE_TICK)
		put_counter(p, t_ns, QUEUE, r->a);
	put_slice_begin(p, t_ns, lane, r, 0);
}

static void put_note(struct perfetto *p, uint64_t t_ns, uint64_t track,
                     const struct trace_record *r)
{
	char text[TRACE_STRING_MAX_BYTES * 3 + 1];
	trace_model_string(p->export->model, r->a, text, sizeof text);
	put_instant(p, t_ns, track, trace_kind_name(r->kind), text);
}

/* What a task takes and gives back, opens and closes, reads and writes: an instant in its row. */
static void put_deed(struct perfetto *p, uint64_t t_ns, const struct trace_record *r)
{
	const struct trace_model *m = p->export->model;
	uint32_t task = r->kind == TRACE_HOLD ? r->a : r->id;
	uint32_t lane = trace_model_lane(m, TRACE_LANE_TASK, task);
	char name[1100], text[1200];
	if (lane == TRACE_NONE || !trace_export_has_lane(p->export, lane))
		return;
	if (r->kind == TRACE_HOLD) {
		uint32_t object = trace_model_lane(m, TRACE_LANE_OBJECT, r->id);
		snprintf(text, sizeof text, "%s %s", r->sub ? "takes" : "gives back",
		         object != TRACE_NONE ? m->lanes[object].name : "");
	} else if (r->kind == TRACE_SCOPE) {
		const char *kind = trace_scope_kind_name(r->sub);
		snprintf(text, sizeof text, "%s %s", kind ? kind : "scope",
		         r->arg & 1 ? "opens" : "closes");
	} else {
		trace_model_string(m, r->a, name, sizeof name);
		snprintf(text, sizeof text, "%s %s = %" PRId64,
		         r->sub == TRACE_VAR_WRITE ? "writes" : "reads", name,
		         (int64_t)trace_join(r->b, r->c));
	}
	put_instant(p, t_ns, lane_uuid(p, &m->lanes[lane]), trace_kind_name(r->kind), text);
}

static void put_event(struct perfetto *p, uint64_t t_ns, uint32_t ordinal)
{
	const struct trace_model *m = p->export->model;
	const struct trace_record *r = trace_model_event(m, ordinal);
	uint32_t index = trace_export_lane_of(p->export, r);
	char text[64];
	if (r->kind == TRACE_HOLD || r->kind == TRACE_SCOPE || r->kind == TRACE_VAR)
		put_deed(p, t_ns, r);
	if (index == TRACE_NONE)
		return;
	const struct trace_lane *lane = &m->lanes[index];
	switch (r->kind) {
	case TRACE_TASK:
		put_task_state(p, t_ns, lane, TASK_CREATED);
		break;
	case TRACE_STATE:
		put_state(p, t_ns, lane, r, ordinal);
		break;
	case TRACE_TICK:
	case TRACE_WORKER:
		put_span(p, t_ns, lane, r, ordinal);
		break;
	case TRACE_LEVEL:
		put_counter(p, t_ns, lane_uuid(p, lane), (int64_t)trace_join(r->b, r->c));
		break;
	case TRACE_CANCEL:
		snprintf(text, sizeof text, "cancel %s", trace_cancel_phase_name(r->sub));
		put_instant(p, t_ns, lane_uuid(p, lane), "cancel", text);
		break;
	case TRACE_ERROR:
		snprintf(text, sizeof text, "error %s", trace_error_phase_name(r->sub));
		put_instant(p, t_ns, lane_uuid(p, lane), "error", text);
		break;
	case TRACE_LOG:
		put_note(p, t_ns, lane_uuid(p, lane), r);
		break;
	case TRACE_MARK:
		put_note(p, t_ns, ROOT, r);
		break;
	default:
		break;
	}
}

/* Close what is open at the end: a slice without an end would be drawn as one that goes on for ever. */
static void put_ends(struct perfetto *p)
{
	const struct trace_model *m = p->export->model;
	for (uint32_t i = 0; i < m->n_lanes; i++) {
		const struct trace_lane *lane = &m->lanes[i];
		struct trace_slice slice;
		uint64_t before_ns =
		        p->export->to_ns == UINT64_MAX ? UINT64_MAX : p->export->to_ns - 1;
		size_t at = trace_lane_at(lane, trace_model_at_time(m, before_ns));
		if (lane->kind == TRACE_LANE_OBJECT || at == SIZE_MAX ||
		    !trace_export_has_lane(p->export, i) ||
		    !trace_slice_at(p->export, lane, at, &slice) || !slice.is_open)
			continue;
		put_slice_end(p, p->export->end_ns, lane);
	}
}

int trace_perfetto_write(const struct trace_export *export, FILE *out, struct trace_error *error)
{
	struct perfetto p = {.export = export, .out = out};
	struct trace_walk walk = trace_walk_begin(export);
	uint32_t ordinal;
	uint64_t t_ns;
	put_tracks(&p);
	while (!ferror(out) && trace_walk_next(&walk, &ordinal, &t_ns))
		put_event(&p, t_ns, ordinal);
	put_ends(&p);
	return trace_format_finish(out, error);
}
