/* The head: title or alarm on the left, clock on the right; below it the question. Heads hide the bottom of
 * a projected screen, so what must be read stands here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "viz/text/format_time.h"
#include "viz/explain/explain.h"
#include "viz/painter/frame.h"
#include "viz/canvas/lay.h"
#include "viz/text/utf8.h"

static void add_speed(struct viz_text *text, uint32_t speed_ppm)
{
	if (speed_ppm == 0)
		return;
	if (speed_ppm % 1000000 == 0)
		viz_text_add(text, " x%u", (unsigned)(speed_ppm / 1000000));
	else
		viz_text_add(text, " x%.3g", (double)speed_ppm / 1e6);
}

enum { WORDS, FEWER_WORDS, SIGNS, N_BREVITIES };

/* How the program is, and what was found; in few signs where words would cut the title. */
static void add_mode(struct viz_text *text, const struct viz_frame *frame, int brevity)
{
	static const char *const words[] = {
	        [VIZ_MODE_FILE] = "recorded", [VIZ_MODE_PLAYING] = "playing",
	        [VIZ_MODE_HELD] = "held",     [VIZ_MODE_ENDED] = "ended",
	        [VIZ_MODE_DIED] = "died",     [VIZ_MODE_COMING] = "growing",
	        [VIZ_MODE_REPLAY] = "replay",
	};
	enum viz_mode mode = frame->scene->mode;
	bool ascii = frame->view->ascii;
	if (mode == VIZ_MODE_PLAYING || mode == VIZ_MODE_REPLAY)
		viz_text_add(text, ascii ? "> " : "▸ ");
	if (mode == VIZ_MODE_HELD)
		viz_text_add(text, ascii ? "|| " : "▌▌ ");
	viz_text_add(text, "%s", words[mode]);
	double done, converted = frame->scene->converted;
	if (mode == VIZ_MODE_COMING && converted > 0 && converted < 1)
		viz_text_add(text, ", %d %% converted", (int)(converted * 100));
	else if (trace_model_is_behind(frame->model, &done))
		viz_text_add(text, ", reading %d %%", (int)(done * 100));
	if (mode == VIZ_MODE_PLAYING || mode == VIZ_MODE_HELD)
		add_speed(text, frame->scene->speed_ppm);
	size_t n_findings = viz_frame_findings(frame);
	if (n_findings > 0 && brevity == SIGNS)
		viz_text_add(text, " !%zu", n_findings);
	else if (n_findings > 0)
		viz_text_add(text, "  %zu %s", n_findings,
		             n_findings == 1 ? "finding" : "findings");
	if (!frame->view->follow && mode != VIZ_MODE_REPLAY)
		viz_text_add(text, "%s%s", ascii ? "  <<" : "  ◂◂",
		             brevity == WORDS ? " past" : "");
}

/* A time that moves is shown without decimals, they would only flicker; one that stands, as exactly as it is. */
static int decimals_of(enum viz_time_unit unit, bool moves)
{
	return !moves ? 3 : unit == VIZ_TIME_S ? 1 : 0;
}

static void add_clock(struct viz_text *text, const struct viz_frame *frame)
{
	uint64_t end_ns = frame->scene->now_ns;
	enum viz_time_unit unit = viz_time_unit(end_ns);
	char play[VIZ_TIME_BYTES], end[VIZ_TIME_BYTES];
	bool is_open = frame->model->status == 0;
	viz_format_time_in(play, frame->play_ns, unit,
	                   decimals_of(unit, is_open && frame->view->follow));
	viz_format_time_in(end, end_ns, unit, decimals_of(unit, is_open));
	if (frame->play_ns == end_ns)
		viz_text_add(text, "%s %s", play, viz_time_unit_name(unit));
	else
		viz_text_add(text, "%s of %s %s", play, end, viz_time_unit_name(unit));
}

static void alert_blocked(struct viz_text *text, const struct viz_frame *frame)
{
	if (frame->ordinal == TRACE_NONE)
		return;
	struct trace_state_now state;
	uint32_t lane = trace_model_running(frame->model, frame->ordinal);
	if (lane == TRACE_NONE)
		return;
	trace_lane_state(frame->model, lane, frame->ordinal, frame->play_ns, &state);
	if (!state.blocked)
		return;
	viz_text_add(text, "%s", text->len > 0 ? " · " : "");
	viz_text_add_lane(text, frame->model, lane);
	viz_text_add(text, " blocks the loop: ");
	viz_text_add_duration(text, frame->play_ns - state.since_ns);
}

static void alert_deadlock(struct viz_text *text, const struct viz_frame *frame)
{
	const struct trace_model *model = frame->model;
	uint32_t waiting[VIZ_LINE_MAX];
	size_t n = 0;
	if (model->status != TRACE_STATUS_DEADLOCK || !frame->view->follow)
		return;
	for (uint32_t i = 0; i < model->n_lanes && n < VIZ_LINE_MAX; i++) {
		struct trace_state_now state = {0};
		if (model->lanes[i].kind == TRACE_LANE_TASK)
			trace_lane_state(model, i, frame->ordinal, frame->play_ns, &state);
		if (state.state == TRACE_STATE_WAITING)
			waiting[n++] = i;
	}
	viz_text_add(text, "%sdeadlock: ", text->len > 0 ? " · " : "");
	viz_text_add_lanes(text, model, waiting, n, " and ");
	viz_text_add(text, n == 1 ? " waits for ever" : " wait for ever");
}

/* What must be seen at once, the worst first; empty when all is well. */
static void add_alerts(struct viz_text *text, const struct viz_frame *frame)
{
	const char *status = frame->scene->status;
	if (status == NULL && frame->scene->mode == VIZ_MODE_DIED)
		status = "the program died";
	viz_text_add(text, "%s", status != NULL ? status : "");
	alert_deadlock(text, frame);
	alert_blocked(text, frame);
	if (frame->model->lost > 0)
		viz_text_add(text, "%s%" PRIu64 "%s", text->len > 0 ? " · " : "",
		             frame->model->lost,
		             frame->model->is_foreign ? " events left out" : " records lost");
}

/* Write what was run: the lesson's name, or that of its source without folder and ending. */
static char *name_of_run(const struct trace_model *model, char *text, size_t text_bytes)
{
	const char *name = model->lesson;
	int len = (int)strlen(name);
	if (len == 0) {
		const char *slash = strrchr(model->source, '/');
		name = slash != NULL ? slash + 1 : model->source;
		const char *dot = strrchr(name, '.');
		len = dot != NULL ? (int)(dot - name) : (int)strlen(name);
	}
	struct viz_text out = viz_text_begin(text, text_bytes);
	viz_text_add(&out, "%.*s", len, name);
	for (char *at = text; *at != '\0'; at++) {
		if (*at == '_') /* a lesson's file is wait_for.c, its name wait-for */
			*at = '-';
	}
	return text;
}

static void name_it(const struct viz_frame *frame, char *name, size_t name_bytes)
{
	if (frame->scene->name != NULL)
		snprintf(name, name_bytes, "%s", frame->scene->name);
	else
		name_of_run(frame->model, name, name_bytes);
}

/* Return the columns that name and title want to have. */
static int title_cols(const struct viz_frame *frame)
{
	char name[200];
	name_it(frame, name, sizeof name);
	int cols = viz_utf8_cols(name), title = viz_utf8_cols(frame->model->title);
	return cols + title + (cols > 0 && title > 0 ? 3 : 0);
}

static void paint_title(const struct viz_frame *frame, int cols)
{
	const struct viz_rect *rect = &frame->at.head;
	const char *title = frame->model->title;
	char name[200];
	int col = rect->col, end = rect->col + cols;
	name_it(frame, name, sizeof name);
	col += viz_grid_text(frame->grid, rect->row, col, end - col,
	                     frame->view->focus ? VIZ_STYLE_SELECTED : VIZ_STYLE_TITLE, name);
	if (name[0] != '\0' && title[0] != '\0' && col + 6 < end)
		col += viz_grid_text(frame->grid, rect->row, col, end - col, VIZ_STYLE_DIM, " · ");
	else if (name[0] != '\0')
		return;
	viz_grid_text(frame->grid, rect->row, col, end - col,
	              name[0] != '\0' ? VIZ_STYLE_PLAIN : VIZ_STYLE_TITLE, title);
}

void viz_paint_head(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.head;
	char mode[80], clock[2 * VIZ_TIME_BYTES + 8], alert[300];
	struct viz_text clock_text = viz_text_begin(clock, sizeof clock);
	struct viz_text alert_text = viz_text_begin(alert, sizeof alert);
	add_clock(&clock_text, frame);
	add_alerts(&alert_text, frame);

	int right = rect->col + rect->cols - viz_utf8_cols(clock);
	int wanted = alert_text.len > 0 ? viz_utf8_cols(alert) : title_cols(frame);
	for (int brevity = WORDS; brevity < N_BREVITIES; brevity++) {
		struct viz_text text = viz_text_begin(mode, sizeof mode);
		add_mode(&text, frame, brevity);
		if (right - 3 - viz_utf8_cols(mode) - 2 - rect->col >= wanted)
			break;
	}
	viz_grid_text(frame->grid, rect->row, right, rect->cols, VIZ_STYLE_TITLE, clock);
	int left = right - 3 - viz_utf8_cols(mode);
	/* a narrow screen, or a long alarm: the mode goes first */
	bool has_mode = left - 2 - rect->col >= (alert_text.len > 0 ? viz_utf8_cols(alert) : 8);
	if (has_mode)
		viz_grid_text(frame->grid, rect->row, left, rect->cols, VIZ_STYLE_PLAIN, mode);
	else
		left = right;
	int room = left - 2 - rect->col;
	if (alert_text.len > 0)
		viz_grid_text(frame->grid, rect->row, rect->col, room, VIZ_STYLE_ALERT, alert);
	else
		paint_title(frame, room);
}

void viz_paint_question(const struct viz_frame *frame)
{
	struct viz_rect rect = frame->at.question;
	/* the blank rows of the large layout are its own */
	if (frame->view->present && rect.rows > 2) {
		rect.row++;
		rect.rows -= 2;
	}
	viz_lay_text(frame->grid, rect.row, rect.col, rect.rows, rect.cols, VIZ_STYLE_QUESTION,
	             frame->model->question);
}
