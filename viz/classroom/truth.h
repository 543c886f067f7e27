/* What a recording says to the questions of SCN_TRUTHS: the small vocabulary of computed answers. */
#ifndef GANTTOP_VIZ_CLASSROOM_TRUTH_H
#define GANTTOP_VIZ_CLASSROOM_TRUTH_H

#include <stdbool.h>

#include "scenarios/point.h"
#include "trace/model.h"

/* Return the ordinal of the first line of the log that contains `text`, or mark of that name, at or after ordinal `from`; TRACE_NONE if
 * there is none. */
uint32_t viz_truth_line(const struct trace_model *model, const char *text, uint32_t from);

/* Write the answer to a question of a point whose future begins after ordinal `after` (TRACE_NONE: with the first event).
 * Returns false when the recording has none. */
bool viz_truth_text(const struct trace_model *model, const struct scn_point *point, uint32_t after,
                    char *text, size_t text_bytes);

/* Return the lane of the task that runs next after a moment, TRACE_NONE if none does. */
uint32_t viz_truth_next_lane(const struct trace_model *model, uint32_t after);

/* The answer about a lane that is known by its index, since its name may be another's too. `truth` is one of those about the time and the order
 * of tasks. */
bool viz_truth_of_lane(const struct trace_model *model, enum scn_truth truth, uint32_t lane,
                       uint32_t after, char *text, size_t text_bytes);

/* Return the ordinal at which an option of an order happens, TRACE_NONE: never. */
uint32_t viz_truth_option(const struct trace_model *model, const struct scn_point *point,
                          const struct scn_option *option, uint32_t after);

/* Write a letter for each cell of the lane `of` from `t_ns` on, as many as the point declares. Returns false when there is no such lane. */
bool viz_truth_cells(const struct trace_model *model, const struct scn_point *point, uint64_t t_ns,
                     char cells[SCN_CELLS_MAX + 1]);

/* Write a letter for each of `n` cells of `cell_ns` of a lane from `t_ns` on, and an end: what is most important in it. As in every
 * picture the end of a task stands in the cell after its last step. shape: n at most SCN_CELLS_MAX. */
void viz_truth_row(const struct trace_model *model, uint32_t lane, uint64_t t_ns, uint64_t cell_ns,
                   size_t n, char cells[]);

#endif
