/* Text to lines of words, as Python's shlex splits them, because the oracle uses that: quotes and backslashes group, `#` starts a
 * comment wherever it stands. A control character is a mistake: words are printed on terminals.
 */
#include "scenarios/gts/program.h"

#include <stdio.h>
#include <string.h>

struct cursor {
	struct gts_lexer *lexer;
	const char *at, *end; /* of the line, without its comment */
	int col;
};

static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r';
}

/* Step over one byte; columns count characters. */
static char take(struct cursor *cursor)
{
	char ch = *cursor->at++;
	if ((ch & 0xc0) != 0x80)
		cursor->col++;
	return ch;
}

static int open_quote(struct cursor *cursor, int col, char quote)
{
	char expected[] = "a closing ?";
	expected[sizeof expected - 2] = quote;
	return gts_expected(cursor->lexer->program, cursor->lexer->line, col, expected,
	                    "the end of the line");
}

/* Copy what stands between two quotes. Returns 0, or -1 when the second one is missing. */
static int read_quoted(struct cursor *cursor, char quote, char *out, size_t *n)
{
	int col = cursor->col - 1;
	while (cursor->at < cursor->end) {
		char ch = take(cursor);
		if (ch == quote)
			return 0;
		bool escapes = quote == '"' && ch == '\\' && cursor->at < cursor->end &&
		               (*cursor->at == '"' || *cursor->at == '\\');
		out[(*n)++] = escapes ? take(cursor) : ch;
	}
	return open_quote(cursor, col, quote);
}

/* Read one word into `out`, which has room for the whole line. */
static int read_word(struct cursor *cursor, char *out, size_t *n)
{
	*n = 0;
	while (cursor->at < cursor->end && !is_blank(*cursor->at)) {
		char ch = take(cursor);
		if (ch == '"' || ch == '\'') {
			if (read_quoted(cursor, ch, out, n) != 0)
				return -1;
		} else if (ch == '\\') {
			if (cursor->at == cursor->end)
				return open_quote(cursor, cursor->col - 1, '\\');
			out[(*n)++] = take(cursor);
		} else {
			out[(*n)++] = ch;
		}
	}
	return 0;
}

/* Whether a control character, or a separator of lines, stands at `at` in two or three bytes: U+0080 to U+009F, U+2028, U+2029. */
static bool is_wide_control(const char *at, const char *end)
{
	const unsigned char *ch = (const unsigned char *)at;
	if (end - at >= 2 && ch[0] == 0xc2)
		return ch[1] >= 0x80 && ch[1] <= 0x9f;
	return end - at >= 3 && ch[0] == 0xe2 && ch[1] == 0x80 && (ch[2] == 0xa8 || ch[2] == 0xa9);
}

static int check_characters(struct cursor *cursor)
{
	struct cursor c = *cursor;
	while (c.at < c.end) {
		char found[40];
		bool is_wide = is_wide_control(c.at, c.end);
		unsigned char ch = (unsigned char)take(&c);
		if (is_wide)
			return gts_expected(c.lexer->program, c.lexer->line, c.col - 1, "text",
			                    ch == 0xc2 ? "a control character"
			                               : "a separator of lines");
		if ((ch >= 0x20 && ch != 0x7f) || ch == '\t' || ch == '\r')
			continue;
		snprintf(found, sizeof found, "the control character 0x%02x", ch);
		return gts_expected(c.lexer->program, c.lexer->line, c.col - 1, "text", found);
	}
	return 0;
}

static int add_word(struct cursor *cursor, struct gts_line *line, char *buffer)
{
	struct gts_program *program = cursor->lexer->program;
	int col = cursor->col;
	size_t n;
	if (line->n == GTS_WORDS_MAX)
		return gts_expected(program, line->number, col, "at most 257 words in a line",
		                    "more");
	if (read_word(cursor, buffer, &n) != 0)
		return -1;
	const char *text = gts_arena_text(&program->arena, buffer, n);
	if (!text)
		return gts_no_memory(program);
	line->words[line->n++] = (struct gts_word){text, line->number, col};
	line->end_col = cursor->col;
	return 0;
}

static int read_line(struct cursor *cursor, struct gts_line *line)
{
	struct gts_program *program = cursor->lexer->program;
	char *buffer = gts_arena_take(&program->arena, (size_t)(cursor->end - cursor->at) + 1);
	if (!buffer)
		return gts_no_memory(program);
	if (check_characters(cursor) != 0)
		return -1;
	for (;;) {
		while (cursor->at < cursor->end && is_blank(*cursor->at))
			take(cursor);
		if (cursor->at == cursor->end)
			return 0;
		if (add_word(cursor, line, buffer) != 0)
			return -1;
	}
}

int gts_lexer_next(struct gts_lexer *lexer, struct gts_line *line)
{
	while (*lexer->at) {
		const char *start = lexer->at;
		size_t n = strcspn(start, "\n");
		lexer->at += n + (start[n] == '\n');
		lexer->line++;
		struct cursor cursor = {lexer, start, start + strcspn(start, "#\n"), 1};
		*line = (struct gts_line){.number = lexer->line, .end_col = 1};
		if (read_line(&cursor, line) != 0)
			return -1;
		if (line->n)
			return 1;
	}
	*line = (struct gts_line){.number = lexer->line + 1, .end_col = 1};
	return 0;
}
