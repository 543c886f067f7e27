/* Exports that are pictures: a recording as text, as text with colours, as SVG, all by the painter of the
 * screen. */
#ifndef GANTTOP_VIZ_EXPORT_EXPORT_H
#define GANTTOP_VIZ_EXPORT_EXPORT_H

#include <stdio.h>

#include "trace/model.h"
#include "viz/canvas/palette.h"
#include "viz/painter/painter.h"

struct viz_export_options {
	int cols; /* 0: 100 */
	int rows; /* 0: a page with every lane and every line of the log; else a screen of so many rows */
	int max_rows;            /* of a page; 0: as many as it needs, within reason */
	const uint8_t *lanes;    /* one byte a lane, 0: left out; NULL: all. borrows */
	uint64_t from_ns, to_ns; /* the stretch of time that is shown; to_ns 0: to the end */
	bool has_at;             /* the playhead is at at_ns, and what comes after is not shown */
	uint64_t at_ns;
	bool order; /* event order instead of time */
	bool path;  /* with the critical path */
	const char
	        *selected;  /* name of a lane; NULL: none on a page, on a screen who needs a word */
	enum viz_mode mode; /* of a screen: which keys its footer shows */
	bool ascii;
	enum viz_theme theme;   /* SVG: mono is dark */
	struct viz_panes panes; /* that are open */
	bool present;           /* large, for a class */
	enum viz_depth depth;   /* ANSI: how many colours */
};
#define VIZ_EXPORT_OPTIONS_INIT                                                                    \
	{                                                                                          \
		.cols = 100, .mode = VIZ_MODE_FILE, .depth = VIZ_DEPTH_256,                        \
		.panes = {.n = 1, .open = {VIZ_PANE_LOG}},                                         \
	}

/* Paint what the options ask for. owns: the caller gives `*grid` back with viz_grid_fini. errors: -1 when out of memory. */
int viz_export_paint(struct viz_grid *grid, const struct trace_model *model,
                     const struct viz_export_options *options);

/* Write the recording. Errors of `out` are left to ferror(). errors: -1 when out of memory. */
int viz_export_text(const struct trace_model *model, const struct viz_export_options *options,
                    FILE *out);
int viz_export_ansi(const struct trace_model *model, const struct viz_export_options *options,
                    FILE *out);
int viz_export_svg(const struct trace_model *model, const struct viz_export_options *options,
                   FILE *out);

#endif
