/* From a lesson and its recording to a worksheet. The grid has at most SCN_CELLS_MAX columns, of the first round length that the
 * whole run fits into; where no time passes at all, a column is a step. */
#include "viz/classroom/sheet.h"

#include <inttypes.h>
#include <string.h>

#include "viz/classroom/truth.h"
#include "viz/text/format_time.h"
#include "viz/run/lesson_text.h"

const struct viz_sheet_letter viz_sheet_letters[] = {
        {'#', "running"}, {'r', "ready"},     {'.', "waiting"}, {'!', "blocks the others"},
        {'|', "its end"}, {'x', "cancelled"}, {'E', "failed"},  {0, NULL},
};

static void write_settings(struct viz_sheet *sheet, const struct trace_model *model)
{
	size_t used = 0;
	for (size_t i = 0; i < model->n_params && used < sizeof sheet->settings; i++) {
		const struct trace_pair *param = &model->params[i];
		const char *unit = "";
		for (size_t k = 0; k < sheet->scenario->n_params; k++)
			if (strcmp(sheet->scenario->params[k].name, param->name) == 0 &&
			    strcmp(sheet->scenario->params[k].unit, "ms") == 0)
				unit = " ms";
		int n = snprintf(sheet->settings + used, sizeof sheet->settings - used, "%s%s=%s%s",
		                 i > 0 ? ", " : "", param->name, param->value, unit);
		used += n > 0 ? (size_t)n : 0;
	}
}

/* Choose the length of a cell: 1, 2 or 5 of a power of ten. */
static void choose_cells(struct viz_sheet *sheet, uint64_t end_ns)
{
	static const uint64_t steps[] = {1, 2, 5};
	for (uint64_t unit_ns = 1;; unit_ns *= 10)
		for (size_t i = 0; i < 3; i++) {
			uint64_t cell_ns = steps[i] * unit_ns;
			if (end_ns / cell_ns + 2 > SCN_CELLS_MAX)
				continue;
			sheet->cell_ns = cell_ns;
			sheet->n_cells =
			        (size_t)(end_ns / cell_ns) + 2; /* the last one is for the ends */
			sheet->per_mark = steps[i] == 5 ? 4 : 5;
			return;
		}
}

/* The level at the end of each cell, as a figure. */
static void write_levels(const struct viz_sheet *sheet, const struct trace_model *model,
                         uint32_t lane, char cells[])
{
	for (size_t i = 0; i < sheet->n_cells; i++) {
		uint32_t at = trace_model_at_time(model, (i + 1) * sheet->cell_ns - 1);
		uint32_t waiters;
		int64_t value;
		cells[i] = ' ';
		if (at != TRACE_NONE && trace_object_level(model, lane, at, &value, &waiters))
			cells[i] = value > 9 ? '+' : value < 0 ? '-' : (char)('0' + value);
	}
	cells[sheet->n_cells] = '\0';
}

static bool has_level(const struct trace_lane *lane)
{
	return lane->kind == TRACE_LANE_OBJECT && lane->n > 0 &&
	       lane->object_kind != TRACE_OBJECT_FUTURE;
}

static void add_lane(struct viz_sheet *sheet, const struct trace_model *model, uint32_t index)
{
	const struct trace_lane *from = &model->lanes[index];
	if (sheet->n_lanes == VIZ_SHEET_LANES) {
		sheet->n_more++;
		return;
	}
	struct viz_sheet_lane *lane = &sheet->lanes[sheet->n_lanes++];
	lane->kind = from->kind == TRACE_LANE_WORKER   ? VIZ_SHEET_WORKER
	             : from->kind == TRACE_LANE_OBJECT ? VIZ_SHEET_LEVEL
	                                               : VIZ_SHEET_TASK;
	snprintf(lane->name, sizeof lane->name, "%s%s",
	         from->kind == TRACE_LANE_WORKER ? "thread " : "",
	         index == 0 ? "the loop" : from->name);
	if (sheet->by_steps) {
		memset(lane->cells, ' ', sheet->n_cells);
		lane->cells[sheet->n_cells] = '\0';
	} else if (lane->kind == VIZ_SHEET_LEVEL) {
		write_levels(sheet, model, index, lane->cells);
	} else {
		viz_truth_row(model, index, 0, sheet->cell_ns, sheet->n_cells, lane->cells);
	}
}

/* The lane whose step an event is; TRACE_NONE when it is none. A callback is a step of the loop. */
static uint32_t step_of(const struct trace_model *model, const struct trace_record *event)
{
	if (event->kind == TRACE_CALL && event->sub == TRACE_PHASE_BEGIN)
		return 0;
	if (event->kind == TRACE_STATE && event->sub == TRACE_STATE_RUNNING &&
	    event->arg != TRACE_STILLBORN)
		return trace_model_lane(model, TRACE_LANE_TASK, event->id);
	return TRACE_NONE;
}

/* Without time to show: the lanes of those who have a step at all, and a cell a step. */
static void make_steps(struct viz_sheet *sheet, const struct trace_model *model)
{
	uint32_t lanes[SCN_CELLS_MAX] = {0};
	for (uint32_t i = 0; i < model->n_events && sheet->n_cells < SCN_CELLS_MAX; i++) {
		uint32_t lane = step_of(model, trace_model_event(model, i));
		if (lane != TRACE_NONE)
			lanes[sheet->n_cells++] = lane;
	}
	sheet->per_mark = 5;
	for (size_t i = 0; i < model->n_lanes; i++) {
		uint32_t lane = model->order[i];
		size_t n = sheet->n_lanes;
		if (model->lanes[lane].kind == TRACE_LANE_TASK || lane == 0)
			add_lane(sheet, model, lane);
		for (size_t k = 0; k < sheet->n_cells && n < sheet->n_lanes; k++)
			if (lanes[k] == lane)
				sheet->lanes[n].cells[k] = '#';
	}
}

static void make_grid(struct viz_sheet *sheet, const struct trace_model *model)
{
	if (sheet->scenario->needs_real_clock)
		return;
	sheet->by_steps = model->t_end_ns == 0;
	if (sheet->by_steps) {
		make_steps(sheet, model);
		return;
	}
	choose_cells(sheet, model->t_end_ns);
	for (size_t i = 0; i < model->n_lanes; i++) {
		const struct trace_lane *lane = &model->lanes[model->order[i]];
		if (lane->kind == TRACE_LANE_TASK || lane->kind == TRACE_LANE_WORKER ||
		    has_level(lane))
			add_lane(sheet, model, model->order[i]);
	}
}

void viz_sheet_make(struct viz_sheet *sheet, const struct scenario *scenario,
                    const struct trace_model *model, bool key)
{
	char number[VIZ_TIME_BYTES];
	const char *status = trace_status_name(model->status);
	size_t n;
	const struct scn_point *points = scn_points(scenario, &n);
	*sheet = (struct viz_sheet){.scenario = scenario, .key = key};
	write_settings(sheet, model);
	snprintf(sheet->end, sizeof sheet->end, "%s at %s ms",
	         status != NULL ? status : "not ended",
	         viz_format_time_in(number, model->t_end_ns, VIZ_TIME_MS, 3));
	make_grid(sheet, model);
	for (size_t i = 0; i < n && sheet->n_points < VIZ_SHEET_POINTS; i++) {
		struct viz_stop moment;
		if (!viz_answer(model, scenario, &points[i], &sheet->answers[sheet->n_points]) ||
		    !viz_answer_moment(model, &points[i], &moment))
			continue;
		sheet->at_ns[sheet->n_points] = moment.t_ns;
		sheet->points[sheet->n_points++] = &points[i];
	}
}

void viz_sheet_mark(const struct viz_sheet *sheet, size_t cell, char *text, size_t bytes)
{
	char number[VIZ_TIME_BYTES];
	if (sheet->by_steps)
		snprintf(text, bytes, "%zu", cell + 1);
	else
		snprintf(text, bytes, "%s",
		         viz_format_time_in(number, cell * sheet->cell_ns, VIZ_TIME_MS, 6));
}

void viz_sheet_cell(const struct viz_sheet *sheet, char *text, size_t bytes)
{
	char number[VIZ_TIME_BYTES];
	if (sheet->by_steps)
		snprintf(text, bytes, "one step");
	else
		snprintf(text, bytes, "%s ms",
		         viz_format_time_in(number, sheet->cell_ns, VIZ_TIME_MS, 6));
}

const char *viz_sheet_moment(const struct viz_sheet *sheet, size_t index, char *text,
                             size_t text_bytes)
{
	char number[VIZ_TIME_BYTES];
	text[0] = '\0';
	if (sheet->at_ns[index] > 0)
		snprintf(text, text_bytes, "At %s ms.",
		         viz_format_time_in(number, sheet->at_ns[index], VIZ_TIME_MS, 6));
	return text;
}

char viz_sheet_byte(char byte)
{
	bool is_control =
	        ((unsigned char)byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
	return is_control ? '?' : byte;
}

const char *viz_sheet_program(const struct viz_sheet *sheet)
{
	return viz_lesson_program(sheet->scenario);
}

const struct viz_sheet_format *viz_sheet_format(const char *name, const char *path)
{
	static const struct viz_sheet_format *const formats[] = {&viz_sheet_md, &viz_sheet_html};
	const char *dot = path != NULL ? strrchr(path, '.') : NULL;
	const char *wanted = name != NULL ? name : dot != NULL ? dot + 1 : "md";
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(formats[i]->name, wanted) == 0)
			return formats[i];
	return name == NULL ? &viz_sheet_md : NULL;
}
