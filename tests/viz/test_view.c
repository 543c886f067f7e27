/* The view: what keys do to it, and that settling makes any view paintable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"

enum { COLS = 40, ROWS = 5 };

static struct viz_view settled(const struct trace_model *model)
{
	struct viz_view view = VIZ_VIEW_INIT;
	viz_view_settle(&view, model, COLS, ROWS);
	return view;
}

static void fit__finished_recording__shows_all_of_it_and_room_for_the_ends(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	assert_true(view.t0_ns == 0);
	assert_true(view.span_ns > model->t_end_ns);
	assert_true(view.span_ns < model->t_end_ns * 12 / 10);
	tape_free(&tape);
}

static void zoom__at_a_time__leaves_that_time_in_its_place(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	uint64_t at_ns = view.span_ns / 4, span_ns = view.span_ns;
	viz_view_zoom(&view, model, at_ns, 1, 2);
	assert_false(view.fit);
	assert_true(view.span_ns == span_ns / 2);
	assert_in_range((at_ns - view.t0_ns) * 4, view.span_ns - 8, view.span_ns + 8);
	viz_view_zoom(&view, model, at_ns, 2, 1);
	assert_true(view.t0_ns <= 4);
	tape_free(&tape);
}

static void zoom__in_and_out_for_ever__stays_within_limits(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	for (int i = 0; i < 200; i++) {
		viz_view_zoom(&view, model, 300 * TAPE_MS, 1, 2);
		viz_view_settle(&view, model, COLS, ROWS);
		assert_true(view.span_ns >= COLS);
	}
	for (int i = 0; i < 200; i++) {
		viz_view_zoom(&view, model, 300 * TAPE_MS, 2, 1);
		viz_view_settle(&view, model, COLS, ROWS);
		assert_true(view.span_ns <= 4 * model->t_end_ns + 2 * TAPE_MS);
	}
	tape_free(&tape);
}

static void pan__beyond_the_ends__stops_there(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	viz_view_zoom(&view, model, 0, 1, 4);
	for (int i = 0; i < 50; i++) {
		viz_view_pan(&view, model, 1, 3);
		viz_view_settle(&view, model, COLS, ROWS);
	}
	assert_true(view.t0_ns < model->t_end_ns);
	for (int i = 0; i < 50; i++) {
		viz_view_pan(&view, model, -1, 3);
		viz_view_settle(&view, model, COLS, ROWS);
	}
	assert_true(view.t0_ns == 0);
	tape_free(&tape);
}

static void pan__away_from_the_live_edge__is_not_pulled_back(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	viz_view_zoom(&view, model, model->t_end_ns, 1, 8);
	viz_view_settle(&view, model, COLS, ROWS);
	for (int i = 0; i < 4; i++)
		viz_view_pan(&view, model, -1, 1);
	uint64_t t0_ns = view.t0_ns;
	viz_view_settle(&view, model, COLS, ROWS);
	assert_true(view.t0_ns == t0_ns);
	assert_true(view.follow);
	tape_free(&tape);
}

static void step__forward_and_back__visits_every_transition_once(void **state)
{
	struct tape tape;
	size_t n_back = 0, n_forward = 0;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	uint32_t last = viz_view_ordinal(&view, model);
	while (viz_view_step(&view, model, -1)) {
		assert_false(view.follow);
		assert_true(view.ordinal == TRACE_NONE || view.ordinal < last);
		last = view.ordinal;
		n_back++;
	}
	assert_int_equal(view.ordinal, TRACE_NONE);
	assert_true(viz_view_time_ns(&view, model) == 0);
	while (viz_view_step(&view, model, 1))
		n_forward++;
	assert_true(n_back > 30);
	assert_in_range(n_forward, n_back - 1, n_back + 1);
	tape_free(&tape);
}

static void step__out_of_the_window__moves_the_window(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	viz_view_zoom(&view, model, 0, 1, 16);
	viz_view_seek(&view, model, 0);
	while (viz_view_step(&view, model, 1)) {
		viz_view_settle(&view, model, COLS, ROWS);
		uint64_t t_ns = viz_view_time_ns(&view, model);
		assert_true(t_ns >= view.t0_ns && t_ns - view.t0_ns < view.span_ns);
	}
	tape_free(&tape);
}

static void seek__between_two_events__keeps_the_time(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	viz_view_seek(&view, model, 412 * TAPE_MS);
	assert_true(viz_view_time_ns(&view, model) == 412 * TAPE_MS);
	assert_int_equal(view.ordinal, trace_model_at_time(model, 412 * TAPE_MS));
	assert_true(viz_view_step(&view, model, -1));
	assert_true(viz_view_time_ns(&view, model) == 300 * TAPE_MS);
	tape_free(&tape);
}

static void select__past_the_ends__stays_and_scrolls(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = settled(model);
	for (int i = 0; i < 20; i++) {
		viz_view_select(&view, model, 1);
		viz_view_settle(&view, model, COLS, ROWS);
	}
	assert_int_equal(view.selected, model->order[model->n_lanes - 1]);
	assert_int_equal(view.top, model->n_lanes - ROWS);
	for (int i = 0; i < 20; i++) {
		viz_view_select(&view, model, -1);
		viz_view_settle(&view, model, COLS, ROWS);
	}
	assert_int_equal(view.selected, 0);
	assert_int_equal(view.top, 0);
	tape_free(&tape);
}

static void settle__view_full_of_nonsense__can_be_painted(void **state)
{
	static const uint64_t times[] = {0, 1, 1000, UINT64_MAX / 2, UINT64_MAX};
	static const uint32_t numbers[] = {0, 1, 1000, TRACE_NONE - 1, TRACE_NONE};
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	screen_begin(&screen, model, 80, 24);
	for (int i = 0; i < 5 * 5 * 5 * 5; i++) {
		screen.view = (struct viz_view)VIZ_VIEW_INIT;
		screen.view.fit = screen.view.follow = false;
		screen.view.t0_ns = times[i % 5];
		screen.view.span_ns = times[i / 5 % 5];
		screen.view.ordinal = screen.view.top = numbers[i / 25 % 5];
		screen.view.selected = numbers[i / 125];
		screen.view.seek_ns = times[i % 5];
		screen.view.help_top = i % 2 == 0 ? -5 : 1 << 30;
		screen.view.help = i % 7 == 0;
		screen_paint(&screen, model);
	}
	screen_free(&screen);
	tape_free(&tape);
}

static void settle__empty_recording__can_be_painted_and_moved(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "", "");
	const struct trace_model *model = tape_end(&tape, 0);
	screen_begin(&screen, model, 80, 24);
	screen_paint(&screen, model);
	assert_false(viz_view_step(&screen.view, model, 1));
	viz_view_step(&screen.view, model, -1);
	viz_view_select(&screen.view, model, 1);
	viz_view_pan(&screen.view, model, 1, 2);
	viz_view_zoom(&screen.view, model, 0, 1, 2);
	screen_paint(&screen, model);
	screen_free(&screen);
	tape_free(&tape);
}

static struct viz_view ordered(const struct trace_model *model)
{
	struct viz_view view = settled(model);
	viz_view_switch_axis(&view);
	viz_view_settle(&view, model, COLS, ROWS);
	return view;
}

static void order__switched_to__has_a_column_a_transition_and_the_playhead_in_sight(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = ordered(model);
	struct viz_axis axis = viz_view_axis(&view, COLS);
	assert_int_equal(view.per_col, 1);
	assert_int_equal(view.each, 1);
	assert_in_range(viz_axis_col(&axis, viz_view_place(&view, model)), 0, COLS - 1);
	assert_true(viz_view_place(&view, model) == trace_model_rank(model, TRACE_NONE - 1) - 1);
	viz_view_switch_axis(&view);
	viz_view_settle(&view, model, COLS, ROWS);
	assert_true(view.fit);
	tape_free(&tape);
}

static void order__stepped__moves_one_column_a_step(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = ordered(model);
	view.follow = false;
	for (uint64_t place = 0; viz_view_step(&view, model, 1); place++)
		assert_true(viz_view_place(&view, model) == place);
	tape_free(&tape);
}

/* A screen that is too small settles nothing, and the keys act all the same. */
static void order__never_settled__keys_leave_a_view_that_can_be(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	for (int key = 0; key < 5; key++) {
		struct viz_view view = VIZ_VIEW_INIT;
		view.axis = VIZ_AXIS_ORDER;
		if (key == 0)
			viz_view_zoom(&view, model, 20, 2, 3);
		else if (key == 1)
			viz_view_zoom(&view, model, 20, 3, 2);
		else if (key == 2)
			viz_view_pan(&view, model, 1, 8);
		else if (key == 3)
			viz_view_pan(&view, model, -1, 8);
		else
			viz_view_centre(&view, model);
		viz_view_settle(&view, model, 40, 8);
		assert_true(view.each > 0 && view.per_col > 0);
	}
	tape_free(&tape);
}

static void order__zoomed_in_and_out__keeps_the_place_and_its_limits(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = ordered(model);
	for (int i = 0; i < 40; i++) {
		struct viz_axis before = viz_view_axis(&view, COLS);
		int col = viz_axis_col(&before, 20);
		view.track = false;
		viz_view_zoom(&view, model, 20, 2, 3);
		struct viz_axis after = viz_view_axis(&view, COLS);
		int moved = viz_axis_col(&after, 20) - col;
		assert_true(moved <= (int)view.each && -moved <= (int)view.each);
		viz_view_settle(&view, model, COLS, ROWS);
	}
	assert_int_equal(view.each, 8);
	for (int i = 0; i < 40; i++) {
		viz_view_zoom(&view, model, 20, 3, 2);
		viz_view_settle(&view, model, COLS, ROWS);
		assert_true((view.each == 1 || view.per_col == 1) && view.each >= 1);
	}
	assert_true(view.per_col <= trace_model_rank(model, TRACE_NONE - 1) / COLS + 1);
	tape_free(&tape);
}

static void order__at_the_end__the_window_is_full(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	struct viz_view view = ordered(model);
	uint64_t n = trace_model_rank(model, TRACE_NONE - 1);
	enum { FEW = 20 };
	assert_true(n > FEW);
	viz_view_settle(&view, model, FEW, 10);
	assert_true(view.order_from == n - FEW);
	/* in the middle of the recording the playhead stands in the middle */
	view.order_from = 0;
	view.follow = false;
	view.ordinal = trace_model_transition(model, FEW + 5);
	viz_view_settle(&view, model, FEW, 10);
	assert_true(view.order_from == FEW + 5 - FEW / 2);
	tape_free(&tape);
}

static void order__empty_recording_and_any_key__has_no_column_to_show(void **state)
{
	struct tape tape;
	(void)state;
	tape_begin(&tape, "", "", "");
	const struct trace_model *model = tape_end(&tape, 0);
	struct viz_view view = ordered(model);
	viz_view_pan(&view, model, 1, 2);
	viz_view_zoom(&view, model, 5, 1, 2);
	viz_view_centre(&view, model);
	viz_view_settle(&view, model, COLS, ROWS);
	assert_int_equal(viz_view_event_at(&view, model, 3), TRACE_NONE);
	assert_true(view.order_from == 0);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(fit__finished_recording__shows_all_of_it_and_room_for_the_ends),
	        cmocka_unit_test(zoom__at_a_time__leaves_that_time_in_its_place),
	        cmocka_unit_test(zoom__in_and_out_for_ever__stays_within_limits),
	        cmocka_unit_test(pan__beyond_the_ends__stops_there),
	        cmocka_unit_test(pan__away_from_the_live_edge__is_not_pulled_back),
	        cmocka_unit_test(step__forward_and_back__visits_every_transition_once),
	        cmocka_unit_test(step__out_of_the_window__moves_the_window),
	        cmocka_unit_test(seek__between_two_events__keeps_the_time),
	        cmocka_unit_test(select__past_the_ends__stays_and_scrolls),
	        cmocka_unit_test(settle__view_full_of_nonsense__can_be_painted),
	        cmocka_unit_test(settle__empty_recording__can_be_painted_and_moved),
	        cmocka_unit_test(
	                order__switched_to__has_a_column_a_transition_and_the_playhead_in_sight),
	        cmocka_unit_test(order__at_the_end__the_window_is_full),
	        cmocka_unit_test(order__stepped__moves_one_column_a_step),
	        cmocka_unit_test(order__never_settled__keys_leave_a_view_that_can_be),
	        cmocka_unit_test(order__zoomed_in_and_out__keeps_the_place_and_its_limits),
	        cmocka_unit_test(order__empty_recording_and_any_key__has_no_column_to_show),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
