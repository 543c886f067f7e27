/* Brackets: which rows stand beside one, from where to where, with what sign. */
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

/* Write what stands in a column of the timeline, -1 for the gap before it, a character a row: _ for nothing, T for the top, I for a side,
 * : for a broken one, L and J for the bottom, x for anything else. */
static const char *column(struct screen *screen, const struct trace_model *model, int col)
{
	static const struct {
		uint32_t ch;
		char sign;
	} signs[] = {{' ', '_'},    {0x250c, 'T'}, {0x2502, 'I'}, {0x2506, ':'},
	             {0x2514, 'L'}, {0x2518, 'J'}, {'{', '{'},    {'[', '['}};
	static char text[16];
	const struct viz_rect *rect = &screen->layout.timeline;
	int n = 0;
	for (int row = 0; row < rect->rows && n < 15 && row < (int)model->n_lanes; row++) {
		uint32_t ch = viz_grid_cell(&screen->grid, rect->row + row, rect->col + col)->ch;
		text[n] = 'x';
		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
			if (signs[i].ch == ch)
				text[n] = signs[i].sign;
		n++;
	}
	text[n] = '\0';
	return text;
}

static void paint_at(struct screen *screen, const struct trace_model *model, uint64_t at_ms)
{
	viz_view_seek(&screen->view, model, at_ms * TAPE_MS);
	screen_paint(screen, model);
}

/* Return the column of a moment. */
static int col_of(const struct screen *screen, uint64_t at_ms)
{
	struct viz_axis axis = viz_view_axis(&screen->view, screen->layout.timeline.cols);
	return viz_axis_col(&axis, at_ms * TAPE_MS);
}

static void brackets__of_a_scope_opened_at_the_start__stand_before_the_bars(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = nested(&tape);
	screen_begin(&screen, model, 100, 24);
	/* loop, main, bg, A, A1, A2, B, late: bg is older than the group; what is not born is in nothing */
	paint_at(&screen, model, 50);
	assert_string_equal("_T:I::L_", column(&screen, model, -1));
	/* and stays when the scope is over */
	paint_at(&screen, model, 400);
	assert_string_equal("_T:IIIL_", column(&screen, model, -1));
	paint_at(&screen, model, 600);
	assert_string_equal("_T:IIIL_", column(&screen, model, -1));
	screen_free(&screen);
	tape_free(&tape);
}

static void brackets__over_the_life_of_a_scope__have_two_sides_and_a_deadline(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = nested(&tape);
	screen_begin(&screen, model, 100, 24);
	/* the timeout of A: A2 alone is in it; its deadline is ahead */
	paint_at(&screen, model, 200);
	assert_string_equal("_xxx:Lx_", column(&screen, model, col_of(&screen, 100) - 1));
	assert_string_equal("___x::__", column(&screen, model, col_of(&screen, 400)));
	/* it is closed before; where a bar is, that is not hidden: A2 is ready */
	paint_at(&screen, model, 400);
	assert_string_equal("_xxx:Lx_", column(&screen, model, col_of(&screen, 100) - 1));
	assert_string_equal("_xxxxxx_", column(&screen, model, col_of(&screen, 300)));
	/* the group closes at 500: A has ended */
	paint_at(&screen, model, 599);
	assert_string_equal("_xxIxxxx", column(&screen, model, col_of(&screen, 500)));
	screen_free(&screen);
	tape_free(&tape);
}

static void brackets__of_scopes_without_width__are_not_drawn_once_they_are_over(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "short", "");
	uint32_t main = tape_task(&tape, "main", 0);
	tape_run(&tape, main);
	tape_scope(&tape, main, 1, TRACE_SCOPE_GROUP, true, 0);
	uint32_t a = tape_task(&tape, "A", main);
	tape_wait(&tape, main, TRACE_ON_GROUP, 0, 0);
	tape_at(&tape, 10);
	tape_run(&tape, a);
	tape_done(&tape, a, TRACE_OUTCOME_RESULT, "");
	tape_ready(&tape, main, TRACE_WHY_DONE, 0);
	tape_run(&tape, main);
	tape_scope(&tape, main, 1, TRACE_SCOPE_GROUP, false, 0);
	tape_at(&tape, 600);
	tape_done(&tape, main, TRACE_OUTCOME_RESULT, "");
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 100, 24);
	paint_at(&screen, model, 5);
	assert_string_equal("_TL", column(&screen, model, -1));
	paint_at(&screen, model, 600);
	assert_string_equal("___", column(&screen, model, -1));
	assert_false(screen_has(&screen, "{"));
	/* looked at closely they have a width */
	screen.view.fit = screen.view.track = false;
	screen.view.t0_ns = 0;
	screen.view.span_ns = 20 * TAPE_MS;
	screen_paint(&screen, model);
	assert_string_equal("_TL", column(&screen, model, -1));
	assert_true(screen_has(&screen, "{"));
	assert_true(screen_has(&screen, "}"));
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
	paint_at(&screen, model, 200);
	assert_string_equal("_{:[:LL_", column(&screen, model, -1));
	/* the task that opened it is scrolled out: the rest of the bracket is still there */
	screen.view.selected = TRACE_NONE;
	viz_lane_set_toggle(&screen.view.wishes.hidden, model->order[1]);
	paint_at(&screen, model, 200);
	assert_string_equal("__[:LL__", column(&screen, model, -1));
	/* sorted otherwise, the lanes of a scope do not stand together */
	screen.view.wishes.sort = VIZ_SORT_WAITING;
	paint_at(&screen, model, 200);
	assert_string_equal("________", column(&screen, model, -1));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(brackets__of_a_scope_opened_at_the_start__stand_before_the_bars),
	        cmocka_unit_test(brackets__over_the_life_of_a_scope__have_two_sides_and_a_deadline),
	        cmocka_unit_test(
	                brackets__of_scopes_without_width__are_not_drawn_once_they_are_over),
	        cmocka_unit_test(brackets__opened_out_of_sight__have_their_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
