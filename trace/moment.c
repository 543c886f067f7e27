/* Where every lane stands at a moment. Questions about all lanes at once (who is ready, what every task waits for) would search each lane
 * anew; the moment that was asked for last is kept instead, and moved event by event to the next one if that is near: the
 * next frame asks for the same one, and a step for its neighbour.
 */
#include <stdlib.h>
#include <string.h>

#include "trace/model_private.h"

#define NEAR_EVENTS 4096u /* walking so far costs less than searching a few hundred lanes */

void trace_moment_fini(struct trace_moment *moment)
{
	free(moment->counts);
	free(moment->ready);
	*moment = (struct trace_moment){0};
}

/* The lane whose own record it is; TRACE_NONE for other records. */
static uint32_t lane_of(const struct trace_model *model, const struct trace_record *r)
{
	switch (r->kind) {
	case TRACE_STATE:
		return trace_model_lane(model, TRACE_LANE_TASK, r->id);
	case TRACE_LEVEL:
		return trace_model_lane(model, TRACE_LANE_OBJECT, r->id);
	case TRACE_WORKER:
		return trace_model_lane(model, TRACE_LANE_WORKER, r->id);
	case TRACE_TICK:
		return 0;
	default:
		return TRACE_NONE;
	}
}

/* The state of a lane of which `n` own records have happened; 0: it is no task, or has none yet. */
static unsigned state_after(const struct trace_lane *lane, uint32_t n)
{
	if (lane->kind != TRACE_LANE_TASK || n == 0)
		return 0;
	unsigned seen = trace_track_sets(&lane->own)[n - 1];
	return seen & TRACE_SEEN_WAITING   ? TRACE_STATE_WAITING
	       : seen & TRACE_SEEN_READY   ? TRACE_STATE_READY
	       : seen & TRACE_SEEN_RUNNING ? TRACE_STATE_RUNNING
	                                   : TRACE_STATE_DONE;
}

/* Count the own records of each lane up to the event before `end`, whose counts stand at that before `moment->end`. */
static void walk(const struct trace_model *model, struct trace_moment *moment, size_t end)
{
	size_t low = end < moment->end ? end : moment->end;
	size_t high = end < moment->end ? moment->end : end;
	uint32_t by = end < moment->end ? UINT32_MAX : 1; /* wraps: one less */
	for (size_t i = low; i < high; i++) {
		uint32_t lane = lane_of(model, trace_model_event(model, (uint32_t)i));
		if (lane >= moment->n_lanes)
			continue;
		moment->n_in[state_after(&model->lanes[lane], moment->counts[lane])]--;
		moment->counts[lane] += by;
		moment->n_in[state_after(&model->lanes[lane], moment->counts[lane])]++;
	}
	moment->end = end;
}

static void search(const struct trace_model *model, struct trace_moment *moment, size_t end)
{
	memset(moment->n_in, 0, sizeof moment->n_in);
	for (size_t i = 0; i < model->n_lanes; i++) {
		const struct trace_lane *lane = &model->lanes[i];
		moment->counts[i] = 0;
		if (end > 0)
			moment->counts[i] = (uint32_t)trace_ordinals_until(lane->ordinals, lane->n,
			                                                   (uint32_t)(end - 1));
		moment->n_in[state_after(lane, moment->counts[i])]++;
	}
	moment->end = end;
}

/* Lanes that were made since have no record up to a moment that was there before. */
static bool reach_lanes(const struct trace_model *model, struct trace_moment *moment)
{
	size_t n = model->n_lanes;
	if (n > moment->cap) {
		size_t cap = n + n / 2;
		uint32_t *counts = realloc(moment->counts, cap * sizeof *counts);
		if (!counts)
			return false;
		moment->counts = counts;
		moment->cap = cap;
	}
	if (n > moment->n_lanes)
		memset(moment->counts + moment->n_lanes, 0,
		       (n - moment->n_lanes) * sizeof *moment->counts);
	moment->n_lanes = n;
	return true;
}

const uint32_t *trace_model_counts(const struct trace_model *model, uint32_t ordinal)
{
	struct trace_moment *moment = &model->private->moment;
	size_t end = ordinal >= model->n_events ? model->n_events : (size_t)ordinal + 1;
	if (!reach_lanes(model, moment))
		return NULL;
	size_t distance = end > moment->end ? end - moment->end : moment->end - end;
	if (moment->is_known && distance == 0)
		return moment->counts;
	moment->has_ready = false;
	if (moment->is_known && distance <= NEAR_EVENTS)
		walk(model, moment, end);
	else
		search(model, moment, end);
	moment->is_known = true;
	return moment->counts;
}

const size_t *trace_model_states(const struct trace_model *model, uint32_t ordinal)
{
	return trace_model_counts(model, ordinal) ? model->private->moment.n_in : NULL;
}
