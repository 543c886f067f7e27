/* A lane is in the scopes of its parent that were open when it was born; and in those that its parent was started in, and so on, as
 * long as they were open then, too: what a task starts after a timeout around it is over is in none. What becomes of a scope later
 * changes nothing, so a bracket around its lanes stays where it is when the playhead moves on.
 */
#include "viz/painter/scope_lines.h"

/* Add the scopes of `owner` that were open at event `from` and at event `born`, the innermost one first. */
static void add_open(struct viz_scope_line *line, const struct trace_model *model, uint32_t owner,
                     uint32_t from, uint32_t born)
{
	uint32_t scope = model->lanes[owner].n_scopes > 0 ? trace_lane_scope(model, owner, from)
	                                                  : TRACE_NONE;
	for (int i = 0; scope != TRACE_NONE && i < VIZ_SCOPE_DEPTH_MAX; i++) {
		const struct trace_scope *it = &model->scopes[scope];
		if (line->n == VIZ_SCOPE_DEPTH_MAX)
			return;
		if (it->kind < TRACE_SCOPE_KIND_END && trace_scope_is_open(it, born))
			line->in[line->n++] = scope;
		scope = it->outer;
	}
}

static void find(struct viz_scope_line *line, const struct viz_frame *frame)
{
	const struct trace_lane *lanes = frame->model->lanes;
	uint32_t at = line->lane, born = lanes[at].born;
	if (lanes[at].kind != TRACE_LANE_TASK || born > frame->ordinal)
		return;
	for (int i = 0; i < VIZ_SCOPE_DEPTH_MAX && lanes[at].parent < frame->model->n_lanes; i++) {
		add_open(line, frame->model, lanes[at].parent, lanes[at].born, born);
		at = lanes[at].parent;
	}
}

void viz_scope_lines_find(struct viz_scope_lines *lines, const struct viz_frame *frame)
{
	const struct viz_layout *at = &frame->at;
	lines->n = 0;
	while (lines->n < at->lines && lines->n < VIZ_SCOPE_LINES_MAX) {
		uint32_t lane = viz_rows_lane(&frame->rows, frame->view, at->lines, lines->n);
		struct viz_scope_line *line = &lines->lines[lines->n];
		if (lane == TRACE_NONE)
			return;
		line->lane = lane;
		line->n = 0;
		find(line, frame);
		lines->n++;
	}
}

bool viz_scope_lines_has(const struct viz_scope_lines *lines, int line, uint32_t scope)
{
	const struct viz_scope_line *it = &lines->lines[line];
	for (int i = 0; i < it->n; i++)
		if (it->in[i] == scope)
			return true;
	return false;
}

int viz_scope_lines_last(const struct viz_scope_lines *lines, int first, uint32_t scope)
{
	int last = first;
	for (int line = first + 1; line < lines->n; line++)
		if (viz_scope_lines_has(lines, line, scope))
			last = line;
	return last;
}
