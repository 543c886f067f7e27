/* Brackets: which rows stand beside one at the playhead, with what sign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"

/* main starts bg, then opens a group and starts A and B in it; A starts A1 and opens a timeout, in which it starts A2; after both
 * are closed main starts late. */
static struct trace_model *nested(struct tape *tape)
{
	tape_begin(tape, "", "nested", "");
	uint32_t main = tape_task(tape, "main", 0);
	tape_run(tape, main);
	tape_task(tape, "bg", main);
	tape_scope(tape, main, 1, TRACE_SCOPE_GROUP, true, 0);
	uint32_t a = tape_task(tape, "A", main);
	tape_task(tape, "B", main);
	tape_wait(tape, main, TRACE_ON_GROUP, 0, 0);
	tape_at(tape, 100);
	tape_run(tape, a);
	tape_task(tape, "A1", a);
	tape_scope(tape, a, 2, TRACE_SCOPE_TIMEOUT, true, 400);
	tape_task(tape, "A2", a);
	tape_wait(tape, a, TRACE_ON_SLEEP, 0, 900);
	tape_at(tape, 300);
	tape_ready(tape, a, TRACE_WHY_TIMER, 0);
	tape_run(tape, a);
	tape_scope(tape, a, 2, TRACE_SCOPE_TIMEOUT, false, 0);
	tape_done(tape, a, TRACE_OUTCOME_RESULT, "");
	tape_at(tape, 500);
	tape_ready(tape, main, TRACE_WHY_DONE, 0);
	tape_run(tape, main);
	tape_scope(tape, main, 1, TRACE_SCOPE_GROUP, false, 0);
	tape_task(tape, "late", main);
	tape_at(tape, 600);
	tape_done(tape, main, TRACE_OUTCOME_RESULT, "");
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

/* Write what stands between names and bars, a character a row: _ for nothing, T for the top, I for the side, : for a broken side, L for
 * the bottom. */
static const char *gutter(struct screen *screen, const struct trace_model *model, uint64_t at_ms)
{
	static char text[16];
	viz_view_seek(&screen->view, model, at_ms * TAPE_MS);
	screen_paint(screen, model);
	const struct viz_rect *rect = &screen->layout.timeline;
	int n = 0;
	for (int row = 0; row < rect->rows && n < 15 && row < (int)model->n_lanes; row++) {
		uint32_t ch = viz_grid_cell(&screen->grid, rect->row + row, rect->col - 1)->ch;
		text[n++] = ch == ' '      ? '_'
		            : ch == 0x250c ? 'T'
		            : ch == 0x2502 ? 'I'
		            : ch == 0x2506 ? ':'
		            : ch == 0x2514 ? 'L'
		                           : (char)ch;
	}
	text[n] = '\0';
	return text;
}

static void brackets__at_the_playhead__hold_the_tasks_of_open_scopes(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = nested(&tape);
	screen_begin(&screen, model, 100, 24);
	/* loop, main, bg, A, A1, A2, B, late: bg is older than the group, A2 alone is in the timeout */
	assert_string_equal("_T:I::L_", gutter(&screen, model, 50));
	assert_string_equal("_T:T:LL_", gutter(&screen, model, 200));
	assert_string_equal("_T:IIIL_", gutter(&screen, model, 400));
	assert_string_equal("________", gutter(&screen, model, 600));
	screen_free(&screen);
	tape_free(&tape);
}

static void brackets__opened_out_of_sight__have_their_sign(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = nested(&tape);
	screen_begin(&screen, model, 100, 24);
	screen.view.fit = screen.view.track = false;
	screen.view.t0_ns = 150 * TAPE_MS;
	screen.view.span_ns = 100 * TAPE_MS;
	assert_string_equal("_{:[:LL_", gutter(&screen, model, 200));
	/* the task that opened it is scrolled out: the rest of the bracket is still there */
	screen.view.selected = TRACE_NONE;
	viz_lane_set_toggle(&screen.view.wishes.hidden, model->order[1]);
	assert_string_equal("__[:LL__", gutter(&screen, model, 200));
	/* sorted otherwise, the lanes of a scope do not stand together */
	screen.view.wishes.sort = VIZ_SORT_WAITING;
	assert_string_equal("________", gutter(&screen, model, 200));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(brackets__at_the_playhead__hold_the_tasks_of_open_scopes),
	        cmocka_unit_test(brackets__opened_out_of_sight__have_their_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
