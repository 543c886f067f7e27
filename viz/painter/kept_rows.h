/* Rows that were painted in earlier frames, kept to be copied: most keys change the picture of a few lanes, or none.
 *
 * What is copied is what would be painted, cell by cell; a frame with kept rows and one without are the same. Two things are kept of a
 * lane: the row as it was shown, good for as long as nothing but the selection, the panes and the scrolling changes; and
 * its bar alone, good as long as the window stands and nothing has happened to the lane between the two playheads.
 */
#ifndef GANTTOP_VIZ_PAINTER_KEPT_ROWS_H
#define GANTTOP_VIZ_PAINTER_KEPT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct viz_frame;
struct viz_kept_rows;

/* Return an empty store. owns: returns, viz_kept_rows_destroy(NULL) does nothing. errors: NULL without memory: all is painted
 * anew then. */
struct viz_kept_rows *viz_kept_rows_create(void);
void viz_kept_rows_destroy(struct viz_kept_rows *kept);

/* Forget all rows: the recording is another one, or its events have other numbers. NULL does nothing. */
void viz_kept_rows_forget(struct viz_kept_rows *kept);

/* Find out what the frame, which is worked out but for its lanes, has in common with the one before. */
void viz_kept_rows_begin(struct viz_kept_rows *kept, const struct viz_frame *frame);

/* Copy the row of a lane, as it was shown, to row `row` of the grid. Returns false when it must be painted. */
bool viz_kept_rows_take(const struct viz_kept_rows *kept, const struct viz_frame *frame,
                        uint32_t lane, int row);

/* The same for the bar alone: its cells before the playhead is drawn over them. */
bool viz_kept_rows_take_bar(const struct viz_kept_rows *kept, const struct viz_frame *frame,
                            uint32_t lane, int row);

/* Keep the bar just painted, before the playhead is drawn over it; then the row as it is shown. */
void viz_kept_rows_put_bar(struct viz_kept_rows *kept, const struct viz_frame *frame, uint32_t lane,
                           int row);
void viz_kept_rows_put(struct viz_kept_rows *kept, const struct viz_frame *frame, uint32_t lane,
                       int row);

#endif
