/* The time axis. span * col / cols without overflow: the whole part and the rest are scaled apart. */
#include "viz/axis.h"

uint64_t viz_axis_edge_ns(const struct viz_axis *axis, int col)
{
	uint64_t cols = (uint64_t)axis->cols, at = (uint64_t)col;
	return axis->t0_ns + axis->span_ns / cols * at + axis->span_ns % cols * at / cols;
}

int viz_axis_col(const struct viz_axis *axis, uint64_t t_ns)
{
	if (t_ns < axis->t0_ns)
		return -1;
	if (t_ns - axis->t0_ns >= axis->span_ns)
		return axis->cols;
	int low = 0, high = axis->cols - 1; /* the last column whose edge is not after t */
	while (low < high) {
		int mid = low + (high - low + 1) / 2;
		if (viz_axis_edge_ns(axis, mid) <= t_ns)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

uint64_t viz_axis_tick_ns(const struct viz_axis *axis, int min_cols)
{
	uint64_t least =
	        axis->span_ns / (uint64_t)axis->cols * (uint64_t)min_cols +
	        axis->span_ns % (uint64_t)axis->cols * (uint64_t)min_cols / (uint64_t)axis->cols;
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
