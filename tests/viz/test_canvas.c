/* The canvases: what a grid becomes as text, as ANSI and as SVG, and the palette that they share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/viz/tape.h"
#include "viz/canvas/canvas.h"
#include "viz/export/export.h"
#include "viz/canvas/glyph.h"

/* A small grid with one of everything that a canvas has to care about. */
static struct viz_grid small_grid(void)
{
	struct viz_grid grid;
	assert_int_equal(viz_grid_init(&grid, 3, 8), 0);
	viz_grid_text(&grid, 0, 0, 8, VIZ_STYLE_PLAIN, "a<&>\"b");
	viz_grid_text(&grid, 1, 0, 8, VIZ_STYLE_TITLE, "日本");
	viz_glyph_put(&grid, 1, 5, VIZ_GLYPH_RUNNING, false);
	viz_glyph_put(&grid, 1, 6, VIZ_GLYPH_BLOCKED, false);
	viz_glyph_put(&grid, 2, 0, VIZ_GLYPH_READY, false);
	viz_grid_cell(&grid, 2, 2)->marked = true;
	return grid;
}

static char *drawn(void (*draw)(const struct viz_grid *grid, FILE *out))
{
	char *text = NULL;
	size_t n;
	struct viz_grid grid = small_grid();
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	draw(&grid, out);
	fclose(out);
	viz_grid_fini(&grid);
	return text;
}

static void draw_256(const struct viz_grid *grid, FILE *out)
{
	viz_canvas_ansi(grid, VIZ_DEPTH_256, VIZ_THEME_DARK, out);
}

static void draw_mono(const struct viz_grid *grid, FILE *out)
{
	viz_canvas_ansi(grid, VIZ_DEPTH_MONO, VIZ_THEME_DARK, out);
}

static void draw_svg(const struct viz_grid *grid, FILE *out)
{
	viz_canvas_svg(grid, false, "a <title> & \"more\"", out);
}

static void text__small_grid__is_characters_without_trailing_blanks(void **state)
{
	(void)state;
	char *text = drawn(viz_canvas_text);
	assert_string_equal(text, "a<&>\"b\n日本 █▓\n░\n");
	free(text);
}

static void ansi__small_grid__changes_colour_only_where_it_must(void **state)
{
	(void)state;
	char *text = drawn(draw_256);
	assert_string_equal(
	        text, "a<&>\"b\n"
	              "\x1b[0;1m日本\x1b[0m \x1b[0;38;5;74m█\x1b[0;38;5;166;48;5;16m▓\x1b[0m\n"
	              "\x1b[0;38;5;16;48;5;227m░\x1b[0m \x1b[0;4m \x1b[0m\n");
	free(text);
}

static void ansi__without_colours__uses_attributes_only(void **state)
{
	(void)state;
	char *text = drawn(draw_mono);
	assert_null(strstr(text, ";5;"));
	assert_null(strstr(text, "[3"));
	assert_non_null(strstr(text, "\x1b[0;1m日本"));
	free(text);
}

/* Check that tags are closed and quotes paired: enough of XML for a file that we write ourselves. */
static void check_xml(const char *text)
{
	int depth = 0;
	for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
		const char *end = strchr(at, '>');
		assert_non_null(end);
		int quotes = 0;
		for (const char *c = at; c < end; c++)
			quotes += *c == '"';
		assert_int_equal(quotes % 2, 0);
		depth += at[1] == '/' ? -1 : end[-1] == '/' ? 0 : 1;
		assert_true(depth >= 0);
	}
	assert_int_equal(depth, 0);
}

static void svg__small_grid__is_well_formed_and_keeps_its_text(void **state)
{
	(void)state;
	char *text = drawn(draw_svg);
	check_xml(text);
	assert_non_null(strstr(text, "a&lt;&amp;&gt;&quot;b</text>"));
	assert_non_null(strstr(text, "<title>a &lt;title&gt; &amp; &quot;more&quot;</title>"));
	assert_non_null(strstr(text, ">日</text>"));
	assert_null(strstr(text, "href"));
	assert_null(strstr(text, "script"));
	free(text);
}

static void exports__whole_lesson__hold_every_lane_and_every_line(void **state)
{
	int (*const exports[])(const struct trace_model *, const struct viz_export_options *,
	                       FILE *) = {viz_export_text, viz_export_ansi, viz_export_svg};
	struct viz_export_options options = VIZ_EXPORT_OPTIONS_INIT;
	struct tape tape;
	char *text = NULL;
	size_t n;
	(void)state;
	const struct trace_model *model = tape_semaphore(&tape);
	for (size_t i = 0; i < 3; i++) {
		FILE *out = open_memstream(&text, &n);
		assert_int_equal(exports[i](model, &options, out), 0);
		fclose(out);
		for (uint32_t lane = 1; lane < model->n_lanes; lane++) {
			if (strchr(model->lanes[lane].name, ' ') == NULL)
				assert_non_null(strstr(text, model->lanes[lane].name));
		}
		size_t n_released = 0;
		for (const char *at = text; (at = strstr(at, "Releasing")) != NULL; at++)
			n_released++;
		assert_int_equal(n_released, 5);
		free(text);
	}
	tape_free(&tape);
}

static void export__screen_without_a_selection__explains_who_needs_it(void **state)
{
	struct tape tape;
	char *text = NULL;
	size_t n;
	(void)state;
	struct viz_export_options options = VIZ_EXPORT_OPTIONS_INIT;
	options.rows = 24;
	options.has_at = true;
	options.at_ns = 412 * TAPE_MS;
	const struct trace_model *model = tape_semaphore(&tape);
	FILE *out = open_memstream(&text, &n);
	assert_int_equal(viz_export_text(model, &options, out), 0);
	fclose(out);
	assert_non_null(strstr(text, "Task 4 waits for semaphore permits"));
	free(text);
	tape_free(&tape);
}

static void export__made_twice__is_the_same_bytes(void **state)
{
	struct tape tape;
	char *text[2];
	size_t n;
	(void)state;
	const struct trace_model *model = tape_endings(&tape);
	struct viz_export_options options = VIZ_EXPORT_OPTIONS_INIT;
	for (int i = 0; i < 2; i++) {
		FILE *out = open_memstream(&text[i], &n);
		assert_int_equal(viz_export_svg(model, &options, out), 0);
		fclose(out);
	}
	check_xml(text[0]);
	assert_string_equal(text[0], text[1]);
	free(text[0]);
	free(text[1]);
	tape_free(&tape);
}

static void check_states(enum viz_depth depth, enum viz_theme theme)
{
	static const enum viz_glyph glyphs[] = {VIZ_GLYPH_RUNNING, VIZ_GLYPH_READY,
	                                        VIZ_GLYPH_WAITING, VIZ_GLYPH_BLOCKED,
	                                        VIZ_GLYPH_CANCELLED};
	for (size_t i = 0; i < 5; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct viz_glyph_row *a = viz_glyph_row(glyphs[i]);
			const struct viz_glyph_row *b = viz_glyph_row(glyphs[k]);
			struct viz_cell ca = {a->utf8, (uint8_t)a->style, false};
			struct viz_cell cb = {b->utf8, (uint8_t)b->style, false};
			struct viz_look la = viz_palette_look(&ca, depth, theme);
			struct viz_look lb = viz_palette_look(&cb, depth, theme);
			if (la.fg == lb.fg && la.bg == lb.bg)
				fail_msg("depth %d theme %d: %s looks like %s", depth, theme,
				         a->word, b->word);
		}
	}
}

static void palette__every_state__is_told_apart_at_every_depth(void **state)
{
	(void)state;
	for (int depth = VIZ_DEPTH_8; depth < VIZ_DEPTH_COUNT; depth++) {
		check_states((enum viz_depth)depth, VIZ_THEME_DARK);
		check_states((enum viz_depth)depth, VIZ_THEME_LIGHT);
	}
}

static void check_looks(enum viz_depth depth, enum viz_theme theme)
{
	static const int32_t limits[VIZ_DEPTH_COUNT] = {0, 8, 16, 256, 0x1000000};
	static const uint32_t chars[] = {' ', 'a', 0x2588, 0x258c, 0x2590, 0x2591, 0x2593};
	int32_t limit = theme == VIZ_THEME_MONO ? 0 : limits[depth];
	for (int style = 0; style < VIZ_STYLE_COUNT; style++) {
		for (size_t i = 0; i < sizeof chars / sizeof chars[0]; i++) {
			struct viz_cell cell = {chars[i], (uint8_t)style, i % 2};
			struct viz_look look = viz_palette_look(&cell, depth, theme);
			assert_true(look.fg >= -1 && look.fg < limit);
			assert_true(look.bg >= -1 && look.bg < limit);
			assert_true(look.attrs < 16);
			assert_non_null(viz_palette_svg(&cell, true).fg);
			assert_non_null(viz_palette_svg(&cell, false).fg);
		}
	}
}

static void palette__any_cell__never_blinks_and_stays_within_its_colours(void **state)
{
	(void)state;
	for (int depth = 0; depth < VIZ_DEPTH_COUNT; depth++)
		for (int theme = 0; theme < VIZ_THEME_COUNT; theme++)
			check_looks((enum viz_depth)depth, (enum viz_theme)theme);
}

static void theme__what_the_terminal_says__dark_when_it_says_nothing(void **state)
{
	(void)state;
	assert_int_equal(viz_theme_of("0;15"), VIZ_THEME_LIGHT);
	assert_int_equal(viz_theme_of("0;default;7"), VIZ_THEME_LIGHT);
	assert_int_equal(viz_theme_of("15;0"), VIZ_THEME_DARK);
	assert_int_equal(viz_theme_of("nonsense"), VIZ_THEME_DARK);
	assert_int_equal(viz_theme_of(NULL), VIZ_THEME_DARK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(text__small_grid__is_characters_without_trailing_blanks),
	        cmocka_unit_test(ansi__small_grid__changes_colour_only_where_it_must),
	        cmocka_unit_test(ansi__without_colours__uses_attributes_only),
	        cmocka_unit_test(svg__small_grid__is_well_formed_and_keeps_its_text),
	        cmocka_unit_test(exports__whole_lesson__hold_every_lane_and_every_line),
	        cmocka_unit_test(export__screen_without_a_selection__explains_who_needs_it),
	        cmocka_unit_test(export__made_twice__is_the_same_bytes),
	        cmocka_unit_test(palette__every_state__is_told_apart_at_every_depth),
	        cmocka_unit_test(palette__any_cell__never_blinks_and_stays_within_its_colours),
	        cmocka_unit_test(theme__what_the_terminal_says__dark_when_it_says_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
