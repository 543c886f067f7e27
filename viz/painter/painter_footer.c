/* The footer: the keys that apply now, the most important first, as many as fit. */
#include "viz/input/action.h"
#include "viz/painter/frame.h"
#include "viz/text/utf8.h"

#define HINTS_MAX 32

static void paint_hints(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.footer;
	const struct viz_scene *scene = frame->scene;
	struct viz_hint hints[HINTS_MAX];
	bool searched = scene->search != NULL && scene->search[0] != '\0';
	unsigned where = viz_where_of(scene->mode, !scene->is_others) |
	                 (searched ? (unsigned)VIZ_IN_SEARCH : 0);
	size_t n = viz_action_hints_in(where, scene->can_step, hints, HINTS_MAX);
	int col = rect->col, end = rect->col + rect->cols;
	for (size_t i = 0; i < n && i < HINTS_MAX; i++) {
		int keys = viz_utf8_cols(hints[i].keys), text = viz_utf8_cols(hints[i].text);
		if (col + keys + 1 + text > end)
			return;
		viz_grid_text(frame->grid, rect->row, col, keys, VIZ_STYLE_KEY, hints[i].keys);
		viz_grid_text(frame->grid, rect->row, col + keys + 1, text, VIZ_STYLE_DIM,
		              hints[i].text);
		col += keys + 1 + text + 2;
	}
}

/* What is being typed says how it is ended. */
static const char *hint_of(char sign)
{
	return sign == ':'   ? "300, 1.5s, +50, #27; esc back"
	       : sign == '/' ? "enter keep, then n N; esc back"
	                     : "enter keep; empty: all; esc back";
}

bool viz_notice_is_long(const struct viz_frame *frame)
{
	const char *notice = frame->scene->notice;
	return notice != NULL && frame->at.detail.rows > 0 &&
	       viz_utf8_cols(notice) > frame->at.footer.cols;
}

void viz_paint_footer(const struct viz_frame *frame)
{
	const struct viz_rect *rect = &frame->at.footer;
	const struct viz_scene *scene = frame->scene;
	int row = rect->rows > 0 ? rect->row : frame->grid->rows - 1;
	if (scene->prompt != NULL)
		viz_prompt_paint(scene->prompt, frame->grid, row, hint_of(scene->prompt->sign));
	else if (scene->notice != NULL && rect->rows > 0 && !viz_notice_is_long(frame))
		viz_grid_text(frame->grid, row, rect->col, rect->cols, VIZ_STYLE_ALERT,
		              scene->notice);
	else if (rect->rows > 0)
		paint_hints(frame);
}
