/* Golden looks: what the cells of a screen look like on a terminal, at the sizes that matter: in 256 and in 8 colours on dark and on light, without
 * colours, and without colours in ASCII. The characters stand in the golden screens. `make golden` rewrites both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/viz/screen.h"
#include "tests/viz/tape.h"
#include "viz/canvas/glyph.h"
#include "viz/canvas/palette.h"

#define LOOKS_MAX 62

static const char letters[] = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

struct looks {
	struct viz_look of[LOOKS_MAX];
	int n;
};

static int number_of(struct looks *looks, struct viz_look look)
{
	int i = 0;
	while (i < looks->n && (looks->of[i].fg != look.fg || looks->of[i].bg != look.bg ||
	                        looks->of[i].attrs != look.attrs))
		i++;
	if (i == looks->n) {
		assert_true(looks->n < LOOKS_MAX);
		looks->of[looks->n++] = look;
	}
	return i;
}

/* A letter a cell, then what each letter means. The terminal's own look is a dot. */
static char *text_of(const struct viz_grid *grid, enum viz_depth depth, enum viz_theme theme)
{
	struct looks looks = {.of = {{-1, -1, 0}}, .n = 1};
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	assert_non_null(out);
	for (int row = 0; row < grid->rows; row++) {
		for (int col = 0; col < grid->cols; col++) {
			const struct viz_cell *cell = &grid->cells[row * grid->cols + col];
			struct viz_look look = viz_palette_look(cell, depth, theme);
			if (depth == VIZ_DEPTH_MONO)
				look.fg = look.bg = -1;
			fputc(letters[number_of(&looks, look)], out);
		}
		fputc('\n', out);
	}
	for (int i = 0; i < looks.n; i++) {
		const struct viz_look *look = &looks.of[i];
		fprintf(out, "%c  %d on %d%s%s%s%s\n", letters[i], (int)look->fg, (int)look->bg,
		        look->attrs & VIZ_ATTR_BOLD ? " bold" : "",
		        look->attrs & VIZ_ATTR_DIM ? " dim" : "",
		        look->attrs & VIZ_ATTR_REVERSE ? " reverse" : "",
		        look->attrs & VIZ_ATTR_UNDERLINE ? " underline" : "");
	}
	fclose(out);
	return text;
}

static const struct {
	const char *name;
	enum viz_depth depth;
	enum viz_theme theme;
	bool ascii;
} kinds[] = {
        {"256", VIZ_DEPTH_256, VIZ_THEME_DARK, false},
        {"8-light", VIZ_DEPTH_8, VIZ_THEME_LIGHT, false},
        {"mono", VIZ_DEPTH_MONO, VIZ_THEME_DARK, false},
        {"mono-ascii", VIZ_DEPTH_MONO, VIZ_THEME_DARK, true},
};

static const int sizes[][2] = {{40, 10}, {80, 24}, {120, 40}, {200, 50}, {300, 100}};

static int n_that_differ(const struct trace_model *model, int cols, int rows)
{
	int n_bad = 0;
	for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
		char name[80];
		struct screen screen;
		snprintf(name, sizeof name, "looks-%dx%d-%s", cols, rows, kinds[kind].name);
		screen_begin(&screen, model, cols, rows);
		screen.view.ascii = kinds[kind].ascii;
		screen.view.selected = model->order[1];
		viz_view_seek(&screen.view, model, 425 * TAPE_MS);
		screen_paint(&screen, model);
		char *text = text_of(&screen.grid, kinds[kind].depth, kinds[kind].theme);
		n_bad += !screen_text_is_golden(text, name);
		free(text);
		screen_free(&screen);
	}
	return n_bad;
}

static void looks__every_size_and_kind__are_as_their_golden_files(void **state)
{
	struct tape tape;
	int n_bad = 0;
	(void)state;
	const struct trace_model *model = tape_marks(&tape);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		n_bad += n_that_differ(model, sizes[i][0], sizes[i][1]);
	assert_int_equal(n_bad, 0);
	tape_free(&tape);
}

/* Without colours a state is known by its character: no two states may share one, nor a state and what is blank. */
static void mono__states__have_characters_of_their_own(void **state)
{
	static const enum viz_glyph states[] = {
	        VIZ_GLYPH_RUNNING,   VIZ_GLYPH_STEP,         VIZ_GLYPH_READY,
	        VIZ_GLYPH_WAITING,   VIZ_GLYPH_OVERDUE,      VIZ_GLYPH_BLOCKED,
	        VIZ_GLYPH_DONE,      VIZ_GLYPH_BLOCKED_PART, VIZ_GLYPH_CANCELLED,
	        VIZ_GLYPH_ERROR,     VIZ_GLYPH_HATCH,        VIZ_GLYPH_REQUESTED,
	        VIZ_GLYPH_SWALLOWED, VIZ_GLYPH_SHIELDED,     VIZ_GLYPH_DEADLINE,
	        VIZ_GLYPH_DELIVERED, VIZ_GLYPH_NEVER_AWAITED};
	(void)state;
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		for (size_t k = 0; k < i; k++) {
			const struct viz_glyph_row *a = viz_glyph_row(states[i]);
			const struct viz_glyph_row *b = viz_glyph_row(states[k]);
			assert_int_not_equal(a->utf8, b->utf8);
			assert_int_not_equal(a->ascii, b->ascii);
			assert_int_not_equal(a->ascii, ' ');
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(looks__every_size_and_kind__are_as_their_golden_files),
	        cmocka_unit_test(mono__states__have_characters_of_their_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
