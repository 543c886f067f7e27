/* The pieces of sentences: names, lists, times, places in line. */
#include "viz/explain.h"

#include "viz/format_time.h"

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

size_t viz_place_in_line(const struct trace_model *model, uint32_t object_lane, uint32_t ordinal,
                         uint32_t lane)
{
	uint32_t line[VIZ_LINE_MAX];
	size_t n = trace_object_waiters(model, object_lane, ordinal, line, VIZ_LINE_MAX);
	for (size_t i = 0; i < n && i < VIZ_LINE_MAX; i++) {
		if (line[i] == lane)
			return i + 1;
	}
	return 0;
}

const struct trace_record *viz_last_cancel(const struct trace_model *model, uint32_t lane,
                                           uint32_t ordinal, unsigned phase)
{
	const struct trace_lane *it = &model->lanes[lane];
	for (size_t i = it->n_others; i > 0; i--) {
		if (it->others[i - 1] > ordinal)
			continue;
		const struct trace_record *record = trace_model_event(model, it->others[i - 1]);
		if (record->kind == TRACE_CANCEL && (phase == 0 || record->sub == phase))
			return record;
	}
	return NULL;
}

void viz_text_add_canceller(struct viz_text *text, const struct trace_model *model, uint32_t lane,
                            uint32_t ordinal)
{
	const struct trace_record *request =
	        viz_last_cancel(model, lane, ordinal, TRACE_CANCEL_REQUESTED);
	if (request == NULL)
		return;
	viz_text_add(text, " by ");
	viz_text_add_task(text, model, request->a);
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
