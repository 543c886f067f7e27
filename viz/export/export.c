/* Exports that are pictures. A page is a screen that is high enough for everything and has no keys; beyond
 * PAGE_MAX_ROWS the oldest log lines are left out first and then the last lanes, which the picture says.
 */
#include "viz/export/export.h"

#include <string.h>

#include "viz/canvas/canvas.h"
#include "viz/explain/judgement.h"
#include "viz/explain/explain.h"
#include "viz/text/utf8.h"

enum { PAGE_MAX_ROWS = 5000, LOG_MAX_ROWS = 2000, MIN_ROWS = 10, MIN_COLS = 40 };

/* Return the rows that a page needs: the head, the question, the ruler, the lanes, a
 * rule, the log and a blank row, the legend. */
static int page_rows(const struct trace_model *model, const struct viz_export_options *options,
                     int cols)
{
	int max_rows = options->max_rows > 0 ? options->max_rows : PAGE_MAX_ROWS;
	size_t n_lanes = 0;
	for (size_t i = 0; i < model->n_drawn; i++)
		n_lanes += options->lanes == NULL || options->lanes[model->order[i]];
	size_t question = model->question[0] == '\0'                  ? 0
	                  : viz_utf8_cols(model->question) > cols - 2 ? 2
	                                                              : 1;
	size_t log = model->n_logs < LOG_MAX_ROWS ? model->n_logs : LOG_MAX_ROWS;
	size_t rows = 5 + question + (model->n_vars < 8 ? model->n_vars : 8) +
	              (n_lanes > 3 ? n_lanes : 3) + (log > 3 ? log : 3);
	return rows > (size_t)max_rows ? max_rows : (int)rows;
}

static uint32_t lane_named(const struct trace_model *model, const char *name)
{
	for (uint32_t i = 0; name != NULL && i < model->n_lanes; i++) {
		if (strcmp(model->lanes[i].name, name) == 0)
			return i;
	}
	return TRACE_NONE;
}

/* Return the lane that a picture of a moment should say a word on: who blocks the loop, else the last in line
 * for an object, else the loop. */
static uint32_t lane_to_explain(const struct trace_model *model, uint32_t ordinal, uint64_t t_ns)
{
	struct trace_state_now state = {0};
	uint32_t lane = ordinal != TRACE_NONE ? trace_model_running(model, ordinal) : TRACE_NONE;
	if (lane != TRACE_NONE)
		trace_lane_state(model, lane, ordinal, t_ns, &state);
	if (state.blocked)
		return lane;
	for (uint32_t i = 0; i < model->n_lanes; i++) {
		uint32_t line[VIZ_LINE_MAX];
		if (model->lanes[i].kind != TRACE_LANE_OBJECT)
			continue;
		size_t n = trace_object_waiters(model, i, ordinal, line, VIZ_LINE_MAX);
		if (n > 0)
			return line[n < VIZ_LINE_MAX ? n - 1 : VIZ_LINE_MAX - 1];
	}
	return 0;
}

static void set_view(struct viz_view *view, const struct trace_model *model,
                     const struct viz_export_options *options)
{
	*view = (struct viz_view)VIZ_VIEW_INIT;
	view->page = options->rows == 0;
	view->ascii = options->ascii;
	view->panes = options->panes;
	view->present = options->present;
	view->path = options->path;
	view->axis = options->order ? VIZ_AXIS_ORDER : VIZ_AXIS_TIME;
	view->selected = lane_named(model, options->selected);
	view->wishes.only = options->lanes;
	if (options->from_ns > 0 || options->to_ns > 0) {
		uint64_t to_ns = options->to_ns > 0 ? options->to_ns : model->t_end_ns;
		view->fit = view->track = false;
		view->t0_ns = view->said_from_ns = options->from_ns;
		view->span_ns = to_ns > options->from_ns ? to_ns - options->from_ns : 1;
		viz_view_seek(view, model, to_ns);
		view->track = false;
	}
	/* the end is the end: nothing is to come that the playhead would look back from */
	if (options->has_at && options->at_ns < model->t_end_ns)
		viz_view_seek(view, model, options->at_ns);
	if (view->selected == TRACE_NONE && !view->page)
		view->selected =
		        lane_to_explain(model, viz_view_ordinal(view, model),
		                        options->has_at ? options->at_ns : model->t_end_ns);
}

/* The stretch of time that was asked for, on the axis of events. */
static void set_order_window(struct viz_view *view, const struct trace_model *model,
                             const struct viz_export_options *options, int cols)
{
	if (!options->order || view->fit || cols <= 0)
		return;
	uint32_t before = options->from_ns > 0 ? trace_model_at_time(model, options->from_ns - 1)
	                                       : TRACE_NONE;
	uint64_t first = trace_model_rank(model, before);
	uint64_t last = trace_model_rank(model, viz_view_ordinal(view, model));
	uint64_t n = last > first ? last - first : 1;
	view->order_from = first;
	view->each = 1;
	view->per_col = (uint32_t)((n + (uint64_t)cols - 1) / (uint64_t)cols);
}

int viz_export_paint(struct viz_grid *grid, const struct trace_model *model,
                     const struct viz_export_options *options)
{
	struct viz_view view;
	struct viz_layout layout;
	int cols = options->cols > 0 ? options->cols : 100;
	int rows = options->rows > 0 ? options->rows : page_rows(model, options, cols);
	if (viz_grid_init(grid, rows < MIN_ROWS ? MIN_ROWS : rows,
	                  cols < MIN_COLS ? MIN_COLS : cols) != 0)
		return -1;
	set_view(&view, model, options);
	viz_layout(&layout, grid->rows, grid->cols, &view, model);
	set_order_window(&view, model, options, layout.timeline.cols);
	viz_view_settle(&view, model, layout.timeline.cols, layout.lines);
	struct viz_scene scene = {.mode = options->mode,
	                          .now_ns = model->t_end_ns,
	                          .can_step = options->mode == VIZ_MODE_HELD};
	struct viz_source_text source = {.text = NULL};
	viz_source_text_follow(&source, &view, model);
	scene.source = &source;
	struct viz_judgement judgement = {.findings = NULL};
	if (viz_panes_has(&view.panes, VIZ_PANE_METRICS))
		scene.stats =
		        viz_judgement_stats_at(&judgement, model, viz_view_ordinal(&view, model),
		                               viz_view_time_ns(&view, model));
	if (options->path)
		scene.path = viz_judgement_path(&judgement, model);
	viz_paint(grid, model, &view, &scene);
	viz_judgement_fini(&judgement);
	viz_source_text_fini(&source);
	return 0;
}

int viz_export_text(const struct trace_model *model, const struct viz_export_options *options,
                    FILE *out)
{
	struct viz_grid grid;
	if (viz_export_paint(&grid, model, options) != 0)
		return -1;
	viz_canvas_text(&grid, out);
	viz_grid_fini(&grid);
	return 0;
}

int viz_export_ansi(const struct trace_model *model, const struct viz_export_options *options,
                    FILE *out)
{
	struct viz_grid grid;
	if (viz_export_paint(&grid, model, options) != 0)
		return -1;
	viz_canvas_ansi(&grid, options->depth, options->theme, out);
	viz_grid_fini(&grid);
	return 0;
}

int viz_export_svg(const struct trace_model *model, const struct viz_export_options *options,
                   FILE *out)
{
	struct viz_grid grid;
	if (viz_export_paint(&grid, model, options) != 0)
		return -1;
	viz_canvas_svg(&grid, options->theme == VIZ_THEME_LIGHT,
	               model->title[0] != '\0' ? model->title : model->lesson, out);
	viz_grid_fini(&grid);
	return 0;
}
