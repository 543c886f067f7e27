/* Sources of what was recorded: the texts of lessons that are in the program, else the file itself.
 *
 * A recording is not trusted to name a file: only a regular one of a sensible size is read, once, and never while painting.
 */
#ifndef GANTTOP_VIZ_VIEW_SOURCE_TEXT_H
#define GANTTOP_VIZ_VIEW_SOURCE_TEXT_H

#include "viz/view/view.h"

struct viz_source_text {
	char path[300];   /* as the recording names it; "": nothing was asked for yet */
	const char *text; /* NULL: there is none */
	char *own;        /* what free() releases, NULL: the text is the program's */
};

/* Make `*source` the text of `path`, if it is not already. */
void viz_source_text_find(struct viz_source_text *source, const char *path);

/* Make it the text that the source pane of this view shows, if that pane is open: the painter reads no files. */
void viz_source_text_follow(struct viz_source_text *source, const struct viz_view *view,
                            const struct trace_model *model);
void viz_source_text_fini(struct viz_source_text *source);

#endif
