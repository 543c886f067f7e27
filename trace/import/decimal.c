/* Decimal text to integers. Times in microseconds have three decimals that are nanoseconds; a double has no room for them in a trace whose
 * clock began in 1970, so the digits are taken as they stand.
 */
#include "trace/import/decimal.h"

#define LIMIT        4000000000000000000u
#define EXPONENT_MAX 400

/* Take the sign and digits of an exponent. Returns false when there is no digit. */
static bool take_exponent(const char *text, size_t n, int *exponent)
{
	size_t i = 0;
	bool is_negative = n > 0 && text[0] == '-';
	if (n > 0 && (text[0] == '-' || text[0] == '+'))
		i++;
	if (i == n)
		return false;
	int value = 0;
	for (; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		if (value < EXPONENT_MAX)
			value = value * 10 + (text[i] - '0');
	}
	*exponent = is_negative ? -value : value;
	return true;
}

struct digits {
	uint64_t value;
	int dropped; /* digits before the point that found no room: the number is too large for all of it */
	int decimals;
	int first_dropped; /* -1: none. Decides on rounding */
};

/* Take digits and a point. Returns how many bytes. */
static size_t take_mantissa(const char *text, size_t n, struct digits *d)
{
	size_t i = 0;
	bool has_point = false;
	for (; i < n; i++) {
		if (text[i] == '.' && !has_point) {
			has_point = true;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			break;
		unsigned digit = (unsigned)(text[i] - '0');
		if (d->value >= UINT64_MAX / 10 - 1) {
			if (d->first_dropped < 0)
				d->first_dropped = (int)digit;
			d->dropped += !has_point;
			continue;
		}
		d->value = d->value * 10 + digit;
		d->decimals += has_point;
	}
	return i;
}

/* Multiply by a power of ten, rounding. Returns false beyond the limit. */
static bool shift(struct digits *d, int power)
{
	if (d->value == 0)
		return true;
	for (; power > 0; power--) {
		if (d->value > LIMIT / 10)
			return false;
		d->value *= 10;
	}
	for (; power < 0; power++) {
		d->first_dropped = (int)(d->value % 10);
		d->value /= 10;
	}
	d->value += d->first_dropped >= 5;
	return d->value <= LIMIT;
}

bool trace_decimal_scaled(const char *text, size_t n, int scale, int64_t *out)
{
	struct digits d = {.first_dropped = -1};
	int exponent = 0;
	size_t i = n > 0 && text[0] == '-';
	size_t used = take_mantissa(text + i, n - i, &d);
	bool is_negative = i > 0;
	i += used;
	if (used == 0)
		return false;
	if (i < n && ((text[i] != 'e' && text[i] != 'E') ||
	              !take_exponent(text + i + 1, n - i - 1, &exponent)))
		return false;
	if (!shift(&d, scale + exponent - d.decimals + d.dropped))
		return false;
	*out = is_negative ? -(int64_t)d.value : (int64_t)d.value;
	return true;
}

bool trace_decimal_unsigned(const char *text, size_t n, uint64_t *out)
{
	uint64_t value = 0;
	int64_t rounded;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9') {
			if (!trace_decimal_scaled(text, n, 0, &rounded) || rounded < 0)
				return false;
			*out = (uint64_t)rounded;
			return true;
		}
		unsigned digit = (unsigned)(text[i] - '0');
		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return n > 0;
}
