/* The screen: libvterm's picture of what was written, and what is not in the picture: the modes that a program
 * has to put back.
 */
#include "tests/pty/terminal_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW_BYTES 4096

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct terminal *terminal = user;
	switch (property) {
	case VTERM_PROP_ALTSCREEN:
		terminal->alternate = value->boolean;
		break;
	case VTERM_PROP_MOUSE:
		terminal->mouse = value->number;
		break;
	default:
		break;
	}
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

/* What a terminal answers, and keys pressed on it, are for the program. They are kept until libvterm has returned: where the
 * line is full, writing reads, and libvterm must not be entered again. What is too much is dropped, as terminals do. */
static void on_answer(const char *bytes, size_t n, void *user)
{
	struct terminal *terminal = user;
	if (n > sizeof terminal->answers - terminal->n_answers)
		return;
	memcpy(terminal->answers + terminal->n_answers, bytes, n);
	terminal->n_answers += n;
}

void terminal_screen_answer(struct terminal *terminal)
{
	char answers[sizeof terminal->answers];
	size_t n = terminal->n_answers;
	memcpy(answers, terminal->answers, n);
	terminal->n_answers = 0;
	terminal_write(terminal, answers, n);
}

bool terminal_screen_init(struct terminal *terminal, int rows, int cols, bool utf8)
{
	terminal->vterm = vterm_new(rows, cols);
	if (!terminal->vterm)
		return false;
	vterm_set_utf8(terminal->vterm, utf8);
	vterm_output_set_callback(terminal->vterm, on_answer, terminal);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);
	return true;
}

void terminal_screen_feed(struct terminal *terminal, const char *bytes, size_t n)
{
	if (terminal->n_raw + n > terminal->raw_cap) {
		size_t cap = (terminal->n_raw + n) * 2;
		char *grown = realloc(terminal->raw, cap);
		if (!grown)
			abort();
		terminal->raw = grown;
		terminal->raw_cap = cap;
	}
	memcpy(terminal->raw + terminal->n_raw, bytes, n);
	terminal->n_raw += n;
	vterm_input_write(terminal->vterm, bytes, n);
	terminal_screen_answer(terminal);
}

void terminal_size(const struct terminal *terminal, int *rows, int *cols)
{
	vterm_get_size(terminal->vterm, rows, cols);
}

VTermScreenCell terminal_cell(struct terminal *terminal, int row, int col)
{
	VTermScreenCell cell = {0};
	vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = col}, &cell);
	return cell;
}

static size_t put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void terminal_row(struct terminal *terminal, int row, char *text, size_t text_bytes)
{
	int rows = 0, cols = 0;
	size_t n = 0, end = 0;
	terminal_size(terminal, &rows, &cols);
	for (int col = 0; col < cols && n + 32 < text_bytes; col++) {
		VTermScreenCell cell = terminal_cell(terminal, row, col);
		if (!cell.chars[0])
			text[n++] = ' ';
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			n += put_utf8(text + n, cell.chars[i]);
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = n;
		if (cell.width == 2)
			col++;
	}
	text[end] = '\0';
}

int terminal_find(struct terminal *terminal, const char *text)
{
	char row_text[ROW_BYTES];
	int rows = 0, cols = 0;
	terminal_size(terminal, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		terminal_row(terminal, row, row_text, sizeof row_text);
		if (strstr(row_text, text))
			return row;
	}
	return -1;
}

bool terminal_shows(struct terminal *terminal, const char *text)
{
	return terminal_find(terminal, text) >= 0;
}

char *terminal_screen(struct terminal *terminal)
{
	int rows = 0, cols = 0;
	size_t n = 0;
	terminal_size(terminal, &rows, &cols);
	char *text = malloc((size_t)rows * (ROW_BYTES + 1) + 1);
	if (!text)
		abort();
	for (int row = 0; row < rows; row++) {
		terminal_row(terminal, row, text + n, ROW_BYTES);
		n += strlen(text + n);
		text[n++] = '\n';
	}
	text[n] = '\0';
	return text;
}

const char *terminal_raw(const struct terminal *terminal, size_t *n)
{
	*n = terminal->n_raw;
	return terminal->raw ? terminal->raw : "";
}

bool terminal_is_alternate(const struct terminal *terminal)
{
	return terminal->alternate;
}

/* Return whether private mode `mode` was set last (CSI ? ... h) and not reset (l); `at_first` if it was neither. */
static bool mode_is_set(const struct terminal *terminal, long mode, bool at_first)
{
	bool set = at_first;
	for (size_t i = 0; i + 3 < terminal->n_raw; i++) {
		if (memcmp(terminal->raw + i, "\033[?", 3) != 0)
			continue;
		bool named = false;
		long number = 0;
		for (i += 3; i < terminal->n_raw; i++) {
			char c = terminal->raw[i];
			if (c >= '0' && c <= '9') {
				number = number < 100000 ? number * 10 + (c - '0') : number;
				continue;
			}
			named = named || number == mode;
			number = 0;
			if (c == ';')
				continue;
			if (named && (c == 'h' || c == 'l'))
				set = c == 'h';
			break;
		}
	}
	return set;
}

/* Not libvterm's own record: leaving the alternate screen after several resizes, version 0.1.4 says hidden whatever the
 * program sent. */
bool terminal_has_cursor(const struct terminal *terminal)
{
	return mode_is_set(terminal, 25, true);
}

static bool has_plain_pen(const struct terminal *terminal)
{
	static const VTermAttr flags[] = {VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_ITALIC,
	                                  VTERM_ATTR_BLINK, VTERM_ATTR_REVERSE};
	VTermState *state = vterm_obtain_state(terminal->vterm);
	VTermValue value;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		memset(&value, 0, sizeof value);
		if (vterm_state_get_penattr(state, flags[i], &value) && value.number)
			return false;
	}
	if (vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value) &&
	    !VTERM_COLOR_IS_DEFAULT_FG(&value.color))
		return false;
	return !vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value) ||
	       VTERM_COLOR_IS_DEFAULT_BG(&value.color);
}

static bool has_line_settings(const struct terminal *terminal)
{
	const struct termios *then = &terminal->before;
	struct termios now;
	return !tcgetattr(terminal->slave, &now) && now.c_iflag == then->c_iflag &&
	       now.c_oflag == then->c_oflag && now.c_cflag == then->c_cflag &&
	       now.c_lflag == then->c_lflag && !memcmp(now.c_cc, then->c_cc, sizeof now.c_cc);
}

const char *terminal_not_restored(struct terminal *terminal)
{
	static const struct {
		long number;
		const char *name;
	} modes[] = {{1, "cursor key mode"},    {9, "mouse mode 9"},
	             {1000, "mouse mode 1000"}, {1002, "mouse mode 1002"},
	             {1003, "mouse mode 1003"}, {1004, "focus reports"},
	             {1006, "mouse mode 1006"}, {2004, "bracketed paste"},
	             {47, "alternate screen"},  {2026, "held output"}};
	if (!has_line_settings(terminal))
		return "line settings";
	/* shared with the shell, whose other programs would read and write without waiting */
	if (fcntl(terminal->slave, F_GETFL) & O_NONBLOCK)
		return "blocking reads and writes";
	if (terminal->alternate)
		return "alternate screen";
	if (!terminal_has_cursor(terminal))
		return "cursor";
	if (terminal->mouse != VTERM_PROP_MOUSE_NONE)
		return "mouse";
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (mode_is_set(terminal, modes[i].number, false))
			return modes[i].name;
	return has_plain_pen(terminal) ? NULL : "colours";
}

static void dump_row(struct terminal *terminal, int row)
{
	char text[ROW_BYTES];
	terminal_row(terminal, row, text, sizeof text);
	fprintf(stderr, "%3d |%s\n", row, text);
}

void terminal_dump(struct terminal *terminal)
{
	int rows = 0, cols = 0;
	terminal_size(terminal, &rows, &cols);
	fprintf(stderr, "---- %dx%d, %s screen, cursor %s, program %s, status 0x%x\n", cols, rows,
	        terminal->alternate ? "alternate" : "normal",
	        terminal_has_cursor(terminal) ? "shown" : "hidden",
	        terminal->ended     ? "ended"
	        : terminal->stopped ? "stopped"
	                            : "runs",
	        (unsigned)terminal->status);
	for (int row = 0; row < rows; row++)
		dump_row(terminal, row);
	fputs("---- last output: ", stderr);
	for (size_t i = terminal->n_raw > 200 ? terminal->n_raw - 200 : 0; i < terminal->n_raw;
	     i++) {
		unsigned char c = (unsigned char)terminal->raw[i];
		fprintf(stderr, c < 0x20 || c >= 0x7f ? "\\x%02x" : "%c", c);
	}
	fputs("\n----\n", stderr);
}
