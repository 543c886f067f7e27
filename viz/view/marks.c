/* Marks, kept in the order of time. */
#include "viz/view/marks.h"

#include <string.h>

bool viz_marks_toggle(struct viz_marks *marks, uint64_t at_ns)
{
	uint32_t at = 0;
	while (at < marks->n && marks->at_ns[at] < at_ns)
		at++;
	if (at < marks->n && marks->at_ns[at] == at_ns) {
		marks->n--;
		memmove(&marks->at_ns[at], &marks->at_ns[at + 1],
		        (marks->n - at) * sizeof marks->at_ns[0]);
		return false;
	}
	if (marks->n == VIZ_MARKS_MAX) {
		marks->n--;
		at -= at > 0;
		memmove(&marks->at_ns[0], &marks->at_ns[1], marks->n * sizeof marks->at_ns[0]);
	}
	memmove(&marks->at_ns[at + 1], &marks->at_ns[at], (marks->n - at) * sizeof marks->at_ns[0]);
	marks->at_ns[at] = at_ns;
	marks->n++;
	return true;
}

bool viz_marks_find(const struct viz_marks *marks, uint64_t from_ns, int by, uint64_t *at_ns)
{
	bool found = false;
	for (uint32_t i = 0; i < marks->n; i++) {
		uint64_t it = marks->at_ns[i];
		if (by < 0 && it < from_ns) {
			*at_ns = it;
			found = true;
		}
		if (by > 0 && it > from_ns && !found) {
			*at_ns = it;
			found = true;
		}
	}
	return found;
}
