/* The log's lines as places to go to. */
#ifndef GANTTOP_VIZ_PANE_LOG_H
#define GANTTOP_VIZ_PANE_LOG_H

#include "trace/model.h"
#include "viz/view/view.h"

/* Return the event of the line on row `row` of a log of `rows` rows, its playhead at `ordinal`; TRACE_NONE if there is no line. */
uint32_t viz_log_event(const struct trace_model *model, uint32_t ordinal,
                       const struct viz_view *view, int rows, int row);

#endif
