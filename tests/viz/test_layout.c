/* The layout at every size: panes inside the screen, none over another, and the lanes never without room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/painter/painter.h"

#define N_PANES (11 + VIZ_PANE_COUNT)

static void list_panes(const struct viz_layout *layout, struct viz_rect panes[N_PANES])
{
	const struct viz_rect all[11] = {
	        layout->head,     layout->question, layout->ruler,  layout->names,
	        layout->timeline, layout->notes,    layout->strips, layout->rule,
	        layout->detail,   layout->legend,   layout->footer,
	};
	memcpy(panes, all, sizeof all);
	memcpy(panes + 11, layout->panes, sizeof layout->panes);
}

static bool is_inside(const struct viz_rect *pane, int rows, int cols)
{
	if (pane->rows == 0 || pane->cols == 0)
		return true;
	return pane->row >= 0 && pane->col >= 0 && pane->rows > 0 && pane->cols > 0 &&
	       pane->row + pane->rows <= rows && pane->col + pane->cols <= cols;
}

static bool overlap(const struct viz_rect *a, const struct viz_rect *b)
{
	if (a->rows == 0 || a->cols == 0 || b->rows == 0 || b->cols == 0)
		return false;
	return a->row < b->row + b->rows && b->row < a->row + a->rows &&
	       a->col < b->col + b->cols && b->col < a->col + a->cols;
}

static void check(int rows, int cols, const struct viz_view *view, const struct trace_model *model)
{
	struct viz_layout layout;
	struct viz_rect panes[N_PANES];
	viz_layout(&layout, rows, cols, view, model);
	list_panes(&layout, panes);
	for (int i = 0; i < N_PANES; i++) {
		if (!is_inside(&panes[i], rows, cols))
			fail_msg("pane %d is outside at %dx%d", i, cols, rows);
		for (int k = i + 1; k < N_PANES; k++) {
			if (overlap(&panes[i], &panes[k]))
				fail_msg("panes %d and %d overlap at %dx%d", i, k, cols, rows);
		}
	}
	if (layout.too_small != (rows < 10 || cols < 40))
		fail_msg("too_small is wrong at %dx%d", cols, rows);
	if (!layout.too_small && (layout.timeline.rows < 3 || layout.timeline.cols < 20))
		fail_msg("no room for the lanes at %dx%d", cols, rows);
}

static void check_all_sizes(const struct trace_model *model)
{
	/* a set of panes is opened in turn, so each is last once */
	for (int bits = 0; bits < 16; bits++) {
		struct viz_view view = VIZ_VIEW_INIT;
		view.panes.n = 0;
		for (int i = 0; i < VIZ_PANE_COUNT; i++)
			if (i < bits % (VIZ_PANE_COUNT + 1))
				viz_panes_toggle(&view.panes,
				                 (enum viz_pane)((i + bits) % VIZ_PANE_COUNT));
		view.panes.grow = (int8_t)(bits % 3 == 0 ? 0 : bits % 3 == 1 ? 100 : -100);
		view.legend = bits & 2;
		view.page = bits & 4;
		view.beside = bits & 8;
		view.present = bits % 5 == 3;
		for (int rows = 1; rows <= 120; rows++) {
			for (int cols = 1; cols <= 400; cols += 1 + (cols > 200))
				check(rows, cols, &view, model);
		}
	}
}

static void layout__every_size__panes_inside_and_apart(void **state)
{
	struct tape tape;
	(void)state;
	check_all_sizes(tape_semaphore(&tape));
	tape_free(&tape);
}

static void layout__many_lanes_with_long_names__panes_inside_and_apart(void **state)
{
	struct tape tape;
	(void)state;
	tape_begin(&tape, "long", "",
	           "A question that is so long that it takes more than one row of a screen that is "
	           "eighty columns wide.");
	for (int i = 0; i < 60; i++)
		tape_task(&tape, "a task with a name that is wider than its column",
		          i < 30 ? (uint32_t)i : 0);
	for (int i = 0; i < 12; i++) {
		char name[] = "variable of a name that is wider than its column, A";
		name[sizeof name - 2] = (char)('A' + i);
		tape_use(&tape, 1, name, TRACE_VAR_WRITE, i);
	}
	check_all_sizes(tape_end(&tape, TRACE_STATUS_FINISHED));
	tape_free(&tape);
}

static void layout__empty_recording__panes_inside_and_apart(void **state)
{
	struct tape tape;
	(void)state;
	tape_begin(&tape, "", "", "");
	check_all_sizes(tape_end(&tape, 0));
	tape_free(&tape);
}

static void layout__log_without_a_line__takes_no_rows_from_many_lanes(void **state)
{
	struct tape tape;
	struct viz_layout layout;
	struct viz_view view = VIZ_VIEW_INIT;
	(void)state;
	tape_begin(&tape, "silent", "", "");
	for (int i = 0; i < 60; i++)
		tape_task(&tape, "task", 0);
	struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	viz_layout(&layout, 40, 120, &view, model);
	assert_int_equal(0, layout.dock.rows);
	/* unless somebody has asked for it */
	viz_panes_toggle(&view.panes, VIZ_PANE_LOG);
	viz_panes_toggle(&view.panes, VIZ_PANE_LOG);
	viz_layout(&layout, 40, 120, &view, model);
	assert_true(layout.dock.rows >= 3);
	tape_free(&tape);
}

static void layout__80_columns__has_notes_and_a_timeline_of_40(void **state)
{
	struct tape tape;
	struct viz_layout layout;
	struct viz_view view = VIZ_VIEW_INIT;
	(void)state;
	viz_layout(&layout, 24, 80, &view, tape_semaphore(&tape));
	assert_true(layout.notes.cols >= 17);
	assert_true(layout.timeline.cols >= 40);
	assert_true(layout.panes[VIZ_PANE_LOG].rows >= 3);
	assert_int_equal(layout.legend.rows, 1);
	assert_int_equal(layout.head.row, 0);
	assert_int_equal(layout.footer.row, 23);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(layout__log_without_a_line__takes_no_rows_from_many_lanes),
	        cmocka_unit_test(layout__every_size__panes_inside_and_apart),
	        cmocka_unit_test(layout__many_lanes_with_long_names__panes_inside_and_apart),
	        cmocka_unit_test(layout__empty_recording__panes_inside_and_apart),
	        cmocka_unit_test(layout__80_columns__has_notes_and_a_timeline_of_40),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
