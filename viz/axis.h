/* The time axis: which stretch of time a column of the timeline stands for, and which column a time is in.
 * Column c stands for [edge(c), edge(c + 1)). Exact integers at any zoom. */
#ifndef GANTTOP_VIZ_AXIS_H
#define GANTTOP_VIZ_AXIS_H

#include <stdint.h>

struct viz_axis {
	uint64_t t0_ns, span_ns; /* span at least 1 */
	int cols;                /* at least 1 */
};

/* Return the time at the left edge of column `col` (0 to cols). */
uint64_t viz_axis_edge_ns(const struct viz_axis *axis, int col);

/* Return the column that `t_ns` is in; -1 left of the window, `cols` right of it. */
int viz_axis_col(const struct viz_axis *axis, uint64_t t_ns);

/* Return the distance between round ticks (1, 2 or 5 times a power of ten) so that they stand at least
 * `min_cols` apart. units: ns. */
uint64_t viz_axis_tick_ns(const struct viz_axis *axis, int min_cols);

#endif
