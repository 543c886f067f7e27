/* The source pane: the line at which the selected task stands at the playhead, with what is around it. */
#include "viz/pane/pane.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "viz/view/source_line.h"

enum { LINE_BYTES = 400, TAB_COLS = 4 };

static void title(const struct viz_frame *frame, struct viz_text *text)
{
	struct viz_source_line where;
	if (!viz_source_line_find(frame->model, frame->view->selected, frame->ordinal, &where)) {
		viz_text_add(text, "the recording does not say where this is");
		return;
	}
	viz_text_add(text, "%s:%u", where.file, (unsigned)where.line);
}

/* Return the start of line `wanted` (from 1), and the number of the last line that there is if it comes before. */
static const char *find_line(const char *text, unsigned wanted)
{
	for (unsigned line = 1; line < wanted && *text != '\0'; line++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return text;
}

/* Copy a line with its tabs as spaces: cells know no tabs. */
static void expand(const char *line, size_t bytes, char text[LINE_BYTES])
{
	size_t n = 0;
	for (size_t i = 0; i < bytes && n + TAB_COLS < LINE_BYTES; i++) {
		if (line[i] != '\t') {
			text[n++] = line[i];
			continue;
		}
		for (int col = 0; col < TAB_COLS; col++)
			text[n++] = ' ';
	}
	text[n] = '\0';
}

static void paint_line(const struct viz_frame *frame, const struct viz_rect *rect, int row,
                       unsigned number, const char *text, bool is_here)
{
	char label[16];
	snprintf(label, sizeof label, "%4u", number);
	viz_grid_text(frame->grid, row, rect->col, 4, VIZ_STYLE_DIM, label);
	if (is_here)
		viz_grid_text(frame->grid, row, rect->col + 4, 1, VIZ_STYLE_PLAYHEAD, "▸");
	viz_grid_text(frame->grid, row, rect->col + 6, rect->cols - 6,
	              is_here ? VIZ_STYLE_TITLE : VIZ_STYLE_PLAIN, text);
}

/* Return the first line that is shown for one that is to stand in the middle. */
static unsigned top_line(uint32_t line, int rows)
{
	unsigned above = (unsigned)(rows - 1) / 2;
	unsigned wanted = line < INT_MAX / 2 ? line : INT_MAX / 2;
	return wanted > above ? wanted - above : 1;
}

static unsigned count_lines(const char *text)
{
	unsigned n = 0;
	for (; *text != '\0' && n < INT_MAX / 2; n++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return n;
}

static void limits(const struct viz_frame *frame, int rows, struct viz_scroll_limits *limits)
{
	struct viz_source_line where;
	const struct viz_source_text *source = frame->scene->source;
	*limits = (struct viz_scroll_limits){0, 0};
	if (source == NULL || source->text == NULL ||
	    !viz_source_line_find(frame->model, frame->view->selected, frame->ordinal, &where))
		return;
	int top = (int)top_line(where.line, rows), n = (int)count_lines(source->text);
	limits->least = 1 - top;
	limits->most = n - rows + 1 > top ? n - rows + 1 - top : 0;
}

static void paint(const struct viz_frame *frame, const struct viz_rect *rect)
{
	struct viz_source_line where;
	const struct viz_source_text *source = frame->scene->source;
	if (!viz_source_line_find(frame->model, frame->view->selected, frame->ordinal, &where))
		return;
	if (source == NULL || source->text == NULL || strcmp(source->path, where.path) != 0) {
		viz_grid_text(frame->grid, rect->row, rect->col, rect->cols, VIZ_STYLE_DIM,
		              "the source is not here");
		return;
	}
	struct viz_scroll_limits far;
	limits(frame, rect->rows, &far);
	unsigned number = (unsigned)((int)top_line(where.line, rect->rows) +
	                             viz_pane_scroll(frame, VIZ_PANE_SOURCE, &far));
	const char *line = find_line(source->text, number);
	for (int i = 0; i < rect->rows && *line != '\0'; i++, number++) {
		char text[LINE_BYTES];
		size_t bytes = strcspn(line, "\n");
		expand(line, bytes, text);
		paint_line(frame, rect, rect->row + i, number, text, number == where.line);
		line += bytes + (line[bytes] == '\n');
	}
}

const struct viz_pane_ops viz_pane_source = {.title = title, .paint = paint, .limits = limits};
