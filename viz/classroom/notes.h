/* The teacher's notes below the timeline, on the presenter's own screen: the clock, the next question, what to say. */
#ifndef GANTTOP_VIZ_CLASSROOM_NOTES_H
#define GANTTOP_VIZ_CLASSROOM_NOTES_H

#include "scenarios/scenario.h"
#include "viz/canvas/grid.h"

struct viz_notes {
	const struct scenario *scenario;
	const struct scn_args *args; /* of the run. borrows */
	uint64_t t_ns;      /* of the playhead: the next question is the first one from there on */
	unsigned elapsed_s; /* since the lesson was opened */
	unsigned followers; /* who look at the same; UINT32_MAX: nothing is shared */
};

/* Return the rows that the notes would like to have on a screen of `cols` columns. */
int viz_notes_rows(const struct viz_notes *notes, int cols);

/* Paint the notes on the `rows` rows from `row` on. Pure. */
void viz_notes_paint(const struct viz_notes *notes, struct viz_grid *grid, int row, int rows);

#endif
