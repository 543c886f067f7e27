/* The what-if without a program behind it: how far a key goes, and the shadow that the painter draws. Its runs are tested
 * through a terminal, in tests/pty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/painter/layout.h"
#include "viz/painter/painter.h"
#include "viz/classroom/whatif.h"

static void step__of_a_parameter__is_round_and_inside_its_range(void **state)
{
	static const struct {
		int64_t value, min, max, step;
	} rows[] = {
	        {2, 1, 100, 1},      {5, 1, 1000, 1},       {10, 0, 1000, 1},
	        {12, 1, 200, 2},     {100, 0, 60000, 10},   {300, 0, 60000, 50},
	        {500, 1, 60000, 50}, {1000, 0, 60000, 100}, {0, 0, 1, 1},
	        {0, 0, 60000, 500},  {1, 1, 1, 1},          {5000, 0, 60000, 500},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct scn_param param = {.value = rows[i].value,
		                          .min = rows[i].min,
		                          .max = rows[i].max};
		if (viz_whatif_step(&param) != rows[i].step)
			fail_msg("default %d, %d to %d: a step of %d, not %d", (int)rows[i].value,
			         (int)rows[i].min, (int)rows[i].max, (int)viz_whatif_step(&param),
			         (int)rows[i].step);
	}
}

static struct trace_model *sleeper(struct tape *tape, uint64_t until_ms)
{
	tape_begin(tape, "t", "t", "");
	uint32_t task = tape_task(tape, "T", 0);
	tape_run(tape, task);
	tape_wait(tape, task, TRACE_ON_SLEEP, 0, until_ms);
	tape_at(tape, until_ms);
	tape_ready(tape, task, TRACE_WHY_TIMER, 0);
	tape_run(tape, task);
	tape_done(tape, task, TRACE_OUTCOME_RESULT, NULL);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

/* Paint a recording of 50 ms with one of `shadow_ms` behind it; returns the cells of the task's lane as ASCII. */
static void paint(uint64_t shadow_ms, char *row, size_t row_bytes)
{
	static const uint32_t same[] = {TRACE_NONE, 1};
	struct tape now_tape, old_tape;
	struct viz_grid grid;
	struct viz_view view = VIZ_VIEW_INIT;
	struct viz_layout layout;
	struct trace_model *now = sleeper(&now_tape, 50), *old = sleeper(&old_tape, shadow_ms);
	struct viz_scene scene = {.now_ns = now->t_end_ns, .shadow = old, .shadow_of = same};
	assert_int_equal(now->n_lanes, 2);
	view.ascii = true;
	view.until_ns = 100 * TAPE_MS;
	assert_int_equal(viz_grid_init(&grid, 12, 70), 0);
	viz_layout(&layout, grid.rows, grid.cols, &view, now);
	viz_view_settle(&view, now, layout.timeline.cols, layout.lines);
	viz_paint(&grid, now, &view, &scene);
	size_t n = 0;
	for (int col = 0; col < layout.timeline.cols && n + 1 < row_bytes; col++)
		row[n++] = (char)viz_grid_cell(&grid, layout.timeline.row + 1,
		                               layout.timeline.col + col)
		                   ->ch;
	row[n] = '\0';
	viz_grid_fini(&grid);
	tape_free(&now_tape);
	tape_free(&old_tape);
}

static void shadow__longer_before__dashes_to_its_end(void **state)
{
	char row[200];
	(void)state;
	paint(100, row, sizeof row);
	const char *end = strchr(row, '|');
	assert_non_null(end);
	assert_int_equal(row[0], '+');
	assert_int_equal(end[1], '~');      /* it lived on */
	assert_non_null(strchr(end, '\'')); /* and ran at its end */
	assert_null(strchr(strchr(end, '\''), '~'));
}

static void shadow__shorter_before__a_tick_within_the_wait(void **state)
{
	char row[200];
	(void)state;
	paint(10, row, sizeof row);
	const char *tick = strchr(row, '\''), *end = strchr(row, '|');
	assert_non_null(tick);
	assert_true(tick < end);
	assert_null(strchr(row, '~'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(step__of_a_parameter__is_round_and_inside_its_range),
	        cmocka_unit_test(shadow__longer_before__dashes_to_its_end),
	        cmocka_unit_test(shadow__shorter_before__a_tick_within_the_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
