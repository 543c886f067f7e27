/* The pull parser of JSON by itself: documents from a seed whose tokens are known, in reads of one, two and three bytes, cut at every byte;
 * strings, numbers and depths at their ends; and what is no JSON, with the byte that says so.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/trace/fed.h"
#include "trace/import/pull.h"

/* ---- What comes out, as text: a token a line ---- */

#define OUT_BYTES 65536u

struct out {
	char text[OUT_BYTES];
	size_t n;
	struct trace_error error;
	enum trace_pull_token last;
};

static void put(struct out *out, const char *text, size_t n)
{
	assert_true(out->n + n < OUT_BYTES);
	memcpy(out->text + out->n, text, n);
	out->n += n;
	out->text[out->n] = '\0';
}

/* A word for a token and, if it has one, its text between angle brackets: no text of the tests has those. */
static void put_token(struct out *out, enum trace_pull_token token, const char *text, size_t n)
{
	static const char *const names[] = {"end",    "{",      "}",    "[",     "]",   "key",
	                                    "string", "number", "true", "false", "null"};
	put(out, names[token], strlen(names[token]));
	if (token == TRACE_PULL_KEY || token == TRACE_PULL_STRING || token == TRACE_PULL_NUMBER) {
		put(out, "<", 1);
		put(out, text, n);
		put(out, ">", 1);
	}
	put(out, "\n", 1);
}

static void pull_all(struct out *out, struct trace_input *input, bool may_break_off)
{
	static struct trace_pull pull;
	out->n = 0;
	out->text[0] = '\0';
	memset(&out->error, 0, sizeof out->error);
	trace_pull_init(&pull, input, &out->error);
	pull.may_break_off = may_break_off;
	do {
		out->last = trace_pull_next(&pull);
		if (out->last != TRACE_PULL_ERROR)
			put_token(out, out->last, pull.text, pull.n);
	} while (out->last > TRACE_PULL_END);
}

static void parse(struct out *out, const char *bytes, size_t n, size_t chunk)
{
	struct trace_input input;
	fed_input(&input, bytes, n, chunk);
	pull_all(out, &input, false);
	trace_input_fini(&input);
}

static struct out *parsed(const char *text)
{
	static struct out out;
	parse(&out, text, strlen(text), 0);
	return &out;
}

/* ---- Documents of which it is known what they say ---- */

struct maker {
	uint64_t seed;
	char text[16384];
	size_t n;
	struct out expected;
};

static unsigned below(struct maker *m, unsigned n)
{
	m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(m->seed >> 33) % n;
}

static void say(struct maker *m, const char *text)
{
	size_t n = strlen(text);
	assert_true(m->n + n < sizeof m->text);
	memcpy(m->text + m->n, text, n + 1);
	m->n += n;
}

static void say_blanks(struct maker *m)
{
	static const char *const blanks[] = {"", "", " ", "\n", "\t\r", " \n "};
	say(m, blanks[below(m, 6)]);
}

/* Pieces of strings as they are written and as they are meant. */
static const char *const pieces[][2] = {
        {"a", "a"},
        {"Task 7", "Task 7"},
        {"\\\"", "\""},
        {"\\\\", "\\"},
        {"\\/", "/"},
        {"/", "/"},
        {"\\b\\f\\n\\r\\t", "\b\f\n\r\t"},
        {"\\u0041", "A"},
        {"\\u00e9", "\xc3\xa9"},
        {"\\u20AC", "\xe2\x82\xac"},
        {"\\ud83d\\ude00", "\xf0\x9f\x98\x80"},
        {"\\uD83Dx", "\xef\xbf\xbdx"},
        {"\\ude00.", "\xef\xbf\xbd."},
        {"\\ud83d\\n", "\xef\xbf\xbd\n"},
        {"\\ud83d\\ud83d\\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80"},
        {"\\ud83d\\u0041", "\xef\xbf\xbd"
                           "A"},
        {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {"{[,:]}", "{[,:]}"},
        {"", ""},
};

static void make_string(struct maker *m, enum trace_pull_token token)
{
	char meant[256] = "";
	size_t n = 0;
	say(m, "\"");
	for (unsigned i = below(m, 4); i > 0; i--) {
		const char *const *piece = pieces[below(m, sizeof pieces / sizeof *pieces)];
		say(m, piece[0]);
		memcpy(meant + n, piece[1], strlen(piece[1]));
		n += strlen(piece[1]);
	}
	say(m, "\"");
	put_token(&m->expected, token, meant, n);
}

static void make_word(struct maker *m)
{
	static const char *const numbers[] = {"0",      "-0",     "17",
	                                      "-1",     "3.25",   "1e3",
	                                      "1E-400", "0.0e+0", "18446744073709551615"};
	static const char *const words[] = {"true", "false", "null"};
	unsigned which = below(m, 12);
	if (which < 9) {
		say(m, numbers[which]);
		put_token(&m->expected, TRACE_PULL_NUMBER, numbers[which], strlen(numbers[which]));
		return;
	}
	say(m, words[which - 9]);
	put_token(&m->expected, (enum trace_pull_token)(TRACE_PULL_TRUE + which - 9), "", 0);
}

static void make_value(struct maker *m, unsigned depth)
{
	unsigned which = depth > 5 ? 2 + below(m, 2) : below(m, 4);
	if (which == 2)
		make_string(m, TRACE_PULL_STRING);
	else if (which == 3)
		make_word(m);
	if (which >= 2)
		return;
	bool is_object = which == 0;
	say(m, is_object ? "{" : "[");
	put_token(&m->expected, is_object ? TRACE_PULL_OBJECT : TRACE_PULL_ARRAY, "", 0);
	unsigned n = below(m, 4);
	for (unsigned i = 0; i < n; i++) {
		say(m, i ? "," : "");
		say_blanks(m);
		if (is_object) {
			make_string(m, TRACE_PULL_KEY);
			say_blanks(m);
			say(m, ":");
			say_blanks(m);
		}
		make_value(m, depth + 1);
		say_blanks(m);
	}
	say(m, is_object ? "}" : "]");
	put_token(&m->expected, is_object ? TRACE_PULL_OBJECT_END : TRACE_PULL_ARRAY_END, "", 0);
}

/* Make a stream of documents: one behind the other, as JSON lines are. */
static void make(struct maker *m, uint64_t seed)
{
	memset(m, 0, sizeof *m);
	m->seed = seed * 2654435761u + 1;
	for (unsigned i = below(m, 3); i < 3; i++) {
		make_value(m, 0);
		say(m, "\n");
	}
}

static void random_documents__reads_of_any_size__the_tokens_that_were_meant(void **state)
{
	static struct maker m;
	static struct out out;
	static const size_t chunks[] = {0, 1, 2, 3, 7, 64};
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		make(&m, seed);
		put_token(&m.expected, TRACE_PULL_END, "", 0);
		for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
			parse(&out, m.text, m.n, chunks[i]);
			if (out.last != TRACE_PULL_END || strcmp(out.text, m.expected.text) != 0)
				fail_msg("seed %" PRIu64 ", %zu bytes a read: %s\n%s\nread as\n%s",
				         seed, chunks[i], out.error.text, m.text, out.text);
		}
	}
}

/* Everything up to the cut comes out; then the end, or an error that names a byte that is there, or the one behind. */
static void check_cut(const struct maker *m, size_t n, size_t chunk)
{
	static struct out out;
	parse(&out, m->text, n, chunk);
	if (out.last == TRACE_PULL_END)
		out.text[out.n -= strlen("end\n")] = '\0';
	/* 17 that was cut is a number, and another one */
	char *line = out.text;
	for (char *at = strchr(line, '\n'); at && at[1]; at = strchr(line, '\n'))
		line = at + 1;
	if (strncmp(line, "number<", 7) == 0)
		*line = '\0';
	if (strncmp(out.text, m->expected.text, strlen(out.text)) != 0)
		fail_msg("cut at %zu: %s", n, out.text);
	if (out.last == TRACE_PULL_END)
		return;
	assert_int_equal(out.error.code, TRACE_EFORMAT);
	assert_true(out.error.offset <= n);
	char where[64];
	snprintf(where, sizeof where, "byte %zu)", (size_t)out.error.offset);
	if (!strstr(out.error.text, "expected ") || !strstr(out.error.text, where))
		fail_msg("cut at %zu: '%s'", n, out.error.text);
}

static void random_documents__cut_at_every_byte__a_prefix_and_where_it_ends(void **state)
{
	static struct maker m;
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		make(&m, seed);
		for (size_t n = 0; n < m.n; n++)
			check_cut(&m, n, n % 4);
	}
}

/* ---- Cut where it hurts ---- */

static void every_kind_of_token__cut_within__found_the_end(void **state)
{
	static const char *const tokens[] = {
	        "{",         "[",           "{\"a",         "{\"a\"",
	        "{\"a\":",   "{\"a\":1",    "{\"a\":1,",    "[1,",
	        "[1",        "\"a",         "\"\\",         "\"\\u",
	        "\"\\u0",    "\"\\u00",     "\"\\u004",     "\"\\u0041",
	        "\"\\ud83d", "\"\\ud83d\\", "\"\\ud83d\\u", "t",
	        "tru",       "f",           "fals",         "n",
	        "nul",       "-",           "1.",           "1e",
	        "1e+",       "0.",          "-0.",          "\"\xc3"};
	(void)state;
	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
		struct out *out = parsed(tokens[i]);
		if (out->last != TRACE_PULL_ERROR || !strstr(out->error.text, "found the end") ||
		    out->error.offset != strlen(tokens[i]))
			fail_msg("%s: '%s' %s", tokens[i], out->text, out->error.text);
	}
}

static void what_is_no_json__each_way__what_was_expected_and_the_byte(void **state)
{
	static const struct {
		const char *text, *expected;
		size_t byte;
	} rows[] = {
	        {"{1:2}", "expected a key, found '1'", 1},
	        {"{\"a\" 1}", "expected ':', found '1'", 5},
	        {"{\"a\":1 \"b\":2}", "expected ',' or '}', found '\"'", 7},
	        {"{\"a\":1,}", "expected a key, found '}'", 7},
	        {"[1 2]", "expected ',' or ']', found '2'", 3},
	        {"[1,]", "expected a value, found ']'", 3},
	        {"[,1]", "expected a value, found ','", 1},
	        {"[1}", "expected ',' or ']', found '}'", 2},
	        {"{]", "expected a key, found ']'", 1},
	        {"]", "expected a value, found ']'", 0},
	        {"nil", "expected a value, found 'i'", 1},
	        {"True", "expected a value, found 'T'", 0},
	        {"NaN", "expected a value, found 'N'", 0},
	        {"'a'", "expected a value, found '''", 0},
	        {"+1", "expected a value, found '+'", 0},
	        {".5", "expected a value, found '.'", 0},
	        {"1.x", "expected a digit, found 'x'", 2},
	        {"-x", "expected a digit, found 'x'", 1},
	        {"1ex", "expected a digit, found 'x'", 2},
	        {"[01]", "expected ',' or ']', found '1'", 2},
	        {"\"\\x\"", "expected an escape, found 'x'", 2},
	        {"\"\\u12g4\"", "expected an escape, found 'g'", 5},
	        {"\"a\nb\"", "expected the quote that ends a string, found byte 0x0a", 2},
	        {"\"\x01\"", "expected the quote that ends a string, found byte 0x01", 1},
	        {"\x80", "expected a value, found byte 0x80", 0},
	        {"[/*c*/1]", "expected a value, found '/'", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 4; chunk++) {
			static struct out out;
			parse(&out, rows[i].text, strlen(rows[i].text), chunk);
			if (out.last != TRACE_PULL_ERROR ||
			    !strstr(out.error.text, rows[i].expected) ||
			    out.error.offset != rows[i].byte)
				fail_msg("%s: %s", rows[i].text, out.error.text);
		}
}

static void errors__on_a_later_line__line_and_byte_are_counted(void **state)
{
	(void)state;
	struct out *out = parsed("[1,\n 2,\n x]");
	assert_string_equal(out->error.text, "cannot read 'x.json': expected a value, found 'x' "
	                                     "(line 3, byte 9)");
}

/* ---- Ends ---- */

static void depth__at_the_limit_and_beyond__the_limit_is_said(void **state)
{
	char text[3 * TRACE_PULL_DEPTH_MAX + 8];
	(void)state;
	for (size_t deep = TRACE_PULL_DEPTH_MAX; deep <= TRACE_PULL_DEPTH_MAX + 1; deep++) {
		memset(text, '[', deep);
		memset(text + deep, ']', deep);
		text[2 * deep] = '\0';
		struct out *out = parsed(text);
		if (deep == TRACE_PULL_DEPTH_MAX)
			assert_int_equal(out->last, TRACE_PULL_END);
		else
			assert_non_null(strstr(out->error.text, "expected at most 64 levels"));
	}
}

/* Objects and arrays in turn, all the way down: each level's bit is its own. */
static void depth__objects_in_arrays__each_level_ends_as_it_began(void **state)
{
	static const char opens[] = "[{\"k\":", closes[] = "}]";
	char text[1024];
	size_t n = 0;
	(void)state;
	for (unsigned i = 0; i < TRACE_PULL_DEPTH_MAX / 2; i++, n += sizeof opens - 1)
		memcpy(text + n, opens, sizeof opens - 1);
	text[n++] = '1';
	for (unsigned i = 0; i < TRACE_PULL_DEPTH_MAX / 2; i++, n += sizeof closes - 1)
		memcpy(text + n, closes, sizeof closes - 1);
	text[n] = '\0';
	assert_int_equal(parsed(text)->last, TRACE_PULL_END);
	*strrchr(text, '}') = ']';
	assert_int_equal(parsed(text)->last, TRACE_PULL_ERROR);
}

static void strings__longer_than_the_text__checked_to_their_end_and_cut(void **state)
{
	static char text[3 * TRACE_PULL_TEXT_BYTES];
	struct trace_input input;
	struct trace_error error;
	static struct trace_pull pull;
	(void)state;
	memset(text, 'x', sizeof text);
	text[0] = '"';
	text[sizeof text - 1] = '"';
	fed_input(&input, text, sizeof text, 1000);
	trace_pull_init(&pull, &input, &error);
	assert_int_equal(trace_pull_next(&pull), TRACE_PULL_STRING);
	assert_int_equal(pull.n, TRACE_PULL_TEXT_BYTES);
	assert_int_equal(strlen(pull.text), TRACE_PULL_TEXT_BYTES);
	assert_int_equal(trace_pull_next(&pull), TRACE_PULL_END);
	trace_input_fini(&input);
	text[sizeof text - 2] = '\n';
	fed_input(&input, text, sizeof text, 1000);
	trace_pull_init(&pull, &input, &error);
	assert_int_equal(trace_pull_next(&pull), TRACE_PULL_ERROR);
	trace_input_fini(&input);
}

static void strings__a_zero_within__keeps_its_place(void **state)
{
	(void)state;
	struct out *out = parsed("\"a\\u0000b\"");
	assert_int_equal(out->last, TRACE_PULL_END);
	assert_memory_equal(out->text, "string<a\0b>\n", 12);
}

/* A string that lies across the end of the buffer, at each of its bytes. */
static void strings__across_the_buffer__as_they_stand(void **state)
{
	static char text[TRACE_INPUT_BYTES + 64];
	static struct out out;
	static const char string[] = "\"a\\ud83d\\ude00\\n\xe2\x82\xac\"";
	(void)state;
	for (size_t i = 0; i <= sizeof string; i++) {
		memset(text, ' ', sizeof text);
		memcpy(text + TRACE_INPUT_BYTES - i, string, sizeof string - 1);
		parse(&out, text, sizeof text, 0);
		assert_string_equal(out.text, "string<a\xf0\x9f\x98\x80\n\xe2\x82\xac>\nend\n");
	}
}

static void empty_input__and_blanks__the_end_again_and_again(void **state)
{
	struct trace_input input;
	struct trace_error error;
	static struct trace_pull pull;
	(void)state;
	assert_string_equal(parsed("")->text, "end\n");
	fed_input(&input, " \n\t", 3, 1);
	trace_pull_init(&pull, &input, &error);
	for (int i = 0; i < 3; i++)
		assert_int_equal(trace_pull_next(&pull), TRACE_PULL_END);
	assert_int_equal(input.line, 2);
	trace_input_fini(&input);
}

static void an_array_that_may_break_off__at_each_place__ends(void **state)
{
	static const struct {
		const char *text;
		bool ends;
	} rows[] = {
	        {"[", true},     {"[1", true},         {"[1,", true},       {"[1,]", true},
	        {"[{}", true},   {"[{},\n", true},     {"[{", false},       {"[[1", false},
	        {"[\"a", false}, {"{\"a\":[1", false}, {"{\"a\":1", false}, {"[1,,", false},
	};
	static struct out out;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct trace_input input;
		fed_input(&input, rows[i].text, strlen(rows[i].text), 1);
		pull_all(&out, &input, true);
		trace_input_fini(&input);
		if ((out.last == TRACE_PULL_END) != rows[i].ends)
			fail_msg("%s: %s %s", rows[i].text, out.text, out.error.text);
	}
}

static void skip__a_value_of_any_kind__the_next_token_is_behind_it(void **state)
{
	static const char *const values[] = {"1",    "\"a\"",          "null",
	                                     "{}",   "[[[]]]",         "{\"a\":[{\"b\":{}},2]}",
	                                     "true", "[1,\"]\",\"}\"]"};
	struct trace_error error;
	static struct trace_pull pull;
	char text[128];
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		for (size_t chunk = 1; chunk < 4; chunk++) {
			struct trace_input input;
			int n = snprintf(text, sizeof text, "[%s,\"next\"]", values[i]);
			fed_input(&input, text, (size_t)n, chunk);
			trace_pull_init(&pull, &input, &error);
			assert_int_equal(trace_pull_next(&pull), TRACE_PULL_ARRAY);
			assert_int_equal(trace_pull_skip(&pull, trace_pull_next(&pull)), TRACE_OK);
			assert_int_equal(trace_pull_next(&pull), TRACE_PULL_STRING);
			assert_string_equal(pull.text, "next");
			trace_input_fini(&input);
		}
}

static void a_read_that_fails__within_any_token__the_reason_and_no_json_error(void **state)
{
	static const char text[] = "{\"key\": [1, \"two\\n\", true]} ";
	static struct out out;
	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		struct trace_input input;
		fed_input(&input, text, n, 2);
		fed.error = EIO;
		fed.stutters = true;
		pull_all(&out, &input, false);
		trace_input_fini(&input);
		assert_int_equal(out.last, TRACE_PULL_ERROR);
		assert_int_equal(out.error.code, TRACE_ESYSTEM);
		assert_string_equal(out.error.text, "cannot read 'x.json': Input/output error");
	}
}

/* ---- Numbers ---- */

static void numbers__of_many_digits__up_to_the_limit(void **state)
{
	char text[TRACE_PULL_DIGITS_MAX + 2];
	(void)state;
	memset(text, '7', sizeof text);
	text[TRACE_PULL_DIGITS_MAX] = '\0';
	assert_int_equal(parsed(text)->last, TRACE_PULL_END);
	text[TRACE_PULL_DIGITS_MAX] = '7';
	text[TRACE_PULL_DIGITS_MAX + 1] = '\0';
	struct out *out = parsed(text);
	assert_int_equal(out->last, TRACE_PULL_ERROR);
	if (!strstr(out->error.text, "expected a shorter number"))
		fail_msg("%s", out->error.text);
	memcpy(text, "0.", 2);
	out = parsed(text);
	if (!strstr(out->error.text, "expected a shorter number"))
		fail_msg("%s", out->error.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(random_documents__reads_of_any_size__the_tokens_that_were_meant),
	        cmocka_unit_test(random_documents__cut_at_every_byte__a_prefix_and_where_it_ends),
	        cmocka_unit_test(every_kind_of_token__cut_within__found_the_end),
	        cmocka_unit_test(what_is_no_json__each_way__what_was_expected_and_the_byte),
	        cmocka_unit_test(errors__on_a_later_line__line_and_byte_are_counted),
	        cmocka_unit_test(depth__at_the_limit_and_beyond__the_limit_is_said),
	        cmocka_unit_test(depth__objects_in_arrays__each_level_ends_as_it_began),
	        cmocka_unit_test(strings__longer_than_the_text__checked_to_their_end_and_cut),
	        cmocka_unit_test(strings__a_zero_within__keeps_its_place),
	        cmocka_unit_test(strings__across_the_buffer__as_they_stand),
	        cmocka_unit_test(empty_input__and_blanks__the_end_again_and_again),
	        cmocka_unit_test(an_array_that_may_break_off__at_each_place__ends),
	        cmocka_unit_test(skip__a_value_of_any_kind__the_next_token_is_behind_it),
	        cmocka_unit_test(a_read_that_fails__within_any_token__the_reason_and_no_json_error),
	        cmocka_unit_test(numbers__of_many_digits__up_to_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
