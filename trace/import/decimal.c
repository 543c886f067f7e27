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

static bool append_digit(uint64_t *value, unsigned digit)
{
	if (*value > (UINT64_MAX - digit) / 10)
		return false;
	*value = *value * 10 + digit;
	return true;
}

/* Read a magnitude whose point the exponent moves: the digits before the point are the integer, those behind it must be zeros. */
static bool take_integer(const char *text, size_t n, uint64_t *out)
{
	size_t end = 0, n_digits = 0, n_whole = 0;
	int exponent = 0;
	bool has_point = false;
	for (; end < n && text[end] != 'e' && text[end] != 'E'; end++) {
		bool is_point = text[end] == '.' && !has_point;
		if (!is_point && (text[end] < '0' || text[end] > '9'))
			return false;
		has_point |= is_point;
		n_digits += !is_point;
		n_whole += !has_point;
	}
	if (n_digits == 0 || (end < n && !take_exponent(text + end + 1, n - end - 1, &exponent)))
		return false;
	int64_t point = (int64_t)n_whole + exponent, at = 0;
	*out = 0;
	for (size_t i = 0; i < end; i++) {
		if (text[i] == '.')
			continue;
		unsigned digit = (unsigned)(text[i] - '0');
		if (at++ < point ? !append_digit(out, digit) : digit != 0)
			return false;
	}
	for (; at<point && * out> 0; at++)
		if (!append_digit(out, 0))
			return false;
	return true;
}

bool trace_decimal_unsigned(const char *text, size_t n, uint64_t *out)
{
	bool is_negative = n > 0 && text[0] == '-';
	uint64_t value;
	if (!take_integer(text + is_negative, n - is_negative, &value) ||
	    (is_negative && value > 0))
		return false;
	*out = value;
	return true;
}

bool trace_decimal_signed(const char *text, size_t n, int64_t *out)
{
	bool is_negative = n > 0 && text[0] == '-';
	uint64_t value;
	if (!take_integer(text + is_negative, n - is_negative, &value) ||
	    value > (uint64_t)INT64_MAX + is_negative)
		return false;
	*out = is_negative ? (int64_t)(0 - value) : (int64_t)value;
	return true;
}
