/* A typed line. It holds a few words, so all that can be done is to add at its end and to take away there. */
#include "viz/prompt.h"

#include <stdio.h>
#include <string.h>

#include "viz/utf8.h"

#define KEY_CTRL_U 0x15u
#define KEY_CTRL_W 0x17u

void viz_prompt_open(struct viz_prompt *prompt, char sign, const char *text)
{
	*prompt = (struct viz_prompt){.sign = sign};
	snprintf(prompt->text, sizeof prompt->text, "%s", text);
}

static enum viz_typed end(struct viz_prompt *prompt, enum viz_typed how)
{
	prompt->sign = 0;
	return how;
}

static void drop_last(char *text)
{
	size_t n = strlen(text);
	while (n > 0 && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		n--;
	text[n > 0 ? n - 1 : 0] = '\0';
}

static void drop_word(char *text)
{
	size_t n = strlen(text);
	while (n > 0 && text[n - 1] == ' ')
		n--;
	while (n > 0 && text[n - 1] != ' ')
		n--;
	text[n] = '\0';
}

static bool add(char *text, uint32_t ch)
{
	char bytes[VIZ_UTF8_MAX_BYTES];
	size_t n = strlen(text), more = viz_utf8_put(bytes, ch);
	if (n + more >= VIZ_PATTERN_BYTES)
		return false;
	memcpy(text + n, bytes, more);
	text[n + more] = '\0';
	return true;
}

enum viz_typed viz_prompt_type(struct viz_prompt *prompt, const struct viz_key *key)
{
	switch (key->code) {
	case VIZ_KEY_ENTER:
		return end(prompt, VIZ_TYPED_ENTER);
	case VIZ_KEY_ESCAPE:
	case VIZ_KEY_CTRL_C:
		return end(prompt, VIZ_TYPED_CANCEL);
	case VIZ_KEY_BACKSPACE:
		if (prompt->text[0] == '\0')
			return end(prompt, VIZ_TYPED_CANCEL);
		drop_last(prompt->text);
		return VIZ_TYPED_TEXT;
	case KEY_CTRL_U:
		prompt->text[0] = '\0';
		return VIZ_TYPED_TEXT;
	case KEY_CTRL_W:
		drop_word(prompt->text);
		return VIZ_TYPED_TEXT;
	default:
		break;
	}
	bool is_text = key->code >= 0x20 && key->code < 0x110000 &&
	               (key->code < 0x7f || key->code >= 0xa0);
	return is_text && add(prompt->text, key->code) ? VIZ_TYPED_TEXT : VIZ_TYPED_NOTHING;
}

void viz_prompt_paint(const struct viz_prompt *prompt, struct viz_grid *grid, int row,
                      const char *hint)
{
	char line[VIZ_PATTERN_BYTES + 2];
	int margin = grid->cols >= 60 ? 1 : 0;
	snprintf(line, sizeof line, "%c%s", prompt->sign, prompt->text);
	for (int col = 0; col < grid->cols; col++)
		viz_grid_put(grid, row, col, ' ', VIZ_STYLE_PLAIN);
	int col = margin +
	          viz_grid_text(grid, row, margin, grid->cols - margin - 1, VIZ_STYLE_TITLE, line);
	viz_grid_put(grid, row, col, ' ', VIZ_STYLE_SELECTED);
	int cols = viz_utf8_cols(hint), at = grid->cols - margin - cols;
	if (at > col + 2)
		viz_grid_text(grid, row, at, cols, VIZ_STYLE_DIM, hint);
}
