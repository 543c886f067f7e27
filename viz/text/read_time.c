/* Reading times. Integers all the way, as in format_time.c. */
#include "viz/text/read_time.h"

#include <string.h>

static bool unit_of(const char *text, uint64_t *ns)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
	        {"", 1000000},        {"ms", 1000000},     {"ns", 1},
	        {"us", 1000},         {"\xc2\xb5s", 1000}, {"s", 1000000000},
	        {"min", 60000000000},
	};
	while (*text == ' ')
		text++;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(text, units[i].name) == 0) {
			*ns = units[i].ns;
			return true;
		}
	return false;
}

bool viz_read_time(const char *text, uint64_t *out)
{
	size_t n_digits = strspn(text, "0123456789");
	const char *fraction = text + n_digits + (text[n_digits] == '.');
	size_t n_fraction = text[n_digits] == '.' ? strspn(fraction, "0123456789") : 0;
	uint64_t unit, ns = 0, part;
	if (n_digits + n_fraction == 0 || !unit_of(fraction + n_fraction, &unit))
		return false;
	for (size_t i = 0; i < n_digits; i++)
		if (__builtin_mul_overflow(ns, 10u, &ns) ||
		    __builtin_add_overflow(ns, (uint64_t)(text[i] - '0'), &ns))
			return false;
	if (__builtin_mul_overflow(ns, unit, &ns))
		return false;
	for (size_t i = 0; i < n_fraction; i++) {
		uint64_t digit = (uint64_t)(fraction[i] - '0');
		/* A unit is a product of tens, but for the minute, which is six of them. */
		if (unit % 10 != 0 && digit != 0)
			return false;
		unit /= 10;
		part = digit * unit;
		if (__builtin_add_overflow(ns, part, &ns))
			return false;
	}
	*out = ns;
	return true;
}
