/* Golden screens: what the painter draws, cell by cell with its styles, at the sizes that matter. `make golden`
 * rewrites them; read the difference before committing it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"

typedef struct trace_model *story(struct tape *tape);

static struct trace_model *blocking(struct tape *tape)
{
	return tape_blocking(tape, TRACE_STATUS_FINISHED);
}

static struct trace_model *blocked_now(struct tape *tape)
{
	return tape_blocking(tape, 0);
}

/* One golden screen. `at_ms` -1: the end; -2: before the first event. */
static const struct {
	const char *name;
	story *story;
	int cols, rows, at_ms;
	const char *selected;
	enum viz_mode mode;
	bool ascii, help, order; /* the critical path is drawn where the name begins with "path" */
} table[] = {
        {"semaphore-40x10", tape_semaphore, 40, 10, 412, "Task 4", VIZ_MODE_HELD, false, false,
         false},
        {"semaphore-80x24", tape_semaphore, 80, 24, 412, "Task 4", VIZ_MODE_HELD, false, false,
         false},
        {"semaphore-120x40", tape_semaphore, 120, 40, 412, "Task 4", VIZ_MODE_HELD, false, false,
         false},
        {"semaphore-200x50", tape_semaphore, 200, 50, 412, "Task 4", VIZ_MODE_HELD, false, false,
         false},
        {"semaphore-300x100", tape_semaphore, 300, 100, 412, "Task 4", VIZ_MODE_HELD, false, false,
         false},
        {"semaphore-40x10-ascii", tape_semaphore, 40, 10, 412, "Task 4", VIZ_MODE_HELD, true, false,
         false},
        {"semaphore-80x24-ascii", tape_semaphore, 80, 24, 412, "Task 4", VIZ_MODE_HELD, true, false,
         false},
        {"semaphore-120x40-ascii", tape_semaphore, 120, 40, 412, "Task 4", VIZ_MODE_HELD, true,
         false, false},
        {"semaphore-200x50-ascii", tape_semaphore, 200, 50, 412, "Task 4", VIZ_MODE_HELD, true,
         false, false},
        {"semaphore-300x100-ascii", tape_semaphore, 300, 100, 412, "Task 4", VIZ_MODE_HELD, true,
         false, false},
        {"semaphore-end", tape_semaphore, 80, 24, -1, "permits", VIZ_MODE_ENDED, false, false,
         false},
        {"semaphore-before", tape_semaphore, 80, 24, -2, "Task 4", VIZ_MODE_FILE, false, false,
         false},
        {"semaphore-help", tape_semaphore, 80, 24, -1, "main", VIZ_MODE_FILE, false, true, false},
        {"semaphore-help-ascii", tape_semaphore, 40, 10, -1, "main", VIZ_MODE_FILE, true, true,
         false},
        {"blocking-during", blocking, 80, 24, 521, "ticker", VIZ_MODE_FILE, false, false, false},
        {"blocking-during-ascii", blocking, 80, 24, 521, "ticker", VIZ_MODE_FILE, true, false,
         false},
        {"blocking-end", blocking, 80, 24, -1, "blocker", VIZ_MODE_FILE, false, false, false},
        {"blocked-now", blocked_now, 80, 24, -1, "blocker", VIZ_MODE_PLAYING, false, false, false},
        {"endings", tape_endings, 80, 24, -1, "bad", VIZ_MODE_ENDED, false, false, false},
        {"endings-ascii", tape_endings, 80, 24, -1, "gone", VIZ_MODE_ENDED, true, false, false},
        {"thread", tape_thread, 80, 24, -1, "1", VIZ_MODE_ENDED, false, false, false},
        {"queue", tape_queue, 80, 24, 250, "items", VIZ_MODE_FILE, false, false, false},
        {"queue-ascii", tape_queue, 80, 24, 250, "items", VIZ_MODE_FILE, true, false, false},
        {"order-80x24", tape_semaphore, 80, 24, 300, "Task 4", VIZ_MODE_FILE, .order = true},
        {"order-40x10-ascii", tape_semaphore, 40, 10, 300, "Task 4", VIZ_MODE_FILE, true,
         .order = true},
        {"order-120x40", blocking, 120, 40, -1, "blocker", VIZ_MODE_FILE, .order = true},
        {"marks-40x10", tape_marks, 40, 10, -1, "slow", VIZ_MODE_FILE, .ascii = false},
        {"marks-80x24", tape_marks, 80, 24, -1, "main", VIZ_MODE_FILE, .ascii = false},
        {"marks-80x24-ascii", tape_marks, 80, 24, -1, "main", VIZ_MODE_FILE, .ascii = true},
        {"marks-100", tape_marks, 80, 24, 100, "lost", VIZ_MODE_FILE, .ascii = false},
        {"marks-120x40", tape_marks, 120, 40, 300, "slow", VIZ_MODE_FILE, .ascii = false},
        {"marks-200x50", tape_marks, 200, 50, -1, "lost", VIZ_MODE_FILE, .ascii = false},
        {"marks-300x100", tape_marks, 300, 100, 425, "lost", VIZ_MODE_FILE, .ascii = false},
        {"marks-40x10-ascii", tape_marks, 40, 10, -1, "slow", VIZ_MODE_FILE, .ascii = true},
        {"marks-120x40-ascii", tape_marks, 120, 40, 300, "slow", VIZ_MODE_FILE, .ascii = true},
        {"marks-200x50-ascii", tape_marks, 200, 50, -1, "lost", VIZ_MODE_FILE, .ascii = true},
        {"marks-300x100-ascii", tape_marks, 300, 100, 425, "lost", VIZ_MODE_FILE, .ascii = true},
        {"marks-order", tape_marks, 80, 24, -1, "slow", VIZ_MODE_FILE, .order = true},
        {"path", tape_semaphore, 80, 24, 650, "Task 4", VIZ_MODE_FILE, .ascii = false},
        {"path-blocking", blocking, 120, 40, -1, "blocker", VIZ_MODE_FILE, .ascii = false},
        {"path-order-ascii", tape_semaphore, 80, 24, -1, "main", VIZ_MODE_FILE, .ascii = true,
         .order = true},
        {"path-40x10", blocking, 40, 10, -1, "blocker", VIZ_MODE_FILE, .ascii = false},
        {"deadlock", tape_deadlock, 80, 24, -1, "anna", VIZ_MODE_ENDED, false, false, false},
};

static uint32_t lane_named(const struct trace_model *model, const char *name)
{
	for (uint32_t i = 0; i < model->n_lanes; i++) {
		if (strcmp(model->lanes[i].name, name) == 0)
			return i;
	}
	fail_msg("no lane is called %s", name);
	return TRACE_NONE;
}

static bool is_as_golden(size_t i)
{
	struct tape tape;
	struct screen screen;
	struct viz_critical path;
	const struct trace_model *model = table[i].story(&tape);
	screen_begin(&screen, model, table[i].cols, table[i].rows);
	assert_int_equal(0, viz_critical_find(&path, model));
	screen.scene.path = strncmp(table[i].name, "path", 4) == 0 ? &path : NULL;
	screen.view.ascii = table[i].ascii;
	screen.view.help = table[i].help;
	if (table[i].order)
		viz_view_switch_axis(&screen.view);
	screen.view.selected = lane_named(model, table[i].selected);
	screen.scene.mode = table[i].mode;
	screen.scene.can_step = table[i].mode == VIZ_MODE_HELD;
	screen.scene.speed_ppm = 500000;
	if (table[i].at_ms >= 0)
		viz_view_seek(&screen.view, model, (uint64_t)table[i].at_ms * TAPE_MS);
	if (table[i].at_ms == -2)
		screen.view.follow = false;
	screen_paint(&screen, model);
	bool same = screen_is_golden(&screen, table[i].name);
	viz_critical_fini(&path);
	screen_free(&screen);
	tape_free(&tape);
	return same;
}

static void screens__painted__are_as_their_golden_files(void **state)
{
	int n_bad = 0;
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		n_bad += !is_as_golden(i);
	assert_int_equal(n_bad, 0);
}

static void ascii_screens__painted__hold_nothing_above_7f(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	screen_begin(&screen, model, 120, 40);
	screen.view.ascii = screen.view.help = true;
	screen_paint(&screen, model);
	for (int i = 0; i < 120 * 40; i++)
		assert_in_range(screen.grid.cells[i].ch, ' ', '~');
	screen_free(&screen);
	tape_free(&tape);
}

static void died__painted__says_how_in_the_head(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	const struct trace_model *model = tape_blocking(&tape, 0);
	screen_begin(&screen, model, 80, 24);
	screen.scene.mode = VIZ_MODE_DIED;
	screen.scene.status = "killed by signal 9 (SIGKILL)";
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "killed by signal 9 (SIGKILL)"));
	assert_true(screen_is_golden(&screen, "died"));
	screen_free(&screen);
	tape_free(&tape);
}

static void lost_records__painted__are_counted_in_the_head(void **state)
{
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "a full disk", "");
	tape_task(&tape, "main", 0);
	tape_lost(&tape, 42);
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 80, 24);
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "42 records lost"));
	screen_free(&screen);
	tape_free(&tape);
}

static void names__of_any_script_and_hostile__stay_in_their_column(void **state)
{
	static const char *const names[] = {"日本語の長い名前です",
	                                    "🚀 start",
	                                    "e\xcc\x81te\xcc\x81",
	                                    "\x1b[31mred\x07",
	                                    "a\nb",
	                                    "\u202etxet",
	                                    "\xff\xfe",
	                                    "שלום"};
	struct tape tape;
	struct screen screen;
	(void)state;
	tape_begin(&tape, "", "\x1b]0;title\x07", "\x9b question");
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		uint32_t task = tape_task(&tape, names[i], 0);
		tape_run(&tape, task);
		tape_log(&tape, task, names[i]);
		tape_wait(&tape, task, TRACE_ON_TASK, 1, 0);
	}
	tape_at(&tape, 100);
	tape_log(&tape, 1, "\x1b[2J");
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 80, 24);
	screen_paint(&screen, model);
	for (int i = 0; i < 80 * 24; i++) {
		uint32_t ch = screen.grid.cells[i].ch;
		assert_false((ch > 0 && ch < 0x20) || (ch >= 0x7f && ch < 0xa0) || ch == 0x202e);
		assert_true(ch != 0 || i % 80 > 0);
	}
	assert_true(screen_is_golden(&screen, "names"));
	screen_free(&screen);
	tape_free(&tape);
}

static void lanes__more_than_rows__are_counted_on_the_rule(void **state)
{
	struct tape tape;
	struct screen screen;
	char name[32];
	(void)state;
	tape_begin(&tape, "", "a crowd", "");
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "Task %d", i);
		tape_run(&tape, tape_task(&tape, name, 0));
		tape_done(&tape, (uint32_t)i + 1, TRACE_OUTCOME_RESULT, "");
	}
	tape_at(&tape, 10);
	const struct trace_model *model = tape_end(&tape, TRACE_STATUS_FINISHED);
	screen_begin(&screen, model, 80, 24);
	screen.view.selected = model->order[50];
	screen_paint(&screen, model);
	char want[80];
	snprintf(want, sizeof want, "── %u lanes above  %u lanes below ──", screen.view.top,
	         101 - screen.view.top - (uint32_t)screen.layout.timeline.rows);
	assert_true(screen_has(&screen, want));
	assert_true(screen_has(&screen, "Task 49"));
	screen_free(&screen);
	tape_free(&tape);
}

static void too_small__painted__is_one_sentence_with_the_size(void **state)
{
	struct tape tape;
	struct screen screen;
	char row[200];
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	screen_begin(&screen, model, 39, 9);
	screen_paint(&screen, model);
	assert_string_equal(screen_row(&screen, 4, row, sizeof row),
	                    "ganttop needs 40x10, is 39x9");
	screen_free(&screen);
	tape_free(&tape);
}

/* Every pane, at a size where all have room; in ASCII, where they are told apart by their words. */
static void panes__all_open__are_as_their_golden_files(void **state)
{
	static const struct {
		const char *name;
		int cols, rows;
		bool ascii, present;
	} rows[] = {{"panes-120x40", 120, 40, false, false},
	            {"panes-80x24", 80, 24, false, false},
	            {"panes-160x45-ascii", 160, 45, true, false},
	            {"present-80x24", 80, 24, false, true},
	            {"present-120x40-ascii", 120, 40, true, true}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct tape tape;
		struct screen screen;
		struct trace_stats stats;
		const struct trace_model *model = tape_semaphore(&tape);
		assert_int_equal(trace_stats_make(&stats, model), 0);
		screen_begin(&screen, model, rows[i].cols, rows[i].rows);
		viz_view_seek(&screen.view, model, 412 * TAPE_MS);
		for (int pane = VIZ_PANE_LOG + 1; pane < VIZ_PANE_COUNT; pane++)
			viz_panes_toggle(&screen.view.panes, (enum viz_pane)pane);
		screen.view.selected = lane_named(model, "Task 4");
		screen.view.ascii = rows[i].ascii;
		screen.view.present = rows[i].present;
		viz_marks_toggle(&screen.view.marks, 150 * TAPE_MS);
		screen.view.measures = !rows[i].present;
		screen.view.measure_from_ns = 300 * TAPE_MS;
		screen.view.measure_to_ns = 100 * TAPE_MS;
		screen.scene.stats = &stats;
		screen_paint(&screen, model);
		bool same = screen_is_golden(&screen, rows[i].name);
		screen_free(&screen);
		trace_stats_fini(&stats);
		tape_free(&tape);
		assert_true(same);
	}
}

/* What a finding says is a sentence, and the footer of a narrow screen would cut it. */
static void notice__longer_than_the_footer__stands_in_full_above(void **state)
{
	(void)state;
	struct tape tape;
	struct screen screen;
	const struct trace_model *model = tape_deadlock(&tape);
	screen_begin(&screen, model, 80, 24);
	screen.view.selected = 0;
	screen.scene.notice = "1 of 1, a finding: it is told in more words than a row has columns, "
	                      "and ends in the word pineapple";
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "pineapple"));
	assert_true(screen_has(&screen, "help"));
	screen_free(&screen);
	screen_begin(&screen, model, 80, 24);
	screen.scene.notice = "short";
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "short"));
	assert_false(screen_has(&screen, "? help"));
	screen_free(&screen);
	tape_free(&tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(notice__longer_than_the_footer__stands_in_full_above),
	        cmocka_unit_test(screens__painted__are_as_their_golden_files),
	        cmocka_unit_test(panes__all_open__are_as_their_golden_files),
	        cmocka_unit_test(ascii_screens__painted__hold_nothing_above_7f),
	        cmocka_unit_test(died__painted__says_how_in_the_head),
	        cmocka_unit_test(lost_records__painted__are_counted_in_the_head),
	        cmocka_unit_test(names__of_any_script_and_hostile__stay_in_their_column),
	        cmocka_unit_test(lanes__more_than_rows__are_counted_on_the_rule),
	        cmocka_unit_test(too_small__painted__is_one_sentence_with_the_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
