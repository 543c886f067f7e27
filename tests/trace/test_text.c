/* Text of unknown origin: what reaches a terminal, byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "trace/text.h"

#define R "\xef\xbf\xbd" /* U+FFFD */

struct row {
	const char *name, *bytes, *clean;
};

static const struct row rows[] = {
        {"ascii", "Task 1", "Task 1"},
        {"empty", "", ""},
        {"two bytes", "\xc3\xa9", "\xc3\xa9"},
        {"three bytes", "\xe2\x82\xac", "\xe2\x82\xac"},
        {"four bytes", "\xf0\x9f\x90\x8d", "\xf0\x9f\x90\x8d"},
        {"right to left", "\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c"},
        {"escape sequence", "\x1b[2J", R "[2J"},
        {"every kind of line end", "a\r\nb\x0b\x0c", "a" R R "b" R R},
        {"tab, bell, backspace", "\t\a\b", R R R},
        {"delete", "a\x7f", "a" R},
        {"C1 CSI as two bytes", "\xc2\x9b[31m", R "[31m"},
        {"C1 first and last", "\xc2\x80\xc2\x9f", R R},
        {"not C1", "\xc2\xa0", "\xc2\xa0"},
        {"C1 as one byte", "\x9b[31m", R "[31m"},
        {"bidi override",
         "a\xe2\x80\xae"
         "b",
         "a" R "b"},
        {"bidi embeddings", "\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad", R R R R},
        {"bidi isolates", "\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9", R R R R},
        {"line separators", "\xe2\x80\xa8\xe2\x80\xa9", R R},
        {"their neighbours", "\xe2\x80\xa7\xe2\x80\xaf", "\xe2\x80\xa7\xe2\x80\xaf"},
        {"lone continuation", "a\x80z", "a" R "z"},
        {"cut off at the end", "ab\xe2\x82", "ab" R R},
        {"cut off by a letter", "\xe2\x82x", R R "x"},
        {"overlong slash", "\xc0\xaf", R R},
        {"overlong of three", "\xe0\x80\xaf", R R R},
        {"overlong of four", "\xf0\x80\x80\xaf", R R R R},
        {"surrogate", "\xed\xa0\x80", R R R},
        {"last before the surrogates", "\xed\x9f\xbf", "\xed\x9f\xbf"},
        {"beyond U+10FFFF", "\xf4\x90\x80\x80", R R R R},
        {"last of all", "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},
        {"five bytes", "\xf8\x88\x80\x80\x80", R R R R R},
        {"no UTF-8 at all", "\xfe\xff", R R},
};

static void text_clean__each_row__is_fit_for_a_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[64];
		size_t n =
		        trace_text_clean(rows[i].bytes, strlen(rows[i].bytes), text, sizeof text);
		if (strcmp(text, rows[i].clean) || n != strlen(rows[i].clean))
			fail_msg("%s: '%s' of %zu bytes", rows[i].name, text, n);
	}
}

static void text_clean__zero_bytes__are_replaced(void **state)
{
	(void)state;
	char text[16];
	assert_int_equal(trace_text_clean("a\0b", 3, text, sizeof text), 5);
	assert_string_equal(text, "a" R "b");
}

static void text_clean__little_room__cuts_on_a_code_point(void **state)
{
	(void)state;
	char text[8] = "unused";
	assert_int_equal(trace_text_clean("a\xe2\x82\xac"
	                                  "b",
	                                  5, NULL, 0),
	                 5);
	assert_int_equal(trace_text_clean("a\xe2\x82\xac"
	                                  "b",
	                                  5, text, 1),
	                 5);
	assert_string_equal(text, "");
	assert_int_equal(trace_text_clean("a\xe2\x82\xac"
	                                  "b",
	                                  5, text, 4),
	                 5);
	assert_string_equal(text, "a");
	assert_int_equal(trace_text_clean("a\xe2\x82\xac"
	                                  "b",
	                                  5, text, 5),
	                 5);
	assert_string_equal(text, "a\xe2\x82\xac");
	assert_int_equal(trace_text_clean("a\xe2\x82\xac"
	                                  "b",
	                                  5, text, 6),
	                 5);
	assert_string_equal(text, "a\xe2\x82\xac"
	                          "b");
}

/* Encode, as simply as the standard's table says. */
static size_t encode(uint32_t c, char *bytes)
{
	if (c < 0x80) {
		bytes[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
	return n;
}

static void text_decode__every_code_point__comes_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char bytes[4];
		uint32_t decoded;
		size_t n = encode(c, bytes);
		size_t used = trace_text_decode(bytes, n, &decoded);
		int is_surrogate = c >= 0xd800 && c < 0xe000;
		if (is_surrogate ? decoded != TRACE_TEXT_INVALID || used != 1
		                 : decoded != c || used != n)
			fail_msg("U+%04X", (unsigned)c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(text_clean__each_row__is_fit_for_a_terminal),
	        cmocka_unit_test(text_clean__zero_bytes__are_replaced),
	        cmocka_unit_test(text_clean__little_room__cuts_on_a_code_point),
	        cmocka_unit_test(text_decode__every_code_point__comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
