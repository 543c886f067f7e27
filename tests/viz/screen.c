/* A painted screen in a test. A golden file is the screen as text, then a line of dashes, then the styles, a
 * letter a cell: small as screen_letters says, capital where the cell is marked.
 */
#include "tests/viz/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "viz/canvas/canvas.h"
#include "viz/text/utf8.h"

static const char screen_letters[VIZ_STYLE_COUNT + 1] = ".dtqksuhfawynbxge" /* PLAIN to ERROR */
                                                        "vlo"; /* LEVEL, LOOP, OVERDUE */

void screen_begin(struct screen *screen, const struct trace_model *model, int cols, int rows)
{
	*screen = (struct screen){.view = VIZ_VIEW_INIT, .scene = {.mode = VIZ_MODE_FILE}};
	screen->view.selected = TRACE_NONE;
	screen->scene.now_ns = model->t_end_ns;
	if (viz_grid_init(&screen->grid, rows, cols) != 0)
		abort();
}

void screen_paint(struct screen *screen, const struct trace_model *model)
{
	struct viz_layout *layout = &screen->layout;
	viz_layout(layout, screen->grid.rows, screen->grid.cols, &screen->view, model);
	viz_view_settle(&screen->view, model, layout->timeline.cols, layout->lines);
	viz_paint(&screen->grid, model, &screen->view, &screen->scene);
}

void screen_free(struct screen *screen)
{
	viz_grid_fini(&screen->grid);
}

char *screen_row(const struct screen *screen, int row, char *text, size_t text_bytes)
{
	const struct viz_cell *cells = screen->grid.cells + row * screen->grid.cols;
	size_t n = 0, end = 0;
	for (int col = 0; col < screen->grid.cols && n + VIZ_UTF8_MAX_BYTES < text_bytes; col++) {
		if (cells[col].ch != 0)
			n += viz_utf8_put(text + n, cells[col].ch);
		if (cells[col].ch != ' ')
			end = n;
	}
	text[end] = '\0';
	return text;
}

bool screen_has(const struct screen *screen, const char *text)
{
	char row[8192];
	for (int r = 0; r < screen->grid.rows; r++) {
		if (strstr(screen_row(screen, r, row, sizeof row), text) != NULL)
			return true;
	}
	return false;
}

static void write_styles(const struct viz_grid *grid, FILE *out)
{
	for (int r = 0; r < grid->rows; r++) {
		for (int c = 0; c < grid->cols; c++) {
			const struct viz_cell *cell = &grid->cells[r * grid->cols + c];
			int letter = screen_letters[cell->style];
			if (cell->marked)
				letter = letter == '.' ? ',' : letter - 'a' + 'A';
			fputc(letter, out);
		}
		fputc('\n', out);
	}
}

static void write_screen(const struct viz_grid *grid, FILE *out)
{
	viz_canvas_text(grid, out);
	fputs("----\n", out);
	write_styles(grid, out);
}

static char *read_all(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);
	if (file != NULL && text != NULL && fread(text, 1, (1 << 20) - 1, file) == 0)
		text[0] = '\0';
	if (file != NULL)
		fclose(file);
	return text;
}

/* Print the lines that differ, as `diff` would for two files of equal length. */
static void print_difference(const char *name, const char *want, const char *got)
{
	fprintf(stderr, "%s differs (GOLDEN=write rewrites it):\n", name);
	for (int line = 1; *want != '\0' || *got != '\0'; line++) {
		size_t w = strcspn(want, "\n"), g = strcspn(got, "\n");
		if (w != g || strncmp(want, got, w) != 0)
			fprintf(stderr, "%4d - %.*s\n     + %.*s\n", line, (int)w, want, (int)g,
			        got);
		want += w + (want[w] == '\n');
		got += g + (got[g] == '\n');
	}
}

bool screen_text_is_golden(const char *got, const char *name)
{
	const char *mode = getenv("GOLDEN");
	char path[256];
	snprintf(path, sizeof path, "tests/viz/golden/%s.txt", name);
	if (mode != NULL && strcmp(mode, "write") == 0) {
		FILE *out = fopen(path, "wb");
		return out != NULL && fputs(got, out) >= 0 && fclose(out) == 0;
	}
	char *want = read_all(path);
	bool same = want != NULL && strcmp(want, got) == 0;
	if (!same)
		print_difference(name, want != NULL ? want : "", got);
	free(want);
	return same;
}

bool screen_is_golden(const struct screen *screen, const char *name)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	if (out == NULL)
		return false;
	write_screen(&screen->grid, out);
	fclose(out);
	bool same = screen_text_is_golden(text, name);
	free(text);
	return same;
}
