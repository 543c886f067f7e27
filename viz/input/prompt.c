/* A typed line. It holds a few words, so editing is moving by a character, and taking away one, a word or all. */
#include "viz/input/prompt.h"

#include <stdio.h>
#include <string.h>

#include "viz/text/utf8.h"

#define KEY_CTRL_U 0x15u
#define KEY_CTRL_W 0x17u

void viz_prompt_open(struct viz_prompt *prompt, char sign, const char *text)
{
	*prompt = (struct viz_prompt){.sign = sign};
	snprintf(prompt->text, sizeof prompt->text, "%s", text);
	prompt->at = strlen(prompt->text);
}

static enum viz_typed end(struct viz_prompt *prompt, enum viz_typed how)
{
	prompt->sign = 0;
	return how;
}

/* Return where the character before, or at, a place of the text begins or ends. */
static size_t before(const char *text, size_t at)
{
	at -= at > 0;
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static size_t behind(const char *text, size_t at)
{
	const char *next = text + at;
	(void)viz_utf8_next(&next);
	return (size_t)(next - text);
}

static size_t word_before(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return at;
}

/* Take away what stands between two places; the cursor comes to the first. */
static enum viz_typed cut(struct viz_prompt *prompt, size_t from, size_t to)
{
	memmove(prompt->text + from, prompt->text + to, strlen(prompt->text + to) + 1);
	prompt->at = from;
	return VIZ_TYPED_TEXT;
}

static enum viz_typed move(struct viz_prompt *prompt, size_t to)
{
	prompt->at = to;
	return VIZ_TYPED_TEXT;
}

static enum viz_typed add(struct viz_prompt *prompt, uint32_t ch)
{
	char bytes[VIZ_UTF8_MAX_BYTES];
	char *at = prompt->text + prompt->at;
	size_t n = strlen(prompt->text), more = viz_utf8_put(bytes, ch);
	if (n + more >= sizeof prompt->text)
		return VIZ_TYPED_NOTHING;
	memmove(at + more, at, strlen(at) + 1);
	memcpy(at, bytes, more);
	prompt->at += more;
	return VIZ_TYPED_TEXT;
}

enum viz_typed viz_prompt_type(struct viz_prompt *prompt, const struct viz_key *key)
{
	const char *text = prompt->text;
	size_t at = prompt->at;
	switch (key->code) {
	case VIZ_KEY_ENTER:
		return end(prompt, VIZ_TYPED_ENTER);
	case VIZ_KEY_ESCAPE:
	case VIZ_KEY_CTRL_C:
		return end(prompt, VIZ_TYPED_CANCEL);
	case VIZ_KEY_BACKSPACE:
		if (text[0] == '\0')
			return end(prompt, VIZ_TYPED_CANCEL);
		return cut(prompt, before(text, at), at);
	case VIZ_KEY_DELETE:
		return cut(prompt, at, behind(text, at));
	case VIZ_KEY_LEFT:
		return move(prompt, before(text, at));
	case VIZ_KEY_RIGHT:
		return move(prompt, behind(text, at));
	case VIZ_KEY_HOME:
		return move(prompt, 0);
	case VIZ_KEY_END:
		return move(prompt, strlen(text));
	case KEY_CTRL_U:
		return cut(prompt, 0, strlen(text));
	case KEY_CTRL_W:
		return cut(prompt, word_before(text, at), at);
	default:
		break;
	}
	bool is_text = key->code >= 0x20 && key->code < 0x110000 &&
	               (key->code < 0x7f || key->code >= 0xa0);
	return is_text ? add(prompt, key->code) : VIZ_TYPED_NOTHING;
}

static int cols_between(const char *from, const char *to)
{
	int cols = 0;
	while (from < to)
		cols += viz_utf8_width(viz_utf8_next(&from));
	return cols;
}

int viz_prompt_paint_text(const struct viz_prompt *prompt, struct viz_grid *grid, int row, int col,
                          int cols)
{
	const char *from = prompt->text, *at = prompt->text + prompt->at;
	while (from < at && cols_between(from, at) + 1 > cols)
		(void)viz_utf8_next(&from);
	int cursor = col + cols_between(from, at);
	int used = viz_grid_text(grid, row, col, cols, VIZ_STYLE_TITLE, from);
	if (*at == '\0')
		used = cursor + 1 - col;
	struct viz_cell *cell = viz_grid_cell(grid, row, cursor);
	if (cols > 0 && cell != NULL)
		viz_grid_put(grid, row, cursor, *at == '\0' ? ' ' : cell->ch, VIZ_STYLE_SELECTED);
	return used;
}

void viz_prompt_paint(const struct viz_prompt *prompt, struct viz_grid *grid, int row,
                      const char *hint)
{
	int margin = grid->cols >= 60 ? 1 : 0;
	for (int col = 0; col < grid->cols; col++)
		viz_grid_put(grid, row, col, ' ', VIZ_STYLE_PLAIN);
	viz_grid_put(grid, row, margin, (uint32_t)prompt->sign, VIZ_STYLE_TITLE);
	int col = margin + 1;
	col += viz_prompt_paint_text(prompt, grid, row, col, grid->cols - margin - col);
	int cols = viz_utf8_cols(hint), at = grid->cols - margin - cols;
	if (at > col + 1)
		viz_grid_text(grid, row, at, cols, VIZ_STYLE_DIM, hint);
}
