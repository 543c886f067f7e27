/* Input through curses, which knows what the terminal's keys send.
 *
 * Bytes are read, not wide characters: after an invalid sequence wget_wch says "nothing there" with more input behind
 * it, and no event would come for that.
 */
#include "viz/term/input.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <time.h>

#include "viz/text/utf8.h"

/* Codes of ours beside curses' own: what a terminal puts around pasted text. */
#define KEY_PASTE_BEGIN (KEY_MAX + 1)
#define KEY_PASTE_END   (KEY_MAX + 2)
#define KEY_REPORT      (KEY_MAX + 3) /* the begin of a mouse report in numbers */
#define KEY_REPORT_X10  (KEY_MAX + 4) /* the begin of one in three characters */

#define DOUBLE_CLICK_MS 400

/* What is remembered from key to key. There is one terminal, and curses keeps its own state of it in the same way. */
static struct {
	bool pasting;
	bool is_down; /* the first button */
	int row, col; /* of the last press */
	int64_t press_ms;
	char text[VIZ_UTF8_MAX_BYTES + 1]; /* a character that has not wholly come */
	size_t n;
	bool in_report; /* of the mouse: "0;12;34M" */
	bool is_x10;    /* of the mouse: button, column and row as a character each */
	char report[24];
	size_t report_n;
} input;

static bool knows_mouse(void)
{
	const char *mouse = tigetstr("kmous");
	return mouse != NULL && mouse != (const char *)-1;
}

/* curses asks for presses only; movements with a button held are asked for besides. Pasted text is asked to be marked: it
 * must not be taken for keys. Terminals that know neither ignore both. */
static void ask(const char *set)
{
	if (knows_mouse())
		printf("\033[?1002%s\033[?2004%s", set, set);
	fflush(stdout);
}

void viz_input_start(void)
{
	mousemask(BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON3_PRESSED | BUTTON4_PRESSED |
	                  BUTTON5_PRESSED | REPORT_MOUSE_POSITION,
	          NULL);
	mouseinterval(0);
	/* Terminals that ignore the application mode of their cursor keys send these instead of what terminfo says. */
	define_key("\033[H", KEY_HOME);
	define_key("\033[F", KEY_END);
	define_key("\033[A", KEY_UP);
	define_key("\033[B", KEY_DOWN);
	define_key("\033[C", KEY_RIGHT);
	define_key("\033[D", KEY_LEFT);
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
	input.pasting = input.is_down = false;
	input.n = 0;
	input.in_report = input.is_x10 = false;
	/* curses would read these reports itself, but it throws away all but the last of those that come together: a press
	 * that a movement follows at once would be lost. After one that it has no use for it waits for the next key, and we
	 * with it. */
	const char *mouse = tigetstr("kmous");
	if (knows_mouse() && strcmp(mouse, "\033[<") == 0)
		define_key(mouse, KEY_REPORT);
	if (knows_mouse() && strcmp(mouse, "\033[M") == 0)
		define_key(mouse, KEY_REPORT_X10);
	ask("h");
}

void viz_input_stop(void)
{
	ask("l");
	mousemask(0, NULL);
}

static uint32_t named_key(int code)
{
	for (int n = 1; n <= 12; n++)
		if (code == KEY_F(n))
			return VIZ_KEY_F(n);
	switch (code) {
	case KEY_UP:
		return VIZ_KEY_UP;
	case KEY_DOWN:
		return VIZ_KEY_DOWN;
	case KEY_LEFT:
		return VIZ_KEY_LEFT;
	case KEY_RIGHT:
		return VIZ_KEY_RIGHT;
	case KEY_HOME:
		return VIZ_KEY_HOME;
	case KEY_END:
		return VIZ_KEY_END;
	case KEY_PPAGE:
		return VIZ_KEY_PAGE_UP;
	case KEY_NPAGE:
		return VIZ_KEY_PAGE_DOWN;
	case KEY_DC:
		return VIZ_KEY_DELETE;
	case KEY_ENTER:
		return VIZ_KEY_ENTER;
	case KEY_BACKSPACE:
		return VIZ_KEY_BACKSPACE;
	default:
		return VIZ_KEY_NONE;
	}
}

/* Join the bytes of a character; VIZ_KEY_NONE while more are needed, and for what is no character. */
static uint32_t join_bytes(int byte)
{
	const char *at = input.text;
	if ((byte & 0xc0) != 0x80)
		input.n = 0;
	input.text[input.n++] = (char)byte;
	input.text[input.n] = '\0';
	unsigned first = (unsigned char)input.text[0];
	size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc0 || input.n >= sizeof input.text - 1 || input.n >= wanted) {
		uint32_t ch = viz_utf8_next(&at);
		input.n = 0;
		return ch == VIZ_UTF8_REPLACEMENT ? (uint32_t)VIZ_KEY_NONE : ch;
	}
	return VIZ_KEY_NONE;
}

static uint32_t plain_key(int code)
{
	if (code >= 0x80)
		return join_bytes(code);
	input.n = 0;
	switch (code) {
	case '\n':
		return VIZ_KEY_ENTER;
	case '\b':
		return VIZ_KEY_BACKSPACE;
	default:
		return (uint32_t)code;
	}
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A press, or the second one of a double click. */
static uint32_t press(const struct viz_key *key)
{
	int64_t at_ms = now_ms();
	bool again = at_ms - input.press_ms < DOUBLE_CLICK_MS && key->row == input.row &&
	             key->col == input.col;
	input.press_ms = again ? 0 : at_ms;
	input.row = key->row;
	input.col = key->col;
	input.is_down = true;
	return again ? VIZ_KEY_DOUBLE_CLICK : VIZ_KEY_CLICK;
}

static bool read_mouse(struct viz_key *key)
{
	MEVENT event;
	if (getmouse(&event) != OK)
		return false;
	key->row = event.y;
	key->col = event.x;
	if ((event.bstate & BUTTON4_PRESSED) != 0) {
		key->code = VIZ_KEY_WHEEL_UP;
	} else if ((event.bstate & BUTTON5_PRESSED) != 0) {
		key->code = VIZ_KEY_WHEEL_DOWN;
	} else if ((event.bstate & BUTTON3_PRESSED) != 0) {
		key->code = VIZ_KEY_RIGHT_CLICK;
	} else if ((event.bstate & BUTTON1_RELEASED) != 0) {
		key->code = input.is_down ? VIZ_KEY_RELEASE : VIZ_KEY_NONE;
		input.is_down = false;
	} else if ((event.bstate & REPORT_MOUSE_POSITION) != 0) {
		/* a movement without its press: curses has thrown that away */
		key->code = input.is_down ? (uint32_t)VIZ_KEY_DRAG : press(key);
	} else if ((event.bstate & BUTTON1_PRESSED) != 0) {
		key->code = press(key);
	}
	return key->code != VIZ_KEY_NONE;
}

/* Make a key of a report: what the button does, and where. */
static void end_report(struct viz_key *key, int button, bool is_press)
{
	if ((button & 64) != 0) {
		key->code = (button & 3) == 0   ? VIZ_KEY_WHEEL_UP
		            : (button & 3) == 1 ? VIZ_KEY_WHEEL_DOWN
		                                : VIZ_KEY_NONE;
	} else if (!is_press) {
		key->code = input.is_down && (button & 3) == 0 ? VIZ_KEY_RELEASE : VIZ_KEY_NONE;
		input.is_down = input.is_down && key->code == VIZ_KEY_NONE;
	} else if ((button & 32) != 0) {
		key->code = input.is_down ? VIZ_KEY_DRAG : VIZ_KEY_NONE;
	} else if ((button & 3) == 2) {
		key->code = VIZ_KEY_RIGHT_CLICK;
	} else if ((button & 3) == 0) {
		key->code = press(key);
	}
}

/* In numbers: button, column and row from 1, pressed (M) or let go (m). */
static void end_numbers(struct viz_key *key, bool is_press)
{
	int button, col, row;
	input.report[input.report_n] = '\0';
	if (sscanf(input.report, "%d;%d;%d", &button, &col, &row) != 3)
		return;
	key->row = row - 1;
	key->col = col - 1;
	end_report(key, button, is_press);
}

/* In characters: each 32 more than its number. It is not said which button was let go. */
static void end_characters(struct viz_key *key)
{
	const unsigned char *bytes = (const unsigned char *)input.report;
	int button = bytes[0] - 32;
	bool is_release = (button & (64 | 32)) == 0 && (button & 3) == 3;
	key->col = bytes[1] - 33;
	key->row = bytes[2] - 33;
	end_report(key, is_release ? 0 : button, !is_release);
}

/* Take a byte of a report in characters. */
static bool take_x10(int code, struct viz_key *key)
{
	if (code < 32 || code > 0xff) { /* none: it was cut short */
		input.is_x10 = false;
		return false;
	}
	input.report[input.report_n++] = (char)code;
	if (input.report_n == 3) {
		input.is_x10 = false;
		end_characters(key);
	}
	return true;
}

/* Take a byte of a report, which may come in pieces. Returns false when the byte is none. */
static bool take_report(int code, struct viz_key *key)
{
	if (code == KEY_REPORT || code == KEY_REPORT_X10) {
		input.in_report = code == KEY_REPORT;
		input.is_x10 = code == KEY_REPORT_X10;
		input.report_n = 0;
		return true;
	}
	if (input.is_x10)
		return take_x10(code, key);
	if (!input.in_report)
		return false;
	bool goes_on = (code >= '0' && code <= '9') || code == ';';
	input.in_report = goes_on && input.report_n + 1 < sizeof input.report;
	if (input.in_report)
		input.report[input.report_n++] = (char)code;
	else if (code == 'M' || code == 'm')
		end_numbers(key, code == 'M');
	return goes_on || code == 'M' || code == 'm';
}

/* The marks around pasted text; Esc ends it too, should the end have been lost. Returns whether `code` was one of them. */
static bool is_paste_mark(int code)
{
	bool begins = code == KEY_PASTE_BEGIN, ends = code == KEY_PASTE_END;
	if (begins || ends)
		input.pasting = begins;
	return begins || ends;
}

bool viz_input_key(struct viz_key *key)
{
	for (;;) {
		*key = (struct viz_key){.code = VIZ_KEY_NONE};
		int code = wgetch(stdscr);
		if (code == ERR)
			return false;
		if (take_report(code, key)) {
			if (key->code != VIZ_KEY_NONE)
				return true;
			continue;
		}
		if (is_paste_mark(code) || (code == KEY_MOUSE && !read_mouse(key)))
			continue;
		if (code != KEY_MOUSE)
			key->code = code > 0xff ? named_key(code) : plain_key(code);
		if (key->code == VIZ_KEY_ESCAPE)
			input.pasting = false;
		key->pasted = input.pasting;
		if (key->code != VIZ_KEY_NONE)
			return true;
	}
}
