/* The strips of shared variables: reads, writes, their values, and updates that are lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"

/* Two tasks read 0 at 0 ms; both write 1 at 100 ms. */
static const struct trace_model *race(struct tape *tape)
{
	tape_begin(tape, "", "race", "");
	uint32_t one = tape_task(tape, "one", 0), two = tape_task(tape, "two", 0);
	tape_run(tape, one);
	tape_use(tape, one, "counter", TRACE_VAR_READ, 0);
	tape_wait(tape, one, TRACE_ON_SLEEP, 0, 100);
	tape_run(tape, two);
	tape_use(tape, two, "counter", TRACE_VAR_READ, 0);
	tape_wait(tape, two, TRACE_ON_SLEEP, 0, 200);
	tape_at(tape, 100);
	tape_ready(tape, one, TRACE_WHY_TIMER, 0);
	tape_run(tape, one);
	tape_use(tape, one, "counter", TRACE_VAR_WRITE, 1);
	tape_done(tape, one, TRACE_OUTCOME_RESULT, "");
	tape_at(tape, 200);
	tape_ready(tape, two, TRACE_WHY_TIMER, 0);
	tape_run(tape, two);
	tape_use(tape, two, "counter", TRACE_VAR_WRITE, 1);
	tape_done(tape, two, TRACE_OUTCOME_RESULT, "");
	tape_at(tape, 300);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

static void strip__of_a_race__shows_reads_writes_and_the_lost_update(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = race(&tape);
	screen_begin(&screen, model, 140, 24);
	viz_view_seek(&screen.view, model, 150 * TAPE_MS);
	screen_paint(&screen, model);
	assert_int_equal(screen.layout.strips.rows, 1);
	assert_true(screen_has(&screen, "r0"));
	assert_true(screen_has(&screen, "w1"));
	assert_true(screen_has(&screen, "written by one"));
	assert_false(screen_has(&screen, "lost update"));
	screen.view.follow = true;
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "W"));
	assert_true(screen_has(&screen, "written by two: an update is lost"));
	assert_true(screen_has(&screen, "W lost update")); /* the legend */
	screen_free(&screen);
	tape_free(&tape);
}

static void strip__before_the_first_use__has_no_value(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = race(&tape);
	screen_begin(&screen, model, 140, 24);
	screen.view.follow = false;
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "counter"));
	assert_false(screen_has(&screen, "counter   0"));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(strip__of_a_race__shows_reads_writes_and_the_lost_update),
	        cmocka_unit_test(strip__before_the_first_use__has_no_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
