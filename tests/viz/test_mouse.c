/* What the mouse does to the view: clicks, drags, measures, double clicks; and the marks on the ruler. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/tape.h"
#include "viz/painter/layout.h"
#include "viz/session/session.h"

static struct tape tape;
static struct viz_session session;

static int open_file(void **state)
{
	(void)state;
	viz_session_init(&session, tape_semaphore(&tape), NULL, 0);
	tape.model = NULL;
	return 0;
}

static int close_file(void **state)
{
	(void)state;
	viz_session_fini(&session);
	tape_free(&tape);
	return 0;
}

static void act(uint32_t code, int row, int col)
{
	struct viz_key key = {.code = code, .row = row, .col = col};
	viz_session_act(&session, viz_action_find(viz_session_where(&session), code), &key);
}

static struct viz_layout layout(void)
{
	struct viz_layout it;
	viz_layout(&it, session.rows, session.cols, &session.view, session.model);
	return it;
}

static void drag__in_the_lanes__pans_and_leaves_the_playhead(void **state)
{
	(void)state;
	struct viz_layout at = layout();
	act(VIZ_KEY_HOME, 0, 0);
	for (int i = 0; i < 4; i++)
		act('w', 0, 0);
	act('d', 0, 0);
	act('d', 0, 0);
	uint64_t t0_ns = session.view.t0_ns;
	int row = at.timeline.row + 2, col = at.timeline.col + 20;
	act(VIZ_KEY_CLICK, row, col);
	act(VIZ_KEY_DRAG, row, col + 5);
	act(VIZ_KEY_DRAG, row + 1, col + 10);
	assert_true(session.view.t0_ns < t0_ns);
	assert_int_equal(session.view.ordinal, TRACE_NONE);
	uint64_t there_ns = session.view.t0_ns;
	act(VIZ_KEY_DRAG, row, col);
	assert_int_equal(session.view.t0_ns, t0_ns);
	act(VIZ_KEY_DRAG, row, col + 10);
	assert_int_equal(session.view.t0_ns, there_ns);
	act(VIZ_KEY_RELEASE, row, col + 10);
	act(VIZ_KEY_DRAG, row, col);
	assert_int_equal(session.view.t0_ns, there_ns);
}

static void drag__on_the_ruler__measures_both_ways(void **state)
{
	(void)state;
	struct viz_layout at = layout();
	act(VIZ_KEY_CLICK, at.ruler.row, at.timeline.col + 10);
	assert_false(session.view.measures);
	act(VIZ_KEY_DRAG, at.ruler.row, at.timeline.col + 30);
	assert_true(session.view.measures);
	uint64_t a = session.view.measure_from_ns, b = session.view.measure_to_ns;
	assert_true(a < b);
	act(VIZ_KEY_DRAG, at.ruler.row + 3, 0);
	assert_int_equal(session.view.measure_from_ns, a);
	assert_int_equal(session.view.measure_to_ns, session.view.t0_ns);
	act(VIZ_KEY_RELEASE, 0, 0);
	assert_true(session.view.measures);
	act(VIZ_KEY_ESCAPE, 0, 0);
	assert_false(session.view.measures);
}

/* Where nothing happens the playhead stands between two events, at a round time; where something does, on the last of it. */
static void click__a_column__puts_the_playhead_into_it(void **state)
{
	(void)state;
	struct viz_layout at = layout();
	viz_session_settle(&session);
	struct viz_axis axis = viz_view_axis(&session.view, at.timeline.cols);
	for (int col = 0; col < at.timeline.cols; col++) {
		act(VIZ_KEY_CLICK, at.timeline.row + 1, at.timeline.col + col);
		act(VIZ_KEY_RELEASE, at.timeline.row + 1, at.timeline.col + col);
		uint64_t ns = viz_view_time_ns(&session.view, session.model);
		if (viz_axis_end(&axis, col) <= session.model->t_end_ns)
			assert_int_equal(col, viz_axis_col(&axis, ns));
		assert_int_equal(session.view.ordinal, trace_model_at_time(session.model, ns));
	}
	int col = viz_axis_col(&axis, 150 * TAPE_MS);
	act(VIZ_KEY_CLICK, at.timeline.row + 1, at.timeline.col + col);
	assert_int_equal(0, viz_view_time_ns(&session.view, session.model) % (5 * TAPE_MS));
}

static void right_click__a_lane__selects_without_moving(void **state)
{
	(void)state;
	struct viz_layout at = layout();
	act(VIZ_KEY_RIGHT_CLICK, at.timeline.row + 3, at.timeline.col + 4);
	assert_int_equal(session.view.selected, session.model->order[3]);
	assert_true(session.view.follow);
	act(VIZ_KEY_RIGHT_CLICK, 0, 0);
	assert_int_equal(session.view.selected, session.model->order[3]);
}

static void double_click__a_wait__fills_the_window(void **state)
{
	(void)state;
	struct viz_layout at = layout();
	act(VIZ_KEY_DOUBLE_CLICK, at.timeline.row + 2, at.timeline.col + 8);
	assert_false(session.view.fit);
	assert_in_range(session.view.span_ns, 300 * TAPE_MS, 400 * TAPE_MS);
	act(VIZ_KEY_DOUBLE_CLICK, at.ruler.row, at.timeline.col + 8);
	assert_true(session.view.fit);
	act(VIZ_KEY_DOUBLE_CLICK, at.names.row + 1, at.names.col);
	assert_int_equal(session.view.wishes.folds.n, 0); /* nothing was selected */
	act(VIZ_KEY_CLICK, at.names.row + 1, at.names.col);
	act(VIZ_KEY_DOUBLE_CLICK, at.names.row + 1, at.names.col);
	assert_int_equal(session.view.wishes.folds.n, 1);
}

static void mouse__anywhere_at_any_size__nothing_breaks(void **state)
{
	static const uint32_t codes[] = {VIZ_KEY_CLICK,        VIZ_KEY_DRAG,
	                                 VIZ_KEY_RELEASE,      VIZ_KEY_RIGHT_CLICK,
	                                 VIZ_KEY_DOUBLE_CLICK, VIZ_KEY_WHEEL_UP,
	                                 VIZ_KEY_WHEEL_DOWN};
	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		if (i % 50 == 0) {
			struct viz_grid grid;
			assert_int_equal(viz_grid_init(&grid, 1 + rand() % 60, 1 + rand() % 200),
			                 0);
			viz_session_paint(&session, &grid);
			viz_grid_fini(&grid);
		}
		act(codes[rand() % 7], rand() % 70 - 5, rand() % 220 - 10);
	}
}

static void marks__set_and_walked__in_the_order_of_time(void **state)
{
	(void)state;
	static const uint64_t times_ms[] = {600, 100, 300};
	for (int i = 0; i < 3; i++) {
		viz_view_seek(&session.view, session.model, times_ms[i] * TAPE_MS);
		act('m', 0, 0);
	}
	act(VIZ_KEY_HOME, 0, 0);
	for (uint64_t ms = 100; ms <= 600; ms += ms == 100 ? 200 : 300) {
		act('\'', 0, 0);
		assert_int_equal(viz_view_time_ns(&session.view, session.model), ms * TAPE_MS);
	}
	act('"', 0, 0);
	assert_int_equal(viz_view_time_ns(&session.view, session.model), 300 * TAPE_MS);
	act('m', 0, 0);
	assert_int_equal(session.view.marks.n, 2);
	act('M', 0, 0);
	act('"', 0, 0);
	assert_non_null(strstr(session.notice, "no mark before"));
}

static void marks__more_than_it_keeps__stay_in_order(void **state)
{
	struct viz_marks marks = {.n = 0};
	(void)state;
	srand(3);
	for (int i = 0; i < 1000; i++) {
		viz_marks_toggle(&marks, (uint64_t)(rand() % 500));
		assert_in_range(marks.n, 0, VIZ_MARKS_MAX);
		for (uint32_t k = 1; k < marks.n; k++)
			assert_true(marks.at_ns[k - 1] < marks.at_ns[k]);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, open_file, close_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        test(drag__in_the_lanes__pans_and_leaves_the_playhead),
	        test(drag__on_the_ruler__measures_both_ways),
	        test(click__a_column__puts_the_playhead_into_it),
	        test(right_click__a_lane__selects_without_moving),
	        test(double_click__a_wait__fills_the_window),
	        test(mouse__anywhere_at_any_size__nothing_breaks),
	        test(marks__set_and_walked__in_the_order_of_time),
	        cmocka_unit_test(marks__more_than_it_keeps__stay_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
