/* The table of kinds, from finding_kinds.def. */
#include <string.h>

#include "trace/analysis/findings.h"

static const struct trace_finding_rule rules[TRACE_FINDING_KINDS] = {
#define X(id, name, unit, limit, rule, advice)                                                     \
	{name, TRACE_FINDING_UNIT_##unit, limit, rule, advice},
#include "trace/analysis/finding_kinds.def"
#undef X
};

const struct trace_finding_rule *trace_finding_rule(enum trace_finding_kind kind)
{
	return &rules[kind];
}

enum trace_finding_kind trace_finding_find(const char *name)
{
	for (int i = 0; i < TRACE_FINDING_KINDS; i++)
		if (strcmp(name, rules[i].name) == 0)
			return (enum trace_finding_kind)i;
	return TRACE_FINDING_KINDS;
}
