/* The panes' keys: which one has them, how far it scrolls, where there is room for it, and what its lines lead to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
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

static void paint(struct viz_session *session, int rows, int cols)
{
	struct viz_grid grid;
	assert_int_equal(0, viz_grid_init(&grid, rows, cols));
	viz_session_paint(session, &grid);
	viz_grid_fini(&grid);
}

static void panes__tab__gives_them_the_keys_and_esc_takes_them(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	const int32_t *scroll = s->view.panes.scroll;
	paint(s, 18, 80);
	uint32_t selected = s->view.selected;
	press(s, VIZ_KEY_TAB);
	paint(s, 18, 80);
	press(s, 'k');
	press(s, 'k');
	assert_int_equal(2, scroll[VIZ_PANE_LOG]);
	assert_int_equal(selected, s->view.selected);
	paint(s, 18, 80);
	/* presses beyond the end are not gathered */
	for (int i = 0; i < 100; i++)
		press(s, VIZ_KEY_PAGE_UP);
	int32_t most = scroll[VIZ_PANE_LOG];
	assert_in_range(most, 3, 20);
	press(s, 'j');
	assert_int_equal(most - 1, scroll[VIZ_PANE_LOG]);
	press(s, VIZ_KEY_TAB); /* the only one: back to the lanes */
	press(s, 'j');
	assert_int_not_equal(selected, s->view.selected);
	press(s, VIZ_KEY_TAB);
	press(s, VIZ_KEY_ESCAPE);
	assert_int_equal(0, s->view.panes.focus);
	assert_int_equal(0, scroll[VIZ_PANE_LOG]);
}

static void panes__scrolled_on_every_size__stay_within_what_they_have(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	for (int pane = VIZ_PANE_LOG + 1; pane < VIZ_PANE_COUNT; pane++)
		viz_panes_toggle(&s->view.panes, (enum viz_pane)pane);
	for (int rows = 10; rows < 60; rows += 3) {
		for (int i = 0; i < VIZ_PANE_COUNT; i++) {
			press(s, VIZ_KEY_TAB);
			paint(s, rows, 40 + 3 * rows);
			press(s, 'G');
			paint(s, rows, 40 + 3 * rows);
			press(s, VIZ_KEY_PAGE_DOWN);
			paint(s, rows, 40 + 3 * rows);
			press(s, 'k');
		}
		for (int i = 0; i < VIZ_PANE_COUNT; i++) {
			assert_true(s->view.panes.scroll[i] <= s->scroll_limits[i].most);
			assert_true(s->view.panes.scroll[i] >= s->scroll_limits[i].least);
		}
	}
}

static void log__a_line_that_is_clicked__is_gone_to(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	paint(s, 24, 80);
	viz_layout(&layout, 24, 80, &s->view, s->model);
	point(s, VIZ_KEY_CLICK, layout.panes[VIZ_PANE_LOG].row, 20);
	assert_false(s->view.follow);
	assert_int_equal(TRACE_LOG, trace_model_event(s->model, s->view.ordinal)->kind);
	/* the newest line is now the one that was clicked, and below it there is nothing to go to */
	const struct viz_rect *pane = &layout.panes[VIZ_PANE_LOG];
	uint32_t at = s->view.ordinal;
	paint(s, 24, 80);
	point(s, VIZ_KEY_CLICK, pane->row + pane->rows - 1, 20);
	assert_int_equal(at, s->view.ordinal);
	press(s, VIZ_KEY_HOME);
	paint(s, 24, 80);
	point(s, VIZ_KEY_CLICK, pane->row, 20);
	assert_int_equal(TRACE_NONE, s->view.ordinal);
}

static void panes__low_screen__open_when_asked_for(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	paint(s, 14, 80);
	viz_layout(&layout, 14, 80, &s->view, s->model);
	assert_int_equal(0, layout.dock.rows); /* the lanes need the rows */
	press(s, '2');
	viz_layout(&layout, 14, 80, &s->view, s->model);
	assert_true(layout.panes[VIZ_PANE_STATE].rows >= 3);
	assert_true(layout.timeline.rows >= 3);
}

static void panes__large_layout__are_there_when_asked_for(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_layout layout;
	paint(s, 40, 120);
	press(s, 'P');
	viz_layout(&layout, 40, 120, &s->view, s->model);
	assert_int_equal(0,
	                 layout.dock.rows); /* the log is open by itself, which is not asked for */
	assert_int_equal(3, layout.lane_rows);
	press(s, '2');
	viz_layout(&layout, 40, 120, &s->view, s->model);
	assert_true(layout.panes[VIZ_PANE_STATE].rows >= 6);
	assert_int_equal(0, layout.panes[VIZ_PANE_LOG].rows);
	assert_true(layout.lane_rows > 1);
	assert_true(layout.lines >= (int)s->model->n_drawn); /* and no lane is lost by it */
	press(s, '1');
	viz_layout(&layout, 40, 120, &s->view, s->model);
	assert_true(layout.panes[VIZ_PANE_LOG].rows >= 6);
	/* lower, the lanes are less high */
	viz_layout(&layout, 24, 120, &s->view, s->model);
	assert_true(layout.panes[VIZ_PANE_LOG].rows >= 3);
	assert_int_equal(1, layout.lane_rows);
	press(s, '1');
	press(s, '2');
	viz_layout(&layout, 40, 120, &s->view, s->model);
	assert_int_equal(0, layout.dock.rows);
	assert_int_equal(3, layout.lane_rows);
}

static void metrics__in_the_past__are_those_up_to_the_playhead(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	struct viz_judgement *judgement = &s->judgement;
	viz_panes_toggle(&s->view.panes, VIZ_PANE_METRICS);
	paint(s, 40, 120);
	assert_true(judgement->has_stats);
	uint64_t n_steps = judgement->stats.n_steps;
	assert_int_equal(s->model->t_end_ns, judgement->stats.end_ns);
	press(s, VIZ_KEY_HOME);
	for (int i = 0; i < 12; i++)
		press(s, VIZ_KEY_ENTER);
	paint(s, 40, 120);
	assert_int_equal(viz_view_time_ns(&s->view, s->model), judgement->stats.end_ns);
	assert_in_range(judgement->stats.n_steps, 1, n_steps - 1);
	press(s, VIZ_KEY_END);
	paint(s, 40, 120);
	assert_int_equal(n_steps, judgement->stats.n_steps);
}

/* The third put is on its way when the first two are in. */
static void state__of_a_queue__names_whose_items_are_in_it(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = tape_queue(&tape);
	screen_begin(&screen, model, 140, 40);
	viz_panes_toggle(&screen.view.panes, VIZ_PANE_STATE);
	viz_view_seek(&screen.view, model, 0);
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "; put in by producer at 0 ms"));
	screen_free(&screen);
	tape_free(&tape);
}

#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, open_file, close_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        FILE_TEST(panes__tab__gives_them_the_keys_and_esc_takes_them),
	        FILE_TEST(panes__scrolled_on_every_size__stay_within_what_they_have),
	        FILE_TEST(panes__low_screen__open_when_asked_for),
	        FILE_TEST(panes__large_layout__are_there_when_asked_for),
	        FILE_TEST(log__a_line_that_is_clicked__is_gone_to),
	        FILE_TEST(metrics__in_the_past__are_those_up_to_the_playhead),
	        cmocka_unit_test(state__of_a_queue__names_whose_items_are_in_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
