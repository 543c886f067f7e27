/* The axis of the timeline: which stretch of it a column stands for, and which column a place on it is in. Column
 * c stands for [edge(c), edge(c + 1)). Exact integers at any zoom.
 *
 * There are two: linear time, whose places are nanoseconds, and event order, whose places are transitions, counted from
 * 0, so that steps that take no time can be seen. */
#ifndef GANTTOP_VIZ_VIEW_AXIS_H
#define GANTTOP_VIZ_VIEW_AXIS_H

#include <stdint.h>

enum viz_axis_kind { VIZ_AXIS_TIME, VIZ_AXIS_ORDER };

struct viz_axis {
	uint64_t from;    /* place at the left edge */
	uint64_t span;    /* time: ns that the columns show, at least 1 */
	int cols;         /* at least 1 */
	uint32_t per_col; /* order: transitions a column, at least 1 */
	uint32_t each;    /* order: columns a transition, at least 1; it or per_col is 1 */
	enum viz_axis_kind kind;
};

/* Return the place at the left edge of column `col` (0 to cols). In event order, where a transition has several columns, all of
 * them have its edge. */
uint64_t viz_axis_edge(const struct viz_axis *axis, int col);

/* Return the place at which what column `col` shows ends: the edge of the first column that shows more. */
uint64_t viz_axis_end(const struct viz_axis *axis, int col);

/* Return the first column that `place` is in; -1 left of the window, `cols` right of it. */
int viz_axis_col(const struct viz_axis *axis, uint64_t place);

/* Return the distance between round ticks (1, 2 or 5 times a power of ten) so that they stand at least
 * `min_cols` apart. units: ns, of the time axis. */
uint64_t viz_axis_tick_ns(const struct viz_axis *axis, int min_cols);

#endif
