/* The note beside a bar: what the lane does at the playhead, in as few words as carry it. Where they do not fit, counts take the
 * place of names, so that no word is cut.
 */
#include "trace/awaited.h"
#include "viz/explain/explain.h"
#include "viz/text/utf8.h"

/* How much of a note is left out. */
enum brevity { NAMES, SOME_NAMES, HOLDERS, COUNTS, BREVITY_END };

static void note_ready(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                       uint32_t ordinal)
{
	uint32_t running = trace_model_running(model, ordinal);
	viz_text_add(text, "ready");
	if (running == TRACE_NONE || running == lane || model->is_foreign)
		return;
	viz_text_add(text, ": ");
	viz_text_add_lane(text, model, running);
	viz_text_add(text, " runs");
}

static void add_awaited(struct viz_text *text, const struct trace_model *model,
                        const uint32_t lanes[], size_t n, enum brevity brevity)
{
	if (n == 0)
		return;
	viz_text_add(text, ": ");
	if (brevity == NAMES || n == 1)
		viz_text_add_lanes(text, model, lanes, n, ", ");
	else
		viz_text_add(text, "%zu not done", n);
}

static void add_place(struct viz_text *text, const struct viz_moment *m, enum brevity brevity)
{
	size_t place = viz_place_in_line(m);
	if (place == 0)
		return;
	viz_text_add(text, ", ");
	viz_text_add_rank(text, place);
	viz_text_add(text, "%s", brevity == NAMES ? " in line" : "");
}

static void note_waiting(struct viz_text *text, const struct viz_moment *m, enum brevity brevity)
{
	char name[120];
	uint32_t lanes[VIZ_LINE_MAX];
	const struct trace_lane *it = &m->model->lanes[m->lane];
	const struct trace_record *record =
	        trace_model_event(m->model, it->ordinals[trace_lane_at(it, m->ordinal)]);
	viz_text_add(text, "%s", viz_name_of_wait(m->model, record, name, sizeof name));
	/* a thousand tasks are not counted for a note that is painted sixty times a second */
	bool is_counted = !trace_on_is_task(m->state.on) &&
	                  !trace_lane_awaits_more(m->model, m->lane, m->ordinal, VIZ_LINE_MAX);
	size_t n = is_counted ? viz_awaited(m, lanes) : 0;
	add_awaited(text, m->model, lanes, n, brevity);
	if (m->state.timed) {
		bool is_late = m->now_ns > m->state.until_ns;
		viz_text_add(text, is_late ? ", overdue " : " until ");
		if (is_late)
			viz_text_add_duration(text, m->now_ns - m->state.until_ns);
		else
			viz_text_add_time(text, m->state.until_ns);
	}
	uint64_t limit_ns = viz_timeout_ns(m);
	if (limit_ns != UINT64_MAX) {
		viz_text_add(text, ", limit ");
		viz_text_add_time(text, limit_ns);
	}
	add_place(text, m, brevity);
}

static void note_done(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                      uint32_t ordinal, const struct trace_state_now *state)
{
	char value[120];
	trace_model_string(model, state->value, value, sizeof value);
	if (state->outcome == TRACE_OUTCOME_CANCELLED) {
		viz_text_add(text, "cancelled");
		viz_text_add_canceller(text, model, lane, ordinal);
		return;
	}
	viz_text_add(text, state->outcome == TRACE_OUTCOME_ERROR ? "error" : "done");
	if (value[0] != '\0')
		viz_text_add(text, ": %s", value);
}

static void note_task(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                      uint32_t ordinal, uint64_t now_ns, enum brevity brevity)
{
	struct trace_state_now state;
	trace_lane_state(model, lane, ordinal, now_ns, &state);
	if (state.state == TRACE_STATE_READY) {
		note_ready(text, model, lane, ordinal);
	} else if (state.state == TRACE_STATE_WAITING) {
		struct viz_moment moment = {model, lane, ordinal, now_ns, state};
		note_waiting(text, &moment, brevity);
	} else if (state.state == TRACE_STATE_DONE) {
		note_done(text, model, lane, ordinal, &state);
	} else if (state.state == TRACE_STATE_RUNNING && !state.blocked) {
		viz_text_add(text, "running");
	} else if (state.state == TRACE_STATE_RUNNING) {
		viz_text_add(text, "blocks: ");
		viz_text_add_duration(text, now_ns - state.since_ns);
	}
}

/* What the number beside the name means, when nobody holds the object or waits for it. */
static void note_level(struct viz_text *text, const struct trace_lane *lane, int64_t value)
{
	long long v = (long long)value, capacity = (long long)lane->capacity;
	if (lane->object_kind == TRACE_OBJECT_SEMAPHORE ||
	    lane->object_kind == TRACE_OBJECT_BOUNDED_SEMAPHORE)
		viz_text_add(text, "%lld of %lld left", v, capacity);
	else if (lane->object_kind == TRACE_OBJECT_CONDITION && capacity == 0)
		return; /* its lock is another object, and says so itself */
	else if (lane->object_kind == TRACE_OBJECT_LOCK ||
	         lane->object_kind == TRACE_OBJECT_CONDITION)
		viz_text_add(text, value > 0 ? "free" : "taken");
	else if (lane->object_kind == TRACE_OBJECT_EVENT ||
	         lane->object_kind == TRACE_OBJECT_FUTURE)
		viz_text_add(text, value > 0 ? "set" : "not set");
	else if (capacity > 0)
		viz_text_add(text, v >= capacity ? "full: %lld of %lld" : "%lld of %lld", v,
		             capacity);
}

static void note_object(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal, enum brevity brevity)
{
	const struct trace_lane *it = &model->lanes[lane];
	uint32_t line[VIZ_LINE_MAX], waiters;
	int64_t value;
	if (!trace_object_level(model, lane, ordinal, &value, &waiters))
		return;
	size_t n = trace_object_holders(model, lane, ordinal, line, VIZ_LINE_MAX);
	if (n > 0 && brevity < COUNTS) {
		viz_text_add(text, "held: ");
		viz_text_add_lanes(text, model, line, n, ", ");
	} else if (n > 0) {
		viz_text_add(text, "%zu %s it", n, n == 1 ? "holds" : "hold");
	}
	if (waiters == 0 && text->len == 0)
		note_level(text, it, value);
	n = trace_object_waiters(model, lane, ordinal, line, VIZ_LINE_MAX);
	if (text->len > 0 && brevity == HOLDERS)
		return; /* who waits says so in its own lane */
	if (n > 0 && brevity == NAMES) {
		viz_text_add(text, text->len > 0 ? ", in line: " : "in line: ");
		viz_text_add_lanes(text, model, line, n, ", ");
	} else if (waiters > 0) {
		viz_text_add(text, "%s%u %s", text->len > 0 ? ", " : "", (unsigned)waiters,
		             waiters == 1 ? "waits" : "wait");
	}
}

static void note_worker(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                        uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = trace_lane_at(it, ordinal);
	if (at == SIZE_MAX)
		return;
	const struct trace_record *record = trace_model_event(model, it->ordinals[at]);
	if (record->sub == TRACE_WORKER_IDLE) {
		viz_text_add(text, "idle");
		return;
	}
	viz_text_add(text,
	             record->sub == TRACE_WORKER_BUSY ? "works for " : "waits for a lock for ");
	viz_text_add_task(text, model, record->a);
}

static size_t note(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                   uint64_t now_ns, enum brevity brevity, struct viz_text *out)
{
	uint32_t running;
	switch (model->lanes[lane].kind) {
	case TRACE_LANE_TASK:
		note_task(out, model, lane, ordinal, now_ns, brevity);
		break;
	case TRACE_LANE_OBJECT:
		note_object(out, model, lane, ordinal, brevity);
		break;
	case TRACE_LANE_WORKER:
		note_worker(out, model, lane, ordinal);
		break;
	case TRACE_LANE_LOOP:
		running = trace_model_running(model, ordinal);
		viz_text_add(out, running != TRACE_NONE ? "runs " : "");
		if (running != TRACE_NONE)
			viz_text_add_lane(out, model, running);
		break;
	}
	return out->len;
}

size_t viz_note_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                     uint64_t now_ns, int cols, char *text, size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	size_t len = 0;
	if (lane >= model->n_lanes || ordinal == TRACE_NONE)
		return 0;
	for (int brevity = NAMES; brevity < BREVITY_END; brevity++) {
		out = viz_text_begin(text, text_bytes);
		len = note(model, lane, ordinal, now_ns, (enum brevity)brevity, &out);
		if (len <= (size_t)cols || viz_utf8_cols(text) <= cols)
			break;
	}
	return len;
}
