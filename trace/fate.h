/* What has become of a recording that is being looked at. */
#ifndef GANTTOP_TRACE_FATE_H
#define GANTTOP_TRACE_FATE_H

enum trace_fate {
	TRACE_FATE_IN_PLACE,
	TRACE_FATE_REMOVED,    /* its name is gone */
	TRACE_FATE_SUPPLANTED, /* its name is another file's, and it was closed before */
	TRACE_FATE_OVERWRITTEN /* it was closed, and is another recording now */
};

#endif
