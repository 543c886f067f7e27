/* The hidden future: two recordings that are the same up to a moment, and go on differently, look the same at every event until
 * then, with every pane, on both axes, whatever is selected and whichever key is pressed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/session/session.h"

enum { ROWS = 40, COLS = 120 };

/* What is told to both, up to 100 ms: a producer, a consumer that waits, a helper, a queue, a lock, a shared variable. */
static void tell_past(struct tape *tape, uint32_t tasks[3], uint32_t objects[2])
{
	tape_begin(tape, "story", "a story", "How does it go on?");
	for (int i = 0; i < 3; i++)
		tasks[i] =
		        tape_task(tape, (const char *[]){"producer", "consumer", "helper"}[i], 0);
	objects[0] = tape_object(tape, TRACE_OBJECT_QUEUE, "queue", 0);
	objects[1] = tape_object(tape, TRACE_OBJECT_LOCK, "lock", 1);
	tape_run(tape, tasks[0]);
	tape_level(tape, objects[0], 1, 0);
	tape_use(tape, tasks[0], "counter", TRACE_VAR_READ, 0);
	tape_log(tape, tasks[0], "puts one");
	tape_wait(tape, tasks[0], TRACE_ON_SLEEP, 0, 100);
	tape_run(tape, tasks[1]);
	tape_level(tape, objects[0], 0, 1);
	tape_wait(tape, tasks[1], TRACE_ON_QUEUE_GET, objects[0], 0);
	tape_run(tape, tasks[2]);
	tape_hold(tape, objects[1], tasks[2], true);
	tape_wait(tape, tasks[2], TRACE_ON_SLEEP, 0, 500);
	tape_at(tape, 100);
}

/* One future: a long step, many items, an error, a cancellation, a lost update, a deadlock. */
static struct trace_model *tell_wild(struct tape *tape)
{
	uint32_t tasks[3], objects[2];
	tell_past(tape, tasks, objects);
	tape_ready(tape, tasks[0], TRACE_WHY_TIMER, 0);
	tape_run(tape, tasks[0]);
	tape_level(tape, objects[0], 90, 0);
	tape_use(tape, tasks[0], "counter", TRACE_VAR_WRITE, 7);
	tape_cancel(tape, tasks[2], tasks[0], TRACE_CANCEL_REQUESTED);
	tape_ready(tape, tasks[1], TRACE_WHY_PUT, tasks[0]);
	tape_at(tape, 900);
	tape_done(tape, tasks[0], TRACE_OUTCOME_ERROR, "boom");
	tape_error(tape, tasks[0]);
	tape_run(tape, tasks[1]);
	tape_log(tape, tasks[1], "is surprised");
	tape_wait(tape, tasks[1], TRACE_ON_LOCK, objects[1], 0);
	return tape_end(tape, TRACE_STATUS_DEADLOCK);
}

static struct trace_model *tell_calm(struct tape *tape)
{
	uint32_t tasks[3], objects[2];
	tell_past(tape, tasks, objects);
	tape_ready(tape, tasks[0], TRACE_WHY_TIMER, 0);
	tape_run(tape, tasks[0]);
	tape_done(tape, tasks[0], TRACE_OUTCOME_RESULT, "");
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

struct pair {
	struct tape tapes[2];
	struct viz_session sessions[2];
};

static int open_pair(void **state)
{
	static struct pair pair;
	viz_session_init(&pair.sessions[0], tell_wild(&pair.tapes[0]), NULL, 0);
	viz_session_init(&pair.sessions[1], tell_calm(&pair.tapes[1]), NULL, 0);
	for (int i = 0; i < 2; i++)
		pair.tapes[i].model = NULL; /* the session's now */
	*state = &pair;
	return 0;
}

static int close_pair(void **state)
{
	struct pair *pair = *state;
	for (int i = 0; i < 2; i++) {
		viz_session_fini(&pair->sessions[i]);
		tape_free(&pair->tapes[i]);
	}
	return 0;
}

/* Return the last event before the two part. */
static uint32_t parting(const struct pair *pair)
{
	return trace_model_at_time(pair->sessions[1].model, 100 * TAPE_MS - 1);
}

static void hide(struct viz_session *session, uint32_t ordinal, enum viz_axis_kind axis,
                 uint32_t selected)
{
	struct viz_view *view = &session->view;
	*view = (struct viz_view)VIZ_VIEW_INIT;
	if (axis == VIZ_AXIS_ORDER)
		viz_view_switch_axis(view);
	view->follow = false;
	view->ordinal = ordinal;
	view->seek_ns = 0;
	view->mask = true;
	view->until_ns = 200 * TAPE_MS;
	view->selected = selected;
	view->path = true;
	view->panes.n = 0;
	for (enum viz_pane pane = 0; pane < VIZ_PANE_COUNT; pane++)
		viz_panes_toggle(&view->panes, pane);
}

static void assert_same(struct pair *pair, uint32_t ordinal, const char *what)
{
	struct viz_grid grids[2];
	char rows[2][COLS + 1];
	for (int i = 0; i < 2; i++) {
		assert_int_equal(viz_grid_init(&grids[i], ROWS, COLS), 0);
		viz_session_paint(&pair->sessions[i], &grids[i]);
	}
	for (int row = 0; row < ROWS; row++) {
		for (int i = 0; i < 2; i++) {
			for (int col = 0; col < COLS; col++) {
				uint32_t ch = viz_grid_cell(&grids[i], row, col)->ch;
				rows[i][col] = ch < 0x80 ? (char)ch : '?';
			}
			rows[i][COLS] = '\0';
		}
		for (int col = 0; col < COLS; col++) {
			const struct viz_cell *a = viz_grid_cell(&grids[0], row, col);
			const struct viz_cell *b = viz_grid_cell(&grids[1], row, col);
			if (a->ch != b->ch || a->style != b->style)
				fail_msg("event %u, %s, row %d tells the future:\n%s\n%s", ordinal,
				         what, row, rows[0], rows[1]);
		}
	}
	for (int i = 0; i < 2; i++)
		viz_grid_fini(&grids[i]);
}

static void mask__two_futures__are_one_picture(void **state)
{
	struct pair *pair = *state;
	for (int axis = VIZ_AXIS_TIME; axis <= VIZ_AXIS_ORDER; axis++)
		for (uint32_t lane = 0; lane <= pair->sessions[1].model->n_lanes; lane++)
			for (uint32_t i = 0; i <= parting(pair) + 1; i++) {
				uint32_t ordinal = i <= parting(pair) ? i : TRACE_NONE;
				for (int k = 0; k < 2; k++)
					hide(&pair->sessions[k], ordinal, (enum viz_axis_kind)axis,
					     lane);
				assert_same(pair, ordinal, axis ? "event order" : "time");
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(mask__two_futures__are_one_picture, open_pair,
	                                        close_pair),
	};
	return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
