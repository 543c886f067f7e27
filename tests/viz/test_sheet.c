/* Worksheets: the empty one gives nothing away, the key says what happens, and nothing that a program is called becomes markup. */
#include "viz/classroom/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/viz/lesson_model.h"

static struct viz_sheet sheet;

/* Return the worksheet as text. owns: the caller frees it. */
static char *written(const char *name, const char *setting, bool key,
                     const struct viz_sheet_format *format)
{
	const struct scenario *lesson = scn_find(name);
	struct trace_model *model = lesson_model(lesson, setting);
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	assert_non_null(out);
	viz_sheet_make(&sheet, lesson, model, key);
	format->open(out, name);
	format->write(out, &sheet);
	format->close(out);
	assert_int_equal(fclose(out), 0);
	trace_model_destroy(model);
	return text;
}

static void assert_has(const char *text, const char *wanted)
{
	if (strstr(text, wanted) == NULL)
		fail_msg("'%s' is not in:\n%s", wanted, text);
}

static void assert_lacks(const char *text, const char *unwanted)
{
	if (strstr(text, unwanted) != NULL)
		fail_msg("'%s' is in:\n%s", unwanted, text);
}

static void sheet__semaphore_key__is_the_timeline(void **state)
{
	char *text = written("semaphore", NULL, true, &viz_sheet_md);
	(void)state;
	assert_has(text, "ms       0    200  400  600  800\n"
	                 "main     #... .... .... .... ..#|\n"
	                 "Task 0   #... ..#| ____ ____ ____\n"
	                 "Task 1   #... ..#| ____ ____ ____\n"
	                 "Task 2   #... ..#. .... #|__ ____\n"
	                 "Task 3   #... ..#. .... #|__ ____\n"
	                 "Task 4   #... .... .... #... ..#|\n"
	                 "permits  0000 0000 0000 1111 1122\n");
	assert_has(text, "**a. Task 2** ✔");
	assert_has(text, "(waiting-works)");
	assert_has(text, "finished at 900 ms");
	free(text);
}

/* Neither the lesson's text nor the twin's opening sentence, nor a single cell. */
static void sheet__without_key__gives_nothing_away(void **state)
{
	static const char *const answers[] = {
	        "✔",       "900 ms, at", "Because",        "two at a time",
	        "#... ..", "Tempting",   "For the teacher"};
	char *text = written("semaphore", NULL, false, &viz_sheet_md);
	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		if (i == 3) /* it is a part of a question too */
			continue;
		assert_lacks(text, answers[i]);
	}
	assert_has(text, "Task 4   ____ ____ ____ ____ ____\n");
	assert_lacks(text, "first come first served");
	free(text);
}

/* The words and the right answer are those of the run, not those of the defaults; what is wrong follows. */
static void sheet__other_parameters__other_answers(void **state)
{
	char *text = written("semaphore", "hold=500", true, &viz_sheet_md);
	(void)state;
	assert_has(text, "5 turns of 500 ms, 2 at a time.");
	assert_has(text, "a. at 1250 ms");
	assert_has(text, "**b. at 1500 ms** ✔");
	assert_has(text, "c. at 2500 ms");
	assert_lacks(text, "Task 0 gives its permit back now");
	free(text);
	text = written("semaphore", "hold=700", true, &viz_sheet_md);
	assert_has(text, "**b. at 2100 ms** ✔");
	free(text);
}

static void sheet__no_time_passes__columns_are_steps(void **state)
{
	char *text = written("call-order", NULL, true, &viz_sheet_md);
	(void)state;
	assert_has(text, "step     1     6\n"
	                 "the loop _##__ #_\n"
	                 "main     #___# _#\n"
	                 "task     ___#_ __\n");
	assert_has(text, "A cell is one step.");
	free(text);
}

static void sheet__html__is_one_closed_page_without_loads(void **state)
{
	char *text = written("gather", NULL, true, &viz_sheet_html);
	(void)state;
	assert_memory_equal(text, "<!doctype html>", 15);
	assert_has(text, "</body>\n</html>\n");
	assert_lacks(text, "<script");
	assert_lacks(text, "http");
	assert_lacks(text, "url(");
	assert_has(text, "@page { size: A4");
	free(text);
}

static void sheet__text_with_markup__is_escaped(void **state)
{
	static const struct scn_point points[] = {{
	        .ask = "<script>alert(1)</script> *bold* [link](x)",
	        .options = {{.text = "<b>one</b>"}, {.text = "a & \"b\"", .because = "<i>"}},
	        .because = "<u>",
	        .truth = SCN_TRUTH_ALWAYS,
	}};
	static char notes[5000]; /* longer than any line has a right to be */
	memset(notes, 'n', sizeof notes - 1);
	memcpy(notes, "<p>notes", 8);
	memcpy(notes + sizeof notes - 5, "last", 4);
	const struct scn_teaching teaching = {points, 1, notes};
	struct scenario hostile = *scn_find("hello");
	char *text[2] = {NULL, NULL};
	size_t bytes;
	(void)state;
	hostile.teaching = &teaching;
	hostile.title = "<h1>title</h1>";
	hostile.name = "a\033[2Jb";
	struct trace_model *model = lesson_model(scn_find("hello"), NULL);
	viz_sheet_make(&sheet, &hostile, model, true);
	for (int i = 0; i < 2; i++) {
		FILE *out = open_memstream(&text[i], &bytes);
		(i == 0 ? &viz_sheet_html : &viz_sheet_md)->write(out, &sheet);
		fclose(out);
	}
	assert_has(text[0], "&lt;script&gt;alert(1)&lt;/script&gt;");
	assert_has(text[0], "a &amp; &quot;b&quot;");
	assert_lacks(text[0], "<b>one");
	assert_lacks(text[0], "<h1>title");
	assert_has(text[0], "<p>&lt;p&gt;notes");
	assert_has(text[0], "nnlast</p>");
	assert_has(text[0], "a?[2Jb");
	assert_has(text[1], "a?\\[2Jb");
	assert_lacks(text[0], "\033");
	assert_lacks(text[1], "\033");
	assert_has(text[1], "nnlast\n");
	assert_has(text[1], "\\<script\\>alert(1)\\</script\\> \\*bold\\* \\[link\\](x)");
	free(text[0]);
	free(text[1]);
	trace_model_destroy(model);
}

/* Every lesson, with and without its key, in both formats: the rows are as long as the ruler promises. */
static void sheet__every_lesson__can_be_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < scn_count(); i++) {
		const struct scenario *lesson = scn_at(i);
		if (lesson->needs_real_clock)
			continue;
		for (int k = 0; k < 4; k++)
			free(written(lesson->name, NULL, k < 2,
			             k % 2 ? &viz_sheet_md : &viz_sheet_html));
		size_t n;
		scn_points(lesson, &n);
		if (sheet.n_points != n)
			fail_msg("%s: %zu of %zu questions", lesson->name, sheet.n_points, n);
		if (sheet.n_cells == 0 || sheet.n_cells > SCN_CELLS_MAX || sheet.n_lanes == 0)
			fail_msg("%s: no grid", lesson->name);
		for (size_t lane = 0; lane < sheet.n_lanes; lane++)
			assert_int_equal(strlen(sheet.lanes[lane].cells), sheet.n_cells);
	}
}

/* The moment of a question is that of this recording, not of the defaults. */
static void sheet__other_values__ask_at_their_own_moment(void **state)
{
	char *text = written("background", "own=300", false, &viz_sheet_md);
	(void)state;
	assert_has(text, "1. *At 300 ms.* After 300 ms main begins to wait");
	free(text);
	text = written("background", "own=300", false, &viz_sheet_html);
	assert_has(text, "<b>At 300 ms. After 300 ms");
	free(text);
}

static void sheet__code__is_marked_up_and_a_lone_backquote_is_itself(void **state)
{
	static const struct scn_point points[] = {{.ask = "`a` or `<b>`? a lone ` stays",
	                                           .options = {{.text = "`yes`"}, {.text = "no"}},
	                                           .because = "so",
	                                           .truth = SCN_TRUTH_ALWAYS}};
	const struct scn_teaching teaching = {points, 1, "``\n\n`x"};
	struct scenario lesson = *scn_find("hello");
	struct trace_model *model = lesson_model(&lesson, NULL);
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	(void)state;
	lesson.teaching = &teaching;
	assert_non_null(out);
	viz_sheet_make(&sheet, &lesson, model, true);
	viz_sheet_html.write(out, &sheet);
	fclose(out);
	assert_has(text, "<b><code>a</code> or <code>&lt;b&gt;</code>? a lone ` stays</b>");
	assert_has(text, "a. <code>yes</code>");
	assert_has(text, "<p><code></code></p>\n<p>`x</p>");
	free(text);
	trace_model_destroy(model);
}

static void sheet__format__by_name_and_by_ending(void **state)
{
	(void)state;
	assert_ptr_equal(viz_sheet_format(NULL, NULL), &viz_sheet_md);
	assert_ptr_equal(viz_sheet_format("html", NULL), &viz_sheet_html);
	assert_ptr_equal(viz_sheet_format(NULL, "a.b/x.html"), &viz_sheet_html);
	assert_ptr_equal(viz_sheet_format("md", "x.html"), &viz_sheet_md);
	assert_ptr_equal(viz_sheet_format(NULL, "x"), &viz_sheet_md);
	assert_null(viz_sheet_format("pdf", "x.html"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(sheet__semaphore_key__is_the_timeline),
	        cmocka_unit_test(sheet__without_key__gives_nothing_away),
	        cmocka_unit_test(sheet__other_parameters__other_answers),
	        cmocka_unit_test(sheet__no_time_passes__columns_are_steps),
	        cmocka_unit_test(sheet__html__is_one_closed_page_without_loads),
	        cmocka_unit_test(sheet__text_with_markup__is_escaped),
	        cmocka_unit_test(sheet__every_lesson__can_be_written),
	        cmocka_unit_test(sheet__other_values__ask_at_their_own_moment),
	        cmocka_unit_test(sheet__code__is_marked_up_and_a_lone_backquote_is_itself),
	        cmocka_unit_test(sheet__format__by_name_and_by_ending),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
