/* Times as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "viz/text/read_time.h"

static void read_time__any_unit__is_exact(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint64_t ns;
	} rows[] = {
	        {"0", 0},
	        {"412", 412000000},
	        {"412.5", 412500000},
	        {".5", 500000},
	        {"5.", 5000000},
	        {"1.000000001s", 1000000001},
	        {"250us", 250000},
	        {"250 us", 250000},
	        {"250\xc2\xb5s", 250000},
	        {"7ns", 7},
	        {"7.0ns", 7},
	        {"1.5min", 90000000000},
	        {"18446744073709551615ns", UINT64_MAX},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t ns = 1;
		if (!viz_read_time(rows[i].text, &ns) || ns != rows[i].ns)
			fail_msg("'%s' gave %llu", rows[i].text, (unsigned long long)ns);
	}
}

static void read_time__anything_else__is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
	        "",
	        " ",
	        ".",
	        "-1",
	        "+1",
	        "1e3",
	        "1,5",
	        "1 h",
	        "1msx",
	        "1.5ns",
	        "ms",
	        "0x10",
	        " 1",
	        "18446744073709551616ns",
	        "nan",
	        "1..5",
	        "1.5.5s",
	        "1s ",
	        "18446744073709551615s",
	        "99999999999999999999999",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		uint64_t ns = 1;
		if (viz_read_time(texts[i], &ns) || ns != 1)
			fail_msg("'%s' gave %llu", texts[i], (unsigned long long)ns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(read_time__any_unit__is_exact),
	        cmocka_unit_test(read_time__anything_else__is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
