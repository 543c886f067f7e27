/* The layout: where the panes stand on a screen of a size. A pure function. */
#ifndef GANTTOP_VIZ_PAINTER_LAYOUT_H
#define GANTTOP_VIZ_PAINTER_LAYOUT_H

#include "viz/view/view.h"

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
	int lane_rows;            /* rows of a lane: 1, or more for a class */
	int lines;                /* lanes that have room */
	struct viz_rect
	        notes; /* right of the timeline: what the lane waits on at the playhead; 0 cols if narrow */
	struct viz_rect strips; /* shared variables, a row each, on the columns of the lanes */
	struct viz_rect rule;   /* the line below the lanes; says how many lanes are out of sight */
	struct viz_rect detail; /* one or two lines on the selected lane */
	struct viz_rect dock;   /* all panes */
	struct viz_rect
	        panes[VIZ_PANE_COUNT]; /* with their titles, if they have them; two columns apart */
	bool has_titles;               /* the first row of each pane is its title */
	struct viz_rect legend;
	struct viz_rect footer;
};

/* Lay the panes out. Pure; rectangles lie inside the screen and never overlap, at every size. */
void viz_layout(struct viz_layout *layout, int rows, int cols, const struct viz_view *view,
                const struct trace_model *model);

/* Return whether a cell of the screen lies in the rectangle. */
bool viz_rect_has(const struct viz_rect *rect, int row, int col);

/* Return the columns that the names of this model's lanes would like to have. */
int viz_layout_names_cols(const struct trace_model *model);

#endif
