/* The state pane: everything at the playhead, as the structures that it is in the loop. Who runs, the ready queue in its
 * order, the timers by deadline, and each object with its holders and the queue of its waiters.
 */
#include <string.h>

#include <inttypes.h>

#include "trace/items.h"
#include "trace/ready.h"
#include "trace/timers.h"
#include "viz/explain/explain.h"
#include "viz/text/format_time.h"
#include "viz/canvas/lay.h"
#include "viz/pane/pane.h"
#include "viz/text/utf8.h"

enum { LABEL_COLS = 8, LIST_MAX = 24, OBJECTS_MAX = 40, ITEMS_MAX = 12, LINE_BYTES = 600 };

/* Where the next line goes. */
struct pen {
	const struct viz_frame *frame;
	struct viz_rect left; /* what is left of the pane */
	int label_cols;
};

static void write_line(struct pen *pen, const char *label, const char *text, enum viz_style style)
{
	struct viz_rect rect = pen->left;
	if (rect.rows <= 0)
		return;
	viz_grid_text(pen->frame->grid, rect.row, rect.col, pen->label_cols, VIZ_STYLE_DIM, label);
	rect.col += pen->label_cols + 1;
	rect.cols -= pen->label_cols + 1;
	if (rect.cols <= 0)
		return;
	int used = viz_lay_text(pen->frame->grid, rect.row, rect.col, rect.rows, rect.cols, style,
	                        text);
	pen->left.row += used > 0 ? used : 1;
	pen->left.rows -= used > 0 ? used : 1;
}

/* "A, B, C and 3 more", the first one first. */
static void add_names(struct viz_text *text, const struct trace_model *model,
                      const uint32_t lanes[], size_t n)
{
	size_t shown = n < LIST_MAX ? n : LIST_MAX;
	for (size_t i = 0; i < shown; i++) {
		viz_text_add(text, "%s", i > 0 ? ", " : "");
		viz_text_add_lane(text, model, lanes[i]);
	}
	if (n > shown)
		viz_text_add(text, " and %zu more", n - shown);
}

static void write_running(struct pen *pen)
{
	const struct viz_frame *frame = pen->frame;
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	uint32_t lane = trace_model_running(frame->model, frame->ordinal);
	if (lane == TRACE_NONE)
		viz_text_add(&text, "nobody");
	else
		viz_text_add_lane(&text, frame->model, lane);
	write_line(pen, "runs", line, lane == TRACE_NONE ? VIZ_STYLE_DIM : VIZ_STYLE_TITLE);
}

static void write_ready(struct pen *pen)
{
	const struct viz_frame *frame = pen->frame;
	uint32_t lanes[LIST_MAX];
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	size_t n = trace_model_ready(frame->model, frame->ordinal, lanes, LIST_MAX);
	if (n == 0)
		viz_text_add(&text, "nobody");
	else
		add_names(&text, frame->model, lanes, n);
	write_line(pen, "ready", line, n == 0 ? VIZ_STYLE_DIM : VIZ_STYLE_PLAIN);
}

/* "300 ms Task 0, Task 1; 600 ms Task 2": equal deadlines stand together. */
static void write_timers(struct pen *pen)
{
	const struct viz_frame *frame = pen->frame;
	struct trace_timer timers[LIST_MAX];
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	size_t n = trace_timers_at(frame->model, frame->ordinal, timers, LIST_MAX);
	for (size_t i = 0; i < n && i < LIST_MAX; i++) {
		bool is_same = i > 0 && timers[i].deadline_ns == timers[i - 1].deadline_ns;
		viz_text_add(&text, "%s", i == 0 ? "" : is_same ? ", " : "; ");
		if (!is_same) {
			viz_text_add_time(&text, timers[i].deadline_ns);
			viz_text_add(&text,
			             timers[i].deadline_ns < frame->play_ns ? ", overdue: " : " ");
		}
		viz_text_add_lane(&text, frame->model, timers[i].lane);
		viz_text_add(&text, "%s", timers[i].is_scope ? "'s limit" : "");
	}
	if (n == 0)
		viz_text_add(&text, "none");
	if (n > LIST_MAX)
		viz_text_add(&text, " and %zu more", n - LIST_MAX);
	write_line(pen, "timers", line, n == 0 ? VIZ_STYLE_DIM : VIZ_STYLE_PLAIN);
}

static void add_queue(struct viz_text *text, const struct trace_model *model, const char *word,
                      const uint32_t lanes[], size_t n)
{
	if (n == 0)
		return;
	viz_text_add(text, "%s%s ", text->len > 0 ? "; " : "", word);
	add_names(text, model, lanes, n < VIZ_LINE_MAX ? n : VIZ_LINE_MAX);
	if (n > VIZ_LINE_MAX)
		viz_text_add(text, " and %zu more", n - VIZ_LINE_MAX);
}

/* ": next out 3, then 4, 7 and 2 more": the items of a queue, as far as they are known and numbers. */
static void add_items(struct viz_text *text, const struct trace_model *model, const uint32_t puts[],
                      size_t n, int64_t value)
{
	int32_t item;
	for (size_t i = 0; i < n; i++)
		if (!trace_item_of(trace_model_event(model, puts[i]), &item))
			return;
	for (size_t i = 0; i < n; i++) {
		(void)trace_item_of(trace_model_event(model, puts[i]), &item);
		viz_text_add(text, "%s%" PRId32,
		             i == 0   ? ": next out "
		             : i == 1 ? ", then "
		                      : ", ",
		             item);
	}
	if (n > 0 && value > (int64_t)n)
		viz_text_add(text, " and %lld more", (long long)(value - (int64_t)n));
}

/* "; put in by producer at 100 ms, producer at 200 ms": who has put in the items of a queue, the next one out first. */
static void add_puts(struct viz_text *text, const struct trace_model *model, const uint32_t puts[],
                     size_t n, int64_t value)
{
	for (size_t i = 0; i < n; i++) {
		viz_text_add(text, i == 0 ? "; put in by " : ", ");
		viz_text_add_put(text, model, puts[i]);
	}
	if (n > 0 && value > (int64_t)n)
		viz_text_add(text, " and %lld more", (long long)(value - (int64_t)n));
}

static void write_object(struct pen *pen, uint32_t lane)
{
	const struct viz_frame *frame = pen->frame;
	const struct trace_model *model = frame->model;
	const struct trace_lane *it = &model->lanes[lane];
	uint32_t lanes[VIZ_LINE_MAX], puts[ITEMS_MAX], waiters;
	char line[LINE_BYTES];
	int64_t value;
	struct viz_text text = viz_text_begin(line, sizeof line);
	if (!trace_object_level(model, lane, frame->ordinal, &value, &waiters))
		return;
	viz_text_add(&text, "%lld", (long long)value);
	if (it->capacity > 0)
		viz_text_add(&text, " of %lld", (long long)it->capacity);
	size_t n_items = trace_items_at(model, lane, frame->ordinal, puts, ITEMS_MAX);
	add_items(&text, model, puts, n_items, value);
	size_t n = trace_object_holders(model, lane, frame->ordinal, lanes, VIZ_LINE_MAX);
	add_queue(&text, model, "held by", lanes, n);
	n = trace_object_waiters(model, lane, frame->ordinal, lanes, VIZ_LINE_MAX);
	add_queue(&text, model, "in line", lanes, n);
	add_puts(&text, model, puts, n_items, value);
	write_line(pen, it->name, line,
	           lane == frame->view->selected ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN);
}

static void write_var(struct pen *pen, const struct trace_var *var)
{
	const struct viz_frame *frame = pen->frame;
	char line[LINE_BYTES];
	struct viz_text text = viz_text_begin(line, sizeof line);
	size_t from, n = trace_var_uses(var, 0, frame->ordinal + 1, &from);
	if (n == 0)
		return;
	const struct trace_record *record = trace_model_event(frame->model, var->ordinals[n - 1]);
	viz_text_add(&text, "%lld; last ", (long long)trace_join(record->b, record->c));
	viz_text_add(&text, record->sub == TRACE_VAR_WRITE ? "written by " : "read by ");
	viz_text_add_task(&text, frame->model, record->id);
	write_line(pen, var->name, line, VIZ_STYLE_PLAIN);
}

static int label_cols(const struct viz_frame *frame, int cols)
{
	int widest = LABEL_COLS;
	for (size_t i = 0, n = 0; i < frame->model->n_lanes && n < OBJECTS_MAX; i++) {
		const struct trace_lane *lane = &frame->model->lanes[i];
		if (lane->kind != TRACE_LANE_OBJECT)
			continue;
		n++;
		int wanted = viz_utf8_cols(lane->name);
		widest = wanted > widest ? wanted : widest;
	}
	return widest < cols / 3 ? widest : cols / 3;
}

static void title(const struct viz_frame *frame, struct viz_text *text)
{
	if (frame->ordinal == TRACE_NONE) {
		viz_text_add(text, "before the first event");
		return;
	}
	viz_text_add(text, "at ");
	viz_text_add_time(text, frame->play_ns);
	viz_text_add(text, ", after event #%u", (unsigned)frame->ordinal);
}

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	struct pen pen = {frame, *rect, label_cols(frame, rect->cols)};
	if (frame->ordinal == TRACE_NONE)
		return;
	write_running(&pen);
	write_ready(&pen);
	write_timers(&pen);
	for (uint32_t i = 0; i < frame->model->n_lanes && pen.left.rows > 0; i++)
		if (frame->model->lanes[i].kind == TRACE_LANE_OBJECT &&
		    frame->model->lanes[i].born <= frame->ordinal)
			write_object(&pen, i);
	for (size_t i = 0; i < frame->model->n_vars && pen.left.rows > 0; i++)
		write_var(&pen, &frame->model->vars[i]);
}

const struct viz_pane_ops viz_pane_state = {.title = title, .paint = paint};
