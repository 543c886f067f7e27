/* What is written of a film's frame turns the screen of before into the screen of now: played on a terminal of a few lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "viz/canvas/canvas.h"
#include "viz/text/utf8.h"

enum { ROWS = 7, COLS = 23 };

/* The characters of a terminal that knows the cursor's place, clearing, and to take no notice of colours. */
struct terminal {
	uint32_t cells[ROWS][COLS];
	int row, col;
};

static void clear(struct terminal *t)
{
	for (int r = 0; r < ROWS; r++)
		for (int c = 0; c < COLS; c++)
			t->cells[r][c] = ' ';
}

static const char *obey(struct terminal *t, const char *text)
{
	char *end;
	if (*text == '?') { /* a mode */
		while (*text != 'l' && *text != 'h')
			text++;
		return text + 1;
	}
	long first = strtol(text, &end, 10), second = *end == ';' ? strtol(end + 1, &end, 10) : 1;
	while (*end == ';')
		strtol(end + 1, &end, 10);
	if (*end == 'H')
		t->row = (int)first - 1, t->col = (int)second - 1;
	else if (*end == 'J')
		clear(t);
	else
		assert_int_equal(*end, 'm');
	return end + 1;
}

/* Half a wide character that is written over leaves a blank, as terminals do. */
static void put(struct terminal *t, uint32_t ch)
{
	int width = viz_utf8_width(ch);
	assert_in_range(t->row, 0, ROWS - 1);
	assert_in_range(t->col + width, 1, COLS);
	uint32_t *cell = &t->cells[t->row][t->col];
	if (cell[0] == 0 && t->col > 0)
		cell[-1] = ' ';
	if (t->col + width < COLS && cell[width] == 0)
		cell[width] = ' ';
	cell[0] = ch;
	if (width == 2)
		cell[1] = 0;
	t->col += width;
}

static void play(struct terminal *t, const char *text)
{
	while (*text != '\0')
		if (strncmp(text, "\x1b[", 2) == 0)
			text = obey(t, text + 2);
		else
			put(t, viz_utf8_next(&text));
}

static void scribble(struct viz_grid *grid, uint32_t *random, int n)
{
	static const char *const words[] = {"a", "abc", "日本", "█▌", " ", "日", "x日y", "   "};
	for (int i = 0; i < n; i++) {
		*random = *random * 1664525u + 1013904223u;
		uint32_t dice = *random >> 8;
		viz_grid_text(grid, (int)(dice % ROWS), (int)(dice / 7 % COLS), COLS,
		              (enum viz_style)(dice / 200 % VIZ_STYLE_COUNT),
		              words[dice / 3000 % 8]);
	}
}

static void expect_same(const struct terminal *t, const struct viz_grid *grid)
{
	for (int r = 0; r < ROWS; r++)
		for (int c = 0; c < COLS; c++)
			assert_int_equal(t->cells[r][c], grid->cells[r * COLS + c].ch);
}

static void change__of_any_two_grids__turns_one_into_the_other(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed < 400; seed++) {
		uint32_t random = seed;
		struct viz_grid grids[2];
		struct terminal t = {.row = 0};
		for (int i = 0; i < 2; i++) {
			random = seed; /* the second is the first, and then some */
			assert_int_equal(viz_grid_init(&grids[i], ROWS, COLS), 0);
			scribble(&grids[i], &random, 20 + i * (int)(seed % 5));
		}
		const struct viz_grid *before = NULL;
		for (int i = 0; i < 2; i++) {
			char *text = NULL;
			size_t n = 0;
			FILE *out = open_memstream(&text, &n);
			viz_canvas_ansi_change(before, &grids[i], VIZ_DEPTH_256, VIZ_THEME_DARK,
			                       out);
			fclose(out);
			if (i == 1 && seed % 5 == 0)
				assert_int_equal(n, 0);
			play(&t, text);
			expect_same(&t, &grids[i]);
			before = &grids[i];
			free(text);
		}
		viz_grid_fini(&grids[0]);
		viz_grid_fini(&grids[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(change__of_any_two_grids__turns_one_into_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
