/* The axis. On the time axis span * col / cols without overflow: the whole part and the rest are scaled apart. */
#include "viz/view/axis.h"

uint64_t viz_axis_edge(const struct viz_axis *axis, int col)
{
	uint64_t cols = (uint64_t)axis->cols, at = (uint64_t)col;
	if (axis->kind == VIZ_AXIS_ORDER)
		return axis->from + at / axis->each * axis->per_col;
	return axis->from + axis->span / cols * at + axis->span % cols * at / cols;
}

uint64_t viz_axis_end(const struct viz_axis *axis, int col)
{
	if (axis->kind == VIZ_AXIS_ORDER)
		return viz_axis_edge(axis, col) + axis->per_col;
	return viz_axis_edge(axis, col + 1);
}

static int order_col(const struct viz_axis *axis, uint64_t place)
{
	uint64_t col = (place - axis->from) / axis->per_col * axis->each;
	return col < (uint64_t)axis->cols ? (int)col : axis->cols;
}

static int time_col(const struct viz_axis *axis, uint64_t t_ns)
{
	if (t_ns - axis->from >= axis->span)
		return axis->cols;
	int low = 0, high = axis->cols - 1; /* the last column whose edge is not after t */
	while (low < high) {
		int mid = low + (high - low + 1) / 2;
		if (viz_axis_edge(axis, mid) <= t_ns)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

int viz_axis_col(const struct viz_axis *axis, uint64_t place)
{
	if (place < axis->from)
		return -1;
	return axis->kind == VIZ_AXIS_ORDER ? order_col(axis, place) : time_col(axis, place);
}

uint64_t viz_axis_tick_ns(const struct viz_axis *axis, int min_cols)
{
	uint64_t least =
	        axis->span / (uint64_t)axis->cols * (uint64_t)min_cols +
	        axis->span % (uint64_t)axis->cols * (uint64_t)min_cols / (uint64_t)axis->cols;
	for (uint64_t tick = 1; tick < UINT64_MAX / 10; tick *= 10) {
		if (tick >= least)
			return tick;
		if (2 * tick >= least)
			return 2 * tick;
		if (5 * tick >= least)
			return 5 * tick;
	}
	return UINT64_MAX / 10;
}
