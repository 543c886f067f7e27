/* The grid and what it is made with: UTF-8, widths, times, the axis, level glyphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "tests/viz/screen.h"
#include "viz/view/axis.h"
#include "viz/text/format_time.h"
#include "viz/canvas/glyph.h"
#include "viz/text/utf8.h"

static void expect_text(int width, const char *text, const char *want, int want_cols)
{
	struct screen screen = {0};
	char row[256];
	assert_int_equal(viz_grid_init(&screen.grid, 1, 12), 0);
	assert_int_equal(viz_grid_text(&screen.grid, 0, 1, width, VIZ_STYLE_PLAIN, text),
	                 want_cols);
	assert_string_equal(screen_row(&screen, 0, row, sizeof row), want);
	screen_free(&screen);
}

static void text__any__is_clipped_to_its_width(void **state)
{
	(void)state;
	expect_text(5, "abc", " abc", 3);
	expect_text(3, "abc", " abc", 3);
	expect_text(3, "abcd", " ab…", 3);
	expect_text(0, "abcd", "", 0);
	expect_text(99, "abcdefghijklmnop", " abcdefghij…", 11);
	expect_text(5, "naïve", " naïve", 5);
}

static void text__wide_characters__take_two_cells_and_are_never_halved(void **state)
{
	(void)state;
	expect_text(4, "日本", " 日本", 4);
	expect_text(3, "日本", " 日…", 3);
	expect_text(4, "日本語", " 日…", 3);
	expect_text(2, "🚀🚀", " …", 1);
	expect_text(6, "a🚀b", " a🚀b", 4);
	expect_text(11, "日本語日本語", " 日本語日本…", 11);
}

static void text__marks_that_combine__are_left_out(void **state)
{
	(void)state;
	expect_text(6, "e\xcc\x81t\xcc\x81", " et", 2);
}

static void text__controls_and_broken_bytes__become_replacements(void **state)
{
	(void)state;
	expect_text(8, "a\x1b[1mb", " a\xef\xbf\xbd[1mb", 6);
	expect_text(8, "a\x7f\n", " a\xef\xbf\xbd\xef\xbf\xbd", 3);
	expect_text(8,
	            "\xc2\x9b"
	            "1m",
	            " \xef\xbf\xbd"
	            "1m",
	            3);
	expect_text(8, "\xff\xc0\xaf", " \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3);
	expect_text(8,
	            "\xe2\x80\xae"
	            "abc",
	            " \xef\xbf\xbd"
	            "abc",
	            4);
	expect_text(8, "\xed\xa0\x80", " \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3);
	expect_text(8, "\xe6\x97", " \xef\xbf\xbd\xef\xbf\xbd", 2);
}

static void put__over_half_a_wide_character__blanks_the_other_half(void **state)
{
	struct screen screen = {0};
	char row[64];
	(void)state;
	assert_int_equal(viz_grid_init(&screen.grid, 1, 6), 0);
	viz_grid_text(&screen.grid, 0, 0, 6, VIZ_STYLE_PLAIN, "日本");
	viz_grid_put(&screen.grid, 0, 1, 'x', VIZ_STYLE_PLAIN);
	assert_string_equal(screen_row(&screen, 0, row, sizeof row), " x本");
	viz_grid_put(&screen.grid, 0, 2, 'y', VIZ_STYLE_PLAIN);
	assert_string_equal(screen_row(&screen, 0, row, sizeof row), " xy");
	viz_grid_put(&screen.grid, 0, 2, 0x65e5, VIZ_STYLE_PLAIN);
	assert_int_equal(screen.grid.cells[2].ch, 0x65e5);
	assert_int_equal(screen.grid.cells[3].ch, 0);
	viz_grid_put(&screen.grid, 0, 5, 0x65e5, VIZ_STYLE_PLAIN);
	assert_int_equal(screen.grid.cells[5].ch, ' ');
	screen_free(&screen);
}

static void put__outside__does_nothing(void **state)
{
	struct viz_grid grid;
	(void)state;
	assert_int_equal(viz_grid_init(&grid, 2, 2), 0);
	static const int places[][2] = {{-1, 0}, {0, -1}, {2, 0}, {0, 2}, {1 << 30, 1 << 30}};
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		viz_grid_put(&grid, places[i][0], places[i][1], 'x', VIZ_STYLE_PLAIN);
		assert_null(viz_grid_cell(&grid, places[i][0], places[i][1]));
		assert_int_equal(viz_grid_text(&grid, places[i][0], places[i][1], 2,
		                               VIZ_STYLE_PLAIN, "x"),
		                 0);
	}
	for (int i = 0; i < 4; i++)
		assert_int_equal(grid.cells[i].ch, ' ');
	viz_grid_fini(&grid);
}

static void utf8__every_code_point__survives_the_round_trip(void **state)
{
	(void)state;
	for (uint32_t ch = 1; ch <= 0x110000; ch++) {
		char bytes[VIZ_UTF8_MAX_BYTES + 1] = "";
		const char *at = bytes;
		size_t n = viz_utf8_put(bytes, ch);
		bool is_scalar = ch < 0x110000 && (ch < 0xd800 || ch > 0xdfff);
		if (viz_utf8_next(&at) != (is_scalar ? ch : VIZ_UTF8_REPLACEMENT) ||
		    at != bytes + n)
			fail_msg("U+%04X does not survive", ch);
	}
}

static void width__of_known_characters__is_the_terminals(void **state)
{
	(void)state;
	static const struct {
		uint32_t ch;
		int cols;
	} rows[] = {{'a', 1},     {0xe9, 1},   {0x301, 0},  {0x4e00, 2}, {0xac00, 2},  {0xff21, 2},
	            {0x1f600, 2}, {0x2588, 1}, {0x25bc, 1}, {0x200d, 0}, {0xfe0f, 0},  {0x3042, 2},
	            {0x20000, 2}, {0x2026, 1}, {0x00b7, 1}, {0x303f, 1}, {0x10ffff, 1}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (viz_utf8_width(rows[i].ch) != rows[i].cols)
			fail_msg("U+%04X is not %d wide", rows[i].ch, rows[i].cols);
	}
}

static void format_time__any_size__reads_well(void **state)
{
	static const struct {
		uint64_t ns;
		const char *text;
	} rows[] = {{0, "0 ms"},
	            {1, "1 ns"},
	            {999, "999 ns"},
	            {1000, "1 us"},
	            {1500, "1.5 us"},
	            {999999, "999.999 us"},
	            {1000000, "1 ms"},
	            {412000000, "412 ms"},
	            {300250000, "300.25 ms"},
	            {1800000000, "1800 ms"},
	            {9999999999, "9999.999 ms"},
	            {10000000000, "10 s"},
	            {12345678901, "12.345 s"},
	            {UINT64_MAX, "18446744073.709 s"}};
	char text[VIZ_TIME_BYTES];
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(viz_format_time(text, rows[i].ns), rows[i].text);
	assert_string_equal(viz_format_time_in(text, 1999999, VIZ_TIME_MS, 0), "1");
	assert_string_equal(viz_format_time_in(text, 1000000001, VIZ_TIME_S, 9), "1.000000001");
	assert_string_equal(viz_format_time_in(text, 5, VIZ_TIME_NS, 9), "5");
}

static void axis__every_column__holds_exactly_its_times(void **state)
{
	static const struct viz_axis axes[] = {
	        {.from = 0, .span = 900000000, .cols = 43},
	        {.from = 123456789, .span = 1000, .cols = 77},
	        {.from = 0, .span = 7, .cols = 20},
	        {.from = 5, .span = 1, .cols = 1},
	        {.from = 1, .span = UINT64_MAX / 2, .cols = 300},
	        {.from = 0, .span = 300, .cols = 300},
	};
	(void)state;
	for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++) {
		const struct viz_axis *axis = &axes[i];
		assert_true(viz_axis_edge(axis, 0) == axis->from);
		assert_true(viz_axis_edge(axis, axis->cols) == axis->from + axis->span);
		for (int col = 0; col < axis->cols; col++) {
			uint64_t from = viz_axis_edge(axis, col), to = viz_axis_edge(axis, col + 1);
			assert_true(from <= to);
			if (from < to) {
				assert_int_equal(viz_axis_col(axis, from), col);
				assert_int_equal(viz_axis_col(axis, to - 1), col);
			}
		}
		assert_int_equal(viz_axis_col(axis, axis->from + axis->span), axis->cols);
		if (axis->from > 0)
			assert_int_equal(viz_axis_col(axis, axis->from - 1), -1);
	}
}

static void ticks__at_any_zoom__are_round_and_apart(void **state)
{
	(void)state;
	for (uint64_t span_ns = 40; span_ns < UINT64_MAX / 100; span_ns = span_ns * 7 / 3) {
		struct viz_axis axis = {.span = span_ns, .cols = 80};
		uint64_t tick_ns = viz_axis_tick_ns(&axis, 8), mantissa = tick_ns;
		while (mantissa % 10 == 0)
			mantissa /= 10;
		assert_true(mantissa == 1 || mantissa == 2 || mantissa == 5);
		assert_true(tick_ns >= span_ns / 80 * 8);
		assert_true(tick_ns <= span_ns / 80 * 8 * 5 / 2 + 20);
	}
}

static void level__of_any_height__keeps_none_and_full_apart_from_the_rest(void **state)
{
	(void)state;
	for (int64_t max = 1; max <= 1000; max += 37) {
		for (int64_t value = 1; value < max; value++) {
			for (int ascii = 0; ascii < 2; ascii++) {
				uint32_t ch = viz_glyph_level(value, max, ascii);
				assert_int_not_equal(ch, viz_glyph_level(0, max, ascii));
				assert_int_not_equal(ch, viz_glyph_level(max, max, ascii));
			}
		}
	}
	assert_int_equal(viz_glyph_level(7, 9, true), '7');
	assert_int_equal(viz_glyph_level(2, 2, false), 0x2588);
}

static void glyphs__of_one_look__are_told_apart_without_colour(void **state)
{
	static const enum viz_glyph states[] = {VIZ_GLYPH_RUNNING,   VIZ_GLYPH_READY,
	                                        VIZ_GLYPH_WAITING,   VIZ_GLYPH_OVERDUE,
	                                        VIZ_GLYPH_BLOCKED,   VIZ_GLYPH_DONE,
	                                        VIZ_GLYPH_CANCELLED, VIZ_GLYPH_DELIVERED,
	                                        VIZ_GLYPH_ERROR,     VIZ_GLYPH_STEP};
	size_t n = sizeof states / sizeof states[0];
	(void)state;
	for (size_t i = 0; i < n; i++) {
		const struct viz_glyph_row *a = viz_glyph_row(states[i]);
		assert_in_range(a->ascii, '!', '~');
		assert_int_equal(viz_utf8_width(a->utf8), 1);
		for (size_t k = 0; k < i; k++) {
			const struct viz_glyph_row *b = viz_glyph_row(states[k]);
			assert_int_not_equal(a->utf8, b->utf8);
			assert_int_not_equal(a->ascii, b->ascii);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(text__any__is_clipped_to_its_width),
	        cmocka_unit_test(text__wide_characters__take_two_cells_and_are_never_halved),
	        cmocka_unit_test(text__marks_that_combine__are_left_out),
	        cmocka_unit_test(text__controls_and_broken_bytes__become_replacements),
	        cmocka_unit_test(put__over_half_a_wide_character__blanks_the_other_half),
	        cmocka_unit_test(put__outside__does_nothing),
	        cmocka_unit_test(utf8__every_code_point__survives_the_round_trip),
	        cmocka_unit_test(width__of_known_characters__is_the_terminals),
	        cmocka_unit_test(format_time__any_size__reads_well),
	        cmocka_unit_test(axis__every_column__holds_exactly_its_times),
	        cmocka_unit_test(ticks__at_any_zoom__are_round_and_apart),
	        cmocka_unit_test(level__of_any_height__keeps_none_and_full_apart_from_the_rest),
	        cmocka_unit_test(glyphs__of_one_look__are_told_apart_without_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
