/* What keys do: to the view of a finished recording, and to the gate of one that the test itself is writing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/tape.h"
#include "viz/run/follow.h"
#include "viz/painter/layout.h"
#include "viz/session/session.h"

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code};
	viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

static void point(struct viz_session *session, uint32_t code, int row, int col)
{
	struct viz_key key = {.code = code, .row = row, .col = col};
	viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

/* ---- A finished recording ---- */

struct file {
	struct tape tape;
	struct viz_session session;
};

static int open_file(void **state)
{
	static struct file file;
	viz_session_init(&file.session, tape_semaphore(&file.tape), NULL, 0);
	file.tape.model = NULL; /* the session's now */
	*state = &file;
	return 0;
}

static int close_file(void **state)
{
	struct file *file = *state;
	viz_session_fini(&file->session);
	tape_free(&file->tape);
	return 0;
}

static uint64_t play_ns(const struct viz_session *session)
{
	return viz_view_time_ns(&session->view, session->model);
}

static void step__back_and_forward__the_same_events(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	uint32_t seen[200], n = 0;
	press(s, VIZ_KEY_HOME);
	assert_false(s->view.follow);
	assert_int_equal(TRACE_NONE, s->view.ordinal);
	while (!s->view.follow && n < 200) {
		seen[n++] = s->view.ordinal;
		press(s, VIZ_KEY_ENTER);
	}
	assert_in_range(n, 20, 199);
	/* At the end of the recording nothing is left to step to, and the playhead follows again. */
	press(s, VIZ_KEY_ENTER);
	assert_true(s->view.follow);
	while (n > 0) {
		press(s, VIZ_KEY_BACKSPACE);
		assert_int_equal(seen[--n], s->view.ordinal);
	}
	press(s, VIZ_KEY_BACKSPACE);
	assert_int_equal(TRACE_NONE, s->view.ordinal);
}

static void step__zoomed_in__the_window_goes_with_the_playhead(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	press(s, VIZ_KEY_HOME);
	for (int i = 0; i < 8; i++)
		press(s, 'w');
	for (int i = 0; i < 60; i++) {
		press(s, VIZ_KEY_ENTER);
		assert_true(play_ns(s) >= s->view.t0_ns);
		assert_true(play_ns(s) - s->view.t0_ns <= s->view.span_ns);
	}
}

static void zoom__both_families_of_keys__keep_the_playhead(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	viz_view_step(&s->view, s->model, -1);
	while (play_ns(s) > 300 * TAPE_MS)
		press(s, VIZ_KEY_BACKSPACE);
	static const char in[] = "w+=", out[] = "s-";
	for (const char *c = in; *c != '\0'; c++) {
		uint64_t span_ns = s->view.span_ns;
		press(s, (uint32_t)*c);
		assert_true(s->view.span_ns < span_ns);
		assert_false(s->view.fit);
		assert_true(play_ns(s) >= s->view.t0_ns &&
		            play_ns(s) < s->view.t0_ns + s->view.span_ns);
	}
	for (const char *c = out; *c != '\0'; c++) {
		uint64_t span_ns = s->view.span_ns;
		press(s, (uint32_t)*c);
		assert_true(s->view.span_ns > span_ns);
	}
	press(s, '0');
	assert_true(s->view.fit);
	assert_int_equal(0, s->view.t0_ns);
}

static void pan__all_keys__move_and_come_back(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	static const uint32_t right[] = {'d', 'l', VIZ_KEY_RIGHT},
	                      left[] = {'a', 'h', VIZ_KEY_LEFT};
	press(s, VIZ_KEY_HOME);
	press(s, 'w');
	press(s, 'w');
	press(s, 'w');
	for (size_t i = 0; i < 3; i++) {
		uint64_t t0_ns = s->view.t0_ns;
		press(s, right[i]);
		assert_true(s->view.t0_ns > t0_ns);
		press(s, left[i]);
		assert_int_equal(t0_ns, s->view.t0_ns);
	}
}

static void centre__again__shows_all(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	press(s, VIZ_KEY_BACKSPACE);
	while (play_ns(s) > 600 * TAPE_MS)
		press(s, VIZ_KEY_BACKSPACE);
	press(s, 'f');
	assert_false(s->view.fit);
	uint64_t middle_ns = s->view.t0_ns + s->view.span_ns / 2;
	assert_in_range(middle_ns, 599 * TAPE_MS, 601 * TAPE_MS);
	press(s, 'f');
	assert_true(s->view.fit);
}

static void lanes__keys__select_in_the_order_drawn(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	const struct trace_model *model = s->model;
	press(s, VIZ_KEY_GG);
	assert_int_equal(model->order[0], s->view.selected);
	press(s, 'j');
	press(s, VIZ_KEY_DOWN);
	assert_int_equal(model->order[2], s->view.selected);
	press(s, 'k');
	assert_int_equal(model->order[1], s->view.selected);
	press(s, VIZ_KEY_UP);
	press(s, VIZ_KEY_UP);
	assert_int_equal(model->order[0], s->view.selected);
	press(s, 'G');
	assert_int_equal(model->order[model->n_lanes - 1], s->view.selected);
	press(s, VIZ_KEY_PAGE_UP);
	assert_int_equal(model->order[0], s->view.selected);
}

static uint32_t lane_named(const struct trace_model *model, const char *name)
{
	for (uint32_t i = 0; i < model->n_lanes; i++)
		if (strcmp(model->lanes[i].name, name) == 0)
			return i;
	fail_msg("no lane %s", name);
	return TRACE_NONE;
}

static void events__of_a_lane__are_walked_both_ways(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	uint32_t lane = lane_named(s->model, "Task 2");
	const struct trace_lane *it = &s->model->lanes[lane];
	s->view.selected = lane;
	press(s, VIZ_KEY_HOME);
	for (size_t i = 0; i < it->n; i++) {
		press(s, '.');
		assert_int_equal(it->ordinals[i], s->view.ordinal);
	}
	press(s, '.');
	assert_int_equal(it->ordinals[it->n - 1], s->view.ordinal);
	for (size_t i = it->n - 1; i > 0; i--) {
		press(s, ',');
		assert_int_equal(it->ordinals[i - 1], s->view.ordinal);
	}
	press(s, ',');
	assert_int_equal(it->ordinals[0], s->view.ordinal);
}

static void wakes__brackets__to_the_waker_and_back(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	uint32_t woken = lane_named(s->model, "Task 4");
	s->view.selected = woken;
	press(s, VIZ_KEY_HOME);
	while (play_ns(s) < 700 * TAPE_MS && !s->view.follow)
		press(s, VIZ_KEY_ENTER);
	/* Task 4 has its permit since 600; before its sleep ends, its last waker is a task that released. */
	while (play_ns(s) > 600 * TAPE_MS)
		press(s, VIZ_KEY_BACKSPACE);
	press(s, ']');
	assert_int_not_equal(woken, s->view.selected);
	const struct trace_record *wake = trace_model_event(s->model, s->view.ordinal);
	assert_int_equal(TRACE_STATE_READY, wake->sub);
	uint32_t waker = wake->b == 0 ? 0 : trace_model_lane(s->model, TRACE_LANE_TASK, wake->b);
	assert_int_equal(waker, s->view.selected);
	/* And back: the waker leads to whom it woke. */
	press(s, '[');
	assert_int_equal(trace_model_lane(s->model, TRACE_LANE_TASK, wake->id), s->view.selected);
}

static void panes__keys__toggle_and_help_has_its_own(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	press(s, 'L');
	assert_false(viz_panes_has(&s->view.panes, VIZ_PANE_LOG));
	press(s, 'L');
	assert_true(viz_panes_has(&s->view.panes, VIZ_PANE_LOG));
	press(s, 't');
	assert_false(s->view.legend);
	press(s, '?');
	assert_true(s->view.help);
	uint32_t selected = s->view.selected;
	press(s, 'j');
	assert_int_equal(1, s->view.help_top);
	assert_int_equal(selected, s->view.selected);
	press(s, 'G');
	int last = s->view.help_top;
	press(s, 'j');
	assert_int_equal(last, s->view.help_top);
	press(s, 'k');
	assert_int_equal(last - 1, s->view.help_top);
	press(s, VIZ_KEY_ESCAPE);
	assert_false(s->view.help);
	assert_true(s->view.follow);
}

static void mouse__click__selects_the_lane_and_the_moment(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	press(s, '0');
	viz_layout(&layout, s->rows, s->cols, &s->view, s->model);
	point(s, VIZ_KEY_CLICK, layout.names.row + 2, layout.names.col);
	assert_int_equal(s->model->order[2], s->view.selected);
	assert_true(s->view.follow);
	int col = layout.timeline.cols / 2;
	point(s, VIZ_KEY_CLICK, layout.timeline.row + 1, layout.timeline.col + col);
	assert_int_equal(s->model->order[1], s->view.selected);
	assert_false(s->view.follow);
	/* The last event at or before the end of that column. */
	uint64_t end_ns = s->view.span_ns * (uint64_t)(col + 1) / (uint64_t)layout.timeline.cols;
	assert_true(play_ns(s) < end_ns);
	assert_true(trace_model_event(s->model, s->view.ordinal + 1)->t_ns >= end_ns - 1);
	/* Outside of everything nothing happens. */
	struct viz_view before = s->view;
	point(s, VIZ_KEY_CLICK, s->rows - 1, 0);
	assert_int_equal(before.ordinal, s->view.ordinal);
	assert_int_equal(before.selected, s->view.selected);
}

static void mouse__click_in_event_order__goes_to_the_transition_of_the_column(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	press(s, 'x');
	assert_int_equal(s->view.axis, VIZ_AXIS_ORDER);
	press(s, '0');
	viz_layout(&layout, s->rows, s->cols, &s->view, s->model);
	point(s, VIZ_KEY_CLICK, layout.timeline.row, layout.timeline.col + 5);
	assert_int_equal(s->view.ordinal,
	                 trace_model_transition(s->model, 6 * s->view.per_col - 1));
	point(s, VIZ_KEY_WHEEL_UP, layout.timeline.row, layout.timeline.col + 5);
	press(s, VIZ_KEY_ENTER);
	press(s, 'f');
	press(s, 'x');
	assert_int_equal(s->view.axis, VIZ_AXIS_TIME);
	assert_true(s->view.fit);
}

static void mouse__wheel__zooms_at_the_pointer(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	press(s, VIZ_KEY_HOME);
	viz_layout(&layout, s->rows, s->cols, &s->view, s->model);
	int quarter = layout.timeline.cols / 4;
	uint64_t pointed = s->view.span_ns / 4, span_ns = s->view.span_ns;
	s->view.track = false;
	point(s, VIZ_KEY_WHEEL_UP, layout.timeline.row, layout.timeline.col + quarter);
	assert_true(s->view.span_ns < span_ns);
	uint64_t now = s->view.t0_ns + s->view.span_ns / 4, slack = span_ns / 20;
	assert_in_range(now, pointed - slack, pointed + slack);
	point(s, VIZ_KEY_WHEEL_DOWN, layout.timeline.row, layout.timeline.col + quarter);
	assert_in_range(s->view.span_ns, span_ns - span_ns / 10, span_ns + span_ns / 10);
}

static void every_key__any_size__the_view_stays_whole(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	uint32_t dice = 7;
	for (int i = 0; i < 5000; i++) {
		dice = dice * 1664525u + 1013904223u;
		s->rows = 1 + (int)(dice >> 24) % 60;
		s->cols = 1 + (int)(dice >> 16) % 140;
		uint32_t code = dice >> 8 & 1 ? 33 + (dice >> 9) % 94 : 0x110000 + (dice >> 9) % 12;
		point(s, code, (int)(dice >> 4) % 60, (int)(dice >> 5) % 140);
		assert_true(s->view.span_ns > 0);
		assert_true(s->view.follow || s->view.ordinal == TRACE_NONE ||
		            s->view.ordinal < s->model->n_events);
		assert_int_equal(VIZ_MODE_FILE, s->mode);
	}
}

/* ---- A program behind a gate: the test plays the runtime ---- */

struct live {
	struct tape tape;
	struct trace_gate *gate; /* the program's side of it */
	uint32_t task;
	struct viz_session session;
};

static bool paints(struct viz_session *session, uint32_t ch)
{
	struct viz_grid grid;
	bool found = false;
	assert_int_equal(0, viz_grid_init(&grid, 24, 80));
	viz_session_paint(session, &grid);
	for (int i = 0; i < 24 * 80; i++)
		found |= grid.cells[i].ch == ch;
	viz_grid_fini(&grid);
	return found;
}

static int open_blocking(void **state)
{
	static struct file file;
	viz_session_init(&file.session, tape_blocking(&file.tape, TRACE_STATUS_FINISHED), NULL, 0);
	file.tape.model = NULL; /* the session's now */
	*state = &file;
	return 0;
}

static bool head_has(struct viz_session *session, const char *text)
{
	struct viz_grid grid;
	char row[81] = "";
	assert_int_equal(0, viz_grid_init(&grid, 24, 80));
	viz_session_paint(session, &grid);
	for (int col = 0; col < 80; col++)
		row[col] = (char)(grid.cells[col].ch < 0x80 ? grid.cells[col].ch : '?');
	viz_grid_fini(&grid);
	return strstr(row, text) != NULL;
}

static void findings__of_what_has_come_to_pass__are_counted_and_signed(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	s->view.legend = false;
	assert_true(head_has(s, "1 finding "));
	assert_true(paints(s, '!'));
	press(s, VIZ_KEY_HOME);
	assert_false(head_has(s, "finding"));
	assert_false(paints(s, '!'));
	press(s, VIZ_KEY_END);
	s->view.mask = true;
	assert_false(head_has(s, "finding"));
	assert_false(paints(s, '!'));
	s->view.mask = false;
	press(s, ')');
	assert_true(head_has(s, "!1 ")); /* as a sign: the title has the room */
}

static void path__its_key__draws_it_says_how_long_and_takes_it_away(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	s->view.legend = false;
	assert_false(paints(s, 0x2501));
	press(s, 'C');
	assert_string_equal(s->notice, "critical path: 900 ms, waiting 900 ms (100 %)");
	assert_true(paints(s, 0x2501));
	/* nothing tells how it goes on, nor does what has not happened yet */
	press(s, VIZ_KEY_HOME);
	assert_false(paints(s, 0x2501));
	press(s, VIZ_KEY_END);
	s->view.mask = true;
	assert_false(paints(s, 0x2501));
	s->view.mask = false;
	press(s, 'C');
	assert_false(paints(s, 0x2501));
}

static int open_live(void **state)
{
	static struct live live;
	struct viz_problem problem;
	struct trace_model *model;
	tape_begin(&live.tape, "live", "", "");
	live.task = tape_task(&live.tape, "main", 0);
	live.gate = &trace_writer_header(live.tape.writer)->gate;
	assert_int_equal(0, viz_follow_open(&model, live.tape.path, &problem));
	viz_session_init(&live.session, model, NULL, 0);
	*state = &live;
	return 0;
}

static int close_live(void **state)
{
	struct live *live = *state;
	viz_session_fini(&live->session);
	tape_end(&live->tape, TRACE_STATUS_FINISHED);
	tape_free(&live->tape);
	return 0;
}

static void space__playing__shuts_and_opens_the_gate(void **state)
{
	struct live *live = *state;
	struct viz_session *s = &live->session;
	assert_int_equal(VIZ_MODE_PLAYING, s->mode);
	assert_true(viz_session_is_moving(s));
	uint32_t knock = live->gate->knock;
	press(s, ' ');
	assert_int_equal(1, live->gate->hold);
	assert_int_not_equal(knock, live->gate->knock);
	assert_int_equal(VIZ_MODE_HELD, s->mode);
	/* Until the program really stands at the gate, the clock may still go. */
	assert_true(viz_session_is_moving(s));
	live->gate->held = 1;
	assert_false(viz_session_is_moving(s));
	knock = live->gate->knock;
	press(s, ' ');
	assert_int_equal(0, live->gate->hold);
	assert_int_not_equal(knock, live->gate->knock);
	assert_int_equal(VIZ_MODE_PLAYING, s->mode);
	assert_true(s->view.follow);
}

static void step__held_at_the_edge__allows_one_and_shows_one(void **state)
{
	struct live *live = *state;
	struct viz_session *s = &live->session;
	press(s, ' ');
	live->gate->held = 1;
	viz_session_update(s);
	uint32_t before = viz_view_ordinal(&s->view, s->model);
	press(s, VIZ_KEY_ENTER);
	assert_int_equal(1, live->gate->steps);
	assert_true(viz_session_is_moving(s));
	press(s, VIZ_KEY_ENTER); /* while it is on its way, nothing more is allowed */
	assert_int_equal(1, live->gate->steps);
	/* The program takes the step: three transitions, then the gate again. */
	live->gate->held = 0;
	live->gate->steps = 0;
	tape_run(&live->tape, live->task);
	tape_ready(&live->tape, live->task, TRACE_WHY_YIELD, live->task);
	tape_run(&live->tape, live->task);
	viz_session_update(s);
	assert_true(s->stepping);
	live->gate->held = 1;
	viz_session_update(s);
	assert_false(s->stepping);
	assert_false(viz_session_is_moving(s));
	assert_int_equal(before + 1, s->view.ordinal);
	/* The next two are there already; the one after them needs the program. */
	press(s, VIZ_KEY_ENTER);
	press(s, VIZ_KEY_ENTER);
	assert_int_equal(0, live->gate->steps);
	assert_int_equal(before + 3, viz_view_ordinal(&s->view, s->model));
	press(s, VIZ_KEY_ENTER);
	assert_int_equal(1, live->gate->steps);
}

static void back__playing__holds_the_program(void **state)
{
	struct live *live = *state;
	struct viz_session *s = &live->session;
	tape_run(&live->tape, live->task);
	tape_ready(&live->tape, live->task, TRACE_WHY_YIELD, live->task);
	viz_session_update(s);
	uint32_t last = viz_view_ordinal(&s->view, s->model);
	press(s, VIZ_KEY_BACKSPACE);
	assert_int_equal(1, live->gate->hold);
	assert_false(s->view.follow);
	assert_int_equal(last - 1, s->view.ordinal);
	/* More happens; the past that is looked at stays. */
	tape_run(&live->tape, live->task);
	viz_session_update(s);
	assert_int_equal(last - 1, s->view.ordinal);
	press(s, VIZ_KEY_ESCAPE);
	assert_true(s->view.follow);
	assert_int_equal(1, live->gate->hold);
}

static void path__of_a_run_that_goes_on__is_not_known_yet(void **state)
{
	struct viz_session *s = &((struct live *)*state)->session;
	press(s, 'C');
	assert_non_null(strstr(s->notice, "when the run has ended"));
	assert_false(s->view.path);
}

static void leave__while_we_hold_it__the_program_goes_on(void **state)
{
	struct live *live = *state;
	press(&live->session, ' ');
	assert_int_equal(1, live->gate->hold);
	viz_session_fini(&live->session);
	assert_int_equal(0, live->gate->hold);
	struct viz_problem problem;
	struct trace_model *model;
	assert_int_equal(0, viz_follow_open(&model, live->tape.path, &problem));
	viz_session_init(&live->session, model, NULL, 0);
}

static void speed__of_a_run_that_is_not_paced__stays(void **state)
{
	struct live *live = *state;
	press(&live->session, '>');
	assert_int_equal(0, live->gate->speed_ppm);
	live->session.speed_ppm = 1000000; /* as a paced one */
	press(&live->session, '>');
	assert_int_equal(2000000, live->gate->speed_ppm);
	for (int i = 0; i < 40; i++)
		press(&live->session, '>');
	assert_int_equal(100000000, live->gate->speed_ppm);
	for (int i = 0; i < 40; i++)
		press(&live->session, '<');
	assert_int_equal(10000, live->gate->speed_ppm);
}

static void end__of_the_program__nothing_moves_any_more(void **state)
{
	struct live *live = *state;
	struct viz_session *s = &live->session;
	tape_at(&live->tape, 5);
	trace_emit(&live->tape.pen, (struct trace_record){.kind = TRACE_END,
	                                                  .sub = TRACE_STATUS_FINISHED,
	                                                  .t_ns = 5 * TAPE_MS});
	assert_true(viz_session_update(s));
	assert_int_equal(VIZ_MODE_FILE, s->mode);
	assert_false(viz_session_is_moving(s));
	assert_false(viz_session_update(s));
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, open_file, close_file)
#define LIVE_TEST(name) cmocka_unit_test_setup_teardown(name, open_live, close_live)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        FILE_TEST(step__back_and_forward__the_same_events),
	        FILE_TEST(step__zoomed_in__the_window_goes_with_the_playhead),
	        FILE_TEST(zoom__both_families_of_keys__keep_the_playhead),
	        FILE_TEST(pan__all_keys__move_and_come_back),
	        FILE_TEST(centre__again__shows_all),
	        FILE_TEST(lanes__keys__select_in_the_order_drawn),
	        FILE_TEST(events__of_a_lane__are_walked_both_ways),
	        FILE_TEST(wakes__brackets__to_the_waker_and_back),
	        FILE_TEST(panes__keys__toggle_and_help_has_its_own),
	        FILE_TEST(mouse__click__selects_the_lane_and_the_moment),
	        FILE_TEST(mouse__click_in_event_order__goes_to_the_transition_of_the_column),
	        FILE_TEST(mouse__wheel__zooms_at_the_pointer),
	        FILE_TEST(every_key__any_size__the_view_stays_whole),
	        cmocka_unit_test_setup_teardown(
	                findings__of_what_has_come_to_pass__are_counted_and_signed, open_blocking,
	                close_file),
	        FILE_TEST(path__its_key__draws_it_says_how_long_and_takes_it_away),
	        LIVE_TEST(path__of_a_run_that_goes_on__is_not_known_yet),
	        LIVE_TEST(space__playing__shuts_and_opens_the_gate),
	        LIVE_TEST(step__held_at_the_edge__allows_one_and_shows_one),
	        LIVE_TEST(back__playing__holds_the_program),
	        LIVE_TEST(leave__while_we_hold_it__the_program_goes_on),
	        LIVE_TEST(speed__of_a_run_that_is_not_paced__stays),
	        LIVE_TEST(end__of_the_program__nothing_moves_any_more),
	};
	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
