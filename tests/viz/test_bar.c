/* The truth of the bars: on random recordings, at random windows and moments, every cell is checked against what a
 * walk through all the records says. The checks are properties, not a second painter: what a cell shows must
 * have been so, what was not must not be shown, and on one thread two full bars never share a column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/view/axis.h"

enum { MAX_TASKS = 8, N_STEPS = 120, BLOCKED_MS = 100, ENDED = 1 << 8, WHOLE = 1 << 9 };

/* A random number below n; a generator of our own, so that failures repeat. */
static uint32_t pick(uint64_t *seed, uint32_t n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

/* ---- Random recordings ----------------------------------------------------------------------------- */

struct chance {
	struct tape *tape;
	uint64_t seed, t_ns;
	uint32_t n, running; /* running: task id, 0: nobody */
	uint8_t state[MAX_TASKS + 1];
	bool cancel[MAX_TASKS + 1];
};

static void let_time_pass(struct chance *c)
{
	static const uint64_t scale[] = {0, 0, 0, 1, 1000, 900000, 40 * TAPE_MS, 150 * TAPE_MS};
	uint64_t most = scale[pick(&c->seed, 8)];
	if (most > 0)
		c->t_ns += 1 + pick(&c->seed, (uint32_t)most);
	tape_at_ns(c->tape, c->t_ns);
}

static void end_step(struct chance *c)
{
	uint32_t task = c->running, how = pick(&c->seed, 12);
	c->running = 0;
	if (how == 0 || c->cancel[task]) {
		enum trace_outcome outcome = c->cancel[task] ? TRACE_OUTCOME_CANCELLED
		                             : how == 0 && pick(&c->seed, 3) == 0
		                                     ? TRACE_OUTCOME_ERROR
		                                     : TRACE_OUTCOME_RESULT;
		c->state[task] = TRACE_STATE_DONE;
		tape_done(c->tape, task, outcome, "");
	} else if (how < 3) {
		c->state[task] = TRACE_STATE_READY;
		tape_ready(c->tape, task, TRACE_WHY_YIELD, 0);
	} else {
		c->state[task] = TRACE_STATE_WAITING;
		tape_wait(c->tape, task, TRACE_ON_SLEEP, 0, 0);
	}
}

static void change_other(struct chance *c)
{
	uint32_t task = 1 + pick(&c->seed, c->n);
	if (c->state[task] == TRACE_STATE_WAITING) {
		c->state[task] = TRACE_STATE_READY;
		c->cancel[task] = pick(&c->seed, 10) == 0;
		if (c->cancel[task])
			tape_cancel(c->tape, task, 0, TRACE_CANCEL_DELIVERED);
		tape_ready(c->tape, task, TRACE_WHY_TIMER, 0);
	} else if (c->state[task] == TRACE_STATE_READY && c->running == 0) {
		c->state[task] = TRACE_STATE_RUNNING;
		c->running = task;
		tape_run(c->tape, task);
	}
}

static const struct trace_model *random_model(struct tape *tape, uint64_t seed)
{
	struct chance c = {.tape = tape, .seed = seed};
	tape_begin(tape, "", "", "");
	for (int i = 0; i < N_STEPS; i++) {
		let_time_pass(&c);
		if (c.n < MAX_TASKS && pick(&c.seed, 8) == 0) {
			c.n++;
			c.state[tape_task(tape, "task", 0)] = TRACE_STATE_READY;
		} else if (c.running != 0 && pick(&c.seed, 2) == 0) {
			end_step(&c);
		} else if (c.n > 0) {
			change_other(&c);
		}
	}
	return tape_end(tape, pick(&c.seed, 2) == 0 ? 0 : TRACE_STATUS_FINISHED);
}

/* ---- What was, by a walk through the records --------------------------------------------------------- */

/* Add what state `record` contributes to [c0, c1) if it lasts until end_ns. */
static unsigned contribution(const struct trace_record *record, uint64_t end_ns, uint64_t c0,
                             uint64_t c1)
{
	bool is_instant = record->sub == TRACE_STATE_DONE || record->t_ns == end_ns;
	bool is_seen = is_instant ? record->t_ns >= c0 && record->t_ns < c1
	                          : record->t_ns < c1 && end_ns > c0;
	if (!is_seen)
		return 0;
	switch (record->sub) {
	case TRACE_STATE_READY:
		return TRACE_SEEN_READY;
	case TRACE_STATE_WAITING:
		return TRACE_SEEN_WAITING;
	case TRACE_STATE_RUNNING:
		return TRACE_SEEN_RUNNING |
		       (end_ns - record->t_ns >= BLOCKED_MS * TAPE_MS ? TRACE_SEEN_BLOCKED : 0u) |
		       (record->t_ns <= c0 && end_ns >= c1 ? WHOLE : 0u);
	default:
		return ENDED;
	}
}

/* Return what task `id` was in [c0, c1), as far as the playhead at `ordinal` and play_ns knows. */
static unsigned what_was(const struct trace_model *model, uint32_t id, uint64_t c0, uint64_t c1,
                         uint32_t ordinal, uint64_t play_ns)
{
	const struct trace_record *last = NULL;
	unsigned seen = 0;
	for (uint32_t i = 0; i <= ordinal && i < model->n_events; i++) {
		const struct trace_record *record = trace_model_event(model, i);
		if (record->kind != TRACE_STATE || record->id != id)
			continue;
		if (last != NULL)
			seen |= contribution(last, record->t_ns, c0, c1);
		last = record;
	}
	if (last == NULL)
		return 0;
	unsigned now = contribution(last, play_ns + 1, c0, c1); /* in force at the playhead, too */
	if (play_ns - last->t_ns < BLOCKED_MS * TAPE_MS)
		now &= ~(unsigned)TRACE_SEEN_BLOCKED;
	return seen | now;
}

/* Return what task `id` was from event `first` to the one before `end`, as far as the playhead at `ordinal` and play_ns
 * knows. */
static unsigned what_was_in_order(const struct trace_model *model, uint32_t id, uint32_t first,
                                  uint32_t end, uint32_t ordinal, uint64_t play_ns)
{
	unsigned seen = 0;
	end = end > ordinal + 1 ? ordinal + 1 : end;
	for (uint32_t i = 0; i < end; i++) {
		const struct trace_record *record = trace_model_event(model, i), *next = NULL;
		uint32_t until = i + 1;
		if (record->kind != TRACE_STATE || record->id != id)
			continue;
		for (; until <= ordinal; until++) {
			next = trace_model_event(model, until);
			if (next->kind == TRACE_STATE && next->id == id)
				break;
		}
		uint64_t lasted_ns = (until <= ordinal ? next->t_ns : play_ns) - record->t_ns;
		if (until <= first || (record->sub == TRACE_STATE_DONE && i < first))
			continue;
		seen |= contribution(record, record->t_ns + lasted_ns, record->t_ns,
		                     record->t_ns + 1);
		seen &= ~(unsigned)WHOLE;
		if (record->sub == TRACE_STATE_RUNNING && i <= first && until >= end)
			seen |= WHOLE;
	}
	return seen;
}

/* ---- The checks ---------------------------------------------------------------------------------- */

static bool is_true(const struct viz_cell *cell, unsigned was, unsigned was_before,
                    unsigned is_known)
{
	unsigned states = was & (TRACE_SEEN_READY | TRACE_SEEN_RUNNING | TRACE_SEEN_WAITING);
	switch (cell->style) {
	case VIZ_STYLE_RUNNING:
		return was & TRACE_SEEN_RUNNING && !(was & TRACE_SEEN_BLOCKED) &&
		       (cell->ch != 0x2588 || (was & WHOLE && states == TRACE_SEEN_RUNNING));
	case VIZ_STYLE_BLOCKED:
		return was & TRACE_SEEN_BLOCKED &&
		       (cell->ch != 0x2593 || (was & WHOLE && states == TRACE_SEEN_RUNNING));
	case VIZ_STYLE_READY:
		return states & TRACE_SEEN_READY && !(states & TRACE_SEEN_RUNNING);
	case VIZ_STYLE_OVERDUE:
	case VIZ_STYLE_WAITING:
		return states == TRACE_SEEN_WAITING;
	case VIZ_STYLE_PLAYHEAD:
		return states == 0 || states == TRACE_SEEN_WAITING;
	case VIZ_STYLE_ALERT: /* after the last record of a file that was cut */
		return cell->ch == 0x2571 && was == 0;
	case VIZ_STYLE_CANCELLED:
		return cell->ch == 'c' ? (was & TRACE_SEEN_RUNNING) != 0
		                       : ((was | was_before) & ENDED) != 0;
	case VIZ_STYLE_DONE:
	case VIZ_STYLE_ERROR:
		return (was | was_before) & ENDED;
	default:
		return cell->ch == ' ' && (was == 0 || !is_known);
	}
}

struct where {
	uint64_t seed;
	int window;
};

/* Return what the lane was in a column, and whether the column is past. */
static unsigned was_in_column(const struct screen *screen, const struct trace_model *model,
                              uint32_t id, int col, bool *is_past)
{
	struct viz_axis axis = viz_view_axis(&screen->view, screen->layout.timeline.cols);
	uint32_t ordinal = viz_view_ordinal(&screen->view, model);
	uint64_t play_ns =
	        screen->view.follow ? screen->scene.now_ns : viz_view_time_ns(&screen->view, model);
	uint64_t c0 = viz_axis_edge(&axis, col), c1 = viz_axis_end(&axis, col);
	if (axis.kind == VIZ_AXIS_ORDER) {
		uint32_t first = trace_model_transition(model, (uint32_t)c0);
		uint32_t end = trace_model_transition(model, (uint32_t)c1);
		*is_past = ordinal != TRACE_NONE && first != TRACE_NONE && first <= ordinal;
		end = end == TRACE_NONE ? (uint32_t)model->n_events : end;
		unsigned was =
		        *is_past ? what_was_in_order(model, id, first, end, ordinal, play_ns) : 0;
		return (uint32_t)col % axis.each == 0 ? was : was & ~(unsigned)ENDED;
	}
	*is_past = ordinal != TRACE_NONE && c0 <= play_ns;
	if (*is_past && c1 > play_ns)
		c1 = play_ns + 1;
	unsigned was = *is_past ? what_was(model, id, c0, c1, ordinal, play_ns) : 0;
	/* the cell of the playhead may run past it: what has lasted until now fills it */
	if (*is_past && c1 == play_ns + 1 && was & TRACE_SEEN_RUNNING)
		was |= WHOLE;
	return was;
}

static void check_row(const struct screen *screen, const struct trace_model *model, int row,
                      int n_full[], struct where where)
{
	const struct viz_rect *rect = &screen->layout.timeline;
	const struct trace_lane *lane =
	        &model->lanes[model->order[screen->view.top + (uint32_t)row]];
	unsigned before = 0;
	if (lane->kind != TRACE_LANE_TASK)
		return;
	for (int col = 0; col < rect->cols; col++) {
		const struct viz_cell *cell = viz_grid_cell((struct viz_grid *)&screen->grid,
		                                            rect->row + row, rect->col + col);
		bool is_past;
		unsigned was = was_in_column(screen, model, lane->id, col, &is_past);
		if (!is_true(cell, was, before, is_past))
			fail_msg("seed %d, window %d, lane %u, column %d: U+%04X of style %d, but "
			         "it was %x",
			         (int)where.seed, where.window, lane->id, col, cell->ch,
			         cell->style, was);
		n_full[col] += (cell->style == VIZ_STYLE_RUNNING && cell->ch == 0x2588) ||
		               (cell->style == VIZ_STYLE_BLOCKED && cell->ch == 0x2593);
		before = was;
	}
}

static void check_window(struct screen *screen, const struct trace_model *model, struct where where)
{
	int n_full[512] = {0};
	screen_paint(screen, model);
	for (int row = 0; row < screen->layout.timeline.rows && row < (int)model->n_lanes; row++)
		check_row(screen, model, row, n_full, where);
	for (int col = 0; col < screen->layout.timeline.cols; col++) {
		if (n_full[col] > 1)
			fail_msg("seed %d, window %d: %d full bars in column %d", (int)where.seed,
			         where.window, n_full[col], col);
	}
}

static void choose_window(struct screen *screen, const struct trace_model *model, uint64_t *seed)
{
	uint64_t end_ns = model->t_end_ns + 1;
	screen->view.fit = pick(seed, 4) == 0;
	screen->view.track = false;
	screen->view.span_ns = 1 + end_ns / (1 + pick(seed, 50));
	screen->view.t0_ns = end_ns * pick(seed, 100) / 120;
	screen->view.follow = pick(seed, 3) == 0;
	if (pick(seed, 2) == 0)
		viz_view_seek(&screen->view, model, end_ns * pick(seed, 100) / 100);
	else if (!screen->view.follow)
		screen->view.ordinal = pick(seed, (uint32_t)model->n_events);
	screen->view.track = false;
}

static void choose_order(struct screen *screen, const struct trace_model *model, uint64_t *seed)
{
	screen->view.axis = VIZ_AXIS_ORDER;
	screen->view.each = pick(seed, 2) == 0 ? 1 : 1 + pick(seed, 8);
	screen->view.per_col = screen->view.each > 1 ? 1 : 1 + pick(seed, 5);
	screen->view.order_from = pick(seed, (uint32_t)model->n_events);
}

static void show_what_was(enum viz_axis_kind axis)
{
	for (uint64_t n = 1; n <= 150; n++) {
		struct tape tape;
		struct screen screen;
		uint64_t seed = n;
		const struct trace_model *model = random_model(&tape, n * 7919);
		screen_begin(&screen, model, 60 + (int)pick(&seed, 120), 26);
		for (int window = 0; window < 12; window++) {
			choose_window(&screen, model, &seed);
			if (axis == VIZ_AXIS_ORDER)
				choose_order(&screen, model, &seed);
			check_window(&screen, model, (struct where){n, window});
		}
		screen_free(&screen);
		tape_free(&tape);
	}
}

static void bars__random_recordings__show_what_was(void **state)
{
	(void)state;
	show_what_was(VIZ_AXIS_TIME);
}

static void bars__in_event_order__show_what_was(void **state)
{
	(void)state;
	show_what_was(VIZ_AXIS_ORDER);
}

/* ---- Examples -------------------------------------------------------------------------------------- */

static const char *timeline_row(struct screen *screen, const struct trace_model *model,
                                const char *name, char *text, size_t text_bytes)
{
	const struct viz_rect *rect = &screen->layout.timeline;
	struct viz_grid part = {1, rect->cols, NULL};
	for (int row = 0; row < rect->rows && row < (int)model->n_lanes; row++) {
		if (strcmp(model->lanes[model->order[row]].name, name) != 0)
			continue;
		part.cells = viz_grid_cell(&screen->grid, rect->row + row, rect->col);
		struct screen cut = {.grid = part};
		return screen_row(&cut, 0, text, text_bytes);
	}
	fail_msg("no lane is called %s", name);
	return NULL;
}

static void starved_task__beside_a_blocker__is_ready_not_waiting(void **state)
{
	struct tape tape;
	struct screen screen;
	char text[1000];
	(void)state;
	const struct trace_model *model = tape_blocking(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 80, 24);
	screen.view.ascii = true;
	viz_view_seek(&screen.view, model, 550 * TAPE_MS);
	screen_paint(&screen, model);
	assert_non_null(
	        strstr(timeline_row(&screen, model, "ticker", text, sizeof text), "rrrrrrrrrrrr"));
	assert_non_null(
	        strstr(timeline_row(&screen, model, "blocker", text, sizeof text), "!! blocks !!"));
	screen_free(&screen);
	tape_free(&tape);
}

static void endings__painted__each_have_their_mark(void **state)
{
	static const struct {
		const char *lane, *mark;
	} rows[] = {{"good", "+|"}, {"bad", "+E"}, {"gone", "cx"}, {"stubborn", ".s."}};
	struct tape tape;
	struct screen screen;
	char text[1000];
	(void)state;
	const struct trace_model *model = tape_endings(&tape);
	screen_begin(&screen, model, 80, 24);
	screen.view.ascii = true;
	screen_paint(&screen, model);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (strstr(timeline_row(&screen, model, rows[i].lane, text, sizeof text),
		           rows[i].mark) == NULL)
			fail_msg("%s has no %s: %s", rows[i].lane, rows[i].mark, text);
	}
	screen_free(&screen);
	tape_free(&tape);
}

static void wait__long_enough__names_what_is_waited_on(void **state)
{
	struct tape tape;
	struct screen screen;
	char text[1000];
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	screen_begin(&screen, model, 80, 24);
	screen_paint(&screen, model);
	assert_non_null(
	        strstr(timeline_row(&screen, model, "Task 4", text, sizeof text), "· permits ·"));
	assert_non_null(
	        strstr(timeline_row(&screen, model, "Task 0", text, sizeof text), "· sleep ·"));
	assert_non_null(
	        strstr(timeline_row(&screen, model, "main", text, sizeof text), "· gather ·"));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(bars__random_recordings__show_what_was),
	        cmocka_unit_test(bars__in_event_order__show_what_was),
	        cmocka_unit_test(starved_task__beside_a_blocker__is_ready_not_waiting),
	        cmocka_unit_test(endings__painted__each_have_their_mark),
	        cmocka_unit_test(wait__long_enough__names_what_is_waited_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
