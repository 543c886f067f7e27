/* Digits to numbers, without the leniency of strtod: `1,5` is an error and not 1. */
#include "viz/text/number.h"

#include <errno.h>
#include <stdlib.h>

bool viz_number(const char *text, uint64_t *out)
{
	char *end;
	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno != 0 || *end != '\0')
		return false;
	*out = value;
	return true;
}

bool viz_number_millionths(const char *text, uint64_t max, uint64_t *out)
{
	uint64_t value = 0, unit = 1000000;
	bool digits = false;
	for (; *text >= '0' && *text <= '9'; text++, digits = true) {
		value = value * 10 + (uint64_t)(*text - '0') * unit;
		if (value > max)
			return false;
	}
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++, digits = true)
			value += (uint64_t)(*text - '0') * (unit /= 10);
	if (*text != '\0' || !digits || value > max)
		return false;
	*out = value;
	return true;
}
