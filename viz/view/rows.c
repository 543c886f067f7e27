/* The rows are worked out anew for every key and every frame that has a wish: a thousand lanes cost less than
 * painting them, and there is no second state that could be stale.
 *
 * A lane's totals (how long it has waited, has run) are those of all that was read, not of the playhead: rows that
 * change places with every step could not be followed.
 */
#include "viz/view/rows.h"

#include <stdlib.h>
#include <string.h>

static bool has_wish(const struct viz_wishes *wishes)
{
	return wishes->sort != VIZ_SORT_TREE || wishes->hide_done || wishes->fold_all ||
	       wishes->filter[0] != '\0' || wishes->folds.n > 0 || wishes->pins.n > 0 ||
	       wishes->hidden.n > 0 || wishes->only != NULL;
}

bool viz_rows_is_folded(const struct trace_model *model, const struct viz_view *view, uint32_t lane)
{
	const struct viz_wishes *wishes = &view->wishes;
	if (lane >= model->n_lanes || model->lanes[lane].kind != TRACE_LANE_TASK)
		return false;
	return viz_lane_set_has(&wishes->folds, lane) != wishes->fold_all;
}

bool viz_rows_has_children(const struct trace_model *model, uint32_t lane)
{
	/* In the tree's order the first child stands right below. */
	for (uint32_t i = 0; i + 1 < model->n_lanes; i++)
		if (model->order[i] == lane)
			return model->lanes[model->order[i + 1]].kind == TRACE_LANE_TASK &&
			       model->lanes[model->order[i + 1]].parent == lane;
	return false;
}

static bool is_done(const struct trace_model *model, const struct trace_lane *lane,
                    uint32_t ordinal)
{
	if (lane->kind != TRACE_LANE_TASK || lane->n == 0 || ordinal == TRACE_NONE)
		return false;
	uint32_t last = lane->ordinals[lane->n - 1];
	return last <= ordinal && trace_model_event(model, last)->sub == TRACE_STATE_DONE;
}

static bool is_wanted(const struct trace_model *model, const struct viz_view *view,
                      uint32_t ordinal, uint32_t lane)
{
	const struct viz_wishes *wishes = &view->wishes;
	const struct trace_lane *it = &model->lanes[lane];
	if (viz_lane_set_has(&wishes->hidden, lane) ||
	    (wishes->only != NULL && !wishes->only[lane]))
		return false;
	if (wishes->hide_done && is_done(model, it, ordinal))
		return false;
	return viz_pattern_is_in_lane(wishes->filter, it);
}

/* ---- Sorting ---- */

struct sorted {
	uint32_t lane;
	uint32_t place; /* in the model's order: what is equal keeps it */
	uint64_t value; /* the lowest first */
};

static uint64_t first_step(const struct trace_model *model, const struct trace_lane *lane)
{
	for (size_t i = 0; i < lane->n; i++)
		if (trace_model_event(model, lane->ordinals[i])->sub == TRACE_STATE_RUNNING)
			return lane->ordinals[i];
	return UINT64_MAX;
}

static uint64_t value_of(const struct trace_model *model, enum viz_sort sort, uint32_t lane)
{
	const struct trace_lane *it = &model->lanes[lane];
	if (sort == VIZ_SORT_START)
		return first_step(model, it);
	unsigned state = sort == VIZ_SORT_WAITING ? TRACE_STATE_WAITING : TRACE_STATE_RUNNING;
	uint64_t total_ns = it->total_ns[state - TRACE_STATE_READY];
	if (it->n > 0 && it->last_state == state)
		total_ns += model->t_end_ns - it->last_ns;
	return UINT64_MAX - total_ns;
}

static int by_value(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

/* Sort the tasks among `lanes`, which stand together. */
static void sort_tasks(const struct trace_model *model, enum viz_sort sort, uint32_t lanes[],
                       size_t n)
{
	size_t first = 0, n_tasks = 0;
	while (first < n && model->lanes[lanes[first]].kind != TRACE_LANE_TASK)
		first++;
	while (first + n_tasks < n && model->lanes[lanes[first + n_tasks]].kind == TRACE_LANE_TASK)
		n_tasks++;
	struct sorted *tasks = calloc(n_tasks + 1, sizeof *tasks);
	if (tasks == NULL)
		return;
	for (size_t i = 0; i < n_tasks; i++)
		tasks[i] = (struct sorted){lanes[first + i], (uint32_t)i,
		                           value_of(model, sort, lanes[first + i])};
	qsort(tasks, n_tasks, sizeof *tasks, by_value);
	for (size_t i = 0; i < n_tasks; i++)
		lanes[first + i] = tasks[i].lane;
	free(tasks);
}

/* ---- Listing ---- */

/* The trace of another program has no loop, whose lane would be empty: it is the first one of the order. */
static size_t n_without_row(const struct trace_model *model)
{
	return model->is_foreign && model->n_drawn > 0 && model->order[0] == 0 ? 1 : 0;
}

static void list(struct viz_rows *rows, const struct trace_model *model,
                 const struct viz_view *view)
{
	uint32_t ordinal = viz_view_ordinal(view, model), below = TRACE_NONE;
	const struct viz_lane_set *pins = &view->wishes.pins;
	for (uint32_t i = 0; i < pins->n; i++)
		if (pins->lanes[i] < model->n_lanes)
			rows->own[rows->n++] = pins->lanes[i];
	rows->n_pinned = rows->n;
	for (size_t i = n_without_row(model); i < model->n_drawn; i++) {
		uint32_t lane = model->order[i];
		const struct trace_lane *it = &model->lanes[lane];
		bool is_task = it->kind == TRACE_LANE_TASK;
		/* Deeper than a folded task, up to the next that is not: its subtree. */
		if (is_task && it->depth > below)
			continue;
		bool folded = viz_rows_is_folded(model, view, lane);
		below = is_task && folded ? it->depth : TRACE_NONE;
		if (is_wanted(model, view, ordinal, lane) && !viz_lane_set_has(pins, lane))
			rows->own[rows->n++] = lane;
	}
}

void viz_rows_init(struct viz_rows *rows, const struct trace_model *model,
                   const struct viz_view *view)
{
	size_t from = n_without_row(model), n = model->n_drawn - from;
	*rows = (struct viz_rows){.lanes = model->order + from, .n = n};
	if (!has_wish(&view->wishes))
		return;
	rows->own = calloc(model->n_lanes + VIZ_LANE_SET_MAX, sizeof *rows->own);
	if (rows->own == NULL)
		return;
	rows->n = 0;
	list(rows, model, view);
	if (view->wishes.sort != VIZ_SORT_TREE)
		sort_tasks(model, view->wishes.sort, rows->own + rows->n_pinned,
		           rows->n - rows->n_pinned);
	rows->lanes = rows->own;
	rows->n_hidden = n - rows->n;
}

void viz_rows_fini(struct viz_rows *rows)
{
	free(rows->own);
	*rows = (struct viz_rows){.n = 0};
}

/* ---- Rows on the screen ---- */

size_t viz_rows_pinned(const struct viz_rows *rows, int lines)
{
	size_t most = lines > 1 ? (size_t)lines / 2 : 0;
	return rows->n_pinned < most ? rows->n_pinned : most;
}

uint32_t viz_rows_lane(const struct viz_rows *rows, const struct viz_view *view, int lines,
                       int line)
{
	size_t at = (size_t)line;
	if (at >= viz_rows_pinned(rows, lines))
		at += view->top;
	return line >= 0 && line < lines && at < rows->n ? rows->lanes[at] : TRACE_NONE;
}

size_t viz_rows_place(const struct viz_rows *rows, uint32_t lane)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->lanes[i] == lane)
			return i;
	return SIZE_MAX;
}

/* Return the nearest task above `lane` that has a row. */
static uint32_t visible_parent(const struct viz_rows *rows, const struct trace_model *model,
                               uint32_t lane)
{
	while (lane < model->n_lanes && model->lanes[lane].kind == TRACE_LANE_TASK) {
		lane = model->lanes[lane].parent;
		if (lane < model->n_lanes && viz_rows_place(rows, lane) != SIZE_MAX)
			return lane;
	}
	return TRACE_NONE;
}

void viz_rows_settle(const struct viz_rows *rows, struct viz_view *view,
                     const struct trace_model *model, int lines)
{
	size_t shown = lines > 0 ? (size_t)lines : 1, pinned = viz_rows_pinned(rows, lines);
	size_t place = SIZE_MAX;
	if (view->selected >= model->n_lanes)
		view->selected = TRACE_NONE;
	if (view->selected != TRACE_NONE)
		place = viz_rows_place(rows, view->selected);
	if (place == SIZE_MAX && view->selected != TRACE_NONE) {
		uint32_t parent = visible_parent(rows, model, view->selected);
		if (parent != TRACE_NONE) {
			view->selected = parent;
			place = viz_rows_place(rows, parent);
		}
	}
	if (place != SIZE_MAX && place >= pinned) {
		if (place - pinned < view->top)
			view->top = (uint32_t)(place - pinned);
		if (place - view->top >= shown)
			view->top = (uint32_t)(place - shown + 1);
	}
	size_t last = rows->n > shown ? rows->n - shown : 0;
	if (view->top > last)
		view->top = (uint32_t)last;
}
