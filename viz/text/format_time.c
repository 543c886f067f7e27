/* Times as text. Integers all the way: a double would show 0.3 s as 299.999 ms somewhere. */
#include "viz/text/format_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	uint64_t ns;
	int digits; /* decimals down to one nanosecond */
} units[] = {
        [VIZ_TIME_NS] = {"ns", 1, 0},
        [VIZ_TIME_US] = {"us", 1000, 3},
        [VIZ_TIME_MS] = {"ms", 1000000, 6},
        [VIZ_TIME_S] = {"s", 1000000000, 9},
};

enum viz_time_unit viz_time_unit(uint64_t ns)
{
	if (ns >= 10 * units[VIZ_TIME_S].ns)
		return VIZ_TIME_S;
	if (ns >= units[VIZ_TIME_MS].ns || ns == 0)
		return VIZ_TIME_MS;
	return ns >= units[VIZ_TIME_US].ns ? VIZ_TIME_US : VIZ_TIME_NS;
}

const char *viz_time_unit_name(enum viz_time_unit unit)
{
	return units[unit].name;
}

uint64_t viz_time_unit_ns(enum viz_time_unit unit)
{
	return units[unit].ns;
}

char *viz_format_time_in(char text[VIZ_TIME_BYTES], uint64_t ns, enum viz_time_unit unit,
                         int decimals)
{
	int digits = units[unit].digits;
	int len = snprintf(text, VIZ_TIME_BYTES, "%" PRIu64, ns / units[unit].ns);
	if (digits == 0 || decimals <= 0)
		return text;
	snprintf(text + len, VIZ_TIME_BYTES - (size_t)len, ".%0*" PRIu64, digits,
	         ns % units[unit].ns);
	if (decimals < digits)
		text[len + 1 + decimals] = '\0';
	char *end = text + strlen(text);
	while (end[-1] == '0')
		*--end = '\0';
	if (end[-1] == '.')
		end[-1] = '\0';
	return text;
}

char *viz_format_time(char text[VIZ_TIME_BYTES], uint64_t ns)
{
	enum viz_time_unit unit = viz_time_unit(ns);
	viz_format_time_in(text, ns, unit, 3);
	size_t len = strlen(text);
	snprintf(text + len, VIZ_TIME_BYTES - len, " %s", units[unit].name);
	return text;
}
