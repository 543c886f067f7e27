/* The painter: view, model and scene to a grid of cells. Pure: the same input gives the same cells, and
 * nothing else is read (no clock, no terminal, no environment).
 *
 * Every screen, export and golden test goes through viz_paint, so what is tested is what is seen.
 */
#ifndef GANTTOP_VIZ_PAINTER_H
#define GANTTOP_VIZ_PAINTER_H

#include "trace/model.h"
#include "viz/grid.h"
#include "viz/view.h"

/* What the screen says beside the recording and the view. */
enum viz_mode {
	VIZ_MODE_FILE,    /* a finished recording is looked at */
	VIZ_MODE_PLAYING, /* the program runs */
	VIZ_MODE_HELD,    /* the program waits at the gate */
	VIZ_MODE_ENDED,   /* the program that was started has ended */
	VIZ_MODE_DIED,    /* it was killed or crashed; `status` says how */
};

struct viz_scene {
	enum viz_mode mode;
	uint32_t speed_ppm; /* of a paced run; 0: not paced */
	uint64_t now_ns;    /* trace_model_now_ns of the moment of painting, or of a test */
	const char *
	        status; /* one line of the moment (an error, "killed by signal 9"), or NULL. borrows */
	const char *
	        name; /* what stands before the title instead of the run's name, or NULL. borrows */
	bool can_step; /* the program can be held and stepped (a gate is there) */
};

/* Where things stand on a screen of a size: rows and columns, -1 and 0 when a pane has no room. */
struct viz_rect {
	int row, col, rows, cols;
};
struct viz_layout {
	bool too_small;           /* below 40x10: nothing but a sentence */
	struct viz_rect head;     /* title, status */
	struct viz_rect question; /* the question, and what to look at */
	struct viz_rect ruler;
	struct viz_rect names;    /* lane names */
	struct viz_rect timeline; /* the cells of the lanes */
	struct viz_rect
	        notes; /* right of the timeline: what the lane waits on at the playhead; 0 cols if narrow */
	struct viz_rect rule;   /* the line below the lanes; says how many lanes are out of sight */
	struct viz_rect detail; /* one or two lines on the selected lane */
	struct viz_rect log;
	struct viz_rect legend;
	struct viz_rect footer;
};

/* Lay the panes out. Pure; rectangles lie inside the screen and never overlap, at every size. */
void viz_layout(struct viz_layout *layout, int rows, int cols, const struct viz_view *view,
                const struct trace_model *model);

/* Return the columns that the names of this model's lanes would like to have. */
int viz_layout_names_cols(const struct trace_model *model);

/* Paint one frame on `grid`, whose size is the screen's. `view` must be settled. */
void viz_paint(struct viz_grid *grid, const struct trace_model *model, const struct viz_view *view,
               const struct viz_scene *scene);

/* One sentence on what the lane is doing at the playhead and why ("Task 4 waits for semaphore permits (0 of 2
 * left), held by Task 2 and Task 3; first in line"). Returns its length before cutting. */
size_t viz_explain_lane(const struct trace_model *model, uint32_t lane, uint32_t ordinal,
                        uint64_t now_ns, char *text, size_t text_bytes);

#endif
