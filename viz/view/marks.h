/* The user's marks on the time axis. Plain data, part of the view. */
#ifndef GANTTOP_VIZ_VIEW_MARKS_H
#define GANTTOP_VIZ_VIEW_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#define VIZ_MARKS_MAX 32u

struct viz_marks {
	uint32_t n;
	uint64_t at_ns[VIZ_MARKS_MAX]; /* in order */
};

/* Put a mark, or take it away if there is one at that time. When there is no room the earliest goes. Returns whether there is one now. */
bool viz_marks_toggle(struct viz_marks *marks, uint64_t at_ns);

/* Find the next (1) or previous (-1) mark from a time on. Returns false when there is none. */
bool viz_marks_find(const struct viz_marks *marks, uint64_t from_ns, int by, uint64_t *at_ns);

#endif
