/* One row for every kind of event: the sentence at a place of a story, and the lane that it is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/explain/sentence.h"

/* Every sentence of a recording is not empty, in order; the row's must be among them, on its lane. */
static void expect(struct trace_model *model, const char *want, const char *lane_name)
{
	char text[400];
	for (uint32_t i = 0; i < model->n_events; i++) {
		assert_true(viz_sentence(model, i, text, sizeof text) > 0);
		if (strcmp(text, want) != 0)
			continue;
		uint32_t lane = viz_sentence_lane(model, i);
		if (lane_name == NULL)
			assert_int_equal(lane, TRACE_NONE);
		else
			assert_string_equal(model->lanes[lane].name, lane_name);
		return;
	}
	fail_msg("no event says '%s'", want);
}

static struct trace_model *all_kinds(struct tape *tape)
{
	tape_begin(tape, "all", "all", "");
	uint32_t main_task = tape_task(tape, "main", 0), other = tape_task(tape, "T", main_task);
	uint32_t lock = tape_object(tape, TRACE_OBJECT_LOCK, "door", 1);
	tape_tick(tape, TRACE_PHASE_BEGIN, 2);
	tape_ready(tape, other, TRACE_WHY_RELEASE, main_task);
	tape_ready(tape, main_task, TRACE_WHY_TIMER, 0);
	tape_run(tape, main_task);
	tape_hold(tape, lock, main_task, true);
	tape_level(tape, lock, 0, 1);
	tape_log(tape, main_task, "hello\x1b[2J");
	tape_cancel(tape, other, main_task, TRACE_CANCEL_REQUESTED);
	tape_cancel(tape, other, 0, TRACE_CANCEL_SWALLOWED);
	tape_scope(tape, main_task, 1, TRACE_SCOPE_TIMEOUT, true, 300);
	tape_scope(tape, main_task, 2, TRACE_SCOPE_GROUP, true, 0);
	tape_scope(tape, main_task, 2, TRACE_SCOPE_GROUP, false, 0);
	tape_wait(tape, main_task, TRACE_ON_SLEEP, 0, 250);
	tape_wait(tape, other, TRACE_ON_LOCK, lock, 0);
	tape_worker(tape, 1, other);
	tape_worker(tape, 1, 0);
	tape_mark(tape, "half", "and now?");
	tape_lost(tape, 7);
	tape_hold(tape, lock, main_task, false);
	tape_done(tape, other, TRACE_OUTCOME_ERROR, "no");
	tape_error(tape, other);
	tape_done(tape, main_task, TRACE_OUTCOME_RESULT, NULL);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

static void sentence__every_kind__says_it(void **state)
{
	static const struct {
		const char *sentence, *lane;
	} rows[] = {
	        {"main is created", "main"},
	        {"T is created by main", "T"},
	        {"lock door is made", "door"},
	        {"the loop begins an iteration, 2 ready", "loop"},
	        {"main becomes ready: its time has come", "main"},
	        {"T becomes ready: main released what it waited for", "T"},
	        {"main runs", "main"},
	        {"main holds door", "door"},
	        {"door is at 0, 1 in line", "door"},
	        {"main asks to cancel T", "T"},
	        {"the cancellation is swallowed by T", "T"},
	        {"main sleeps until 250 ms", "main"},
	        {"T waits for door (lock)", "T"},
	        {"worker 1 works for T", "1"},
	        {"main opens a timeout with the deadline 300 ms", "main"},
	        {"main opens a group", "main"},
	        {"main leaves a group", "main"},
	        {"nobody has asked for the error of T", "T"},
	        {"worker 1 is idle", "1"},
	        {"mark half: and now?", NULL},
	        {"7 records are lost here", NULL},
	        {"main gives back door", "door"},
	        {"T fails: no", "T"},
	        {"main is done", "main"},
	        {"the run ends: finished", NULL},
	};
	struct tape tape;
	struct trace_model *model = all_kinds(&tape);
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect(model, rows[i].sentence, rows[i].lane);
	tape_free(&tape);
}

static void sentence__hostile_log__has_no_control_character(void **state)
{
	struct tape tape;
	struct trace_model *model = all_kinds(&tape);
	char text[400];
	(void)state;
	for (uint32_t i = 0; i < model->n_events; i++) {
		viz_sentence(model, i, text, sizeof text);
		for (const char *at = text; *at != '\0'; at++)
			assert_false((unsigned char)*at < 0x20);
	}
	tape_free(&tape);
}

static void sentence__small_buffer__counts_and_cuts(void **state)
{
	struct tape tape;
	struct trace_model *model = all_kinds(&tape);
	char whole[400], cut[8];
	(void)state;
	for (uint32_t i = 0; i < model->n_events; i++) {
		size_t len = viz_sentence(model, i, whole, sizeof whole);
		assert_int_equal(len, strlen(whole));
		assert_int_equal(viz_sentence(model, i, cut, sizeof cut), len);
		assert_true(strlen(cut) < sizeof cut);
		assert_memory_equal(whole, cut, strlen(cut));
	}
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sentence__every_kind__says_it),
	        cmocka_unit_test(sentence__hostile_log__has_no_control_character),
	        cmocka_unit_test(sentence__small_buffer__counts_and_cuts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
