/* Which lines of the screen stand in which scopes: a task is in the scopes that were open around it when it was started. */
#ifndef GANTTOP_VIZ_PAINTER_SCOPE_LINES_H
#define GANTTOP_VIZ_PAINTER_SCOPE_LINES_H

#include "viz/painter/frame.h"

enum { VIZ_SCOPE_LINES_MAX = 400, VIZ_SCOPE_DEPTH_MAX = 16 };

struct viz_scope_lines {
	int n; /* lines that were looked at */
	struct viz_scope_line {
		uint32_t lane;
		int n;                            /* scopes that the lane was started in */
		uint32_t in[VIZ_SCOPE_DEPTH_MAX]; /* the innermost one first */
	} lines[VIZ_SCOPE_LINES_MAX];
};

/* Find the scopes of every lane on the screen, as far as they are known at the playhead.
 * cost: lines times how deep they are, and a search in each. */
void viz_scope_lines_find(struct viz_scope_lines *lines, const struct viz_frame *frame);

/* Return whether the lane of a line was started in the scope, or in one within it. */
bool viz_scope_lines_has(const struct viz_scope_lines *lines, int line, uint32_t scope);

/* Return the last line from `first` on that is in the scope; `first` is. */
int viz_scope_lines_last(const struct viz_scope_lines *lines, int first, uint32_t scope);

#endif
