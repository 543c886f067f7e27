/* The strips of shared variables: reads, writes, their values, and updates that are lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/session/session.h"

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

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code};
	viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

/* Below the last lane come the variables: selected as a lane is, and walked from use to use. */
static void strip__selected__is_explained_and_walked(void **state)
{
	struct tape tape;
	static struct viz_session s;
	(void)state;
	viz_session_init(&s, (struct trace_model *)(uintptr_t)race(&tape), NULL, 0);
	tape.model = NULL; /* the session's now */
	press(&s, 'G');
	uint32_t last = s.view.selected;
	press(&s, 'j');
	assert_int_equal(1, s.view.var);
	assert_int_equal(TRACE_NONE, s.view.selected);
	press(&s, 'j'); /* there is only one */
	press(&s, 'y');
	assert_string_equal(
	        s.notice,
	        "shared variable counter is 1, written by two at 200 ms, and another's "
	        "update is lost. So far 2 reads and 2 writes, 1 of them losing an update.");
	static const struct {
		uint32_t key;
		uint64_t ms;
	} walk[] = {{',', 200}, {',', 100}, {',', 0}, {',', 0}, {',', 0}, {'.', 0}, {'.', 100}};
	for (size_t i = 0; i < sizeof walk / sizeof walk[0]; i++) {
		press(&s, walk[i].key);
		assert_int_equal(walk[i].ms * TAPE_MS, viz_view_time_ns(&s.view, s.model));
		assert_int_equal(TRACE_VAR, trace_model_event(s.model, s.view.ordinal)->kind);
	}
	press(&s, 'k');
	assert_int_equal(0, s.view.var);
	assert_int_equal(last, s.view.selected);
	viz_session_fini(&s);
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
	        cmocka_unit_test(strip__selected__is_explained_and_walked),
	        cmocka_unit_test(strip__before_the_first_use__has_no_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
