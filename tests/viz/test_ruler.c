/* The ruler at every zoom: each number stands over the column that its time is in, and no two touch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/view/axis.h"
#include "viz/text/format_time.h"

/* Read a decimal number of `unit` exactly. Returns ns. */
static uint64_t parse_ns(const char *text, char **end, uint64_t unit_ns)
{
	uint64_t ns = strtoull(text, end, 10) * unit_ns;
	if (**end != '.')
		return ns;
	for (++*end; **end >= '0' && **end <= '9'; ++*end) {
		unit_ns /= 10;
		ns += (uint64_t)(**end - '0') * unit_ns;
	}
	return ns;
}

static uint64_t unit_of(const struct screen *screen)
{
	char row[2000];
	screen_row(screen, screen->layout.ruler.row, row, sizeof row);
	for (int unit = VIZ_TIME_NS; unit <= VIZ_TIME_S; unit++) {
		char want[8] = " ";
		strncat(want, viz_time_unit_name((enum viz_time_unit)unit), 4);
		strncat(want, " ", 2);
		if (strstr(row, want) != NULL)
			return viz_time_unit_ns((enum viz_time_unit)unit);
	}
	fail_msg("no unit in '%s'", row);
	return 0;
}

/* Check the ruler of a painted screen; returns how many numbers it has. */
static int check_ruler(const struct screen *screen)
{
	const struct viz_rect *rect = &screen->layout.ruler;
	struct viz_axis axis = viz_view_axis(&screen->view, screen->layout.timeline.cols);
	char text[2000] = "", *at = text;
	int n = 0;
	for (int col = 0; col < axis.cols; col++) {
		uint32_t ch =
		        screen->grid.cells[rect->row * screen->grid.cols + rect->col + col].ch;
		text[col] = ch < 0x80 ? (char)ch : ' '; /* the playhead's mark */
	}
	while (*(at += strspn(at, " ")) != '\0') {
		int col = (int)(at - text);
		uint64_t ns = parse_ns(at, &at, unit_of(screen));
		if (viz_axis_col(&axis, ns) != col)
			fail_msg("%" PRIu64 " ns stands in column %d of '%s'", ns, col, text);
		assert_true(*at == ' ' || *at == '\0');
		n++;
	}
	return n;
}

static void ruler__at_any_zoom__stands_over_its_times(void **state)
{
	static const uint64_t ends_ns[] = {900, 900000, 900 * TAPE_MS, 45000 * TAPE_MS};
	(void)state;
	for (size_t i = 0; i < sizeof ends_ns / sizeof ends_ns[0]; i++) {
		struct tape tape;
		struct screen screen;
		tape_begin(&tape, "", "", "");
		tape_task(&tape, "main", 0);
		tape_at_ns(&tape, ends_ns[i]);
		tape_log(&tape, 1, "end");
		const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
		screen_begin(&screen, model, 120, 24);
		screen_paint(&screen, model);
		assert_true(check_ruler(&screen) >= 3);
		viz_view_seek(&screen.view, model, ends_ns[i] / 3);
		for (int zoom = 0; zoom < 40; zoom++) {
			viz_view_zoom(&screen.view, model, ends_ns[i] / 3, 2, 3);
			screen_paint(&screen, model);
			assert_true(check_ruler(&screen) >= 1);
		}
		screen_free(&screen);
		tape_free(&tape);
	}
}

/* Steps of a microsecond, late in a run: whole milliseconds would be the same number again and again. */
static void ruler__of_events_close_together__tells_them_apart(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "close", "");
	uint32_t task = tape_task(&tape, "task", 0);
	for (unsigned i = 0; i < 30; i++) {
		tape_at_ns(&tape, 1000 * TAPE_MS + i * 1000);
		tape_ready(&tape, task, TRACE_WHY_YIELD, 0);
		tape_run(&tape, task);
	}
	tape_done(&tape, task, TRACE_OUTCOME_RESULT, "");
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 100, 24);
	viz_view_switch_axis(&screen.view);
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, " 1000 "));
	assert_true(screen_has(&screen, " 1000.01"));
	screen_free(&screen);
	tape_free(&tape);
}

/* On the axis of time all is in one column, and the screen says where it can be seen. */
static void rule__of_a_run_without_time__names_the_other_axis(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "at once", "");
	uint32_t task = tape_task(&tape, "task", 0);
	tape_ready(&tape, task, TRACE_WHY_START, 0);
	tape_run(&tape, task);
	tape_done(&tape, task, TRACE_OUTCOME_RESULT, "");
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 100, 24);
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "all of it happens at 0 ms: x shows the order"));
	viz_view_switch_axis(&screen.view);
	screen_paint(&screen, model);
	assert_false(screen_has(&screen, "all of it happens"));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(ruler__at_any_zoom__stands_over_its_times),
	        cmocka_unit_test(ruler__of_events_close_together__tells_them_apart),
	        cmocka_unit_test(rule__of_a_run_without_time__names_the_other_axis),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
