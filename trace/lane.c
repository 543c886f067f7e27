/* Questions about a lane within a stretch of time. Times become ordinals first (edges.c), and all that follows is
 * comparing ordinals and summing up the lane's pyramid, in memory; the file is asked only about the state in force at
 * the asked moment, whose end is not in it.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/model_private.h"

size_t trace_lane_at(const struct trace_lane *lane, uint32_t ordinal)
{
	if (ordinal == TRACE_NONE)
		return SIZE_MAX;
	return trace_ordinals_until(lane->ordinals, lane->n, ordinal) - 1;
}

uint32_t trace_model_moment(const struct trace_model *model, uint32_t ordinal, uint64_t *end_ns)
{
	*end_ns = model->status ? model->t_end_ns : UINT64_MAX;
	if (model->n_events == 0)
		return TRACE_NONE;
	uint32_t last = (uint32_t)(model->n_events - 1);
	if (ordinal >= last)
		return last;
	*end_ns = trace_model_event(model, ordinal)->t_ns;
	return ordinal;
}

static unsigned task_seen(const struct trace_record *r)
{
	switch (r->sub) {
	case TRACE_STATE_READY:
		return TRACE_SEEN_READY;
	case TRACE_STATE_WAITING:
		return TRACE_SEEN_WAITING;
	case TRACE_STATE_RUNNING:
		return TRACE_SEEN_RUNNING;
	case TRACE_STATE_DONE:
		return r->arg == TRACE_OUTCOME_CANCELLED ? TRACE_SEEN_CANCELLED
		       : r->arg == TRACE_OUTCOME_ERROR   ? TRACE_SEEN_ERROR
		                                         : TRACE_SEEN_DONE;
	default:
		return 0;
	}
}

static unsigned worker_seen(const struct trace_record *r)
{
	return r->sub == TRACE_WORKER_BUSY      ? TRACE_SEEN_RUNNING
	       : r->sub == TRACE_WORKER_WAITING ? TRACE_SEEN_WAITING
	                                        : 0;
}

uint8_t trace_lane_seen_in(enum trace_lane_kind kind, const struct trace_record *r)
{
	if (kind == TRACE_LANE_TASK)
		return (uint8_t)task_seen(r);
	if (kind == TRACE_LANE_WORKER)
		return (uint8_t)worker_seen(r);
	return r->sub == TRACE_PHASE_BEGIN ? TRACE_SEEN_RUNNING : TRACE_SEEN_WAITING;
}

struct trace_lane_past trace_lane_until(const struct trace_model *model,
                                        const struct trace_lane *lane, uint32_t ordinal)
{
	struct trace_lane_past past = {.model = model, .lane = lane, .now = SIZE_MAX};
	past.moment = trace_model_moment(model, ordinal, &past.end_ns);
	if (past.moment != TRACE_NONE)
		past.now = trace_lane_at(lane, past.moment);
	if (past.now == SIZE_MAX)
		return past;
	const struct trace_record *r = trace_model_event(model, lane->ordinals[past.now]);
	past.since_ns = r->t_ns;
	if (lane->kind == TRACE_LANE_TASK && r->sub == TRACE_STATE_DONE)
		past.end_ns = r->t_ns;
	return past;
}

/* What is seen of the state in force at the moment. */
static unsigned now_seen(const struct trace_lane_past *past, uint64_t known_ns)
{
	const struct trace_model_private *p = past->model->private;
	unsigned seen =
	        trace_track_sets(&past->lane->own)[past->now] & ~(unsigned)TRACE_SEEN_BLOCKED;
	uint64_t until_ns = past->end_ns;
	if (until_ns == UINT64_MAX) { /* how long it has lasted, as far as anybody knows */
		until_ns = p->now_ns > known_ns ? p->now_ns : known_ns;
		if (until_ns < past->model->t_end_ns)
			until_ns = past->model->t_end_ns;
	}
	bool is_step = past->lane->kind == TRACE_LANE_TASK && seen & TRACE_SEEN_RUNNING;
	bool is_long = until_ns >= past->since_ns && until_ns - past->since_ns >= p->blocked_ns;
	return seen | (is_step && is_long ? TRACE_SEEN_BLOCKED : 0u);
}

unsigned trace_lane_past_seen(const struct trace_lane_past *past, size_t from, size_t until,
                              uint64_t known_ns)
{
	unsigned seen = 0;
	if (until > past->now) {
		until = past->now;
		seen = from <= until ? now_seen(past, known_ns) : 0;
	}
	return from < until ? seen | trace_track_sum(&past->lane->own, from, until) : seen;
}

struct trace_range trace_lane_past_range(const struct trace_lane_past *past, size_t from,
                                         size_t until)
{
	const struct trace_lane *lane = past->lane;
	if (until > past->now + 1)
		until = past->now + 1;
	if (from >= until || !lane->levels)
		return TRACE_RANGE_NONE;
	return trace_ranges_sum(lane->levels, from, until);
}

/* A walk along a lane's past: asked for one stretch of time after the other, it searches only forward. */
struct walk {
	struct trace_lane_past past;
	const struct trace_edge *edges;
	size_t next;       /* index of the first record at or after the time walked to */
	size_t stride;     /* records in the cell before: the next one often has as many */
	size_t next_other; /* the same as `next` in `others` */
};

/* Let memory be fetched that a row of cells will ask for, if records are about as many in each: of a long recording it is in no cache, and
 * waiting for one line after the other would take most of the time. */
static void fetch_row(const struct walk *w, size_t n_cells)
{
	const struct trace_lane *lane = w->past.lane;
	if (w->past.now - w->next < n_cells * 16 || w->past.now < w->next)
		return;
	size_t last = trace_ordinals_below(lane->ordinals, w->next, w->past.now + 1,
	                                   w->edges[n_cells].first, w->past.now + 1);
	for (size_t i = 0; i < n_cells && last - w->next >= n_cells * 16; i++) {
		size_t index = w->next + (last - w->next) * i / n_cells;
		__builtin_prefetch(&lane->ordinals[index]);
		if (lane->kind != TRACE_LANE_OBJECT)
			__builtin_prefetch(&trace_track_sets(&lane->own)[index]);
	}
}

static bool walk_from(struct walk *w, const struct trace_model *model,
                      const struct trace_lane *lane, const uint64_t edges_ns[], size_t n_cells,
                      uint32_t ordinal)
{
	*w = (struct walk){.past = trace_lane_until(model, lane, ordinal)};
	if (w->past.now == SIZE_MAX)
		return false;
	w->edges = trace_model_edges(model, edges_ns, n_cells + 1);
	if (!w->edges)
		return false;
	uint32_t first = w->edges[0].first;
	w->next = first ? trace_ordinals_until(lane->ordinals, w->past.now + 1, first - 1) : 0;
	w->next_other = first ? trace_ordinals_until(lane->others, lane->n_others, first - 1) : 0;
	fetch_row(w, n_cells);
	return true;
}

/* Walk over cell `i`, [t0_ns, t1_ns): sets the records that are in force within it, [*from, *until). */
static void walk_over(struct walk *w, size_t i, uint64_t t0_ns, size_t *from, size_t *until)
{
	const struct trace_lane_past *past = &w->past;
	size_t first = w->next;
	w->next = trace_ordinals_below(past->lane->ordinals, first, past->now + 1,
	                               w->edges[i + 1].first, first + w->stride);
	w->stride = w->next - first;
	*from = first;
	*until = w->next;
	if (first == 0)
		return;
	/* what was in force before, if it still is after t0_ns */
	bool is_closed = first <= past->now;
	if (is_closed ? past->lane->ordinals[first] >= w->edges[i].after : past->end_ns > t0_ns)
		*from = first - 1;
}

unsigned trace_lane_past_cancels(const struct trace_lane_past *past, size_t *next, uint32_t end)
{
	const struct trace_lane *lane = past->lane;
	size_t first = *next;
	if (end > past->moment)
		end = past->moment + 1;
	*next = trace_ordinals_below(lane->others, first, lane->n_others, end, first);
	unsigned marks = first < *next ? trace_track_sum(&lane->notes, first, *next) : 0;
	return marks & TRACE_MARKED_DELIVERED ? TRACE_SEEN_DELIVERED : 0;
}

static void see_row(struct walk *w, const uint64_t edges_ns[], size_t n_cells, uint8_t seen[])
{
	size_t from, until;
	for (size_t i = 0; i < n_cells; i++) {
		uint64_t t0_ns = edges_ns[i], t1_ns = edges_ns[i + 1];
		seen[i] = 0;
		if (t0_ns >= t1_ns)
			continue;
		walk_over(w, i, t0_ns, &from, &until);
		unsigned bits = trace_lane_past_seen(&w->past, from, until, t1_ns);
		if (w->past.lane->kind == TRACE_LANE_TASK && w->past.lane->n_others)
			bits |= trace_lane_past_cancels(&w->past, &w->next_other,
			                                w->edges[i + 1].first);
		seen[i] = (uint8_t)bits;
	}
}

void trace_seen_rows_fini(struct trace_model_private *private)
{
	for (size_t i = 0; private->seen_rows && i < TRACE_SEEN_ROWS; i++)
		free(private->seen_rows[i].seen);
	free(private->seen_rows);
	private->seen_rows = NULL;
}

/* Return where the row of a lane is kept, or can be; NULL without memory. */
static struct trace_seen_row *seen_row_of(struct trace_model_private *p, uint32_t lane,
                                          size_t n_cells)
{
	if (!p->seen_rows)
		p->seen_rows = calloc(TRACE_SEEN_ROWS, sizeof *p->seen_rows);
	if (!p->seen_rows)
		return NULL;
	struct trace_seen_row *row = &p->seen_rows[lane % TRACE_SEEN_ROWS];
	if (row->cap >= n_cells)
		return row;
	uint8_t *larger = realloc(row->seen, n_cells);
	if (!larger)
		return NULL;
	row->seen = larger;
	row->cap = n_cells;
	row->version = 0;
	return row;
}

void trace_lane_seen_row(const struct trace_model *model, uint32_t lane, const uint64_t edges_ns[],
                         size_t n_cells, uint32_t ordinal, uint8_t seen[])
{
	const struct trace_lane *l = &model->lanes[lane];
	struct trace_model_private *p = model->private;
	struct walk w;
	memset(seen, 0, n_cells);
	if (l->kind == TRACE_LANE_OBJECT || n_cells == 0)
		return;
	struct trace_seen_row *row = n_cells > 1 ? seen_row_of(p, lane, n_cells) : NULL;
	const struct trace_edge *edges =
	        row ? trace_model_edges(model, edges_ns, n_cells + 1) : NULL;
	if (edges && row->version == p->edges.version && row->lane == lane &&
	    row->ordinal == ordinal && row->now_ns == p->now_ns) {
		memcpy(seen, row->seen, n_cells);
		return;
	}
	if (!walk_from(&w, model, l, edges_ns, n_cells, ordinal))
		return;
	see_row(&w, edges_ns, n_cells, seen);
	if (!edges)
		return;
	memcpy(row->seen, seen, n_cells);
	row->version = p->edges.version;
	row->now_ns = p->now_ns;
	row->lane = lane;
	row->ordinal = ordinal;
}

unsigned trace_lane_seen(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                         uint64_t t1_ns, uint32_t ordinal)
{
	uint8_t seen;
	trace_lane_seen_row(model, lane, (const uint64_t[]){t0_ns, t1_ns}, 1, ordinal, &seen);
	return seen;
}

void trace_object_range_row(const struct trace_model *model, uint32_t lane,
                            const uint64_t edges_ns[], size_t n_cells, uint32_t ordinal,
                            struct trace_range ranges[])
{
	const struct trace_lane *l = &model->lanes[lane];
	struct walk w;
	size_t from, until;
	for (size_t i = 0; i < n_cells; i++)
		ranges[i] = TRACE_RANGE_NONE;
	if (l->kind != TRACE_LANE_OBJECT || n_cells == 0 ||
	    !walk_from(&w, model, l, edges_ns, n_cells, ordinal))
		return;
	for (size_t i = 0; i < n_cells; i++) {
		if (edges_ns[i] >= edges_ns[i + 1])
			continue;
		walk_over(&w, i, edges_ns[i], &from, &until);
		ranges[i] = trace_lane_past_range(&w.past, from, until);
	}
}

bool trace_object_range(const struct trace_model *model, uint32_t lane, uint64_t t0_ns,
                        uint64_t t1_ns, uint32_t ordinal, int64_t *low, int64_t *high)
{
	struct trace_range range;
	trace_object_range_row(model, lane, (const uint64_t[]){t0_ns, t1_ns}, 1, ordinal, &range);
	if (range.low > range.high)
		return false;
	*low = range.low;
	*high = range.high;
	return true;
}

void trace_lane_state(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                      uint64_t now_ns, struct trace_state_now *out)
{
	const struct trace_lane *l = &model->lanes[lane];
	memset(out, 0, sizeof *out);
	size_t at = l->kind == TRACE_LANE_TASK ? trace_lane_at(l, ordinal) : SIZE_MAX;
	if (at == SIZE_MAX)
		return;
	const struct trace_record *r = trace_model_event(model, l->ordinals[at]);
	out->state = r->sub;
	out->where = r->d;
	out->since_ns = r->t_ns;
	switch (r->sub) {
	case TRACE_STATE_WAITING:
		out->on = r->arg & (uint16_t)~TRACE_TIMED;
		out->object = r->a;
		out->timed = r->arg & TRACE_TIMED;
		out->until_ns = out->timed ? trace_join(r->b, r->c) : 0;
		break;
	case TRACE_STATE_READY:
		out->why = r->arg;
		out->object = r->a;
		out->by = r->b;
		break;
	case TRACE_STATE_DONE:
		out->outcome = r->arg;
		out->value = r->a;
		break;
	default:
		out->blocked = now_ns >= r->t_ns && now_ns - r->t_ns >= model->blocked_ns;
	}
}
