/* What our own Chrome traces say between being read and being written as records again. */
#ifndef GANTTOP_TRACE_IMPORT_CHROME_OWN_H
#define GANTTOP_TRACE_IMPORT_CHROME_OWN_H

#include "trace/import/chrome_private.h"

/* Kinds of our own. */
enum trace_chrome_kind { TRACE_CHROME_QUEUE_LENGTH = 128, TRACE_CHROME_ITERATION };

/* What is known of a task or an object before it is written. */
struct trace_chrome_thing {
	uint32_t id, name, parent, where;
	uint8_t kind;
};

struct trace_chrome_things {
	struct trace_chrome_thing *list;
	size_t n, cap;
	struct trace_id_map index;
};

struct trace_chrome_own {
	struct trace_chrome_things tasks, objects;
	bool is_open;            /* an iteration */
	uint64_t iteration_ends; /* its end, ns */
	uint32_t queue_length;   /* that was said last */
};

/* Return what is known of a task or an object, nothing yet if it is new; NULL when out of memory. */
struct trace_chrome_thing *trace_chrome_thing(struct trace_chrome_things *things, uint32_t id);

#endif
