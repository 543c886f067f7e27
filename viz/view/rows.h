/* The rows: which lanes are drawn, and in which order. A pure function of the model and the view.
 *
 * Pinned lanes come first and are always in sight; below them the others scroll. Folding leaves out what is below a
 * task in the tree, the filter what does not match, and sorting orders the tasks among themselves.
 */
#ifndef GANTTOP_VIZ_VIEW_ROWS_H
#define GANTTOP_VIZ_VIEW_ROWS_H

#include "viz/view/view.h"

struct viz_rows {
	const uint32_t *lanes; /* lane indexes, from the top. borrows from the model, or `own` */
	size_t n;
	size_t n_pinned; /* how many of them, from the first on, do not scroll */
	size_t n_hidden; /* lanes that a wish leaves out */
	uint32_t *own;   /* NULL: the model's own order is shown */
};

/* List the rows. Without a wish the model's order is borrowed, until its next update. owns: `*rows` is given back with
 * viz_rows_fini. errors: without memory the wishes are left out. cost: O(1) without a wish, else O(lanes), sorted O(n log n). */
void viz_rows_init(struct viz_rows *rows, const struct trace_model *model,
                   const struct viz_view *view);
void viz_rows_fini(struct viz_rows *rows);

/* Return the lane on line `line` of a pane of `lines` lines, TRACE_NONE below the last. */
uint32_t viz_rows_lane(const struct viz_rows *rows, const struct viz_view *view, int lines,
                       int line);

/* Return the place of a lane among the rows, SIZE_MAX if it has none. */
size_t viz_rows_place(const struct viz_rows *rows, uint32_t lane);

/* Return how many lines the pinned lanes take of a pane of `lines`: never more than half of it. */
size_t viz_rows_pinned(const struct viz_rows *rows, int lines);

/* Scroll so that the selected lane is in sight and no line is wasted. A lane that has no row is selected no more
 * visibly: the one that it is folded into is taken instead. */
void viz_rows_settle(const struct viz_rows *rows, struct viz_view *view,
                     const struct trace_model *model, int lines);

/* Return whether the lane's subtree is folded into it. */
bool viz_rows_is_folded(const struct trace_model *model, const struct viz_view *view,
                        uint32_t lane);

/* Return whether a task has tasks below it in the tree. */
bool viz_rows_has_children(const struct trace_model *model, uint32_t lane);

#endif
