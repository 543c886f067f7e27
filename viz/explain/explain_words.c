/* The pieces of sentences: names, lists, times, places in line. */
#include "viz/explain/explain.h"

#include <stdlib.h>

#include "trace/awaited.h"
#include "viz/text/format_time.h"

void viz_text_add_lane(struct viz_text *text, const struct trace_model *model, uint32_t lane)
{
	if (lane >= model->n_lanes) {
		viz_text_add(text, "a task");
		return;
	}
	const struct trace_lane *it = &model->lanes[lane];
	if (it->kind == TRACE_LANE_LOOP)
		viz_text_add(text, "the loop");
	else if (it->kind == TRACE_LANE_WORKER)
		viz_text_add(text, "worker %s", it->name);
	else
		viz_text_add(text, "%s", it->name);
}

void viz_text_add_task(struct viz_text *text, const struct trace_model *model, uint32_t task)
{
	uint32_t lane = task != 0 ? trace_model_lane(model, TRACE_LANE_TASK, task) : TRACE_NONE;
	if (task == 0)
		viz_text_add(text, "the loop");
	else if (lane == TRACE_NONE) /* a worker may outlive the records of its task */
		viz_text_add(text, "task %u", (unsigned)task);
	else
		viz_text_add_lane(text, model, lane);
}

void viz_text_add_lanes(struct viz_text *text, const struct trace_model *model,
                        const uint32_t lanes[], size_t n, const char *last)
{
	size_t shown = n > 4 ? 3 : n;
	for (size_t i = 0; i < shown; i++) {
		if (i > 0)
			viz_text_add(text, "%s", i + 1 == n ? last : ", ");
		viz_text_add_lane(text, model, lanes[i]);
	}
	if (shown < n)
		viz_text_add(text, "%s%zu more", last, n - shown);
}

void viz_text_add_time(struct viz_text *text, uint64_t t_ns)
{
	char time[VIZ_TIME_BYTES];
	viz_text_add(text, "%s", viz_format_time(time, t_ns));
}

void viz_text_add_put(struct viz_text *text, const struct trace_model *model, uint32_t ordinal)
{
	uint32_t lane = trace_model_running(model, ordinal);
	viz_text_add_lane(text, model, lane == TRACE_NONE ? 0 : lane);
	viz_text_add(text, " at ");
	viz_text_add_time(text, trace_model_event(model, ordinal)->t_ns);
}

void viz_text_add_duration(struct viz_text *text, uint64_t ns)
{
	uint64_t step_ns = viz_time_unit_ns(VIZ_TIME_MS);
	viz_text_add_time(text, ns >= step_ns ? ns / step_ns * step_ns : ns);
}

void viz_text_add_rank(struct viz_text *text, size_t rank)
{
	static const char *const endings[] = {"th", "st", "nd", "rd"};
	bool is_teen = rank % 100 >= 11 && rank % 100 <= 13;
	viz_text_add(text, "%zu%s", rank, endings[is_teen || rank % 10 > 3 ? 0 : rank % 10]);
}

void viz_text_add_rank_word(struct viz_text *text, size_t rank)
{
	static const char *const words[] = {"",       "first", "second", "third",
	                                    "fourth", "fifth", "sixth",  "seventh",
	                                    "eighth", "ninth", "tenth"};
	if (rank < sizeof words / sizeof words[0])
		viz_text_add(text, "%s", words[rank]);
	else
		viz_text_add_rank(text, rank);
}

size_t viz_awaited(const struct viz_moment *m, uint32_t lanes[VIZ_LINE_MAX])
{
	size_t n = trace_lane_awaited(m->model, m->lane, m->ordinal, lanes, VIZ_LINE_MAX);
	size_t used = n < VIZ_LINE_MAX ? n : VIZ_LINE_MAX;
	return n + trace_lane_awaited_objects(m->model, m->lane, m->ordinal, lanes + used,
	                                      VIZ_LINE_MAX - used);
}

uint32_t viz_object_of_wait(const struct viz_moment *moment)
{
	const struct trace_state_now *state = &moment->state;
	if (state->state != TRACE_STATE_WAITING || state->object == 0 ||
	    trace_on_is_task(state->on))
		return TRACE_NONE;
	return trace_model_lane(moment->model, TRACE_LANE_OBJECT, state->object);
}

/* Whether those who wait for this stand in a line, one woken after the other. */
static bool has_line(unsigned on)
{
	return on == TRACE_ON_LOCK || on == TRACE_ON_SEMAPHORE || on == TRACE_ON_CONDITION ||
	       on == TRACE_ON_QUEUE_GET || on == TRACE_ON_QUEUE_PUT;
}

/* Count those of `line` up to `lane` that wait for the same; getters and putters of a queue stand in two lines. */
static size_t place_among(const struct viz_moment *moment, const uint32_t line[], size_t n)
{
	size_t place = 0;
	for (size_t i = 0; i < n; i++) {
		struct viz_moment other =
		        viz_moment_of(moment->model, line[i], moment->ordinal, moment->now_ns);
		place += other.state.on == moment->state.on;
		if (line[i] == moment->lane)
			return place;
	}
	return 0;
}

size_t viz_place_in_line(const struct viz_moment *moment)
{
	uint32_t few[VIZ_LINE_MAX], object = viz_object_of_wait(moment);
	if (object == TRACE_NONE || !has_line(moment->state.on))
		return 0;
	size_t n = trace_object_waiters(moment->model, object, moment->ordinal, few, VIZ_LINE_MAX);
	if (n <= VIZ_LINE_MAX)
		return place_among(moment, few, n);
	uint32_t *all = malloc(n * sizeof *all);
	if (all == NULL)
		return 0;
	trace_object_waiters(moment->model, object, moment->ordinal, all, n);
	size_t place = place_among(moment, all, n);
	free(all);
	return place;
}

char *viz_name_of_wait(const struct trace_model *model, const struct trace_record *state,
                       char *text, size_t text_bytes)
{
	struct viz_text out = viz_text_begin(text, text_bytes);
	unsigned on = state->arg & ~TRACE_TIMED;
	enum trace_lane_kind kind = trace_on_is_task(on) ? TRACE_LANE_TASK : TRACE_LANE_OBJECT;
	uint32_t lane = state->a != 0 ? trace_model_lane(model, kind, state->a) : TRACE_NONE;
	const char *word = trace_on_name(on);
	if (lane != TRACE_NONE)
		viz_text_add_lane(&out, model, lane);
	else
		viz_text_add(&out, "%s", word != NULL ? word : "waiting");
	return text;
}

uint32_t viz_joined_queue(const struct trace_model *model, uint32_t lane, uint32_t ordinal)
{
	const struct trace_lane *it = &model->lanes[lane];
	size_t at = trace_lane_at(it, ordinal);
	if (at == SIZE_MAX || at == 0)
		return TRACE_NONE;
	const struct trace_record *ready = trace_model_event(model, it->ordinals[at]),
	                          *wait = trace_model_event(model, it->ordinals[at - 1]);
	bool is_joined = ready->sub == TRACE_STATE_READY && ready->arg == TRACE_WHY_DONE &&
	                 wait->sub == TRACE_STATE_WAITING &&
	                 (wait->arg & ~TRACE_TIMED) == TRACE_ON_QUEUE_JOIN;
	return is_joined ? trace_model_lane(model, TRACE_LANE_OBJECT, wait->a) : TRACE_NONE;
}
