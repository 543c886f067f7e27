/* The name tables of the vocabulary: one array a list, indexed by the stored number, holes are NULL. */
#include "trace/vocabulary.h"

#include <stddef.h>

#define TRACE_NAME(name, number, text) [number] = text,
#define TRACE_DEFINE(lower, UPPER, list)                                                           \
	const char *trace_##lower##_name(unsigned number)                                          \
	{                                                                                          \
		static const char *const names[] = {list(TRACE_NAME)};                             \
		return number < sizeof names / sizeof *names ? names[number] : NULL;               \
	}

TRACE_DEFINE(kind, KIND, TRACE_KINDS)
TRACE_VOCABULARY(TRACE_DEFINE)
