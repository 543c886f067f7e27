/* How far a long export is: a line on standard error that is rewritten, if that is a terminal, and not before the wait is felt. */
#ifndef GANTTOP_VIZ_EXPORT_METER_H
#define GANTTOP_VIZ_EXPORT_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/export/export.h"

struct viz_meter {
	uint64_t started_ns; /* CLOCK_MONOTONIC */
	uint64_t shown_ns;   /* when the line was last written; 0: never */
};

/* Let the export report to standard error; does nothing when that is no terminal. `meter` must live as long as the export. */
void viz_meter_start(struct viz_meter *meter, struct trace_export *export);

/* Remove the line. */
void viz_meter_stop(struct viz_meter *meter);

#endif
