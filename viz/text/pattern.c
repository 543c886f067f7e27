/* Part of a name. Only ASCII letters have a case here: names in other scripts are compared byte by byte. */
#include "viz/text/pattern.h"

#include <stdio.h>
#include <string.h>

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_capital(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			return true;
	return false;
}

static bool begins_with(const char *text, const char *pattern)
{
	while (*pattern != '\0' && lower(*text) == *pattern) {
		text++;
		pattern++;
	}
	return *pattern == '\0';
}

bool viz_pattern_is_in(const char *pattern, const char *text)
{
	if (has_capital(pattern))
		return strstr(text, pattern) != NULL;
	if (*pattern == '\0')
		return true;
	for (; *text != '\0'; text++)
		if (begins_with(text, pattern))
			return true;
	return false;
}

bool viz_pattern_is_in_lane(const char *pattern, const struct trace_lane *lane)
{
	char name[64];
	if (lane->kind == TRACE_LANE_LOOP)
		return viz_pattern_is_in(pattern, "loop");
	if (lane->kind != TRACE_LANE_WORKER)
		return viz_pattern_is_in(pattern, lane->name);
	snprintf(name, sizeof name, "worker %.40s", lane->name);
	return viz_pattern_is_in(pattern, name);
}
