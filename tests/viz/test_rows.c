/* Which lanes are drawn: folding, filter, search, sorting, pins, and what undo brings back. Driven by keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/text/pattern.h"
#include "viz/view/rows.h"
#include "viz/session/session.h"

static void press(struct viz_session *session, uint32_t code)
{
	struct viz_key key = {.code = code};
	if (!viz_session_type(session, &key))
		viz_session_act(session, viz_action_find(viz_session_where(session), code), &key);
}

static void type(struct viz_session *session, const char *text)
{
	for (; *text != '\0'; text++)
		press(session, *text == '\n' ? (uint32_t)VIZ_KEY_ENTER : (uint32_t)*text);
}

struct file {
	struct tape tape;
	struct viz_session session;
};

/* main, below it parser (a, ab) and writer; an object and a worker. `a` runs longest, `writer` waits longest. */
static struct trace_model *tell(struct tape *tape)
{
	tape_begin(tape, "rows", "rows", "");
	uint32_t main = tape_task(tape, "main", 0);
	tape_ready(tape, main, TRACE_WHY_START, 0);
	tape_run(tape, main);
	uint32_t parser = tape_task(tape, "Parser", main);
	uint32_t writer = tape_task(tape, "writer", main);
	uint32_t a = tape_task(tape, "alpha", parser), b = tape_task(tape, "alphabet", parser);
	tape_object(tape, TRACE_OBJECT_LOCK, "lock", 1);
	tape_worker(tape, 1, 0);
	tape_wait(tape, main, TRACE_ON_GATHER, 0, 0);
	const uint32_t tasks[] = {parser, writer, b, a};
	for (int i = 0; i < 4; i++)
		tape_ready(tape, tasks[i], TRACE_WHY_START, main);
	for (int i = 0; i < 4; i++) {
		tape_run(tape, tasks[i]);
		tape_at(tape, (uint64_t)(10 + i * 30 + i * i));
		if (i == 2)
			tape_done(tape, tasks[i], TRACE_OUTCOME_RESULT, "1");
		else
			tape_wait(tape, tasks[i], TRACE_ON_SLEEP, 0,
			          (uint64_t)(i == 1 ? 900 : 300));
	}
	tape_at(tape, 900);
	return tape_end(tape, TRACE_STATUS_FINISHED);
}

static int open_file(void **state)
{
	static struct file file;
	viz_session_init(&file.session, tell(&file.tape), NULL, 0);
	file.tape.model = NULL;
	*state = &file;
	return 0;
}

static int close_file(void **state)
{
	struct file *file = *state;
	viz_session_fini(&file->session);
	tape_free(&file->tape);
	return 0;
}

/* The rows as one line: "loop main Parser ...". */
static const char *rows_of(const struct viz_session *s)
{
	static char text[400];
	struct viz_rows rows;
	size_t n = 0;
	text[0] = '\0';
	viz_rows_init(&rows, s->model, &s->view);
	for (size_t i = 0; i < rows.n; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", i > 0 ? " " : "",
		                      s->model->lanes[rows.lanes[i]].name);
	viz_rows_fini(&rows);
	return text;
}

static const char *selected_of(const struct viz_session *s)
{
	return s->view.selected < s->model->n_lanes ? s->model->lanes[s->view.selected].name : "-";
}

#define ALL "loop main Parser alpha alphabet writer 1 lock"

static void fold__a_task__hides_what_is_below_it(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	assert_string_equal(rows_of(s), ALL);
	type(s, "/Pars\nz");
	assert_string_equal(rows_of(s), "loop main Parser writer 1 lock");
	type(s, "z");
	assert_string_equal(rows_of(s), ALL);
}

static void fold__on_a_leaf__folds_its_parent(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/alphab\nz");
	assert_string_equal(rows_of(s), "loop main Parser writer 1 lock");
	assert_string_equal(selected_of(s), "Parser");
}

static void fold_all__and_back__one_task_is_left(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/writer\nZ");
	assert_string_equal(rows_of(s), "loop main 1 lock");
	assert_string_equal(selected_of(s), "main");
	type(s, "z");
	assert_string_equal(rows_of(s), "loop main Parser writer 1 lock");
	type(s, "Z");
	assert_string_equal(rows_of(s), ALL);
}

static void search__typed__goes_along_and_n_goes_on(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/alp");
	assert_string_equal(selected_of(s), "alpha");
	type(s, "hab");
	assert_string_equal(selected_of(s), "alphabet");
	press(s, VIZ_KEY_BACKSPACE);
	assert_string_equal(selected_of(s), "alpha");
	type(s, "\nn");
	assert_string_equal(selected_of(s), "alphabet");
	type(s, "n");
	assert_string_equal(selected_of(s), "alpha");
	type(s, "N");
	assert_string_equal(selected_of(s), "alphabet");
	type(s, "/");
	press(s, VIZ_KEY_ESCAPE);
	assert_string_equal(selected_of(s), "alphabet");
}

static void search__no_match__says_so_and_stays(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/writer\n/zzz\n");
	assert_string_equal(selected_of(s), "writer");
	type(s, "n");
	assert_non_null(strstr(s->notice, "no lane matches 'zzz'"));
	press(s, 'j');
	assert_string_equal(s->notice, "");
}

static void search__a_capital_in_it__minds_the_case(void **state)
{
	(void)state;
	assert_true(viz_pattern_is_in("pars", "Parser"));
	assert_true(viz_pattern_is_in("Pars", "Parser"));
	assert_false(viz_pattern_is_in("PARS", "Parser"));
	assert_true(viz_pattern_is_in("", ""));
	assert_false(viz_pattern_is_in("a", ""));
	assert_true(viz_pattern_is_in("\xc3\xbc", "\xc3\xbc"
	                                          "ber"));
}

static void n_key__means_a_match_only_after_a_search(void **state)
{
	(void)state;
	assert_int_equal(viz_action_find(VIZ_IN_ENDED, 'n'), VIZ_ACTION_NEXT_LESSON);
	assert_int_equal(viz_action_find((unsigned)VIZ_IN_ENDED | VIZ_IN_SEARCH, 'n'),
	                 VIZ_ACTION_NEXT_MATCH);
	assert_int_equal(viz_action_find(VIZ_IN_ENDED, 'N'), VIZ_ACTION_NONE);
}

static void filter__typed__only_what_matches(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "&alpha\n");
	assert_string_equal(rows_of(s), "alpha alphabet");
	type(s, "&zz");
	assert_string_equal(rows_of(s), "");
	press(s, VIZ_KEY_ESCAPE);
	assert_string_equal(rows_of(s), "alpha alphabet");
	type(s, "u");
	assert_string_equal(rows_of(s), ALL);
	press(s, VIZ_KEY_CTRL_R);
	assert_string_equal(rows_of(s), "alpha alphabet");
	type(s, "X");
	assert_string_equal(rows_of(s), ALL);
}

static void sort__each_order__tasks_among_themselves(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "o");
	assert_string_equal(rows_of(s), "loop main Parser writer alphabet alpha 1 lock");
	type(s, "o");
	assert_int_equal(s->view.wishes.sort, VIZ_SORT_WAITING);
	assert_string_equal(rows_of(s), "loop main Parser writer alpha alphabet 1 lock");
	type(s, "o");
	assert_string_equal(rows_of(s), "loop alpha alphabet writer Parser main 1 lock");
	type(s, "o");
	assert_string_equal(rows_of(s), ALL);
}

static void pin__a_lane__stands_at_the_top_in_every_window(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/lock\n*");
	assert_string_equal(rows_of(s), "lock loop main Parser alpha alphabet writer 1");
	assert_string_equal(selected_of(s), "lock");
	type(s, "*");
	assert_string_equal(rows_of(s), ALL);
}

static void hide__a_lane_and_the_finished__are_left_out(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	type(s, "/writer\n");
	press(s, VIZ_KEY_DELETE);
	assert_string_equal(rows_of(s), "loop main Parser alpha alphabet 1 lock");
	assert_string_equal(selected_of(s), "1");
	type(s, "H");
	assert_string_equal(rows_of(s), "loop main Parser alpha 1 lock");
	press(s, VIZ_KEY_HOME);
	assert_string_equal(rows_of(s), "loop main Parser alpha alphabet 1 lock");
	type(s, "X");
	assert_string_equal(rows_of(s), ALL);
}

static void undo__zooms_and_jumps__back_and_forth(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	press(s, VIZ_KEY_HOME);
	struct viz_view start = s->view;
	type(s, "www");
	struct viz_view zoomed = s->view;
	type(s, "d");
	press(s, 'u');
	assert_true(viz_view_is_same(&s->view, &zoomed));
	type(s, "uuu");
	assert_true(viz_view_is_same(&s->view, &start));
	for (int i = 0; i < 3; i++)
		press(s, VIZ_KEY_CTRL_R);
	assert_true(viz_view_is_same(&s->view, &zoomed));
	type(s, "uuuuuuuu");
	assert_true(s->view.follow);
	assert_string_equal(s->notice, "nothing to undo");
}

static void undo__more_than_it_keeps__the_oldest_are_gone(void **state)
{
	struct viz_session *s = &((struct file *)*state)->session;
	for (int i = 0; i < 300; i++)
		type(s, i % 2 ? "Z" : "H");
	for (int i = 0; i < 300; i++)
		type(s, "u");
	for (int i = 0; i < 300; i++)
		press(s, VIZ_KEY_CTRL_R);
	assert_string_equal(rows_of(s), ALL);
}

/* The loop is ours: in the trace of another program its lane would be empty, and nobody runs in turn. */
static void foreign__trace__has_no_loop_and_no_queue(void **state)
{
	struct screen screen;
	struct tape tape;
	(void)state;
	struct trace_model *model = tell(&tape);
	screen_begin(&screen, model, 100, 24);
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, "loop"));
	size_t n_ready = 0;
	model->is_foreign = true;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < model->n_events; i++) {
			screen.view.follow = false;
			screen.view.ordinal = i;
			screen.view.selected = 2;
			struct trace_state_now now;
			trace_lane_state(model, 2, i, 0, &now);
			n_ready += now.state == TRACE_STATE_READY;
			screen_paint(&screen, model);
			assert_false(screen_has(&screen, "loop"));
			assert_false(screen_has(&screen, "in the queue"));
		}
		/* with a wish the rows are listed, without one they are the model's */
		screen.view.wishes.sort = VIZ_SORT_START;
	}
	assert_true(n_ready > 0);
	screen.view.selected = 0;
	screen_paint(&screen, model);
	assert_true(screen_has(&screen, " waiting, "));
	screen_free(&screen);
	tape_free(&tape);
}

static void go_to__times_of_every_form__the_playhead_is_there(void **state)
{
	static const struct {
		const char *typed;
		uint64_t ns;
	} rows[] = {{":40\n", 40000000}, {":0.3s\n", 300000000},   {":20us\n", 20000},
	            {":5ns\n", 5},       {":+10\n", 10000005},     {":-4ms\n", 6000005},
	            {":-400\n", 0},      {":9000000s\n", 6000005}, {":99999\n", 900000000},
	            {":#0\n", 0},        {":#99999\n", 900000000}};
	struct viz_session *s = &((struct file *)*state)->session;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (i == 7)
			type(s, ":6000005ns\n");
		type(s, rows[i].typed);
		if (i == 7) /* beyond the end: the end */
			continue;
		assert_int_equal(viz_view_time_ns(&s->view, s->model), rows[i].ns);
	}
	type(s, ":soon\n");
	assert_non_null(strstr(s->notice, "'soon' is no time"));
	type(s, ":\n");
	assert_string_equal(s->notice, "");
}

static void iteration__there_and_back__the_same_places(void **state)
{
	(void)state;
	struct tape tape;
	struct viz_session s;
	uint32_t seen[10];
	tape_begin(&tape, "ticks", "", "");
	for (unsigned i = 0; i < 5; i++) {
		tape_tick(&tape, TRACE_PHASE_BEGIN, i);
		tape_log(&tape, 0, "between");
		tape_tick(&tape, TRACE_PHASE_END, 0);
		tape_at(&tape, i);
	}
	viz_session_init(&s, tape_end(&tape, TRACE_STATUS_FINISHED), NULL, 0);
	tape.model = NULL;
	press(&s, VIZ_KEY_HOME);
	int n = 0;
	for (uint32_t before = TRACE_NONE; n < 10; n++) {
		press(&s, '}');
		if (s.view.ordinal == before)
			break;
		before = seen[n] = s.view.ordinal;
		assert_int_equal(trace_model_event(s.model, before)->kind, TRACE_TICK);
	}
	assert_int_equal(n, 5);
	while (--n > 0) {
		press(&s, '{');
		assert_int_equal(s.view.ordinal, seen[n - 1]);
	}
	press(&s, '{');
	assert_int_equal(s.view.ordinal, TRACE_NONE);
	viz_session_fini(&s);
	tape_free(&tape);
}

#define test(name) cmocka_unit_test_setup_teardown(name, open_file, close_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        test(fold__a_task__hides_what_is_below_it),
	        test(fold__on_a_leaf__folds_its_parent),
	        test(fold_all__and_back__one_task_is_left),
	        test(search__typed__goes_along_and_n_goes_on),
	        test(search__no_match__says_so_and_stays),
	        cmocka_unit_test(foreign__trace__has_no_loop_and_no_queue),
	        cmocka_unit_test(search__a_capital_in_it__minds_the_case),
	        cmocka_unit_test(n_key__means_a_match_only_after_a_search),
	        test(filter__typed__only_what_matches),
	        test(sort__each_order__tasks_among_themselves),
	        test(pin__a_lane__stands_at_the_top_in_every_window),
	        test(hide__a_lane_and_the_finished__are_left_out),
	        test(undo__zooms_and_jumps__back_and_forth),
	        test(undo__more_than_it_keeps__the_oldest_are_gone),
	        test(go_to__times_of_every_form__the_playhead_is_there),
	        cmocka_unit_test(iteration__there_and_back__the_same_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
