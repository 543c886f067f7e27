/* Rows that are kept from frame to frame: a session that keeps them and one that paints everything anew show the same, cell by cell, whatever
 * keys are pressed, on recordings that stand still and on one that grows. Another test paints rows that are known to be good to copy, and sees that
 * they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/lesson_model.h"
#include "tests/viz/tape.h"
#include "viz/run/follow.h"
#include "viz/session/session.h"

#define LESSON_KEYS 120
#define LONG_KEYS   2000

static uint64_t seed;

static uint32_t next(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16) % below;
}

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code, .row = (int)next(50), .col = (int)next(200)};
	if (!viz_session_type(session, &key))
		viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

/* Mostly what moves the picture a little; now and then anything. */
static uint32_t random_key(void)
{
	static const uint32_t often[] = {'j', 'j', 'k', VIZ_KEY_ENTER, VIZ_KEY_BACKSPACE, '.', ','};
	static const uint32_t named[] = {
#define CODE(name, value, word) VIZ_KEY_##name,
	        VIZ_KEYS(CODE)
#undef CODE
	};
	if (next(3) > 0)
		return often[next(sizeof often / sizeof often[0])];
	return next(3) > 0 ? ' ' + next(95) : named[next(sizeof named / sizeof named[0])];
}

static void change_size(struct viz_grid *grid)
{
	static const int sizes[][2] = {{24, 80}, {50, 200}, {40, 120}, {12, 60}, {30, 301}};
	const int *size = sizes[next(5)];
	viz_grid_fini(grid);
	assert_int_equal(0, viz_grid_init(grid, size[0], size[1]));
}

/* Paint with the rows that are kept, then without; they must be the same. */
static void compare(struct viz_session *session, struct viz_grid *grid, unsigned key)
{
	struct viz_grid anew;
	struct viz_kept_rows *kept = session->kept;
	assert_non_null(kept);
	assert_int_equal(0, viz_grid_init(&anew, grid->rows, grid->cols));
	viz_session_paint(session, grid);
	session->kept = NULL;
	viz_session_paint(session, &anew);
	session->kept = kept;
	for (int i = 0; i < grid->rows * grid->cols; i++) {
		const struct viz_cell *a = &grid->cells[i], *b = &anew.cells[i];
		if (a->ch != b->ch || a->style != b->style || a->marked != b->marked)
			fail_msg("after key %u: row %d, column %d of %dx%d: kept U+%04X, anew "
			         "U+%04X",
			         key, i / grid->cols, i % grid->cols, grid->cols, grid->rows, a->ch,
			         b->ch);
	}
	viz_grid_fini(&anew);
}

static void play(struct viz_session *session, unsigned n)
{
	struct viz_grid grid = {.rows = 0};
	change_size(&grid);
	for (unsigned i = 0; i < n; i++) {
		uint32_t code = random_key();
		press(session, code);
		if (next(40) == 0)
			change_size(&grid);
		if (next(100) == 0)
			session->view.ascii = next(2);
		if (next(100) == 0)
			session->view.mask = next(2);
		compare(session, &grid, code);
	}
	viz_grid_fini(&grid);
}

static void every_lesson__random_keys__same_as_painted_anew(void **state)
{
	struct viz_session session;
	(void)state;
	seed = 88172645463325252u;
	for (size_t i = 0; i < scn_count(); i++) {
		if (scn_at(i)->needs_real_clock)
			continue;
		viz_session_init(&session, lesson_model(scn_at(i), NULL), NULL, 0);
		play(&session, LESSON_KEYS);
		viz_session_fini(&session);
	}
}

/* ---- Many lanes, told at random ---- */

#define N_TASKS 70

/* One task runs at a time; what it does next, and when, is random. */
static void tell(struct tape *tape, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t task = 1 + next(N_TASKS), kind = next(4);
		tape_ready(tape, task, TRACE_WHY_TIMER, 0);
		tape_at_ns(tape, tape->t_ns + next(3) * 100000);
		tape_run(tape, task);
		tape_at_ns(tape, tape->t_ns + (next(30) == 0 ? 120 * TAPE_MS : next(3) * 50000));
		if (kind == 0)
			tape_level(tape, 1, next(4), next(3));
		if (kind == 1)
			tape_wait(tape, task, TRACE_ON_SLEEP, 0, tape->t_ns / TAPE_MS + next(400));
		else
			tape_wait(tape, task, TRACE_ON_SEMAPHORE, 1, 0);
		if (next(200) == 0)
			tape_cancel(tape, task, 1 + next(N_TASKS), TRACE_CANCEL_REQUESTED);
	}
}

static void begin(struct tape *tape)
{
	char name[16];
	tape_begin(tape, "many", "many lanes", "Which one?");
	tape_object(tape, TRACE_OBJECT_SEMAPHORE, "permits", 4);
	for (uint32_t i = 0; i < N_TASKS; i++) {
		snprintf(name, sizeof name, "task %u", (unsigned)i);
		uint32_t task = tape_task(tape, name, i % 5 ? i / 5 * 5 + 1 : 0);
		tape_ready(tape, task, TRACE_WHY_START, 0);
		tape_run(tape, task);
		tape_wait(tape, task, TRACE_ON_SEMAPHORE, 1, 0);
	}
}

static void many_lanes__random_keys__same_as_painted_anew(void **state)
{
	struct viz_session session;
	struct tape tape;
	(void)state;
	seed = 1234567;
	begin(&tape);
	tell(&tape, 3000);
	viz_session_init(&session, tape_end(&tape, TRACE_STATUS_FINISHED), NULL, 0);
	tape.model = NULL; /* the session's now */
	play(&session, LONG_KEYS);
	viz_session_fini(&session);
	tape_free(&tape);
}

static void growing__random_keys__same_as_painted_anew(void **state)
{
	struct viz_session session;
	struct viz_problem problem;
	struct trace_model *model;
	struct viz_grid grid = {.rows = 0};
	struct tape tape;
	(void)state;
	seed = 7654321;
	begin(&tape);
	assert_int_equal(0, viz_follow_open(&model, tape.path, &problem));
	viz_session_init(&session, model, NULL, 0);
	change_size(&grid);
	for (unsigned i = 0; i < LONG_KEYS / 2; i++) {
		if (next(4) == 0)
			tell(&tape, 1 + next(20));
		if (i > LONG_KEYS / 4 && next(100) == 0)
			tape_lost(&tape, 3);
		viz_session_update(&session);
		press(&session, random_key());
		compare(&session, &grid, i);
	}
	viz_grid_fini(&grid);
	viz_session_fini(&session);
	tape_end(&tape, TRACE_STATUS_FINISHED);
	tape_free(&tape);
}

/* ---- What changes within one column ---- */

/* See the whole, and step through it from its end to its beginning and back: each frame as it is painted anew. */
static void step_through(struct tape *tape, bool path)
{
	struct viz_session session;
	struct viz_grid grid;
	struct trace_model *model = tape_end(tape, TRACE_STATUS_FINISHED);
	size_t n_steps = model->n_events;
	tape->model = NULL;
	assert_int_equal(0, viz_grid_init(&grid, 24, 80));
	viz_session_init(&session, model, NULL, 0);
	session.view.path = path;
	press(&session, '0');
	for (unsigned i = 0; i < 2 * n_steps; i++) {
		compare(&session, &grid, i);
		press(&session, i < n_steps ? VIZ_KEY_BACKSPACE : VIZ_KEY_ENTER);
	}
	viz_grid_fini(&grid);
	viz_session_fini(&session);
	tape_free(tape);
}

static void begin_two(struct tape *tape)
{
	tape_begin(tape, "two", "two tasks", "");
	tape_object(tape, TRACE_OBJECT_SEMAPHORE, "permits", 9);
	for (uint32_t task = 1; task <= 2; task++) {
		tape_task(tape, task == 1 ? "busy" : "other", 0);
		tape_ready(tape, task, TRACE_WHY_START, 0);
	}
	tape_run(tape, 1);
}

/* Both end long after, so that a column is some 100 ms wide. */
static void end_two(struct tape *tape)
{
	tape_wait(tape, 1, TRACE_ON_SLEEP, 0, 9000);
	tape_run(tape, 2);
	tape_at(tape, tape->t_ns / TAPE_MS + 10);
	tape_done(tape, 2, TRACE_OUTCOME_RESULT, "");
	tape_at(tape, 9000);
	tape_ready(tape, 1, TRACE_WHY_TIMER, 0);
	tape_run(tape, 1);
	tape_done(tape, 1, TRACE_OUTCOME_RESULT, "");
}

/* It has run for so long that it blocks, and no column is different but for that. */
static void running__blocks_within_the_column_of_the_playhead__is_seen(void **state)
{
	(void)state;
	for (unsigned every_ms = 3; every_ms < 60; every_ms += 8) {
		struct tape tape;
		begin_two(&tape);
		for (unsigned ms = every_ms; ms < 400; ms += every_ms) {
			tape_at(&tape, ms);
			tape_level(&tape, 1, ms % 9, 0);
		}
		end_two(&tape);
		step_through(&tape, false);
	}
}

static void scope__opens_moves_and_closes_within_a_column__is_seen(void **state)
{
	(void)state;
	for (unsigned every_ms = 3; every_ms < 60; every_ms += 8) {
		struct tape tape;
		begin_two(&tape);
		for (unsigned i = 0; i < 8; i++) {
			tape_at(&tape, (2 + i * 4) * every_ms);
			tape_scope(&tape, 1, i + 1, TRACE_SCOPE_TIMEOUT, true,
			           3000 + (i & 3) * 1000);
			tape_at(&tape, (3 + i * 4) * every_ms);
			tape_level(&tape, 1, 2, 0);
			tape_at(&tape, (4 + i * 4) * every_ms);
			tape_scope(&tape, 1, i + 1, TRACE_SCOPE_TIMEOUT, false, 0);
			tape_at(&tape, (5 + i * 4) * every_ms);
			tape_level(&tape, 1, 3, 0);
		}
		end_two(&tape);
		step_through(&tape, false);
	}
}

static void path__while_it_is_shown__same_as_painted_anew(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i += 5) {
		struct viz_session session;
		if (scn_at(i)->needs_real_clock)
			continue;
		seed = 99 + i;
		viz_session_init(&session, lesson_model(scn_at(i), NULL), NULL, 0);
		struct viz_grid grid;
		assert_int_equal(0, viz_grid_init(&grid, 40, 60));
		session.view.path = true;
		press(&session, '0');
		for (unsigned k = 0; k < 60; k++) {
			press(&session, next(3) ? VIZ_KEY_BACKSPACE : VIZ_KEY_ENTER);
			assert_true(session.view.path);
			compare(&session, &grid, k);
		}
		viz_grid_fini(&grid);
		viz_session_fini(&session);
	}
	struct tape tape;
	begin_two(&tape);
	for (unsigned ms = 5; ms < 400; ms += 9) {
		tape_at(&tape, ms);
		tape_level(&tape, 1, ms % 9, 0);
	}
	end_two(&tape);
	step_through(&tape, true);
}

/* ---- That rows are kept at all ---- */

/* Paint into a recording that is spoilt between two frames: what is copied does not look into it. */
static void select__rows_of_other_lanes__are_copied(void **state)
{
	struct viz_session session;
	struct viz_grid before, after;
	struct tape tape;
	(void)state;
	assert_int_equal(0, viz_grid_init(&before, 24, 80));
	assert_int_equal(0, viz_grid_init(&after, 24, 80));
	viz_session_init(&session, tape_semaphore(&tape), NULL, 0);
	tape.model = NULL;
	viz_session_paint(&session, &before);
	char first = session.model->lanes[1].name[0];
	session.model->lanes[1].name[0] = 'Q';
	viz_session_paint(&session, &after);
	assert_memory_equal(before.cells, after.cells, 24 * 80 * sizeof *after.cells);
	viz_kept_rows_forget(session.kept);
	viz_session_paint(&session, &after);
	assert_memory_not_equal(before.cells, after.cells, 24 * 80 * sizeof *after.cells);
	session.model->lanes[1].name[0] = first;
	viz_session_fini(&session);
	tape_free(&tape);
	viz_grid_fini(&before);
	viz_grid_fini(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_lesson__random_keys__same_as_painted_anew),
	        cmocka_unit_test(many_lanes__random_keys__same_as_painted_anew),
	        cmocka_unit_test(growing__random_keys__same_as_painted_anew),
	        cmocka_unit_test(running__blocks_within_the_column_of_the_playhead__is_seen),
	        cmocka_unit_test(scope__opens_moves_and_closes_within_a_column__is_seen),
	        cmocka_unit_test(path__while_it_is_shown__same_as_painted_anew),
	        cmocka_unit_test(select__rows_of_other_lanes__are_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
