/* Pairs: what counts as the same, where two recordings part, and the keys that keep both on one axis. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/classroom/pair.h"

/* What a telling changes. */
struct twist {
	uint32_t extra_task; /* 1: a task more, made first */
	uint64_t until_ms;   /* that T sleeps */
	const char *value;   /* that T returns */
	int64_t level;       /* of the door after T */
	const char *lock_name;
};
#define PLAIN                                                                                      \
	{                                                                                          \
		.until_ms = 30, .value = "7", .level = 1, .lock_name = "door"                      \
	}

static struct trace_model *tell(struct tape *tape, const struct twist *twist)
{
	tape_begin(tape, "t", "t", "");
	uint32_t root = tape_task(tape, "main", 0);
	if (twist->extra_task)
		tape_task(tape, "extra", root);
	uint32_t task = tape_task(tape, "T", root);
	uint32_t door = tape_object(tape, TRACE_OBJECT_LOCK, twist->lock_name, 1);
	tape_run(tape, root);
	tape_wait(tape, root, TRACE_ON_TASK, task, 0);
	tape_run(tape, task);
	tape_wait(tape, task, TRACE_ON_SLEEP, 0, twist->until_ms);
	tape_at(tape, twist->until_ms);
	tape_ready(tape, task, TRACE_WHY_TIMER, 0);
	tape_run(tape, task);
	tape_level(tape, door, twist->level, 0);
	tape_done(tape, task, TRACE_OUTCOME_RESULT, twist->value);
	tape_ready(tape, root, TRACE_WHY_DONE, task);
	tape_run(tape, root);
	tape_done(tape, root, TRACE_OUTCOME_RESULT, NULL);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

/* Compare a plain telling with a twisted one: what happens first on both sides where they part. */
static void expect(const struct twist *twist, bool differs, uint64_t first_ms, const char *a,
                   const char *b)
{
	struct twist plain = PLAIN;
	struct tape tapes[2];
	struct viz_pair pair;
	char texts[2][300];
	struct trace_model *models[2] = {tell(&tapes[0], &plain), tell(&tapes[1], twist)};
	assert_int_equal(viz_pair_init(&pair, models[0], "one", models[1], "two", false), 0);
	tapes[0].model = tapes[1].model = NULL;
	assert_int_equal(pair.compare.differs, differs);
	assert_int_equal(pair.compare.first_ns, first_ms * TAPE_MS);
	for (int i = 0; i < 2; i++) {
		struct viz_text text = viz_text_begin(texts[i], sizeof texts[i]);
		texts[i][0] = '\0';
		viz_pair_add_first(&pair, i, &text);
	}
	assert_string_equal(texts[0], a);
	assert_string_equal(texts[1], b);
	viz_pair_fini(&pair);
	tape_free(&tapes[0]);
	tape_free(&tapes[1]);
}

static void compare__same_telling__differs_nowhere(void **state)
{
	struct twist same = PLAIN;
	(void)state;
	expect(&same, false, 30, "", "");
}

static void compare__other_object_name__is_another_object(void **state)
{
	struct twist twist = PLAIN;
	(void)state;
	twist.lock_name = "gate";
	expect(&twist, true, 30, "door is at 1", "gate is at 1");
}

static void compare__other_deadline__parts_where_the_wait_begins(void **state)
{
	struct twist twist = PLAIN;
	(void)state;
	twist.until_ms = 31;
	expect(&twist, true, 0, "T sleeps until 30 ms", "T sleeps until 31 ms");
}

static void compare__other_result_and_level__parts_there(void **state)
{
	struct twist twist = PLAIN;
	(void)state;
	twist.value = "8";
	expect(&twist, true, 30, "T is done: 7", "T is done: 8");
	twist = (struct twist)PLAIN;
	twist.level = 0;
	expect(&twist, true, 30, "door is at 1", "door is at 0");
}

static void compare__one_task_more__parts_there_although_ids_shift(void **state)
{
	struct twist twist = PLAIN;
	(void)state;
	twist.extra_task = 1;
	expect(&twist, true, 0, "T is created by main", "extra is created by main");
}

static void compare__ids_shifted__pairs_by_name(void **state)
{
	struct twist plain = PLAIN, twist = PLAIN;
	struct tape tapes[2];
	struct trace_compare compare;
	(void)state;
	twist.extra_task = 1;
	struct trace_model *a = tell(&tapes[0], &plain), *b = tell(&tapes[1], &twist);
	assert_int_equal(trace_compare_init(&compare, a, b), 0);
	assert_int_equal(compare.n_paired, a->n_lanes); /* loop, main, T, door */
	for (uint32_t i = 0; i < a->n_lanes; i++) {
		assert_string_equal(a->lanes[i].name, b->lanes[compare.b_of_a[i]].name);
		assert_int_equal(compare.a_of_b[compare.b_of_a[i]], i);
	}
	size_t n_alone = 0;
	for (uint32_t i = 0; i < b->n_lanes; i++)
		n_alone += compare.a_of_b[i] == TRACE_NONE;
	assert_int_equal(n_alone, 1);
	trace_compare_fini(&compare);
	tape_free(&tapes[0]);
	tape_free(&tapes[1]);
}

static void compare__a_prefix__parts_where_it_ends(void **state)
{
	struct tape tapes[2];
	struct trace_compare compare;
	struct twist plain = PLAIN;
	(void)state;
	struct trace_model *whole = tell(&tapes[0], &plain);
	tape_begin(&tapes[1], "t", "t", "");
	tape_task(&tapes[1], "main", 0);
	struct trace_model *part = tape_end(&tapes[1], 0);
	assert_int_equal(trace_compare_init(&compare, whole, part), 0);
	assert_true(compare.differs);
	assert_int_equal(compare.first_b, TRACE_NONE);
	assert_int_equal(trace_model_event(whole, compare.first_a)->kind, TRACE_TASK);
	trace_compare_fini(&compare);
	tape_free(&tapes[0]);
	tape_free(&tapes[1]);
}

/* ---- Keys ---- */

struct stage {
	struct tape tapes[2];
	struct viz_pair pair;
	struct viz_grid grid;
};

static void set_up(struct stage *stage, uint64_t until_ms)
{
	struct twist plain = PLAIN, twist = PLAIN;
	twist.until_ms = until_ms;
	struct trace_model *a = tell(&stage->tapes[0], &plain), *b = tell(&stage->tapes[1], &twist);
	assert_int_equal(viz_pair_init(&stage->pair, a, "one", b, "two", false), 0);
	stage->tapes[0].model = stage->tapes[1].model = NULL;
	assert_int_equal(viz_grid_init(&stage->grid, 40, 100), 0);
	viz_pair_paint(&stage->pair, &stage->grid);
}

static void tear_down(struct stage *stage)
{
	viz_grid_fini(&stage->grid);
	viz_pair_fini(&stage->pair);
	tape_free(&stage->tapes[0]);
	tape_free(&stage->tapes[1]);
}

static void act(struct stage *stage, enum viz_action action)
{
	viz_pair_act(&stage->pair, action, &(struct viz_key){0});
	viz_pair_paint(&stage->pair, &stage->grid);
}

static uint64_t time_of(const struct stage *stage, int side)
{
	return viz_view_time_ns(&stage->pair.sides[side].view, stage->pair.sides[side].model);
}

static void assert_locked(const struct stage *stage)
{
	const struct viz_view *a = &stage->pair.sides[0].view, *b = &stage->pair.sides[1].view;
	assert_int_equal(a->t0_ns, b->t0_ns);
	assert_int_equal(a->span_ns, b->span_ns);
}

static void pair__every_window_key__moves_both_sides(void **state)
{
	static const enum viz_action keys[] = {VIZ_ACTION_ZOOM_IN, VIZ_ACTION_ZOOM_IN,
	                                       VIZ_ACTION_RIGHT,   VIZ_ACTION_OTHER,
	                                       VIZ_ACTION_LEFT,    VIZ_ACTION_ZOOM_OUT,
	                                       VIZ_ACTION_CENTRE,  VIZ_ACTION_FIT};
	struct stage stage;
	(void)state;
	set_up(&stage, 60);
	assert_locked(&stage);
	uint64_t span_ns = stage.pair.sides[0].view.span_ns;
	assert_true(span_ns > 60 * TAPE_MS); /* the longer one is whole on both */
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		act(&stage, keys[i]);
		assert_locked(&stage);
		if (i == 1)
			assert_true(stage.pair.sides[1].view.span_ns < span_ns);
	}
	tear_down(&stage);
}

static void pair__steps_from_the_start__go_by_time_and_reach_both_ends(void **state)
{
	struct stage stage;
	uint64_t before_ns = 0;
	(void)state;
	set_up(&stage, 60);
	act(&stage, VIZ_ACTION_START);
	for (int i = 0; i < 60; i++) {
		act(&stage, VIZ_ACTION_STEP);
		uint64_t a_ns = time_of(&stage, 0), b_ns = time_of(&stage, 1);
		uint64_t now_ns = a_ns > b_ns ? a_ns : b_ns;
		assert_true(now_ns >= before_ns);
		before_ns = now_ns;
		/* nobody goes to 60 ms before the other has done all of its 30 ms */
		if (b_ns == 60 * TAPE_MS)
			assert_int_equal(a_ns, 30 * TAPE_MS);
	}
	assert_int_equal(time_of(&stage, 0), 30 * TAPE_MS);
	assert_int_equal(time_of(&stage, 1), 60 * TAPE_MS);
	for (int i = 0; i < 60; i++)
		act(&stage, VIZ_ACTION_BACK);
	assert_int_equal(time_of(&stage, 0) + time_of(&stage, 1), 0);
	tear_down(&stage);
}

static void pair__difference__goes_to_it_on_both(void **state)
{
	struct stage stage;
	(void)state;
	set_up(&stage, 60);
	act(&stage, VIZ_ACTION_DIFFERENCE);
	assert_int_equal(stage.pair.sides[0].view.ordinal, stage.pair.compare.first_a);
	assert_int_equal(stage.pair.sides[1].view.ordinal, stage.pair.compare.first_b);
	assert_string_equal(
	        stage.pair.sides[0].model->lanes[stage.pair.sides[0].view.selected].name, "T");
	tear_down(&stage);
}

static void pair__every_size__stays_inside(void **state)
{
	struct stage stage;
	(void)state;
	set_up(&stage, 60);
	for (int rows = 1; rows < 60; rows++)
		for (int cols = 1; cols < 130; cols += 7) {
			struct viz_grid grid;
			assert_int_equal(viz_grid_init(&grid, rows, cols), 0);
			viz_pair_paint(&stage.pair, &grid);
			viz_grid_fini(&grid);
		}
	tear_down(&stage);
}

static void pair__summary__says_who_is_faster(void **state)
{
	struct stage stage;
	char line[200];
	(void)state;
	set_up(&stage, 75);
	struct viz_text text = viz_text_begin(line, sizeof line);
	viz_pair_add_summary(&stage.pair, &text);
	assert_string_equal(line, "A takes 30 ms, B 75 ms: A is 2.50 times as fast, 45 ms less");
	tear_down(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(compare__same_telling__differs_nowhere),
	        cmocka_unit_test(compare__other_object_name__is_another_object),
	        cmocka_unit_test(compare__other_deadline__parts_where_the_wait_begins),
	        cmocka_unit_test(compare__other_result_and_level__parts_there),
	        cmocka_unit_test(compare__one_task_more__parts_there_although_ids_shift),
	        cmocka_unit_test(compare__ids_shifted__pairs_by_name),
	        cmocka_unit_test(compare__a_prefix__parts_where_it_ends),
	        cmocka_unit_test(pair__every_window_key__moves_both_sides),
	        cmocka_unit_test(pair__steps_from_the_start__go_by_time_and_reach_both_ends),
	        cmocka_unit_test(pair__difference__goes_to_it_on_both),
	        cmocka_unit_test(pair__every_size__stays_inside),
	        cmocka_unit_test(pair__summary__says_who_is_faster),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
