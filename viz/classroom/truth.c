/* The questions of SCN_TRUTHS, one small search each. A lane is found by its name; where several tasks share one, the
 * first counts. */
#include "viz/classroom/truth.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "viz/text/format_time.h"
#include "viz/text/text.h"

#define LINE_BYTES 512

static uint32_t lane_named(const struct trace_model *model, enum trace_lane_kind kind,
                           const char *name)
{
	for (uint32_t i = 0; name != NULL && i < model->n_lanes; i++)
		if (model->lanes[i].kind == kind && strcmp(model->lanes[i].name, name) == 0)
			return i;
	return TRACE_NONE;
}

static uint32_t first_after(uint32_t after)
{
	return after == TRACE_NONE ? 0 : after + 1;
}

uint32_t viz_truth_line(const struct trace_model *model, const char *text, uint32_t from)
{
	char line[LINE_BYTES];
	for (size_t i = 0; i < model->n_logs; i++) {
		const struct trace_record *event = trace_model_event(model, model->logs[i]);
		if (model->logs[i] < from)
			continue;
		trace_model_string(model, event->a, line, sizeof line);
		if (event->kind == TRACE_MARK ? strcmp(line, text) == 0
		                              : strstr(line, text) != NULL)
			return model->logs[i];
	}
	return TRACE_NONE;
}

/* Return the first STATE record of that kind of a lane (TRACE_NONE: of any) after a moment. The step of a task that is cancelled
 * before its first one is none of its own. */
static uint32_t next_state(const struct trace_model *model, uint32_t lane, enum trace_state state,
                           uint32_t after)
{
	for (uint32_t i = first_after(after); i < model->n_events; i++) {
		const struct trace_record *event = trace_model_event(model, i);
		if (event->kind == TRACE_STATE && event->sub == state &&
		    (state != TRACE_STATE_RUNNING || event->arg != TRACE_STILLBORN) &&
		    (lane == TRACE_NONE || event->id == model->lanes[lane].id))
			return i;
	}
	return TRACE_NONE;
}

static bool put_time(const struct trace_model *model, uint32_t ordinal, char *text, size_t bytes)
{
	char number[VIZ_TIME_BYTES];
	if (ordinal == TRACE_NONE)
		snprintf(text, bytes, "never");
	else
		snprintf(text, bytes, "%s ms",
		         viz_format_time_in(number, trace_model_event(model, ordinal)->t_ns,
		                            VIZ_TIME_MS, 6));
	return true;
}

static bool put_lane(const struct trace_model *model, uint32_t lane, char *text, size_t bytes)
{
	struct viz_text name = viz_text_begin(text, bytes);
	if (lane == TRACE_NONE)
		return false;
	viz_text_add(&name, "%s", lane == 0 ? "the loop" : model->lanes[lane].name);
	return true;
}

uint32_t viz_truth_next_lane(const struct trace_model *model, uint32_t after)
{
	uint32_t ordinal = next_state(model, TRACE_NONE, TRACE_STATE_RUNNING, after);
	return ordinal == TRACE_NONE ? TRACE_NONE
	                             : trace_model_lane(model, TRACE_LANE_TASK,
	                                                trace_model_event(model, ordinal)->id);
}

static bool put_next(const struct trace_model *model, uint32_t after, char *text, size_t bytes)
{
	return put_lane(model, viz_truth_next_lane(model, after), text, bytes);
}

static bool put_waker(const struct trace_model *model, uint32_t lane, uint32_t after, char *text,
                      size_t bytes)
{
	uint32_t ordinal = next_state(model, lane, TRACE_STATE_READY, after);
	if (ordinal == TRACE_NONE)
		return false;
	uint32_t by = trace_model_event(model, ordinal)->a;
	return put_lane(model, by == 0 ? 0 : trace_model_lane(model, TRACE_LANE_TASK, by), text,
	                bytes);
}

static bool put_outcome(const struct trace_model *model, uint32_t lane, char *text, size_t bytes)
{
	uint32_t ordinal = next_state(model, lane, TRACE_STATE_DONE, TRACE_NONE);
	const char *name = ordinal == TRACE_NONE
	                           ? "never"
	                           : trace_outcome_name(trace_model_event(model, ordinal)->arg);
	snprintf(text, bytes, "%s", name != NULL ? name : "");
	return name != NULL;
}

static bool put_count(const struct trace_model *model, const char *of, char *text, size_t bytes)
{
	uint32_t n = 0;
	for (uint32_t at = 0; (at = viz_truth_line(model, of, at)) != TRACE_NONE; at++)
		n++;
	snprintf(text, bytes, "%" PRIu32, n);
	return true;
}

static bool put_var(const struct trace_model *model, const char *name, char *text, size_t bytes)
{
	char found[LINE_BYTES];
	for (size_t i = model->n_events; i-- > 0;) {
		const struct trace_record *event = trace_model_event(model, (uint32_t)i);
		if (event->kind != TRACE_VAR)
			continue;
		trace_model_string(model, event->a, found, sizeof found);
		if (strcmp(found, name) != 0)
			continue;
		snprintf(text, bytes, "%" PRId64, (int64_t)trace_join(event->b, event->c));
		return true;
	}
	return false;
}

static bool put_peak(const struct trace_model *model, const char *name, char *text, size_t bytes)
{
	uint32_t lane = lane_named(model, TRACE_LANE_OBJECT, name);
	if (lane == TRACE_NONE)
		return false;
	snprintf(text, bytes, "%" PRId64, model->lanes[lane].level_max);
	return true;
}

static bool put_status(const struct trace_model *model, char *text, size_t bytes)
{
	const char *name = trace_status_name(model->status);
	if (name != NULL)
		snprintf(text, bytes, "%s", name);
	return name != NULL;
}

bool viz_truth_of_lane(const struct trace_model *model, enum scn_truth truth, uint32_t lane,
                       uint32_t after, char *text, size_t bytes)
{
	switch (truth) {
	case SCN_TRUTH_MAKESPAN:
		return model->n_events > 0 &&
		       put_time(model, (uint32_t)model->n_events - 1, text, bytes);
	case SCN_TRUTH_NEXT:
		return put_next(model, after, text, bytes);
	default:
		break;
	}
	if (lane == TRACE_NONE)
		return false;
	switch (truth) {
	case SCN_TRUTH_END:
		return put_time(model, next_state(model, lane, TRACE_STATE_DONE, TRACE_NONE), text,
		                bytes);
	case SCN_TRUTH_START:
		return put_time(model, next_state(model, lane, TRACE_STATE_RUNNING, TRACE_NONE),
		                text, bytes);
	case SCN_TRUTH_RESUME:
		return put_time(model, next_state(model, lane, TRACE_STATE_RUNNING, after), text,
		                bytes);
	case SCN_TRUTH_WAKER:
		return put_waker(model, lane, after, text, bytes);
	default:
		return put_outcome(model, lane, text, bytes);
	}
}

bool viz_truth_text(const struct trace_model *model, const struct scn_point *point, uint32_t after,
                    char *text, size_t bytes)
{
	switch (point->truth) {
	case SCN_TRUTH_STATUS:
		return put_status(model, text, bytes);
	case SCN_TRUTH_LOGGED:
		return put_time(model, viz_truth_line(model, point->of, first_after(after)), text,
		                bytes);
	case SCN_TRUTH_COUNT:
		return put_count(model, point->of, text, bytes);
	case SCN_TRUTH_VAR:
		return put_var(model, point->of, text, bytes);
	case SCN_TRUTH_PEAK:
		return put_peak(model, point->of, text, bytes);
	default:
		return viz_truth_of_lane(model, point->truth,
		                         lane_named(model, TRACE_LANE_TASK, point->of), after, text,
		                         bytes);
	}
}

uint32_t viz_truth_option(const struct trace_model *model, const struct scn_point *point,
                          const struct scn_option *option, uint32_t after)
{
	const char *what = option->is != NULL ? option->is : option->text;
	if (point->truth == SCN_TRUTH_ORDER_LOG)
		return viz_truth_line(model, what, first_after(after));
	uint32_t lane = lane_named(model, TRACE_LANE_TASK, what);
	if (lane == TRACE_NONE)
		return TRACE_NONE;
	return next_state(model, lane,
	                  point->truth == SCN_TRUTH_ORDER_END ? TRACE_STATE_DONE
	                                                      : TRACE_STATE_RUNNING,
	                  after);
}

/* The most important thing in a cell, in the order of the painter. */
static char letter_of(unsigned seen)
{
	static const struct {
		unsigned seen;
		char letter;
	} rows[] = {
	        {TRACE_SEEN_BLOCKED, '!'},   {TRACE_SEEN_ERROR, 'E'}, {TRACE_SEEN_RUNNING, '#'},
	        {TRACE_SEEN_CANCELLED, 'x'}, {TRACE_SEEN_READY, 'r'}, {TRACE_SEEN_DONE, '|'},
	        {TRACE_SEEN_WAITING, '.'},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if ((seen & rows[i].seen) != 0)
			return rows[i].letter;
	return ' ';
}

static void write_cells(const uint8_t seen[], size_t n, char cells[])
{
	const unsigned ends = TRACE_SEEN_DONE | TRACE_SEEN_CANCELLED | TRACE_SEEN_ERROR;
	unsigned carried = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned steps = seen[i] & (TRACE_SEEN_RUNNING | TRACE_SEEN_BLOCKED);
		cells[i] = letter_of(carried | (steps != 0 ? seen[i] & ~ends : seen[i]));
		carried = steps != 0 ? seen[i] & ends : 0;
	}
	cells[n] = '\0';
}

/* Whether a task was cancelled before its first step: the one that it has is the loop's, which ends it. */
static bool is_stillborn(const struct trace_model *model, uint32_t lane)
{
	const struct trace_lane *it = &model->lanes[lane];
	for (size_t i = 0; i < it->n && it->kind == TRACE_LANE_TASK; i++) {
		const struct trace_record *event = trace_model_event(model, it->ordinals[i]);
		if (event->kind == TRACE_STATE && event->sub == TRACE_STATE_RUNNING)
			return event->arg == TRACE_STILLBORN;
	}
	return false;
}

void viz_truth_row(const struct trace_model *model, uint32_t lane, uint64_t t_ns, uint64_t cell_ns,
                   size_t n, char cells[])
{
	uint64_t edges_ns[SCN_CELLS_MAX + 1];
	uint8_t seen[SCN_CELLS_MAX];
	for (size_t i = 0; i <= n; i++)
		edges_ns[i] = t_ns + i * cell_ns;
	trace_lane_seen_row(model, lane, edges_ns, n, TRACE_NONE, seen);
	write_cells(seen, n, cells);
	for (size_t i = 0; i < n && is_stillborn(model, lane); i++)
		if (cells[i] == '#')
			cells[i] = 'r';
}

bool viz_truth_cells(const struct trace_model *model, const struct scn_point *point, uint64_t t_ns,
                     char cells[SCN_CELLS_MAX + 1])
{
	uint32_t lane = lane_named(model, TRACE_LANE_TASK, point->of);
	size_t n = point->cells != NULL ? strlen(point->cells) : 0;
	if (lane == TRACE_NONE || n == 0 || n > SCN_CELLS_MAX)
		return false;
	viz_truth_row(model, lane, t_ns, point->cell_ns, n, cells);
	return true;
}
