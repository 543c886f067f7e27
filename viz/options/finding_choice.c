/* -W and -A are read in their order, as compilers do. */
#include "viz/options/finding_choice.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "viz/text/number.h"

#define EVERY_KIND ((UINT64_C(1) << TRACE_FINDING_KINDS) - 1)
#define NAME_BYTES 40

static int unknown(const char *name, struct viz_problem *problem)
{
	char known[420] = "";
	size_t used = 0;
	for (int i = 0; i < TRACE_FINDING_KINDS && used < sizeof known; i++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
		                         trace_finding_rule((enum trace_finding_kind)i)->name);
	return viz_problem_set(problem, "unknown finding '%.40s'; known: all, %s", name, known);
}

/* Read one name, up to a comma, `=` or the end, into the bits of its kinds. */
static int read_kinds(const char **text, uint64_t *kinds, struct viz_problem *problem)
{
	char name[NAME_BYTES];
	size_t n = strcspn(*text, ",=");
	snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name), *text);
	*text += n;
	enum trace_finding_kind kind = trace_finding_find(name);
	if (strcmp(name, "all") == 0)
		*kinds = EVERY_KIND;
	else if (kind == TRACE_FINDING_KINDS)
		return unknown(name, problem);
	else
		*kinds = UINT64_C(1) << kind;
	return 0;
}

int viz_finding_choose(struct viz_finding_choice *choice, const char *names, bool wanted,
                       struct viz_problem *problem)
{
	uint64_t chosen = choice->is_made ? choice->kinds : wanted ? 0 : EVERY_KIND;
	for (;;) {
		uint64_t kinds;
		int rc = read_kinds(&names, &kinds, problem);
		if (rc != 0)
			return rc;
		chosen = wanted ? chosen | kinds : chosen & ~kinds;
		if (*names != ',')
			break;
		names++;
	}
	if (*names != '\0')
		return viz_problem_set(problem, "bad -%c: unexpected '%s'", wanted ? 'W' : 'A',
		                       names);
	choice->kinds = chosen;
	choice->is_made = true;
	return 0;
}

int viz_finding_limit(struct viz_finding_choice *choice, const char *text,
                      struct viz_problem *problem)
{
	const char *whole = text;
	uint64_t kinds, value;
	int rc = read_kinds(&text, &kinds, problem);
	if (rc != 0)
		return rc;
	enum trace_finding_kind kind = trace_finding_find("");
	for (int i = 0; i < TRACE_FINDING_KINDS; i++)
		if (kinds == UINT64_C(1) << i)
			kind = (enum trace_finding_kind)i;
	if (kind == TRACE_FINDING_KINDS ||
	    trace_finding_rule(kind)->unit == TRACE_FINDING_UNIT_NONE)
		return viz_problem_set(problem, "bad --limit '%s': that finding has no limit",
		                       whole);
	bool is_time = trace_finding_rule(kind)->unit == TRACE_FINDING_UNIT_NS;
	bool is_read =
	        *text == '=' &&
	        (is_time ? viz_number_millionths(text + 1, UINT64_C(3600000) * 1000000, &value)
	                 : viz_number(text + 1, &value));
	if (!is_read || value == 0 || value > UINT64_C(3600000) * 1000000)
		return viz_problem_set(problem, "bad --limit '%s': want %s=%s", whole,
		                       trace_finding_rule(kind)->name,
		                       is_time ? "MS, more than 0 and at most 3600000"
		                               : "N, 1 or more");
	choice->limits[kind] = value;
	return 0;
}

uint64_t viz_finding_kinds(const struct viz_finding_choice *choice)
{
	return choice->is_made ? choice->kinds : EVERY_KIND;
}
