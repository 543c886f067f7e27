/* The notes of a lesson on the presenter's screen: what is asked next, in the words of this run, and what is right. */
#include "viz/classroom/notes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "viz/canvas/canvas.h"

enum { ROWS = 20, COLS = 80 };

/* Return the notes of a lesson at a time, with a setting or none, as text. owns: the caller frees it. */
static char *painted(const char *name, const char *setting, uint64_t t_ms)
{
	struct scn_args args;
	char why[200], *text = NULL;
	size_t bytes;
	struct viz_grid grid;
	scn_args_init(&args, scn_find(name));
	if (setting != NULL && scn_args_set(&args, setting, why, sizeof why) != 0)
		fail_msg("%s", why);
	struct viz_notes notes = {.scenario = args.scenario,
	                          .args = &args,
	                          .t_ns = t_ms * 1000000,
	                          .followers = UINT32_MAX};
	assert_int_equal(viz_grid_init(&grid, ROWS, COLS), 0);
	viz_grid_clear(&grid);
	viz_notes_paint(&notes, &grid, 0, ROWS);
	FILE *out = open_memstream(&text, &bytes);
	assert_non_null(out);
	viz_canvas_text(&grid, out);
	fclose(out);
	viz_grid_fini(&grid);
	return text;
}

static void assert_says(char *text, const char *wanted)
{
	if (strstr(text, wanted) == NULL)
		fail_msg("'%s' is not in:\n%s", wanted, text);
	free(text);
}

static void notes__the_next_question__in_the_words_of_this_run(void **state)
{
	(void)state;
	assert_says(painted("gil", NULL, 0), "next, at 0 ms: 4 threads compute 250 ms each");
	assert_says(painted("gil", NULL, 0), "(at 1000 ms)");
	assert_says(painted("gil", "tasks=3", 0), "next: 3 threads compute 250 ms each");
	assert_says(painted("semaphore", NULL, 300), "next, at 300 ms: Task 0 gives its permit");
	assert_says(painted("semaphore", NULL, 301), "no question is left");
}

static void notes__an_order_or_a_painting__says_what_is_right(void **state)
{
	(void)state;
	assert_says(painted("gather", NULL, 0), "(B, then C, then A)");
	assert_says(painted("blocking", NULL, 200), "(.!!!!!!!!!!!!!!!!!!!!|)");
}

/* With other values the declared answer may be wrong: none is better. */
static void notes__other_values__no_answer(void **state)
{
	char *text = painted("gil", "tasks=3", 0);
	(void)state;
	assert_null(strstr(text, "1000 ms"));
	free(text);
}

/* No lesson shows the braces of a parameter at any of its questions. */
static void notes__every_lesson__has_no_braces(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		size_t n;
		const struct scn_point *points = scn_points(scn_at(i), &n);
		for (size_t k = 0; k < n; k++) {
			char *text = painted(scn_at(i)->name, NULL, points[k].t_ns / 1000000);
			if (strchr(text, '{') != NULL)
				fail_msg("%s: %s", scn_at(i)->name, text);
			free(text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(notes__the_next_question__in_the_words_of_this_run),
	        cmocka_unit_test(notes__an_order_or_a_painting__says_what_is_right),
	        cmocka_unit_test(notes__other_values__no_answer),
	        cmocka_unit_test(notes__every_lesson__has_no_braces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
