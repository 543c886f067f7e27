/* Recordings that are too long to be judged within a frame: it is done behind the picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/tape.h"
#include "viz/session/session.h"

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code};
	viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

static void paint(struct viz_session *session)
{
	struct viz_grid grid;
	assert_int_equal(0, viz_grid_init(&grid, 40, 120));
	viz_session_paint(session, &grid);
	viz_grid_fini(&grid);
}

static void findings__long_recording__are_found_a_part_at_a_time(void **state)
{
	struct viz_session s;
	struct tape tape;
	(void)state;
	tape_begin(&tape, "long", "", "");
	uint32_t task = tape_task(&tape, "main", 0);
	for (unsigned i = 0; i < 90000; i++) {
		tape_at_ns(&tape, (i + (i > 89990 ? 1000000 : 0)) * 1000);
		tape_ready(&tape, task, TRACE_WHY_TIMER, 0);
		tape_run(&tape, task);
		tape_at_ns(&tape, tape.t_ns + (i == 89990 ? 500000000 : 1));
		tape_wait(&tape, task, TRACE_ON_SLEEP, 0, 1);
	}
	viz_session_init(&s, tape_end(&tape, TRACE_STATUS_FINISHED), NULL, 0);
	tape.model = NULL;
	assert_true(viz_session_is_behind(&s));
	press(&s, ')');
	assert_string_equal(s.notice, "still looking for what is wrong");
	press(&s, '4');
	/* painting waits for none of it */
	paint(&s);
	assert_true(s.judgement.findings == NULL || trace_findings_is_behind(s.judgement.findings));
	assert_false(s.judgement.has_stats);
	unsigned n = 0;
	for (; viz_session_is_behind(&s); n++)
		viz_session_update(&s);
	assert_in_range(n, 4, 40);
	/* then it stands still */
	assert_false(viz_session_update(&s));
	paint(&s);
	assert_int_equal(trace_findings_count(s.judgement.findings), 1);
	assert_true(s.judgement.has_stats);
	assert_int_equal(s.judgement.stats.n_steps, 90000);
	press(&s, ')');
	assert_non_null(strstr(s.notice, "500 ms"));
	viz_session_fini(&s);
	tape_free(&tape);
}

/* A task that runs again and again, 50,000 times: too much to be counted for every key. */
static void metrics__long_recording__are_those_up_to_the_playhead_soon(void **state)
{
	struct viz_session s;
	struct tape tape;
	(void)state;
	tape_begin(&tape, "long", "", "");
	uint32_t task = tape_task(&tape, "main", 0);
	for (unsigned i = 0; i < 50000; i++) {
		tape_at_ns(&tape, i * 1000);
		tape_ready(&tape, task, TRACE_WHY_TIMER, 0);
		tape_run(&tape, task);
		tape_at_ns(&tape, i * 1000 + 1);
		tape_wait(&tape, task, TRACE_ON_SLEEP, 0, 1);
	}
	viz_session_init(&s, tape_end(&tape, TRACE_STATUS_FINISHED), NULL, 0);
	tape.model = NULL;
	press(&s, '4');
	while (viz_session_is_behind(&s))
		viz_session_update(&s);
	paint(&s);
	assert_int_equal(50000, s.judgement.stats.n_steps);
	/* the middle: the numbers of all stand there until those are made */
	viz_view_seek(&s.view, s.model, 20000 * 1000);
	assert_int_equal(50000, s.judgement.stats.n_steps);
	viz_session_update(&s);
	assert_true(viz_session_is_behind(&s));
	while (viz_session_is_behind(&s))
		viz_session_update(&s);
	paint(&s);
	assert_in_range(s.judgement.stats.n_steps, 20000, 20001);
	assert_int_equal(20000 * 1000, s.judgement.stats.end_ns);
	/* the playhead moves while it is counted: what was begun is not what is wanted */
	viz_view_seek(&s.view, s.model, 40000 * 1000);
	viz_session_update(&s);
	viz_view_seek(&s.view, s.model, 30000 * 1000);
	do
		viz_session_update(&s);
	while (viz_session_is_behind(&s));
	assert_in_range(s.judgement.stats.n_steps, 30000, 30001);
	assert_false(viz_session_update(&s));
	press(&s, VIZ_KEY_ESCAPE);
	do
		viz_session_update(&s);
	while (viz_session_is_behind(&s));
	assert_int_equal(50000, s.judgement.stats.n_steps);
	viz_session_fini(&s);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(metrics__long_recording__are_those_up_to_the_playhead_soon),
	        cmocka_unit_test(findings__long_recording__are_found_a_part_at_a_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
