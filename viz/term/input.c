/* Input through curses, which knows what the terminal's keys send.
 *
 * Bytes are read, not wide characters: after an invalid sequence wget_wch says "nothing there" with more input behind
 * it, and no event would come for that.
 */
#include "viz/term/input.h"

#include <curses.h>

void viz_input_start(void)
{
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);
}

void viz_input_stop(void)
{
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

/* All keys that mean something are ASCII; the bytes of other characters are dropped one by one. */
static uint32_t plain_key(int code)
{
	switch (code) {
	case '\n':
		return VIZ_KEY_ENTER;
	case '\b':
		return VIZ_KEY_BACKSPACE;
	default:
		return code < 0x80 ? (uint32_t)code : VIZ_KEY_NONE;
	}
}

static bool read_mouse(struct viz_key *key)
{
	MEVENT event;
	if (getmouse(&event) != OK)
		return false;
	key->row = event.y;
	key->col = event.x;
	if ((event.bstate & BUTTON4_PRESSED) != 0)
		key->code = VIZ_KEY_WHEEL_UP;
	else if ((event.bstate & BUTTON5_PRESSED) != 0)
		key->code = VIZ_KEY_WHEEL_DOWN;
	else if ((event.bstate & BUTTON1_PRESSED) != 0)
		key->code = VIZ_KEY_CLICK;
	return key->code != VIZ_KEY_NONE;
}

bool viz_input_key(struct viz_key *key)
{
	for (;;) {
		*key = (struct viz_key){.code = VIZ_KEY_NONE};
		int code = wgetch(stdscr);
		if (code == ERR)
			return false;
		if (code == KEY_MOUSE && !read_mouse(key))
			continue;
		if (code != KEY_MOUSE)
			key->code = code > 0xff ? named_key(code) : plain_key(code);
		if (key->code != VIZ_KEY_NONE)
			return true;
	}
}
