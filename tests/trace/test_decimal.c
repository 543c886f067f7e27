/* Numbers as text: exact integers to the last one that fits, microseconds to the nearest nanosecond, and what is no number. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "trace/import/decimal.h"

static void decimal__unsigned__those_that_are_integers_and_fit(void **state)
{
	static const struct {
		const char *text;
		bool fits;
		uint64_t value;
	} rows[] = {
	        {"0", true, 0},
	        {"-0", true, 0},
	        {"3.0", true, 3},
	        {"1e3", true, 1000},
	        {"1.5e1", true, 15},
	        {"1200e-2", true, 12},
	        {"18446744073709551615", true, UINT64_MAX},
	        {"18446744073709551616", false, 0},
	        {"99999999999999999999999", false, 0},
	        {"4e18", true, 4000000000000000000u},
	        {"1e400", false, 0},
	        {"0e400", true, 0},
	        {"1e999999999999999999999", false, 0},
	        {"-1", false, 0},
	        {"0.5", false, 0},
	        {"3.25", false, 0},
	        {"2.9999999999999999999999", false, 0},
	        {"1e-3", false, 0},
	        {"1e-999999999999999999999", false, 0},
	        {"123456789012345678.5", false, 0},
	        {"", false, 0},
	        {"-", false, 0},
	        {".", false, 0},
	        {"1..0", false, 0},
	        {"1e", false, 0},
	        {"1e+", false, 0},
	        {"1x", false, 0},
	        {"0x10", false, 0},
	        {" 1", false, 0},
	        {"000", true, 0},
	        {"0.0001e4", true, 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t value = 0;
		bool fits = trace_decimal_unsigned(rows[i].text, strlen(rows[i].text), &value);
		if (fits != rows[i].fits || (fits && value != rows[i].value))
			fail_msg("%s: %d %" PRIu64, rows[i].text, fits, value);
	}
}

static void decimal__signed__those_that_are_integers_and_fit(void **state)
{
	static const struct {
		const char *text;
		bool fits;
		int64_t value;
	} rows[] = {
	        {"-1", true, -1},
	        {"-0", true, 0},
	        {"-17.0", true, -17},
	        {"9223372036854775807", true, INT64_MAX},
	        {"-9223372036854775807", true, -INT64_MAX},
	        {"-9223372036854775808", true, INT64_MIN},
	        {"9223372036854775808", false, 0},
	        {"-9223372036854775809", false, 0},
	        {"-0.5", false, 0},
	        {"7.5", false, 0},
	        {"-1e400", false, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t value = 0;
		bool fits = trace_decimal_signed(rows[i].text, strlen(rows[i].text), &value);
		if (fits != rows[i].fits || (fits && value != rows[i].value))
			fail_msg("%s: %d %" PRId64, rows[i].text, fits, value);
	}
}

static void decimal__microseconds__are_nanoseconds_to_the_nearest(void **state)
{
	static const struct {
		const char *text;
		bool fits;
		int64_t ns;
	} rows[] = {
	        {"0", true, 0},
	        {"1", true, 1000},
	        {"0.001", true, 1},
	        {"0.0004", true, 0},
	        {"0.0005", true, 1},
	        {"-0.0015", true, -2},
	        {"1700000000123456.789", true, 1700000000123456789},
	        {"1.7e15", true, 1700000000000000000},
	        {"1e-9", true, 0},
	        {"4e15", true, 4000000000000000000},
	        {"4.1e15", false, 0},
	        {"1e300", false, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t ns = 0;
		bool fits = trace_decimal_scaled(rows[i].text, strlen(rows[i].text), 3, &ns);
		if (fits != rows[i].fits || (fits && ns != rows[i].ns))
			fail_msg("%s: %d %" PRId64, rows[i].text, fits, ns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(decimal__unsigned__those_that_are_integers_and_fit),
	        cmocka_unit_test(decimal__signed__those_that_are_integers_and_fit),
	        cmocka_unit_test(decimal__microseconds__are_nanoseconds_to_the_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
