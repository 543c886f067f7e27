/* The one hop that explains a lane, and its arrow on the screen: there when there is room, and never over a state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/explain/hop.h"

static uint32_t lane_of(const struct trace_model *model, const char *name)
{
	for (uint32_t i = 0; i < model->n_lanes; i++)
		if (strcmp(model->lanes[i].name, name) == 0)
			return i;
	return TRACE_NONE;
}

/* main creates work, waits for it; work sleeps and is cancelled by main, whom a timer wakes. */
static const struct trace_model *story(struct tape *tape)
{
	tape_begin(tape, "", "hops", "");
	uint32_t main = tape_task(tape, "main", 0);
	tape_run(tape, main);
	uint32_t work = tape_task(tape, "work", main);
	uint32_t gate = tape_object(tape, TRACE_OBJECT_LOCK, "gate", 1);
	tape_level(tape, gate, 0, 0);
	tape_wait(tape, main, TRACE_ON_SLEEP, 0, 100);
	tape_run(tape, work);
	tape_wait(tape, work, TRACE_ON_LOCK, gate, 0);
	tape_at(tape, 100);
	tape_ready(tape, main, TRACE_WHY_TIMER, 0);
	tape_run(tape, main);
	tape_cancel(tape, work, main, TRACE_CANCEL_REQUESTED);
	tape_ready(tape, work, TRACE_WHY_CANCEL, main);
	tape_wait(tape, main, TRACE_ON_TASK, work, 0);
	return tape_end(tape, 0);
}

static uint32_t event_of(const struct trace_model *model, unsigned kind, unsigned sub, int n)
{
	for (uint32_t i = 0; i < model->n_events; i++) {
		const struct trace_record *record = trace_model_event(model, i);
		if (record->kind == kind && record->sub == sub && n-- == 0)
			return i;
	}
	fail_msg("no such event");
	return TRACE_NONE;
}

static void hops__of_every_kind__name_both_ends_and_the_deed(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = story(&tape);
	uint32_t main = lane_of(model, "main"), work = lane_of(model, "work");
	uint32_t gate = lane_of(model, "gate");
	const struct {
		uint32_t lane, ordinal, from, to;
		const char *word;
	} rows[] = {
	        {work, event_of(model, TRACE_STATE, TRACE_STATE_READY, 1), main, work, "creates"},
	        {main, event_of(model, TRACE_TASK, 0, 1), main, work, "creates"},
	        {work, event_of(model, TRACE_STATE, TRACE_STATE_WAITING, 1), work, gate,
	         "waits for"},
	        {main, event_of(model, TRACE_STATE, TRACE_STATE_READY, 2), 0, main, "timer"},
	        {work, event_of(model, TRACE_CANCEL, TRACE_CANCEL_REQUESTED, 0), main, work,
	         "cancels"},
	        {main, event_of(model, TRACE_STATE, TRACE_STATE_READY, 3), main, work, "cancels"},
	        {main, (uint32_t)model->n_events - 1, main, work, "waits for"},
	        {work, (uint32_t)model->n_events - 1, main, work, "waits for"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct viz_hop hop;
		if (!viz_hop_of(model, rows[i].lane, rows[i].ordinal, &hop) ||
		    hop.from != rows[i].from || hop.to != rows[i].to ||
		    strcmp(hop.word, rows[i].word) != 0)
			fail_msg("row %zu: another hop, or none", i);
	}
	struct viz_hop none;
	uint32_t runs = event_of(model, TRACE_STATE, TRACE_STATE_RUNNING, 0);
	assert_false(viz_hop_of(model, main, runs, &none));
	assert_false(viz_hop_of(model, main, TRACE_NONE, &none));
	assert_false(viz_hop_of(model, TRACE_NONE, runs, &none));
	tape_free(&tape);
}

static void arrow__of_the_selected_lane__stands_right_of_the_playhead(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = story(&tape);
	screen_begin(&screen, model, 80, 24);
	viz_view_seek(&screen.view, model, 50 * TAPE_MS);
	screen.view.selected = lane_of(model, "work");
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "┊┐ waits for"));
	assert_true(screen_has(&screen, "◂"));
	screen.view.selected = lane_of(model, "main"); /* it sleeps: nobody else takes part */
	screen_paint(&screen, model);
	assert_false(screen_has(&screen, "┊┐"));
	screen_free(&screen);
	tape_free(&tape);
}

static void arrows__any_size_and_moment__never_cover_a_state(void **state)
{
	struct tape tape;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	for (uint32_t ordinal = 0; ordinal < model->n_events; ordinal++) {
		struct screen with, without;
		int cols = 40 + (int)(ordinal * 7 % 120);
		screen_begin(&with, model, cols, 24);
		screen_begin(&without, model, cols, 24);
		with.view.follow = without.view.follow = false;
		with.view.ordinal = without.view.ordinal = ordinal;
		with.view.selected = ordinal % (uint32_t)model->n_lanes;
		screen_paint(&without, model);
		screen_paint(&with, model);
		const struct viz_rect *rect = &without.layout.timeline;
		for (int i = 0; i < rect->rows * rect->cols; i++) {
			int row = rect->row + i / rect->cols, col = rect->col + i % rect->cols;
			const struct viz_cell *a = viz_grid_cell(&with.grid, row, col);
			const struct viz_cell *b = viz_grid_cell(&without.grid, row, col);
			if (b->ch != ' ')
				assert_int_equal(a->ch, b->ch);
		}
		screen_free(&with);
		screen_free(&without);
	}
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(hops__of_every_kind__name_both_ends_and_the_deed),
	        cmocka_unit_test(arrow__of_the_selected_lane__stands_right_of_the_playhead),
	        cmocka_unit_test(arrows__any_size_and_moment__never_cover_a_state),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
