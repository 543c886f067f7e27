/* The grammar is a small state machine: what may come next, and a bit for each open level that tells objects from arrays. So the depth costs
 * no stack, and is bounded by the word.
 *
 * Rejected: yajl, whose callbacks turn the importers inside out, and which was not faster.
 */
#include "trace/import/pull.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "trace/import/decimal.h"

enum expected {
	TOP,         /* a value, or the end */
	VALUE,       /* a value */
	FIRST_VALUE, /* a value, or ] */
	FIRST_KEY,   /* a key, or } */
	KEY,         /* a key */
	AFTER        /* a comma, or the end of this level */
};

void trace_pull_init(struct trace_pull *pull, struct trace_input *input, struct trace_error *error)
{
	memset(pull, 0, offsetof(struct trace_pull, text));
	pull->input = input;
	pull->error = error;
	pull->text[0] = '\0';
}

int trace_pull_fail(const struct trace_pull *pull, const char *format, ...)
{
	char sentence[200];
	va_list args;
	va_start(args, format);
	vsnprintf(sentence, sizeof sentence, format, args);
	va_end(args);
	return trace_input_fail(pull->input, pull->token_offset, pull->error, "%s", sentence);
}

static enum trace_pull_token bad(const struct trace_pull *pull, const char *what)
{
	trace_input_fail(pull->input, trace_input_offset(pull->input), pull->error, "%s", what);
	return TRACE_PULL_ERROR;
}

/* Complain about the next byte: "expected X, found 'y'". */
static enum trace_pull_token expected(struct trace_pull *pull, const char *what)
{
	int c = trace_input_peek(pull->input);
	char sentence[96];
	if (c < 0)
		snprintf(sentence, sizeof sentence, "expected %s, found the end", what);
	else if (c > ' ' && c < 0x7f)
		snprintf(sentence, sizeof sentence, "expected %s, found '%c'", what, c);
	else
		snprintf(sentence, sizeof sentence, "expected %s, found byte 0x%02x", what, c);
	return bad(pull, sentence);
}

/* Take blanks. Returns the byte behind them, -1 at the end. */
static int skip_blanks(struct trace_pull *pull)
{
	struct trace_input *in = pull->input;
	for (;;) {
		for (; in->at < in->end; in->at++) {
			char c = in->bytes[in->at];
			if (c == '\n')
				in->line++;
			else if (c != ' ' && c != '\t' && c != '\r')
				return (unsigned char)c;
		}
		if (!trace_input_fill(in))
			return -1;
	}
}

/* ---- strings */

/* Append to the text what fits whole: a sequence is not split. */
static void append(struct trace_pull *pull, const char *bytes, size_t n)
{
	size_t room = TRACE_PULL_TEXT_BYTES - pull->n;
	if (n > room)
		n = room;
	memcpy(pull->text + pull->n, bytes, n);
	pull->n += n;
}

static void append_code_point(struct trace_pull *pull, uint32_t c)
{
	char bytes[4];
	size_t n = 0;
	if (c < 0x80) {
		bytes[n++] = (char)c;
	} else if (c < 0x800) {
		bytes[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		bytes[n++] = (char)(0xe0 | c >> 12);
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		bytes[n++] = (char)(0xf0 | c >> 18);
		bytes[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		bytes[n++] = (char)(0x80 | (c & 0x3f));
	append(pull, bytes, n);
}

/* Take four hexadecimal digits. Returns false when there are none. */
static bool take_hex(struct trace_pull *pull, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++) {
		int c = trace_input_peek(pull->input);
		int digit = c >= '0' && c <= '9'   ? c - '0'
		            : c >= 'a' && c <= 'f' ? c - 'a' + 10
		            : c >= 'A' && c <= 'F' ? c - 'A' + 10
		                                   : -1;
		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
		pull->input->at++;
	}
	return true;
}

/* Take what follows \u. `*high` is a first half that waits for its second; a half alone becomes U+FFFD. */
static bool take_unicode(struct trace_pull *pull, uint32_t *high)
{
	uint32_t c;
	if (!take_hex(pull, &c))
		return false;
	if (*high && c >= 0xdc00 && c < 0xe000) {
		append_code_point(pull, 0x10000 + ((*high - 0xd800) << 10) + (c - 0xdc00));
		*high = 0;
		return true;
	}
	if (*high)
		append_code_point(pull, 0xfffd);
	*high = c >= 0xd800 && c < 0xdc00 ? c : 0;
	if (!*high)
		append_code_point(pull, c >= 0xdc00 && c < 0xe000 ? 0xfffd : c);
	return true;
}

/* Take what follows a backslash. */
static bool take_escape(struct trace_pull *pull, uint32_t *high)
{
	static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
	int c = trace_input_peek(pull->input);
	if (c < 0)
		return false;
	if (c == 'u') {
		pull->input->at++;
		return take_unicode(pull, high);
	}
	for (const char *e = escapes; *e; e += 2)
		if (*e == c) {
			pull->input->at++;
			if (*high)
				append_code_point(pull, 0xfffd);
			*high = 0;
			append(pull, e + 1, 1);
			return true;
		}
	return false;
}

/* Take the rest of a string, behind its first quote. */
static enum trace_pull_token take_string(struct trace_pull *pull, enum trace_pull_token token)
{
	struct trace_input *in = pull->input;
	uint32_t high = 0;
	pull->n = 0;
	for (;;) {
		const char *run = in->bytes + in->at, *p = run, *end = in->bytes + in->end;
		while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
			p++;
		if (p > run && high) {
			append_code_point(pull, 0xfffd);
			high = 0;
		}
		append(pull, run, (size_t)(p - run));
		in->at += (size_t)(p - run);
		int c = trace_input_peek(in);
		if (c < 0x20)
			return expected(pull, "the quote that ends a string");
		if (c == '"')
			break;
		if (c != '\\')
			continue; /* the buffer has been filled again */
		in->at++;
		if (!take_escape(pull, &high))
			return expected(pull, "an escape");
	}
	if (high)
		append_code_point(pull, 0xfffd);
	in->at++;
	pull->text[pull->n] = '\0';
	return token;
}

/* ---- numbers */

static bool take_digits(struct trace_pull *pull)
{
	size_t before = pull->n;
	for (;;) {
		int c = trace_input_peek(pull->input);
		if (c < '0' || c > '9')
			return pull->n > before;
		if (pull->n == TRACE_PULL_DIGITS_MAX)
			return false;
		pull->text[pull->n++] = (char)c;
		pull->input->at++;
	}
}

/* Take a byte that is one of two. */
static bool take_one(struct trace_pull *pull, char one, char other)
{
	int c = trace_input_peek(pull->input);
	if ((c != one && c != other) || pull->n == TRACE_PULL_DIGITS_MAX)
		return false;
	pull->text[pull->n++] = (char)c;
	pull->input->at++;
	return true;
}

static enum trace_pull_token expected_digit(struct trace_pull *pull)
{
	return expected(pull, pull->n < TRACE_PULL_DIGITS_MAX ? "a digit" : "a shorter number");
}

static enum trace_pull_token take_number(struct trace_pull *pull)
{
	pull->n = 0;
	take_one(pull, '-', '-');
	bool is_zero = take_one(pull, '0', '0');
	if (!is_zero && !take_digits(pull))
		return expected_digit(pull);
	if (take_one(pull, '.', '.') && !take_digits(pull))
		return expected_digit(pull);
	if (take_one(pull, 'e', 'E')) {
		take_one(pull, '-', '+');
		if (!take_digits(pull))
			return expected_digit(pull);
	}
	pull->text[pull->n] = '\0';
	return TRACE_PULL_NUMBER;
}

bool trace_pull_unsigned(const struct trace_pull *pull, uint64_t *out)
{
	return trace_decimal_unsigned(pull->text, pull->n, out);
}

bool trace_pull_signed(const struct trace_pull *pull, int64_t *out)
{
	return trace_decimal_signed(pull->text, pull->n, out);
}

bool trace_pull_us(const struct trace_pull *pull, int64_t *ns)
{
	return trace_decimal_scaled(pull->text, pull->n, 3, ns);
}

/* ---- the grammar */

static enum trace_pull_token take_word(struct trace_pull *pull, const char *word,
                                       enum trace_pull_token token)
{
	for (const char *w = word; *w; w++, pull->input->at++)
		if (trace_input_peek(pull->input) != *w)
			return expected(pull, "a value");
	return token;
}

static enum trace_pull_token open_level(struct trace_pull *pull, bool is_object)
{
	if (pull->depth == TRACE_PULL_DEPTH_MAX)
		return bad(pull, "expected at most 64 levels");
	uint64_t bit = (uint64_t)1 << pull->depth++;
	pull->objects = is_object ? pull->objects | bit : pull->objects & ~bit;
	pull->expected = is_object ? FIRST_KEY : FIRST_VALUE;
	pull->input->at++;
	return is_object ? TRACE_PULL_OBJECT : TRACE_PULL_ARRAY;
}

static enum trace_pull_token close_level(struct trace_pull *pull)
{
	pull->depth--;
	pull->expected = pull->depth ? AFTER : TOP;
	pull->input->at++;
	return pull->objects >> pull->depth & 1 ? TRACE_PULL_OBJECT_END : TRACE_PULL_ARRAY_END;
}

static enum trace_pull_token take_value(struct trace_pull *pull, int c)
{
	pull->token_offset = trace_input_offset(pull->input);
	if (c == '{' || c == '[')
		return open_level(pull, c == '{');
	pull->expected = pull->depth ? AFTER : TOP;
	switch (c) {
	case '"':
		pull->input->at++;
		return take_string(pull, TRACE_PULL_STRING);
	case 't':
		return take_word(pull, "true", TRACE_PULL_TRUE);
	case 'f':
		return take_word(pull, "false", TRACE_PULL_FALSE);
	case 'n':
		return take_word(pull, "null", TRACE_PULL_NULL);
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			return take_number(pull);
		return expected(pull, "a value");
	}
}

static enum trace_pull_token take_key(struct trace_pull *pull)
{
	pull->token_offset = trace_input_offset(pull->input);
	pull->input->at++;
	if (take_string(pull, TRACE_PULL_KEY) == TRACE_PULL_ERROR)
		return TRACE_PULL_ERROR;
	if (skip_blanks(pull) != ':')
		return expected(pull, "':'");
	pull->input->at++;
	pull->expected = VALUE;
	return TRACE_PULL_KEY;
}

enum trace_pull_token trace_pull_next(struct trace_pull *pull)
{
	int c = skip_blanks(pull);
	bool is_object = pull->depth && pull->objects >> (pull->depth - 1) & 1;
	if (c < 0 && pull->input->failed)
		return bad(pull, "the read failed");
	if (c < 0 &&
	    (pull->expected == TOP || (pull->may_break_off && pull->depth == 1 && !is_object)))
		return TRACE_PULL_END;
	if (pull->expected == AFTER && c == (is_object ? '}' : ']'))
		return close_level(pull);
	if (pull->expected == AFTER) {
		if (c != ',')
			return expected(pull, is_object ? "',' or '}'" : "',' or ']'");
		pull->input->at++;
		pull->expected = is_object ? KEY : VALUE;
		return trace_pull_next(pull);
	}
	bool may_end = pull->may_break_off && pull->depth == 1 && !is_object;
	if (pull->expected == VALUE && c == ']' && may_end)
		return close_level(pull);
	if ((pull->expected == FIRST_KEY && c == '}') ||
	    (pull->expected == FIRST_VALUE && c == ']'))
		return close_level(pull);
	if (pull->expected == KEY || pull->expected == FIRST_KEY)
		return c == '"' ? take_key(pull) : expected(pull, "a key");
	return take_value(pull, c);
}

int trace_pull_skip(struct trace_pull *pull, enum trace_pull_token token)
{
	if (token == TRACE_PULL_ERROR)
		return TRACE_EFORMAT;
	if (token != TRACE_PULL_OBJECT && token != TRACE_PULL_ARRAY)
		return TRACE_OK;
	unsigned outside = pull->depth - 1;
	while (pull->depth > outside)
		if (trace_pull_next(pull) == TRACE_PULL_ERROR)
			return TRACE_EFORMAT;
	return TRACE_OK;
}
